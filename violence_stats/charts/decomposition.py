"""What a change is made of: one bar a part, by one model, or the range of each part over many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import style
from violence_stats.charts.decomposition_rows import TEXT, PartRow, part_rows, source_words, title_words, unit_words
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.decomposition import Decomposition
from violence_stats.questions.fall_result import FallDecomposition

FRAME_CM: Final = 3.6
ROW_CM: Final = 1.05
BAR: Final = 0.34
"""Height of a bar; a label, the bar and the gap to the next row make 1."""

LABEL_ABOVE: Final = 0.40
"""From the middle of a bar up to the middle of its label."""

ROOM_FOR_WORDS: Final = 0.30
"""Share of the width to the right of the scale that the numbers take."""


def plot_decomposition(
    decomposition: Decomposition | FallDecomposition,
    *,
    case: CaseLike | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw the parts of a change in counts, each with its share.

    Of one model: a bar from zero to the estimate, with its interval. Of many: a band from the lowest to the highest
    estimate, with a dot for each model. Bars to the left took counts away, bars to the right added some.

    Parameters
    ----------
    decomposition : Decomposition or FallDecomposition
        From `ITSResult.decompose` or `decompose_fall`.
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
        If it is given another result.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats import InterruptedTimeSeries, Step
    >>> counts = pd.Series([31, 29, 31, 15, 16, 14], index=pd.period_range("2020-01", periods=6, freq="M"))
    >>> result = InterruptedTimeSeries([Step("2020-04")], trend=None).fit(counts)
    >>> len(plot_decomposition(result.decompose("2020-Q1", "2020-Q2")).patches)
    3
    """
    language = wording.check_language(lang)
    check_given(decomposition, (Decomposition, FallDecomposition), "decompose_fall(...) or result.decompose(...)")
    rows = part_rows(decomposition, case, language)
    with open_frame(ax, FRAME_CM + ROW_CM * len(rows)) as frame:
        drawn = frame.ax
        for place, row in enumerate(rows):
            _draw_row(drawn, row, place)
        _set_scale(drawn, rows)
        frame.dress(
            title=title_words(decomposition, language),
            unit=unit_words(decomposition, case, language),
            source=source_words(decomposition, language),
        )
        for place, row in enumerate(rows):
            _label_row(drawn, row, place, language)
    return drawn


def decomposition_table(decomposition: Decomposition | FallDecomposition) -> pd.DataFrame:
    """Give the numbers behind the picture: the parts, or the parts by every model."""
    if isinstance(decomposition, Decomposition):
        return decomposition.to_frame().reset_index()
    return decomposition.specifications.copy()


def decomposition_title(decomposition: Decomposition | FallDecomposition, lang: Language) -> str:
    """Give the title that the picture carries."""
    return title_words(decomposition, lang)


def describe_decomposition(
    decomposition: Decomposition | FallDecomposition, case: CaseLike | None, lang: Language
) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    parts = [f"{row.label}: {row.words(lang)}".replace("\n", ", ") for row in part_rows(decomposition, case, lang)]
    unit = unit_words(decomposition, case, lang).replace("\n", " ")
    return TEXT[lang]["alt"].format(unit=unit, parts="; ".join(parts))


def _draw_row(ax: Axes, row: PartRow, place: int) -> None:
    if len(row.counts) == 1:
        colour = style.OBSERVED if row.counts[0] <= 0 else style.ACCENT
        ax.barh(place, row.counts[0], height=BAR, color=colour)
        ax.plot([row.low, row.high], [place, place], color=style.MUTED, linewidth=1.1, path_effects=style.halo())
        return
    ax.barh(place, row.high - row.low, left=row.low, height=BAR, color=style.PALE)
    ax.plot(row.bounds, [place] * len(row.bounds), "D", markersize=3.4, color=style.ACCENT, markeredgewidth=0)
    ax.plot(row.counts, [place] * len(row.counts), "o", markersize=2.6, color=style.OBSERVED, markeredgewidth=0)


def _set_scale(ax: Axes, rows: Sequence[PartRow]) -> None:
    low, high = min(0.0, *(row.low for row in rows)), max(0.0, *(row.high for row in rows))
    span = (high - low) or 1.0
    left, right = low - 0.02 * span, high + 0.04 * span
    ax.set_xlim(left, left + (right - left) / (1 - ROOM_FOR_WORDS))
    ax.set_ylim(len(rows) - 0.4, -0.75)
    ax.axvline(0, color=style.MUTED, linewidth=0.8, zorder=0)
    ticks = [one for one in ax.get_xticks() if left + 0.05 * span <= one <= right]
    ax.set_xticks(ticks, [wording.whole(one) for one in ticks])
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(left, right)


def _label_row(ax: Axes, row: PartRow, place: int, lang: Language) -> None:
    left = ax.get_xlim()[0]
    ax.annotate(
        row.label,
        xy=(left, place - LABEL_ABOVE),
        va="center_baseline",
        fontsize=style.SMALL_PT,
        fontweight="bold",
        path_effects=style.halo(),
    )
    ax.annotate(
        row.words(lang),
        xy=(1, place),
        xycoords=("axes fraction", "data"),
        ha="right",
        va="center",
        fontsize=style.SMALL_PT,
        linespacing=style.LINE_SPACING,
    )
