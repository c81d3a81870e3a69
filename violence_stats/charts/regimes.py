"""The regimes and breaks that a search found, as charts draw them: levels per day, intervals as days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from violence_stats.breaks.results import FoundBreaks
from violence_stats.breaks.windows import DAYS_PER_MONTH
from violence_stats.months import MONTHS_PER_PERIOD, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeLevel:
    """A regime and its average.

    Attributes
    ----------
    window : Window
        Both ends INCLUSIVE.
    level : float
        Per day; of rates as they are.
    """

    window: Window
    level: float

    @property
    def places(self) -> int:
        """Decimals that show the level: one, or two below one."""
        return 1 if self.level >= 1 else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakDate:
    """A break with its interval.

    Attributes
    ----------
    first_day : datetime.date
        FIRST day of the new regime.
    interval : Window
        From the first day of the first period that the interval holds to the last day of the last.
    last_start : datetime.date
        First day of that last period: the latest first day of the new regime that the interval holds.
    confidence : float
    """

    first_day: date
    interval: Window
    last_start: date
    confidence: float


def regime_levels(found: FoundBreaks) -> tuple[RegimeLevel, ...]:
    """Give the regimes in order of time."""
    searched = found.series
    days = DAYS_PER_MONTH * MONTHS_PER_PERIOD[searched.frequency] if searched.kind == "count" else 1.0
    return tuple(
        RegimeLevel(window=Window(row["start"], row["end"]), level=float(row["mean"]) / days)
        for row in found.regimes.to_dict(orient="records")
    )


def break_dates(found: FoundBreaks) -> tuple[BreakDate, ...]:
    """Give the breaks in order of time."""
    return tuple(
        BreakDate(
            first_day=row["first_day"],
            interval=Window(row["low"].start_time.date(), row["high"].end_time.date()),
            last_start=row["high"].start_time.date(),
            confidence=float(row["confidence"]),
        )
        for row in found.intervals.to_dict(orient="records")
    )
