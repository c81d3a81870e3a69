"""What a picture of evidence says: each row's number with its interval, its reading and why, in words."""

from __future__ import annotations

import math
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.charts.lanes import LAST_PUBLISHERS
from violence_stats.ledger.records import Language
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.evidence_words import READINGS
from violence_stats.questions.signature import Measured, Weighed

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Pact or policing? The evidence on {name}",
        "known": ", as known on {day}",
        "pact": "pact",
        "middle": "cannot tell",
        "policing": "policing",
        "together": "All together",
        "because": "{reading}: {why}",
        "count shape": "Shape of the counts: one vote for the three",
        "read": "Rows between two lines are one block, and a block is one vote. Filled marks take a side, hollow ones "
        "do not decide, crosses have nothing to measure. Intervals are at 95%.",
        "source": " Source: {publishers}.",
        "alt": "{title}. {rows}. {together}: {overall}.",
    },
    "es": {
        "title": "¿Pacto o policía? La evidencia sobre {name}",
        "known": ", según lo que se sabía el {day}",
        "pact": "pacto",
        "middle": "no se sabe",
        "policing": "policía",
        "together": "En conjunto",
        "because": "{reading}: {why}",
        "count shape": "Forma de los conteos: un solo voto para las tres",
        "read": "Las filas entre dos líneas son un bloque, y un bloque es un voto. Las marcas llenas toman partido, "
        "las huecas no deciden y las cruces no tienen qué medir. Los intervalos son del 95\u00a0%.",
        "source": " Fuente: {publishers}.",
        "alt": "{title}. {rows}. {together}: {overall}.",
    },
}

NUMBERS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "onset": "{value} months to 80% of the fall ({low}\u00a0to\u00a0{high})",
        "persistence": "{value} of the fall undone ({low}\u00a0to\u00a0{high})",
        "bursts": "{value} bursts found",
        "specificity": "{value} times the course of other crime ({low}\u00a0to\u00a0{high})",
        "enforcement": "{value} times the level before ({low}\u00a0to\u00a0{high})",
        "substitution": "{value} times the level before ({low}\u00a0to\u00a0{high})",
        "geography": "{value} times the course elsewhere ({low}\u00a0to\u00a0{high})",
        "neighbours": "{value} times the neighbours' course ({low}\u00a0to\u00a0{high})",
        "counting": "{value} of the count",
        "open": "no upper end",
    },
    "es": {
        "onset": "{value} meses hasta el 80\u00a0% de la caída ({low}\u00a0a\u00a0{high})",
        "persistence": "{value} de la caída deshecho ({low}\u00a0a\u00a0{high})",
        "bursts": "{value} repuntes hallados",
        "specificity": "{value} veces el curso de los demás delitos ({low}\u00a0a\u00a0{high})",
        "enforcement": "{value} veces el nivel anterior ({low}\u00a0a\u00a0{high})",
        "substitution": "{value} veces el nivel anterior ({low}\u00a0a\u00a0{high})",
        "geography": "{value} veces el curso en el resto ({low}\u00a0a\u00a0{high})",
        "neighbours": "{value} veces el curso de los vecinos ({low}\u00a0a\u00a0{high})",
        "counting": "{value} del conteo",
        "open": "sin extremo superior",
    },
}


def evidence_title(evidence: Evidence, lang: Language) -> str:
    """Give the title that the picture carries."""
    text = TEXT[lang]
    known = "" if evidence.as_of is None else text["known"].format(day=wording.day(evidence.as_of, lang))
    return text["title"].format(name=evidence.episode.name[lang]) + known


def reading_words(reading: str, lang: Language) -> str:
    """Say a reading in words."""
    return READINGS[reading][lang]


def number_words(row: Weighed, lang: Language) -> str:
    """Say a row's number with its interval; nothing where it has none. A log ratio is said as a ratio."""
    number = row.number
    if number is None:
        return ""
    value, low, high = (_end(end, number, lang) for end in (number.value, number.low, number.high))
    return NUMBERS[lang][row.signature.id].format(value=value, low=low, high=high)


def ratio_words(number: Measured, places: int = 2) -> tuple[str, str, str]:
    """Give a log ratio and the ends of its interval as ratios."""
    value, low, high = (wording.decimal(math.exp(end), places) for end in (number.value, number.low, number.high))
    return value, low, high


def _end(end: float, number: Measured, lang: Language) -> str:
    if math.isinf(end):
        return NUMBERS[lang]["open"]
    if number.unit.endswith("bound"):
        return wording.percent(100 * -math.expm1(end), lang, 0)
    if number.unit.startswith("log"):
        return wording.decimal(math.exp(end), 2)
    if number.unit.startswith("share"):
        return wording.percent(100 * end, lang, 0)
    return wording.whole(end) if number.unit == "bursts" else wording.decimal(end, 1)


def overall_words(evidence: Evidence, lang: Language) -> str:
    """Say the reading of all blocks, and the rule that gave it."""
    reading = reading_words(evidence.reading, lang)
    return TEXT[lang]["because"].format(reading=reading, why=evidence.rule_words[lang])


def source_words(evidence: Evidence, lang: Language) -> str:
    """Say how to read the picture and who counted."""
    text, named = TEXT[lang], [code for code in evidence.publishers if code not in LAST_PUBLISHERS]
    return text["read"] + (text["source"].format(publishers=wording.listing(named, lang)) if named else "")


def describe_evidence(evidence: Evidence, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    text = TEXT[lang]
    return text["alt"].format(
        title=evidence_title(evidence, lang),
        rows="; ".join(_in_words(row, lang) for row in evidence.rows),
        together=text["together"],
        overall=overall_words(evidence, lang),
    )


def _in_words(row: Weighed, lang: Language) -> str:
    number = number_words(row, lang)
    said = TEXT[lang]["because"].format(reading=reading_words(row.reading, lang), why=row.why(lang))
    return f"{capital(row.signature.name[lang])}: {number + ', ' if number else ''}{said}"
