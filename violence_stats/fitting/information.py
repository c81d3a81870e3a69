"""Observed information: the second derivatives of a log-likelihood, by differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from violence_stats.arrays import FloatArray


def hessian(function: Callable[[FloatArray], float], point: FloatArray, steps: FloatArray) -> FloatArray:
    """Second derivatives by central differences, extrapolated once (Richardson) so that the error is of fourth order.

    Parameters
    ----------
    function : callable
        (k,) -> float.
    point : FloatArray, shape (k,)
    steps : FloatArray, shape (k,)
        Step of each coordinate, about a tenth of its standard error; half of it is used as well.

    Returns
    -------
    FloatArray, shape (k, k)
        Symmetric.
    """
    coarse, fine = (_central_hessian(function, point, share * steps) for share in (1.0, 0.5))
    return np.asarray((4 * fine - coarse) / 3)


def _central_hessian(function: Callable[[FloatArray], float], point: FloatArray, steps: FloatArray) -> FloatArray:
    k = point.size
    at_point = function(point)
    moves = np.diag(steps)
    second = np.empty((k, k))
    for i in range(k):
        second[i, i] = function(point + moves[i]) - 2 * at_point + function(point - moves[i])
        for j in range(i):
            corners = [(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)]
            total = sum(sign * function(point + a * moves[i] + b * moves[j]) for a, b, sign in corners)
            second[i, j] = second[j, i] = total / 4
    return np.asarray(second / np.outer(steps, steps))


def is_positive_definite(matrix: FloatArray) -> bool:
    """Whether a symmetric matrix has a Cholesky factor."""
    if not np.all(np.isfinite(matrix)):
        return False
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return False
    return True
