"""The dates of breaks on a chart: label, interval and a line down to the series, in as many rows as keep them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes

from violence_stats.breaks.results import FoundBreaks
from violence_stats.charts import steps, style
from violence_stats.charts.breaks_words import short_month
from violence_stats.charts.regimes import break_dates
from violence_stats.ledger.records import Language

ROW_PT: Final = 25.0
"""Two lines of a label and the interval under them."""

LABEL_PT: Final = 16.0
"""Width of a label: three letters or four digits."""

YEAR_PT: Final = 5.0
"""From a dot up to the line that its year stands on."""

MONTH_PT: Final = 13.5
GAP_PT: Final = 3.0
CLEARANCE_PT: Final = 6.0
"""Between the lowest row and the highest window."""


@dataclass(frozen=True, slots=True)
class DatePlace:
    """Where a break stands, in points from the left of the axes, and its row from the top."""

    at: float
    low: float
    high: float
    row: int


def draw_breaks(ax: Axes, found: FoundBreaks, highest: float, lang: Language) -> None:
    """Draw each break in a row above the series, and raise the top of the scale so that the rows stand clear of it.

    Parameters
    ----------
    highest : float
        Of what is drawn so far, in units of the axes.
    """
    places = place_dates(ax, found)
    if not places:
        return
    height = style.height_pt(ax)
    taken = (max(one.row for one in places) + 1) * ROW_PT + CLEARANCE_PT
    style.count_upwards(ax, highest / max(1 - taken / height, 0.2))
    across = ax.get_xaxis_transform()
    left, per_day = ax.get_xlim()[0], steps.points_per_day(ax)
    for one, dated in zip(places, break_dates(found), strict=True):
        day = dated.first_day
        x, low, high = (left + edge / per_day for edge in (one.at, one.low, one.high))
        y = 1 - ((one.row + 1) * ROW_PT - GAP_PT) / height
        ax.plot([x, x], [0, y], transform=across, color=style.INK, linewidth=0.7, linestyle=(0, (4, 2)), zorder=2)
        ax.plot([low, high], [y, y], transform=across, color=style.ACCENT, linewidth=2.2, zorder=3)
        ax.plot([x], [y], transform=across, color=style.INK, marker="o", markersize=3.2, zorder=4)
        for words, up_pt in ((str(day.year), YEAR_PT), (short_month(day, lang), MONTH_PT)):
            ax.annotate(
                words,
                xy=(x, y),
                xycoords=across,
                xytext=(0, up_pt),
                textcoords="offset points",
                ha="center",
                va="baseline",
                fontsize=style.SMALL_PT,
                path_effects=style.halo(),
            )


def place_dates(ax: Axes, found: FoundBreaks) -> list[DatePlace]:
    """Give each break a row under those of earlier breaks that reach over it, so that no line crosses a label."""
    left, per_day = ax.get_xlim()[0], steps.points_per_day(ax)
    places: list[DatePlace] = []
    for one in break_dates(found):
        days = (one.first_day, one.interval.start, one.last_start)
        at, low, high = ((steps.axis_day(day) - left) * per_day for day in days)
        starts = min(low, at - LABEL_PT / 2)
        over = [other.row for other in places if max(other.high, other.at + LABEL_PT / 2) + GAP_PT > starts]
        places.append(DatePlace(at, low, high, 1 + max(over, default=-1)))
    return places
