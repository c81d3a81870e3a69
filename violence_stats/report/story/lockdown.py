"""The lockdown's part of a change, as bounds: each number with what has to be assumed for it."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital, when
from violence_stats.ledger.records import Language
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.lockdown_bounds import LockdownBound
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Bullets, Heading, Paragraph, Table
from violence_stats.report.story.phrases import Texts, between

_TEXT: Final[Texts] = {
    "en": {
        "heading": "The lockdown: bounds, not an estimate",
        "why": "The lockdown began while the change of {event} may still have been under way, so that counts alone "
        "cannot say where one ends and the other begins. Each row holds if its assumption does.",
        "correlation": "A ramp and a term for the lockdown never stand in one model, since what one takes the other "
        "loses: their estimates correlate by {correlation}.",
        "table": "How much of the change the lockdown would be, and what that leaves to {event}",
        "if": "The lockdown taken as",
        "share": "Its share",
        "left": "Left to {event}",
        "zero": "nothing",
        "own": "what a step leaves to it",
        "neighbour": "what the counts did in {names}",
        "neighbours": "what they did in all {n}, on average",
        "assumed": "What each assumes",
        "assumption": "{name}: {assumption}.",
        "one": "what the counts did in one country",
        "all": "the average of all",
    },
    "es": {
        "heading": "La cuarentena: cotas, no una estimación",
        "why": "La cuarentena empezó cuando el cambio de {event} tal vez aún estaba en marcha, de modo que los conteos "
        "por sí solos no dicen dónde acaba uno y empieza la otra. Cada fila vale si vale su supuesto.",
        "correlation": "Una rampa y un término para la cuarentena nunca están en un mismo modelo, pues lo que toma una "
        "lo pierde el otro: sus estimaciones se correlacionan en {correlation}.",
        "table": "Cuánto del cambio sería de la cuarentena, y qué le queda a {event}",
        "if": "La cuarentena tomada como",
        "share": "Su parte",
        "left": "Le queda a {event}",
        "zero": "nada",
        "own": "lo que un escalón le deja",
        "neighbour": "lo que hicieron los conteos en {names}",
        "neighbours": "lo que hicieron en los {n}, en promedio",
        "assumed": "Lo que supone cada una",
        "assumption": "{name}: {assumption}.",
        "one": "lo que hicieron los conteos en un país",
        "all": "el promedio de todos",
    },
}


def tell_lockdown(facts: Facts, fall: FallDecomposition, lang: Language) -> tuple[Block, ...]:
    """Give the bounds, with what each assumes; nothing where no lockdown lies in the window."""
    if not fall.lockdown:
        return ()
    text, event = _TEXT[lang], when(fall.specifications["start"].iloc[0], lang)
    sentences = [text["why"].format(event=event)]
    if fall.correlation is not None:
        sentences.append(text["correlation"].format(correlation=wording.decimal(fall.correlation, 2)))
    return (
        Heading(text["heading"], 2),
        Paragraph(tuple(sentences)),
        Table(
            caption=text["table"].format(event=event),
            header=(text["if"], text["share"], text["left"].format(event=event)),
            rows=tuple(_row(facts, fall, one, lang) for one in fall.lockdown),
            widths=(3.2, 1.2, 1.4),
            right=(1, 2),
        ),
        Bullets(_assumptions(fall, lang)),
    )


def _row(facts: Facts, fall: FallDecomposition, one: LockdownBound, lang: Language) -> tuple[str, str, str]:
    """Give shares of the change; the log ratio turns their ends round where the counts fell."""
    codes = [code for code in one.name.split(", ") if code]
    names = [facts.case.settings.countries[code][lang] for code in codes]
    name = _TEXT[lang][one.kind].format(names=wording.listing(names, lang), n=len(names))
    return (
        capital(name),
        _share(fall, one.low, one.high, lang),
        _share(fall, one.event_low, one.event_high, lang),
    )


def _share(fall: FallDecomposition, low: float, high: float, lang: Language) -> str:
    first, last = sorted(100 * end / fall.primary.log_ratio for end in (low, high))
    return between(wording.percent(first, lang, 0), wording.percent(last, lang, 0), lang)


def _assumptions(fall: FallDecomposition, lang: Language) -> tuple[str, ...]:
    """Say each assumption once."""
    text = _TEXT[lang]
    names = {"zero": text["zero"], "own": text["own"], "neighbour": text["one"], "neighbours": text["all"]}
    said = {one.kind: one.assumption[lang] for one in fall.lockdown}
    return tuple(
        text["assumption"].format(name=capital(names[kind]), assumption=assumption) for kind, assumption in said.items()
    )
