"""How far an estimated break date strays from the true one: the law of Bai (1997), and the interval it gives.

The estimate is off by the argmax of a two-sided Brownian motion with drift. On each side, by observation, the drift is
-a / 2 with a = d'Q d, the variance w = d'Omega d: d the change of the coefficients, Q the second moments of the
regressors, Omega those of regressors times errors. The law below follows from the first-passage density of a Brownian
motion: the maximum of one side is at height h and time t with density 2 mu f(t; h), f the first-passage density at h
and mu the drift over the standard deviation, and the other side stays below h with an exponential probability.

References
----------
Bai (1997) Rev Econ Stat 79:551. Bai & Perron (2003) J Appl Econometrics 18:1, section 4.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.special import log_ndtr, ndtr

from violence_stats.arrays import FloatArray


def error_exceeds(x: float, drift: tuple[float, float], variance: tuple[float, float]) -> float:
    """Probability that the estimated date lies more than `x` observations after the true one.

    Parameters
    ----------
    x : float
        May be negative.
    drift : tuple of two floats
        a = d'Q d before and after the break, both positive.
    variance : tuple of two floats
        w = d'Omega d before and after the break, both positive.

    Examples
    --------
    >>> error_exceeds(0.0, (1.0, 1.0), (2.0, 2.0))
    0.5
    """
    if x < 0:
        return 1.0 - error_exceeds(-x, drift[::-1], variance[::-1])
    deviation = np.sqrt(variance[1])
    mu = drift[1] / (2 * deviation)
    nu = drift[0] / variance[0] * deviation
    return float(2 * mu * (_late_passage(x, mu, 0.0) - _late_passage(x, mu, nu)))


def _late_passage(x: float, mu: float, nu: float) -> float:
    """Integrate exp(-nu h) times the probability of a first passage at h after x, h over the positive half-line."""
    z = mu * np.sqrt(x)
    if nu == 0:
        density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
        return float(ndtr(-z) / mu - np.sqrt(x) * (density - z * ndtr(-z)))
    mixed = np.exp(nu * (nu + 2 * mu) * x / 2 + log_ndtr(-(mu + nu) * np.sqrt(x)))
    return float((ndtr(-z) + mixed) / (nu + 2 * mu) - (ndtr(-z) - mixed) / nu)


def error_quantiles(level: float, drift: tuple[float, float], variance: tuple[float, float]) -> tuple[float, float]:
    """Give the equal-tailed range of the error of an estimated date, in observations.

    Parameters
    ----------
    level : float
        Such as 0.95.
    drift, variance
        As in `error_exceeds`.

    Returns
    -------
    low, high : float
        The true date lies between estimate - high and estimate - low with probability `level`.
    """
    tail = (1 - level) / 2
    return _quantile(1 - tail, drift, variance), _quantile(tail, drift, variance)


def _quantile(exceedance: float, drift: tuple[float, float], variance: tuple[float, float]) -> float:
    reach = max(w / a**2 for a, w in zip(drift, variance, strict=True))
    while error_exceeds(reach, drift, variance) > exceedance or error_exceeds(-reach, drift, variance) < exceedance:
        reach *= 2
    return float(brentq(lambda x: error_exceeds(x, drift, variance) - exceedance, -reach, reach, xtol=1e-10))


def long_run_moments(scores: FloatArray, lags: int) -> FloatArray:
    """Bartlett estimate of the long-run second moments of scores of shape (n, q), per observation."""
    total = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        total = total + (1 - lag / (lags + 1)) * (cross + cross.T)
    return np.asarray(total / len(scores))
