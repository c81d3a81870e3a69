"""The precision matrix of a stationary AR(1) process of variance one, which is tridiagonal.

With ``r`` the correlation one period apart, ``Omega = R^-1`` has ``1 + r^2`` on its diagonal (1 in the first and last
place) and ``-r`` beside it, all over ``1 - r^2``.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg.lapack import dpttrf, dpttrs, dtbtrs

from violence_stats.arrays import FloatArray


def precision_bands(rho: float, n: int) -> FloatArray:
    """Diagonal and lower off-diagonal of Omega, shape (2, n), the last off-diagonal entry 0."""
    bands = np.empty((2, n))
    bands[0] = 1 + rho * rho
    bands[0, 0] = bands[0, -1] = 1.0
    bands[1] = -rho
    bands[1, -1] = 0.0
    bands /= 1 - rho * rho
    if n == 1:
        bands[0, 0] = 1.0
    return bands


def precision_slope_bands(rho: float, n: int) -> FloatArray:
    """Give the derivative of `precision_bands` by rho, shape (2, n)."""
    bands = np.empty((2, n))
    bands[0] = 4 * rho
    bands[0, 0] = bands[0, -1] = 2 * rho
    bands[1] = -(1 + rho * rho)
    bands[1, -1] = 0.0
    bands /= (1 - rho * rho) ** 2
    if n == 1:
        bands[0, 0] = 0.0
    return bands


def log_det_precision(rho: float, n: int) -> float:
    """Log determinant of Omega."""
    return -(n - 1) * float(np.log1p(-rho * rho))


def log_det_precision_slope(rho: float, n: int) -> float:
    """Give the derivative of `log_det_precision` by rho."""
    return 2 * (n - 1) * rho / (1 - rho * rho)


def multiply(bands: FloatArray, values: FloatArray) -> FloatArray:
    """Symmetric tridiagonal matrix in `bands` (2, n) times `values` (n, k)."""
    product: FloatArray = bands[0][:, None] * values
    beside = bands[1, :-1][:, None]
    product[1:] += beside * values[:-1]
    product[:-1] += beside * values[1:]
    return product


def inverse_bands(factor: FloatArray) -> FloatArray:
    """Give the entries of the inverse of a banded matrix inside its own bands.

    Parameters
    ----------
    factor : FloatArray, shape (bandwidth + 1, n)
        Lower Cholesky factor in banded form.

    Returns
    -------
    FloatArray, shape (bandwidth + 1, n)
        Entry ``(d, t)`` is that of row t + d and column t; 0 where there is no such row.
    """
    bandwidth, n = len(factor) - 1, factor.shape[1]
    if bandwidth == 1:
        return _inverse_tridiagonal(factor)
    root: FloatArray = dtbtrs(factor, np.eye(n, order="F"), uplo="L")[0]
    bands = np.zeros((bandwidth + 1, n))
    for below in range(min(bandwidth, n - 1) + 1):
        bands[below, : n - below] = np.einsum("kt,kt->t", root[:, below:], root[:, : n - below])
    return bands


def _inverse_tridiagonal(factor: FloatArray) -> FloatArray:
    """Takahashi's recursion in closed form: pivots from the top and from the bottom meet at every entry."""
    pivots, ratio = factor[0] ** 2, factor[1, :-1] / factor[0, :-1]
    beside = factor[1, :-1] * factor[0, :-1]
    diagonal = pivots.copy()
    diagonal[1:] += ratio * beside
    from_below = dpttrf(diagonal[::-1], beside[::-1])[0][::-1]
    bands = np.zeros((2, len(pivots)))
    bands[0] = 1 / (pivots + from_below - diagonal)
    bands[1, :-1] = -ratio * bands[0, 1:]
    return bands


def correlate(rho: float, values: FloatArray) -> FloatArray:
    """R times `values` (n, k), by solving with Omega."""
    bands = precision_bands(rho, len(values))
    diagonal, beside, _ = dpttrf(bands[0], bands[1, :-1])
    return np.asarray(dpttrs(diagonal, beside, values)[0])
