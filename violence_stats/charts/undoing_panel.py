"""A panel under the courses of all episodes: one that came undone, a course for each date that it is given."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.axes import Axes

from violence_stats.charts import style
from violence_stats.charts.episode_columns import (
    BAR_MONTHS,
    Name,
    bars_from,
    draw_bar,
    draw_months,
    write_names,
    write_under,
)
from violence_stats.charts.panels import head_panel
from violence_stats.charts.under_axes import panel_under
from violence_stats.charts.undoing_words import TEXT, head_words, middle_words, others_words
from violence_stats.charts.undoings import Undoing
from violence_stats.ledger.records import Language

HEAD_PT: Final = 20.0
"""Room for the heading, under the labels of what stands above."""

HEIGHT_PT: Final = 92.0
LABELS_PT: Final = 32.0
"""How far the ticks and the name of the months reach under axes."""

REACH_PT: Final = HEAD_PT + HEIGHT_PT + LABELS_PT
"""Height of a panel with its heading and its labels."""

HEADROOM: Final = 1.04
LIGHT: Final[dict[str, Any]] = {"color": style.PALE, "linewidth": 0.8, "zorder": 1}


def draw_undoing(ax: Axes, undoing: Undoing, n_bars: int, *, colour: str, above_pt: float, lang: Language) -> None:
    """Draw the courses of every date, that of the middle one dark, once the layout stands.

    Parameters
    ----------
    n_bars : int
        In each group of the axes above, whose months and columns it shares.
    colour : str
        Of the episode above.
    above_pt : float
        From the foot of the axes down to the lowest label of what stands above the panel.
    """
    panel = panel_under(ax, top_pt=above_pt + HEAD_PT, height_pt=HEIGHT_PT)
    top = HEADROOM * 100 * max(float(one.share[one.months > 0].max()) for one in undoing.courses)
    draw_months(panel, n_bars, top, TEXT[lang]["months"])
    head_panel(panel, head_words(undoing, lang))
    dark: dict[str, Any] = {"color": colour, "linewidth": 1.3, "zorder": 3}
    for one in undoing.courses:
        kind = dark if one is undoing.middle else LIGHT
        panel.plot(one.months, 100 * one.share, **kind)
    _draw_means(panel, undoing, n_bars, top, dark)
    middle = (bars_from(n_bars, 0) + bars_from(n_bars, 1) + n_bars * BAR_MONTHS) / 2
    write_under(panel, middle, TEXT[lang]["first"])
    names = [Name(text=middle_words(undoing, lang), height=0.6 * top, line=dark, colour=colour)]
    if undoing.others:
        names.append(Name(text=others_words(undoing, lang), height=0.3 * top, line=LIGHT, colour=style.MUTED))
    write_names(panel, names, n_bars, top=top, size_pt=(style.width_pt(ax), HEIGHT_PT))


def _draw_means(panel: Axes, undoing: Undoing, n_bars: int, top: float, dark: dict[str, Any]) -> None:
    """Spread the bars of all dates over both groups of the axes above."""
    left, right = bars_from(n_bars, 0), bars_from(n_bars, 1) + (n_bars - 1) * BAR_MONTHS
    n_apart = max(len(undoing.courses) - 1, 1)
    for place, one in enumerate(undoing.courses):
        kind = dark if one is undoing.middle else LIGHT
        draw_bar(panel, left + place * min(BAR_MONTHS, (right - left) / n_apart), one.mean, top, **kind)
