"""Pact or policing, row by row: the reading, the rule that gave it, and the picture."""

from __future__ import annotations

from typing import Final

from violence_stats.ledger.records import Language
from violence_stats.questions import rules
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.evidence_words import BLOCKS, NO_PROBABILITY, tell_reading, tell_sides
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Bullets, Heading, Paragraph, Picture
from violence_stats.report.pictures import EVIDENCE, Chart
from violence_stats.report.story.error_rates import tell_error_rates
from violence_stats.report.story.evidence_checks import tell_other_episodes, tell_then, tell_without
from violence_stats.report.story.evidence_data import tell_available, tell_compared
from violence_stats.report.story.evidence_margins import is_thin, margins
from violence_stats.report.story.phrases import Texts

_TEXT: Final[Texts] = {
    "en": {
        "heading": "Pact or policing: the evidence row by row",
        "short": "In short",
        "how": "What a pact and what policing would leave behind was written down before it was looked at, for each "
        "row by itself. Rows that rest on the same counts stand in a block, and a block is one vote. A side is "
        "favoured where at least {needed} blocks are for it, none is against, and it stays so whichever block is left "
        "out. Every rule stands in one file with a log of its changes.",
        "margins": "How thin it is",
        "thin": "What speaks for a side rests on thin margins.",
    },
    "es": {
        "heading": "Pacto o policía: la evidencia, fila por fila",
        "short": "En resumen",
        "how": "Lo que dejarían un pacto y la labor policial se escribió antes de mirar, para cada fila por separado. "
        "Las filas que descansan en los mismos conteos están en un bloque, y un bloque es un voto. Se favorece a un "
        "lado donde al menos {needed} bloques están a su favor, ninguno en contra, y sigue así aunque se omita "
        "cualquiera de ellos. Todas las reglas están en un archivo, con un registro de sus cambios.",
        "margins": "Qué tan estrecho es el margen",
        "thin": "Lo que habla por un lado descansa en márgenes estrechos.",
    },
}


def tell_evidence_rows(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Give the reading with the rows that it rests on, then all that it depends on."""
    if facts.evidence is None:
        return ()
    text, found, chart = _TEXT[lang], facts.evidence, charts[EVIDENCE]
    said = margins(facts, found, lang)
    return (
        Heading(text["heading"], 1),
        Box(
            label=text["short"],
            lead=reading_line(found.now, lang),
            sentences=(tell_sides(found.now.episode.votes, lang), *_thin(facts, lang), NO_PROBABILITY[lang]),
            quiet=True,
        ),
        Paragraph((text["how"].format(needed=rules.NEEDED_BLOCKS),)),
        *tell_available(facts, found, lang),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *tell_compared(facts, found, lang),
        *((Heading(text["margins"], 2), Bullets(said)) if said else ()),
        *tell_without(found.now, BLOCKS, lang),
        *tell_other_episodes(found.now, lang),
        *tell_then(found, lang),
        *tell_error_rates(found, lang),
    )


def evidence_line(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Say the reading in one line; nothing where there is none."""
    if facts.evidence is None:
        return ()
    weighed = facts.evidence.now
    text = _TEXT[lang]
    said = (reading_line(weighed, lang), tell_sides(weighed.episode.votes, lang), *_thin(facts, lang))
    return (f"{text['heading']}. {' '.join(said)}",)


def reading_line(evidence: Evidence, lang: Language) -> str:
    """Say the reading of an episode and the rule that gave it."""
    return tell_reading(evidence.episode.name, evidence.reading, evidence.rule_words, lang)


def _thin(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Warn where a side is taken by numbers near the limit of their rule, or by counts that hold a lockdown."""
    return (_TEXT[lang]["thin"],) if facts.evidence is not None and is_thin(facts.evidence) else ()
