"""Residuals of an ARIMA model over all observed months, the differenced start given a vague prior as in R's ``arima``.

The exact diffuse likelihood says nothing about the months that the differences use up. R gives the months before the
first a variance of 1e6 innovation variances instead, so that those residuals are near zero but not absent, and its
Ljung-Box statistics count them. These residuals are the same, from dense algebra: ``n = A g + L w`` with g the months
before the first and w the stationary part, so ``Cov(n) = 1e6 A A' + L Cov(w) L'``.
"""

from __future__ import annotations

from functools import reduce

import numpy as np
from scipy.linalg import solve_triangular, toeplitz
from statsmodels.tsa.arima_process import arma_acovf

from violence_stats.arrays import FloatArray
from violence_stats.fitting.arima_filter import ArimaOrder

VAGUE = 1e6
"""Prior variance of a month before the first, in innovation variances (R's ``arima``, argument ``kappa``)."""


def vague_start_residuals(errors: FloatArray, order: ArimaOrder, arma: FloatArray) -> FloatArray:
    """Whiten regression errors.

    Parameters
    ----------
    errors : FloatArray, shape (n,)
        ``y - X beta``, NaN where missing.
    arma : FloatArray, shape (r,)
        In the order of ``order.names``.

    Returns
    -------
    FloatArray, shape (n,)
        In units of `errors`, NaN where missing.
    """
    observed = np.isfinite(errors)
    start, path = _integrate(order, errors.size)
    autoregressive, moving_average = polynomials(order, arma)
    autocovariance = toeplitz(arma_acovf(autoregressive, moving_average, nobs=errors.size))
    covariance = VAGUE * start @ start.T + path @ autocovariance @ path.T
    root = np.linalg.cholesky(covariance[np.ix_(observed, observed)])
    residuals = np.full(errors.size, np.nan)
    residuals[observed] = solve_triangular(root, errors[observed], lower=True)
    return residuals


def polynomials(order: ArimaOrder, arma: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Multiply out ``(1 - ar B ..)(1 - sar B^s ..)`` and ``(1 + ma B ..)(1 + sma B^s ..)``, constant term first."""
    counts = (order.order[0], order.order[2], order.seasonal[0], order.seasonal[2])
    ar, ma, sar, sma = np.split(arma, np.cumsum(counts)[:-1])
    period = order.seasonal[3]
    return (
        np.convolve(np.r_[1.0, -ar], _spaced(-sar, period)),
        np.convolve(np.r_[1.0, ma], _spaced(sma, period)),
    )


def _spaced(coefficients: FloatArray, period: int) -> FloatArray:
    polynomial = np.zeros(1 + period * coefficients.size)
    polynomial[0] = 1.0
    if coefficients.size:
        polynomial[period::period] = coefficients
    return polynomial


def _integrate(order: ArimaOrder, n: int) -> tuple[FloatArray, FloatArray]:
    """How each month hangs on the months before the first, (n, d), and on the differenced series, (n, n)."""
    differences = [np.array([1.0, -1.0])] * order.order[1]
    differences += [_spaced(-np.ones(1), order.seasonal[3]) for _ in range(order.seasonal[1])]
    weights = -reduce(np.convolve, differences, np.ones(1))[1:]
    d = weights.size
    hangs_on = np.zeros((d + n, d + n))
    hangs_on[:d, :d] = np.eye(d)
    for t in range(d, d + n):
        hangs_on[t] = weights @ hangs_on[t - d : t][::-1]
        hangs_on[t, t] += 1.0
    return hangs_on[d:, :d], hangs_on[d:, d:]
