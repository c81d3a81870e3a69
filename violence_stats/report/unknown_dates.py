"""The breaks that the series shows when no date is given, beside the dates that others name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from violence_stats.breaks.find import find_breaks
from violence_stats.breaks.options import BreakOptions
from violence_stats.breaks.probabilities import BreakProbabilities
from violence_stats.breaks.results import FoundBreaks
from violence_stats.breaks.windows import DAYS_PER_MONTH
from violence_stats.charts.regimes import BreakDate, break_dates
from violence_stats.errors import SeriesError, SpecificationError
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Event
from violence_stats.ledger.settings import Episode, Intervention
from violence_stats.months import Window, months_between, parse_window
from violence_stats.series import CountSeries

MOST_BREAKS: Final = 8
TRIM: Final = 0.05
SHORTEST_MONTHS: Final = 10
"""No search goes below regimes of this length, so that in a short series a season does not pass for one."""

CUSTOMARY_TRIM: Final = 0.15
CUSTOMARY_MOST: Final = 5
"""The largest number of breaks whose regimes have room at the customary trim."""

WITHIN_MONTHS: Final = (1, 3)
"""Months before and after a named date, for which the posterior probability of a break is given."""

NEAR_MONTHS: Final = 3
"""A break that lies no further from a named date is said to be near it."""

ALPHA: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A date that somebody names, beside what the search found.

    Attributes
    ----------
    named : Window
        The day, month or year that is named.
    nearest : BreakDate or None
        The break found that lies nearest; None if none was found.
    months : int or None
        Months from the named date to that break, negative if the break comes first, 0 in the same month or span.
    probabilities : tuple of float or None
        Posterior probability of a break within each of `WITHIN_MONTHS` of it; None where the date is vaguer than a
        month, or outside the days searched.
    """

    named: Window
    nearest: BreakDate | None
    months: int | None
    probabilities: tuple[float, ...] | None

    @property
    def in_interval(self) -> bool:
        """Whether the interval of the nearest break holds the named date."""
        return self.nearest is not None and self.nearest.interval.overlaps(self.named)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEnd:
    """A document's date for the end of an episode."""

    event: Event
    beside: Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeEnd:
    """An episode on whose end documents disagree.

    Attributes
    ----------
    ends : tuple of NamedEnd
        In order of time.
    found, found_by_bayes : tuple of BreakDate
        The breaks after the episode's start and before the next intervention, in the search and in the Bayesian one.
    """

    episode: Episode
    ends: tuple[NamedEnd, ...]
    found: tuple[BreakDate, ...]
    found_by_bayes: tuple[BreakDate, ...]

    @property
    def range(self) -> tuple[Window, Window] | None:
        """The earliest and the latest of the dates that are given to a month or a day; None if there are none."""
        exact = [one.event.window for one in self.ends if one.event.precision != "year"]
        return (exact[0], exact[-1]) if exact else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnknownDates:
    """A search without dates, and how it stands beside named ones.

    Attributes
    ----------
    series : CountSeries
        What was searched.
    trim : float
        Shortest regime that `found` and `bayes` may hold, as a share of the time.
    found : FoundBreaks
        With regimes as short as that.
    customary : FoundBreaks
        With regimes of `CUSTOMARY_TRIM` of the time or more.
    bayes : FoundBreaks
        The Bayesian search with the limits of `found`.
    posterior : BreakProbabilities
        Its probabilities.
    interventions : tuple of (Intervention, Beside)
        Those inside the series, in order of time.
    episodes : tuple of EpisodeEnd
        Those whose end is dated by documents.
    """

    series: CountSeries
    trim: float
    found: FoundBreaks
    customary: FoundBreaks
    bayes: FoundBreaks
    posterior: BreakProbabilities
    interventions: tuple[tuple[Intervention, Beside], ...]
    episodes: tuple[EpisodeEnd, ...]

    @property
    def breaks(self) -> tuple[BreakDate, ...]:
        """The breaks found, with their intervals."""
        return break_dates(self.found)

    @property
    def lonely(self) -> tuple[BreakDate, ...]:
        """The breaks found that lie near no intervention."""
        near = {
            found.first_day
            for found in self.breaks
            for intervention, _ in self.interventions
            if abs(months_between(intervention.date, found.first_day)) <= NEAR_MONTHS
        }
        return tuple(found for found in self.breaks if found.first_day not in near)

    @property
    def n_sequential(self) -> int:
        """How many breaks the tests one after another support."""
        return int((self.found.statistics["p_value"] < ALPHA).to_numpy().cumprod().sum())

    @property
    def supported(self) -> tuple[date, ...]:
        """First days of the new regimes in the best partition of that many breaks, at the edges of windows."""
        listed = str(self.found.criteria["dates"].iloc[self.n_sequential])
        return tuple(parse_window(month).start for month in listed.split(", ") if month)

    @property
    def most_breaks(self) -> int:
        """Largest number of breaks that the search allows."""
        return len(self.found.criteria) - 1

    @property
    def shortest_months(self) -> float:
        """Shortest regime that the search can see."""
        return self.trim * self.series.span.n_days / DAYS_PER_MONTH

    @property
    def customary_months(self) -> float:
        """Shortest regime that the customary search can see."""
        return CUSTOMARY_TRIM * self.series.span.n_days / DAYS_PER_MONTH

    @property
    def n_short_regimes(self) -> int:
        """How many of the regimes found are shorter than the customary search can see."""
        days = [(row["end"] - row["start"]).days + 1 for row in self.found.regimes.to_dict(orient="records")]
        return sum(one < CUSTOMARY_TRIM * self.series.span.n_days for one in days)


def search_unknown_dates(case: Case, series: CountSeries) -> UnknownDates | None:
    """Search a series for breaks without any date, then set what is found beside the case's dates.

    Returns
    -------
    UnknownDates or None
        None where the series cannot be searched: it is too short for as many breaks, constant, or has gaps.
    """
    trim = max(TRIM, SHORTEST_MONTHS * DAYS_PER_MONTH / series.span.n_days)
    most = min(MOST_BREAKS, int(1 / trim) - 1)
    if most < 1:
        return None
    try:
        found = find_breaks(series, max_breaks=most, trim=trim, options=_by_bic())
        customary = find_breaks(series, max_breaks=CUSTOMARY_MOST, trim=CUSTOMARY_TRIM, options=_by_bic())
        bayes = find_breaks(series, method="bayes", max_breaks=most, trim=trim)
    except (SpecificationError, SeriesError):
        return None
    breaks = break_dates(found)
    inside = [one for one in case.settings.interventions if series.span.start < one.date <= series.span.end]
    posterior = cast(BreakProbabilities, bayes.posterior)
    return UnknownDates(
        series=series,
        trim=trim,
        found=found,
        customary=customary,
        bayes=bayes,
        posterior=posterior,
        interventions=tuple((one, set_beside(Window(one.date, one.date), breaks, posterior)) for one in inside),
        episodes=tuple(
            _end_of(case, one, breaks, break_dates(bayes), posterior) for one in case.settings.episodes if one.ends
        ),
    )


def set_beside(named: Window, breaks: tuple[BreakDate, ...], posterior: BreakProbabilities) -> Beside:
    """Find the break nearest to a named date, and the probability of one about it."""
    nearest = min(breaks, key=lambda one: abs(months_to(named, one)), default=None)
    vague, searched = months_between(named.start, named.end) > 0, posterior.searched
    silent = vague or not searched.start <= named.start <= searched.end
    return Beside(
        named=named,
        nearest=nearest,
        months=None if nearest is None else months_to(named, nearest),
        probabilities=None if silent else tuple(posterior.probability(named.start, k) for k in WITHIN_MONTHS),
    )


def months_to(named: Window, found: BreakDate) -> int:
    """Months from a span to a break: 0 inside it, else from its nearer edge."""
    after = months_between(named.end, found.first_day)
    return after if after > 0 else min(months_between(named.start, found.first_day), 0)


def _by_bic() -> BreakOptions:
    return BreakOptions(family="quasi-poisson", criterion="bic", alpha=ALPHA)


def _end_of(
    case: Case,
    episode: Episode,
    breaks: tuple[BreakDate, ...],
    breaks_by_bayes: tuple[BreakDate, ...],
    posterior: BreakProbabilities,
) -> EpisodeEnd:
    interventions = case.settings.interventions
    start = next(one.date for one in interventions if one.id == episode.intervention)
    following = min((one.date for one in interventions if one.date > start), default=date.max)
    later, later_by_bayes = (
        tuple(one for one in found if months_between(start, one.first_day) > NEAR_MONTHS)
        for found in (breaks, breaks_by_bayes)
    )
    events = sorted((case.event(one) for one in episode.ends), key=lambda one: (one.window.start, one.window.end))
    return EpisodeEnd(
        episode=episode,
        ends=tuple(NamedEnd(event=one, beside=set_beside(one.window, later, posterior)) for one in events),
        found=tuple(one for one in later if one.first_day < following),
        found_by_bayes=tuple(one for one in later_by_bayes if one.first_day < following),
    )
