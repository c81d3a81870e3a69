"""Terms whose estimate would run to minus infinity, because every count under them is zero.

The estimates of a log-linear rate are finite unless some direction of the coefficients lowers the rate wherever the
count is zero and leaves it alone wherever it is not (Correia, Guimaraes & Zylkin 2019). A linear programme finds such
a direction.

References
----------
Correia, S., Guimaraes, P. & Zylkin, T. (2019). Verifying the existence of maximum likelihood estimates for
generalized linear models. arXiv 1903.01633.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import FitError

SMALLEST_MOVE = 1e-6


def separated_columns(y: FloatArray, X: FloatArray, window: IntArray) -> IntArray:
    """Give the columns of X along which the likelihood has no maximum; empty where it has one.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,)
    X : FloatArray, shape (n_cells, p)
    window : IntArray, shape (n_cells,)

    Notes
    -----
    A window of several cells with a count above zero could keep its expectation while one of its cells runs to zero;
    such a window is taken to hold every one of its cells in place, so that separation inside a window is left to the
    fit.
    """
    at_zero = (y == 0)[window]
    if not at_zero.any():
        return np.empty(0, dtype=np.int64)
    scaled = X / np.maximum(np.abs(X).max(axis=0), np.finfo(float).tiny)
    free, held = scaled[at_zero], scaled[~at_zero]
    found = linprog(
        c=free.sum(axis=0),
        A_ub=free,
        b_ub=np.zeros(len(free)),
        A_eq=held if len(held) else None,
        b_eq=np.zeros(len(held)) if len(held) else None,
        bounds=(-1, 1),
        method="highs",
    )
    if found.x is None or not (free @ found.x < -SMALLEST_MOVE).any():
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.abs(found.x) > SMALLEST_MOVE)


def refuse_separation(y: FloatArray, X: FloatArray, window: IntArray, names: Sequence[str] | None = None) -> None:
    """Ask that no estimate runs to minus infinity.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,)
    X : FloatArray, shape (n_cells, p)
    window : IntArray, shape (n_cells,)
    names : sequence of str, length p, optional
        What the error calls the columns; default by their place.

    Raises
    ------
    FitError
        Naming the terms whose estimate would.
    """
    columns = separated_columns(y, X, window)
    if len(columns):
        named = ", ".join(f"column {k}" if names is None else names[k] for k in columns)
        raise FitError(
            f"every count that could tell {named} apart is 0, so the estimate runs to minus infinity (separation): "
            "widen the window until it holds counts, or take a term away"
        )
