"""What a picture of averted deaths says."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import when
from violence_stats.charts.ratio_axis import named_publishers
from violence_stats.errors import WindowError
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.months import first_day

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title_fewer": "{number} fewer than expected without {event}",
        "title_more": "{number} more than expected without {event}",
        "dated": "the break of {when}",
        "span": "{span}: {observed} counted, {expected} expected",
        "windows": "Expected minus counted, each window",
        "to_date": "Added up from the first window on",
        "end": "{number}\n({low} to {high})",
        "band": "Lines and band: 95% intervals of {parts}{joint}.",
        "band_unadjusted": "Lines and band: intervals of {parts}{joint}, not adjusted for serial correlation.",
        "joint": "; the band adds up whole courses, not ends of single windows",
        "parameters": "the model's coefficients",
        "latent": "serial correlation after the event",
        "counts": "count noise",
        "state": "the state before the event",
        "innovations": "the innovations after it",
        "components": "level, season and controls as they stood before the event",
        "movements": "what moves them after it",
        "effect": "the estimated effect alone, the rest as counted",
        "publishers": " Source: {publishers}.",
        "alt": "{title} ({low} to {high}). {span}.",
    },
    "es": {
        "title_fewer": "{number} menos de lo esperado sin {event}",
        "title_more": "{number} más de lo esperado sin {event}",
        "dated": "el quiebre de {when}",
        "span": "{span}: {observed} contados, {expected} esperados",
        "windows": "Esperado menos contado, cada período",
        "to_date": "Sumado desde el primer período",
        "end": "{number}\n({low} a {high})",
        "band": "Líneas y banda: intervalos del 95\u00a0% de {parts}{joint}.",
        "band_unadjusted": "Líneas y banda: intervalos de {parts}{joint}, sin ajuste por correlación serial.",
        "joint": "; la banda suma trayectorias enteras, no extremos de períodos sueltos",
        "parameters": "los coeficientes del modelo",
        "latent": "la correlación serial tras el suceso",
        "counts": "el ruido del conteo",
        "state": "el estado antes del suceso",
        "innovations": "las innovaciones posteriores",
        "components": "el nivel, la estacionalidad y los controles tal como estaban antes del suceso",
        "movements": "lo que los mueve después",
        "effect": "el efecto estimado solo, el resto tal como se contó",
        "publishers": " Fuente: {publishers}.",
        "alt": "{title} ({low} a {high}). {span}.",
    },
}
_SAID: Final = {
    "parameters": "the coefficients",
    "latent": "serial correlation given",
    "counts": "count noise",
    "state": "the state before the event",
    "innovations": "later innovations",
    "components": "level, slope, season and controls",
    "movements": "what moves them later",
    "effect": "uncertainty of the effect only",
}
"""How `Counterfactual.interval` names what it holds."""


def averted_title(found: Counterfactual, lang: Language) -> str:
    """Give the title that the picture carries."""
    name = "title_fewer" if found.averted >= 0 else "title_more"
    return TEXT[lang][name].format(number=wording.whole(abs(found.averted)), event=_event(found.event, lang))


def span_words(found: Counterfactual, lang: Language) -> str:
    """Say what was counted and what was expected over the whole window."""
    return TEXT[lang]["span"].format(
        span=wording.window(found.window, lang),
        observed=wording.whole(found.observed),
        expected=wording.whole(found.expected),
    )


def band_words(found: Counterfactual, lang: Language) -> str:
    """Say what the intervals hold, and who counted."""
    text = TEXT[lang]
    parts = [text[name] for name, said in _SAID.items() if said in found.interval]
    name = "band_unadjusted" if "not adjusted for serial correlation" in found.interval else "band"
    said = text[name].format(parts=wording.listing(parts, lang), joint=text["joint"]).replace(" de el ", " del ")
    publishers = named_publishers(found.setting.series, found.window, lang)
    return said + (text["publishers"].format(publishers=publishers) if publishers else "")


def describe_averted(found: Counterfactual, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    return TEXT[lang]["alt"].format(
        title=averted_title(found, lang),
        low=wording.whole(found.averted_low),
        high=wording.whole(found.averted_high),
        span=span_words(found, lang),
    )


def _event(event: str, lang: Language) -> str:
    """Name an event by its date where it has no name of its own."""
    try:
        return TEXT[lang]["dated"].format(when=when(first_day(event), lang))
    except WindowError:
        return event
