"""Counts over windows of unequal length, drawn as deaths per day at their true width."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from violence_stats.charts import style
from violence_stats.months import ONE_DAY, Window
from violence_stats.series import CountSeries

FloatArray = np.ndarray[Any, np.dtype[np.float64]]

EPOCH: Final = date(1970, 1, 1).toordinal()

POINTS_PER_CHARACTER: Final = 3.7
"""Mean advance of the family at the small size; only decides where a label breaks."""


def axis_day(day: date) -> float:
    """Give a day's place on the axis: days since 1970, matplotlib's own unit for dates."""
    return float(day.toordinal() - EPOCH)


def per_day(series: CountSeries) -> FloatArray:
    """Give counts per day, shape (n_windows,), NaN where missing."""
    rates: FloatArray = series.values / np.array([window.n_days for window in series.windows], dtype=float)
    return rates


def draw_windows(ax: Axes, series: CountSeries) -> None:
    """Fill whole months dark and other windows pale, outline the course, and hatch what is not known."""
    rates = per_day(series)
    for one, rate in zip(series, rates, strict=True):
        left, width = _place(one.window)
        if one.is_missing:
            ax.axvspan(left, left + width, facecolor="none", edgecolor=style.FAINT, hatch="////", linewidth=0)
        else:
            colour = style.OBSERVED if one.window.is_one_month else style.PALE
            ax.add_patch(Rectangle((left, 0), width, rate, facecolor=colour, edgecolor="none", linewidth=0))
    draw_steps(ax, series.windows, rates, color=style.OBSERVED, linewidth=0.7)
    first, last = series.windows[0], series.windows[-1]
    ax.set_xlim(_place(first)[0], sum(_place(last)))


def draw_steps(ax: Axes, windows: Iterable[Window], heights: FloatArray, **line: Any) -> None:
    """Draw a step line, broken where a height is missing or two windows do not touch."""
    spans = list(windows)
    xs: list[float] = []
    ys: list[float] = []
    for (window, height), following in zip(zip(spans, heights, strict=True), [*spans[1:], None], strict=True):
        left, width = _place(window)
        xs += [left, left + width]
        ys += [float(height)] * 2
        if following is not None and following.start != window.end + ONE_DAY:
            xs.append(left + width)
            ys.append(float("nan"))
    ax.plot(xs, ys, solid_joinstyle="miter", **line)


def label_years(ax: Axes, span: Window) -> None:
    """Put a tick at the start of each year (each quarter where the span is under three years) and label what fits."""
    n_years = span.end.year - span.start.year + 1
    starts = [date(year, 1, 1) for year in range(span.start.year, span.end.year + 2)]
    inside = [start for start in starts if span.start <= start <= span.end]
    every = 1 if n_years <= 8 else 2 if n_years <= 20 else 5
    labels = [str(start.year) if index % every == 0 else "" for index, start in enumerate(inside)]
    ax.set_xticks([axis_day(start) for start in inside], labels=labels, ha="left")


def draw_marks(ax: Axes, marks: list[tuple[date, str]], *, right_edge: date) -> None:
    """Draw a dashed line at each date, its label at the top, broken to the room before the next one."""
    edges = [day for day, _ in marks] + [right_edge]
    for (day, label), (_, following) in zip(marks, pairwise(edges), strict=True):
        room = (following - day).days * points_per_day(ax)
        x = axis_day(day)
        ax.axvline(x, color=style.ACCENT, linewidth=0.9, linestyle=(0, (4, 2)))
        ax.annotate(
            style.wrapped(label, max(11, int(room / POINTS_PER_CHARACTER))),
            xy=(x, 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, 0),
            textcoords="offset points",
            va="top",
            fontsize=style.SMALL_PT,
            linespacing=style.LINE_SPACING,
        )


def points_per_day(ax: Axes) -> float:
    """Give the width of a day on the axes before the layout is settled, good enough to break labels by."""
    left, right = ax.get_xlim()
    return float(ax.get_window_extent().width * 72 / ax.figure.dpi / (right - left))


def _place(window: Window) -> tuple[float, float]:
    """Left edge and width in days since the epoch."""
    return axis_day(window.start), float(window.n_days)
