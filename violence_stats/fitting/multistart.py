"""Minimise from several starts, and say how many of them came out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.optimize import minimize

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError

Objective: TypeAlias = Callable[[FloatArray], float]

OUT_OF_REACH = 1e10
"""What an objective returns where it cannot be evaluated: finite, so that a line search backs away from it."""

_SAME_OPTIMUM = 1e-3
_FLAT = 2e-3
_STEP = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Minimum:
    """The lowest end point of several searches.

    Attributes
    ----------
    point : FloatArray, shape (k,)
    value : float
    n_starts : int
    n_converged : int
        Searches that ended where the gradient is flat.
    n_agreeing : int
        Searches that ended within 1e-3 of the lowest value. One among several is a warning: the surface has other
        low places, and the optimum found may not be the lowest.
    """

    point: FloatArray
    value: float
    n_starts: int
    n_converged: int
    n_agreeing: int


def minimise_from(objective: Objective, starts: Sequence[FloatArray], *, what: str) -> Minimum:
    """Minimise a smooth objective from every start, polish the lowest end point and keep it if it is an optimum.

    Convergence is judged here, by the gradient at the end point, not by the optimiser's own flag: line searches on
    likelihoods often stop with a complaint about precision at the optimum itself.

    Parameters
    ----------
    objective : callable
        (k,) -> float, in units of a log-likelihood; `OUT_OF_REACH` where it cannot be evaluated.
    starts : sequence of FloatArray, shape (k,)
    what : str
        What is being fitted, for the message.

    Raises
    ------
    FitError
        If the lowest end point is not one at which the gradient is flat.
    """
    if starts[0].size == 0:
        return Minimum(point=starts[0], value=objective(starts[0]), n_starts=1, n_converged=1, n_agreeing=1)

    def slope(point: FloatArray) -> FloatArray:
        return _slope(objective, point)

    ends = [minimize(objective, start, jac=slope, method="BFGS", options={"gtol": _FLAT / 10}) for start in starts]
    lowest = min(ends, key=lambda end: float(end.fun))
    polished = minimize(objective, lowest.x, jac=slope, method="BFGS", options={"gtol": _FLAT / 1000})
    best = min(polished, lowest, key=lambda end: float(end.fun))
    point, value = np.asarray(best.x, dtype=float), float(best.fun)
    if value >= OUT_OF_REACH or not _is_flat(objective, point):
        raise FitError(
            f"{what}: none of {len(starts)} starts converged to the lowest value reached ({value:.6g}); "
            "ask for a smaller order or a longer window"
        )
    agreeing = [end for end in ends if float(end.fun) - value < _SAME_OPTIMUM]
    n_converged = sum(end.fun < OUT_OF_REACH and _is_flat(objective, end.x) for end in ends)
    return Minimum(
        point=point,
        value=value,
        n_starts=len(starts),
        n_converged=max(n_converged, 1),
        n_agreeing=max(len(agreeing), 1),
    )


def _is_flat(objective: Objective, point: FloatArray) -> bool:
    return bool(np.max(np.abs(_slope(objective, point))) < _FLAT)


def _slope(objective: Objective, point: FloatArray) -> FloatArray:
    """Gradient by central differences, with a step wide enough for the rounding errors of a filter."""
    steps = _STEP * np.eye(point.size)
    return np.array([(objective(point + step) - objective(point - step)) / (2 * _STEP) for step in steps])


def spread_starts(n_parameters: int, n_starts: int, *, scale: float = 0.7, seed: int = 0) -> list[FloatArray]:
    """Give the origin and seeded normal draws around it: the same starts every time.

    Parameters
    ----------
    n_parameters : int
    n_starts : int
        The origin counted.
    scale : float
        Standard deviation of the draws.
    """
    rng = np.random.default_rng(seed)
    draws = scale * rng.standard_normal((n_starts - 1, n_parameters))
    return [np.zeros(n_parameters), *draws]
