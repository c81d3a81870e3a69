"""What the picture of a search for breaks says: title, labels, source line, and the text that stands for it."""

from __future__ import annotations

from datetime import date
from typing import Final

from violence_stats import wording
from violence_stats.breaks.probabilities import BreakProbabilities
from violence_stats.breaks.results import FoundBreaks
from violence_stats.charts.labels import Labels, capital
from violence_stats.charts.lanes import LAST_PUBLISHERS, publishers_in_order
from violence_stats.charts.posterior_strip import months_of
from violence_stats.charts.regimes import RegimeLevel, break_dates, regime_levels
from violence_stats.ledger.records import Language
from violence_stats.series import CountSeries

ALMOST: Final = 0.01
"""A probability nearer to 0 or 1 is given as a bound."""

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "none": "{what}: no break found",
        "one": "{what}: one break found without naming a date",
        "several": "{what}: {n} breaks found without naming a date",
        "unit": "Per day: published windows (pale) and the average of each regime (line)",
        "unit_rate": "Rate: published windows (pale) and the average of each regime (line)",
        "strip": "Posterior probability that a new regime starts in the month",
        "dots": "Dots: first month of a new regime; bars through them: {pct} interval of that month. ",
        "marks": "Triangles: interventions that the case names, not used in the search. ",
        "shade": "shaded: {definition}",
        "source": "Source: {publishers}.",
        "alt": "{what}, {span}, searched for breaks without any date given. ",
        "alt_none": "None is found: {level} throughout.",
        "alt_first": "At first {level}. ",
        "alt_break": "From {month} (interval at {pct}: {interval}): {level}. ",
        "level": "{mean} a day",
        "level_rate": "a rate of {mean}",
        "alt_posterior": "By the posterior, {n} breaks are the most probable number ({probability}); the most probable "
        "single months are {months}.",
        "alt_month": "{month} ({probability})",
    },
    "es": {
        "none": "{what}: no se halla ningún quiebre",
        "one": "{what}: un quiebre hallado sin dar fechas",
        "several": "{what}: {n} quiebres hallados sin dar fechas",
        "unit": "Por día: períodos publicados (claro) y promedio de cada régimen (línea)",
        "unit_rate": "Tasa: períodos publicados (claro) y promedio de cada régimen (línea)",
        "strip": "Probabilidad posterior de que un régimen nuevo empiece en el mes",
        "dots": "Puntos: primer mes de un régimen nuevo; barras que los cruzan: intervalo del {pct} de ese mes. ",
        "marks": "Triángulos: intervenciones que el caso nombra, sin uso en la búsqueda. ",
        "shade": "sombreado: {definition}",
        "source": "Fuente: {publishers}.",
        "alt": "{what}, {span}: búsqueda de quiebres sin dar ninguna fecha. ",
        "alt_none": "No se halla ninguno: {level} en todo el período.",
        "alt_first": "Al principio, {level}. ",
        "alt_break": "Desde {month} (intervalo al {pct}: {interval}): {level}. ",
        "level": "{mean} por día",
        "level_rate": "una tasa de {mean}",
        "alt_posterior": "Según la probabilidad posterior, {n} quiebres son el número más probable ({probability}); "
        "los meses sueltos más probables son {months}.",
        "alt_month": "{month} ({probability})",
    },
}

MONTHS_IN_WORDS: Final = 3
"""Most probable months that the text names."""


def breaks_title(found: FoundBreaks, labels: Labels, lang: Language) -> str:
    """Give the title that the picture carries."""
    name = {0: "none", 1: "one"}.get(found.n_breaks, "several")
    return TEXT[lang][name].format(what=labels.what, n=found.n_breaks)


def describe_breaks(
    found: FoundBreaks, labels: Labels, lang: Language, posterior: BreakProbabilities | None = None
) -> str:
    """Say what the picture shows, for readers who cannot see it.

    Parameters
    ----------
    posterior : BreakProbabilities or None
        What the strip under the picture shows; None where there is none.
    """
    text = TEXT[lang]
    said = [_level(one, found.series, lang) for one in regime_levels(found)]
    words = text["alt"].format(what=labels.what, span=wording.window(found.window, lang))
    words += text["alt_first" if found.dates else "alt_none"].format(level=said[0])
    for one, level in zip(break_dates(found), said[1:], strict=True):
        words += text["alt_break"].format(
            month=wording.month(one.first_day, lang),
            pct=wording.percent(100 * one.confidence, lang, 0),
            interval=wording.window(one.interval, lang),
            level=level,
        )
    return (words + ("" if posterior is None else _posterior(posterior, lang))).strip()


def probability_words(probability: float) -> str:
    """Print a probability with two decimals, or as a bound where these would read 0 or 1.

    Examples
    --------
    >>> [probability_words(p).replace(wording.NO_BREAK, " ") for p in (0.634, 0.9991)]
    ['0.63', '> 0.99']
    """
    if probability < ALMOST:
        return f"<\u00a0{wording.decimal(ALMOST, 2)}"
    if probability > 1 - ALMOST:
        return f">\u00a0{wording.decimal(1 - ALMOST, 2)}"
    return wording.decimal(probability, 2)


def source_line(found: FoundBreaks, n_marks: int, lang: Language) -> str:
    """Say how to read the picture and who counted."""
    text = TEXT[lang]
    line = ""
    if found.dates:
        pct = wording.percent(100 * break_dates(found)[0].confidence, lang, 0)
        line += text["dots"].format(pct=pct)
    if n_marks:
        line += text["marks"]
    named = [code for code in publishers_in_order(found.series) if code not in LAST_PUBLISHERS]
    return (line + (text["source"].format(publishers=wording.listing(named, lang)) if named else "")).strip()


def short_month(first_day: date, lang: Language) -> str:
    """Abbreviate a month to three letters, which tell the months apart in both languages."""
    return capital(wording.month(first_day, lang)[:3])


def _level(one: RegimeLevel, series: CountSeries, lang: Language) -> str:
    name = "level" if series.kind == "count" else "level_rate"
    return TEXT[lang][name].format(mean=wording.decimal(one.level, one.places))


def _posterior(posterior: BreakProbabilities, lang: Language) -> str:
    text = TEXT[lang]
    likely = sorted(months_of(posterior.by_month), key=lambda one: -one[1])[:MONTHS_IN_WORDS]
    months = [
        text["alt_month"].format(month=wording.window(month, lang), probability=probability_words(probability))
        for month, probability in likely
    ]
    return text["alt_posterior"].format(
        n=int(posterior.by_number.to_numpy().argmax()),
        probability=probability_words(float(posterior.by_number.max())),
        months=wording.listing(months, lang),
    )
