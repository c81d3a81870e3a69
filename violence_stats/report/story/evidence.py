"""Pact or policing, row by row: the reading, the rule that gave it, and the picture."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.evidence_words import reading_words
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language, Words
from violence_stats.questions import rules
from violence_stats.questions.episode_evidence import VOTING
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.signature import Block as EvidenceBlock
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
        "lead": "{name}: the rules read “{reading}”, because {why}.",
        "sides": "For a pact: {pact}. For policing: {policing}.",
        "nobody": "nothing",
        "how": "What a pact and what policing would leave behind was written down before it was looked at, for each "
        "row by itself. Rows that rest on the same counts stand in a block, and a block is one vote. A side is "
        "favoured where at least {needed} blocks are for it, none is against, and it stays so whichever block is left "
        "out. Every rule stands in one file with a log of its changes.",
        "not": "A reading is not the probability that there was a pact: it says what these rules make of what was "
        "counted.",
        "margins": "How thin it is",
        "thin": "What speaks for a side rests on thin margins.",
    },
    "es": {
        "heading": "Pacto o policía: la evidencia, fila por fila",
        "short": "En breve",
        "lead": "{name}: las reglas leen «{reading}», porque {why}.",
        "sides": "A favor de un pacto: {pact}. A favor de la labor policial: {policing}.",
        "nobody": "nada",
        "how": "Lo que dejarían un pacto y la labor policial se escribió antes de mirar, para cada fila por separado. "
        "Las filas que descansan en los mismos conteos están en un bloque, y un bloque es un voto. Se favorece a un "
        "lado donde al menos {needed} bloques están a su favor, ninguno en contra, y sigue así aunque se omita "
        "cualquiera de ellos. Todas las reglas están en un archivo, con un registro de sus cambios.",
        "not": "Una lectura no es la probabilidad de que hubiera un pacto: dice lo que estas reglas sacan de lo que se "
        "contó.",
        "margins": "Cuán estrecho es el margen",
        "thin": "Lo que habla por un lado descansa en márgenes estrechos.",
    },
}

BLOCKS: Final[dict[EvidenceBlock, Words]] = {
    "count shape": Words(en="shape of the counts", es="forma de los conteos"),
    "other crime": Words(en="other crime", es="otros delitos"),
    "enforcement": Words(en="enforcement", es="actividad policial"),
    "disappearances": Words(en="disappearances", es="desapariciones"),
    "geography": Words(en="places", es="lugares"),
    "neighbours": Words(en="neighbours", es="vecinos"),
    "bound": Words(en="bound on counting", es="cota del conteo"),
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
            lead=reading_line(found.now, text["lead"], lang),
            sentences=(_sides(found.now, lang), *_thin(facts, lang), text["not"]),
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
    said = (reading_line(weighed, text["lead"], lang), _sides(weighed, lang), *_thin(facts, lang))
    return (f"{text['heading']}. {' '.join(said)}",)


def reading_line(evidence: Evidence, template: str, lang: Language) -> str:
    """Say the reading of an episode and the rule that gave it."""
    return template.format(
        name=capital(evidence.episode.name[lang]),
        reading=reading_words(evidence.reading, lang),
        why=evidence.rule_words[lang],
    )


def _thin(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Warn where a side is taken by numbers near the limit of their rule, or by counts that hold a lockdown."""
    return (_TEXT[lang]["thin"],) if facts.evidence is not None and is_thin(facts.evidence) else ()


def _sides(evidence: Evidence, lang: Language) -> str:
    """Name the blocks that take each side; a block that puts both on the table stands on both."""
    votes = {block: vote for block, vote in evidence.episode.votes.items() if block in VOTING}
    names = {
        side: wording.listing([BLOCKS[block][lang] for block, vote in votes.items() if vote in (side, "both")], lang)
        for side in ("pact", "policing")
    }
    nobody = _TEXT[lang]["nobody"]
    return _TEXT[lang]["sides"].format(pact=names["pact"] or nobody, policing=names["policing"] or nobody)
