"""Wording that every chapter shares: intervals by what they hold, dates with their prepositions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from violence_stats import wording
from violence_stats.charts.evidence_words import ratio_words
from violence_stats.figures import Source
from violence_stats.ledger.records import Language, Words
from violence_stats.models.result import ITSResult
from violence_stats.questions.signature import Measured
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.document import Link

Texts = dict[Language, dict[str, str]]

NO_NUMBER: Final = "–"

_TEXT: Final[Texts] = {
    "en": {
        "adjusted": "95% interval {low} to {high}",
        "unadjusted": "{low} to {high}, not adjusted for serial correlation",
        "adjusted_head": "95% interval",
        "unadjusted_head": "Interval, not adjusted for serial correlation",
        "untitled": "without a title",
    },
    "es": {
        "adjusted": "intervalo del 95\u00a0%: {low} a {high}",
        "unadjusted": "{low} a {high}, sin ajuste por correlación serial",
        "adjusted_head": "Intervalo del 95\u00a0%",
        "unadjusted_head": "Intervalo, sin ajuste por correlación serial",
        "untitled": "sin título",
    },
}


_COMPILERS_NOTE: Final = re.compile(r"^\[[^]]*\]\s*")


def interval(result: ITSResult, low: str, high: str, lang: Language) -> str:
    """Word an interval of a fit: a 95% interval only where its errors allow for serial correlation."""
    return _TEXT[lang][_kind(result)].format(low=low, high=high)


def interval_head(result: ITSResult, lang: Language) -> str:
    """Head a column of intervals."""
    return _TEXT[lang][f"{_kind(result)}_head"]


def _kind(result: ITSResult) -> str:
    return "adjusted" if result.estimate.adjusts_for_correlation else "unadjusted"


def on_day(value: date, lang: Language) -> str:
    """Name a day so that "from ... on" or "desde ..." may stand before it."""
    words = wording.day(value, lang)
    return f"el {words}" if lang == "es" else words


def date_list(broken: BreakFacts, lang: Language) -> str:
    """List the dates at which a break was fitted."""
    return wording.listing([wording.day(fit.start, lang) for fit in broken.fits], lang)


def between(low: str, high: str, lang: Language) -> str:
    """Write a range, or the one value that it shrinks to when printed."""
    if low == high:
        return low
    return f"{low} to {high}" if lang == "en" else f"{low} a {high}"


def ratio(number: Measured | None, lang: Language) -> str:
    """Write a log ratio as a ratio with its interval, or the dash of a cell without a number."""
    if number is None:
        return NO_NUMBER
    value, low, high = ratio_words(number)
    return f"{value} ({between(low, high, lang)})"


def called(names: Mapping[str, Words], code: str, lang: Language) -> str:
    """Give the case's name for a code of its tables; the code itself where it names none."""
    return names[code][lang] if code in names else code


def spanning(low: str, high: str, lang: Language) -> str:
    """Write a range as the object of a verb, or the one value that it shrinks to when printed."""
    return wording.spanning(low, high, lang)


def document_link(source: Source, lang: Language) -> Link:
    """Name a document and where it lies; one without a title goes by the site that carries it.

    What stands in square brackets before a title is a note of whoever compiled the table, not part of it.
    """
    title = (
        _COMPILERS_NOTE.sub("", source.title)
        or f"{urlsplit(source.url).hostname or source.source_id} ({_TEXT[lang]['untitled']})"
    )
    dated = source.date and source.date[:4] not in title
    return Link(text=f"{title}, {source.date}" if dated else title, url=source.url)
