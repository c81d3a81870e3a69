"""What counting could explain at most: each way of leaving deaths out, put back into the lower of two counts."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.questions import claim_text
from violence_stats.questions.counting import FEWEST_COUNTED
from violence_stats.questions.counting_result import CountingBounds, NarrowerCount
from violence_stats.questions.episode_data import CountingBound
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.story.phrases import Texts

_TEXT: Final[Texts] = {
    "en": {
        "heading": "What a change of counting could explain, at most",
        "why_fall": "Suppose the later count left out deaths that the earlier one held. The least favourable case "
        "takes, for each kind of death, the largest share known around that time, and puts it back into the later "
        "count only: one kind at a time, since they overlap.",
        "why_rise": "Suppose the earlier count left out deaths that the later one held. The least favourable case "
        "takes, for each kind of death, the largest share known around that time, and puts it back into the earlier "
        "count only: one kind at a time, since they overlap.",
        "still": "Even then the change would be {pct}.",
        "table_fall": "The change from {baseline} to {window}, if the later count had left out as large a share",
        "table_rise": "The change from {baseline} to {window}, if the earlier count had left out as large a share",
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
        "why_fall": "Supóngase que el conteo posterior dejó fuera muertes que el anterior contenía. El caso menos "
        "favorable toma, para cada clase de muertes, la mayor proporción conocida de esa época y la devuelve solo al "
        "conteo posterior: una clase cada vez, porque se traslapan.",
        "why_rise": "Supóngase que el conteo anterior dejó fuera muertes que el posterior contenía. El caso menos "
        "favorable toma, para cada clase de muertes, la mayor proporción conocida de esa época y la devuelve solo al "
        "conteo anterior: una clase cada vez, porque se traslapan.",
        "still": "Aun así, el cambio sería de {pct}.",
        "table_fall": "El cambio entre {baseline} y {window}, si el conteo posterior hubiera dejado fuera una "
        "proporción igual",
        "table_rise": "El cambio entre {baseline} y {window}, si el conteo anterior hubiera dejado fuera una "
        "proporción igual",
        "what": "Se deja fuera",
        "known": "La mayor en cualquier período",
        "if": "Cambio entonces",
        "deaths": "{left_out} de {counted} en {window}",
        "found": "Las proporciones son de períodos con {fewest} muertes o más, donde los hay; en los menores decidiría "
        "el azar.",
        "long": "La mayor en un año entero",
    },
}


def tell_counting(found: CountingBounds | None, lang: Language) -> tuple[Block, ...]:
    """Bound the change by every narrower count known; nothing where none is."""
    if found is None or found.worst is None:
        return ()
    text, kind = _TEXT[lang], "fall" if found.change_pct < 0 else "rise"
    still = text["still"].format(pct=wording.percent(found.worst.change_pct, lang))
    return (
        Heading(text["heading"], 2),
        Paragraph((text[f"why_{kind}"], still)),
        Table(
            caption=text[f"table_{kind}"].format(
                baseline=claim_text.against(found.baseline, lang), window=claim_text.against(found.window, lang)
            ),
            header=(text["what"], text["known"], text["long"], text["if"]),
            rows=tuple(_row(one, lang) for one in found.rows),
            widths=(2.4, 2.0, 2.0, 1.1),
            right=(3,),
            small=True,
        ),
        Paragraph((text["found"].format(fewest=FEWEST_COUNTED),), small=True),
    )


def deaths_words(one: CountingBound, lang: Language) -> str:
    """Say how many of how many were left out, and when."""
    return _TEXT[lang]["deaths"].format(
        left_out=wording.whole(one.left_out),
        counted=wording.whole(one.counted),
        window=wording.window(one.window, lang),
    )


def _row(one: NarrowerCount, lang: Language) -> tuple[str, ...]:
    return (
        capital(one.name[lang]),
        _share_words(one.largest, lang),
        "–" if one.largest_year is None else _share_words(one.largest_year, lang),
        wording.percent(one.change_pct, lang),
    )


def _share_words(one: CountingBound, lang: Language) -> str:
    return f"{wording.percent(100 * one.share, lang)}: {deaths_words(one, lang)}"
