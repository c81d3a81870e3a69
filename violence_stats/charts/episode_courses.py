"""The courses of episodes as drawn: which windows, in which colour and dashes, and what runs out of the scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.arrays import FloatArray
from violence_stats.charts import style
from violence_stats.charts.episodes_words import primary
from violence_stats.questions.episode_measure import EpisodeMeasure
from violence_stats.questions.episodes import Episodes

STYLES: Final = ("solid", (0, (5, 1.6)), (0, (1.2, 1.1)), (0, (6, 1.4, 1.2, 1.4)))
COLOURS: Final = (style.OBSERVED, style.MUTED, style.INK)
CONTESTED: Final = "contested"
CLOSE_MONTHS: Final = 6.0
"""Where the next window above the scale is so close, a height in figures stands to the left of its mark."""

LineStyle: TypeAlias = str | tuple[int, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """One episode as drawn: the contested one thick and in the accent colour, the others by their dashes."""

    measure: EpisodeMeasure
    months: FloatArray
    share: FloatArray
    colour: str
    dashes: LineStyle
    width: float

    @property
    def line(self) -> dict[str, Any]:
        """How its line is drawn."""
        return {"color": self.colour, "linestyle": self.dashes, "linewidth": self.width}

    @property
    def highest_after(self) -> float:
        """The highest share after the start; 0 where none is known."""
        return float(self.share[self.months > 0].max(initial=0.0))


def courses_of(episodes: Episodes) -> list[Course]:
    """Give every episode that has counts before and after its start, from the primary one."""
    shown = episodes.aligned()
    courses: list[Course] = []
    others = 0
    for one in primary(episodes):
        contested = one.data.kind == CONTESTED
        place = others % len(COLOURS)
        others += not contested
        rows = shown[shown["episode"] == one.data.id]
        if rows.empty:
            continue
        courses.append(
            Course(
                measure=one,
                months=rows["months_since"].to_numpy(dtype=float),
                share=rows["share"].to_numpy(dtype=float),
                colour=style.ACCENT if contested else COLOURS[place],
                dashes="solid" if contested else STYLES[(others - 1) % len(STYLES)],
                width=2.0 if contested else 1.1,
            )
        )
    return courses


def draw_courses(ax: Axes, courses: list[Course], top: float) -> None:
    """Draw every course, and point at windows above the scale with their height in figures."""
    above = []
    for one in courses:
        ax.plot(one.months, 100 * one.share, marker="o", markersize=1.8, **one.line)
        above += [(month, share, one.colour) for month, share in zip(one.months, 100 * one.share, strict=True)]
    above = sorted(mark for mark in above if mark[1] > top)
    for place, (month, share, colour) in enumerate(above):
        is_close = any(0 < later[0] - month < CLOSE_MONTHS for later in above[place + 1 :])
        ax.plot([month], [top], "^", color=colour, markersize=4, clip_on=False)
        ax.annotate(
            wording.whole(share),
            xy=(month, top),
            xytext=(-4 if is_close else 4, -3),
            textcoords="offset points",
            ha="right" if is_close else "left",
            fontsize=style.SOURCE_PT,
            color=colour,
            path_effects=style.halo(),
        )
