"""Windows and dates of report: the right way round, reported when over, and not at odds with the note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from violence_stats.errors import WindowError
from violence_stats.ledger.checks.subject import FIGURES, Subject
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.reading import iso_day, known_on
from violence_stats.months import Window, parse_window

_PAIRS = (("start", "end"), ("base_start", "base_end"))
_BARE_WINDOW = re.compile(r"\(?(?P<first>\d{4}(-\d{2})?)(\.\.(?P<last>\d{4}(-\d{2})?))?\)?")


def find_reversed_windows(subject: Subject) -> Iterator[Fault]:
    """Find windows that end before they start, and windows of which one end is blank."""
    for resource, table in subject.described():
        for row in table.rows:
            for first, last in _PAIRS:
                start, end = row.cells.get(first, ""), row.cells.get(last, "")
                start_day, end_day = iso_day(start), iso_day(end)
                if start_day is not None and end_day is not None and end_day < start_day:
                    message = f"expected {first} not after {last}, got {start} and {end}; swap or correct them"
                elif bool(start) != bool(end):
                    message = f"expected {first} and {last}, or neither, got {start!r} and {end!r}; fill in the other"
                else:
                    continue
                yield Fault(check="window", file=resource.path, row=row.number, message=message)


def find_early_reports(subject: Subject) -> Iterator[Fault]:
    """Find counts that were reported before the last day that they are said to cover; disputed ones are known to be."""
    for line, figure in subject.figures:
        reported = known_on(figure.reported)
        if figure.status != "disputed" and reported is not None and reported < figure.window.end:
            yield Fault(
                check="reported",
                file=FIGURES,
                row=line,
                message=f"{figure.figure_id}: expected a report on or after the window's last day "
                f"{figure.window.end.isoformat()}, got {figure.reported}; correct the end or the date of report",
                ids=(figure.figure_id,),
            )


def find_bare_notes(subject: Subject) -> Iterator[Fault]:
    """Find notes that hold a window and nothing else: it says what the columns say, or contradicts them."""
    for line, figure in subject.figures:
        match = _BARE_WINDOW.fullmatch(figure.note.strip())
        noted = None if match is None else _noted_window(match["first"], match["last"] or match["first"])
        if noted is not None:
            message = (
                "repeats the window of the row; expected what the columns do not say; clear it"
                if noted == figure.window
                else f"gives the window {noted}, the columns give {figure.window}; correct one of them"
            )
            yield Fault(
                check="note", file=FIGURES, row=line, message=f"{figure.figure_id}: note {figure.note!r} {message}"
            )


def _noted_window(first: str, last: str) -> Window | None:
    try:
        return parse_window((first, last))
    except WindowError:
        return None
