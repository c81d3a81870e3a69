"""A named date beside the break found nearest to it, as cells of a table."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.breaks_words import probability_words
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.report.story.phrases import Texts
from violence_stats.report.unknown_dates import WITHIN_MONTHS, Beside

_TEXT: Final[Texts] = {
    "en": {
        "nearest": "Nearest break",
        "apart": "Months to the break",
        "within_1": "Prob. within {k} month",
        "within": "Prob. within {k} months",
        "note": "Months to the break: negative where the break comes first. Prob.: probability of a break in that "
        "month or so many months before or after it, by the Bayesian search, which gives each month one.",
    },
    "es": {
        "nearest": "Quiebre más cercano",
        "apart": "Meses hasta el quiebre",
        "within_1": "Prob. a {k} mes o menos",
        "within": "Prob. a {k} meses o menos",
        "note": "Meses hasta el quiebre: en negativo donde el quiebre viene antes. Prob.: probabilidad de un quiebre "
        "en ese mes o hasta tantos meses antes o después, según la búsqueda bayesiana, que da una a cada mes.",
    },
}


def heads(lang: Language) -> tuple[str, ...]:
    """Head the columns that `cells` fills."""
    text = _TEXT[lang]
    within = (text["within_1" if k == 1 else "within"].format(k=k) for k in WITHIN_MONTHS)
    return (text["nearest"], text["apart"], *within)


def cells(beside: Beside, lang: Language) -> tuple[str, ...]:
    """Give the nearest break, how far off it lies, and the probabilities; dashes for what there is not."""
    if beside.probabilities is None:
        within = ("–",) * len(WITHIN_MONTHS)
    else:
        within = tuple(probability_words(one) for one in beside.probabilities)
    if beside.nearest is None or beside.months is None:
        return ("–", "–", *within)
    return (capital(wording.month(beside.nearest.first_day, lang)), _apart(beside.months), *within)


def note(lang: Language) -> str:
    """Say how to read the columns."""
    return _TEXT[lang]["note"]


def _apart(months: int) -> str:
    return f"+{months}" if months > 0 else wording.whole(months)
