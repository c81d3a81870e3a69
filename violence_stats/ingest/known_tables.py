"""Tables that have a reader of their own, told from their headings before they are taken for counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import title_words
from violence_stats.ingest.axis import TimeAxis
from violence_stats.ingest.grid import Grid, Value
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.sheets import stream_sheets
from violence_stats.ingest.source_file import SourceFile

UNODC_HEADINGS = ("iso3_code", "country", "indicator", "dimension", "category", "sex", "age", "year", "value")

_HEADING_ROWS = 30
_POPULATION_CODES = {"sp.pop.totl", "population, total", "poblacion, total"}
_PEOPLE = 20_000
"""Yearly numbers about this size or larger, in a table that speaks of population, are inhabitants."""


def unodc_advice(name: str) -> DataError:
    """Make the error that says how to read the UNODC table."""
    return DataError(
        f"{name}: expected a table of counts, got the bulk table of the UNODC by its headings; read it with "
        "read_unodc(...) and name a country"
    )


def population_advice(name: str) -> DataError:
    """Make the error that says how to read a table of inhabitants."""
    return DataError(f"{name}: expected a table of counts, got inhabitants by year; read it with read_population(...)")


def is_unodc_file(source: SourceFile) -> bool:
    """Whether one of the first rows of a sheet has the headings of the UNODC table."""
    try:
        for _, _, rows in stream_sheets(source, None):
            if any(_has_unodc_headings(cells) for _, cells in islice(rows, _HEADING_ROWS)):
                return True
    except (DataError, SelectionError):
        return False
    return False


def refuse_known_table(grids: Sequence[Grid]) -> None:
    """Refuse a table that has a reader of its own.

    Raises
    ------
    DataError
        Naming the reader.
    """
    for grid in grids:
        if any(_has_unodc_headings(cells) for cells in _first_rows(grid)):
            raise unodc_advice(grid.where)
        if any(isinstance(one, str) and fold(one) in _POPULATION_CODES for one in grid.cells.values()):
            raise population_advice(grid.where)


def refuse_inhabitants(axis: TimeAxis, headings: Sequence[str], values: Sequence[int | None]) -> None:
    """Refuse yearly numbers that a title or heading calls population and that are too large for anything else.

    Raises
    ------
    DataError
        Naming the reader.
    """
    known = [value for value in values if value is not None]
    is_large = axis.kind == "year" and known and median(known) >= _PEOPLE
    if is_large and any(title_words.speaks_of_population(text) for text in headings):
        raise population_advice(axis.grid.where)


def _first_rows(grid: Grid) -> Iterator[Sequence[Value]]:
    by_row: dict[int, list[Value]] = {}
    for (row, _), value in grid.cells.items():
        by_row.setdefault(row, []).append(value)
    return (by_row[row] for row in islice(sorted(by_row), _HEADING_ROWS))


def _has_unodc_headings(cells: Sequence[Value]) -> bool:
    return {*UNODC_HEADINGS} <= {fold(cell) for cell in cells if isinstance(cell, str)}
