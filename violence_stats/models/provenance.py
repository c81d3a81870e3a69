"""Who counted and how, in words: a fit that crosses a change of publisher or definition says so."""

from __future__ import annotations

from itertools import pairwise

from violence_stats.ledger.citing import DIGITISED, digitised_note
from violence_stats.series import CountSeries

LISTED_CHANGES = 3


def series_notes(series: CountSeries) -> list[str]:
    """Give the notes of a series, that on digitised figures counted over these windows rather than those it had."""
    others = [note for note in series.notes if not note.startswith(DIGITISED)]
    return [*digitised_note(series.observations), *others]


def publisher_notes(series: CountSeries) -> list[str]:
    """Say where the publisher or the definition changes within the series; nothing where one holds throughout."""
    return [note for column in ("publisher", "definition") if (note := _changes(series, column)) is not None]


def _changes(series: CountSeries, column: str) -> str | None:
    values = [getattr(one, column) for one in series]
    changes = [
        f"from {before or 'unnamed'} to {after or 'unnamed'} at {one.window.start.isoformat()}"
        for (before, after), one in zip(pairwise(values), series.observations[1:], strict=True)
        if before != after
    ]
    if not changes:
        return None
    if len(changes) <= LISTED_CHANGES:
        return f"the fit crosses a change of {column}: {'; '.join(changes)}"
    names = ", ".join(name or "unnamed" for name in dict.fromkeys(values))
    return f"the fit crosses {len(changes)} changes of {column} ({names})"
