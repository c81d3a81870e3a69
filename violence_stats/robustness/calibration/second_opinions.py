"""How often the second opinions miss: a step with ARIMA errors, and a structural counterfactual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from violence_stats.design.interventions import Step
from violence_stats.design.matrix import Terms
from violence_stats.fitting.ar1_working import Theta
from violence_stats.models.arima import ARIMAInterruptedTimeSeries
from violence_stats.models.structural import StructuralTimeSeries
from violence_stats.months import Window
from violence_stats.robustness.calibration.cells import DISPERSION, SIGMA2, whole_months
from violence_stats.robustness.calibration.refits import Judged, RefittedCell
from violence_stats.robustness.calibration.worlds import level_world
from violence_stats.series import CountSeries

N_MONTHS, MEAN_COUNT, AHEAD = 120, 100.0, 12
RHOS = (0.5, 0.8)
MOST_DRAWS = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArimaCell(RefittedCell):
    """Months without an effect, and the step that an ARIMA(1, 0, 0) model of their logs gives."""

    step: Step

    def judge(self, drawn: CountSeries) -> Mapping[str, Judged]:
        """Give the interval of the step."""
        effects, term = ARIMAInterruptedTimeSeries([self.step]).fit(drawn).effects, self.step.term
        return {term: Judged(float(effects["ci_low"][term]), float(effects["ci_high"][term]), 0.0)}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StructuralCell(RefittedCell):
    """Months without an effect, the last of which a local level model has to foretell.

    Attributes
    ----------
    ahead : Window
        The months after those that are fitted.
    """

    ahead: Window

    def judge(self, drawn: CountSeries) -> Mapping[str, Judged]:
        """Give the interval of the total, to hold what was drawn."""
        found = StructuralTimeSeries(season=False).fit(drawn, at=self.ahead.start).counterfactual()
        return {"total": Judged(found.expected_low, found.expected_high, found.observed)}


def second_opinion_cells() -> Iterator[RefittedCell]:
    """Give one cell for each correlation and model."""
    months = whole_months(N_MONTHS)
    middle, ahead = months.windows[N_MONTHS // 2].start, months.windows[-AHEAD].start
    for rho in RHOS:
        step = Step(middle, name="step")
        world = level_world(
            months,
            Terms(interventions=(step,), trend=None, harmonics=0),
            per_period=MEAN_COUNT,
            theta=Theta(DISPERSION, SIGMA2, rho),
        )
        yield ArimaCell(
            name=f"second opinion, ARIMA, rho {rho:g}",
            family="second_opinion",
            geometry=f"{N_MONTHS} months",
            design="step",
            truth="none",
            mean_count=MEAN_COUNT,
            world=world,
            series=months,
            method="arima",
            most_draws=MOST_DRAWS,
            step=step,
        )
        yield StructuralCell(
            name=f"second opinion, structural, rho {rho:g}",
            family="second_opinion",
            geometry=f"{N_MONTHS} months",
            design=f"{AHEAD} months ahead",
            truth="none",
            mean_count=MEAN_COUNT,
            world=world,
            series=months,
            method="structural",
            most_draws=MOST_DRAWS,
            ahead=Window(ahead, months.span.end),
        )
