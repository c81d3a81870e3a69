"""The models a fall may defensibly be split by: where the period before starts, when and how the event came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from violence_stats.design.interventions import Intervention as Term
from violence_stats.design.interventions import Pulse, Ramp, Step
from violence_stats.errors import FitError, SelectionError, SpecificationError, WindowError
from violence_stats.ledger.settings import DEFINITION, Intervention, Settings, Spell
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.result import ITSResult
from violence_stats.months import DateLike, Window, add_months, first_day, month_of, months_between
from violence_stats.series import CountSeries

Shape: TypeAlias = Literal["step", "ramp"]

MONTHS_BETWEEN_STARTS = 6
"""Starts half a year apart: closer ones share almost all their months."""
FEWEST_MONTHS_BEFORE = 12
"""One whole year, the least in which a season closes. So short a period makes a bold trend, so the range shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FallSpecification:
    """One way to model a fall.

    Attributes
    ----------
    pre_start : datetime.date
        FIRST day of the fit.
    start : datetime.date
        FIRST day of the new regime.
    shape : {'step', 'ramp'}
        A change of level, or of slope from the first new month on.
    lockdown : bool
        Whether the lockdown has a term of its own. A ramp never stands beside one: they can hardly be told apart.
    """

    pre_start: date
    start: date
    shape: Shape
    lockdown: bool

    def __str__(self) -> str:
        words = f"from {self.pre_start.isoformat()}, {self.shape} on {self.start.isoformat()}"
        return f"{words}, lockdown term" if self.lockdown else words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FallQuestion:
    """A fall, and what stands around it.

    Attributes
    ----------
    series : CountSeries
    event : Intervention
        As the case lists it.
    window, baseline : Window
        Both ends INCLUSIVE.
    lockdown : Spell or None
        If some of its days lie in the window or in the baseline.
    bursts : tuple of Spell
        Up to the end of the window; a lockdown that lies in neither is one of them.
    """

    series: CountSeries
    event: Intervention
    window: Window
    baseline: Window
    lockdown: Spell | None
    bursts: tuple[Spell, ...]

    @property
    def starts(self) -> tuple[date, ...]:
        """Every day on which the event may be said to start, the primary one first."""
        return tuple(dict.fromkeys([self.event.date, *(one.date for one in self.event.candidates)]))

    def fit(self, specification: FallSpecification) -> ITSResult:
        """Fit one of the models, from its start to the end of the window."""
        terms = [*self.event_terms(specification.shape, specification.start), *self.spells(specification.pre_start)]
        if specification.lockdown and self.lockdown is not None:
            terms.append(self._pulse(self.lockdown))
        model = InterruptedTimeSeries(terms, harmonics=1)
        return model.fit(self.series, window=(specification.pre_start, self.window.end))

    def event_terms(self, shape: Shape, start: date) -> list[Term]:
        """Give the event its shape, under the name that the case gives it."""
        if shape == "step":
            return [Step(start, name=self.event.id)]
        return [Ramp(start, zero_at="last-old", name=self.event.id)]

    def spells(self, pre_start: date) -> list[Term]:
        """Give each burst that the fit holds a term of its own."""
        return [self._pulse(one) for one in self.bursts if pre_start <= one.window.start]

    def _pulse(self, spell: Spell) -> Pulse:
        return Pulse(spell.window.start, min(spell.window.end, self.window.end), name=spell.id)


def ask_about_fall(
    settings: Settings, series: CountSeries, *, event: str | None, window: Window, baseline: Window
) -> FallQuestion:
    """Find the event of a fall (by default the last listed to begin by the end of the window) and what surrounds it.

    Raises
    ------
    SelectionError
        If the case lists no such event, or none that begins by the end of the window.
    SpecificationError
        If the event begins after the window, or a later one by its end.
    WindowError
        If the baseline comes after the window, or whole windows of the counts do not make them up.
    """
    listed = [one for one in _regimes(settings) if one.date <= window.end]
    if event is None and not listed:
        raise SelectionError(
            f"case {settings.case_id} lists no intervention by {window.end.isoformat()}: name an event"
        )
    chosen = settings.intervention(event) if event is not None else max(listed, key=lambda one: one.date)
    if baseline.start > window.end:
        raise WindowError(f"the baseline {baseline} comes after the window {window}: give the earlier span as baseline")
    _refuse_other_regimes(chosen, listed, window)
    counts = series.known()
    for span in (baseline, window):
        counts.total(span)
    lockdown = settings.lockdown
    compared = lockdown is not None and any(lockdown.window.overlaps(span) for span in (window, baseline))
    passing = settings.bursts if lockdown is None or compared else (*settings.bursts, lockdown)
    return FallQuestion(
        series=counts,
        event=chosen,
        window=window,
        baseline=baseline,
        lockdown=lockdown if compared else None,
        bursts=tuple(one for one in passing if one.window.start <= window.end),
    )


def _refuse_other_regimes(event: Intervention, listed: Sequence[Intervention], window: Window) -> None:
    """Refuse windows before the event, or in which what came later would be counted as the event's."""
    if event.date > window.end:
        raise SpecificationError(
            f"{event.id} begins on {event.date.isoformat()}, after the window {window}: choose a later window, or "
            "another event"
        )
    later = [one for one in listed if one.date > event.date]
    if later:
        raise SpecificationError(
            f"{later[0].id} begins on {later[0].date.isoformat()}, between {event.id} and the end of the window "
            f"{window}, and what came with it would be counted as that of {event.id}: choose a window that ends before"
        )


def pre_period_starts(
    settings: Settings, question: FallQuestion, wanted: Sequence[DateLike] | None
) -> tuple[date, ...]:
    """Give the months in which the period before may start.

    By default every half-year from the first whole month after the regime before began (or the first count) until a
    year before the event, as long as the fit holds the baseline.

    Raises
    ------
    SelectionError
        If there is none.
    SpecificationError
        If one that is wanted lies before another regime began, whose trend would be taken for the prior one.
    """
    earlier = [one for one in _regimes(settings) if one.date < question.event.date]
    earliest = max((one.date for one in earlier), default=question.series.span.start)
    first = earliest if earliest == month_of(earliest) else add_months(earliest, 1)
    if wanted is not None:
        days = tuple(first_day(one) for one in wanted)
        early = [day for day in days if day < earliest]
        if early:
            raise SpecificationError(
                f"a period before that starts on {early[0].isoformat()} runs across {earlier[-1].id}, which began on "
                f"{earliest.isoformat()}, so its trend is not that of one regime: start later"
            )
        return days
    n_months = months_between(first, min(question.starts)) - FEWEST_MONTHS_BEFORE
    counted = {one.start for one in question.series.windows}
    days = tuple(add_months(first, k) for k in range(0, n_months + 1, MONTHS_BETWEEN_STARTS))
    kept = tuple(day for day in days if day in counted and day <= question.baseline.start)
    if not kept and any(day in counted for day in days):
        raise SpecificationError(
            f"the baseline {question.baseline} begins before {first.isoformat()}, the first month in which a fit for "
            f"{question.event.id} can start without running across another regime: choose a later baseline"
        )
    if not kept:
        raise SelectionError(
            f"no period of {FEWEST_MONTHS_BEFORE} months or more lies between {earliest.isoformat()} and "
            f"{question.event.id}: give choices=FallChoices(pre_starts=[...])"
        )
    return kept


def specifications(question: FallQuestion, starts: Sequence[date]) -> tuple[FallSpecification, ...]:
    """Give every combination; the first is the primary one."""
    forms: list[tuple[Shape, bool]] = [("step", True)] if question.lockdown is not None else []
    forms += [("step", False), ("ramp", False)]
    return tuple(
        FallSpecification(pre_start=pre_start, start=start, shape=shape, lockdown=lockdown)
        for pre_start in starts
        for start in question.starts
        for shape, lockdown in forms
    )


def ramp_lockdown_correlation(question: FallQuestion, pre_start: date) -> float | None:
    """Give the correlation of the two estimates where a ramp and the lockdown stand in one model.

    None without a lockdown, and where the counts cannot carry both at once.
    """
    if question.lockdown is None:
        return None
    both = FallSpecification(pre_start=pre_start, start=question.event.date, shape="ramp", lockdown=True)
    pair = [question.event.id, question.lockdown.id]
    try:
        cov = question.fit(both).covariance.loc[pair, pair].to_numpy()
    except (FitError, SpecificationError):
        return None
    return float(cov[0, 1] / (cov[0, 0] * cov[1, 1]) ** 0.5)


def _regimes(settings: Settings) -> list[Intervention]:
    """List what began, changes of definition left aside, in order of time."""
    return [one for one in sorted(settings.interventions, key=lambda one: one.date) if one.kind != DEFINITION]
