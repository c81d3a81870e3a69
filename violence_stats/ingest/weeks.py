"""Weeks of seven days, by either way of numbering them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, TypeAlias

from violence_stats.months import ONE_DAY, Window

WeekSystem: TypeAlias = Literal["iso", "epidemiological"]
"""Monday to Sunday (ISO 8601), or Sunday to Saturday; week 1 is in both the first with four days in the year."""

WEEK_SYSTEMS: tuple[WeekSystem, ...] = ("iso", "epidemiological")

_YEAR = r"((?:19|20)\d\d)"
_WORD = (
    r"(?:semana(?:\s+(?:epidemiologica|epid?\.?))?|s\.?\s?e\.?"
    r"|(?:epi(?:demiological)?\s?)?week|mmwr(?:\s+week)?|ew|wk|w)"
)
_SEM = r"sem"
_NUMBER = r"[\s.:#-]*(?:n(?:o|ro|um)?[.°]*\s*)?(\d{1,2})"
_THEN_YEAR = rf"(?:(?:\s*[,/-]\s*|\s+(?:del?\s+)?|\s*\(\s*){_YEAR}\s*\)?)?"
_ISO = re.compile(rf"{_YEAR}-?w(\d{{1,2}})")
_NUMBERED = re.compile(rf"(?:{_WORD}){_NUMBER}{_THEN_YEAR}")
_ABBREVIATED = re.compile(rf"{_SEM}{_NUMBER}{_THEN_YEAR}")
_YEAR_FIRST_WORD = re.compile(rf"{_YEAR}[\s/-]*(?:{_WORD}){_NUMBER}")
_YEAR_FIRST_SEM = re.compile(rf"{_YEAR}[\s/-]*{_SEM}{_NUMBER}")
_BARE = re.compile(rf"{_YEAR}(?:\s*[-/.]\s*)?(\d{{1,2}})|(\d{{1,2}})\s*[-/.]\s*{_YEAR}")

WeekNumber: TypeAlias = tuple[int | None, int, bool]
"""Year where it is said, number of the week, and whether it is written as ISO 8601 writes weeks."""


def read_week_number(label: str) -> WeekNumber | None:
    """Read a label in small letters without accents as a numbered week; None where it is none.

    ``sem 1`` and ``sem 2`` may be halves of a year: they are none here, but `read_abbreviated_week` reads them.

    Examples
    --------
    >>> read_week_number("2024-w05"), read_week_number("semana epidemiologica 5 de 2024"), read_week_number("se 12")
    ((2024, 5, True), (2024, 5, False), (None, 12, False))
    """
    if match := _ISO.fullmatch(label):
        return _checked(match[1], match[2], is_iso=True)
    if match := _NUMBERED.fullmatch(label):
        return _checked(match[2], match[1])
    if match := _YEAR_FIRST_WORD.fullmatch(label):
        return _checked(match[1], match[2])
    found = read_abbreviated_week(label)
    return found if found is not None and found[1] > 2 else None


def read_abbreviated_week(label: str) -> WeekNumber | None:
    """Read ``sem 1`` as a week, which alone it may not be.

    Examples
    --------
    >>> read_abbreviated_week("sem 1"), read_week_number("sem 1"), read_week_number("sem 30")
    ((None, 1, False), None, (None, 30, False))
    """
    if match := _ABBREVIATED.fullmatch(label):
        return _checked(match[2], match[1])
    match = _YEAR_FIRST_SEM.fullmatch(label)
    return _checked(match[1], match[2]) if match else None


def read_bare_week(label: str) -> WeekNumber | None:
    """Read a number, or a year and a number such as ``202405`` and ``2024-5``, that stands under the heading week.

    Examples
    --------
    >>> read_bare_week("7"), read_bare_week("202405"), read_bare_week("5/2024"), read_bare_week("202460")
    ((None, 7, False), (2024, 5, False), (2024, 5, False), None)
    """
    if re.fullmatch(r"\d{1,2}", label):
        return _checked(None, label)
    match = _BARE.fullmatch(label)
    if match is None:
        return None
    return _checked(match[1], match[2]) if match[1] else _checked(match[4], match[3])


def _checked(year: str | None, week: str, *, is_iso: bool = False) -> WeekNumber | None:
    number = int(week)
    return (int(year) if year else None, number, is_iso) if 1 <= number <= 53 else None


def first_week_day(year: int, system: WeekSystem) -> date:
    """Give the first day of week 1: that of the week which holds 4 January.

    Examples
    --------
    >>> first_week_day(2024, "iso").isoformat(), first_week_day(2024, "epidemiological").isoformat()
    ('2024-01-01', '2023-12-31')
    """
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=fourth.isoweekday() % 7 if system == "epidemiological" else fourth.weekday())


def n_weeks(year: int, system: WeekSystem) -> int:
    """Count the weeks of a year: 52 or 53.

    Examples
    --------
    >>> n_weeks(2020, "iso"), n_weeks(2020, "epidemiological"), n_weeks(2023, "iso")
    (53, 53, 52)
    """
    return (first_week_day(year + 1, system) - first_week_day(year, system)).days // 7


def week_window(year: int, week: int, system: WeekSystem) -> Window:
    """Give the seven days of a week, both ends INCLUSIVE; the number is not checked against `n_weeks`.

    Examples
    --------
    >>> str(week_window(2024, 5, "iso")), str(week_window(2024, 5, "epidemiological"))
    ('2024-01-29/2024-02-04', '2024-01-28/2024-02-03')
    """
    start = first_week_day(year, system) + timedelta(days=7 * (week - 1))
    return Window(start, start + 6 * ONE_DAY)
