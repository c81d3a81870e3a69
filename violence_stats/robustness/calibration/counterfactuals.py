"""How often the interval of a counterfactual holds what would have been counted without the event.

Each printed model with one intervention is simulated as fitted, twice on the same latent path: with its effect, which
is fitted, and without, which the counterfactual's interval has to hold.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.design.interventions import Step
from violence_stats.errors import FitError
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.fitting.simulate import draw_counts, simulate_latent
from violence_stats.ledger.case import Case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.months import Window, parse_window
from violence_stats.robustness.calibration.cells import Cell, lockdown_pulse, printed_models
from violence_stats.robustness.calibration.methods import Intervals
from violence_stats.robustness.calibration.refits import with_counts
from violence_stats.robustness.calibration.simulation import Row, portions, summarise
from violence_stats.robustness.calibration.worlds import fitted_world
from violence_stats.series import CountSeries

HEADLINE = "headline"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CounterfactualCell(Cell):
    """A printed model, and the windows over which it is asked what would have been counted.

    Attributes
    ----------
    model : InterruptedTimeSeries
    series : CountSeries
        Its windows; the counts are replaced by drawn ones.
    event : str
        The term taken away.
    asked : tuple of Window
        Whole windows of the series make each up.
    """

    model: InterruptedTimeSeries
    series: CountSeries
    event: str
    asked: tuple[Window, ...]


def counterfactual_cells(case: Case) -> Iterator[CounterfactualCell]:
    """Give the printed models with one step, each asked for the time after it and for the headline window."""
    chain = chain_series(case)
    headline = case.settings.windows.get(HEADLINE)
    for geometry, window, dates in printed_models(case):
        if len(dates) > 1:
            continue
        step = Step(dates[0])
        model = InterruptedTimeSeries([step, *lockdown_pulse(case, window)], harmonics=1)
        result = model.fit(chain, window=window)
        asked = [parse_window(result.counterfactual(step.term).window)]
        if headline is not None and window.contains(headline) and dates[0] <= headline.start:
            asked.append(headline)
        yield CounterfactualCell(
            name=f"counterfactual, {geometry}, step, effect",
            family="counterfactual",
            geometry=geometry,
            design="step",
            truth="effect",
            mean_count=float("nan"),
            world=fitted_world(result),
            model=model,
            series=result.frame.series,
            event=step.term,
            asked=tuple(asked),
        )


def simulate_counterfactuals(cell: CounterfactualCell, *, seed: int, runs: int) -> tuple[Row, ...]:
    """Simulate a cell; the truth of a row is the mean count without the event."""
    generator = np.random.default_rng([seed, zlib.crc32(cell.name.encode())])
    portions_drawn = [_drawn_twice(cell, generator, size) for size in portions(runs)]
    counted, would_have = (np.concatenate(kind) for kind in zip(*portions_drawn, strict=True))
    limits = np.full((2, len(cell.asked), runs), np.nan)
    for run, y in enumerate(counted):
        limits[:, :, run] = _limits(cell, y)
    rows = []
    for (low, high), window in zip(np.swapaxes(limits, 0, 1), cell.asked, strict=True):
        total = would_have[:, _inside(cell.series, window)].sum(axis=1)
        # measured from what would have been counted, so that every draw has the same truth, 0
        about_truth = Intervals(low=low - total, high=high - total, truth=0.0)
        rows.append(
            replace(summarise(cell, "ar1", f"{window} without", about_truth), effect=float(total.mean().round()))
        )
    return tuple(rows)


def _drawn_twice(cell: CounterfactualCell, generator: np.random.Generator, runs: int) -> tuple[FloatArray, FloatArray]:
    """Draw counts with and without the event, each (runs, n_windows), on the same paths."""
    world = cell.world
    path = simulate_latent(generator, int(world.period.max()) + 1, world.theta, runs)
    deviation = np.exp(path[:, world.period] - world.theta.sigma2 / 2)
    starts = window_starts(world.window)
    mu = [
        sum_by_window((one.expected * deviation).T, starts).T for one in (world, world.with_effects({cell.event: 0.0}))
    ]
    counted, would_have = (draw_counts(generator, expected, world.theta.dispersion) for expected in mu)
    return counted, would_have


def _limits(cell: CounterfactualCell, y: FloatArray) -> FloatArray:
    """Lower and upper ends for each window asked, shape (2, n_asked); NaN where the fit fails."""
    try:
        result = cell.model.fit(with_counts(cell.series, y))
    except FitError:
        return np.full((2, len(cell.asked)), np.nan)
    without = [result.counterfactual(cell.event, (one.start, one.end)) for one in cell.asked]
    return np.array([[one.expected_low for one in without], [one.expected_high for one in without]])


def _inside(series: CountSeries, window: Window) -> BoolArray:
    return np.array([window.contains(one) for one in series.windows])
