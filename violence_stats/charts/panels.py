"""Several panels in the place of one axes, so that a chart of them still is one axes to its caller."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from violence_stats.charts import style


def split_axes(ax: Axes, places: list[tuple[float, float, float, float]]) -> list[Axes]:
    """Put panels into an axes and hide its own frame.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Keeps title, unit and source line.
    places : list of (left, bottom, width, height)
        Shares of the axes.

    Returns
    -------
    list of matplotlib.axes.Axes
        Also ``ax.child_axes``.
    """
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    return [ax.inset_axes(place) for place in places]


def head_panel(ax: Axes, text: str) -> None:
    """Write what a panel shows above its left corner, and set its frame and its ticks' own type."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    kind: dict[str, Any] = {"fontsize": style.SMALL_PT, "fontweight": "bold", "color": style.INK}
    ax.annotate(
        text,
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(0, 4),
        textcoords="offset points",
        va="bottom",
        annotation_clip=False,
        linespacing=style.LINE_SPACING,
        **kind,
    )
    style.dress_ticks(ax)
