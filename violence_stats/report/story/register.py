"""The register of claims, one by one: who says what, who disputes it, and what the counts say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from violence_stats import wording
from violence_stats.charts.evidence_words import reading_words
from violence_stats.charts.labels import capital
from violence_stats.errors import WindowError
from violence_stats.ledger.records import Claim, ClaimKind, Language, Question, Words
from violence_stats.months import Window
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Heading, Link
from violence_stats.report.story.answer import verdict_line
from violence_stats.report.story.outlook import outlook_lead
from violence_stats.report.story.phrases import Texts, document_link, interval, on_day

_KINDS: Final[dict[ClaimKind, Words]] = {
    "figure": Words(en="a figure", es="una cifra"),
    "history": Words(en="a reading of the past", es="una lectura del pasado"),
    "explanation": Words(en="an explanation", es="una explicación"),
    "allegation": Words(en="an allegation", es="un señalamiento"),
    "forecast": Words(en="a forecast", es="un pronóstico"),
}

_TEXT: Final[Texts] = {
    "en": {
        "heading": "The claims, one by one",
        "label": "{made_by}: {kind}",
        "counts": "What the counts say:",
        "links": "Reported in:",
        "not_here": "this edition does not answer it; counts alone cannot.",
        "check": "{verdict} The answer at the top of this report gives every pair of counts.",
        "evidence": "they cannot tell who or what brought a fall about; they give its date and its size, in the "
        "chapters of this report.",
        "outlook": "they cannot test a forecast whose condition is disputed.",
        "low_years": "before {year}, the lowest year since {first_year} was {lowest_year}, with {lowest}; the "
        "twelve months of {window} had {after}.",
        "not_before": "Nothing before {first_year} is in the series.",
        "years": "{baseline_year} had {baseline} and {window_year} had {window}, a change of {change}.",
        "highest": "Of the years {first_year} to {last_year}, the highest is {highest_year}, with {highest}.",
        "break": "from {day} on, the rate was {ratio} times what the course until then led to expect ({interval}).",
        "coincide": "That the fall coincides with an event does not say that the event brought it about.",
        "reading": "row by row, the rules of this report read “{reading}”, because {why}. That says nothing on who or "
        "what brought the fall about: the counts cannot.",
        "reading_again": "as on the claim before, the rules read “{reading}”, and counts cannot say who or what "
        "brought the fall about.",
        "came": "Whatever the condition, the counts can be set beside two paths: {came}",
    },
    "es": {
        "heading": "Las afirmaciones, una por una",
        "label": "{made_by}: {kind}",
        "counts": "Lo que dicen los conteos:",
        "links": "Publicado en:",
        "not_here": "esta edición no lo responde; los conteos por sí solos no pueden.",
        "check": "{verdict} La respuesta al inicio de este informe da cada par de conteos.",
        "evidence": "no permiten saber quién o qué produjo una baja; dan su fecha y su tamaño, en los capítulos de "
        "este informe.",
        "outlook": "no pueden poner a prueba un pronóstico cuya condición se disputa.",
        "low_years": "antes de {year}, el año más bajo desde {first_year} fue {lowest_year}, con {lowest}; los doce "
        "meses de {window} tuvieron {after}.",
        "not_before": "La serie no contiene nada anterior a {first_year}.",
        "years": "{baseline_year} tuvo {baseline} y {window_year} tuvo {window}, un cambio de {change}.",
        "highest": "De los años {first_year} a {last_year}, el más alto es {highest_year}, con {highest}.",
        "break": "desde {day}, la tasa fue {ratio} veces lo que hacía esperar el curso anterior ({interval}).",
        "coincide": "Que la baja coincida con un hecho no dice que ese hecho la haya producido.",
        "reading": "fila por fila, las reglas de este informe leen «{reading}», porque {why}. Eso no dice quién o qué "
        "produjo la baja: los conteos no pueden.",
        "reading_again": "como sobre la afirmación anterior, las reglas leen «{reading}», y los conteos no pueden "
        "decir quién o qué produjo la baja.",
        "came": "Sea cual sea la condición, los conteos se pueden comparar con dos caminos: {came}",
    },
}


def tell_register(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """Walk through the register of claims; nothing where it is empty."""
    if not facts.case.claims:
        return ()
    earlier = (None, *(one.question for one in facts.case.claims))
    entries = (
        _entry(facts, claim, _again(facts, lang) if question == claim.question == "evidence" else None, lang)
        for question, claim in zip(earlier, facts.case.claims, strict=False)
    )
    return (Heading(_TEXT[lang]["heading"], 1), *entries)


def _again(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Give the reading of the evidence in short, where the claim before has had it at length."""
    if facts.evidence is None:
        return (_TEXT[lang]["evidence"],)
    return (_TEXT[lang]["reading_again"].format(reading=reading_words(facts.evidence.now.reading, lang)),)


def _entry(facts: Facts, claim: Claim, again: tuple[str, ...] | None, lang: Language) -> Box:
    text = _TEXT[lang]
    answer = _ANSWERS[claim.question](facts, claim, lang) if again is None else again
    dispute = () if claim.dispute is None else (claim.dispute[lang],)
    return Box(
        label=text["label"].format(made_by=capital(claim.made_by[lang]), kind=_KINDS[claim.kind][lang]),
        lead=claim.text[lang],
        sentences=(*dispute, f"{text['counts']} {answer[0]}", *answer[1:]),
        links_label=text["links"],
        links=_documents(facts, claim, lang),
        quiet=True,
    )


def _documents(facts: Facts, claim: Claim, lang: Language) -> tuple[Link, ...]:
    ids = dict.fromkeys((*claim.reported_in, *claim.disputed_in))
    return tuple(document_link(facts.case.ledger.sources[source_id], lang) for source_id in ids)


def _by_check(facts: Facts, claim: Claim, lang: Language) -> tuple[str, ...]:
    if facts.check is None or claim is not facts.claim:
        return (_TEXT[lang]["not_here"],)
    verdict = verdict_line(facts, facts.check, lang)
    return (_TEXT[lang]["check"].format(verdict=verdict[:1].lower() + verdict[1:]),)


def _by_years(facts: Facts, claim: Claim, lang: Language) -> tuple[str, ...]:
    """Set the twelve months from the event on beside the lowest year before it."""
    text, totals = _TEXT[lang], facts.annual_totals
    start = None if not claim.interventions else facts.case.settings.intervention(claim.interventions[0]).date
    known = None if start is None else _known_after(facts, start)
    if start is None or known is None or not (totals.index < start.year).any():
        return (text["not_here"],)
    before, (span, after) = totals[totals.index < start.year], known
    first_year = int(totals.index[0])
    return (
        text["low_years"].format(
            year=start.year,
            first_year=first_year,
            lowest_year=before.idxmin(),
            lowest=wording.whole(before.min()),
            window=wording.window(span, lang),
            after=wording.whole(after),
        ),
        text["not_before"].format(first_year=first_year),
    )


def _known_after(facts: Facts, start: date) -> tuple[Window, int] | None:
    try:
        return facts.twelve_months_from(start)
    except WindowError:
        return None


def _by_episode(facts: Facts, claim: Claim, lang: Language) -> tuple[str, ...]:
    """Compare the years that the claim names, or else give the break of its event."""
    if claim.window is not None and claim.baseline is not None:
        return _compare_years(facts, claim, lang)
    fitted = [one for one in facts.breaks if one.intervention.id in claim.interventions]
    return _by_break(fitted[0], lang) if fitted else (_TEXT[lang]["not_here"],)


def _compare_years(facts: Facts, claim: Claim, lang: Language) -> tuple[str, ...]:
    text, totals = _TEXT[lang], facts.annual_totals
    if claim.window is None or claim.baseline is None or totals.empty:
        return (text["not_here"],)
    try:
        before, after = facts.chain.total(claim.baseline), facts.chain.total(claim.window)
    except WindowError:
        return (text["not_here"],)
    return (
        text["years"].format(
            baseline_year=wording.window(claim.baseline, lang),
            baseline=wording.whole(before),
            window_year=wording.window(claim.window, lang),
            window=wording.whole(after),
            change=wording.percent(100 * (after / before - 1), lang),
        ),
        text["highest"].format(
            first_year=int(totals.index[0]),
            last_year=int(totals.index[-1]),
            highest_year=totals.idxmax(),
            highest=wording.whole(totals.max()),
        ),
    )


def _by_break(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    text, fit = _TEXT[lang], broken.primary
    low, high = wording.decimal(fit.rate_ratio_low, 2), wording.decimal(fit.rate_ratio_high, 2)
    sentence = text["break"].format(
        day=on_day(fit.start, lang),
        ratio=wording.decimal(fit.rate_ratio, 2),
        interval=interval(fit.result, low, high, lang),
    )
    return sentence, text["coincide"]


def _by_evidence(facts: Facts, _claim: Claim, lang: Language) -> tuple[str, ...]:
    text = _TEXT[lang]
    if facts.evidence is None:
        return (text["evidence"],)
    weighed = facts.evidence.now
    return (text["reading"].format(reading=reading_words(weighed.reading, lang), why=weighed.rule_words[lang]),)


def _by_outlook(facts: Facts, _claim: Claim, lang: Language) -> tuple[str, ...]:
    text = _TEXT[lang]
    came = (text["came"].format(came=f"{one[:1].lower()}{one[1:]}") for one in outlook_lead(facts, lang))
    return (text["outlook"], *came)


_ANSWERS: Final[dict[Question, Callable[[Facts, Claim, Language], tuple[str, ...]]]] = {
    "claim": _by_check,
    "breaks": _by_years,
    "episodes": _by_episode,
    "evidence": _by_evidence,
    "outlook": _by_outlook,
}
