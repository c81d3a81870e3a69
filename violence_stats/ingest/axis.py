"""Where time runs in a sheet: down a column or across a row, as months, spans, days, parts of a year or years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from violence_stats.errors import DataError
from violence_stats.ingest import words
from violence_stats.ingest.column_labels import Labels, heading_above, read_column_labels
from violence_stats.ingest.grid import Grid, Value
from violence_stats.ingest.label_marks import label_mark
from violence_stats.ingest.time_labels import TimeLabel
from violence_stats.months import Window

AxisKind: TypeAlias = Literal["month", "span", "day", "week", "part", "year"]

_TIERS: dict[AxisKind, int] = {"month": 4, "span": 4, "day": 4, "week": 3, "part": 2, "year": 1}
YEARLESS: frozenset[AxisKind] = frozenset({"month", "part", "week"})
"""Kinds whose labels need not carry a year."""

_WEEKS_FIRST = 5
"""The tier of weeks where the caller says how they are numbered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """The labels of time of a table, in a grid that is turned where needed so that they run down a column.

    Attributes
    ----------
    rows : mapping of int to TimeLabel
        By row of `grid`; each counts toward the series.
    others : mapping of int to TimeLabel
        Labels in the same column that head or sum several rows: a year, a quarter.
    end_column : int or None
        The column of last days, where `column` holds first days.
    """

    grid: Grid
    column: int
    kind: AxisKind
    rows: Mapping[int, TimeLabel]
    others: Mapping[int, TimeLabel]
    end_column: int | None = None
    guesses: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """The first row that carries a label."""
        return min(self.rows)

    @property
    def last_row(self) -> int:
        """The last row that carries a label."""
        return max(self.rows)

    @property
    def time_columns(self) -> tuple[int, ...]:
        """The columns that hold labels and no counts."""
        return (self.column,) if self.end_column is None else (self.column, self.end_column)


def find_time_axis(grid: Grid, *, day_first: bool = True, has_weeks: bool = False) -> TimeAxis | None:
    """Find the labels of time of a sheet; None where it has none, or single ones that lie about.

    Parameters
    ----------
    has_weeks : bool, default False
        Whether numbered weeks are known to be there: they then come before days and months beside them.

    Raises
    ------
    DataError
        If two columns or rows could be the one, or a day only exists with day and month the other way round.
    """
    found = [*_candidates(grid, day_first), *_candidates(grid.turned(), day_first)]
    if not found:
        return None
    found = [one for one in found if not _is_year_of_another(one, found)]
    ranks = [_rank(one, has_weeks=has_weeks) for one in found]
    best = max(ranks)
    leading = [one for one, rank in zip(found, ranks, strict=True) if rank == best]
    for is_turned in (False, True):
        spans = _as_spans([one for one in leading if one.grid.is_turned == is_turned])
        if spans is not None:
            return spans
    days = [one for one in leading if one.kind == "day"]
    if len(days) == 1 and all(one.rows.keys() == days[0].rows.keys() for one in leading):
        return days[0]  # a date beside the name or number of its month
    if best[0] == 0 and len(leading) > 1 and not _same_place(leading):
        return None
    if len(leading) > 1 and not _same_place(leading):
        places = " and ".join(
            one.grid.names(one.first_row, one.column, one.last_row, one.column) for one in leading[:3]
        )
        raise DataError(
            f"{grid.where}: expected one column or row of dates, got {places}; "
            "pass cells= with the block of one table, such as cells='A3:N20'"
        )
    return leading[0]


def _is_year_of_another(axis: TimeAxis, found: list[TimeAxis]) -> bool:
    """Whether these are the years of labels beside them that need one, such as the only month of a table."""
    return axis.kind == "year" and any(
        one.kind in YEARLESS and one.grid.is_turned == axis.grid.is_turned and one.rows.keys() == axis.rows.keys()
        for one in found
    )


def _rank(axis: TimeAxis, *, has_weeks: bool) -> tuple[int, bool, int]:
    """More of a kind first; years, which counts can look like, only by their heading and order."""
    is_named = axis.kind == "year" and words.says_year(heading_above(axis.grid, axis.column, axis.first_row))
    several = len(axis.rows) > 1
    tier = _WEEKS_FIRST if has_weeks and axis.kind == "week" else _TIERS[axis.kind]
    return (tier if several else 0, is_named, len(axis.rows))


def _same_place(leading: list[TimeAxis]) -> bool:
    """Tell whether all are one single cell, which is a column and a row at once."""
    return len({one.grid.name(one.first_row, one.column) for one in leading}) == 1 and len(leading[0].rows) == 1


def _candidates(grid: Grid, day_first: bool) -> list[TimeAxis]:
    by_column: dict[int, dict[int, Value]] = {}
    for (row, column), value in sorted(grid.cells.items(), key=lambda item: item[0]):
        by_column.setdefault(column, {})[row] = value
    found = (_candidate(grid, column, cells, day_first) for column, cells in by_column.items())
    return [one for one in found if one is not None]


def _candidate(grid: Grid, column: int, cells: dict[int, Value], day_first: bool) -> TimeAxis | None:
    labels, guesses = read_column_labels(grid, column, cells, day_first)
    kinds = {kind: {row: one for row, one in labels.items() if one.kind == kind} for kind in _TIERS}
    months = kinds["month"]
    full = kinds["span"] | kinds["day"]
    parts = kinds["part"]
    if len(months) == 1 and len(parts) > 1 and not full:
        months, parts = {}, dict(sorted((months | parts).items()))
    if len({one.months for one in months.values()}) > 1 or (months and not full):
        single = {row: one for row, one in full.items() if one.months[0] and one.months[0] == one.months[1]}
        return _axis(grid, column, "month", dict(sorted((months | single).items())), labels, guesses)
    if full:
        full = {row: one for row, one in full.items() if not _sums_months(one, full)}
        kind: AxisKind = "day" if len(kinds["day"]) >= len(kinds["span"]) else "span"
        return _axis(grid, column, kind, dict(sorted(full.items())), labels, guesses)
    if kinds["week"]:
        return _axis(grid, column, "week", kinds["week"], labels, guesses)
    if len(parts) > 1:
        return _axis(grid, column, "part", parts, labels, guesses)
    years = kinds["year"]
    steps = [(after.year or 0) - (before.year or 0) for before, after in pairwise(years.values())]
    if years and (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        return _axis(grid, column, "year", years, labels, guesses)
    return None


def _sums_months(label: TimeLabel, full: Labels) -> bool:
    """Whether a quarter or half stands in one column with each of its months."""
    first, last = label.months
    months = {one.months[0] for one in full.values() if one.months[0] == one.months[1] and one.year == label.year}
    return first < last and months.issuperset(range(first, last + 1))


def _axis(grid: Grid, column: int, kind: AxisKind, rows: Labels, labels: Labels, guesses: set[str]) -> TimeAxis:
    others = {row: one for row, one in labels.items() if row not in rows}
    assumed = guesses | {one.guess for one in rows.values() if one.guess} | _marked(grid, column, rows)
    return TimeAxis(grid=grid, column=column, kind=kind, rows=rows, others=others, guesses=tuple(sorted(assumed)))


def _marked(grid: Grid, column: int, rows: Labels) -> set[str]:
    """Say which marks stand after labels: the table's notes tell what they say of the counts, the reader does not."""
    marks = {row: mark for row in rows if (mark := label_mark(grid.at(row, column)))}
    if not marks:
        return set()
    first = next(iter(marks))
    distinct = ", ".join(repr(mark) for mark in dict.fromkeys(marks.values()))
    return {
        f"{distinct} after {len(marks)} of {len(rows)} labels, the first in {grid.name(first, column)} "
        f"({grid.at(first, column)!r}), is read as a mark: see the table's notes on whether such counts are final"
    }


def _as_spans(leading: list[TimeAxis]) -> TimeAxis | None:
    """Join a column of first days and one of last days into spans."""
    if (
        len(leading) != 2
        or {one.kind for one in leading} != {"day"}
        or leading[0].rows.keys() != leading[1].rows.keys()
    ):
        return None
    first, last = leading
    headings = [heading_above(one.grid, one.column, one.first_row) for one in leading]
    if not (words.says_start(headings[0]) and words.says_end(headings[1])):
        return None
    rows: Labels = {}
    for row, label in first.rows.items():
        begin, end = label.window, last.rows[row].window
        if begin is None or end is None or end.start < begin.start:
            raise last.grid.fault(row, last.column, "a last day not before the first", "swap or correct the two")
        rows[row] = TimeLabel(kind="span", year=label.year, window=Window(begin.start, end.end))
    return replace(first, kind="span", rows=rows, end_column=last.column)
