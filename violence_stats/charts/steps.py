"""Counts over windows of unequal length, drawn as deaths per day at their true width."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from violence_stats import wording
from violence_stats.charts import style
from violence_stats.ledger.records import Language
from violence_stats.months import ONE_DAY, Window, month_starts
from violence_stats.series import CountSeries

FloatArray = np.ndarray[Any, np.dtype[np.float64]]

FEWEST_YEARS: Final = 2
"""With fewer of them starting on an axis, months are labelled."""

MOST_MONTHS: Final = 3
"""Names of months that stand beside each other."""

EPOCH: Final = date(1970, 1, 1).toordinal()


def axis_day(day: date) -> float:
    """Give a day's place on the axis: days since 1970, matplotlib's own unit for dates."""
    return float(day.toordinal() - EPOCH)


def per_day(series: CountSeries) -> FloatArray:
    """Give counts per day, shape (n_windows,), NaN where missing; rates stay as they are."""
    if series.kind == "rate":
        return series.values
    rates: FloatArray = series.values / np.array([window.n_days for window in series.windows], dtype=float)
    return rates


def top_of(series: CountSeries) -> float:
    """Give the height of the highest window, 1 where all are zero."""
    return float(np.nanmax(per_day(series))) or 1.0


def draw_windows(ax: Axes, series: CountSeries, *, faint: bool = False) -> None:
    """Fill whole months dark and other windows pale, outline the course, and hatch what is not known.

    Parameters
    ----------
    faint : bool, default False
        Fill every window pale, as a ground for lines.
    """
    rates = per_day(series)
    for one, rate in zip(series, rates, strict=True):
        left, width = _place(one.window)
        if one.is_missing:
            ax.axvspan(left, left + width, facecolor="none", edgecolor=style.FAINT, hatch="////", linewidth=0)
        else:
            colour = style.OBSERVED if one.window.is_one_month and not faint else style.PALE
            bar = Rectangle((left, 0), width, rate, facecolor=colour, edgecolor="none", linewidth=0)
            bar.set_in_layout(False)
            ax.add_patch(bar)
    draw_steps(ax, series.windows, rates, color=style.OBSERVED, linewidth=0.4 if faint else 0.7)
    first, last = series.windows[0], series.windows[-1]
    ax.set_xlim(_place(first)[0], sum(_place(last)))


def draw_steps(ax: Axes, windows: Iterable[Window], heights: FloatArray, **line: Any) -> None:
    """Draw a step line, broken where a height is missing or two windows do not touch."""
    xs, (ys,) = _corners(list(windows), [heights])
    ax.plot(xs, ys, solid_joinstyle="miter", **line)


def fill_between_steps(ax: Axes, windows: Iterable[Window], low: FloatArray, high: FloatArray, **fill: Any) -> None:
    """Fill a band between two step lines where both are known."""
    xs, (bottom, top) = _corners(list(windows), [low, high])
    ax.fill_between(xs, bottom, top, **fill)


def _corners(spans: list[Window], levels: list[FloatArray]) -> tuple[list[float], list[list[float]]]:
    """Both ends of every step, with a missing point after a window that the next one does not touch."""
    xs: list[float] = []
    ys: list[list[float]] = [[] for _ in levels]
    for index, window in enumerate(spans):
        left, width = _place(window)
        breaks = index + 1 < len(spans) and spans[index + 1].start != window.end + ONE_DAY
        xs += [left, left + width] + [left + width] * breaks
        for corners, heights in zip(ys, levels, strict=True):
            corners.extend([float(heights[index])] * 2 + [float("nan")] * breaks)
    return xs, ys


def label_time(ax: Axes, span: Window, lang: Language) -> None:
    """Put a tick at the start of each year and label what fits; of each month where hardly a year starts."""
    n_years = span.end.year - span.start.year + 1
    every = 1 if n_years <= 8 else 2 if n_years <= 20 else 5
    inside = [day for day in month_starts(span.start, span.end) if span.start <= day]
    starts = [day for day in inside if day.month == 1]
    if len(starts) < FEWEST_YEARS:
        starts, every = inside, -(-len(inside) // MOST_MONTHS)
        names = [wording.month(day, lang) for day in starts]
    else:
        names = [str(day.year) for day in starts]
    labels = [name if index % every == 0 else "" for index, name in enumerate(names)]
    ax.set_xticks([axis_day(day) for day in starts], labels=labels, ha="left")


def draw_marks(ax: Axes, marks: list[tuple[date, str]], *, right_edge: date) -> None:
    """Draw a dashed line at each date, its label at the top, broken to the room before the next one."""
    edges = [day for day, _ in marks] + [right_edge]
    for (day, label), (_, following) in zip(marks, pairwise(edges), strict=True):
        room = (following - day).days * points_per_day(ax)
        x = axis_day(day)
        ax.axvline(x, color=style.ACCENT, linewidth=0.9, linestyle=(0, (4, 2)))
        ax.annotate(
            style.wrapped(label, room - 5, style.SMALL_PT),
            xy=(x, 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, 0),
            textcoords="offset points",
            va="top",
            fontsize=style.SMALL_PT,
            linespacing=style.LINE_SPACING,
        )


def points_per_day(ax: Axes) -> float:
    """Give the width of a day on the axes in points, as the layout stands."""
    left, right = ax.get_xlim()
    return style.width_pt(ax) / float(right - left)


def _place(window: Window) -> tuple[float, float]:
    """Left edge and width in days since the epoch."""
    return axis_day(window.start), float(window.n_days)
