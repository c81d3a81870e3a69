"""What dates that stand one by one mean: that day alone, or the week, month, quarter or year that they begin or end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Literal, TypeAlias

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import words
from violence_stats.ingest.axis import TimeAxis
from violence_stats.ingest.column_labels import heading_above
from violence_stats.ingest.time_labels import TimeLabel, day_and_month_numbers, months_window
from violence_stats.months import ONE_DAY, Window, months_between

DatesMean: TypeAlias = Literal["days", "week-starts", "week-ends", "months", "quarters", "years"]
DATES_MEAN: tuple[DatesMean, ...] = ("days", "week-starts", "week-ends", "months", "quarters", "years")

_MONTHS_EACH: dict[DatesMean, int] = {"months": 1, "quarters": 3, "years": 12}


def settle_dates(axis: TimeAxis, asked: DatesMean | None) -> TimeAxis:
    """Turn dates into the windows that they stand for, as far as the caller, their heading or the dates say so.

    Dates that all begin or all end a month, neighbours among them, are those months.

    Raises
    ------
    SelectionError
        If the caller says what dates mean, and the table has none.
    """
    if axis.kind != "day":
        if asked is not None:
            raise SelectionError(f"dates={asked!r}: {axis.grid.where} has no dates to read so; leave it out")
        return axis
    days = {row: one.window.start for row, one in axis.rows.items() if one.window is not None}
    if asked is not None:
        return _replaced(axis, days, asked, f"each date is read as told, as {asked.replace('-', ' ')}")
    edge = _month_edge(days)
    if edge is not None:
        return _replaced(
            axis, days, "months", f"every date is the {edge} day of a month: each is read as its whole month"
        )
    heading = heading_above(axis.grid, axis.column, axis.first_row)
    week = words.week_edge(heading)
    if week is not None and _steps(days) and all(step % 7 == 0 for step in _steps(days)):
        return _replaced(axis, days, week, f"each date is read as one of the {week.replace('-', ' ')}: {heading!r}")
    return axis


def _month_edge(days: Mapping[int, date]) -> Literal["first", "last"] | None:
    months = sorted({day.replace(day=1) for day in days.values()})
    apart = {months_between(before, after) for before, after in pairwise(months)}
    if len(months) != len(days) or (apart and 1 not in apart):
        return None
    if all(day.day == 1 for day in days.values()):
        return "first"
    return "last" if all((day + ONE_DAY).day == 1 for day in days.values()) else None


def _steps(days: Mapping[int, date]) -> list[int]:
    return [(after - before).days for before, after in pairwise(sorted(set(days.values())))]


def _replaced(axis: TimeAxis, days: Mapping[int, date], mean: DatesMean, guess: str) -> TimeAxis:
    if mean == "days":
        return axis
    rows = {row: TimeLabel(kind="span", year=day.year, window=_window(day, mean)) for row, day in days.items()}
    if mean == "months":
        rows = {row: replace(one, months=(days[row].month,) * 2) for row, one in rows.items()}
    return replace(axis, kind="span", rows=rows, guesses=(*axis.guesses, guess))


def _window(day: date, mean: DatesMean) -> Window:
    if mean == "week-starts":
        return Window(day, day + 6 * ONE_DAY)
    if mean == "week-ends":
        return Window(day - 6 * ONE_DAY, day)
    length = _MONTHS_EACH[mean]
    first = day.month - (day.month - 1) % length
    return months_window(day.year, first, first + length - 1)


def refuse_dates_apart(axis: TimeAxis) -> None:
    """Refuse dates of which no two follow one another: what each stands for is not known.

    Raises
    ------
    DataError
        Naming the ways to read them.
    """
    steps = _steps({row: one.window.start for row, one in axis.rows.items() if one.window is not None})
    if axis.kind != "day" or not steps or min(steps) == 1:
        return
    is_weekly = min(steps) == 7 and all(step % 7 == 0 for step in steps)
    what = "seven days apart" if is_weekly else f"at least {min(steps)} days apart"
    ways = "'week-starts', 'week-ends'" if is_weekly else "'week-starts', 'week-ends', 'months', 'quarters', 'years'"
    cells = axis.grid.names(axis.first_row, axis.column, axis.last_row, axis.column)
    raise DataError(
        f"{axis.grid.where}: expected to know what the dates in {cells} stand for, which lie {what}; pass dates= with "
        f"one of {ways}, or dates='days' if each count is of that day alone, or cumulative=True if counts run from the "
        "beginning of the year"
    )


def refuse_either_order(axis: TimeAxis) -> None:
    """Refuse days that would be first days of months with day and month the other way round.

    Raises
    ------
    DataError
        If every date is written in numbers of 1 to 12 and only the other order gives a month each.
    """
    texts = {row: axis.grid.at(row, axis.column) for row in axis.rows}
    numbers = [day_and_month_numbers(text) for text in texts.values() if isinstance(text, str)]
    pairs = [pair for pair in numbers if pair is not None]
    if axis.kind != "day" or len(pairs) < max(len(texts), 2) or max(max(pair) for pair in pairs) > 12:
        return
    days, months = {first for first, _ in pairs}, {second for _, second in pairs}
    if len(days) > 1 and months == {1}:
        raise axis.grid.fault(
            axis.first_row,
            axis.column,
            "dates of which one order makes sense (these are days of January, or first days of months)",
            "pass day_first=True if the first number is the day, day_first=False if it is the month",
        )
