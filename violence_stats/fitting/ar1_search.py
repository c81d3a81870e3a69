"""Search the variance parameters of a linearisation: a grid over the box, and one guarded quasi-Newton step in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.ar1_scale import SearchScale
from violence_stats.fitting.ar1_working import Solution, Theta, Working, differentiate, solve

GRID_RHO = (0.15, 0.5, 0.8, 0.93)
GRID_SHARE = (0.1, 0.5, 0.95)
"""Shares of the variance beyond Poisson that the latent path takes."""

_LONGEST_STEP = 1.5
_WORTHLESS = 1e-10
_ROUNDING = 1e-6
_FIRST_DAMPING, _LAST_DAMPING = 1e-4, 1e6
_UNINFORMED = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """One step in the box.

    Attributes
    ----------
    start : FloatArray, shape (3,)
    gradient : FloatArray, shape (3,)
        Of the deviance at the start, on the search scale.
    end : FloatArray, shape (3,)
    solution : Solution
        At the end.
    path_variance : FloatArray, shape (n_periods,)
        Prediction variance of the path, at the start.
    """

    start: FloatArray
    gradient: FloatArray
    end: FloatArray
    solution: Solution
    path_variance: FloatArray


def best_on_grid(working: Working, scale: SearchScale, dispersion: float) -> tuple[FloatArray, float]:
    """Give the grid point of lowest deviance and that deviance.

    Parameters
    ----------
    dispersion : float
        Variance of the counts about their mean in units of the mean: what the grid shares out.
    """
    excess = max(dispersion - 1, 0.02) / scale.count
    thetas = [
        Theta(
            1 + (1 - share) * excess * scale.count if scale.form == "proportional" else (1 - share) * excess,
            share * excess / (1 - rho**2) ** 0.5,
            rho,
        )
        for share in GRID_SHARE
        for rho in GRID_RHO
    ]
    deviances = [solve(working, theta).deviance for theta in thetas]
    lowest = int(np.argmin(deviances))
    return scale.point(thetas[lowest]), deviances[lowest]


def descend(working: Working, scale: SearchScale, point: FloatArray, last: Step | None) -> Step:
    """Take one step from `point` (3,) that lowers the deviance of this linearisation, or none where none does.

    The curvature is the average information, corrected (BFGS) by how the gradient changed over the step before,
    relinearisation included.
    """
    here = solve(working, scale.theta(point))
    slope = differentiate(working, here)
    jacobian = scale.jacobian(point)
    gradient, curvature = slope.gradient * jacobian, slope.curvature * np.outer(jacobian, jacobian)
    if last is not None:
        curvature = _corrected(curvature, point - last.start, gradient - last.gradient)
    stay = Step(start=point, gradient=gradient, end=point, solution=here, path_variance=slope.path.variance)
    damping = _FIRST_DAMPING
    while damping < _LAST_DAMPING:
        step = _step_in_box(point, gradient, curvature + damping * np.diag(np.diag(curvature)), scale.upper)
        step = step * min(1.0, _LONGEST_STEP / max(np.abs(step).max(), _UNINFORMED))
        expected = -(gradient @ step + 0.5 * step @ curvature @ step)
        if expected > _WORTHLESS:  # else an edge cut the step short of any gain: a shorter one may stay inside
            end = np.clip(point + step, 0.0, scale.upper)
            there = solve(working, scale.theta(end))
            if there.deviance < here.deviance or expected < _ROUNDING:
                return replace(stay, end=end, solution=there)
        damping = max(damping, 1e-2) * 8
    return stay


def _corrected(curvature: FloatArray, moved: FloatArray, gradient_change: FloatArray) -> FloatArray:
    predicted = curvature @ moved
    size, seen = float(moved @ predicted), float(moved @ gradient_change)
    if size < _UNINFORMED or seen < 0.05 * size:
        return curvature
    return curvature - np.outer(predicted, predicted) / size + np.outer(gradient_change, gradient_change) / seen


def _step_in_box(point: FloatArray, gradient: FloatArray, curvature: FloatArray, upper: FloatArray) -> FloatArray:
    """Minimise the quadratic model over the box: a coordinate that would leave it goes to the edge and stays there."""
    outward = ((point <= 0) & (gradient >= 0)) | ((point >= upper) & (gradient <= 0))
    free = ~outward & (np.diag(curvature) > _UNINFORMED)
    step = np.zeros(3)
    while free.any():
        inside = np.ix_(free, free)
        pull = gradient + curvature @ np.where(free, 0.0, step)
        step[free] = -np.linalg.solve(curvature[inside], pull[free])
        end = point + step
        leaving = free & ((end < 0) | (end > upper))
        if not leaving.any():
            break
        step[leaving] = np.where(end < 0, 0.0, upper)[leaving] - point[leaving]
        free &= ~leaving
    return step
