"""One row a victim: counted by month and by any column."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  `date` is the parameter that names the column
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.record_dates import DateColumn
from violence_stats.ingest.record_swaps import DayCounts, settle_days, swap_guesses
from violence_stats.ingest.record_tally import Group, RecordsAsked, tally_records, unreadable
from violence_stats.ingest.report import LeftCells, ReadingReport, TakenCells
from violence_stats.ingest.source_file import find_source_file
from violence_stats.months import WindowLike, month_of, month_starts, months_between, parse_window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

_LONGEST_GAP_MONTHS = 24


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
    path: str | os.PathLike[str],
    *,
    date: str,
    by: str | Sequence[str] = (),
    sheet: str | None = None,
    day_first: bool = True,
    repair_swapped: bool | None = None,
    window: WindowLike | None = None,
    measure: str = "counts",
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
    sheet : str, optional
        The sheet, where several have these headings.
    day_first : bool, default True
        Whether ``01/02/2020`` is 1 February.
    repair_swapped : bool, optional
        True reads a date that only exists with day and month the other way round that way, and swaps the date cells of
        a spreadsheet program that swapped what it could (all on days 1 to 12, beside texts of later days). By default
        the first are kept out and listed, and the second is an error that asks.
    window : WindowLike, optional
        Count only these days, both ends INCLUSIVE; the report lists by month how many records lie outside.

    Returns
    -------
    RecordsReading
        With ``series``, ``table`` and ``report``.

    Raises
    ------
    DataError
        If the file cannot be read, most dates do not read, or dates lie years apart from all others.
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
    asked = RecordsAsked(source=find_source_file(path), sheet=sheet, date=date, by=names)
    tally = tally_records(asked, DateColumn(day_first=day_first))
    counted, kept_out = settle_days(tally, asked, day_first=day_first, repair=repair_swapped)
    if 2 * len(kept_out) > tally.n_rows or not counted:
        raise unreadable(kept_out, tally.n_rows, asked.where)
    inside, outside = _inside(counted, window)
    months = _months(inside, asked)
    table = _table(inside, months, names)
    told = swap_guesses(tally, repair=repair_swapped)
    series = _series(table, measure, told)
    report = ReadingReport(
        file=asked.source.name,
        sheet=tally.sheet,
        form=tally.form.words,
        layout=f"one row a record; dates in column {date!r}" + (f", by {', '.join(names)}" if names else ""),
        taken=tuple(
            TakenCells(window=one.window, value=one.value, cells=f"column {date}", text="")
            for one in series.observations
        ),
        left=(*outside, *tally.other_sheets, *tally.form.left),
        guesses=(*tally.form.guesses, *told, *_edge_guesses(inside, months), *_spelling_guesses(inside)),
        n_rows=tally.n_rows,
        n_counted=int(table.to_numpy().sum()),
        kept_out=tuple(kept_out),
    )
    return RecordsReading(series=series, table=table, report=report)


def _inside(counted: DayCounts, window: WindowLike | None) -> tuple[DayCounts, tuple[LeftCells, ...]]:
    """Keep the days of the window asked for; say how many records of each month lie outside."""
    if window is None:
        return counted, ()
    span = parse_window(window)
    inside: DayCounts = {}
    outside: Counter[str] = Counter()
    for group, days in counted.items():
        for day, n_rows in days.items():
            if span.start <= day <= span.end:
                inside.setdefault(group, Counter())[day] += n_rows
            else:
                outside[f"{day:%Y-%m}"] += n_rows
    if not inside:
        raise DataError(f"window {span}: expected records in it, got none; the first are of {min(outside)}")
    left = (
        LeftCells(cells=f"{n_rows:,} records of {month}", text="", why=f"outside the window {span}")
        for month, n_rows in sorted(outside.items())
    )
    return inside, tuple(left)


def _months(counted: DayCounts, asked: RecordsAsked) -> list[Date]:
    """List the months from the first record to the last.

    Raises
    ------
    DataError
        If records lie years apart: a mistyped year would make a series of empty months.
    """
    seen = sorted({month_of(day) for day in _days(counted)})
    for before, after in pairwise(seen):
        if months_between(before, after) > _LONGEST_GAP_MONTHS:
            raise DataError(
                f"{asked.where}: expected records at most {_LONGEST_GAP_MONTHS} months apart, got "
                f"some of {before:%Y-%m} and the next of {after:%Y-%m}; correct the years, or pass "
                'window= with the days to count, such as window=("2015-01", "2020-12")'
            )
    return month_starts(seen[0], seen[-1])


def _days(counted: DayCounts) -> set[Date]:
    return set().union(*counted.values())


def _table(counted: DayCounts, months: list[Date], by: Group) -> pd.DataFrame:
    place_of_month = {month: row for row, month in enumerate(months)}
    place = {day: place_of_month[month_of(day)] for day in _days(counted)}
    groups = sorted(counted)
    counts = np.zeros((len(months), len(groups)), dtype=np.int64)
    for column, group in enumerate(groups):
        for day, n_rows in counted[group].items():
            counts[place[day], column] += n_rows
    index = pd.PeriodIndex([pd.Period(month, freq="M") for month in months], freq="M", name="month")
    columns: pd.Index[Any]
    if not by:
        columns = pd.Index(["count"])
    elif len(by) == 1:
        columns = pd.Index([group[0] for group in groups], name=by[0])
    else:
        columns = pd.MultiIndex.from_tuples(groups, names=list(by))
    return pd.DataFrame(counts, index=index, columns=columns)


def _series(table: pd.DataFrame, measure: str, notes: tuple[str, ...]) -> CountSeries:
    totals = table.to_numpy().sum(axis=1)
    observations = tuple(
        Observation(window=parse_window(month), value=float(total))
        for month, total in zip(table.index, totals, strict=True)
    )
    return CountSeries(observations=observations, measure=measure, notes=notes)


def _edge_guesses(counted: DayCounts, months: list[Date]) -> tuple[str, ...]:
    """Say where the first and last month may not be whole, and which months between count 0."""
    days = _days(counted)
    first, last = min(days), max(days)
    guesses = [
        f"the first record is of {first.isoformat()}, the last of {last.isoformat()}: both months count as whole"
    ]
    empty = sorted(set(months) - {month_of(day) for day in days})
    if empty:
        named = ", ".join(f"{month:%Y-%m}" for month in empty[:12])
        guesses.append(f"{len(empty)} months without a record count 0: {named}")
    return tuple(guesses)


def _spelling_guesses(counted: DayCounts) -> tuple[str, ...]:
    """Name groups that differ only in capitals, accents or spaces; they are not joined."""
    spellings: dict[Group, list[str]] = defaultdict(list)
    for group in counted:
        spellings[tuple(fold(one) for one in group)].append(" / ".join(group))
    same = [" and ".join(map(repr, sorted(names))) for names in spellings.values() if len(names) > 1]
    if not same:
        return ()
    return (f"{len(same)} groups are spelt in several ways and counted apart: {'; '.join(same[:5])}",)
