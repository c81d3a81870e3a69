"""The effects of a fit, or of several: one interval a term, on an axis of rate ratios."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from violence_stats import wording
from violence_stats.charts import style
from violence_stats.charts.effect_rows import EffectRow, Effects, effect_rows
from violence_stats.charts.effect_terms import TEXT
from violence_stats.charts.effects_words import effects_source, effects_title
from violence_stats.charts.frame import open_frame
from violence_stats.charts.ratio_axis import label_changes, padded
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language

FRAME_CM: Final = 2.9
ROW_CM: Final = 0.62
HEADING: Final = 0.9
"""Height of a term's heading, in rows."""

ROOM_FOR_WORDS: Final = 0.28
"""Share of the width to the right of the scale that the numbers take."""

ROOM_FOR_SOURCES: Final = 0.26
"""Share to the left, where several results stand side by side."""

MOST_TICKS: Final = 5


def plot_effects(effects: Effects, *, case: CaseLike | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the interventions of a fit as changes in the rate, each with its interval.

    Several fits, or one under every assumption about errors, stand side by side under each term. The axis is that of
    logs of rate ratios, labelled in per cent; under the gaussian family, or without logs, it is in the unit of the
    values. A controlled fit shows what changed beyond the controls, and beside it what changed in them.

    Parameters
    ----------
    effects : ITSResult, ControlledResult, ARIMAResult, ErrorComparison, or mapping of str to fits
        A fit, what its `ITSResult.compare_errors` gives, or several fits by name.
    case, ax, lang
        As for `plot_timeline`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.
    SpecificationError
        If there is no intervention to draw, the model has no terms for them (a structural one), or some results are
        ratios and some are not.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats import InterruptedTimeSeries, Step
    >>> counts = pd.Series([31, 29, 31, 15, 16, 14], index=pd.period_range("2020-01", periods=6, freq="M"))
    >>> result = InterruptedTimeSeries([Step("2020-04")], trend=None, errors="iid").fit(counts)
    >>> [tick.get_text() for tick in plot_effects(result).get_xticklabels()][-1]
    '0%'
    """
    language = wording.check_language(lang)
    rows = effect_rows(effects, case, language)
    places = _places(rows)
    with open_frame(ax, FRAME_CM + ROW_CM * (places[-1] + 1)) as frame:
        drawn = frame.ax
        for row, place in zip(rows, places, strict=True):
            _draw_row(drawn, row, place)
        _set_scale(drawn, rows, places, language)
        frame.dress(
            title=effects_title(effects, case, language),
            unit=TEXT[language]["unit" if rows[0].is_log else "unit_values"],
            source=effects_source(effects, rows, language),
        )
        for row, place in zip(rows, places, strict=True):
            _label_row(drawn, row, place, language)
        _head_terms(drawn, rows, places)
    return drawn


def effects_table(effects: Effects, case: CaseLike | None = None, lang: str = "en") -> pd.DataFrame:
    """Give the numbers behind the picture, one row an interval."""
    rows = effect_rows(effects, case, wording.check_language(lang))
    columns = ("term", "source", "value", "low", "high", "adjusted")
    return pd.DataFrame([{name: getattr(row, name) for name in columns} for row in rows])


def _places(rows: Sequence[EffectRow]) -> list[float]:
    """Give each row its height on the axis, with room for a heading above each term."""
    places, below = [], 0.0
    for _, group in groupby(rows, key=lambda row: row.term):
        below += HEADING
        for _ in group:
            places.append(below)
            below += 1.0
    return places


def _draw_row(ax: Axes, row: EffectRow, place: float) -> None:
    colour = style.OBSERVED if row.adjusted else style.MUTED
    line = "-" if row.adjusted else (0, (2.5, 1.2))
    ax.plot([row.low, row.high], [place, place], color=colour, linewidth=1.5, linestyle=line, solid_capstyle="butt")
    face = colour if row.adjusted else "white"
    ax.plot(row.value, place, "o", markersize=4.6, color=colour, markerfacecolor=face, markeredgewidth=1.1)


def _set_scale(ax: Axes, rows: Sequence[EffectRow], places: Sequence[float], lang: Language) -> None:
    low, high = padded([end for row in rows for end in (row.low, row.high)])
    left_share = ROOM_FOR_SOURCES if any(row.source for row in rows) else 0.0
    width = (high - low) / (1 - ROOM_FOR_WORDS - left_share)
    ax.set_xlim(low - left_share * width, high + ROOM_FOR_WORDS * width)
    ax.set_ylim(places[-1] + 0.6, -0.3)
    ax.axvline(0, color=style.MUTED, linewidth=0.8, zorder=0)
    if rows[0].is_log:
        label_changes(ax.xaxis, low, high, lang, most=MOST_TICKS)
    else:
        ticks = [one for one in MaxNLocator(nbins=5).tick_values(low, high) if low <= one <= high]
        ax.set_xticks(ticks, [wording.decimal(one, _places_for(ticks)) for one in ticks])
    ax.set_yticks([])
    for side in ("left", "top", "right"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_bounds(low, high)


def _places_for(ticks: Sequence[float]) -> int:
    """Decimals that tell the ticks apart."""
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else 1.0
    return max(0, int(np.ceil(-np.log10(step))))


def _label_row(ax: Axes, row: EffectRow, place: float, lang: Language) -> None:
    shared: Any = {"va": "center", "fontsize": style.SMALL_PT}
    ax.annotate(row.words(lang), xy=(1, place), xycoords=("axes fraction", "data"), ha="right", **shared)
    if row.source:
        room = ROOM_FOR_SOURCES * style.width_pt(ax) - 4
        words = style.wrapped(row.source, room, style.SMALL_PT)
        ax.annotate(words, xy=(0, place), xycoords=("axes fraction", "data"), linespacing=style.LINE_SPACING, **shared)


def _head_terms(ax: Axes, rows: Sequence[EffectRow], places: Sequence[float]) -> None:
    seen = set()
    for row, place in zip(rows, places, strict=True):
        if row.term in seen:
            continue
        seen.add(row.term)
        ax.annotate(
            row.term,
            xy=(0, place - 0.72),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=style.SMALL_PT,
            fontweight="bold",
            path_effects=style.halo(),
        )
