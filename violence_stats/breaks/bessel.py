"""Exact distribution of the largest Wald statistic over break dates: sup F without a table.

Over a ~ log(lambda / (1 - lambda)) the Wald process of Andrews (1993) is the squared norm y of a q-dimensional
stationary Ornstein-Uhlenbeck process, a diffusion with generator 2 y u'' + (q - y) u' and stationary law chi-squared
with q degrees of freedom (DeLong 1981). It stays below x for a time T with probability sum_k a_k exp(-nu_k T), where
nu_k are the eigenvalues of the generator on (0, x) with u(x) = 0. They are found in a basis of polynomials that vanish
at x.

References
----------
Andrews (1993) Econometrica 61:821. DeLong (1981) Commun Stat A 10:2197. Estrella (2003) Econometric Theory 19:1128.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.linalg import eigh
from scipy.special import gammaln, roots_jacobi
from scipy.stats import chi2

from violence_stats.arrays import FloatArray

N_BASIS = 24
"""Polynomials: with more, p-values move in the seventh digit at most."""
SMALLEST_BY_EIGENVALUES = 1e-6
"""Below this p-value one minus the sum loses its digits; the first-order tail is within 3 per cent from here on."""


def sup_f_p_value(statistic: float, q: int, first_share: float, last_share: float) -> float:
    """Give the probability that the largest Wald statistic exceeds `statistic` when nothing breaks.

    Parameters
    ----------
    statistic : float
        On the Wald scale: q times an F statistic.
    q : int
        Coefficients that break.
    first_share, last_share : float
        Share of the sample before the first and the last candidate date, ``0 < first_share <= last_share < 1``.

    Notes
    -----
    Holds in large samples for regressors without a trend; with few candidate dates the true probability is lower.

    Examples
    --------
    >>> round(sup_f_p_value(8.85, 1, 0.15, 0.85), 3)
    0.05
    """
    if statistic <= 0:
        return 1.0
    horizon = np.log(last_share * (1 - first_share) / (first_share * (1 - last_share)))
    if horizon <= 0:
        return float(chi2.sf(statistic, q))
    tail = _first_order_tail(statistic, q, horizon)
    if tail < SMALLEST_BY_EIGENVALUES:
        return tail
    weight, rate = _survival_terms(statistic, q)
    return float(np.clip(1 - weight @ np.exp(-rate * horizon), 0.0, 1.0))


def _first_order_tail(statistic: float, q: int, horizon: float) -> float:
    """Probability to start above x, plus the rate of first passages times the horizon."""
    log_rate = q / 2 * np.log(statistic / 2) - statistic / 2 - gammaln(q / 2)
    passages = horizon * np.exp(log_rate) * max(1 - q / statistic, 0.0)
    return float(min(1.0, chi2.sf(statistic, q) + passages))


def _survival_terms(statistic: float, q: int) -> tuple[FloatArray, FloatArray]:
    """Weights a_k and rates nu_k of the time spent below x, from a Galerkin system on the chi-squared density.

    With y = x (1 + z) / 2 the density is proportional to (1 + z)^(q/2 - 1) exp(-y / 2): Gauss-Jacobi nodes carry the
    first factor, the second goes into the weights.
    """
    node, weight, basis, slope = _polynomials(q)
    y = statistic * (1 + node) / 2
    log_scale = q / 2 * np.log(statistic / 4) - gammaln(q / 2)
    density = weight * np.exp(log_scale - y / 2)
    basis_slope = slope * 2 / statistic
    mass = basis.T @ (density[:, None] * basis)
    stiffness = basis_slope.T @ ((2 * y * density)[:, None] * basis_slope)
    rate, vector = eigh(stiffness, mass)
    return np.asarray((density @ basis @ vector) ** 2), np.asarray(rate)


@lru_cache(maxsize=16)
def _polynomials(q: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Nodes and weights on (-1, 1), and polynomials that vanish at 1 with their derivatives, (n_nodes, N_BASIS)."""
    node, weight = roots_jacobi(2 * N_BASIS, 0.0, q / 2 - 1)
    legendre = np.polynomial.legendre
    value = legendre.legvander(node, N_BASIS - 1)
    slope = np.column_stack([legendre.legval(node, legendre.legder(row)) for row in np.eye(N_BASIS)])
    fall = (1 - node)[:, None]
    return node, weight, fall * value, fall * slope - value
