"""Which cells of a table make up the series: the column or columns, the rows, and the window of each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import title_words, words
from violence_stats.ingest.axis import YEARLESS, TimeAxis
from violence_stats.ingest.columns import Column, TableColumns
from violence_stats.ingest.disguised import refuse_disguised
from violence_stats.ingest.known_tables import population_advice
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.options import CountsSpecification
from violence_stats.ingest.slots import Slot, make_slots
from violence_stats.months import Window

_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The cells of a table that make up the series.

    Attributes
    ----------
    columns : tuple of Column
        One, or one a year.
    rows : tuple of int
        In the grid's order.
    slots : tuple of Slot
        In the order of the cells.
    """

    axis: TimeAxis
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    slots: tuple[Slot, ...]
    guesses: tuple[str, ...]


def choose_cells(axis: TimeAxis, described: TableColumns, asked: CountsSpecification) -> Choice:
    """Choose the cells of the series.

    Raises
    ------
    DataError
        If there are several series and no total, or a table of months has no year.
    SelectionError
        If `take` or `where` name nothing that is there.
    """
    columns, guesses = _choose_columns(axis, described, asked.take)
    rows, filled = _choose_rows(axis, described, asked.where)
    year, year_guess = _outer_year(axis, described, columns, asked.year)
    guesses = (*guesses, *(f"of each year only {one.name[:60]!r} is counted" for one in columns if one.months))
    slots = make_slots(axis, rows, columns, described.years, year=year, weeks=asked.weeks)
    _refuse_repeats(axis, described, slots)
    _refuse_turn_of_year(axis, described.years, rows)
    return Choice(axis=axis, columns=columns, rows=rows, slots=slots, guesses=(*guesses, *filled, *year_guess))


def _choose_columns(
    axis: TimeAxis, described: TableColumns, take: str | None
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    if not described.counts:
        raise DataError(
            f"{axis.grid.where}: expected counts beside the dates in "
            f"{axis.grid.names(axis.first_row, axis.column, axis.last_row, axis.column)}, got none; "
            "pass cells= with the block that holds headings, dates and counts"
        )
    if take is not None:
        return _taken(axis, described, take), ()
    days = tuple(one for one in described.counts if one.day is not None)
    if days:
        return days, (f"the numbers 1 to {len(days)} beside the months are read as days of the month",)
    open_columns = [one for one in described.counts if one.role in {"count", "total"}]
    open_columns = open_columns or [one for one in described.counts if one.role == "cumulative"]
    if not open_columns and all(title_words.speaks_of_population(one.name) for one in described.counts):
        raise population_advice(axis.grid.where)
    if not open_columns:
        raise DataError(
            f"{axis.grid.where}: expected counts, got only rates, shares, averages, populations or codes by their "
            f"headings ({_names(described.counts)}); pass take= with one that holds counts"
        )
    years = {one.year for one in open_columns}
    if len(years) > 1:  # a column without a year beside columns with one sums them all
        _refuse_unread_years(axis, open_columns)
        open_columns = [one for one in open_columns if one.year is not None]
    chosen: list[Column] = []
    guesses: list[str] = []
    for year in dict.fromkeys(one.year for one in open_columns):
        one = _only_one(axis, [column for column in open_columns if column.year == year])
        chosen.append(one)
        if one.role == "total":
            guesses.append(f"of several series the one called {one.name[:60]!r} is taken; pass take= for another")
    return tuple(chosen), tuple(dict.fromkeys(guesses))


def _refuse_unread_years(axis: TimeAxis, columns: Sequence[Column]) -> None:
    """Refuse a year that no one could read beside years that were read: it would be missing from the series."""
    for one in columns:
        if one.year is None and one.role != "total" and words.years_in(one.name):
            lines = "row" if axis.grid.is_turned else "column"
            raise DataError(
                f"{axis.grid.where}: expected a year over each {lines} of counts, got {one.name[:60]!r} over "
                f"{axis.grid.name(axis.first_row, one.index)}; write the year alone, or pass cells= with a block "
                f"without that {lines}"
            )


def _taken(axis: TimeAxis, described: TableColumns, take: str) -> tuple[Column, ...]:
    found = [one for one in described.counts if one.answers_to(take)]
    if not found:
        raise SelectionError(
            f"take={take!r} is no heading in {axis.grid.where}: expected one of {_names(described.counts)}"
        )
    if any(one.day is not None for one in found):
        raise SelectionError(f"take={take!r} is a day of the month in {axis.grid.where}: leave it out to read all days")
    refuse_disguised(axis, described.counts, take=take, taken=found)
    years = [one.year for one in found]
    if len(set(years)) != len(years):
        raise SelectionError(f"take={take!r} names several columns of {axis.grid.where}: give one of {_names(found)}")
    return tuple(found)


def _only_one(axis: TimeAxis, columns: Sequence[Column]) -> Column:
    if len(columns) == 1:
        return columns[0]
    totals = [one for one in columns if one.role == "total"]
    if len(totals) == 1:
        return totals[0]
    refuse_disguised(axis, columns)
    are_named = len({one.name for one in columns if one.name}) > 1
    lines = "rows" if axis.grid.is_turned else "columns"
    places = ", ".join(axis.grid.name(axis.first_row, one.index) for one in columns[:_NAMED])
    raise DataError(
        f"{axis.grid.where}: expected one series or a total, got {len(columns)} {lines} of counts ({places}); pass "
        + (f"take= with the name of one: {_names(columns)}" if are_named else "cells= with one of them and its dates")
    )


def _names(columns: Sequence[Column]) -> str:
    names = [repr(one.name[:60]) for one in columns if one.name]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (", ".join(names[:_NAMED]) + more) or "none has a heading: pass cells= with one of them and its dates"


def _choose_rows(
    axis: TimeAxis, described: TableColumns, where: Mapping[str, str]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    rows = tuple(axis.rows)
    guesses: list[str] = []
    for heading, wanted in where.items():
        column = next((index for index, name in described.attributes.items() if fold(name) == fold(heading)), None)
        if column is None:
            known = ", ".join(repr(name) for name in described.attributes.values() if name) or "none"
            raise SelectionError(
                f"where={heading!r} is no column of text in {axis.grid.where}: expected one of {known}"
            )
        values = described.filled(axis, column)
        rows = tuple(row for row in rows if fold(values[row]) == fold(wanted))
        if not rows:
            known = ", ".join(repr(value) for value in list(dict.fromkeys(values.values()))[:_NAMED])
            raise SelectionError(f"{heading}={wanted!r} is in no row of {axis.grid.where}: expected one of {known}")
        below = [row for row in rows if axis.grid.at(row, column) is None]
        if below:
            cells = axis.grid.name(below[0], column)
            guesses.append(f"{len(below)} blank cells such as {cells} are read as {wanted!r}, which stands above them")
    return rows, tuple(guesses)


def _outer_year(
    axis: TimeAxis, described: TableColumns, columns: Sequence[Column], asked: int | None
) -> tuple[int | None, tuple[str, ...]]:
    """Find the year of a table whose cells do not carry one: the caller's, the title's or the sheet's."""
    if axis.kind not in YEARLESS or described.years or all(one.year is not None for one in columns):
        return None, ()
    if axis.kind == "week" and all(one.year is not None for one in axis.rows.values()):
        return None, ()
    if asked is not None:
        return asked, ()
    for texts, what in ((title_texts(axis), "title"), ((axis.grid.sheet,), "name of the sheet")):
        years = {year for text in texts for year in title_words.table_years(text)}
        if len(years) == 1:
            year = next(iter(years))
            return year, (f"the year {year} is taken from the {what}",)
    label = axis.grid.name(axis.first_row, axis.column)
    raise DataError(
        f"{axis.grid.where}: expected a year for the {axis.kind}s from {label} on, got none that is certain; pass "
        "year=, such as year=2020, or cells= with a block that has its heading"
    )


def _refuse_turn_of_year(axis: TimeAxis, years: Mapping[int, int], rows: Sequence[int]) -> None:
    """Refuse months that run on into the next year, as those of a fiscal year, under the name of one year."""
    if axis.kind not in YEARLESS:
        return
    for _, same_year in groupby(rows, key=lambda row: axis.rows[row].year or years.get(row)):
        places = list(same_year)
        months = [axis.rows[row].week or axis.rows[row].months[0] for row in places]
        steps = [after - before for before, after in pairwise(months)]
        if any(step > 0 for step in steps) and any(step < 0 for step in steps):
            turn = next(row for row, step in zip(places[1:], steps, strict=True) if step < 0)
            raise axis.grid.fault(
                turn,
                axis.column,
                f"{axis.kind}s in the order of one year",
                f"read the {axis.kind}s of each year on their own: pass cells= and year=",
            )


def title_texts(axis: TimeAxis) -> tuple[str, ...]:
    """Give the texts that stand above the table in the file."""
    edge = axis.column if axis.grid.is_turned else axis.first_row
    return tuple(
        value
        for (row, column), value in axis.grid.cells.items()
        if isinstance(value, str) and (column if axis.grid.is_turned else row) < edge
    )


def _refuse_repeats(axis: TimeAxis, described: TableColumns, slots: Sequence[Slot]) -> None:
    seen: dict[Window, Slot] = {}
    for slot in slots:
        first = seen.setdefault(slot.window, slot)
        if first is not slot:
            texts = [name for name in described.attributes.values() if name]
            advice = f'where={{"{texts[0]}": ...}} to take the rows of one' if texts else "cells= with one table"
            advice += "; where every row is one victim, use read_records(date=...)"
            raise DataError(
                f"{axis.grid.where}: expected one count of {slot.window}, got two, in "
                f"{axis.grid.name(first.row, first.column)} and {axis.grid.name(slot.row, slot.column)}; pass {advice}"
            )
