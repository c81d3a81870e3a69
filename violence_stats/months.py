"""The only arithmetic on days, months and windows in the package.

A window is INCLUSIVE at both ends. A break or intervention is named by the FIRST day of the new regime.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

import pandas as pd

from violence_stats.errors import WindowError

DateLike: TypeAlias = str | date | pd.Period
"""A day (``"2020-03-21"``), or a month (``"2020-03"``), quarter, half-year or year read by its first or last day."""

WindowLike: TypeAlias = "str | pd.Period | tuple[DateLike, DateLike] | Window"
"""``"2020-06"``, ``"2020-Q3"``, ``"2020-H1"``, ``"2020"``, or a first and a last date, both INCLUSIVE: as a pair, or
written ``"2016-04/2020-06"`` as labels are."""

Frequency: TypeAlias = Literal["M", "Q", "Y"]
"""The period in which trends and ramps count: calendar month, quarter or year."""

MONTHS_PER_PERIOD: dict[Frequency, int] = {"M": 1, "Q": 3, "Y": 12}
ONE_DAY = timedelta(days=1)
MONTH_DAYS = 365.25 / 12
"""Days of an average month."""

_SPAN = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|H(?P<half>[12])|Q(?P<quarter>[1-4])))?")
_FORMS = "expected YYYY, YYYY-MM, YYYY-H1, YYYY-Q1, YYYY-MM-DD, first/last, or a pair (first, last)"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A span of whole days.

    Parameters
    ----------
    start, end : datetime.date
        First and last day, both INCLUSIVE.

    Raises
    ------
    WindowError
        If `end` lies before `start`.

    Examples
    --------
    >>> parse_window("2020-H1").n_days
    182
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise WindowError(
                f"window {self.start.isoformat()} to {self.end.isoformat()} is reversed: "
                "expected the first day before the last; swap them"
            )

    def __str__(self) -> str:
        return self.label

    @property
    def n_days(self) -> int:
        """Days in the window, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> list[date]:
        """First days of the calendar months that the window touches."""
        return month_starts(self.start, self.end)

    @property
    def is_whole_months(self) -> bool:
        """Whether the window starts on a first and ends on a last day of a month."""
        return self.start.day == 1 and (self.end + ONE_DAY).day == 1

    @property
    def is_one_month(self) -> bool:
        """Whether the window is exactly one calendar month."""
        return self.is_whole_months and month_of(self.start) == month_of(self.end)

    @property
    def label(self) -> str:
        """The shortest way to write the window, which `parse_window` reads; ``first/last`` where it has no name."""
        if self.is_whole_months:
            first, last = self.start.month, self.end.month
            if self.start.year == self.end.year:
                if first == last:
                    return f"{self.start:%Y-%m}"
                if (first, last) == (1, 12):
                    return f"{self.start:%Y}"
                if (first, last) in ((1, 6), (7, 12)):
                    return f"{self.start:%Y}-H{1 if first == 1 else 2}"
            return f"{self.start:%Y-%m}/{self.end:%Y-%m}"
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    def contains(self, other: Window) -> bool:
        """Whether every day of `other` lies in this window."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Window) -> bool:
        """Whether the two windows share a day."""
        return self.start <= other.end and other.start <= self.end


def month_of(day: date) -> date:
    """First day of the month in which `day` lies."""
    return day.replace(day=1)


def add_months(day: date, n_months: int) -> date:
    """First day of the month `n_months` after (before, if negative) the month of `day`."""
    months = day.year * 12 + day.month - 1 + n_months
    return date(months // 12, months % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    """Whole calendar months from the month of `first` to the month of `last`; negative if it lies before."""
    return (last.year - first.year) * 12 + last.month - first.month


def last_day_of_month(day: date) -> date:
    """Last day of the month in which `day` lies."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_starts(first: date, last: date) -> list[date]:
    """First days of the calendar months from the month of `first` to the month of `last`, both INCLUSIVE."""
    return [add_months(first, k) for k in range(months_between(first, last) + 1)]


def period_starts(first: date, last: date, frequency: Frequency) -> list[date]:
    """First days of the calendar periods from that of `first` to that of `last`, both INCLUSIVE."""
    step = MONTHS_PER_PERIOD[frequency]
    anchor = add_months(first, -((first.month - 1) % step))
    return [start for k in range(0, months_between(anchor, last) + 1, step) if (start := add_months(anchor, k)) <= last]


def parse_window(window: WindowLike) -> Window:
    """Read a window in any of the forms that users write.

    Parameters
    ----------
    window : str, pandas.Period, pair of dates or Window
        ``"2020-06"``, ``"2020-Q3"``, ``"2020-H1"``, ``"2020"``, ``"2020-03-21"`` (one day), or a pair whose first
        member is read by its first day and whose second by its last, both INCLUSIVE; ``"2016-04/2020-06"`` is such a
        pair in one string.

    Raises
    ------
    WindowError
        If the text is not of these forms, names a day that does not exist, or is reversed.

    Examples
    --------
    >>> parse_window(("2016-04", "2020-06")).n_days
    1552
    """
    if isinstance(window, Window):
        return window
    if isinstance(window, tuple):
        if len(window) != 2:
            raise WindowError(f"{window!r} is not a window: {_FORMS}")
        return Window(first_day(window[0]), last_day(window[1]))
    if isinstance(window, str) and "/" in window:
        first, _, last = window.partition("/")
        return Window(first_day(first), last_day(last))
    return Window(first_day(window), last_day(window))


def first_day(value: DateLike) -> date:
    """First day that a date in words covers: ``"2019-06"`` is 1 June 2019."""
    return _span(value)[0]


def last_day(value: DateLike) -> date:
    """Last day that a date in words covers: ``"2019-06"`` is 30 June 2019."""
    return _span(value)[1]


def _span(value: DateLike) -> tuple[date, date]:
    if isinstance(value, date) and pd.isna(value):
        raise WindowError(f"a missing date (NaT) is not a date or window: {_FORMS}")
    if isinstance(value, pd.Period):
        return value.start_time.date(), value.end_time.date()
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    match = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise WindowError(f"{value!r} is not a date or window: {_FORMS}")
    try:
        return _matched_span({name: int(text) for name, text in match.groupdict().items() if text is not None})
    except ValueError as error:
        raise WindowError(f"{value!r} names a day or month that does not exist: {_FORMS}") from error


def _matched_span(part: dict[str, int]) -> tuple[date, date]:
    year = part["year"]
    if "day" in part:
        day = date(year, part["month"], part["day"])
        return day, day
    if "month" in part:
        first, n_months = date(year, part["month"], 1), 1
    elif "half" in part:
        first, n_months = date(year, 6 * part["half"] - 5, 1), 6
    elif "quarter" in part:
        first, n_months = date(year, 3 * part["quarter"] - 2, 1), 3
    else:
        first, n_months = date(year, 1, 1), 12
    return first, add_months(first, n_months) - ONE_DAY
