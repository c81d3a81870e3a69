"""What counting could explain at most: each way of leaving deaths out, applied to the later count alone."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import Settings
from violence_stats.questions import claim_text
from violence_stats.questions.counting import FEWEST_COUNTED
from violence_stats.questions.episode_data import CountingBound, EpisodeData
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.story.phrases import Texts

_TEXT: Final[Texts] = {
    "en": {
        "heading": "What a change of counting could explain, at most",
        "why": "Suppose the later count left out deaths that the earlier one held. The least favourable case takes, "
        "for each kind of death, the largest share known around that time, and puts it back into the later count only: "
        "one kind at a time, since they overlap.",
        "still": "Even then the change would be {pct}.",
        "table": "The change from {baseline} to {window}, if the later count had left out as large a share",
        "what": "Left out",
        "known": "Largest in any span",
        "if": "Change then",
        "deaths": "{left_out} of {counted} in {window}",
        "found": "Shares are of windows with {fewest} or more deaths where there are any; of smaller ones chance would "
        "decide.",
        "long": "Largest in a whole year",
    },
    "es": {
        "heading": "Lo que un cambio de conteo podría explicar, como máximo",
        "why": "Supóngase que el conteo posterior dejó fuera muertes que el anterior contenía. El caso menos favorable "
        "toma, para cada clase de muertes, la mayor proporción conocida de esa época y la devuelve solo al conteo "
        "posterior: una clase cada vez, porque se traslapan.",
        "still": "Aun así, el cambio sería de {pct}.",
        "table": "El cambio entre {baseline} y {window}, si el conteo posterior hubiera dejado fuera una proporción "
        "igual",
        "what": "Se deja fuera",
        "known": "La mayor en cualquier período",
        "if": "Cambio entonces",
        "deaths": "{left_out} de {counted} en {window}",
        "found": "Las proporciones son de períodos con {fewest} muertes o más, donde los hay; en los menores decidiría "
        "el azar.",
        "long": "La mayor en un año entero",
    },
}

YEAR_DAYS: Final = 365

_LEFT_OUT: Final[dict[Language, str]] = {"en": "what a count {narrow} omits", "es": "lo que omite un conteo {narrow}"}


def tell_counting(facts: Facts, fall: FallDecomposition, lang: Language) -> tuple[Block, ...]:
    """Bound the change by every narrower count known; nothing where none is."""
    if facts.evidence is None or not facts.evidence.own.counting:
        return ()
    text = _TEXT[lang]
    bounds = largest_shares(facts.evidence.own)
    worst = max(_changed(fall, one) for one in bounds)
    return (
        Heading(text["heading"], 2),
        Paragraph((text["why"], text["still"].format(pct=wording.percent(worst, lang)))),
        Table(
            caption=text["table"].format(
                baseline=claim_text.against(fall.baseline, lang), window=claim_text.against(fall.window, lang)
            ),
            header=(text["what"], text["known"], text["long"], text["if"]),
            rows=tuple(_row(facts, fall, one, lang) for one in bounds),
            widths=(2.4, 2.0, 2.0, 1.1),
            right=(3,),
            small=True,
        ),
        Paragraph((text["found"].format(fewest=FEWEST_COUNTED),), small=True),
    )


def largest_shares(data: EpisodeData) -> list[CountingBound]:
    """Give of each way of leaving deaths out the largest share, of windows with enough deaths where there are any."""
    found: dict[str, CountingBound] = {}
    for what in dict.fromkeys(one.what for one in data.counting):
        known = [one for one in data.counting if one.what == what and 0 < one.left_out < one.counted]
        large = [one for one in known if one.counted >= FEWEST_COUNTED]
        if known:
            found[what] = max(large or known, key=lambda one: one.left_out / one.counted)
    return sorted(found.values(), key=lambda one: one.left_out / one.counted, reverse=True)


def left_out_words(bound: CountingBound, settings: Settings, lang: Language) -> str:
    """Name what a bound leaves out: a measure of the case, or what one of its definitions omits."""
    if bound.what in settings.measures:
        return settings.measures[bound.what][lang]
    for pair in settings.evidence.narrowings:
        if bound.what == f"{pair.full} less {pair.narrow}":
            return _LEFT_OUT[lang].format(narrow=settings.definitions[pair.narrow][lang])
    return bound.what


def _changed(fall: FallDecomposition, one: CountingBound) -> float:
    """Give the change in per cent if the later count had left out that share."""
    whole = fall.primary.observed / (1 - one.left_out / one.counted)
    return 100 * (whole / fall.primary.observed_baseline - 1)


def _row(facts: Facts, fall: FallDecomposition, one: CountingBound, lang: Language) -> tuple[str, ...]:
    bounds = () if facts.evidence is None else facts.evidence.own.counting
    years = [other for other in bounds if other.what == one.what and other.window.n_days >= YEAR_DAYS]
    yearly = max(years, key=lambda other: other.left_out / other.counted, default=None)
    return (
        capital(left_out_words(one, facts.case.settings, lang)),
        _share_words(one, lang),
        "–" if yearly is None else _share_words(yearly, lang),
        wording.percent(_changed(fall, one), lang),
    )


def _share_words(one: CountingBound, lang: Language) -> str:
    return f"{wording.percent(100 * one.left_out / one.counted, lang)}: {deaths_words(one, lang)}"


def deaths_words(one: CountingBound, lang: Language) -> str:
    """Say how many of how many were left out, and when."""
    return _TEXT[lang]["deaths"].format(
        left_out=wording.whole(one.left_out),
        counted=wording.whole(one.counted),
        window=wording.window(one.window, lang),
    )
