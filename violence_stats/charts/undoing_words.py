"""What a picture says of how an episode came undone."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.charts.undoings import EndCourse, Undoing
from violence_stats.ledger.records import Language

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "head": "{name} coming undone; from its start to its end = 100",
        "months": "Months since the end, by the date that authors give",
        "first": "first year,\nby date",
        "middle": "End in {date}, the middle of {n} dates",
        "middle_day": "End on {date}, the middle of {n} dates",
        "only": "End in {date}",
        "only_day": "End on {date}",
        "others": "The other dates, {first} to {last}",
        "other": "The other date, {first}",
        "read": "Below, a line and a bar for each date on which an author has it end.",
        "alt": "{name} coming undone, the level from its start to its end being 100: {low} to {high} in the first year "
        "from its end on, by {n} dates from {first} to {last}",
        "alt_only": "{name} coming undone, the level from its start to its end being 100: {low} in the first year from "
        "its end, {first}",
    },
    "es": {
        "head": "{name} al deshacerse; desde su inicio hasta su fin = 100",
        "months": "Meses desde el fin, según la fecha que dan los autores",
        "first": "primer año,\nsegún fecha",
        "middle": "Fin en {date}, la fecha central de {n}",
        "middle_day": "Fin el {date}, la fecha central de {n}",
        "only": "Fin en {date}",
        "only_day": "Fin el {date}",
        "others": "Las otras fechas, {first} a {last}",
        "other": "La otra fecha, {first}",
        "read": "Abajo, una línea y una barra por cada fecha en que un autor le pone fin.",
        "alt": "{name} al deshacerse, con el nivel desde su inicio hasta su fin como 100: de {low} a {high} en el "
        "primer año desde su fin, según {n} fechas de {first} a {last}",
        "alt_only": "{name} al deshacerse, con el nivel desde su inicio hasta su fin como 100: {low} en el primer año "
        "desde su fin, {first}",
    },
}


def head_words(undoing: Undoing, lang: Language) -> str:
    """Say what a panel shows."""
    return TEXT[lang]["head"].format(name=capital(undoing.name[lang]))


def middle_words(undoing: Undoing, lang: Language) -> str:
    """Name the course of the date in the middle."""
    one, n = undoing.middle, len(undoing.courses)
    name = ("middle" if n > 1 else "only") + ("_day" if one.precision == "day" else "")
    return TEXT[lang][name].format(date=_date(one, lang), n=n)


def others_words(undoing: Undoing, lang: Language) -> str:
    """Name the courses of the other dates."""
    others = undoing.others
    name = "others" if len(others) > 1 else "other"
    return TEXT[lang][name].format(first=_date(others[0], lang), last=_date(others[-1], lang))


def describe_undoing(undoing: Undoing, lang: Language) -> str:
    """Say what a panel shows, for readers who cannot see it."""
    means = sorted(one.mean[0] for one in undoing.courses)
    return TEXT[lang]["alt" if len(means) > 1 else "alt_only"].format(
        name=capital(undoing.name[lang]),
        low=wording.whole(means[0]),
        high=wording.whole(means[-1]),
        n=len(means),
        first=_date(undoing.courses[0], lang),
        last=_date(undoing.courses[-1], lang),
    )


def _date(one: EndCourse, lang: Language) -> str:
    """Write a date as exactly as its document gives it."""
    if one.precision == "year":
        return str(one.end.year)
    return wording.day(one.end, lang) if one.precision == "day" else wording.month(one.end, lang)
