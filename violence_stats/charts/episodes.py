"""Every episode from its start on, laid over one another as a share of the level before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.arrays import FloatArray
from violence_stats.charts import style
from violence_stats.charts.episodes_words import (
    TEXT,
    describe_episodes,
    kind_words,
    levels,
    primary,
    source_words,
    unit_words,
)
from violence_stats.charts.frame import open_frame
from violence_stats.charts.labels import capital
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.questions.episodes import EpisodeMeasure, Episodes

__all__ = ["describe_episodes", "episodes_table", "episodes_title", "plot_episodes"]

HEIGHT_CM: Final = 9.4
FIRST_MONTH: Final = -12.5
LAST_MONTH: Final = 36.5
BAR_MONTHS: Final = 1.25
"""From one bar to the next."""

GROUP_MONTHS: Final = 3.0
"""From the bars of the first year to those of the last."""

LABEL_MONTHS: Final = 26.0
LEAST_TOP: Final = 150.0
HEADROOM: Final = 1.12
LINE_PT: Final = 9.6
"""Height of one line of a label."""

GAP_PT: Final = 5.0
"""Between two labels."""

STYLES: Final = ("solid", (0, (5, 1.6)), (0, (1.2, 1.1)), (0, (6, 1.4, 1.2, 1.4)))
COLOURS: Final = (style.OBSERVED, style.MUTED, style.INK)
CONTESTED: Final = "contested"

LineStyle: TypeAlias = str | tuple[int, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Course:
    """One episode as drawn: the contested one thick and in the accent colour, the others by their dashes."""

    measure: EpisodeMeasure
    months: FloatArray
    share: FloatArray
    colour: str
    dashes: LineStyle
    width: float

    @property
    def line(self) -> dict[str, Any]:
        return {"color": self.colour, "linestyle": self.dashes, "linewidth": self.width}


def plot_episodes(
    episodes: Episodes, *, case: CaseLike | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw every episode from its primary start on, as a share of the level of the twelve months before.

    Beside the courses stand the means of the first year and of the last year known, with their intervals.

    Parameters
    ----------
    episodes : Episodes
        From `measure_episodes`.
    case, ax, lang
        As for `plot_timeline`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.

    Examples
    --------
    >>> import violence_stats as vs
    >>> ax = vs.plot_episodes(vs.measure_episodes("SLV"), lang="es")
    >>> ax.get_xlabel()
    'Meses desde el inicio'
    """
    language = wording.check_language(lang)
    courses = _courses(episodes)
    top = max(LEAST_TOP, HEADROOM * 100 * max(float(one.share[one.months > 0].max()) for one in courses))
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        _set_scale(drawn, len(courses), top, language)
        for one in courses:
            drawn.plot(one.months, 100 * one.share, marker="o", markersize=1.8, **one.line)
            _mark_off_scale(drawn, one, top)
        frame.dress(
            title=episodes_title(language),
            unit=unit_words(episodes, case, language),
            source=source_words(episodes, language),
            below_pt=32,
        )
        _draw_means(drawn, courses, top, language)
        _label_courses(drawn, courses, top, language)
    return drawn


def episodes_table(episodes: Episodes) -> pd.DataFrame:
    """Give the numbers behind the picture: one row a window of an episode."""
    return episodes.aligned().round({"months_since": 2, "share": 4})


def episodes_title(lang: Language) -> str:
    """Give the title that the picture carries."""
    return TEXT[lang]["title"]


def _courses(episodes: Episodes) -> list[_Course]:
    shown = episodes.aligned()
    courses: list[_Course] = []
    others = 0
    for one in primary(episodes):
        rows = shown[shown["episode"] == one.data.id]
        contested = one.data.kind == CONTESTED
        place = others % len(COLOURS)
        courses.append(
            _Course(
                measure=one,
                months=rows["months_since"].to_numpy(dtype=float),
                share=rows["share"].to_numpy(dtype=float),
                colour=style.ACCENT if contested else COLOURS[place],
                dashes="solid" if contested else STYLES[others % len(STYLES)],
                width=2.0 if contested else 1.1,
            )
        )
        others += not contested
    return courses


def _set_scale(ax: Axes, n_courses: int, top: float, lang: Language) -> None:
    ax.set_xlim(FIRST_MONTH, _bars_from(n_courses, 2) + LABEL_MONTHS)
    style.count_upwards(ax, top)
    ax.set_xticks([-12, 0, 12, 24, 36], [wording.whole(one) for one in (-12, 0, 12, 24, 36)])
    ax.set_xlabel(TEXT[lang]["months"], fontsize=style.SMALL_PT, loc="left", family=[style.FONT_FAMILY, "sans-serif"])
    ax.spines["bottom"].set_bounds(FIRST_MONTH, LAST_MONTH)
    ax.plot([FIRST_MONTH, LAST_MONTH], [100, 100], color=style.FAINT, linewidth=0.8, zorder=0)
    ax.plot([0, 0], [0, top], color=style.MUTED, linewidth=0.9, linestyle=(0, (4, 2)), zorder=0)


def _bars_from(n_courses: int, group: int) -> float:
    """Where a group of bars begins."""
    return LAST_MONTH + GROUP_MONTHS + group * (n_courses * BAR_MONTHS + GROUP_MONTHS)


def _mark_off_scale(ax: Axes, one: _Course, top: float) -> None:
    """Point at windows above the scale, with their height in figures."""
    for month, share in zip(one.months, 100 * one.share, strict=True):
        if share > top:
            ax.plot([month], [top], "^", color=one.colour, markersize=4, clip_on=False)
            ax.annotate(
                wording.whole(share),
                xy=(month, top),
                xytext=(4, -3),
                textcoords="offset points",
                fontsize=style.SOURCE_PT,
                color=one.colour,
                path_effects=style.halo(),
            )


def _draw_means(ax: Axes, courses: Sequence[_Course], top: float, lang: Language) -> None:
    for group, name in enumerate(("first", "last")):
        left = _bars_from(len(courses), group)
        for place, one in enumerate(courses):
            means = levels(one.measure)
            if not means:
                continue
            x, (mean, low, high) = left + place * BAR_MONTHS, means[group]
            ax.plot([x, x], [low, min(high, top)], color=one.colour, linewidth=one.width)
            ax.plot([x], [mean], "o", markersize=3.2, color=one.colour)
            if high > top:
                ax.plot([x], [top], "^", color=one.colour, markersize=3.4, clip_on=False)
        ax.annotate(
            TEXT[lang][name],
            xy=(left + (len(courses) - 1) * BAR_MONTHS / 2, 0),
            xytext=(0, -5),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=style.SMALL_PT,
            linespacing=style.LINE_SPACING,
            annotation_clip=False,
        )


def _label_courses(ax: Axes, courses: Sequence[_Course], top: float, lang: Language) -> None:
    """Name the episodes at the right, in the order of their last heights, each behind a piece of its line."""
    left = _bars_from(len(courses), 2)
    room = (ax.get_xlim()[1] - left) / (ax.get_xlim()[1] - ax.get_xlim()[0]) * style.width_pt(ax) - 18
    order = sorted(courses, key=lambda one: one.share[-1], reverse=True)
    names = [_label(one.measure, room, lang) for one in order]
    sizes = [((name.count("\n") + 1) * LINE_PT + GAP_PT) * top / style.height_pt(ax) for name in names]
    heights = _spread([100 * float(one.share[-1]) for one in order], sizes, top)
    for one, name, height in zip(order, names, heights, strict=True):
        ax.plot([left, left + 3.4], [height, height], **one.line)
        ax.annotate(
            name,
            xy=(left + 4.2, height),
            va="center",
            fontsize=style.SMALL_PT,
            fontweight="bold",
            color=one.colour,
            linespacing=style.LINE_SPACING,
        )


def _label(one: EpisodeMeasure, room_pt: float, lang: Language) -> str:
    kind = kind_words(one.data.kind, lang).replace(" ", wording.NO_BREAK)
    words = f"{capital(one.name[lang])} ({kind})"
    return style.wrapped(words, room_pt, style.SMALL_PT, bold=True)


def _spread(heights: Sequence[float], sizes: Sequence[float], top: float) -> list[float]:
    """Move labels, given from the top down, so that none lies on another, above the scale or under the axis."""
    placed: list[float] = []
    for place, (height, size) in enumerate(zip(heights, sizes, strict=True)):
        lowest = sum(sizes[place + 1 :]) + size / 2
        highest = placed[-1] - (sizes[place - 1] + size) / 2 if placed else top - size / 2
        placed.append(min(max(height, lowest), highest))
    return placed
