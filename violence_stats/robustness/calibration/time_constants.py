"""How often the profile interval of a time constant holds the true one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from violence_stats.design.interventions import Intervention
from violence_stats.design.transfer import Onset
from violence_stats.errors import FitError
from violence_stats.ledger.case import Case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.robustness.calibration.cells import lockdown_pulse, printed_models
from violence_stats.robustness.calibration.refits import Judged, RefittedCell
from violence_stats.robustness.calibration.worlds import fitted_world
from violence_stats.series import CountSeries

GRADUAL_MONTHS = 3.0
"""A true time constant beside the fitted one, which may be short."""
MOST_DRAWS = 150
MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimeConstantCell(RefittedCell):
    """A printed geometry with an onset whose time constant is to be found.

    Attributes
    ----------
    model : InterruptedTimeSeries
        With the time constant left open.
    months : float
        The true one.
    """

    model: InterruptedTimeSeries
    months: float

    def judge(self, drawn: CountSeries) -> Mapping[str, Judged]:
        """Give the interval of the time constant, and that of the whole effect."""
        result = self.model.fit(drawn)
        found = result.time_constant
        if found is None:
            raise FitError("no time constant was estimated")
        effects, truth = result.effects, float(self.world.beta[self.world.place(found.term)])
        return {
            MONTHS: Judged(found.low, found.high, self.months),
            found.term: Judged(float(effects["ci_low"][found.term]), float(effects["ci_high"][found.term]), truth),
        }


def time_constant_cells(case: Case) -> Iterator[TimeConstantCell]:
    """Give the first date of each fitting window, at the fitted time constant and at a gradual one."""
    chain = chain_series(case)
    seen = set()
    for geometry, window, dates in printed_models(case):
        if len(dates) > 1 or window in seen:
            continue
        seen.add(window)
        others: list[Intervention] = lockdown_pulse(case, window)
        model = InterruptedTimeSeries([Onset(dates[0]), *others], harmonics=1)
        fitted = model.fit(chain, window=window).time_constant
        months = [GRADUAL_MONTHS] if fitted is None else [round(fitted.months, 1), GRADUAL_MONTHS]
        for true in dict.fromkeys(months):
            known = InterruptedTimeSeries([Onset(dates[0], true), *others], harmonics=1)
            result = known.fit(chain, window=window)
            yield TimeConstantCell(
                name=f"time constant, {geometry}, onset of {true:g} months, effect",
                family="time_constant",
                geometry=geometry,
                design=f"onset of {true:g} months",
                truth="effect",
                mean_count=float("nan"),
                world=fitted_world(result),
                series=result.frame.series,
                method="profile",
                most_draws=MOST_DRAWS,
                model=model,
                months=true,
            )
