"""Counts that were read, as a series, and the words that describe them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from violence_stats.errors import DataError
from violence_stats.ingest.choosing import Choice
from violence_stats.ingest.grid import Grid
from violence_stats.ingest.options import CountsSpecification
from violence_stats.ingest.report import LeftCells, TakenCells, TotalCheck
from violence_stats.months import Frequency
from violence_stats.observations import Observation
from violence_stats.series import CountSeries


def trim_blank(taken: Sequence[TakenCells], grid: Grid) -> tuple[list[TakenCells], tuple[LeftCells, ...]]:
    """Leave out windows before the first and after the last that is known; say which cells those are.

    Raises
    ------
    DataError
        If no window has a count that is known.
    """
    known = [place for place, one in enumerate(taken) if one.value is not None]
    if not known:
        raise DataError(
            f"{grid.where}: expected at least one count beside the dates, got blank cells only; pass cells= with others"
        )
    left = tuple(
        LeftCells(
            cells=", ".join(one.cells for one in run),
            text=" | ".join(dict.fromkeys(one.text for one in run if one.text)),
            why=f"blank {where} count",
        )
        for run, where in ((taken[: known[0]], "before the first"), (taken[known[-1] + 1 :], "after the last"))
        if run
    )
    return list(taken[known[0] : known[-1] + 1]), left


def name_gaps(taken: Sequence[TakenCells]) -> tuple[str, ...]:
    """Say where days lie between two windows that no label covers."""
    gaps = [
        f"{before.window} and {after.window}"
        for before, after in pairwise(taken)
        if (after.window.start - before.window.end).days > 1
    ]
    if not gaps:
        return ()
    return (f"days that no label covers stay unknown: {len(gaps)} gaps, the first between {gaps[0]}",)


def describe_layout(choice: Choice, *, is_cumulative: bool) -> str:
    """Say how the table lies in its sheet."""
    axis = choice.axis
    labels = axis.grid.names(axis.first_row, axis.column, axis.last_row, axis.column)
    kinds = {
        "month": "months",
        "span": "dated windows",
        "day": "days",
        "part": "parts of a year",
        "year": "years",
        "week": "numbered weeks",
    }
    direction = "across" if axis.grid.is_turned else "down"
    words_for = [f"{kinds[axis.kind]} {direction} in {labels}"]
    years = [column.year for column in choice.columns if column.year is not None]
    if years:
        words_for.append(f"years {min(years)} to {max(years)} {'down' if axis.grid.is_turned else 'across'}")
    if any(column.day is not None for column in choice.columns):
        words_for.append(f"days of the month {'down' if axis.grid.is_turned else 'across'}")
    if is_cumulative:
        words_for.append("counts from the beginning of the year, turned into windows by difference")
    return "; ".join(words_for)


def make_series(taken: Sequence[TakenCells], checks: Sequence[TotalCheck], asked: CountsSpecification) -> CountSeries:
    """Make the series; a printed total that differs is a note that goes with every result."""
    observations = tuple(
        Observation(
            window=one.window,
            value=float("nan") if one.value is None else one.value,
            publisher=asked.publisher,
            definition=asked.definition,
        )
        for one in taken
    )
    notes = tuple(
        f"{check.cell} prints {check.printed:,}, but {check.summed_cells} sum to {check.summed:,}"
        for check in checks
        if not check.agrees
    )
    return CountSeries(
        observations=observations,
        country=asked.country,
        measure=asked.measure,
        frequency=_frequency(taken),
        notes=notes,
    )


def _frequency(taken: Sequence[TakenCells]) -> Frequency:
    lengths = {len(one.window.months) if one.window.is_whole_months else 0 for one in taken}
    if lengths == {12} and all(one.window.start.month == 1 for one in taken):
        return "Y"
    if lengths == {3} and all(one.window.start.month % 3 == 1 for one in taken):
        return "Q"
    return "M"
