"""What tells a pact from policing: one row a signature, its number, the side it takes, and why."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import style
from violence_stats.charts.evidence_rows import GAP_PT, HEAD_PT, NAME_PT, REASON, Row, evidence_rows, height_pt
from violence_stats.charts.evidence_words import (
    TEXT,
    describe_evidence,
    evidence_title,
    source_words,
)
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.ledger.records import Language
from violence_stats.questions.evidence import Evidence

__all__ = ["describe_evidence", "evidence_table", "evidence_title", "plot_evidence"]

FRAME_CM: Final = 2.6
"""Height of title, source line and the heads of the three places."""

PLACES: Final = {"pact": 0.365, "middle": 0.475, "policing": 0.585}
"""Where a side stands across the axes; the names lie to the left and the reasons to the right."""

OWN_WIDTH: Final = 0.96
"""Share of a figure of its own that the layout leaves to the axes."""

MARKS: Final = {"favours pact": "D", "favours policing": "s", "cannot tell": "o", "not applicable": "x", "mixed": "o"}
SIDE: Final = {"favours pact": "pact", "favours policing": "policing"}


def plot_evidence(evidence: Evidence, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw one row a signature: its number with the interval, where it stands between the two sides, and why.

    Rows of one block stand together between two lines, since a block is one vote. The last row is the reading of all.

    Parameters
    ----------
    evidence : Evidence
        From `weigh_evidence`.
    ax, lang
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
    >>> import violence_stats as vs
    >>> ax = vs.plot_evidence(vs.weigh_evidence("2012-03"))
    >>> [text.get_text() for text in ax.texts if text.get_text() == "policing"]
    ['policing']
    """
    language = wording.check_language(lang)
    check_given(evidence, Evidence, "weigh_evidence(...)")
    room = OWN_WIDTH * style.WIDTH_CM / 2.54 * 72 if ax is None else style.width_pt(ax)
    with style.chart_style():
        rows = evidence_rows(evidence, room, language)
        height = rows[-1].top_pt + rows[-1].height_pt
    with open_frame(ax, FRAME_CM + height * 2.54 / 72) as frame:
        drawn = frame.ax
        drawn.set(xlim=(0, 1), ylim=(height, 0))
        drawn.set_axis_off()
        for row in rows:
            _draw_row(drawn, row)
        _draw_places(drawn, rows, language)
        frame.dress(
            title=evidence_title(evidence, language),
            unit="",
            source=source_words(evidence, language),
            below_pt=6,
        )
    return drawn


def evidence_table(evidence: Evidence) -> pd.DataFrame:
    """Give the rows behind the picture."""
    return evidence.to_frame()


def _draw_row(ax: Axes, row: Row) -> None:
    top = row.top_pt
    if row.rule:
        ax.plot([0, 1], [top, top], color=style.FAINT, linewidth=0.8, clip_on=False, zorder=0)
    if row.head:
        _write(ax, 0, top + GAP_PT / 2, row.head, size=style.SOURCE_PT, color=style.MUTED)
        top += HEAD_PT
    first = top + GAP_PT / 2
    decided = row.reading in SIDE
    _write(ax, 0, first, row.name, bold=True)
    if row.number:
        _write(ax, 0, first + height_pt(row.name, NAME_PT), row.number, size=style.SOURCE_PT)
    _write(ax, REASON, first, row.reading_words, bold=decided, color=style.ACCENT if decided else style.INK)
    _write(ax, REASON, first + NAME_PT, row.why, size=style.SOURCE_PT, color=style.MUTED)
    middle = (top + row.top_pt + row.height_pt) / 2
    ax.plot([PLACES["pact"], PLACES["policing"]], [middle, middle], color=style.FAINT, linewidth=1.2, zorder=1)
    ends = [PLACES["pact"], PLACES["policing"]] if row.reading == "mixed" else [PLACES[SIDE.get(row.reading, "middle")]]
    ax.plot(
        ends,
        [middle] * len(ends),
        MARKS[row.reading],
        markersize=6.5,
        color=style.ACCENT if decided else style.INK,
        markerfacecolor=style.ACCENT if decided else "white",
        markeredgewidth=1.2,
        zorder=3,
    )


def _write(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    *,
    size: float = style.SMALL_PT,
    bold: bool = False,
    color: str = style.INK,
) -> None:
    ax.annotate(
        words,
        xy=(x, y),
        va="top",
        fontsize=size,
        fontweight="bold" if bold else "normal",
        color=color,
        linespacing=style.LINE_SPACING,
        annotation_clip=False,
    )


def _draw_places(ax: Axes, rows: list[Row], lang: Language) -> None:
    """Name the two sides and the middle above a line through all rows."""
    last = rows[-1].top_pt + rows[-1].height_pt
    for name, x in PLACES.items():
        ax.plot([x, x], [0, last], color=style.SHADE, linewidth=5 if name == "middle" else 7, zorder=0)
        ax.annotate(
            TEXT[lang][name],
            xy=(x, 0),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=style.SMALL_PT,
            fontweight="bold",
            annotation_clip=False,
        )
