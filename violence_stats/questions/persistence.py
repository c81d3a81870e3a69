"""Persistence: how much of the fall was undone in the last twelve months known, within 36 of its start."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from violence_stats.design.interventions import Step
from violence_stats.ledger.records import Words
from violence_stats.months import MONTH_DAYS, ONE_DAY
from violence_stats.observations import Observation
from violence_stats.questions import rules
from violence_stats.questions.average_levels import Levels, fit_levels
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_model import (
    FIT_ERRORS,
    NO_FIT,
    figure_ids,
    lockdown_term,
    of_windows,
)
from violence_stats.questions.paired_counts import same_day
from violence_stats.questions.signature import Measured, NotApplicable, Signature, Weighed, not_applicable

SIGNATURE = Signature(
    id="persistence",
    block="count shape",
    name=Words(en="does the fall last", es="permanencia de la caída"),
    pact=Words(en="it reverses within three years", es="se revierte en menos de tres años"),
    policing=Words(en="it lasts", es="se mantiene"),
)

LEVEL_MONTHS = 12
NO_DROP = Words(
    en="the first year does not lie below the year before beyond chance",
    es="el primer año no queda por debajo del anterior más allá del azar",
)
NO_LEVELS = Words(
    en="no windows of one definition on both sides",
    es="no hay períodos de una misma definición a ambos lados",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The windows of one definition whose levels are compared: before, the first year, between, the last year."""

    before: tuple[Observation, ...]
    early: tuple[Observation, ...]
    middle: tuple[Observation, ...]
    late: tuple[Observation, ...]
    months: float

    @property
    def all(self) -> tuple[Observation, ...]:
        """All of them, in order."""
        return (*self.before, *self.early, *self.middle, *self.late)


def weigh_persistence(data: EpisodeData) -> Weighed:
    """Measure the share of the fall that was undone, and read it."""
    levels = choose_spans(data)
    if not levels.before or not levels.early:
        return not_applicable(SIGNATURE, NO_LEVELS)
    if levels.months < rules.FEWEST_MONTHS_TO_LAST or not levels.late:
        ruling = rules.read_persistence(_UNKNOWN, months_known=levels.months)
        return Weighed(signature=SIGNATURE, number=None, ruling=ruling, basis=f"{levels.months:.0f} months known")
    try:
        fit = fit_spans(data, levels)
    except FIT_ERRORS:
        return not_applicable(SIGNATURE, NO_FIT)
    early, late = fit.ratio("early"), fit.ratio("late")
    details = (("first year", early), ("last year", late))
    if not rules.has_fallen(early):
        return Weighed(signature=SIGNATURE, number=None, ruling=NotApplicable(reason=NO_DROP), details=details)
    undone = fit.share_undone("early", "late")
    return Weighed(
        signature=SIGNATURE,
        number=undone,
        ruling=rules.read_persistence(undone, months_known=levels.months),
        basis=f"levels of {_span(levels.early)} and {_span(levels.late)} against {_span(levels.before)}; "
        "plain averages, their covariance from a latent AR(1) model",
        citations=figure_ids(levels.all),
        details=details,
    )


def choose_spans(data: EpisodeData) -> Spans:
    """Choose the windows, all of the definition that most of the first year has."""
    first_year = same_day(data.start, LEVEL_MONTHS) - ONE_DAY
    counted = Counter(one.definition for one in data.windows_in(data.start, first_year))
    definition = max(counted, key=lambda name: counted[name], default="")
    same = [one for one in data.calm_windows(data.earliest, data.last) if one.definition == definition]
    last = same[-1].window.end if same else data.start
    late_from = max(same_day(last + ONE_DAY, -LEVEL_MONTHS), first_year + ONE_DAY)
    return Spans(
        before=tuple(
            one
            for one in same
            if same_day(data.start, -LEVEL_MONTHS) <= one.window.start and one.window.end < data.start
        ),
        early=tuple(one for one in same if data.start <= one.window.start and one.window.end <= first_year),
        middle=tuple(one for one in same if one.window.end > first_year and data.start <= one.window.start < late_from),
        late=tuple(one for one in same if one.window.start >= late_from),
        months=((last - data.start).days + 1) / MONTH_DAYS,
    )


def fit_spans(data: EpisodeData, levels: Spans) -> Levels:
    """Fit the level of each span after the start against that before it.

    Raises
    ------
    SpecificationError, FitError, SeriesError
        If the counts cannot carry the levels.
    """
    steps = [
        Step(windows[0].window.start, windows[-1].window.end, name=name)
        for name, windows in (("early", levels.early), ("middle", levels.middle), ("late", levels.late))
        if windows
    ]
    return fit_levels(of_windows(data, levels.all), steps, lockdown_term(data, levels.all))


def _span(windows: tuple[Observation, ...]) -> str:
    return f"{windows[0].window.start.isoformat()} to {windows[-1].window.end.isoformat()}"


_UNKNOWN = Measured(value=float("nan"), low=float("nan"), high=float("nan"), unit="share of the fall undone")
