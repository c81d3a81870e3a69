"""Fluctuation tests: whether cumulated residuals wander further than chance lets them.

References
----------
Brown, Durbin & Evans (1975) J R Stat Soc B 37:149 (recursive). Ploberger & Krämer (1992) Econometrica 60:271 (OLS).
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr
from scipy.stats import kstwobign

from violence_stats.arrays import FloatArray


def ols_cusum(y: FloatArray, X: FloatArray) -> tuple[float, float]:
    """Largest cumulated least-squares residual, in standard deviations times root n, and its p-value.

    Parameters
    ----------
    y : FloatArray, shape (n,)
    X : FloatArray, shape (n, p)
        With an intercept; the limit is the supremum of a Brownian bridge, which a trend among the columns breaks.
    """
    n, p = X.shape
    residual = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
    deviation = np.sqrt(residual @ residual / (n - p))
    statistic = float(np.abs(np.cumsum(residual)).max() / (deviation * np.sqrt(n)))
    return statistic, float(kstwobign.sf(statistic))


def recursive_residuals(y: FloatArray, X: FloatArray) -> FloatArray:
    """One-step forecast errors, scaled to one variance, shape (n - p,)."""
    n, p = X.shape
    out = np.empty(n - p)
    inverse = np.linalg.inv(X[:p].T @ X[:p])
    coef = np.linalg.solve(X[:p], y[:p])
    for row in range(p, n):
        gain = inverse @ X[row]
        spread = 1 + X[row] @ gain
        error = y[row] - X[row] @ coef
        out[row - p] = error / np.sqrt(spread)
        coef = coef + gain * error / spread
        inverse = inverse - np.outer(gain, gain) / spread
    return out


def recursive_cusum(y: FloatArray, X: FloatArray) -> tuple[float, float]:
    """Largest cumulated recursive residual over the line 1 + 2 t, and its p-value.

    Parameters
    ----------
    y : FloatArray, shape (n,)
    X : FloatArray, shape (n, p)
        Whose first p rows are not collinear.

    Notes
    -----
    The p-value counts paths of a Brownian motion on (0, 1) that cross either line c (1 + 2 t), by reflection up to the
    second crossing.
    """
    residual = recursive_residuals(y, X)
    n = len(residual)
    path = np.cumsum(residual) / (residual.std(ddof=1) * np.sqrt(n))
    c = float((np.abs(path) / (1 + 2 * np.arange(1, n + 1) / n)).max())
    one_side = ndtr(-3 * c) + np.exp(-4 * c**2) * (ndtr(c) + ndtr(5 * c) - 1) - np.exp(-16 * c**2) * ndtr(-c)
    return c, float(min(1.0, 2 * one_side))
