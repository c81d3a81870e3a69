"""A made-up figure, for tests that look at a few of its fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from violence_stats.figures import Figure
from violence_stats.months import WindowLike, parse_window

FIGURE = Figure(
    figure_id="A1",
    country="AAA",
    area="",
    measure="deaths",
    window=parse_window("2001-01"),
    value=10,
    definition="all",
    publisher="POL",
    reported="",
    known_on=date(2001, 5, 1),
    status="published",
    quality="high",
    source_id="book",
    note="",
)


def figure(figure_id: str, window: WindowLike, value: int, **others: Any) -> Figure:
    """Give a figure like `FIGURE`, but for these fields."""
    return replace(FIGURE, figure_id=figure_id, window=parse_window(window), value=value, **others)
