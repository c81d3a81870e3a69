"""Windows within windows of one publisher: the longer cannot count fewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from violence_stats.figures import Figure
from violence_stats.ledger.checks.subject import FIGURES, Subject
from violence_stats.ledger.faults import Check, Fault
from violence_stats.ledger.records import STOCKS


def find_larger_parts(subject: Subject) -> Iterator[Fault]:
    """Find windows that count more than a longer one that holds them.

    Only figures of one publisher, measure, area and definition are compared, and only with a longer window that was
    reported no earlier, since a later recount of a part may rightly exceed an earlier count of the whole. Both being
    counted from 1 January, it is a year-to-date count that falls.
    """
    for group in _flows(subject):
        for line, outer in group:
            for _, inner in group:
                if inner.value > outer.value and _holds(outer, inner):
                    yield _fault(line, outer, inner)


def _flows(subject: Subject) -> Iterator[list[tuple[int, Figure]]]:
    groups: dict[tuple[str, ...], list[tuple[int, Figure]]] = defaultdict(list)
    for line, figure in subject.figures:
        if figure.status != "disputed" and figure.measure not in STOCKS:
            series = (figure.country, figure.area, figure.measure, figure.definition, figure.publisher)
            groups[series].append((line, figure))
    return iter(groups.values())


def _holds(outer: Figure, inner: Figure) -> bool:
    if outer.window == inner.window or not outer.window.contains(inner.window):
        return False
    return outer.known_on is None or inner.known_on is None or outer.known_on >= inner.known_on


def _is_year_to_date(figure: Figure) -> bool:
    start, end = figure.window.start, figure.window.end
    return (start.month, start.day) == (1, 1) and end.year == start.year


def _fault(line: int, outer: Figure, inner: Figure) -> Fault:
    falls = inner.window.start == outer.window.start and _is_year_to_date(inner) and _is_year_to_date(outer)
    check: Check = "year-to-date" if falls else "inside"
    ids = tuple(sorted((inner.figure_id, outer.figure_id)))
    return Fault(
        check=check,
        file=FIGURES,
        row=line,
        message=f"{' '.join(ids)}: expected at least the {inner.value} that {inner.publisher} counted over "
        f"{inner.window} within it, got {outer.value} over {outer.window}; correct the wrong one, mark it disputed, or "
        "accept them in known_conflicts.csv",
        ids=ids,
    )
