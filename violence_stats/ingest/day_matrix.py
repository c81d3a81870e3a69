"""Days of a month numbered beside the months: a table with a count of each day of a year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from violence_stats.ingest import words
from violence_stats.ingest.axis import TimeAxis
from violence_stats.ingest.grid import Value
from violence_stats.ingest.thousands import is_blank
from violence_stats.months import Window

_MOST_DAYS = 31
_SHORTEST_MONTH = 28
_LEAP_YEAR = 2020
_MOST_DIGITS = 4
_HEADING_ROWS = 3


def numbered_days(axis: TimeAxis, columns: Sequence[int]) -> dict[int, int]:
    """Find columns headed 1, 2 and so on to the last day of the longest month; empty where there are none.

    Parameters
    ----------
    columns : sequence of int
        Those that hold counts, from left to right.
    """
    if axis.kind not in {"month", "span"} or any(one.months[0] != one.months[1] for one in axis.rows.values()):
        return {}
    months = {one.months[0] for one in axis.rows.values()} - {0}
    if not months:
        return {}
    longest = max(monthrange(_LEAP_YEAR, month)[1] for month in months)
    ends = {_MOST_DAYS, longest, _SHORTEST_MONTH if months == {2} else longest}
    blank = _blank_columns(axis, columns)
    for row in _heading_rows(axis):
        headed = sorted({*columns, *blank})
        numbers = {column: number for column in headed if (number := _number(axis.grid.at(row, column))) is not None}
        if len(numbers) in ends and list(numbers.values()) == list(range(1, len(numbers) + 1)):
            return {column: day for column, day in numbers.items() if column not in blank}
    return {}


def _blank_columns(axis: TimeAxis, columns: Sequence[int]) -> set[int]:
    """Find the columns beside the counts that hold nothing, such as those of days that no one has counted."""
    beside = {column for _, column in axis.grid.cells} - {*axis.time_columns, *columns}
    return {column for column in beside if all(is_blank(axis.grid.at(row, column)) for row in axis.rows)}


def perhaps_days(axis: TimeAxis, columns: Sequence[int]) -> dict[int, int]:
    """Give the numbers over columns, by column, where they may be days of months, some of which are missing.

    They may where they rise and the cell before them says day, or where nearly every day of a month has one.
    """
    if axis.kind not in {"month", "span"}:
        return {}
    for row in _heading_rows(axis):
        found = {column: number for column in columns if (number := _number(axis.grid.at(row, column))) is not None}
        rises = all(1 <= before < after <= _MOST_DAYS for before, after in pairwise(found.values()))
        is_named = words.says_day(axis.grid.at(row, axis.column)) or words.says_day(axis.grid.at(row - 1, axis.column))
        if rises and len(found) > 1 and (is_named or len(found) >= _SHORTEST_MONTH):
            return found
    return {}


def day_heading(axis: TimeAxis, column: int, day: int | None) -> list[tuple[int, int]]:
    """Give the cells that head a column with the number of its day."""
    return [
        (row, column) for row in _heading_rows(axis) if day is not None and _number(axis.grid.at(row, column)) == day
    ]


def _heading_rows(axis: TimeAxis) -> range:
    return range(axis.first_row - 1, max(0, axis.first_row - 1 - _HEADING_ROWS), -1)


def _number(value: Value) -> int | None:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def day_window(axis: TimeAxis, row: int, column: int, year: int, day: int) -> Window | None:
    """Give the window of a cell; None for a day that its month does not have, where the cell holds no count.

    Raises
    ------
    DataError
        If there is a count of a day that does not exist.
    """
    month = axis.rows[row].months[0]
    try:
        exact = date(year, month, day)
    except ValueError:
        held = axis.grid.at(row, column)
        if is_blank(held) or str(held).strip() == "0":
            return None
        raise axis.grid.fault(
            row,
            column,
            f"nothing, since {year}-{month:02} has no day {day}",
            "move the count to its day, or correct the year with year=",
        ) from None
    return Window(exact, exact)
