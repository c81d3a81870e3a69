"""The strip under a chart that shows how probable it is, month by month, that a new regime starts."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats.charts import steps, style
from violence_stats.charts.under_axes import keep_room, panel_under
from violence_stats.months import Window, parse_window

TOP_PT: Final = 36.0
"""From the foot of the axes, whose years stand between, down to the top of the strip."""

HEIGHT_PT: Final = 36.0
LABELS_PT: Final = 6.0
UNIT_GAP_PT: Final = 3.0


def draw_strip(ax: Axes, by_month: pd.Series[float], unit: str) -> float:
    """Draw probabilities from 0 to 1 as bars of a month's width, in an inset under the axes.

    Parameters
    ----------
    by_month : pandas.Series
        Index a PeriodIndex.
    unit : str
        What is drawn, written over the strip.

    Returns
    -------
    float
        How far below the axes the strip ends, in points.
    """
    below_pt = TOP_PT + HEIGHT_PT + LABELS_PT
    strip = panel_under(ax, top_pt=TOP_PT, height_pt=HEIGHT_PT)
    keep_room(ax, below_pt)
    for month, probability in months_of(by_month):
        strip.bar(steps.axis_day(month.start), probability, width=month.n_days, align="edge", color=style.OBSERVED)
    strip.set_xlim(ax.get_xlim())
    strip.set_ylim(0, 1)
    strip.set_yticks([0, 1])
    strip.set_xticks(ax.get_xticks(), labels=[""] * len(ax.get_xticks()))
    strip.annotate(
        unit,
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(0, UNIT_GAP_PT),
        textcoords="offset points",
        fontsize=style.SMALL_PT,
        color=style.MUTED,
    )
    style.dress_ticks(strip)
    return below_pt


def months_of(by_month: pd.Series[float]) -> list[tuple[Window, float]]:
    """Give each month as a window, with its probability."""
    return [(parse_window(month), float(probability)) for month, probability in by_month.items()]  # type: ignore[arg-type]
