"""Rows that the reference chain gains from figures that are added: windows that continue it, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from violence_stats.errors import SelectionError
from violence_stats.figures import Figure
from violence_stats.ledger.arithmetic import evaluate, parse_arithmetic
from violence_stats.ledger.cells import TableRow
from violence_stats.ledger.citing import count_windows, name_windows
from violence_stats.ledger.records import ChainLink
from violence_stats.ledger.sums import labels_of, window_left
from violence_stats.months import ONE_DAY

NEW = "NEW"
"""Stands for the id of the figure that is being added, where its arithmetic is given beforehand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What a chain gains.

    Attributes
    ----------
    before, after : tuple of dict
        Rows that come before its first and after its last window, in order of time.
    notes : tuple of str
        Which windows stay out and why, and where the chain changes what it counts.
    """

    before: tuple[TableRow, ...] = ()
    after: tuple[TableRow, ...] = ()
    notes: tuple[str, ...] = ()


def extend_chain(chain: Sequence[ChainLink], figures: Sequence[Figure]) -> Extension:
    """Let a chain take the figures whose windows continue it at either end.

    Parameters
    ----------
    chain : sequence of ChainLink
        In order of time; where it is empty, it takes the longest run of windows without a gap, the latest of equals.
    figures : sequence of Figure
        All of what the chain counts.
    """
    candidates = sorted((one for one in figures if one.status != "disputed"), key=lambda one: one.window)
    spans = [link.window for link in chain]
    known = [one for one in candidates if any(one.window.overlaps(span) for span in spans)]
    free = [one for one in candidates if one not in known]
    if chain:
        after = _run(free, chain[-1].window.end + ONE_DAY)
        before = _run_back(free, chain[0].window.start)
    else:
        before, after = [], max((_run(free, one.window.start) for one in free), key=_length, default=[])
    left = [one for one in free if one not in before and one not in after]
    return Extension(
        before=tuple(map(_row, before)),
        after=tuple(map(_row, after)),
        notes=(*_kept(known), *_apart(left), *_changes(chain, after)),
    )


def _run(figures: Sequence[Figure], due: date) -> list[Figure]:
    """Give figures that follow one another from a day on; of several that start together the shortest."""
    run: list[Figure] = []
    for one in figures:
        if one.window.start == due:
            run.append(one)
            due = one.window.end + ONE_DAY
    return run


def _run_back(figures: Sequence[Figure], first: date) -> list[Figure]:
    run: list[Figure] = []
    for one in sorted(figures, key=lambda one: (one.window.end, one.window.start), reverse=True):
        if one.window.end + ONE_DAY == first:
            run.insert(0, one)
            first = one.window.start
    return run


def _length(run: Sequence[Figure]) -> tuple[int, date]:
    return (run[-1].window.end - run[0].window.start).days, run[-1].window.end


def _kept(known: Sequence[Figure]) -> tuple[str, ...]:
    if not known:
        return ()
    windows = [one.window for one in known]
    return (
        f"the reference chain keeps what it has for {count_windows(windows)} ({name_windows(windows)}); to take a new "
        "figure instead, put its id into the row of chain.csv",
    )


def _apart(left: Sequence[Figure]) -> tuple[str, ...]:
    if not left:
        return ()
    windows = [one.window for one in left]
    return (
        f"the reference chain has no gap, so {count_windows(windows)} stay{'s' * (len(left) == 1)} out of it "
        f"({name_windows(windows)}); add the days between, then their rows to chain.csv",
    )


def _changes(chain: Sequence[ChainLink], after: Sequence[Figure]) -> tuple[str, ...]:
    """Say where the chain goes on with another publisher or another definition."""
    labels = [(one.window, one.publisher, one.definition) for one in chain[-1:]]
    labels += [(one.window, one.publisher, one.definition) for one in after]
    notes = []
    for (_, publisher, definition), (window, next_publisher, next_definition) in pairwise(labels):
        if (publisher, definition) != (next_publisher, next_definition):
            notes.append(
                f"from {window} on the reference chain counts as {next_publisher} {next_definition}".rstrip()
                + f", until then as {publisher} {definition}".rstrip()
            )
    return tuple(notes)


def _row(figure: Figure) -> TableRow:
    return {
        "start": figure.window.start.isoformat(),
        "end": figure.window.end.isoformat(),
        "value": str(figure.value),
        "status": figure.status,
        "publisher": figure.publisher,
        "definition": figure.definition,
        "figures": figure.figure_id,
    }


def arithmetic_row(arithmetic: str, figures: Mapping[str, Figure]) -> TableRow:
    """Make the row of a window that no one published from arithmetic on figures.

    Parameters
    ----------
    arithmetic : str
        Such as ``F0012 - F0011``.
    figures : mapping of str to Figure
        By id.

    Raises
    ------
    DataError
        If the text is no arithmetic, or names a figure that is not there.
    SelectionError
        If the days, added and subtracted alike, give no window.
    """
    terms = parse_arithmetic(arithmetic)
    value = evaluate(terms, {figure_id: one.value for figure_id, one in figures.items()})
    inputs = [figures[figure_id] for _, figure_id in terms]
    signed = [(sign, figures[figure_id].window) for sign, figure_id in terms]
    window = window_left(signed)
    if window is None:
        raise SelectionError(
            f"arithmetic={arithmetic!r}: expected figures whose days, added and subtracted alike, give one window, got "
            + " ".join(f"{'+' if sign > 0 else '-'} {one}" for sign, one in signed)
        )
    return {
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "value": str(value),
        **labels_of(inputs),
        "figures": arithmetic,
    }
