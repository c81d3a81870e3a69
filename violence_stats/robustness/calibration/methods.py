"""The interval makers that are judged, each on the same draws.

``ar1`` is the package's default, ``newey-west`` and ``iid`` its alternatives. ``causalpy-ols`` is the formula behind
CausalPy's summary of an ordinary least-squares model: fit the counts before, predict the counts after, and take the
mean difference over the standard error of a mean, ``sd / sqrt(n)`` with n - 1 degrees of freedom, as if the differences
were independent and the prediction known.

References
----------
CausalPy, ``causalpy/reporting.py``, ``_compute_statistics_ols``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from scipy.stats import t as t_distribution

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.errors import FitError
from violence_stats.fitting.ar1 import fit_ar1
from violence_stats.fitting.batched import BatchErrors, fit_batched
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.robustness.calibration.worlds import World

Method: TypeAlias = Literal["ar1", "newey-west", "iid", "causalpy-ols"]
METHODS: tuple[Method, ...] = ("ar1", "newey-west", "iid", "causalpy-ols")

AVERAGE_AFTER = "average after"
"""What ``causalpy-ols`` estimates instead of a term: the mean change in the rate over all windows after the start."""
TAIL = 0.975


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intervals:
    """95% intervals of one quantity in every draw.

    Attributes
    ----------
    low, high : FloatArray, shape (n_draws,)
        NaN where the estimator gave none.
    truth : float
    """

    low: FloatArray
    high: FloatArray
    truth: float

    @property
    def given(self) -> BoolArray:
        """Draws in which there is an interval, shape (n_draws,)."""
        return np.asarray(np.isfinite(self.low))

    @property
    def missed(self) -> BoolArray:
        """Draws in which the interval does not hold the truth, shape (n_draws,); False where there is none."""
        return np.asarray(self.given & ((self.truth < self.low) | (self.truth > self.high)))


def intervals_of(method: Method, world: World, draws: FloatArray) -> Mapping[str, Intervals]:
    """Give the intervals of the tested terms.

    Parameters
    ----------
    method : {'ar1', 'newey-west', 'iid', 'causalpy-ols'}
    world : World
    draws : FloatArray, shape (n_draws, n_windows)
    """
    return _MAKERS[method](world, draws)


def _latent_path(world: World, draws: FloatArray) -> Mapping[str, Intervals]:
    columns = [world.place(term) for term in world.tested]
    estimate, reach = np.full((2, len(draws), len(columns)), np.nan)
    for row, y in enumerate(draws):
        try:
            fit = fit_ar1(y, world.X, world.log_exposure, world.window, world.period)
        except FitError:
            continue
        estimate[row] = fit.beta[columns]
        width = t_distribution.ppf(TAIL, fit.degrees_of_freedom) * np.sqrt(np.diag(fit.cov))
        reach[row] = width[columns]
    return _by_term(world, estimate, reach)


def _newey_west(world: World, draws: FloatArray) -> Mapping[str, Intervals]:
    return _batched(world, draws, "newey-west")


def _iid(world: World, draws: FloatArray) -> Mapping[str, Intervals]:
    return _batched(world, draws, "iid")


def _batched(world: World, draws: FloatArray, errors: BatchErrors) -> Mapping[str, Intervals]:
    fits = fit_batched(draws, world.X, world.log_exposure, world.window, errors=errors)
    columns = [world.place(term) for term in world.tested]
    reach = t_distribution.ppf(TAIL, fits.degrees_of_freedom) * fits.std_error
    return _by_term(world, fits.beta[:, columns], reach[:, columns])


def _by_term(world: World, estimate: FloatArray, reach: FloatArray) -> Mapping[str, Intervals]:
    return {
        term: Intervals(
            low=estimate[:, k] - reach[:, k],
            high=estimate[:, k] + reach[:, k],
            truth=float(world.beta[world.place(term)]),
        )
        for k, term in enumerate(world.tested)
    }


def _before_and_after(world: World, draws: FloatArray) -> Mapping[str, Intervals]:
    """Judge rates per unit of exposure; the design before the first intervention is what it predicts from."""
    starts = window_starts(world.window)
    exposure = sum_by_window(np.exp(world.log_exposure), starts)
    weight = np.exp(world.log_exposure)[:, None] / exposure[world.window][:, None]
    rows = sum_by_window(weight * world.X, starts)
    tested = [world.place(term) for term in world.tested]
    kept = np.setdiff1d(np.arange(world.X.shape[1]), tested)
    before = ~(rows[:, tested] != 0).any(axis=1)
    after = np.arange(len(before)) >= int(np.flatnonzero(~before)[0])
    baseline = rows[:, kept]
    onto = np.linalg.pinv(baseline[~after])
    rates = draws / exposure
    change = rates[:, after] - rates[:, ~after] @ onto.T @ baseline[after].T
    n_after = int(after.sum())
    mean = change.mean(axis=1)
    reach = t_distribution.ppf(TAIL, n_after - 1) * change.std(axis=1, ddof=1) / np.sqrt(n_after)
    with_effects, without = (sum_by_window(one.expected, starts) / exposure for one in (world, world.without_effects()))
    truth = float((with_effects - without)[after].mean())
    return {AVERAGE_AFTER: Intervals(low=mean - reach, high=mean + reach, truth=truth)}


_MAKERS: dict[Method, Callable[[World, FloatArray], Mapping[str, Intervals]]] = {
    "ar1": _latent_path,
    "newey-west": _newey_west,
    "iid": _iid,
    "causalpy-ols": _before_and_after,
}
