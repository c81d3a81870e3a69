"""A table of inhabitants by year, long or with the years across."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import title_words, words
from violence_stats.ingest.axis import TimeAxis, find_time_axis
from violence_stats.ingest.choosing import title_texts
from violence_stats.ingest.columns import Column, describe_columns
from violence_stats.ingest.grid import Grid, parse_range
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.report import LeftCells, ReadingReport, TakenCells
from violence_stats.ingest.sheets import FileForm, read_grids
from violence_stats.ingest.source_file import find_source_file
from violence_stats.ingest.thousands import ThousandsSign, is_blank, looks_like_number, read_counts_together
from violence_stats.months import parse_window
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PopulationReading:
    """Inhabitants by year, with the report of how they were read.

    Attributes
    ----------
    series : pandas.Series
        Index the years (int), as `load_population` gives and `CountSeries.rate` takes.
    """

    series: pd.Series[Any]
    report: ReadingReport

    def as_counts(self, *, last: int | None = None) -> CountSeries:
        """Give the inhabitants as a series of yearly windows, such as `draw_text_chart` takes.

        Parameters
        ----------
        last : int, optional
            Only so many of the latest years.
        """
        years = self.series if last is None else self.series.iloc[-last:]
        index = pd.PeriodIndex([pd.Period(year=int(year), freq="Y") for year in years.index], freq="Y")
        values = pd.Series(years.to_numpy(), index=index)
        return CountSeries.from_periods(values, measure="population", allow_missing=True)

    def summary(self) -> str:
        """Say which years are known and how they were read."""
        return (
            f"population: {len(self.series)} years, {self.series.index.min()} to {self.series.index.max()}\n"
            + self.report.summary()
        )

    def to_frame(self) -> pd.DataFrame:
        """Give one row a year: year, population."""
        return self.series.reset_index()

    def to_dict(self) -> dict[str, Any]:
        """Give years and report as plain values that JSON can hold."""
        years = {str(year): int(number) for year, number in self.series.items()}
        return {"population": years, "report": self.report.to_dict()}


def read_population(
    path: str | os.PathLike[str],
    *,
    country: str | None = None,
    sheet: str | None = None,
    cells: str | None = None,
    thousands: ThousandsSign | None = None,
) -> PopulationReading:
    r"""Read inhabitants by year from a table with one row a year, or one column a year as the World Bank gives it.

    Parameters
    ----------
    country : str, optional
        Code or name of the row or rows to take, where the table has several countries or regions.
    sheet, cells : str, optional
        The sheet, and the block with the table and its headings.
    thousands : {'.', ',', ' ', "'"}, optional
        The sign between thousands, where the cells alone cannot tell.

    Raises
    ------
    DataError
        Naming the cell at fault: no number, a year given twice, several countries and none named.
    SelectionError
        If no row or column is called `country`.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = pathlib.Path(folder.name, "pop.csv")
    >>> _ = file.write_text("Country Name,Country Code,2019,2020\nAtlantis,ATL,1000500,1010200\n", encoding="utf-8")
    >>> int(read_population(file, country="ATL").series.loc[2020])
    1010200
    >>> folder.cleanup()
    """
    source = find_source_file(path)
    form, grids = read_grids(source, sheet)
    if cells is not None:
        block = parse_range(cells)
        grids = tuple(grid.within(block) for grid in grids)
    if country is not None:
        grids = tuple(_rows_of(grid, country) for grid in grids)
    axes = [axis for grid in grids if (axis := find_time_axis(grid)) is not None and axis.kind == "year"]
    if len(axes) != 1:
        raise DataError(
            f"{source.name}: expected years, each once, beside inhabitants in one sheet, got {len(axes)} such sheets; "
            "pass country= where the table holds several, sheet= or cells="
        )
    return _read(axes[0], country, thousands, form)


def _rows_of(grid: Grid, country: str) -> Grid:
    """Where several rows are the country's, keep them and the rows that hold no number: titles and headings."""
    wanted = fold(country)
    own = {row for (row, _), value in grid.cells.items() if isinstance(value, str) and fold(value) == wanted}
    if len(own) < 2:
        return grid
    counted = {row for (row, _), value in grid.cells.items() if looks_like_number(value)}
    return replace(
        grid, cells={place: value for place, value in grid.cells.items() if place[0] in own or place[0] not in counted}
    )


def _read(axis: TimeAxis, country: str | None, thousands: ThousandsSign | None, form: FileForm) -> PopulationReading:
    grid = axis.grid
    column = _choose(axis, country)
    _refuse_thousands(axis, column)
    rows = [row for row in axis.rows if not is_blank(grid.at(row, column.index))]
    numbers = read_counts_together(grid, [(row, column.index) for row in rows], thousands)
    taken: list[TakenCells] = []
    for row in rows:
        number = numbers.counts[row, column.index]
        if not number:
            raise grid.fault(row, column.index, "inhabitants, more than 0", "correct it or leave it blank")
        taken.append(
            TakenCells(
                window=parse_window(str(axis.rows[row].year)),
                value=number,
                cells=grid.name(row, column.index),
                text=str(grid.at(row, column.index)),
            )
        )
    if not taken:
        raise DataError(f"{grid.where}: expected inhabitants beside the years, got blank cells only; pass country=")
    taken.sort(key=lambda one: one.window)
    blank = [grid.name(row, column.index) for row in axis.rows if row not in rows]
    report = ReadingReport(
        file=grid.file,
        sheet=grid.sheet,
        form=form.words,
        layout=f"years {'across' if grid.is_turned else 'down'}; inhabitants of {column.name!r}",
        taken=tuple(taken),
        left=(LeftCells(cells=", ".join(blank), text="", why="blank"), *form.left) if blank else form.left,
        guesses=(*form.guesses, *axis.guesses, *numbers.guesses),
    )
    years = pd.Index([one.window.start.year for one in taken], name="year", dtype="int64")
    values = [int(one.value or 0) for one in taken]
    return PopulationReading(series=pd.Series(values, index=years, name="population", dtype="int64"), report=report)


def _refuse_thousands(axis: TimeAxis, column: Column) -> None:
    """Refuse inhabitants counted in thousands or millions: rates would be as many times too high."""
    titles = (text for text in (*title_texts(axis), *column.parts) if title_words.says_thousands(text))
    said = next(titles, None)
    if said is not None:
        raise DataError(
            f"{axis.grid.where}: expected inhabitants one by one, got {said[:80]!r}; give a table of whole numbers, or "
            "pass cells= with a block without that text if it speaks of something else"
        )


def _choose(axis: TimeAxis, country: str | None) -> Column:
    counting = [one for one in describe_columns(axis).counts if not words.says_code(one.name)]
    named = [one for one in counting if country is not None and one.answers_to(country)]
    if len(named) == 1:
        return named[0]
    if country is not None and not axis.grid.is_turned and _all_rows_name(axis, country):
        named = counting
    chosen = named if country is not None else counting
    inhabited = [one for one in chosen if words.says_population(one.name)]
    found = inhabited if len(chosen) > 1 else chosen
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(one.name[:40]) for one in counting[:12])
    if country is not None and not chosen:
        raise SelectionError(
            f"country={country!r} is not in {axis.grid.where}: expected one of {names}, or none where the table is of "
            "one country"
        )
    raise DataError(
        f"{axis.grid.where}: expected one column or row of inhabitants, got {len(chosen)} ({names}); pass country= "
        "with one of them, or cells= with one and its years"
    )


def _all_rows_name(axis: TimeAxis, country: str) -> bool:
    wanted = fold(country)
    named = {row for (row, _), value in axis.grid.cells.items() if isinstance(value, str) and fold(value) == wanted}
    return all(row in named for row in axis.rows)
