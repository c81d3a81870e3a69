"""The columns of a table beside its labels of time: what each is called and what it can be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from violence_stats.ingest import title_words, words
from violence_stats.ingest.axis import YEARLESS, TimeAxis
from violence_stats.ingest.column_labels import months_in
from violence_stats.ingest.day_matrix import numbered_days
from violence_stats.ingest.grid import Grid, Value
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.thousands import is_blank, looks_like_number
from violence_stats.ingest.time_labels import TimeLabel, read_time_label

Role: TypeAlias = Literal["count", "total", "subtotal", "cumulative", "left"]

_YEAR_LAST = re.compile(r"[^\W\d]\.?\s+(?:19|20)\d\d\W*$")
_HEADING_ROWS = 6
_MOST_MERGED = 2_000
_WIDEST_MERGED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of counts, seen with time running down.

    Attributes
    ----------
    parts : tuple of str
        The texts above it, from top to bottom.
    year : int or None
        The year that heads it.
    day : int or None
        The day of the month that heads it.
    months : tuple of int or None
        First and last month of a column that counts one month or part of each year.
    """

    index: int
    parts: tuple[str, ...]
    year: int | None
    role: Role
    day: int | None = None
    months: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """What it is called, in one line."""
        return " / ".join(self.parts) or (str(self.year) if self.year else "")

    def answers_to(self, wanted: str) -> bool:
        """Whether a name, or one of its parts, is the one asked for."""
        return fold(wanted) in {fold(self.name), *(fold(part) for part in self.parts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumns:
    """All columns of a table.

    Attributes
    ----------
    counts : tuple of Column
    attributes : mapping of int to str
        Columns of text, such as a department, with their headings.
    years : mapping of int to int
        Year by row, from a column of years or from headings between the rows.
    year_columns : tuple of int
    """

    counts: tuple[Column, ...]
    attributes: Mapping[int, str]
    years: Mapping[int, int]
    year_columns: tuple[int, ...]
    guesses: tuple[str, ...] = ()

    @staticmethod
    def filled(axis: TimeAxis, column: int) -> dict[int, str]:
        """Give the text of a column by row; one that stands once for the rows below it stands for each of them."""
        texts: dict[int, str] = {}
        current = ""
        for row in range(axis.first_row, axis.last_row + 1):
            value = axis.grid.at(row, column)
            current = current if value is None and row in axis.rows else str(value or "")
            if row in axis.rows:
                texts[row] = current
        return texts


def describe_columns(axis: TimeAxis) -> TableColumns:
    """Tell the columns of counts, of years and of text apart."""
    grid = axis.grid
    beside = sorted({column for _, column in grid.cells} - set(axis.time_columns))
    years, year_columns, guesses = _years_by_row(axis, beside)
    rest = [column for column in beside if column not in year_columns]
    counting = [column for column in rest if _holds_counts(axis, column)]
    headings = _heading_years(axis, counting) if not years else {}
    texts = _Headings.of(axis)
    described = tuple(
        _describe(texts.above(column), column, headings.get(column), len(counting)) for column in counting
    )
    days = numbered_days(axis, counting)
    described = _with_subtotals(described)
    described = tuple(replace(one, day=days[one.index], year=None) if one.index in days else one for one in described)
    if axis.kind == "year":
        described = tuple(replace(one, months=months_in(one.parts)) for one in described)
    attributes = {
        column: str(grid.at(_heading_row(axis, column), column) or "")
        for column in rest
        if column not in counting and any(isinstance(grid.at(row, column), str) for row in axis.rows)
    }
    return TableColumns(
        counts=described, attributes=attributes, years=years, year_columns=year_columns, guesses=guesses
    )


def _with_subtotals(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Tell totals of parts from the total: they say so, or stand beside one that is of all."""
    has_whole = any(one.role == "total" and words.is_total(one.parts[-1]) for one in columns)
    return tuple(
        replace(one, role="subtotal") if one.role == "total" and _is_of_a_part(one.parts[-1], has_whole) else one
        for one in columns
    )


def _is_of_a_part(heading: str, has_whole: bool) -> bool:
    return words.is_subtotal(heading) or (has_whole and not words.is_total(heading))


def _holds_counts(axis: TimeAxis, column: int) -> bool:
    values = [axis.grid.at(row, column) for row in axis.rows]
    numbers = sum(looks_like_number(value) for value in values)
    return 0 < numbers >= sum(not is_blank(value) for value in values) - numbers


def _years_by_row(axis: TimeAxis, beside: list[int]) -> tuple[dict[int, int], tuple[int, ...], tuple[str, ...]]:
    """Find the year of each row in a column of years, or in years that stand between the rows."""
    if axis.kind not in YEARLESS:
        return {}, (), ()
    for column in beside:
        labels = _year_labels(axis.grid, column, axis.rows)
        is_column = labels is not None and (
            column < axis.column or words.says_year(axis.grid.at(_heading_row(axis, column), column))
        )
        if labels and is_column and min(labels) <= axis.first_row:
            return _filled(labels, axis), (column,), ()
    own = {row: one.year for row, one in (*axis.others.items(), *axis.rows.items()) if one.year is not None}
    if own and min(own) <= axis.first_row:
        cells = ", ".join(axis.grid.name(row, axis.column) for row in sorted(own)[:3])
        return _filled(own, axis), (), (f"the year of each row is taken from the label above it ({cells})",)
    return {}, (), ()


def _year_labels(grid: Grid, column: int, rows: Mapping[int, TimeLabel]) -> dict[int, int] | None:
    """Give the years of a column; None where a row beside a label of time holds anything else."""
    found: dict[int, int] = {}
    for row in rows:
        value = grid.at(row, column)
        label = _plain_year(value)
        if label is not None:
            found[row] = label
        elif value is not None:
            return None
    above = min(rows) - 1
    if found and min(found) > min(rows) and (year := _plain_year(grid.at(above, column))) is not None:
        found[above] = year
    return found


def _plain_year(value: Value) -> int | None:
    if not isinstance(value, int | str):
        return None
    try:
        label = read_time_label(value)
    except ValueError:
        return None
    return label.year if label is not None and label.kind == "year" else None


def _only_year(value: Value) -> int | None:
    """Give the year at the end of a heading such as ``Homicidios 2019``."""
    years = words.years_in(value)
    return next(iter(years)) if len(years) == 1 and _YEAR_LAST.search(str(value)) else None


def _filled(years: Mapping[int, int], axis: TimeAxis) -> dict[int, int]:
    """Give every row the year of the last label at or above it."""
    filled: dict[int, int] = {}
    current = 0
    for row in sorted({*years, *axis.rows}):
        current = years.get(row, current)
        if row in axis.rows:
            filled[row] = current
    return filled


def _heading_years(axis: TimeAxis, counting: list[int]) -> dict[int, int]:
    """Find the row of years above the counts; a year that heads several columns stands over the first."""
    best: dict[int, int] = {}
    for row in range(axis.first_row - 1, max(0, axis.first_row - 1 - _HEADING_ROWS), -1):
        found: dict[int, int] = {}
        current: int | None = None
        for column in range(min(counting, default=1), max(counting, default=0) + 1):
            value = axis.grid.at(row, column)
            current = current if value is None else _plain_year(value)
            year = current if current is not None else _only_year(value)
            if year is not None and column in counting:
                found[column] = year
        if len(set(found.values())) > len(set(best.values())):
            best = found
    return best


def _heading_row(axis: TimeAxis, column: int) -> int:
    """Find the nearest row above the first label in which a column holds text."""
    for row in range(axis.first_row - 1, max(0, axis.first_row - 1 - _HEADING_ROWS), -1):
        if isinstance(axis.grid.at(row, column), str):
            return row
    return axis.first_row - 1


def _describe(parts: tuple[str, ...], column: int, year: int | None, n_counting: int) -> Column:
    nearest = parts[-1] if parts else ""
    role: Role = "count"
    if (
        (words.says_date_part(nearest) and n_counting > 1)
        or any(words.says_no_count(part) for part in parts[-2:])
        or (n_counting > 1 and (words.says_code(nearest) or words.says_week(nearest)))
    ):
        role = "left"
    elif any(words.says_cumulative(part) for part in parts[-2:]):
        role = "cumulative"
    elif n_counting > 1 and _says_total(parts):
        role = "total"
    return Column(index=column, parts=parts, year=year, role=role)


def _says_total(parts: tuple[str, ...]) -> bool:
    """Whether the nearest heading begins with total, or only says counts below one that is total."""
    nearest = parts[-1] if parts else ""
    if words.is_total(nearest) or words.starts_with_total(nearest) or words.is_subtotal(nearest):
        return True
    return title_words.says_counts(nearest) and any(words.is_total(part) for part in parts[-2:-1])


@dataclass(frozen=True, slots=True)
class _Headings:
    """The texts above the first label of time, merged ones spread over the columns that they cover."""

    texts: Mapping[tuple[int, int], str]
    rows: tuple[int, ...]

    @classmethod
    def of(cls, axis: TimeAxis) -> _Headings:
        """Collect them; a row with one text only is a title, unless it stands right above the counts."""
        rows = range(max(1, axis.first_row - _HEADING_ROWS), axis.first_row)
        held = {place: value for place, value in axis.grid.cells.items() if place[0] in rows}
        n_cells = Counter(row for row, _ in held)
        for block in axis.grid.merged[:_MOST_MERGED]:
            value = held.get((block.top, block.left))
            if value is not None and block.right - block.left < _WIDEST_MERGED:
                held.update({(block.top, column): value for column in range(block.left, block.right + 1)})
        kept = tuple(row for row in rows if n_cells[row] > 1 or row == axis.first_row - 1)
        return cls({place: value for place, value in held.items() if isinstance(value, str)}, kept)

    def above(self, column: int) -> tuple[str, ...]:
        """Give the texts above a column, from top to bottom, years left out."""
        texts = (self.texts.get((row, column)) for row in self.rows)
        return tuple(text for text in texts if text is not None and _plain_year(text) is None)
