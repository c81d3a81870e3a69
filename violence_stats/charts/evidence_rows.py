"""The rows of a picture of evidence: what each says, broken into lines, and the height that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from violence_stats.charts import style
from violence_stats.charts.evidence_words import TEXT, number_words, reading_words
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.questions.evidence import Evidence

LINE_PT: Final = 9.0
NAME_PT: Final = 9.8
"""Height of a line of a note, and of a name."""

GAP_PT: Final = 6.0
HEAD_PT: Final = 12.0
NAME_ROOM: Final = 0.31
"""Share of the width that the names take at the left."""

REASON: Final = 0.655
"""Where across the axes the reasons begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a row says."""

    name: str
    number: str
    reading: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
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


def evidence_rows(evidence: Evidence, room_pt: float, lang: Language) -> list[Row]:
    """Give one row a signature, block by block, and the reading of all; `room_pt` is the width of the axes."""
    rows: list[Row] = []
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


def _wrap(said: _Said, room_pt: float, lang: Language, *, below: float, rule: bool, head: str = "") -> Row:
    """Break a row's texts into lines, and give it the height that they take."""
    name = style.wrapped(capital(said.name), room_pt * NAME_ROOM, style.SMALL_PT, bold=True)
    number = style.wrapped(said.number, room_pt * NAME_ROOM, style.SOURCE_PT)
    why = style.wrapped(capital(said.why), room_pt * (0.99 - REASON), style.SOURCE_PT)
    left = height_pt(name, NAME_PT) + (height_pt(number, LINE_PT) if number else 0)
    return Row(
        name=name,
        number=number,
        reading=said.reading,
        reading_words=capital(reading_words(said.reading, lang)),
        why=why,
        top_pt=below,
        height_pt=max(left, NAME_PT + height_pt(why, LINE_PT)) + GAP_PT + (HEAD_PT if head else 0),
        head=head,
        rule=rule,
    )


def height_pt(words: str, line_pt: float) -> float:
    """Give the height of a text of so high lines."""
    return (words.count("\n") + 1) * line_pt
