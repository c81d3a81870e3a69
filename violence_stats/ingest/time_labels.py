"""What a label says of time: a month of some year, a year, a day, or a span of months.

The day stands before the month unless told otherwise, because that is how Spanish and most other languages write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeAlias

from violence_stats.errors import WindowError
from violence_stats.ingest.day_spans import split_days
from violence_stats.ingest.grid import Value
from violence_stats.ingest.label_marks import LONGEST_LABEL, without_mark
from violence_stats.ingest.month_names import MONTH_BY_NAME, MONTH_PATTERN, fold
from violence_stats.ingest.weeks import WeekNumber, read_week_number
from violence_stats.months import Window, add_months, last_day_of_month

LabelKind: TypeAlias = Literal["month", "year", "day", "span", "part", "week"]

FIRST_YEAR, LAST_YEAR = 1900, 2100
SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of the serial dates that spreadsheets count in."""

_PIVOT = 50  # 31-ene-49 is read as 2049, 31-ene-50 as 1950
_YEAR_WORD = r"(?:ano\s+|year\s+)?"
_YEAR = re.compile(_YEAR_WORD + r"((?:19|20)\d\d)(?:\.0|\s*/?\s*[pr]/?)?")
_DAY_FIRST_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_CLOCK = re.compile(
    r"[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?\s?m\.?)?(?:\s*z|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\s*,?\s+"
)
_GAP = r"(?:\s+del?\s+|[\s./,-]+)"
_YEAR_4_OR_2 = r"'?(\d{4}|\d{2})"
_NAMED_DAY = re.compile(rf"(\d{{1,2}}){_GAP}({MONTH_PATTERN})\.?{_GAP}{_YEAR_4_OR_2}")
_US_DAY = re.compile(rf"({MONTH_PATTERN})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})")
_NAMED_MONTH = re.compile(rf"({MONTH_PATTERN})\.?{_GAP}?{_YEAR_4_OR_2}")
_YEAR_MONTH = re.compile(rf"((?:19|20)\d\d){_GAP}?({MONTH_PATTERN})\.?")
_NUMBERED_MONTH = re.compile(r"((?:19|20)\d\d)[-/.m](\d{1,2})|(\d{1,2})[-/.]((?:19|20)\d\d)")
_TOTAL_OF = r"(?:(?:sub[ -]?)?total\s+(?:del?\s+)?)?"
_MONTH_RANGE = re.compile(
    rf"{_TOTAL_OF}({MONTH_PATTERN})\.?\s*(?:-|–|/|a|al|to)\s*({MONTH_PATTERN})\.?(?:{_GAP}((?:19|20)\d\d))?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NAMED = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDINALS = _ROMAN | _NAMED
_ORDINAL = rf"([1-4]|{'|'.join(_ORDINALS)})(?:er|ro|do|to|o|st|nd|rd|th|\.|º|ª)*"
_PART_WORD = r"(trimestre|trim|quarter|semestre|sem|half)\.?"
_PART = re.compile(
    rf"{_TOTAL_OF}(?:{_ORDINAL}\s*{_PART_WORD}|{_PART_WORD}\s*{_ORDINAL}|([qths])([1-4]))"
    r"(?:[\s-]*(?:del?\s+)?((?:19|20)\d\d))?"
)
_YEAR_PART = re.compile(r"((?:19|20)\d\d)[\s-]*([qths])([1-4])")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLabel:
    """What a label says of time.

    Attributes
    ----------
    kind : {'month', 'year', 'day', 'span', 'part', 'week'}
        ``month`` has no year yet; ``part`` is a quarter, half or run of months without a year; ``week`` is a numbered
        one, with or without its year.
    months : tuple of int
        First and last month where the year is not known yet.
    year : int or None
    window : Window or None
        The span that it names, both ends INCLUSIVE, where that is known.
    guess : str
        What had to be assumed; blank where nothing was.
    week : int
        Number of a week; 0 for any other kind.
    is_iso : bool
        Whether a week is written as ISO 8601 writes it, such as ``2024-W05``.
    """

    kind: LabelKind
    months: tuple[int, int] = (0, 0)
    year: int | None = None
    window: Window | None = None
    guess: str = ""
    week: int = 0
    is_iso: bool = False


class DayOrderError(ValueError):
    """A day that only exists if day and month are read the other way round."""


def read_time_label(value: Value, *, day_first: bool = True) -> TimeLabel | None:
    """Read a cell as a label of time; None where it is none.

    Parameters
    ----------
    day_first : bool, default True
        Whether ``01/02/2020`` is 1 February.

    Raises
    ------
    DayOrderError
        If it is a day only with day and month the other way round.

    Examples
    --------
    >>> read_time_label("ene-20").window.label, read_time_label("Setiembre").months
    ('2020-01', (9, 9))
    >>> read_time_label("31-ene-20").window.label
    '2020-01-31'
    """
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, int):
        return _year(value) if FIRST_YEAR <= value <= LAST_YEAR else None
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return None
    return _read_text(value, day_first)


@lru_cache(maxsize=65_536)
def _read_text(text: str, day_first: bool) -> TimeLabel | None:
    label = fold(without_mark(text)).strip(" .:'")
    if not label:
        return None
    if label in MONTH_BY_NAME:
        return TimeLabel(kind="month", months=(MONTH_BY_NAME[label],) * 2)
    try:
        return next((found for read in _READERS if (found := read(label, day_first)) is not None), None)
    except DayOrderError:
        raise
    except (ValueError, WindowError):
        return None


def _read_year(label: str, _: bool) -> TimeLabel | None:
    match = _YEAR.fullmatch(label)
    return _year(int(match[1])) if match else None


def _read_day(label: str, day_first: bool) -> TimeLabel | None:
    bare = _WEEKDAY.sub("", _CLOCK.sub("", label))
    if match := _ISO.fullmatch(bare):
        return _day(date(int(match[1]), int(match[3]), int(match[4])))
    if match := _COMPACT.fullmatch(bare):
        return _day(date(int(match[1]), int(match[2]), int(match[3])))
    if match := _DAY_FIRST_OR_MONTH_FIRST.fullmatch(bare):
        first, second, year = int(match[1]), int(match[3]), match[4]
        day, month = (first, second) if day_first else (second, first)
        if month > 12 >= day >= 1:
            raise DayOrderError(label)
        return _day(date(_full_year(year), month, day), _pivot_guess(year))
    if match := _NAMED_DAY.fullmatch(bare):
        return _day(date(_full_year(match[3]), MONTH_BY_NAME[match[2]], int(match[1])), _pivot_guess(match[3]))
    if match := _US_DAY.fullmatch(bare):
        return _day(date(int(match[3]), MONTH_BY_NAME[match[1]], int(match[2])))
    return None


def _read_month(label: str, _: bool) -> TimeLabel | None:
    if match := _NAMED_MONTH.fullmatch(label):
        return _span(_full_year(match[2]), MONTH_BY_NAME[match[1]], MONTH_BY_NAME[match[1]], _pivot_guess(match[2]))
    if match := _YEAR_MONTH.fullmatch(label):
        return _span(int(match[1]), MONTH_BY_NAME[match[2]], MONTH_BY_NAME[match[2]])
    if match := _NUMBERED_MONTH.fullmatch(label):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _span(int(year), int(month), int(month))
    return None


def _read_part(label: str, _: bool) -> TimeLabel | None:
    if match := _MONTH_RANGE.fullmatch(label):
        first, last = MONTH_BY_NAME[match[1]], MONTH_BY_NAME[match[2]]
        return _part(first, last, match[3])
    if match := _YEAR_PART.fullmatch(label):
        return _part(*_months_of(match[2], int(match[3])), match[1])
    if match := _PART.fullmatch(label):
        word = match[2] or match[3] or match[5]
        number = match[1] or match[4] or match[6]
        return _part(*_months_of(word, _ORDINALS.get(number) or int(number)), match[7])
    return None


def _read_days(label: str, day_first: bool) -> TimeLabel | None:
    days = split_days(label)
    if days is None:
        return None
    first, last = (_read_day(text, day_first) for text in days)
    if first is None or last is None or first.window is None or last.window is None:
        return None
    return TimeLabel(kind="span", year=first.year, window=Window(first.window.start, last.window.end))


def _read_week(label: str, _: bool) -> TimeLabel | None:
    found = read_week_number(label)
    return None if found is None else week_label(found)


_READERS: tuple[Callable[[str, bool], TimeLabel | None], ...] = (
    *(_read_year, _read_day, _read_days, _read_month, _read_week, _read_part),
)


def _months_of(word: str, number: int) -> tuple[int, int]:
    length = 6 if word.startswith(("s", "h")) else 3
    if number * length > 12:
        raise ValueError(word)
    return (number - 1) * length + 1, number * length


def _part(first: int, last: int, year: str | None) -> TimeLabel:
    if last < first:
        raise ValueError(first)
    return _span(int(year), first, last) if year else TimeLabel(kind="part", months=(first, last))


def _year(year: int) -> TimeLabel:
    return TimeLabel(kind="year", year=year)


def _day(day: date, guess: str = "") -> TimeLabel | None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return TimeLabel(kind="day", year=day.year, window=Window(day, day), guess=guess)


def _span(year: int, first: int, last: int, guess: str = "") -> TimeLabel:
    return TimeLabel(kind="span", months=(first, last), year=year, window=months_window(year, first, last), guess=guess)


def week_label(found: WeekNumber) -> TimeLabel:
    """Make the label of a numbered week."""
    year, week, is_iso = found
    return TimeLabel(kind="week", year=year, week=week, is_iso=is_iso)


def without_clock(text: str) -> str:
    """Take a time of day off the end of a date.

    Examples
    --------
    >>> without_clock("31/01/2020 10:45 p.m.")
    '31/01/2020'
    """
    return _CLOCK.sub("", text) if ":" in text and len(text) <= LONGEST_LABEL else text


def day_and_month_numbers(text: str) -> tuple[int, int] | None:
    """Give the first two numbers of a date such as ``01/02/2020``, whose order no name tells; None for any other."""
    match = _DAY_FIRST_OR_MONTH_FIRST.match(text.strip())
    return (int(match[1]), int(match[3])) if match else None


def months_window(year: int, first: int, last: int) -> Window:
    """Give the window from one month of a year to another, both INCLUSIVE."""
    start = date(year, first, 1)
    return Window(start, last_day_of_month(add_months(start, last - first)))


def serial_day(serial: int) -> date:
    """Give the day that a spreadsheet's serial number stands for.

    Examples
    --------
    >>> serial_day(43861).isoformat()
    '2020-01-31'
    """
    return SERIAL_ZERO + timedelta(days=serial)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year < _PIVOT else 1900 + year


def _pivot_guess(text: str) -> str:
    return "" if len(text) == 4 else "years of two digits are read as 1950 to 2049"
