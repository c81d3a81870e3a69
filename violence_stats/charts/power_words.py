"""What the picture of power says."""

from __future__ import annotations

from typing import Final

import numpy as np

from violence_stats import wording
from violence_stats.charts.labels import Labels, when
from violence_stats.charts.ratio_axis import change_words, named_publishers
from violence_stats.ledger.records import Language
from violence_stats.robustness.power_result import PowerResult

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}: what change in {day} could be seen",
        "unit": "Share of simulated worlds in which the model finds the change",
        "across": "change of the rate put into the worlds",
        "smallest": "{change} is found\n{share} of the time",
        "none": "none of these is found {share} of the time",
        "observed": "the counts\nshow {change}",
        "read": "{n} worlds for each change, drawn from the fit with the event taken away; bars: Monte Carlo error. "
        "Where nothing changes, the test sees a change {alarms} of the time (it should: {level}).",
        "source": " Source: {publishers}.",
        "alt": "{title}. {smallest}. {read}",
    },
    "es": {
        "title": "{what}: qué cambio en {day} podía verse",
        "unit": "Parte de los mundos simulados en los que el modelo halla el cambio",
        "across": "cambio de la tasa puesto en los mundos",
        "smallest": "{change} se halla\nel {share} de las veces",
        "none": "ninguno se halla el {share} de las veces",
        "observed": "los conteos\nmuestran {change}",
        "read": "{n} mundos por cada cambio, sacados del ajuste sin el suceso; barras: error de Monte Carlo. Donde "
        "nada cambia, la prueba ve un cambio el {alarms} de las veces (debería: {level}).",
        "source": " Fuente: {publishers}.",
        "alt": "{title}. {smallest}. {read}",
    },
}


def power_title(found: PowerResult, labels: Labels, lang: Language) -> str:
    """Give the title that the picture carries."""
    return TEXT[lang]["title"].format(what=labels.what, day=when(found.at, lang))


def describe_power(found: PowerResult, labels: Labels, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    return TEXT[lang]["alt"].format(
        title=power_title(found, labels, lang),
        smallest=smallest_words(found, lang).replace("\n", " "),
        read=read_words(found, lang),
    )


def smallest_words(found: PowerResult, lang: Language) -> str:
    """Name the smallest change that is found often enough."""
    share = wording.percent(100 * found.power, lang, 0)
    ratio = found.smallest.rate_ratio
    if np.isnan(ratio):
        return TEXT[lang]["none"].format(share=share)
    return TEXT[lang]["smallest"].format(change=change_words(ratio, lang), share=share)


def observed_words(found: PowerResult, lang: Language) -> str:
    """Name what the series itself shows."""
    return TEXT[lang]["observed"].format(change=change_words(float(np.exp(found.observed.estimate)), lang))


def read_words(found: PowerResult, lang: Language) -> str:
    """Say how the worlds were made, and how often the test errs."""
    return TEXT[lang]["read"].format(
        n=wording.whole(float(found.table["n_worlds"].max())),
        alarms=wording.percent(100 * found.false_alarm_rate, lang, 0),
        level=wording.percent(100 * found.level, lang, 0),
    )


def source_words(found: PowerResult, lang: Language) -> str:
    """Say how to read the picture and who counted."""
    publishers = named_publishers(found.series, found.window, lang)
    return read_words(found, lang) + (TEXT[lang]["source"].format(publishers=publishers) if publishers else "")
