"""How often the joint intervals of a split fall hold the parts at the true coefficients.

The parts of a decomposition are functions of the coefficients; the counts are taken as they are, so that shares, log
points and counts miss together. The remainder is held to what the true parts leave of each draw's own log ratio.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from violence_stats.design.interventions import Intervention, Pulse, Ramp, Step
from violence_stats.ledger.case import Case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.models.decompose import Draws, decompose
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.joint_draws import SEED
from violence_stats.months import Window
from violence_stats.robustness.calibration.cells import lockdown_pulse, printed_geometry, printed_models
from violence_stats.robustness.calibration.refits import Judged, RefittedCell
from violence_stats.robustness.calibration.worlds import fitted_world
from violence_stats.series import CountSeries

HEADLINE, BASELINE = "headline", "headline_baseline"
N_DRAWS = 1_000
"""Of the coefficients in each draw: an end then moves by a tenth of a standard error."""
MOST_DRAWS = 500
ROUNDING = 1e-9
"""A part that cannot change between the windows, such as the season of two first halves, has no interval."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecompositionCell(RefittedCell):
    """A printed model, and the two windows whose ratio it splits.

    Attributes
    ----------
    model : InterruptedTimeSeries
    baseline, window : Window
    """

    model: InterruptedTimeSeries
    baseline: Window
    window: Window

    def judge(self, drawn: CountSeries) -> Mapping[str, Judged]:
        """Give each part's interval in log points."""
        result = self.model.fit(drawn)
        draws = Draws(n_draws=N_DRAWS, seed=SEED)
        found = decompose(result.frame, result.estimate, baseline=self.baseline, window=self.window, draws=draws)
        true = replace(result.estimate, beta=self.world.beta)
        one = Draws(n_draws=1, seed=SEED)
        truth = decompose(result.frame, true, baseline=self.baseline, window=self.window, draws=one).parts["log_points"]
        low, high = found.parts["log_points_low"], found.parts["log_points_high"]
        return {
            str(name): Judged(low[name], high[name], truth[name])
            for name in found.parts.index
            if high[name] - low[name] > ROUNDING
        }


def decomposition_cells(case: Case) -> Iterator[DecompositionCell]:
    """Give the models by which the headline fall is split: a step with and without the lockdown, and a ramp."""
    chain, windows = chain_series(case), case.settings.windows
    if not {HEADLINE, BASELINE} <= set(windows):
        return
    headline, baseline = windows[HEADLINE], windows[BASELINE]
    for _, window, dates in printed_models(case):
        if len(dates) > 1 or not (window.contains(headline) and window.contains(baseline)):
            continue
        bursts = [
            Pulse(one.window.start, one.window.end, name=one.id)
            for one in case.settings.bursts
            if window.contains(one.window)
        ]
        lockdown = lockdown_pulse(case, window)
        step, ramp = Step(dates[0], name="event"), Ramp(dates[0], zero_at="last-old", name="event")
        shapes: dict[str, list[Intervention]] = {"step": [step, *lockdown], "step alone": [step], "ramp": [ramp]}
        for design, terms in shapes.items():
            model = InterruptedTimeSeries([*terms, *bursts], harmonics=1)
            result = model.fit(chain, window=window)
            geometry = printed_geometry(window, dates[0])
            yield DecompositionCell(
                name=f"decomposition, {geometry}, {design}, effect",
                family="decomposition",
                geometry=geometry,
                design=design,
                truth="effect",
                mean_count=float("nan"),
                world=fitted_world(result),
                series=result.frame.series,
                method="ar1",
                most_draws=MOST_DRAWS,
                model=model,
                baseline=baseline,
                window=headline,
            )
