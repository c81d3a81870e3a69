"""What tells a pact from policing: one row a signature, its number, the side it takes, and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import style
from violence_stats.charts.evidence_words import (
    TEXT,
    describe_evidence,
    evidence_title,
    number_words,
    reading_words,
)
from violence_stats.charts.frame import open_frame
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.questions.evidence import Evidence

__all__ = ["describe_evidence", "evidence_table", "evidence_title", "plot_evidence"]

FRAME_CM: Final = 2.6
"""Height of title, source line and the heads of the three places."""

LINE_PT: Final = 9.0
NAME_PT: Final = 9.8
"""Height of a line of a note, and of a name."""

GAP_PT: Final = 6.0
HEAD_PT: Final = 12.0
PLACES: Final = {"pact": 0.365, "middle": 0.475, "policing": 0.585}
"""Where a side stands across the axes; the names lie to the left and the reasons to the right."""

OWN_WIDTH: Final = 0.96
"""Share of a figure of its own that the layout leaves to the axes."""

NAME_ROOM: Final = 0.31
REASON: Final = 0.655
MARKS: Final = {"favours pact": "D", "favours policing": "s", "cannot tell": "o", "not applicable": "x", "mixed": "o"}
SIDE: Final = {"favours pact": "pact", "favours policing": "policing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a row says."""

    name: str
    number: str
    reading: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row as drawn, its texts already broken into lines.

    Attributes
    ----------
    top_pt : float
        How far under the top of the axes it starts.
    head : str
        What stands above it, where a block of several begins.
    rule : bool
        Whether a line parts it from the row before.
    """

    name: str
    number: str
    reading: str
    reading_words: str
    why: str
    top_pt: float
    height_pt: float
    head: str = ""
    rule: bool = True


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

    Examples
    --------
    >>> import violence_stats as vs
    >>> ax = vs.plot_evidence(vs.weigh_evidence("2012-03"))
    >>> [text.get_text() for text in ax.texts if text.get_text() == "policing"]
    ['policing']
    """
    language = wording.check_language(lang)
    room = OWN_WIDTH * style.WIDTH_CM / 2.54 * 72 if ax is None else style.width_pt(ax)
    with style.chart_style():
        rows = _rows(evidence, room, language)
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
            source=TEXT[language]["read"],
            below_pt=6,
        )
    return drawn


def evidence_table(evidence: Evidence) -> pd.DataFrame:
    """Give the rows behind the picture."""
    return evidence.to_frame()


def _rows(evidence: Evidence, room_pt: float, lang: Language) -> list[_Row]:
    rows: list[_Row] = []
    below = GAP_PT / 2
    for block, signatures in groupby(evidence.rows, key=lambda one: one.signature.block):
        for place, one in enumerate(signatures):
            said = _Said(
                name=one.signature.name[lang], number=number_words(one, lang), reading=one.reading, why=one.why(lang)
            )
            head = TEXT[lang].get(block, "") if place == 0 else ""
            rows.append(_wrap(said, room_pt, lang, below=below, head=head, rule=place == 0))
            below += rows[-1].height_pt
    together = _Said(name=TEXT[lang]["together"], number="", reading=evidence.reading, why=evidence.rule_words[lang])
    return [*rows, _wrap(together, room_pt, lang, below=below, rule=True)]


def _wrap(said: _Said, room_pt: float, lang: Language, *, below: float, rule: bool, head: str = "") -> _Row:
    """Break a row's texts into lines, and give it the height that they take."""
    name = style.wrapped(capital(said.name), room_pt * NAME_ROOM, style.SMALL_PT, bold=True)
    number = style.wrapped(said.number, room_pt * NAME_ROOM, style.SOURCE_PT)
    why = style.wrapped(capital(said.why), room_pt * (0.99 - REASON), style.SOURCE_PT)
    left = _height(name, NAME_PT) + (_height(number, LINE_PT) if number else 0)
    return _Row(
        name=name,
        number=number,
        reading=said.reading,
        reading_words=capital(reading_words(said.reading, lang)),
        why=why,
        top_pt=below,
        height_pt=max(left, NAME_PT + _height(why, LINE_PT)) + GAP_PT + (HEAD_PT if head else 0),
        head=head,
        rule=rule,
    )


def _height(words: str, line_pt: float) -> float:
    return (words.count("\n") + 1) * line_pt


def _draw_row(ax: Axes, row: _Row) -> None:
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
        _write(ax, 0, first + _height(row.name, NAME_PT), row.number, size=style.SOURCE_PT)
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


def _draw_places(ax: Axes, rows: list[_Row], lang: Language) -> None:
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
