"""Which whole windows make up a span exactly, what they add up to, and what to ask for where none do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from violence_stats.errors import WindowError
from violence_stats.months import ONE_DAY, Window, month_starts, parse_window
from violence_stats.observations import Observation


def tile(span: Window, observations: Sequence[Observation], measure: str) -> tuple[Observation, ...]:
    """Give the observations that make up `span` exactly.

    Parameters
    ----------
    span : Window
        Both ends INCLUSIVE.
    observations : sequence of Observation
        In order of time, none overlapping; at least one.
    measure : str
        What is counted, for the message.

    Raises
    ------
    WindowError
        If whole windows do not tile the span; the message names the window that does not fit and the nearest span that
        would.
    """
    touched = [one for one in observations if one.window.overlaps(span)]
    if not touched or touched[0].window.start > span.start or touched[-1].window.end < span.end:
        first, last = observations[0].window.start, observations[-1].window.end
        raise WindowError(
            f"{span}: the series of {measure} runs from {first.isoformat()} to {last.isoformat()} and has no count for "
            "all of it; ask for a span inside that"
        )
    _refuse_gaps(span, touched, measure)
    cut = [one.window for one in (touched[0], touched[-1]) if not span.contains(one.window)]
    if cut:
        nearest = _nearest(span, [one.window for one in touched])
        raise WindowError(
            f"{span}: the count of {cut[0]} is known only as a whole and does not fit; the nearest span that whole "
            f"windows make up is {nearest.start.isoformat()} to {nearest.end.isoformat()}"
        )
    return tuple(touched)


def total(span: Window, observations: Sequence[Observation], measure: str) -> int:
    """Add up the counts of the observations that make up `span` exactly; arguments as of `tile`.

    Raises
    ------
    WindowError
        If whole windows do not tile the span, or a count in it is not known.
    """
    tiles = tile(span, observations, measure)
    unknown = [str(one.window) for one in tiles if one.is_missing]
    if unknown:
        raise WindowError(f"{span}: the count of {', '.join(unknown)} is not known, so there is no sum")
    return int(sum(one.value for one in tiles))


def monthly_values(observations: Sequence[Observation], measure: str) -> pd.Series[float]:
    """Give the values by calendar month from the first day to the last, NaN where only a longer window is known."""
    months = month_starts(observations[0].window.start, observations[-1].window.end)
    index = pd.PeriodIndex([pd.Period(month, freq="M") for month in months], freq="M", name="month")
    values = [_value(parse_window(month), observations, measure) for month in index]
    return pd.Series(values, index=index, name=measure, dtype=float)


def _value(month: Window, observations: Sequence[Observation], measure: str) -> float:
    try:
        return float(sum(one.value for one in tile(month, observations, measure)))
    except WindowError:
        return float("nan")


def whole_windows(span: Window, observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Give the observations inside `span`, which may have gaps.

    Raises
    ------
    WindowError
        If an edge cuts a window, or the span holds none.
    """
    inside = tuple(one for one in observations if one.window.overlaps(span))
    if not inside:
        first, last = observations[0].window.start, observations[-1].window.end
        raise WindowError(
            f"{span}: the series runs from {first.isoformat()} to {last.isoformat()}; no window lies inside"
        )
    cut = [one.window for one in inside if not span.contains(one.window)]
    if cut:
        raise WindowError(
            f"{span} cuts the window {cut[0]}, whose count is known only as a whole; start or end at "
            f"{cut[0].start.isoformat()} or after {cut[0].end.isoformat()}"
        )
    return inside


def _refuse_gaps(span: Window, touched: Sequence[Observation], measure: str) -> None:
    for before, after in pairwise(touched):
        if after.window.start != before.window.end + ONE_DAY:
            raise WindowError(
                f"{span}: no count of {measure} is known between {before.window.end.isoformat()} and "
                f"{after.window.start.isoformat()}; ask for the spans on either side"
            )


def _nearest(span: Window, windows: list[Window]) -> Window:
    """Of the spans that the touched windows make up, find the one whose edges lie fewest days from those of `span`."""
    tiled = [Window(a.start, b.end) for a in windows[:2] for b in windows[-2:] if a.start <= b.start]
    return min(tiled, key=lambda one: abs(one.start - span.start) + abs(one.end - span.end))
