"""Maximum-likelihood over-dispersion of the negative binomial given expected counts.

NB2: Var(y) = mu + alpha mu^2, theta = 1 / alpha (Hilbe 2011, Negative Binomial Regression, ch. 8).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.special import psi

from violence_stats.arrays import FloatArray

# Beyond it the digamma differences below are rounding error, and the variance is Poisson's to within 1e-7 mu^2.
LARGEST_THETA = 1e7
SMALLEST_THETA = 1e-6


def estimate_alpha(y: FloatArray, mu: FloatArray) -> float:
    """Give the alpha that maximises the likelihood at fixed `mu`; 0 where counts are no more dispersed than Poisson.

    Parameters
    ----------
    y, mu : FloatArray, shape (n,)
    """
    # half the sum of (y - mu)^2 - y is the derivative of the log-likelihood by alpha at alpha = 0
    if ((y - mu) ** 2 - y).sum() <= 0 or theta_score(LARGEST_THETA, y, mu) >= 0:
        return 0.0
    if theta_score(SMALLEST_THETA, y, mu) <= 0:
        return 1 / SMALLEST_THETA
    log_theta = brentq(
        lambda value: theta_score(float(np.exp(value)), y, mu),
        np.log(SMALLEST_THETA),
        np.log(LARGEST_THETA),
        xtol=1e-12,
    )
    return float(np.exp(-log_theta))


def theta_score(theta: float, y: FloatArray, mu: FloatArray) -> float:
    """Differentiate the NB2 log-likelihood by theta."""
    terms = psi(y + theta) - psi(theta) - np.log1p(mu / theta) + (mu - y) / (mu + theta)
    return float(terms.sum())
