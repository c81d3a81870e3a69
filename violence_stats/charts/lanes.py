"""The strip under a timeline that shows who counted each window."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from violence_stats.charts import steps, style
from violence_stats.charts.under_axes import points_under
from violence_stats.months import ONE_DAY
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

FIRST_LANE_PT: Final = 21.0
LANE_PT: Final = 8.5
BAR_PT: Final = 4.0
LAST_PUBLISHERS: Final = ("UNSTATED", "mixed")


def draw_lanes(ax: Axes, series: CountSeries, names: Mapping[str, str]) -> float:
    """Draw one lane a publisher under the axes, filled where it counted and hollow where its figure was digitised.

    Parameters
    ----------
    names : mapping of str to str
        What to write beside the lane of a code; the code itself where it is absent.

    Returns
    -------
    float
        How far below the axes the strip ends, in points.
    """
    publishers = publishers_in_order(series)
    under_axes = points_under(ax)
    for row, publisher in enumerate(publishers):
        y = -(FIRST_LANE_PT + row * LANE_PT)
        for digitised, run in _runs(series, publisher):
            bar = Rectangle(
                (steps.axis_day(run[0].window.start), y - BAR_PT / 2),
                (run[-1].window.end + ONE_DAY - run[0].window.start).days,
                BAR_PT,
                transform=under_axes,
                clip_on=False,
                facecolor="white" if digitised else style.OBSERVED,
                edgecolor=style.OBSERVED,
                linewidth=0.5,
            )
            bar.set_in_layout(False)
            ax.add_patch(bar)
        ax.annotate(
            names.get(publisher, publisher),
            xy=(0, 0),
            xycoords="axes fraction",
            xytext=(-4, y),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=style.SMALL_PT - 0.5,
            annotation_clip=False,
        )
    return FIRST_LANE_PT + len(publishers) * LANE_PT


def publishers_in_order(series: CountSeries) -> list[str]:
    """List publishers in order of first use, those that name nobody last; none if the series names none."""
    seen = dict.fromkeys(one.publisher for one in series if one.publisher and not one.is_missing)
    return sorted(seen, key=lambda name: LAST_PUBLISHERS.index(name) if name in LAST_PUBLISHERS else -1)


def _runs(series: CountSeries, publisher: str) -> list[tuple[bool, list[Observation]]]:
    grouped = groupby(series, key=lambda one: (one.publisher == publisher and not one.is_missing, is_digitised(one)))
    return [(digitised, list(run)) for (inside, digitised), run in grouped if inside]


def is_digitised(one: Observation) -> bool:
    """Whether the count was read off a published chart."""
    return one.status == "digitised"
