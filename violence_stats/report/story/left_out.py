"""The chapters that a report leaves out, and why."""

from __future__ import annotations

from typing import Final

from violence_stats.ledger.records import Language, Words
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Bullets, Heading
from violence_stats.report.omitted import Chapter
from violence_stats.report.story.phrases import Texts

_TEXT: Final[Texts] = {
    "en": {"heading": "Chapters left out of this report", "line": "{chapter}: left out, because {reason}."},
    "es": {"heading": "Capítulos que este informe omite", "line": "{chapter}: se omite porque {reason}."},
}

_CHAPTERS: Final[dict[Chapter, Words]] = {
    "claim": Words(en="The claim", es="La afirmación"),
    "unknown_dates": Words(en="When the series breaks, if nobody names a date", es="Cuándo se quiebra la serie"),
    "fall": Words(en="What the change is made of", es="De qué está hecho el cambio"),
    "episodes": Words(en="The episodes side by side", es="Los episodios, uno junto a otro"),
    "evidence": Words(en="The evidence on an episode", es="La evidencia sobre un episodio"),
    "outlook": Words(en="Looking ahead", es="Mirar hacia adelante"),
    "choices": Words(en="How far the answer depends on choices", es="Cuánto depende la respuesta de lo que se elija"),
}


def tell_left_out(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """Name each chapter that the case's data do not carry; nothing where they carry all."""
    if not facts.omitted:
        return ()
    text = _TEXT[lang]
    lines = [
        text["line"].format(chapter=_CHAPTERS[one.chapter][lang], reason=one.reason[lang]) for one in facts.omitted
    ]
    return (Heading(text["heading"], 1), Bullets(tuple(lines)))
