"""Counts that run from the beginning of the year, turned into windows by difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from violence_stats.errors import DataError
from violence_stats.ingest.grid import Grid
from violence_stats.ingest.report import TakenCells
from violence_stats.ingest.thousands import Place
from violence_stats.months import ONE_DAY, Window

_TELLING = 6
"""So many counts of a year that never fall cannot be chance: 1 order in 720."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCount:
    """A count as it stands in its cell, before any difference is taken.

    Attributes
    ----------
    since : datetime.date
        The first day of its year, from which the count runs if it is cumulative.
    """

    place: Place
    window: Window
    value: int | None
    text: str
    since: date


def decide_cumulative(
    grid: Grid, counts: Sequence[ReadCount], *, asked: bool | None, is_said: bool
) -> tuple[bool, tuple[str, ...]]:
    """Tell whether counts run from the beginning of the year.

    Parameters
    ----------
    counts : sequence of ReadCount
        In order of time.
    asked : bool or None
        What the caller says.
    is_said : bool
        Whether a title or heading says so.

    Raises
    ------
    DataError
        If no word says so but the counts of every year never fall.
    """
    if asked is not None:
        return asked, ()
    if _are_nested(counts):
        return True, ("windows that all begin on the same day are read as counts since that day",)
    if is_said:
        return True, ("a title or heading says that counts run from the beginning of the year",)
    years = [[one for one in year if one.value is not None] for year in _by_year(counts)]
    telling = [year for year in years if len(year) >= _TELLING]
    climbing = [year for year in telling if _never_falls(year)]
    if telling and len(climbing) == len(telling):
        first, last = climbing[0][0], climbing[0][-1]
        raise DataError(
            f"{grid.where}: counts never fall from {grid.name(*first.place)} ({first.value}) to "
            f"{grid.name(*last.place)} ({last.value}); expected to know whether they run from the beginning of the "
            "year: pass cumulative=True if they do, cumulative=False if each stands for its own month"
        )
    return False, ()


def _are_nested(counts: Sequence[ReadCount]) -> bool:
    per_year = [[one.window for one in year] for year in _by_year(counts)]
    overlapping = any(before.overlaps(after) for year in per_year for before, after in pairwise(year))
    return overlapping and all(len({window.start for window in year}) == 1 for year in per_year)


def _by_year(counts: Sequence[ReadCount]) -> list[list[ReadCount]]:
    return [list(year) for _, year in groupby(counts, key=lambda one: one.since)]


def _never_falls(year: Sequence[ReadCount]) -> bool:
    values = [one.value or 0 for one in year]
    return all(before <= after for before, after in pairwise(values)) and values[0] < values[-1]


def own_windows(counts: Sequence[ReadCount], grid: Grid) -> list[TakenCells]:
    """Give each count for the window that its labels name.

    Raises
    ------
    DataError
        If two windows overlap; the message names both cells.
    """
    for before, after in pairwise(counts):
        if before.window.overlaps(after.window):
            raise DataError(
                f"{grid.where}: expected windows that do not overlap, got {before.window} in "
                f"{grid.name(*before.place)} and {after.window} in {grid.name(*after.place)}; "
                "pass cells= with one table"
            )
    return [
        TakenCells(window=one.window, value=one.value, cells=grid.name(*one.place), text=one.text) for one in counts
    ]


def windows_by_difference(counts: Sequence[ReadCount], grid: Grid) -> list[TakenCells]:
    """Turn counts since the beginning of the year into counts of the windows between them.

    One that is not known lengthens the next.

    Raises
    ------
    DataError
        If a count falls within a year; the message names both cells.
    """
    taken: list[TakenCells] = []
    for year in _by_year(counts):
        before: ReadCount | None = None
        for one in year:
            if one.value is None:
                continue
            taken.append(_difference(before, one, grid))
            before = one
    return taken


def _difference(before: ReadCount | None, one: ReadCount, grid: Grid) -> TakenCells:
    name, value = grid.name(*one.place), one.value or 0
    if before is None:
        window = Window(one.since, one.window.end)
        return TakenCells(window=window, value=value, cells=name, text=one.text)
    change = value - (before.value or 0)
    other = grid.name(*before.place)
    if change < 0:
        raise DataError(
            f"{grid.where}: expected counts from the beginning of the year never to fall, got {before.value:,} to "
            f"{before.window.end.isoformat()} in {other} and {value:,} to {one.window.end.isoformat()} in {name}; "
            "correct the cell, or pass cumulative=False if each stands for its own month"
        )
    window = Window(before.window.end + ONE_DAY, one.window.end)
    return TakenCells(window=window, value=change, cells=f"{name} - {other}", text=f"{one.text} - {before.text}")
