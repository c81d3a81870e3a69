"""The reference chain: no gap, no overlap, and arithmetic that comes out in value, window and label."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from violence_stats.errors import DataError
from violence_stats.figures import Figure
from violence_stats.ledger.arithmetic import parse_arithmetic
from violence_stats.ledger.checks.subject import CHAIN, Subject
from violence_stats.ledger.faults import Check, Fault
from violence_stats.ledger.records import ChainLink
from violence_stats.ledger.sums import labels_of, window_left
from violence_stats.months import ONE_DAY

_Inputs: TypeAlias = tuple[tuple[int, Figure], ...]


def find_broken_chain(subject: Subject) -> Iterator[Fault]:
    """Find days that the chain leaves out, counts twice, or has out of order; rows that cannot be read are no gap."""
    for (line_before, before), (line, after) in pairwise(subject.links):
        due = before.window.end + ONE_DAY
        if line > line_before + 1:
            continue
        if after.window.start > due:
            yield _fault(
                "chain",
                line,
                f"expected a window that starts on {due.isoformat()}, got {after.window.start.isoformat()}: the days "
                "between are in no window; add their row",
            )
        elif after.window.start < due:
            yield _fault(
                "chain",
                line,
                f"expected a window that starts on {due.isoformat()}, got {after.window.start.isoformat()}: it "
                f"overlaps {before.window} or is out of order; correct its dates or move it",
            )


def find_wrong_arithmetic(subject: Subject) -> Iterator[Fault]:
    """Find links whose figures do not exist, are disputed, or do not give the link's value, window and labels."""
    figures = {figure.figure_id: figure for _, figure in subject.figures}
    unread = subject.unread_ids()
    for line, link in subject.links:
        try:
            terms = parse_arithmetic(link.arithmetic)
        except DataError as error:
            yield _fault("arithmetic", line, str(error))
            continue
        unknown = [figure_id for _, figure_id in terms if figure_id not in figures and figure_id not in unread]
        if unknown:
            yield _fault(
                "arithmetic",
                line,
                f"expected figures that figures.csv has, got {' '.join(unknown)}; add their rows or correct the ids",
            )
        elif all(figure_id in figures for _, figure_id in terms):
            inputs = tuple((sign, figures[figure_id]) for sign, figure_id in terms)
            yield from (_fault("arithmetic", line, what) for what in _what_is_wrong(subject, link, inputs))


def _what_is_wrong(subject: Subject, link: ChainLink, inputs: _Inputs) -> Iterator[str]:
    total = sum(sign * figure.value for sign, figure in inputs)
    if total != link.value:
        yield f"{link.arithmetic} comes out at {total}, but value is {link.value}; correct one of them"
    if window_left((sign, figure.window) for sign, figure in inputs) != link.window:
        windows = " ".join(f"{'+' if sign > 0 else '-'} {figure.window}" for sign, figure in inputs)
        yield f"the windows of {link.arithmetic} ({windows}) do not give {link.window}; choose figures whose days do"
    for _, figure in inputs:
        if figure.status == "disputed":
            yield f"{figure.figure_id} is disputed and cannot carry the chain; choose another figure"
        if not _is_counted(subject, figure):
            yield f"{figure.figure_id} counts {figure.measure} in {figure.country} {figure.area}".rstrip() + (
                ", not what the case's chain counts; choose another figure"
            )
    for name, label in labels_of([figure for _, figure in inputs]).items():
        if getattr(link, name) != label:
            yield f"column {name}: the figures that enter give {label!r}, got {getattr(link, name)!r}; correct it"


def _is_counted(subject: Subject, figure: Figure) -> bool:
    counted = subject.settings
    return counted is None or (figure.country, figure.measure, figure.area) == (counted.country, counted.measure, "")


def _fault(check: Check, line: int, message: str) -> Fault:
    return Fault(check=check, file=CHAIN, row=line, message=message)
