"""The breaks that a report measures: a step at each date that an intervention can be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from violence_stats.design.interventions import Pulse, Step
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import PublishedEffect, Words
from violence_stats.ledger.settings import CONTESTED, CandidateDate, Intervention
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.result import ITSResult
from violence_stats.months import Window
from violence_stats.report.interval_checks import IntervalCheck, check_interval
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakFit:
    """A step fitted at one date.

    Attributes
    ----------
    start : datetime.date
        FIRST day of the new level.
    name : Words
        What is said to have happened then.
    term : str
        The step's row in ``result.effects``.
    whole : Counterfactual
        Without the step, from the window in which it starts to the end of the fit.
    headline : Counterfactual or None
        The same over the case's headline window; None where the fit does not cover it.
    check : IntervalCheck
        How often its interval misses in simulation, and what independent errors would say.
    """

    start: date
    name: Words
    term: str
    result: ITSResult
    whole: Counterfactual
    headline: Counterfactual | None
    check: IntervalCheck

    @property
    def rate_ratio(self) -> float:
        """Rate after the step over what the rest of the model expects."""
        return self._effect("rate_ratio")

    @property
    def rate_ratio_low(self) -> float:
        """Lower end of its interval, as the errors of the fit give it."""
        return self._effect("rate_ratio_low")

    @property
    def rate_ratio_high(self) -> float:
        """Upper end of its interval."""
        return self._effect("rate_ratio_high")

    @property
    def trend_pct(self) -> float:
        """The trend that runs through the fit, in percent a month."""
        return float(self.result.effects["change_pct"]["trend"])

    def _effect(self, column: str) -> float:
        return float(self.result.effects[column][self.term])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakFacts:
    """An intervention, its fits, and what the literature gives for it.

    Attributes
    ----------
    window : Window
        The fitting window, both ends INCLUSIVE.
    fits : tuple of BreakFit
        In order of time: one for each candidate date where the intervention is contested, else one.
    published : tuple of PublishedEffect
        Rate ratios from the studies that the case names for it.
    """

    intervention: Intervention
    window: Window
    fits: tuple[BreakFit, ...]
    published: tuple[PublishedEffect, ...]

    @property
    def primary(self) -> BreakFit:
        """The fit at the intervention's own date."""
        return next(one for one in self.fits if one.start == self.intervention.date)


def fit_breaks(case: Case, chain: CountSeries) -> tuple[BreakFacts, ...]:
    """Fit every intervention that starts inside a fitting window of the case."""
    return tuple(_fit_break(case, chain, intervention, window) for intervention, window in case.settings.fitted)


def _fit_break(case: Case, chain: CountSeries, intervention: Intervention, window: Window) -> BreakFacts:
    own = CandidateDate(date=intervention.date, name=intervention.name, sources=intervention.sources)
    dates = intervention.candidates if intervention.kind == CONTESTED else ()
    if intervention.date not in {one.date for one in dates}:
        dates = (own, *dates)
    ratios = [one for one in case.published_effects if one.study in intervention.studies and one.effect == "rate_ratio"]
    return BreakFacts(
        intervention=intervention,
        window=window,
        fits=tuple(_fit_at(case, chain, one, window) for one in dates),
        published=tuple(ratios),
    )


def _fit_at(case: Case, chain: CountSeries, candidate: CandidateDate, window: Window) -> BreakFit:
    """Fit level, trend, season, the step, and the lockdown where the window holds it."""
    step = Step(candidate.date)
    lockdown = case.settings.lockdown
    pulses = (
        [Pulse(lockdown.window.start, lockdown.window.end, name=lockdown.id)]
        if lockdown is not None and window.contains(lockdown.window)
        else []
    )
    result = InterruptedTimeSeries([step, *pulses], harmonics=1).fit(chain, window=window)
    headline = case.settings.windows.get("headline")
    covered = headline is not None and window.contains(headline) and candidate.date <= headline.start
    return BreakFit(
        start=candidate.date,
        name=candidate.name,
        term=step.term,
        result=result,
        whole=result.counterfactual(step.term),
        headline=result.counterfactual(step.term, headline) if covered else None,
        check=check_interval(case, result, step.term, window, candidate.date),
    )
