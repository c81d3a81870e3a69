"""Counted records by month and group: the window, the span of months, the table and what to say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.errors import DataError
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.record_swaps import DayCounts
from violence_stats.ingest.record_tally import Group, RecordsAsked
from violence_stats.ingest.report import LeftCells
from violence_stats.months import WindowLike, month_of, month_starts, months_between, parse_window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

_LONGEST_GAP_MONTHS = 24


def keep_window(counted: DayCounts, window: WindowLike | None) -> tuple[DayCounts, tuple[LeftCells, ...]]:
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


def span_months(counted: DayCounts, asked: RecordsAsked) -> list[date]:
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


def _days(counted: DayCounts) -> set[date]:
    return set().union(*counted.values())


def tabulate(counted: DayCounts, months: list[date], by: Group) -> pd.DataFrame:
    """Count by month (index) and group (columns); a month or group without a record counts 0."""
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


def total_series(table: pd.DataFrame, measure: str, notes: tuple[str, ...]) -> CountSeries:
    """Sum the groups of each month."""
    totals = table.to_numpy().sum(axis=1)
    observations = tuple(
        Observation(window=parse_window(month), value=float(total))
        for month, total in zip(table.index, totals, strict=True)
    )
    return CountSeries(observations=observations, measure=measure, notes=notes)


def edge_guesses(counted: DayCounts, months: list[date]) -> tuple[str, ...]:
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


def spelling_guesses(counted: DayCounts) -> tuple[str, ...]:
    """Name groups that differ only in capitals, accents or spaces; they are not joined."""
    spellings: dict[Group, list[str]] = defaultdict(list)
    for group in counted:
        spellings[tuple(fold(one) for one in group)].append(" / ".join(group))
    same = [" and ".join(map(repr, sorted(names))) for names in spellings.values() if len(names) > 1]
    if not same:
        return ()
    return (f"{len(same)} groups are spelt in several ways and counted apart: {'; '.join(same[:5])}",)
