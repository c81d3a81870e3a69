"""The labels of time in one column, serial dates and numbered months among them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from violence_stats.ingest import words
from violence_stats.ingest.grid import Grid, Value
from violence_stats.ingest.month_names import MONTH_BY_NAME, MONTH_PATTERN, fold
from violence_stats.ingest.time_labels import (
    DayOrderError,
    TimeLabel,
    months_window,
    read_time_label,
    serial_day,
    week_label,
)
from violence_stats.ingest.weeks import WeekNumber, read_abbreviated_week, read_bare_week
from violence_stats.months import Window, last_day_of_month

Labels: TypeAlias = dict[int, TimeLabel]

_SERIALS = range(25_569, 55_153)  # 1970 to 2050
_HEADINGS_ABOVE = 3
_A_RUN = 4
_SIX_DIGITS = re.compile(r"\d{6}")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_NUMBER_AND_MONTH = re.compile(rf"(\d{{1,2}})(?:\s*[.):_-]\s*|\s+)({MONTH_PATTERN})\.?")
_PART_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def read_column_labels(
    grid: Grid,
    column: int,
    cells: dict[int, Value],
    day_first: bool,
) -> tuple[Labels, set[str]]:
    """Read the labels of a column by row, and say what had to be assumed.

    Raises
    ------
    DataError
        If a day only exists with day and month the other way round among others that do not.
    """
    labels: Labels = {}
    swapped: int | None = None
    for row, value in cells.items():
        try:
            label = read_time_label(value, day_first=day_first)
        except DayOrderError:
            swapped, label = row, None
        if label is not None:
            labels[row] = label
    if swapped is not None and any(one.kind == "day" for one in labels.values()):
        order = "the day before the month" if day_first else "the month before the day"
        raise grid.fault(
            swapped,
            column,
            f"a date with {order}",
            f"correct it, or pass day_first={not day_first} for the whole table; where every row is one victim, "
            "use read_records(date=...), which keeps such rows out and lists them",
        )
    numbers = {row: value for row, value in cells.items() if isinstance(value, int) or _is_digits(value)}
    weeks = _numbered_weeks(grid, column, cells, labels)
    if weeks:
        return weeks, set()
    heading = heading_above(grid, column, min(numbers, default=1))
    serials = _serial_days(numbers, is_named=words.says_date(heading))
    if serials:
        first = next(iter(serials))
        named = f"{grid.name(first, column)} ({numbers[first]}) is {serials[first].window}"
        return serials, {f"dates are read from a spreadsheet's serial numbers: {named}"}
    if numbers and words.says_month(heading) and all(1 <= int(str(value)) <= 12 for value in numbers.values()):
        return {row: _numbered_month(int(str(value))) for row, value in numbers.items()}, set()
    joined = _joined_months(grid, column, cells)
    if joined:
        first = next(iter(joined))
        return joined, {f"months are read from six digits: {grid.name(first, column)} is {joined[first].window}"}
    return labels | _months_named_and_numbered(cells) | _numbered_parts(grid, column, cells), set()


def _numbered_weeks(grid: Grid, column: int, cells: Mapping[int, Value], labels: Labels) -> Labels:
    """Read numbers under the heading week, and ``sem 1`` beside ``sem 30``; empty where there is nothing of both."""
    if any(one.kind == "week" for one in labels.values()):
        short = {row: read_abbreviated_week(fold(str(value)).strip(" .")) for row, value in cells.items()}
        return labels | {row: week_label(found) for row, found in short.items() if found is not None}
    texts = {row: fold(str(value)) for row, value in cells.items() if isinstance(value, int | str)}
    found = {row: week for row, text in texts.items() if (week := read_bare_week(text)) is not None}
    first = min(found, default=1)
    numbers = {row for row, text in texts.items() if row >= first and text[:1].isdigit()}
    is_named = words.says_week(heading_above(grid, column, first)) or _is_headed_run(grid, column, found)
    if len(found) < 2 or not is_named or numbers - found.keys():
        return {}
    years = {row: one for row, one in labels.items() if one.kind == "year" and row not in found}
    return years | {row: week_label(week) for row, week in found.items()}


def _is_headed_run(grid: Grid, column: int, found: Mapping[int, WeekNumber]) -> bool:
    """Whether weeks count on from one to the next across a row, below a heading that stands over the first of them."""
    weeks = [week for _, week, _ in found.values()]
    counts_on = len(weeks) >= _A_RUN and all(after - before == 1 for before, after in pairwise(weeks))
    return grid.is_turned and counts_on and words.says_week(grid.at(min(found), column - 1))


def _is_digits(value: Value) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 5


def _numbered_month(month: int) -> TimeLabel:
    return TimeLabel(kind="month", months=(month, month))


def _months_named_and_numbered(cells: Mapping[int, Value]) -> Labels:
    """Read ``01 Enero`` or ``1. Enero`` as months where every number is that of its month; else they may be days."""
    found = {row: match for row, value in cells.items() if (match := _NUMBER_AND_MONTH.fullmatch(fold(str(value))))}
    months = {row: MONTH_BY_NAME[match[2]] for row, match in found.items()}
    if len(set(months.values())) < 2 or any(int(found[row][1]) != month for row, month in months.items()):
        return {}
    return {row: _numbered_month(month) for row, month in months.items()}


def months_in(texts: Sequence[str]) -> tuple[int, int] | None:
    """Give the first and last month that a heading names without a year, such as ``Enero`` or ``I Semestre``.

    Examples
    --------
    >>> months_in(["Homicidios", "01 Enero"]), months_in(["Primer semestre"]), months_in(["Hombres"])
    ((1, 1), (1, 6), None)
    """
    for text in reversed(texts):
        numbered = _NUMBER_AND_MONTH.fullmatch(fold(text))
        label = read_time_label(numbered[2] if numbered and int(numbered[1]) == MONTH_BY_NAME[numbered[2]] else text)
        if label is not None and label.kind in {"month", "part"}:
            return label.months
    return None


def _joined_months(grid: Grid, column: int, cells: Mapping[int, Value]) -> Labels:
    """Read whole numbers such as 202001 as months where all are, and their heading or their order says so."""
    numbers = {row: str(value) for row, value in cells.items() if _SIX_DIGITS.fullmatch(str(value))}
    if len(numbers) < 2 or not all(_YEAR_AND_MONTH.fullmatch(text) for text in numbers.values()):
        return {}
    places = [12 * int(text[:4]) + int(text[4:]) for text in numbers.values()]
    steps = {after - before for before, after in pairwise(places)}
    is_named = words.says_date(heading_above(grid, column, min(numbers)))
    if not (is_named or (len(places) > 2 and steps in ({1}, {-1}))):
        return {}
    return {row: _month(int(text[:4]), int(text[4:])) for row, text in numbers.items()}


def _month(year: int, month: int) -> TimeLabel:
    return TimeLabel(kind="span", months=(month, month), year=year, window=months_window(year, month, month))


def _numbered_parts(grid: Grid, column: int, cells: Mapping[int, Value]) -> Labels:
    """Read bare numbers, Roman ones among them, as quarters or halves where their heading says that they are."""
    numbered = {row: value for row, value in cells.items() if fold(str(value)) in _PART_NUMBERS}
    others = [value for row, value in cells.items() if row not in numbered and isinstance(value, int | float)]
    part = words.part_of_year(heading_above(grid, column, min(numbered))) if len(numbered) > 1 else None
    if part is None or any(read_time_label(value) is None for value in others):
        return {}
    found = {row: read_time_label(f"{part}{_PART_NUMBERS[fold(str(value))]}") for row, value in numbered.items()}
    return {row: label for row, label in found.items() if label is not None}


def _serial_days(numbers: Mapping[int, Value], *, is_named: bool) -> Labels:
    """Read whole numbers as serial dates where their heading or their regularity says that they are."""
    serials = {row: int(str(value)) for row, value in numbers.items()}
    if not serials or not all(serial in _SERIALS for serial in serials.values()):
        return {}
    days = {row: serial_day(serial) for row, serial in serials.items()}
    steps = [after - before for before, after in pairwise(serials.values())]
    ordered = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    regular = all(day.day == 1 for day in days.values()) or all(day == last_day_of_month(day) for day in days.values())
    if not (is_named or (ordered and regular and len(days) > 2)):
        return {}
    return {row: TimeLabel(kind="day", year=day.year, window=Window(day, day)) for row, day in days.items()}


def heading_above(grid: Grid, column: int, row: int) -> Value:
    """Give the nearest text above a cell of a column."""
    above = (grid.at(row - step, column) for step in range(1, _HEADINGS_ABOVE + 1))
    return next((value for value in above if isinstance(value, str)), None)
