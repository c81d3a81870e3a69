"""Linear regression for values over windows of unequal length: the gaussian family.

A window's expected value is the weighted sum of its cells' linear predictors, ``mu = A diag(w) X b``. Divided by the
window's summed weight it is a mean per calendar period, whose variance falls with the window's length: weighted least
squares, with the length in periods as weight. Where every window is one period this is ordinary least squares on the
values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.fitting.composite import sum_by_window, window_starts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeightedRows:
    """One row a window, so scaled that the errors have one variance.

    Attributes
    ----------
    y : FloatArray, shape (n_windows,)
    X : FloatArray, shape (n_windows, p)
    scale : FloatArray, shape (n_windows,)
        What turns a fitted row into the window's expected value.
    """

    y: FloatArray
    X: FloatArray
    scale: FloatArray


def weighted_rows(
    y: FloatArray, X: FloatArray, cell_weight: FloatArray, n_periods: FloatArray, window: IntArray
) -> WeightedRows:
    """Give the rows of the least-squares problem.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,)
        Values of the windows (totals for counts, means for rates).
    X : FloatArray, shape (n_cells, p)
    cell_weight : FloatArray, shape (n_cells,)
        What each cell's mean counts for in its window's value.
    n_periods : FloatArray, shape (n_windows,)
        Length of each window in calendar periods.
    window : IntArray, shape (n_cells,)

    Examples
    --------
    >>> one_window, two_periods = np.zeros(2, dtype=np.int64), np.array([2.0])
    >>> rows = weighted_rows(np.array([10.0]), np.ones((2, 1)), np.ones(2), two_periods, one_window)
    >>> (rows.y / np.sqrt(2)).round(9).tolist(), (rows.X / np.sqrt(2)).round(9).tolist()
    ([5.0], [[1.0]])
    """
    starts = window_starts(window)
    total = sum_by_window(cell_weight, starts)
    root = np.sqrt(n_periods) / total
    summed = sum_by_window(cell_weight[:, None] * X, starts)
    return WeightedRows(y=root * y, X=root[:, None] * summed, scale=1 / root)
