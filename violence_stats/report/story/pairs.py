"""The claim, pair by pair: the counts, what the claim would have needed, and what chance alone would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.questions.claim import ClaimCheck
from violence_stats.questions.verdict import Comparison
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.story.phrases import Texts, between

_TEXT: Final[Texts] = {
    "en": {
        "heading": "The claim, pair by pair",
        "verdict_1": "The verdict rests on one pair, whose two counts come from one series, one publisher at one time, "
        "or one document. {rounding}",
        "verdict": "The verdict rests on the {n} pairs whose two counts come from one series, one publisher at one "
        "time, or one document. {rounding}",
        "chance": "Chance alone moves such a percentage: two counts drawn anew at the same rates would give anything "
        "from {low} to {high} (two standard errors either way, without allowing for one month resembling the next).",
        "mixed": "The other {n} pairs mix publishers, vintages or ways of putting a count together, and bear on no "
        "verdict; the appendix lists them. {rounding}",
        "rounding_0": "None of them rounds to {claim}.",
        "rounding_1": "One of them rounds to {claim}.",
        "rounding": "{n_round} of them round to {claim}.",
        "like_caption": "Pairs of counts that are like with like",
        "mixed_caption": "Pairs of counts that are mixed",
        "who": "Who counted, and as known when",
        "change": "Change",
        "needed": "The claim needs",
    },
    "es": {
        "heading": "La afirmación, par por par",
        "verdict_1": "El veredicto descansa en un par, cuyos dos conteos vienen de una misma serie, de una institución "
        "en una misma fecha o de un mismo documento. {rounding}",
        "verdict": "El veredicto descansa en los {n} pares cuyos dos conteos vienen de una misma serie, de una "
        "institución en una misma fecha o de un mismo documento. {rounding}",
        "chance": "El azar por sí solo mueve un porcentaje así: dos conteos sorteados de nuevo con las mismas tasas "
        "darían desde {low} hasta {high} (dos errores estándar a cada lado, sin admitir que un mes se parezca al "
        "siguiente).",
        "mixed": "Los otros {n} pares mezclan instituciones, fechas de los datos o formas de componer la cifra y no "
        "pesan en ningún veredicto; el anexo los enumera. {rounding}",
        "rounding_0": "Ninguno de ellos da {claim} al redondear.",
        "rounding_1": "Uno de ellos da {claim} al redondear.",
        "rounding": "{n_round} de ellos dan {claim} al redondear.",
        "like_caption": "Pares de conteos comparables entre sí",
        "mixed_caption": "Pares de conteos mixtos",
        "who": "Quién contó y según lo conocido cuándo",
        "change": "Cambio",
        "needed": "Para la afirmación",
    },
}


def tell_pairs(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """List every pair of counts that the claim can be computed from; nothing where no claim is under test."""
    text, check = _TEXT[lang], facts.check
    if check is None:
        return ()
    claim = wording.percent(check.claimed_pct, lang, check.claimed.decimals)
    blocks: list[Block] = [Heading(text["heading"], 1)]
    verdict = "verdict_1" if len(check.like_with_like) == 1 else "verdict"
    sentences = [_count_pairs(verdict, check.like_with_like, claim, lang)]
    if check.mixed:
        sentences.append(_count_pairs("mixed", check.mixed, claim, lang))
    if check.chance is not None:
        low, high = (wording.percent(value, lang) for value in (check.chance.low_pct, check.chance.high_pct))
        sentences.append(text["chance"].format(low=low, high=high))
    blocks.append(Paragraph(tuple(sentences)))
    if check.like_with_like:
        blocks.append(_table(check, check.like_with_like, text["like_caption"], lang))
    return tuple(blocks)


def list_mixed(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """List the pairs that no verdict rests on, for the appendix."""
    check = facts.check
    if check is None or not check.mixed:
        return ()
    return (_table(check, check.mixed, _TEXT[lang]["mixed_caption"], lang),)


def _count_pairs(name: str, pairs: Sequence[Comparison], claim: str, lang: Language) -> str:
    """Say how many pairs there are of a kind, and how many of them round to the claim."""
    text, n_round = _TEXT[lang], sum(one.rounds_to_claim for one in pairs)
    rounding = text[f"rounding_{n_round}" if n_round <= 1 else "rounding"].format(n_round=n_round, claim=claim)
    return text[name].format(n=len(pairs), rounding=rounding)


def _table(check: ClaimCheck, pairs: Sequence[Comparison], caption: str, lang: Language) -> Table:
    text = _TEXT[lang]
    return Table(
        caption=caption,
        header=(
            text["who"],
            capital(wording.window(check.baseline, lang)),
            capital(wording.window(check.window, lang)),
            text["change"],
            text["needed"],
        ),
        rows=tuple(_row(check, one, lang) for one in pairs),
        widths=(4.6, 1.25, 1.25, 1.1, 1.3),
        right=(1, 2, 3, 4),
        small=True,
    )


def _row(check: ClaimCheck, pair: Comparison, lang: Language) -> tuple[str, ...]:
    needed = "–"
    if pair.needed is not None:
        needed = between(wording.whole(pair.needed[0]), wording.whole(pair.needed[1]), lang)
    return (
        capital(check.label(pair, lang)),
        wording.whole(pair.pair.baseline.value),
        wording.whole(pair.pair.window.value),
        wording.percent(pair.observed_pct, lang, max(1, check.claimed.decimals)),
        needed,
    )
