"""The strip under a chart that shows how probable it is, month by month, that a new regime starts."""

from __future__ import annotations

from typing import Final, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Affine2D, Affine2DBase, ScaledTranslation, Transform, blended_transform_factory

from violence_stats.charts import steps, style
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
    strip = ax.inset_axes((0, -(TOP_PT + HEIGHT_PT), 1, HEIGHT_PT), transform=_width_by_points(ax))
    strip.set_in_layout(False)
    _keep_room(ax, below_pt)
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


def _keep_room(ax: Axes, below_pt: float) -> None:
    """Let the layout know how far the strip reaches, which it cannot read off an inset."""
    ax.annotate(
        " ",
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(0, -below_pt),
        textcoords="offset points",
        fontsize=1,
        annotation_clip=False,
    )


def _width_by_points(ax: Axes) -> Transform:
    """Give shares of the axes' width across; points above the foot of the axes up."""
    figure = style.figure_of(ax)
    foot = ScaledTranslation(0, 0, cast(Affine2DBase, ax.transAxes))
    return blended_transform_factory(ax.transAxes, Affine2D().scale(1 / 72) + figure.dpi_scale_trans + foot)
