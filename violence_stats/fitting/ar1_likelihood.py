"""The likelihood of counts with a latent AR(1) path, by Laplace's approximation.

Penalised quasi-likelihood maximises no likelihood that could be compared between variance forms or between points at
rest. Both forms are the variance of a negative binomial, though: ``phi mu`` with size ``mu / (phi - 1)`` and
``mu + d mu^2`` with size ``1 / d``, so the integral over paths can be approximated at the predicted path.

References
----------
Tierney & Kadane (1986) JASA 81:82. Cameron & Trivedi (1986) J Appl Econometrics 1:29 (NB1 and NB2).
"""

from __future__ import annotations

import numpy as np
from scipy.linalg.lapack import dpbtrf
from scipy.special import gammaln, xlogy

from violence_stats.arrays import FloatArray
from violence_stats.fitting.ar1_process import log_det_precision, multiply, precision_bands
from violence_stats.fitting.ar1_working import CountProblem, Path, Theta, linearise

NEARLY_POISSON = 1e-6
"""Excess variance over the mean, relative, below which counts are taken as Poisson."""


def log_likelihood(problem: CountProblem, theta: Theta, beta: FloatArray, latent: FloatArray) -> float:
    """Approximate the log likelihood with the path integrated out.

    Parameters
    ----------
    problem : CountProblem
    theta : Theta
    beta : FloatArray, shape (p,)
    latent : FloatArray, shape (n_periods,)
        Predicted path.
    """
    n_periods, sigma2 = problem.layout.n_periods, theta.sigma2
    working = linearise(problem, beta, Path(latent, np.zeros(n_periods)), sigma2)
    conditional = count_log_density(problem.y, working.mu, working.variance(theta.dispersion)).sum()
    if sigma2 == 0:
        return float(conditional)
    omega = precision_bands(theta.rho, n_periods)
    bands = sigma2 * problem.layout.cross_bands(working.pair, 1 / working.variance(theta.dispersion))
    bands[:2] += omega
    factor, _ = dpbtrf(bands, lower=1)
    penalty = latent @ multiply(omega, latent[:, None])[:, 0] / sigma2
    curvature = 2 * np.log(factor[0]).sum() - log_det_precision(theta.rho, n_periods)
    return float(conditional - (penalty + curvature) / 2)


def count_log_density(y: FloatArray, mu: FloatArray, variance: FloatArray) -> FloatArray:
    """Log density of negative-binomial counts with given mean and variance, Poisson where the two are equal.

    Parameters
    ----------
    y, mu, variance : FloatArray, shape (n_windows,)
    """
    excess = variance / mu - 1
    poisson = xlogy(y, mu) - mu - gammaln(y + 1)
    if (excess < NEARLY_POISSON).all():
        return np.asarray(poisson)
    safe = np.maximum(excess, NEARLY_POISSON)
    size = mu / safe
    density: FloatArray = (
        gammaln(y + size) - gammaln(size) - gammaln(y + 1) - size * np.log1p(safe) + y * np.log(safe / (1 + safe))
    )
    return np.where(excess < NEARLY_POISSON, poisson, density)
