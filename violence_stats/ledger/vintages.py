"""Which of several figures of one window to take: the latest, and between equals the case's order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from violence_stats.figures import Figure
from violence_stats.ledger.settings import Settings


def latest(figures: Iterable[Figure], settings: Settings) -> Figure:
    """Give the figure reported last; between figures of one day the first by the case's order.

    Parameters
    ----------
    figures : iterable of Figure
        At least one. A figure whose day of report is not known counts as older than any other.
    """
    # max gives the first of equals: of the figures of the last day, the first by precedence.
    by_precedence = sorted(figures, key=lambda one: precedence(one, settings))
    return max(by_precedence, key=lambda one: one.known_on or date.min)


def precedence(figure: Figure, settings: Settings) -> tuple[int, int, int, str]:
    """Rank a figure by publisher, status and quality in the case's order, then by id; the lowest comes first."""
    return (
        _place(figure.publisher, settings.publisher_order),
        _place(figure.status, settings.status_order),
        _place(figure.quality, settings.quality_order),
        figure.figure_id,
    )


def _place(value: str, order: tuple[str, ...]) -> int:
    return order.index(value) if value in order else len(order)
