"""The columns of a picture of episodes: months since a day, bars of yearly means, and the names at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import style

FIRST_MONTH: Final = -12.5
LAST_MONTH: Final = 36.5
TICKS: Final = (-12, 0, 12, 24, 36)
BAR_MONTHS: Final = 1.25
"""From one bar to the next."""

GROUP_MONTHS: Final = 4.5
"""From the months to the bars of the first year, and from there to those of the last: room for what is under them."""

NAME_MONTHS: Final = 26.0
LINE_PT: Final = 9.6
"""Height of one line of a name."""

GAP_PT: Final = 5.0
"""Between two names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name at the right: behind a piece of its line, as near as can be to where the line ends."""

    text: str
    height: float
    line: dict[str, Any]
    colour: str


def bars_from(n_bars: int, group: int) -> float:
    """Where a group of bars begins; where the names do after the last group."""
    return LAST_MONTH + GROUP_MONTHS + group * (n_bars * BAR_MONTHS + GROUP_MONTHS)


def draw_months(ax: Axes, n_bars: int, top: float, label: str) -> None:
    """Set the scales, and draw the lines of day 0 and of the level before."""
    ax.set_xlim(FIRST_MONTH, bars_from(n_bars, 2) + NAME_MONTHS)
    style.count_upwards(ax, top)
    ax.set_xticks(TICKS, [wording.whole(one) for one in TICKS])
    ax.set_xlabel(label, fontsize=style.SMALL_PT, loc="left", family=[style.FONT_FAMILY, "sans-serif"])
    ax.spines["bottom"].set_bounds(FIRST_MONTH, LAST_MONTH)
    ax.plot([FIRST_MONTH, LAST_MONTH], [100, 100], color=style.FAINT, linewidth=0.8, zorder=0)
    ax.plot([0, 0], [0, top], color=style.MUTED, linewidth=0.9, linestyle=(0, (4, 2)), zorder=0)


def draw_bar(ax: Axes, x: float, mean: tuple[float, float, float], top: float, **kind: Any) -> None:
    """Draw a mean with its interval, which ends in a triangle where it runs out of the scale.

    Parameters
    ----------
    mean : (value, low, high)
    """
    value, low, high = mean
    ax.plot([x, x], [low, min(high, top)], **kind)
    ax.plot([x], [value], "o", markersize=3.2, color=kind["color"])
    if high > top:
        ax.plot([x], [top], "^", color=kind["color"], markersize=3.4, clip_on=False)


def write_under(ax: Axes, x: float, words: str) -> None:
    """Write what stands under a group of bars."""
    ax.annotate(
        words,
        xy=(x, 0),
        xytext=(0, -5),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=style.SMALL_PT,
        linespacing=style.LINE_SPACING,
        annotation_clip=False,
    )


def write_names(ax: Axes, names: Sequence[Name], n_bars: int, *, top: float, size_pt: tuple[float, float]) -> None:
    """Write names in the order of their heights, none on another.

    Parameters
    ----------
    size_pt : (width, height)
        Of the axes.
    """
    left, (first, last) = bars_from(n_bars, 2), ax.get_xlim()
    room = (last - left) / (last - first) * size_pt[0] - 18
    order = sorted(names, key=lambda one: one.height, reverse=True)
    texts = [style.wrapped(one.text, room, style.SMALL_PT, bold=True) for one in order]
    sizes = [((text.count("\n") + 1) * LINE_PT + GAP_PT) * top / size_pt[1] for text in texts]
    heights = spread([one.height for one in order], sizes, top)
    for one, text, height in zip(order, texts, heights, strict=True):
        ax.plot([left, left + 3.4], [height, height], **one.line)
        ax.annotate(
            text,
            xy=(left + 4.2, height),
            va="center",
            fontsize=style.SMALL_PT,
            fontweight="bold",
            color=one.colour,
            linespacing=style.LINE_SPACING,
        )


def spread(heights: Sequence[float], sizes: Sequence[float], top: float) -> list[float]:
    """Move names, given from the top down, so that none lies on another, above the scale or under the axis."""
    placed: list[float] = []
    for place, (height, size) in enumerate(zip(heights, sizes, strict=True)):
        lowest = sum(sizes[place + 1 :]) + size / 2
        highest = placed[-1] - (sizes[place - 1] + size) / 2 if placed else top - size / 2
        placed.append(min(max(height, lowest), highest))
    return placed
