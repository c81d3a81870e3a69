"""A small chart of a series in plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from violence_stats.errors import SelectionError
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_NARROWEST = 30


def draw_text_chart(series: CountSeries, *, width: int = 72, max_rows: int = 40) -> str:
    """Draw a bar a window, from zero, each as long as its daily rate; beside it the count.

    A window longer or shorter than the others gets a bar by its count a day, so that bars compare; the numbers are the
    counts. Where windows outnumber `max_rows`, each bar stands for a calendar year.

    Parameters
    ----------
    series : CountSeries
    width : int, default 72
        Columns of the terminal, at least 30.
    max_rows : int, default 40

    Returns
    -------
    str
        Lines that end in a newline; no control signs.

    Raises
    ------
    SelectionError
        If `width` is below 30 or `max_rows` below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.Series([30, 15], index=pd.period_range("2020-09", periods=2, freq="M"))
    >>> print(draw_text_chart(CountSeries.from_monthly(counts), width=30), end="")
    2020-09  30  █████████████████
    2020-10  15  ████████▎
    """
    if width < _NARROWEST or max_rows < 1:
        raise SelectionError(f"width={width}, max_rows={max_rows}: expected at least {_NARROWEST} columns and 1 row")
    bars = _bars(list(series), max_rows)
    labels = [label for label, _, _ in bars]
    numbers = ["?" if count is None else f"{count:,.10g}" for _, count, _ in bars]
    label_width, number_width = max(map(len, labels)), max(map(len, numbers))
    longest = max(width - label_width - number_width - 4, 1)
    most = max((rate for _, _, rate in bars), default=0.0)
    lines = (
        f"{label:<{label_width}}  {number:>{number_width}}  {_bar(rate, most, longest)}".rstrip()
        for (label, _, rate), number in zip(bars, numbers, strict=True)
    )
    return "\n".join(lines) + "\n"


def _bars(observations: Sequence[Observation], max_rows: int) -> list[tuple[str, float | None, float]]:
    """Give label, count and count a day of each bar."""
    if len(observations) <= max_rows:
        return [_one_bar(str(one.window), [one]) for one in observations]
    by_year = groupby(observations, key=lambda one: one.window.end.year)
    years = [(str(year), list(group)) for year, group in by_year]
    step = -(-len(years) // max_rows)
    groups = [years[place : place + step] for place in range(0, len(years), step)]
    return [
        _one_bar(
            group[0][0] if len(group) == 1 else f"{group[0][0]}-{group[-1][0]}", [o for _, os in group for o in os]
        )
        for group in groups
    ]


def _one_bar(label: str, observations: Sequence[Observation]) -> tuple[str, float | None, float]:
    known = [one for one in observations if not one.is_missing]
    if not known:
        return label, None, 0.0
    total = sum(one.value for one in known)
    return label, total, total / sum(one.window.n_days for one in known)


def _bar(rate: float, most: float, longest: int) -> str:
    eighths = round(8 * longest * rate / most) if most else 0
    return _FULL * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
