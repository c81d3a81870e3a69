"""Figures of one publisher for one window: written down twice, tied for the latest, or too far apart for a revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from violence_stats.figures import Figure
from violence_stats.ledger.checks.subject import FIGURES, Subject
from violence_stats.ledger.faults import Fault

MAX_REVISION = 0.10
"""Share by which two vintages may differ: first releases of police counts run up to 2% low, recounts a few percent."""

MIN_DIFFERENCE = 10
"""Counts by which they may always differ, so that small windows raise no alarm."""

_Numbered: TypeAlias = tuple[int, Figure]


def find_duplicate_figures(subject: Subject) -> Iterator[Fault]:
    """Find figures that one document gives twice: the same count over the same window."""
    first: dict[tuple[object, ...], _Numbered] = {}
    for line, figure in subject.figures:
        printed = (*_count_of(figure), figure.value, figure.source_id)
        first_line, same = first.setdefault(printed, (line, figure))
        if same is not figure:
            yield Fault(
                check="duplicate-figure",
                file=FIGURES,
                row=line,
                message=f"{figure.figure_id} repeats {same.figure_id} on line {first_line}, from the same document; "
                "expected one row for one figure of one document; remove one",
                ids=(same.figure_id, figure.figure_id),
            )


def find_tied_figures(subject: Subject) -> Iterator[Fault]:
    """Find windows whose latest figures, reported on the same day, differ: nothing says which of them holds."""
    for vintages in _windows(subject):
        latest = [one for one in vintages if _known(one[1]) == _known(vintages[-1][1])]
        if len({figure.value for _, figure in latest}) > 1:
            ids = tuple(sorted(figure.figure_id for _, figure in latest))
            values = " and ".join(str(figure.value) for _, figure in latest)
            yield Fault(
                check="tie",
                file=FIGURES,
                row=latest[-1][0],
                message=f"{' '.join(ids)}: expected one latest figure for {_words(latest[0][1])}, got {values} with "
                "the same date of report; date them more exactly, mark the wrong one disputed, or accept them in "
                "known_conflicts.csv",
                ids=ids,
            )


def find_distant_vintages(subject: Subject) -> Iterator[Fault]:
    """Find earlier vintages that differ from the latest by more than a revision would: another count, or a misprint."""
    for vintages in _windows(subject):
        latest = vintages[-1][1]
        for line, figure in vintages:
            difference = abs(figure.value - latest.value)
            limit = max(MIN_DIFFERENCE, MAX_REVISION * latest.value)
            if _known(figure) < _known(latest) and difference > limit:
                ids = tuple(sorted((figure.figure_id, latest.figure_id)))
                yield Fault(
                    check="vintages",
                    file=FIGURES,
                    row=line,
                    message=f"{' '.join(ids)}: expected vintages of {_words(figure)} within {limit:.0f} of each other, "
                    f"got {figure.value} and later {latest.value}; look whether they count the same, then correct the "
                    "definition, mark the wrong one disputed, or accept them in known_conflicts.csv",
                    ids=ids,
                )


def _windows(subject: Subject) -> Iterator[list[_Numbered]]:
    """Give the figures not disputed of each count and window, in order of report; of equals, as they stand."""
    groups: dict[tuple[object, ...], list[_Numbered]] = defaultdict(list)
    for line, figure in subject.figures:
        if figure.status != "disputed":
            groups[_count_of(figure)].append((line, figure))
    return (sorted(group, key=lambda one: _known(one[1])) for group in groups.values() if len(group) > 1)


def _count_of(figure: Figure) -> tuple[object, ...]:
    return (figure.country, figure.area, figure.measure, figure.definition, figure.publisher, figure.window)


def _known(figure: Figure) -> date:
    """Give the day of report; without one a figure comes before all others, as nothing shows it to be later."""
    return figure.known_on or date.min


def _words(figure: Figure) -> str:
    parts = (figure.country, figure.area, figure.measure, figure.definition, figure.publisher, str(figure.window))
    return " ".join(part for part in parts if part)
