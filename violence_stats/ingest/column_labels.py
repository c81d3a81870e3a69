"""The labels of time in one column, serial dates and numbered months among them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TypeAlias

from violence_stats.ingest import words
from violence_stats.ingest.grid import Grid, Value
from violence_stats.ingest.time_labels import DayOrderError, TimeLabel, read_time_label, serial_day
from violence_stats.months import Window, last_day_of_month

Labels: TypeAlias = dict[int, TimeLabel]

_SERIALS = range(25_569, 55_153)  # 1970 to 2050
_HEADINGS_ABOVE = 3


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
    heading = heading_above(grid, column, min(numbers, default=1))
    serials = _serial_days(numbers, is_named=words.says_date(heading))
    if serials:
        first = next(iter(serials))
        named = f"{grid.name(first, column)} ({numbers[first]}) is {serials[first].window}"
        return serials, {f"dates are read from a spreadsheet's serial numbers: {named}"}
    if numbers and words.says_month(heading) and all(1 <= int(str(value)) <= 12 for value in numbers.values()):
        return {row: _numbered_month(int(str(value))) for row, value in numbers.items()}, set()
    return labels, set()


def _is_digits(value: Value) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 5


def _numbered_month(month: int) -> TimeLabel:
    return TimeLabel(kind="month", months=(month, month))


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
