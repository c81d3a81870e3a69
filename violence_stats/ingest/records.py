"""One row a victim: counted by month and by any column."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import pandas as pd

from violence_stats.errors import SelectionError
from violence_stats.ingest.record_dates import DateColumn
from violence_stats.ingest.record_months import (
    edge_guesses,
    keep_window,
    span_months,
    spelling_guesses,
    tabulate,
    total_series,
)
from violence_stats.ingest.record_options import RecordsOptions, RecordsSpecification
from violence_stats.ingest.record_swaps import settle_days, swap_guesses
from violence_stats.ingest.record_tally import RecordsAsked, tally_records, unreadable
from violence_stats.ingest.report import ReadingReport, TakenCells
from violence_stats.ingest.source_file import find_source_file
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordsReading:
    """Records counted by month and group.

    Attributes
    ----------
    series : CountSeries
        All records that were counted, by month; a month without a record between others counts 0.
    table : pandas.DataFrame
        Index the months (PeriodIndex), one column a group (``count`` where records are not grouped; a MultiIndex where
        they are grouped by several columns).
    """

    series: CountSeries
    table: pd.DataFrame
    report: ReadingReport

    def group(self, *values: str) -> CountSeries:
        """Give the series of one group.

        Parameters
        ----------
        *values : str
            What the columns that records are grouped by say, in their order.

        Raises
        ------
        SelectionError
            If no record is in the group.
        """
        key: Any = values[0] if len(values) == 1 else values
        if key not in self.table.columns:
            known = ", ".join(repr(one) for one in list(self.table.columns)[:12])
            raise SelectionError(f"no records with {key!r}: expected one of {known}")
        return CountSeries.from_monthly(self.table[key], measure=self.series.measure)

    def summary(self) -> str:
        """Say what the series covers and how it was read."""
        return self.series.summary() + self.report.summary()

    def to_frame(self) -> pd.DataFrame:
        """Give the counts by month and group."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give series, groups and report as plain values that JSON can hold."""
        groups = [
            {"group": list(key) if isinstance(key, tuple) else [key], "counts": [int(one) for one in self.table[key]]}
            for key in self.table.columns
        ]
        return {"series": self.series.to_dict(), "groups": groups, "report": self.report.to_dict()}


def read_records(
    path: str | os.PathLike[str], *, date: str, by: str | Sequence[str] = (), **options: Unpack[RecordsOptions]
) -> RecordsReading:
    r"""Count a table of one row a victim by month, and by municipality, weapon or any other column.

    Rows whose date does not read are counted, listed in the report and kept out. Text files are streamed: memory does
    not grow with their length.

    Parameters
    ----------
    date : str
        Heading of the column of dates.
    by : str or sequence of str, optional
        Headings of the columns to group by.
    **options
        sheet : str
            The sheet, where several have these headings.
        day_first : bool, default True
            Whether ``01/02/2020`` is 1 February.
        repair_swapped : bool
            True reads a date that only exists with day and month the other way round that way, and swaps the date cells
            of a spreadsheet program that swapped what it could (all on days 1 to 12, beside texts of later days). By
            default the first are kept out and listed, and the second is an error that asks.
        window : WindowLike
            Count only these days, both ends INCLUSIVE; the report lists by month how many records lie outside.
        count : str
            Heading of the column that says how many victims a row stands for; blank to count rows. By default each row
            is one, and a column such as ``Cantidad`` that says otherwise is an error that asks.
        measure : str
            What the series is to be called.

    Returns
    -------
    RecordsReading
        With ``series``, ``table`` and ``report``.

    Raises
    ------
    DataError
        If the file cannot be read, most dates do not read, dates lie years apart from all others, or rows stand for
        several victims and `count` does not say what to do.
    SelectionError
        If no row has the headings asked for.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = pathlib.Path(folder.name, "victimas.csv")
    >>> _ = file.write_text("Fecha,Arma\n05/01/2020,Fuego\n17/01/2020,Blanca\nsin dato,Fuego\n", encoding="utf-8")
    >>> reading = read_records(file, date="fecha", by="arma")
    >>> reading.series.total("2020-01"), reading.report.kept_out[0].row
    (2, 4)
    >>> folder.cleanup()
    """
    names = (by,) if isinstance(by, str) else tuple(by)
    given = RecordsSpecification(**options)
    asked = RecordsAsked(source=find_source_file(path), sheet=given.sheet, date=date, by=names, count=given.count)
    tally = tally_records(asked, DateColumn(day_first=given.day_first))
    counted, kept_out = settle_days(tally, asked, day_first=given.day_first, repair=given.repair_swapped)
    if 2 * len(kept_out) > tally.n_rows or not counted:
        raise unreadable(kept_out, tally.n_rows, asked.where)
    inside, outside = keep_window(counted, given.window)
    months = span_months(inside, asked)
    table = tabulate(inside, months, names)
    told = swap_guesses(tally, repair=given.repair_swapped)
    series = total_series(table, given.measure, told)
    report = ReadingReport(
        file=asked.source.name,
        sheet=tally.sheet,
        form=tally.form.words,
        layout=f"one row a record; dates in column {date!r}"
        + (f", by {', '.join(names)}" if names else "")
        + (f", as many victims as {given.count!r} says" if given.count else ""),
        taken=tuple(
            TakenCells(window=one.window, value=one.value, cells=f"column {date}", text="")
            for one in series.observations
        ),
        left=(*outside, *tally.other_sheets, *tally.form.left),
        guesses=(*tally.form.guesses, *told, *edge_guesses(inside, months), *spelling_guesses(inside)),
        n_rows=tally.n_rows,
        n_counted=tally.n_rows - len(kept_out) if given.count else int(table.to_numpy().sum()),
        kept_out=tuple(kept_out),
    )
    return RecordsReading(series=series, table=table, report=report)
