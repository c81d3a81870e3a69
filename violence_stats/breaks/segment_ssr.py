"""Sums of squared residuals of every segment of a linear model, from cumulated moments."""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.errors import SpecificationError

COLLINEAR = 1e-9
"""A pivot this small beside its diagonal entry: the regressors do not vary enough inside the segment."""


def segment_ssr(y: FloatArray, Z: FloatArray, allowed: BoolArray | None = None) -> FloatArray:
    """Residual sum of squares of the least-squares fit to each segment.

    Parameters
    ----------
    y : FloatArray, shape (n,)
    Z : FloatArray, shape (n, q)
        Regressors, of full column rank over the whole series.
    allowed : array of bool, shape (n + 1, n + 1), optional
        Segments that may be regimes. Default: all of more than q observations.

    Returns
    -------
    FloatArray, shape (n + 1, n + 1)
        Row i, column j: observations i to j - 1. Infinite where not allowed.

    Raises
    ------
    SpecificationError
        If regressors are collinear within an allowed segment.

    Notes
    -----
    The cross-products of every segment are differences of cumulated ones; one Cholesky elimination runs over all
    segments together, and the last pivot is the sum of squares. Regressors are orthonormalised and their fit to the
    whole series taken out first, so that little cancels: about eleven digits hold at 252 months.

    Examples
    --------
    >>> import numpy as np
    >>> round(float(segment_ssr(np.array([1.0, 3.0, 9.0]), np.ones((3, 1)))[0, 2]), 9)
    2.0
    """
    n, q = Z.shape
    basis = np.linalg.qr(Z)[0]
    residual = y - basis @ (basis.T @ y)
    scale = float(np.sqrt(residual @ residual / n)) or 1.0
    columns = np.column_stack([basis * np.sqrt(n), residual / scale])
    place = np.arange(n + 1)
    wanted = place[None, :] - place[:, None] > q
    if allowed is not None:
        wanted &= allowed
    return np.where(wanted, _last_pivot(columns, wanted) * scale**2, np.inf)


def _last_pivot(columns: FloatArray, wanted: BoolArray) -> FloatArray:
    n_columns = columns.shape[1]
    moment = {
        (a, b): _segment_sums(columns[:, a] * columns[:, b]) for a in range(n_columns) for b in range(a, n_columns)
    }
    for a in range(n_columns - 1):
        pivot = moment[a, a]
        own = pivot if a == 0 else _segment_sums(columns[:, a] ** 2)
        if np.any(pivot[wanted] <= COLLINEAR * own[wanted]):
            start, end = np.argwhere(wanted & (pivot <= COLLINEAR * own))[0]
            raise SpecificationError(
                f"the regressors are collinear within observations {start + 1} to {end}, so a regime there has no "
                "coefficients: drop a regressor or raise trim"
            )
        pivot = np.where(wanted, pivot, 1.0)
        for b in range(a + 1, n_columns):
            factor = moment[a, b] / pivot
            for c in range(b, n_columns):
                moment[b, c] -= factor * moment[a, c]
    last = n_columns - 1
    return np.asarray(np.maximum(moment[last, last], 0.0))


def _segment_sums(values: FloatArray) -> FloatArray:
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(total[None, :] - total[:, None])
