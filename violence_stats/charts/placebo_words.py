"""What the picture of placebo dates says."""

from __future__ import annotations

from typing import Final

import numpy as np

from violence_stats import wording
from violence_stats.charts.labels import Labels, when
from violence_stats.charts.ratio_axis import change_words, named_publishers
from violence_stats.ledger.records import Language
from violence_stats.months import Window
from violence_stats.robustness.placebo_result import PlaceboInTime

SMALL_P: Final = 0.01

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}: {day} beside {n} placebo dates",
        "unit": "Change of the rate that the same model finds at each date, with its 95% interval",
        "unit_values": "Change that the same model finds at each date, with its 95% interval",
        "real": "{day}: {change}, rank {rank} of {n}",
        "placebos": "placebos: dates on which nothing is known to have changed",
        "read": "Every fit: {before} {periods} before its date and {after} from it on. By size {rank} of {n}, p {p}; "
        "so many dates can give no p below {smallest}.",
        "months": "months",
        "quarters": "quarters",
        "years": "years",
        "source": " Source: {publishers}.",
        "alt": "{title}. At the event {change} ({low} to {high}). At the other dates from {least} to {most}. {read}",
    },
    "es": {
        "title": "{what}: {day} junto a {n} fechas placebo",
        "unit": "Cambio de la tasa que el mismo modelo halla en cada fecha, con su intervalo del 95\u00a0%",
        "unit_values": "Cambio que el mismo modelo halla en cada fecha, con su intervalo del 95\u00a0%",
        "real": "{day}: {change}, puesto {rank} de {n}",
        "placebos": "placebos: fechas en que no se sabe de ningún cambio",
        "read": "Cada ajuste: {before} {periods} antes de su fecha y {after} desde ella. Por tamaño, {rank} de {n}, "
        "p {p}; tantas fechas no pueden dar una p menor que {smallest}.",
        "months": "meses",
        "quarters": "trimestres",
        "years": "años",
        "source": " Fuente: {publishers}.",
        "alt": "{title}. En el suceso, {change} ({low} a {high}). En las otras fechas, de {least} a {most}. {read}",
    },
}


def placebo_title(found: PlaceboInTime, labels: Labels, lang: Language) -> str:
    """Give the title that the picture carries."""
    return TEXT[lang]["title"].format(what=labels.what, day=when(found.at, lang), n=found.n_placebos)


def describe_placebo(found: PlaceboInTime, labels: Labels, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    others = found.table.loc[~found.table["is_real"], "estimate"]
    return TEXT[lang]["alt"].format(
        title=placebo_title(found, labels, lang),
        change=effect_words(found, found.real.estimate, lang),
        low=effect_words(found, found.real.ci_low, lang),
        high=effect_words(found, found.real.ci_high, lang),
        least=effect_words(found, float(others.min()), lang),
        most=effect_words(found, float(others.max()), lang),
        read=read_words(found, lang),
    )


def effect_words(found: PlaceboInTime, effect: float, lang: Language) -> str:
    """Print an effect as a change in per cent, or in the unit of the values where it is no ratio."""
    if found.is_ratio:
        return change_words(float(np.exp(effect)), lang)
    return wording.decimal(effect, 2)


def real_words(found: PlaceboInTime, lang: Language) -> str:
    """Label the real date."""
    return TEXT[lang]["real"].format(
        day=when(found.at, lang),
        change=effect_words(found, found.real.estimate, lang),
        rank=found.rank,
        n=found.n_placebos + 1,
    )


def read_words(found: PlaceboInTime, lang: Language) -> str:
    """Say the lengths, the rank and what it can say."""
    text = TEXT[lang]
    return text["read"].format(
        before=found.lengths.before,
        after=found.lengths.after,
        periods=text[{"M": "months", "Q": "quarters", "Y": "years"}[found.series.frequency]],
        rank=found.rank,
        n=found.n_placebos + 1,
        p=p_value(found.p_value),
        smallest=p_value(found.smallest_p),
    )


def source_words(found: PlaceboInTime, lang: Language) -> str:
    """Say how to read the picture and who counted."""
    span = Window(min(found.table["start"]), max(found.table["end"]))
    publishers = named_publishers(found.series, span, lang)
    return read_words(found, lang) + (TEXT[lang]["source"].format(publishers=publishers) if publishers else "")


def p_value(value: float) -> str:
    """Print two decimals, three of a small one."""
    return wording.decimal(value, 2 if value >= SMALL_P else 3)
