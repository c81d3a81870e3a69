"""Shading where a series is counted by another definition than the one it starts with."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from matplotlib.axes import Axes

from violence_stats.charts import steps, style
from violence_stats.months import ONE_DAY
from violence_stats.series import CountSeries


def shade_definitions(ax: Axes, series: CountSeries, names: Mapping[str, str]) -> None:
    """Shade each run of windows counted by another definition than the first known one, and name it.

    Parameters
    ----------
    names : mapping of str to str
        What to write for a definition's code; the code itself where it is absent.
    """
    known = [one for one in series if not one.is_missing and one.definition]
    for definition, grouped in groupby(known, key=lambda one: one.definition):
        if definition != known[0].definition:
            run = list(grouped)
            left = steps.axis_day(run[0].window.start)
            right = steps.axis_day(run[-1].window.end + ONE_DAY)
            ax.axvspan(left, right, facecolor=style.SHADE, linewidth=0, zorder=0)
            _name_run(ax, left, right, names.get(definition, definition))


def _name_run(ax: Axes, left: float, right: float, name: str) -> None:
    room = (right - left) * steps.points_per_day(ax) - 8
    ax.annotate(
        style.wrapped(name, room, style.SMALL_PT),
        xy=(right, 0.55),
        xycoords=("data", "axes fraction"),
        xytext=(-3, 0),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=style.SMALL_PT,
        color=style.MUTED,
        linespacing=style.LINE_SPACING,
    )
