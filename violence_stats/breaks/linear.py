"""Least squares with some coefficients that differ between regimes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.fitting.hac import linear_scores, newey_west
from violence_stats.fitting.linear import fit_linear


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegimeFit:
    """A linear model fitted to given regimes.

    Attributes
    ----------
    breaks : IntArray, shape (m,)
        First observation of each new regime.
    coef : FloatArray, shape (m + 1, q)
        Breaking coefficients by regime.
    coef_common : FloatArray, shape (p,)
        Coefficients common to all regimes.
    cov : FloatArray, shape ((m + 1) q + p, (m + 1) q + p)
        Of the breaking coefficients regime by regime, then of the common ones.
    residuals : FloatArray, shape (n,)
    ssr : float
    degrees_of_freedom : int
        ``n - (m + 1) q - p``.
    """

    breaks: IntArray
    coef: FloatArray
    coef_common: FloatArray
    cov: FloatArray
    residuals: FloatArray
    ssr: float
    degrees_of_freedom: int


def fit_regimes(y: FloatArray, Z: FloatArray, X: FloatArray, breaks: IntArray, lags: int | None = None) -> RegimeFit:
    """Fit ``y = Z d_regime + X b + e`` for given breaks.

    Parameters
    ----------
    y : FloatArray, shape (n,)
    Z : FloatArray, shape (n, q)
        Regressors whose coefficients break.
    X : FloatArray, shape (n, p)
        Regressors with common coefficients; p may be 0.
    breaks : IntArray, shape (m,)
        First observation of each new regime.
    lags : int, optional
        Newey-West covariance with that many lags. Default: independent errors of one variance.
    """
    q = Z.shape[1]
    regime = np.searchsorted(breaks, np.arange(len(y)), side="right")
    design = np.hstack([Z * (regime == r)[:, None] for r in range(len(breaks) + 1)] + [X])
    fit = fit_linear(y, design)
    cov = fit.cov
    if lags is not None:
        cov = newey_west(linear_scores(design, fit.residuals), fit.information, lags).cov
    n_breaking = q * (len(breaks) + 1)
    ssr = float(fit.residuals @ fit.residuals)
    return RegimeFit(
        breaks=breaks,
        coef=fit.coef[:n_breaking].reshape(-1, q),
        coef_common=fit.coef[n_breaking:],
        cov=cov,
        residuals=fit.residuals,
        ssr=max(ssr, smallest_ssr(y)),
        degrees_of_freedom=int(fit.degrees_of_freedom),
    )


def smallest_ssr(y: FloatArray) -> float:
    """Give what rounding leaves of a sum of squares, so that a fit without residuals has no infinite statistics."""
    return 1e-24 * float(y @ y)


def wald_of_no_change(fit: RegimeFit) -> float:
    """Wald statistic for breaking coefficients that are equal in all regimes, m q restrictions."""
    n_regimes, q = fit.coef.shape
    change = np.diff(fit.coef, axis=0).ravel()
    difference = np.kron(np.diff(np.eye(n_regimes), axis=0), np.eye(q))
    cov = fit.cov[: n_regimes * q, : n_regimes * q]
    return float(change @ np.linalg.solve(difference @ cov @ difference.T, change))
