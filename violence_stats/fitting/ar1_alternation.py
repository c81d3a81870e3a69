"""Alternate between coefficients and path on one side and variance parameters on the other, from several starts.

Penalised quasi-likelihood can have more than one point at rest, most often a path of noise (rho near 0) beside a smooth
one. The search starts from the best of a grid; where it has come to rest, the grid is tried once more on that
linearisation, and if another place is better by more than `BETTER` the search goes there too. Of the points at rest the
one with the highest likelihood (`violence_stats.fitting.ar1_likelihood`) is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError
from violence_stats.fitting.ar1_likelihood import log_likelihood
from violence_stats.fitting.ar1_scale import SearchScale
from violence_stats.fitting.ar1_search import Step, best_on_grid, descend
from violence_stats.fitting.ar1_working import CountProblem, Path, Theta, Working, linearise, solve

MAX_ITERATIONS = 200
TOLERANCE = 1e-4
"""Largest move at rest: of a coefficient in its standard errors, of the path in logs; ten times that for a variance
parameter on the search scale, along whose ridges nothing else moves."""
PATIENCE = (25, 75)
"""Iterations after which steps are halved, and halved again: relinearising can make full steps go round in a circle."""
MAX_STARTS = 3
BETTER = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class State:
    """A place in the search.

    Attributes
    ----------
    point : FloatArray, shape (3,)
        Variance parameters on the search scale.
    beta : FloatArray, shape (p,)
    path : Path
    last : Step or None
        The step that led here.
    deviance : float
    n_iterations : int
    """

    point: FloatArray
    beta: FloatArray
    path: Path
    last: Step | None = None
    deviance: float = np.inf
    n_iterations: int = 0


def search(
    problem: CountProblem, scale: SearchScale, beta: FloatArray, dispersion: float, start: Theta | None
) -> State:
    """Find where neither coefficients nor path nor variance parameters move.

    Parameters
    ----------
    beta : FloatArray, shape (p,)
        Poisson estimates.
    dispersion : float
        Pearson's dispersion about them.
    start : Theta or None
        Where to start, and to stay near; None for the grid.

    Raises
    ------
    FitError
        If no start comes to rest.
    """
    nothing = np.zeros(problem.layout.n_periods)
    state = State(point=np.zeros(3), beta=beta, path=Path(nothing, nothing))
    if start is not None:
        return alternate(problem, scale, replace(state, point=scale.point(start)))[0]
    point, _ = best_on_grid(linearise(problem, beta, state.path, 0.0), scale, dispersion)
    resting: list[State] = []
    for _ in range(MAX_STARTS):
        try:
            state, working = alternate(problem, scale, replace(state, point=point, last=None))
        except FitError:
            if resting:
                break
            raise
        resting.append(state)
        point, deviance = best_on_grid(working, scale, dispersion)
        if deviance > state.deviance - BETTER:
            break
    if len(resting) == 1:
        return resting[0]
    return max(resting, key=lambda end: log_likelihood(problem, scale.theta(end.point), end.beta, end.path.mean))


def alternate(problem: CountProblem, scale: SearchScale, state: State) -> tuple[State, Working]:
    """Relinearise and step until all stands still; also give the last linearisation.

    Raises
    ------
    FitError
        If that takes more than `MAX_ITERATIONS` rounds.
    """
    for n_iterations in range(1, MAX_ITERATIONS + 1):
        theta, variance = scale.theta(state.point), state.path.variance
        settled = solve(linearise(problem, state.beta, state.path, theta.sigma2), theta)
        working = linearise(problem, settled.beta, Path(settled.latent, variance), theta.sigma2)
        step = descend(working, scale, state.point, state.last)
        at_rest = _largest_move(state, step) < TOLERANCE
        if n_iterations > PATIENCE[0]:
            step = _shortened(working, scale, step, 0.5 if n_iterations <= PATIENCE[1] else 0.25)
        state = State(
            point=step.end,
            beta=step.solution.beta,
            path=Path(step.solution.latent, step.path_variance),
            last=step,
            deviance=step.solution.deviance,
            n_iterations=n_iterations,
        )
        if at_rest:
            return state, working
    raise FitError(
        f"the serially correlated errors did not settle in {MAX_ITERATIONS} iterations: drop a term, widen the window, "
        'or use errors="iid" or "newey-west" and say so'
    )


def _largest_move(state: State, step: Step) -> float:
    solution = step.solution
    of_beta = np.abs(solution.beta - state.beta) / np.sqrt(np.diag(solution.cov))
    of_path = np.abs(solution.latent - state.path.mean)
    return float(max(of_beta.max(), of_path.max(), np.abs(step.end - step.start).max() / 10))


def _shortened(working: Working, scale: SearchScale, step: Step, share: float) -> Step:
    end = step.start + share * (step.end - step.start)
    return replace(step, end=end, solution=solve(working, scale.theta(end)))
