"""Tests for serial correlation that is left in the residuals of a linear model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.linear import fit_linear


@dataclass(frozen=True, slots=True, kw_only=True)
class BreuschGodfrey:
    """Lagrange multiplier test; the null is no serial correlation up to `lags`.

    Attributes
    ----------
    statistic : float
        ``n R^2`` of the residuals on the design and their own lags; chi-square with `lags` degrees under the null.
    p_value : float
    lags : int
    """

    statistic: float
    p_value: float
    lags: int


def durbin_watson(residuals: FloatArray) -> float:
    """Sum of squared first differences over the sum of squares: near 2 without serial correlation, near 0 with."""
    return float((np.diff(residuals) ** 2).sum() / (residuals**2).sum())


def breusch_godfrey(X: FloatArray, residuals: FloatArray, lags: int) -> BreuschGodfrey:
    """Test residuals of least squares for serial correlation of any order up to `lags`.

    Parameters
    ----------
    X : FloatArray, shape (n, p)
        With an intercept.
    residuals : FloatArray, shape (n,)
    lags : int
        1 or more; lags before the first observation count as 0.

    Raises
    ------
    SpecificationError
        If `lags` leaves no observation to test with.

    References
    ----------
    Godfrey (1978) Econometrica 46:1293.
    """
    n, p = X.shape
    if not 1 <= lags < n - p:
        raise SpecificationError(f"lags={lags} does not fit: expected 1 to {n - p - 1} for {n} windows and {p} terms")
    lagged = np.column_stack([np.r_[np.zeros(lag), residuals[:-lag]] for lag in range(1, lags + 1)])
    auxiliary = fit_linear(residuals, np.column_stack([X, lagged]))
    unexplained = float(auxiliary.residuals @ auxiliary.residuals) / float(residuals @ residuals)
    statistic = n * (1 - unexplained)
    return BreuschGodfrey(statistic=statistic, p_value=float(chi2.sf(statistic, lags)), lags=lags)
