"""Posterior of the number and the dates of breaks, by exact recursions: no sampling.

Within a regime the counts have one rate. Their likelihood is Poisson with its logarithm divided by a given dispersion
(the quasi-likelihood), and the rate has a gamma prior, so that a regime's marginal likelihood is closed. Given m, the
prior of a set of break dates is proportional to the product of their masses; the number has a prior of its own. Exact
given the dispersion and independence within regimes: positive autocorrelation is read as breaks.

References
----------
Fearnhead (2006) Statistics and Computing 16:203.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, logsumexp

from violence_stats.arrays import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakPosterior:
    """Posterior over sets of breaks.

    Attributes
    ----------
    number : FloatArray, shape (max_breaks + 1,)
        Probability of 0, 1, ... breaks.
    edge : FloatArray, shape (n,)
        Probability that a regime starts with window 0, ..., n - 1; that of window 0, the start of the series, is 0.
    pair : FloatArray, shape (n + 1, n + 1)
        Probability that windows i to j - 1 are one regime, in row i, column j.
    log_evidence : FloatArray, shape (max_breaks + 1,)
        Log marginal likelihood of 0, 1, ... breaks, up to one constant; minus infinity where no partition exists.
    segment, log_mass : FloatArray
        As given to `posterior_of_breaks`.
    """

    number: FloatArray
    edge: FloatArray
    pair: FloatArray
    log_evidence: FloatArray
    segment: FloatArray
    log_mass: FloatArray

    def any_among(self, edges: BoolArray) -> float:
        """Probability of at least one break at the starts of the windows that `edges`, shape (n,), marks."""
        kept = np.concatenate([np.where(edges, -np.inf, self.log_mass), [0.0]])
        whole = np.concatenate([self.log_mass, [0.0]])
        without, total = (_forward(self.segment, mass, len(self.number))[:, -1] for mass in (kept, whole))
        possible = self.number > 0
        none = self.number[possible] @ np.exp(without[possible] - total[possible])
        return float(np.clip(1 - none, 0.0, 1.0))


def log_marginal(
    y: FloatArray, exposure: FloatArray, dispersion: float, shape: float, allowed: BoolArray
) -> FloatArray:
    """Log marginal quasi-likelihood of one rate in each segment.

    Parameters
    ----------
    y, exposure : FloatArray, shape (n,)
    dispersion : float
        Variance over mean of the counts within a regime.
    shape : float
        Shape of the gamma prior of a rate, whose mean is the rate of the whole series; 1 is an exponential prior.
    allowed : array of bool, shape (n + 1, n + 1)

    Returns
    -------
    FloatArray, shape (n + 1, n + 1)
        Row i, column j: windows i to j - 1; up to terms that every partition shares. Minus infinity where not allowed.
    """
    inverse_scale = shape * exposure.sum() / max(y.sum(), 0.5)
    events = np.concatenate([[0.0], np.cumsum(y)]) / dispersion
    time = np.concatenate([[0.0], np.cumsum(exposure)]) / dispersion
    a = shape + np.maximum(events[None, :] - events[:, None], 0.0)
    b = inverse_scale + np.maximum(time[None, :] - time[:, None], 0.0)
    value = gammaln(a) - a * np.log(b) + shape * np.log(inverse_scale) - gammaln(shape)
    return np.where(allowed, value, -np.inf)


def posterior_of_breaks(segment: FloatArray, log_mass: FloatArray, log_number_prior: FloatArray) -> BreakPosterior:
    """Sum over all partitions by a forward and a backward recursion.

    Parameters
    ----------
    segment : FloatArray, shape (n + 1, n + 1)
        Log marginal likelihood of windows i to j - 1; minus infinity where not allowed.
    log_mass : FloatArray, shape (n,)
        Log prior mass of a break at the start of each window; that of window 0 is not read.
    log_number_prior : FloatArray, shape (max_breaks + 1,)

    Notes
    -----
    A number of breaks that no partition holds has probability 0, whatever its prior.
    """
    n, n_counts = len(segment) - 1, len(log_number_prior)
    mass = np.concatenate([log_mass, [0.0]])
    forward = _forward(segment, mass, n_counts)
    backward = _backward(segment, mass, n_counts)
    prior = _forward(np.where(np.isfinite(segment), 0.0, -np.inf), mass, n_counts)[:, n]
    evidence = np.full(n_counts, -np.inf)
    possible = np.isfinite(prior)
    evidence[possible] = forward[possible, n] - prior[possible]
    joint = evidence + log_number_prior
    number = np.exp(joint - logsumexp(joint))
    pair = np.zeros_like(segment)
    for m in np.flatnonzero(number):
        pair += number[m] * np.exp(_log_regimes(forward, backward, mass, int(m)) + segment - forward[m, n])
    edge = pair.sum(axis=1)[:n]
    edge[0] = 0.0
    return BreakPosterior(
        number=number, edge=edge, pair=pair, log_evidence=evidence, segment=segment, log_mass=log_mass
    )


def _forward(segment: FloatArray, mass: FloatArray, n_counts: int) -> FloatArray:
    """Log sums over the partitions of windows 0 to j - 1 with k breaks, in row k, column j."""
    table = np.full((n_counts, len(segment)), -np.inf)
    table[0] = segment[0]
    for k in range(1, n_counts):
        table[k] = _log_sum(table[k - 1][:, None] + mass[:, None] + segment)
    return table


def _backward(segment: FloatArray, mass: FloatArray, n_counts: int) -> FloatArray:
    """Log sums over the partitions of windows i to n - 1 with k breaks, in row k, column i."""
    return _forward(segment[::-1, ::-1].T, mass[::-1], n_counts)[:, ::-1]


def _log_regimes(forward: FloatArray, backward: FloatArray, mass: FloatArray, m: int) -> FloatArray:
    """Log sums over what lies before window i and after window j - 1 when there are m breaks in all."""
    n = len(mass) - 1
    before, after = np.full((m + 1, n + 1), -np.inf), np.full((m + 1, n + 1), -np.inf)
    before[0, 0] = after[0, n] = 0.0
    before[1:], after[1:] = forward[:m] + mass, backward[:m] + mass
    return _log_sum(before[:, :, None] + after[::-1][:, None, :])


def _log_sum(values: FloatArray) -> FloatArray:
    """Logsumexp over the first axis, in which all may be minus infinity."""
    top = values.max(axis=0)
    base = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(values - base).sum(axis=0)) + base)
