"""The cells of a series and the window that their labels give each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.axis import TimeAxis
from violence_stats.ingest.columns import Column
from violence_stats.ingest.day_matrix import day_window
from violence_stats.ingest.thousands import is_blank
from violence_stats.ingest.time_labels import TimeLabel, months_window
from violence_stats.ingest.weeks import WeekSystem, first_week_day, n_weeks, week_window
from violence_stats.months import Window


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the series and the window that its labels give it.

    Attributes
    ----------
    since : datetime.date
        The day from which a count from the beginning of its year runs: 1 January, or the first day of week 1.
    """

    row: int
    column: int
    window: Window
    since: date


def make_slots(
    axis: TimeAxis,
    rows: Sequence[int],
    columns: Sequence[Column],
    years: Mapping[int, int],
    *,
    year: int | None,
    weeks: WeekSystem | None,
) -> tuple[Slot, ...]:
    """Give every cell of the series its window, in the order of the cells.

    Week 53 of a year without one is left out, and so is a day that its month does not have.

    Parameters
    ----------
    years : mapping of int to int
        Year by row.
    year : int or None
        Of cells whose row and column do not carry one.

    Raises
    ------
    DataError
        If a label has no year, its year has no such week, or no word says how its weeks are numbered.
    SelectionError
        If `weeks` is given for a table that has none.
    """
    if axis.kind != "week":
        if weeks is not None:
            raise SelectionError(f"weeks={weeks!r}: {axis.grid.where} has no numbered weeks; leave it out")
        found = (
            (row, column, _window(axis, row, column, column.year or years.get(row) or year))
            for row in rows
            for column in columns
        )
        return tuple(
            Slot(row, column.index, window, date(window.end.year, 1, 1))
            for row, column, window in found
            if window is not None
        )
    system = _week_system(axis, weeks)
    slots = (_week_slot(axis, row, column, years.get(row) or year, system) for row in rows for column in columns)
    return tuple(slot for slot in slots if slot is not None)


def _window(axis: TimeAxis, row: int, column: Column, year: int | None) -> Window | None:
    label = axis.rows[row]
    if column.day is not None:
        return day_window(axis, row, column.index, _known_year(label, year), column.day)
    if label.window is not None:
        return label.window
    first, last = column.months or (1, 12) if label.kind == "year" else label.months
    return months_window(_known_year(label, year), first, last)


def _known_year(label: TimeLabel, year: int | None) -> int:
    known = label.year or year
    if known is None:
        raise DataError("expected a year beside every month; pass year=")
    return known


def _week_system(axis: TimeAxis, asked: WeekSystem | None) -> WeekSystem:
    if asked is not None:
        return asked
    open_row = next((row for row, one in axis.rows.items() if not one.is_iso), None)
    if open_row is None:
        return "iso"
    raise axis.grid.fault(
        open_row,
        axis.column,
        "to know how the weeks are numbered",
        "pass weeks='iso' for weeks from Monday to Sunday, weeks='epidemiological' for weeks from Sunday to Saturday; "
        "where the year is cut otherwise, give the first and the last day of each week in two columns",
    )


def _week_slot(axis: TimeAxis, row: int, column: Column, year: int | None, system: WeekSystem) -> Slot | None:
    label, known = axis.rows[row], _known_year(axis.rows[row], column.year or year)
    if label.week > n_weeks(known, system):
        if is_blank(axis.grid.at(row, column.index)):
            return None
        name = "ISO" if system == "iso" else "epidemiological"
        other = "epidemiological" if system == "iso" else "iso"
        raise axis.grid.fault(
            row,
            axis.column,
            f"one of the {n_weeks(known, system)} {name} weeks of {known} beside {axis.grid.name(row, column.index)}",
            f"correct the week or its year, or pass weeks={other!r} if that is how weeks are numbered"
            if label.week <= n_weeks(known, "iso" if other == "iso" else "epidemiological")
            else "correct the week or its year",
        )
    return Slot(row, column.index, week_window(known, label.week, system), first_week_day(known, system))
