"""A table of counts, however it is laid out, to a series."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import pandas as pd

from violence_stats.errors import DataError
from violence_stats.ingest import words
from violence_stats.ingest.axis import TimeAxis, find_time_axis
from violence_stats.ingest.choosing import Choice, choose_cells, title_texts
from violence_stats.ingest.columns import TableColumns, describe_columns
from violence_stats.ingest.cumulative import ReadCount, decide_cumulative, own_windows, windows_by_difference
from violence_stats.ingest.dated import refuse_dates_apart, refuse_either_order, settle_dates
from violence_stats.ingest.doubts import (
    refuse_mixed_groups,
    refuse_parts_of_years,
    refuse_rates,
    refuse_stacked_tables,
    refuse_unfinished,
    settle_zeros,
)
from violence_stats.ingest.grid import Grid, parse_range
from violence_stats.ingest.known_tables import (
    is_unodc_file,
    refuse_inhabitants,
    refuse_known_table,
    unodc_advice,
)
from violence_stats.ingest.leftovers import left_cells, refuse_unread_counts
from violence_stats.ingest.misspelt import misspelt_months, shown_months
from violence_stats.ingest.options import CountsOptions, CountsSpecification
from violence_stats.ingest.read_series import describe_layout, make_series, name_gaps, trim_blank
from violence_stats.ingest.report import LeftCells, ReadingReport
from violence_stats.ingest.sheets import FileForm, read_grids
from violence_stats.ingest.source_file import SourceFile, find_source_file
from violence_stats.ingest.thousands import Numbers, Place, read_counts_together
from violence_stats.ingest.totals import PrintedTotal, check_totals, find_totals
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountsReading:
    """A table of counts as a series, with the report of how it was read."""

    series: CountSeries
    report: ReadingReport

    def summary(self) -> str:
        """Say what the series covers and how it was read."""
        return self.series.summary() + self.report.summary()

    def to_frame(self) -> pd.DataFrame:
        """Give the series, one row a window."""
        return self.series.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Give series and report as plain values that JSON can hold."""
        return {"series": self.series.to_dict(), "report": self.report.to_dict()}


def read_counts(path: str | os.PathLike[str], **options: Unpack[CountsOptions]) -> CountsReading:
    r"""Read a table of counts from a spreadsheet or text file.

    Reads csv, tsv, xls, xlsx and ods: long tables (date, count), months by years in either direction, months of one
    year, quarters, years, and counts that run from the beginning of the year (turned into windows by difference).
    Titles, notes, total rows and columns may stand around it. Months may be named in Spanish or English; totals are
    checked against their cells. What cannot be known is asked for, never guessed; what is assumed stands in the report.

    Parameters
    ----------
    path : str or path
    **options
        sheet, cells : str
            The sheet, and the block with the table and its headings, such as ``"A3:N20"``, where the file has several.
        take : str
            Heading of the column (label of the row, where time runs across) to take where there are several.
        where : mapping of str to str
            Rows of a long table to take, such as ``{"Sexo": "Total"}``.
        year : int
            The year of a table that names months only.
        day_first : bool
            Whether ``01/02/2020`` is 1 February; by default it is, and an error asks where the other order would make
            months of what this one makes days.
        thousands : {'.', ',', ' ', "'"}
            The sign between thousands, where the cells alone cannot tell.
        weeks : {'iso', 'epidemiological'}
            How numbered weeks are counted: Monday to Sunday, or Sunday to Saturday as health ministries of the Americas
            do. Only weeks written as ``2024-W05`` are known to be ISO weeks.
        dates : {'days', 'week-starts', 'week-ends', 'months', 'quarters', 'years'}
            What dates that lie apart stand for.
        cumulative : bool
            Whether counts run from the beginning of the year, where the table does not say.
        zeros : {'counted', 'unknown'}
            Whether zeros after the last count were counted, where all counts before them are far from 0.
        check_totals : bool, default True
            Whether a printed total that differs from its cells is an error; else the report lists it.
        measure, country, publisher, definition : str
            What the series is to be called.

    Returns
    -------
    CountsReading
        With ``series`` and ``report``.

    Raises
    ------
    DataError
        Naming file and cell, what was expected and what to do: a file that is broken, locked or beyond the stated
        limits, a cell that is no count, a total that differs, a table that can be read in two ways.
    SelectionError
        If an option names nothing that is there.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = pathlib.Path(folder.name, "homicidios.csv")
    >>> _ = file.write_text("Mes;2019;2020\nEnero;295;119\nFebrero;255;111\nTotal;550;230\n", encoding="utf-8")
    >>> reading = read_counts(file)
    >>> reading.series.total("2019-02"), len(reading.report.checks)
    (255, 2)
    >>> folder.cleanup()
    """
    asked = CountsSpecification(**options)
    source = find_source_file(path)
    form, grids = _read_grids(source, asked.sheet)
    if asked.cells is not None:
        block = parse_range(asked.cells)
        grids = tuple(grid.within(block) for grid in grids)
    axis, other_sheets = _find_table(grids, asked, source.name)
    if asked.day_first is None:
        refuse_either_order(axis)
    if asked.cumulative is not True:
        axis = settle_dates(axis, asked.dates)
    return _read_table(axis, asked, form, other_sheets)


def _read_grids(source: SourceFile, sheet: str | None) -> tuple[FileForm, tuple[Grid, ...]]:
    """Read the sheets, and refuse a file that has a reader of its own, however large it is."""
    try:
        form, grids = read_grids(source, sheet)
    except DataError as error:
        if is_unodc_file(source):
            raise unodc_advice(source.name) from error
        raise
    refuse_known_table(grids)
    return form, grids


def _find_table(grids: Sequence[Grid], asked: CountsSpecification, name: str) -> tuple[TimeAxis, tuple[LeftCells, ...]]:
    told = {"day_first": asked.day_first is not False, "has_weeks": asked.weeks is not None}
    found = [(grid, find_time_axis(grid, **told)) for grid in grids]
    if any(axis is not None and len(axis.rows) > 1 for _, axis in found):
        found = [(grid, axis if axis is not None and len(axis.rows) > 1 else None) for grid, axis in found]
    axes = [axis for _, axis in found if axis is not None]
    if not axes:
        texts = (value for grid in grids for value in grid.cells.values() if isinstance(value, str))
        months = misspelt_months(texts)
        labels = f"labels that look like misspelt months: {shown_months(months)}" if months else "none"
        raise DataError(
            f"{name}: expected dates, months or years beside counts, got {labels}; "
            f"{'correct them' if months else 'check the labels'}, or pass sheet= and "
            "cells= with the block that holds the table"
        )
    if len(axes) > 1:
        names = ", ".join(repr(axis.grid.sheet) for axis in axes)
        raise DataError(f"{name}: expected one sheet with dates, got {len(axes)} ({names}); pass sheet= with one")
    left = tuple(
        LeftCells(cells=f"sheet {grid.sheet}", text="", why="no dates, months or years in it, or a single one")
        for grid, axis in found
        if axis is None
    )
    return axes[0], left


def _read_table(
    axis: TimeAxis, asked: CountsSpecification, form: FileForm, other_sheets: tuple[LeftCells, ...]
) -> CountsReading:
    grid, described = axis.grid, describe_columns(axis)
    choice = choose_cells(axis, described, asked)
    refuse_unread_counts(choice, described)
    refuse_stacked_tables(choice, described)
    mixed = refuse_mixed_groups(choice, described, asked.where)
    if asked.take is None:
        refuse_rates(choice, described)
    totals = () if asked.where else find_totals(choice, described)
    numbers, used = _read_numbers(choice, totals, asked)
    counts = _in_order(choice, numbers)
    if asked.take is None:
        headings = [part for column in choice.columns for part in column.parts]
        refuse_inhabitants(axis, [*title_texts(axis), *headings], [one.value for one in counts])
    is_cumulative, why = decide_cumulative(
        grid, counts, asked=asked.cumulative, is_said=_says_cumulative(choice, described)
    )
    if not is_cumulative and asked.dates is None:
        refuse_dates_apart(axis)
    checks = check_totals(grid, totals, numbers.counts, is_strict=asked.check_totals and not is_cumulative)
    refuse_unfinished(choice, counts)
    refuse_parts_of_years(choice, counts)
    own = (windows_by_difference if is_cumulative else own_windows)(counts, grid)
    settled, zeros = settle_zeros(own, grid, asked.zeros)
    taken, blank = trim_blank(settled, grid)
    report = ReadingReport(
        file=grid.file,
        sheet=grid.sheet,
        form=form.words,
        layout=describe_layout(choice, is_cumulative=is_cumulative),
        taken=tuple(taken),
        left=(*blank, *left_cells(choice, described, used), *other_sheets, *form.left),
        checks=tuple(check for check in checks if check.agrees or not is_cumulative),
        guesses=(
            *(*form.guesses, *axis.guesses, *described.guesses, *choice.guesses),
            *(*mixed, *numbers.guesses, *why, *zeros, *name_gaps(taken)),
        ),
    )
    return CountsReading(series=make_series(taken, report.checks, asked), report=report)


def _read_numbers(
    choice: Choice, totals: Sequence[PrintedTotal], asked: CountsSpecification
) -> tuple[Numbers, set[Place]]:
    """Read the cells of the series and of its totals together; give them and the places that were read."""
    places = [(slot.row, slot.column) for slot in choice.slots]
    _refuse_merged(choice.axis.grid, places)
    places += [place for total in totals for place in (total.place, *(one for span in total.spans for one in span))]
    return read_counts_together(choice.axis.grid, list(dict.fromkeys(places)), asked.thousands), set(places)


def _in_order(choice: Choice, numbers: Numbers) -> list[ReadCount]:
    grid = choice.axis.grid
    counts = [
        ReadCount(
            place=(slot.row, slot.column),
            window=slot.window,
            since=slot.since,
            value=numbers.counts[slot.row, slot.column],
            text="" if (held := grid.at(slot.row, slot.column)) is None else str(held),
        )
        for slot in choice.slots
    ]
    return sorted(counts, key=lambda one: (one.window.end, one.window.start))


def _says_cumulative(choice: Choice, described: TableColumns) -> bool:
    """Whether a heading of the series or a title says so; a heading of another column speaks of that one only."""
    if any(column.role == "cumulative" for column in choice.columns):
        return True
    headings = {part for column in choice.columns for part in column.parts}
    elsewhere = {part for column in described.counts if column not in choice.columns for part in column.parts}
    titles = set(title_texts(choice.axis)) - (elsewhere - headings)
    return any(words.says_cumulative(text) for text in headings | titles)


def _refuse_merged(grid: Grid, places: Sequence[tuple[int, int]]) -> None:
    blocks = {(block.top, block.left): block for block in grid.merged}
    for row, column in places:
        block = blocks.get((row, column))
        if block is not None and (block.bottom > block.top or block.right > block.left):
            covered = grid.names(block.top, block.left, block.bottom, block.right)
            raise grid.fault(
                row, column, "a count of one window", f"{covered} are merged: split them and give each cell its count"
            )
