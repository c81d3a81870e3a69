"""The cells: which worlds are simulated.

Three families stand here, others in modules of their own. ``months``: 60, 120 and 240 whole months. ``windows``: the
first 60 and 120 and all windows of the case's reference chain in its timeline. Both of constant level, under rho 0 to
0.8 and mean counts of 10 to 300 a month, with variance parameters such as the fits of the shipped case give.
``printed``: the models the report prints, each at its own fitted coefficients and variance parameters.

Worlds are simulated without effects (the share of intervals that miss 0 is the size of the test) and, where step and
ramp are both fitted, with them (one minus that share is the coverage).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Literal, TypeAlias

import pandas as pd

from violence_stats.design.interventions import Intervention, Pulse, Ramp, Step
from violence_stats.design.matrix import Terms
from violence_stats.fitting.ar1_working import Theta
from violence_stats.ledger.case import Case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.ledger.settings import CONTESTED, DEFINITION, FIT_SUFFIX
from violence_stats.ledger.settings import Intervention as Announced
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.known_misses import printed_geometry as printed_geometry  # noqa: PLC0414  a name of this module too
from violence_stats.months import Window
from violence_stats.robustness.calibration.worlds import World, fitted_world, level_world
from violence_stats.series import CountSeries

Family: TypeAlias = Literal[
    "months",
    "windows",
    "printed",
    "counterfactual",
    "boundary",
    "time_constant",
    "decomposition",
    "second_opinion",
    "comparison",
]
Truth: TypeAlias = Literal["none", "effect"]

SIZES = (60, 120, 240)
RHOS = (0.0, 0.3, 0.5, 0.8)
MEANS = (10.0, 100.0, 300.0)
DISPERSION, SIGMA2 = 2.0, 0.04
"""The shipped case's fits give dispersions from 1 to 5 and latent variances from 0.01 to 0.16."""
STEP_EFFECT, RAMP_EFFECT = -0.5, -0.35
"""True effects on the log scale; that of the ramp is what it has come to at the end of the series."""
TIMELINE = "timeline"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """One world to simulate.

    Attributes
    ----------
    name : str
        Unique; the seed is derived from it.
    family : str
        The table in which it stands.
    geometry, design : str
        The windows, and the terms.
    truth : {'none', 'effect'}
    mean_count : float
        Expected count of a period; NaN where it varies.
    world : World
    """

    name: str
    family: Family
    geometry: str
    design: str
    truth: Truth
    mean_count: float
    world: World


def all_cells(case: Case) -> Iterator[Cell]:
    """Give every cell, the printed models first."""
    yield from printed_cells(case)
    for n in SIZES:
        yield from _level_cells("months", f"{n} months", whole_months(n))
    chain = chain_series(case)
    timeline = case.settings.windows[TIMELINE]
    chain = chain.between(timeline.start, timeline.end)
    for n in (*SIZES[:2], chain.n_windows):
        shown = replace(chain, observations=chain.observations[:n])
        yield from _level_cells("windows", f"{n} windows of the chain", shown)


def whole_months(n: int) -> CountSeries:
    """Give n months in a row, to take windows from."""
    return CountSeries.from_monthly(pd.Series(100, index=pd.period_range("2001-01", periods=n, freq="M")))


def level_cell(family: Family, geometry: str, series: CountSeries, mean: float, rho: float, design: str) -> Cell:
    """Give one cell of constant level, without effects.

    Parameters
    ----------
    design : {'step', 'step and ramp'}
        Beside trend and season; both start in the middle of the series.
    """
    middle = series.windows[series.n_windows // 2].start
    shapes: dict[str, tuple[Intervention, ...]] = {
        "step": (Step(middle, name="step"),),
        "step and ramp": (Step(middle, name="step"), Ramp(middle, name="ramp")),
    }
    world = level_world(
        series,
        Terms(interventions=shapes[design], trend="linear", harmonics=1),
        per_period=mean,
        theta=Theta(DISPERSION, SIGMA2, rho),
    )
    name = f"{family}, {geometry}, {design}, mean {mean:g}, rho {rho:g}, none"
    return Cell(name=name, family=family, geometry=geometry, design=design, truth="none", mean_count=mean, world=world)


def _level_cells(family: Family, geometry: str, series: CountSeries) -> Iterator[Cell]:
    for mean, rho in product(MEANS, RHOS):
        yield level_cell(family, geometry, series, mean, rho, "step")
        cell = level_cell(family, geometry, series, mean, rho, "step and ramp")
        yield cell
        slope = RAMP_EFFECT / float(cell.world.X[-1, cell.world.place("ramp")])
        yield _named(cell, "effect", cell.world.with_effects({"step": STEP_EFFECT, "ramp": slope}))


def _named(cell: Cell, truth: Truth, world: World) -> Cell:
    return replace(cell, name=cell.name.removesuffix("none") + truth, truth=truth, world=world)


def printed_cells(case: Case) -> Iterator[Cell]:
    """Give the models that the report prints, as fitted."""
    chain = chain_series(case)
    for geometry, window, dates in printed_models(case):
        steps = tuple(Step(date) for date in dates)
        designs: dict[str, tuple[Intervention, ...]] = {"step": steps, "step and ramp": (*steps, Ramp(dates[-1]))}
        for design, interventions in designs.items():
            model = InterruptedTimeSeries([*interventions, *lockdown_pulse(case, window)], harmonics=1)
            world = fitted_world(model.fit(chain, window=window))
            cell = Cell(
                name=f"printed, {geometry}, {design}, none",
                family="printed",
                geometry=geometry,
                design=design,
                truth="none",
                mean_count=float("nan"),
                world=world.without_effects(),
            )
            yield cell
            yield _named(cell, "effect", world)


def printed_models(case: Case) -> Iterator[tuple[str, Window, list[date]]]:
    """Geometry, window and intervention dates: each intervention alone in its fitting window, all in the timeline."""
    settings = case.settings
    counted = [one for one in settings.interventions if one.kind != DEFINITION]
    for name, window in settings.windows.items():
        inside = [one for one in counted if window.start < one.date <= window.end]
        if name.endswith(FIT_SUFFIX):
            for one in inside:
                for day in _dates(one):
                    yield printed_geometry(window, day), window, [day]
        elif name == TIMELINE:
            yield f"{window}", window, [one.date for one in inside]


def _dates(intervention: Announced) -> list[date]:
    """Every candidate date where the date is contested, else its own."""
    if intervention.kind == CONTESTED:
        return [one.date for one in intervention.candidates]
    return [intervention.date]


def lockdown_pulse(case: Case, window: Window) -> list[Intervention]:
    """Give the case's lockdown as a term, where the window holds it."""
    lockdown = case.settings.lockdown
    if lockdown is None or not window.contains(lockdown.window):
        return []
    return [Pulse(lockdown.window.start, lockdown.window.end, name=lockdown.id)]
