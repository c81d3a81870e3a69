"""The first page of a report that has no claim to check: the counts themselves."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts
from violence_stats.report.story.phrases import Texts, called

_TEXT: Final[Texts] = {
    "en": {
        "years": "{measure}: {last} in {last_year}. Of the years {first_year} to {last_year}, the highest is "
        "{highest_year}, with {highest}, and the lowest {lowest_year}, with {lowest}.",
        "total": "{measure}: {total}, {window}.",
        "no_claim": "No claimed change is put to the test here: {reason}.",
    },
    "es": {
        "years": "{measure}: {last} en {last_year}. De los años {first_year} a {last_year}, el más alto es "
        "{highest_year}, con {highest}, y el más bajo {lowest_year}, con {lowest}.",
        "total": "{measure}: {total}, {window}.",
        "no_claim": "Aquí no se pone a prueba ningún cambio afirmado: {reason}.",
    },
}


def lead_without_claim(facts: Facts, lang: Language) -> str:
    """Give the last whole year among the highest and the lowest; the whole series where it has not two."""
    text, totals = _TEXT[lang], facts.annual_totals
    measure = capital(called(facts.case.settings.measures, facts.chain.measure, lang))
    if len(totals) < 2:
        span = facts.chain.span
        return text["total"].format(
            measure=measure, total=wording.whole(facts.chain.total(span)), window=wording.window(span, lang)
        )
    return text["years"].format(
        measure=measure,
        last=wording.whole(totals.iloc[-1]),
        last_year=totals.index[-1],
        first_year=totals.index[0],
        highest=wording.whole(totals.max()),
        highest_year=totals.idxmax(),
        lowest=wording.whole(totals.min()),
        lowest_year=totals.idxmin(),
    )


def why_no_claim(facts: Facts, lang: Language) -> str:
    """Say why no claim is checked."""
    reason = next(one.reason[lang] for one in facts.omitted if one.chapter == "claim")
    return _TEXT[lang]["no_claim"].format(reason=reason)
