"""What an episode is measured by: its counts, its spans, and the other measures on identical windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from violence_stats.months import MONTH_DAYS, Window
from violence_stats.observations import Observation
from violence_stats.questions.paired_counts import PairedCounts
from violence_stats.questions.windows import WindowComparison
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingBound:
    """How large a share of the count a change of definition could have taken out, at most.

    Attributes
    ----------
    left_out, counted : int
        Deaths that a narrower count leaves out, and all that the full count holds, on one window.
    """

    what: str
    window: Window
    left_out: int
    counted: int
    figures: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Left out of all counted, 0 to 1."""
        return self.left_out / self.counted


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCounts:
    """A measure and the homicides on the same identical windows.

    Attributes
    ----------
    homicides : PairedCounts or None
        None where whole windows of the chain do not make them up.
    """

    counts: PairedCounts
    homicides: PairedCounts | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EpisodeData:
    """Everything that the signatures of one episode are computed from.

    Attributes
    ----------
    id, kind : str
        Of the episode.
    start : datetime.date
        FIRST day of the new regime.
    earliest : datetime.date
        FIRST day of the span before, at most 36 months and not past the episode before.
    last : datetime.date
        LAST day of the span after, at most 36 months, before the next episode, and known.
    series : CountSeries
        The case's counts, those not known left out.
    lockdown : Window or None
        Gets a term of its own in every model of the counts.
    bursts : tuple of Window
        Named bursts; models of the counts leave out the windows that hold days of one, the search for bursts does not.
    days : CountSeries or None
        The run of single days after the start; None where it is not known whole.
    recording_changed : bool
        Whether the disappearances were recorded otherwise on the two sides.
    other_crime_later : tuple of PairedCounts
        Other crime on windows that hold days of the lockdown: shown beside the others, without a vote.
    neighbours : WindowComparison or None
    """

    id: str
    kind: str
    start: date
    earliest: date
    last: date
    series: CountSeries
    lockdown: Window | None = None
    bursts: tuple[Window, ...] = ()
    days: CountSeries | None = None
    other_crime: tuple[OtherCounts, ...] = ()
    other_crime_later: tuple[PairedCounts, ...] = ()
    enforcement: tuple[OtherCounts, ...] = ()
    disappearances: OtherCounts | None = None
    recording_changed: bool = False
    places: OtherCounts | None = None
    places_selected: bool = False
    neighbours: WindowComparison | None = None
    counting: tuple[CountingBound, ...] = ()

    @property
    def months_known(self) -> float:
        """Months from the start to the last day known after it."""
        return ((self.last - self.start).days + 1) / MONTH_DAYS

    def windows_in(self, first: date, last: date) -> tuple[Observation, ...]:
        """Give the whole windows of the counts between two days, both INCLUSIVE."""
        return tuple(one for one in self.series if first <= one.window.start and one.window.end <= last)

    def calm_windows(self, first: date, last: date) -> tuple[Observation, ...]:
        """Give those of them that hold no day of a named burst: what models of level and trend are fitted to."""
        return tuple(
            one for one in self.windows_in(first, last) if not any(one.window.overlaps(span) for span in self.bursts)
        )
