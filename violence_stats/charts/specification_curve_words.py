"""What the picture of a specification curve says."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import Labels, when
from violence_stats.charts.ratio_axis import change_words, named_publishers
from violence_stats.ledger.records import Language
from violence_stats.robustness.curve_result import SpecificationCurve
from violence_stats.robustness.result_words import NEARLY

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}: {n} estimates of the change in {day}",
        "unit": "Average change of the rate after the date",
        "primary": "primary choices: {change}",
        "none": "no change",
        "median": "median",
        "read": "Line: every estimate, in order; band: the reach of their intervals. Rows: how many of the estimates "
        "at that place made the choice. {fall} are falls; in {clear} of all, the interval lies wholly on one side. "
        "{n_not_run} could not be run.",
        "source": " Source: {publishers}.",
        "alt": "{title}. They run from {lowest} to {highest}, with median {median}. {primary}. {read} The choice that "
        "moves them most is {choice}: median {low} ({low_level}) against {high} ({high_level}).",
    },
    "es": {
        "title": "{what}: {n} estimaciones para {day}",
        "unit": "Cambio medio de la tasa tras la fecha",
        "primary": "opciones primarias: {change}",
        "none": "sin cambio",
        "median": "mediana",
        "read": "Línea: cada estimación, en orden; banda: el alcance de sus intervalos. Filas: cuántas de las "
        "estimaciones en ese lugar tomaron la opción. El {fall} son bajas; en el {clear} de todas, el intervalo queda "
        "entero de un lado. {n_not_run} no se pudieron ajustar.",
        "source": " Fuente: {publishers}.",
        "alt": "{title}. Van de {lowest} a {highest}, con mediana {median}. {primary}. {read} La opción que más las "
        "mueve es {choice}: mediana {low} ({low_level}) frente a {high} ({high_level}).",
    },
}

CHOICE: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "publisher": "publisher",
        "vintage": "figures as of",
        "start": "fit from",
        "date": "break on",
        "shape": "shape",
        "trend": "trend",
        "season": "season",
        "lockdown": "lockdown",
        "family": "family",
        "errors": "errors",
    },
    "es": {
        "publisher": "quién cuenta",
        "vintage": "cifras al",
        "start": "ajuste desde",
        "date": "quiebre el",
        "shape": "forma",
        "trend": "tendencia",
        "season": "época del año",
        "lockdown": "cuarentena",
        "family": "familia",
        "errors": "errores",
    },
}

LEVEL: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "reference": "reference series",
        "latest": "last known",
        "1 harmonic": "one yearly wave",
        "2 harmonics": "two yearly waves",
        "quasi-poisson": "quasi-Poisson",
        "negative-binomial": "negative binomial",
        "ar1": "serial correlation",
        "newey-west": "Newey-West",
        "iid": "independent",
    },
    "es": {
        "reference": "serie de referencia",
        "as given": "la dada",
        "latest": "último conocido",
        "step": "escalón",
        "step and ramp": "escalón y rampa",
        "linear": "lineal",
        "none": "ninguna",
        "1 harmonic": "una onda anual",
        "2 harmonics": "dos ondas anuales",
        "month effects": "mes por mes",
        "own term": "término propio",
        "left out": "fuera",
        "ignored": "sin tratar",
        "quasi-poisson": "cuasi-Poisson",
        "negative-binomial": "binomial negativa",
        "ar1": "correlación serial",
        "newey-west": "Newey-West",
        "iid": "independientes",
    },
}


def level_words(level: str, lang: Language) -> str:
    """Name a level of a choice, as the curve's table writes it; codes and dates stay."""
    return LEVEL[lang].get(level, level)


def curve_title(curve: SpecificationCurve, labels: Labels, lang: Language) -> str:
    """Give the title that the picture carries."""
    return TEXT[lang]["title"].format(
        what=labels.what, n=wording.whole(curve.n_specifications), day=when(curve.at, lang)
    )


def describe_curve(curve: SpecificationCurve, labels: Labels, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    spread, text = curve.spread, TEXT[lang]
    words = {name: change_words(spread[name], lang) for name in ("lowest", "median", "highest")}
    first = curve.influence.iloc[0]
    choice = str(curve.influence.index[0])
    return text["alt"].format(
        title=curve_title(curve, labels, lang),
        **words,
        primary=primary_words(curve, lang),
        read=read_words(curve, lang),
        choice=CHOICE[lang][choice],
        low=change_words(first["rate_ratio_lowest"], lang),
        low_level=level_words(first["lowest"], lang),
        high=change_words(first["rate_ratio_highest"], lang),
        high_level=level_words(first["highest"], lang),
    )


def primary_words(curve: SpecificationCurve, lang: Language) -> str:
    """Name the estimate of the primary choices."""
    return TEXT[lang]["primary"].format(change=change_words(float(curve.primary["rate_ratio"]), lang))


def read_words(curve: SpecificationCurve, lang: Language) -> str:
    """Say how to read the rows, and how the estimates fall."""
    shares = curve.shares
    return TEXT[lang]["read"].format(
        fall=_share(shares["fall"], lang),
        clear=_share(shares["fall_clear"] + shares["rise_clear"], lang),
        n_not_run=wording.whole(curve.n_not_run),
    )


def source_words(curve: SpecificationCurve, lang: Language) -> str:
    """Say how to read the picture and who counted."""
    publishers = named_publishers(curve.series, curve.window, lang)
    return read_words(curve, lang) + (TEXT[lang]["source"].format(publishers=publishers) if publishers else "")


def _share(share: float, lang: Language) -> str:
    """Print a share in whole per cent, as a bound where it would read as none or all but is not."""
    if 0 < share <= NEARLY:
        return f"<{wording.NO_BREAK}{wording.percent(1, lang, 0)}"
    if 1 - NEARLY <= share < 1:
        return f">{wording.NO_BREAK}{wording.percent(99, lang, 0)}"
    return wording.percent(100 * share, lang, 0)
