"""Expected counts of windows as sums over cells: the composite link of Thompson & Baker (1981).

Notation: with ``g = exp(X b + log_exposure)`` over cells and A the 0/1 matrix that says which window a cell lies in,
``mu = A g`` and ``Z = d mu / d b = A diag(g) X``.

References
----------
Thompson, R. & Baker, R. J. (1981). Composite link functions in generalized linear models. Applied Statistics 30,
125-131.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expected:
    """The composite link at one coefficient vector.

    Attributes
    ----------
    cell : FloatArray, shape (n_cells,)
        Expected count of each cell, g.
    mu : FloatArray, shape (n_windows,)
    Z : FloatArray, shape (n_windows, p)
        Derivative of `mu` by the coefficients.
    """

    cell: FloatArray
    mu: FloatArray
    Z: FloatArray


def window_starts(window: IntArray) -> IntArray:
    """First cell of each window, shape (n_windows,).

    Parameters
    ----------
    window : IntArray, shape (n_cells,)
        Window of each cell: 0, 1, ... in order, none left out.
    """
    return np.flatnonzero(np.r_[True, np.diff(window) != 0])


def sum_by_window(values: FloatArray, starts: IntArray) -> FloatArray:
    """Sum the rows of `values` (n_cells, ...) that lie in one window."""
    if len(starts) == len(values):
        return values
    return np.asarray(np.add.reduceat(values, starts, axis=0))


def expected_counts(beta: FloatArray, X: FloatArray, log_exposure: FloatArray, window: IntArray) -> Expected:
    """Evaluate the composite link.

    Parameters
    ----------
    beta : FloatArray, shape (p,)
    X : FloatArray, shape (n_cells, p)
    log_exposure : FloatArray, shape (n_cells,)
        Log of the days, or of days times exposure, of each cell.
    window : IntArray, shape (n_cells,)
    """
    starts = window_starts(window)
    cell = np.exp(X @ beta + log_exposure)
    return Expected(cell=cell, mu=sum_by_window(cell, starts), Z=sum_by_window(cell[:, None] * X, starts))
