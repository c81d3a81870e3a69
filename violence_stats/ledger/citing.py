"""Figures as a series cites them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from violence_stats.figures import Figure, Source
from violence_stats.ledger.ledger import Ledger
from violence_stats.months import Window
from violence_stats.observations import Citation, Observation

NAMES_IN_A_NOTE = 6
DIGITISED = "digitised figures, read off a published chart,"
"""How the note on them begins."""


def observe(figure: Figure, sources: Mapping[str, Source]) -> Observation:
    """Make the observation that one figure gives."""
    return Observation(
        window=figure.window,
        value=float(figure.value),
        publisher=figure.publisher,
        definition=figure.definition,
        status=figure.status,
        arithmetic=figure.figure_id,
        citations=(Citation(figure=figure, source=sources[figure.source_id]),),
    )


def cite(terms: tuple[tuple[int, str], ...], ledger: Ledger) -> tuple[Citation, ...]:
    """Cite the figures of an arithmetic, each with its sign."""
    return tuple(
        Citation(figure=figure, source=ledger.sources[figure.source_id], sign=sign)
        for sign, figure in ((sign, ledger.figures[figure_id]) for sign, figure_id in terms)
    )


def digitised_note(observations: tuple[Observation, ...]) -> tuple[str, ...]:
    """Say which windows rest on figures read off a published chart; nothing where none does."""
    marked = [one.window for one in observations if any(cited.figure.status == "digitised" for cited in one.citations)]
    if not marked:
        return ()
    return (f"{DIGITISED} stand behind {len(marked)} of {count_windows(observations)}: {name_windows(marked)}",)


def count_windows(windows: Sequence[object]) -> str:
    """Say how many windows there are."""
    return "1 window" if len(windows) == 1 else f"{len(windows)} windows"


def name_windows(windows: list[Window]) -> str:
    """List windows, shortened to the first few where there are many."""
    names = ", ".join(str(window) for window in windows[:NAMES_IN_A_NOTE])
    more = len(windows) - NAMES_IN_A_NOTE
    return f"{names} and {more} more" if more > 0 else names
