"""What a fall is made of over many models, in words: the range of each share, and that it depends on the model."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Protocol

import pandas as pd

from violence_stats import wording
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Language
from violence_stats.models.decomposition import Decomposition
from violence_stats.models.decomposition_words import tell_no_change

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "article": "",
        "lead_fall": "The trend from before makes up {trend} of the fall, what came with {event} {own}: it depends on "
        "the model.",
        "lead_rise": "The trend from before makes up {trend} of the rise, what came with {event} {own}: it depends on "
        "the model.",
        "single": "Each model is unsure too: the 95% intervals of single models for {event} reach from {low} to "
        "{high}.",
        "said": "{change}. {lead} These are ranges over {n} models, no intervals. {single} None of this says why.",
    },
    "es": {
        "article": "el ",
        "lead_fall": "La tendencia anterior representa {trend} de la baja; lo que llegó con {event}, {own}: depende "
        "del modelo.",
        "lead_rise": "La tendencia anterior representa {trend} del alza; lo que llegó con {event}, {own}: depende del "
        "modelo.",
        "single": "Cada modelo tampoco está seguro: los intervalos del 95\u00a0% de cada uno para {event} van de {low} "
        "a {high}.",
        "said": "{change}. {lead} Son rangos entre {n} modelos, no intervalos. {single} Nada de esto dice por qué.",
    },
}


class Fall(Protocol):
    """What is read of a `FallDecomposition`."""

    @property
    def case(self) -> Case:
        """Whose names are used."""

    @property
    def event(self) -> str:
        """Id of the event."""

    @property
    def ranges(self) -> pd.DataFrame:
        """One row a part."""

    @property
    def specifications(self) -> pd.DataFrame:
        """One row a specification and part."""

    @property
    def primary(self) -> Decomposition:
        """By the primary choices."""

    @property
    def n_specifications(self) -> int:
        """Models fitted."""

    @property
    def as_of(self) -> date | None:
        """The day whose knowledge was used; None for all that is known."""


def tell_fall(fall: Fall, lang: Language) -> str:
    """Say the change, the ranges of the shares of trend and event, and how unsure single models are."""
    change = fall.primary.change_words(lang, fall.case)
    said = tell_no_change(change, lang)
    if fall.primary.change:
        said = _TEXT[lang]["said"].format(
            change=change, lead=tell_shares(fall, lang), n=fall.n_specifications, single=tell_single_models(fall, lang)
        )
    return wording.as_known(wording.plain_line(said), fall.as_of, lang)


def tell_shares(fall: Fall, lang: Language) -> str:
    """Say what shares of the change the models give to the trend from before and to the event."""
    return shares(fall, _TEXT[lang]["lead_fall" if fall.primary.change <= 0 else "lead_rise"], lang)


def shares(fall: Fall, template: str, lang: Language) -> str:
    """Fill a sentence with the ranges of ``trend`` and ``own`` share, and the name of the ``event``."""
    return template.format(
        trend=share_range(fall, "prior trend", lang),
        event=event_words(fall, lang),
        own=share_range(fall, fall.event, lang),
    )


def tell_single_models(fall: Fall, lang: Language) -> str:
    """Say how far the intervals of single models reach for the event."""
    own, log_ratio = fall.ranges.T[fall.event], fall.primary.log_ratio
    edges = sorted(100 * own[f"interval_{end}"] / log_ratio for end in ("low", "high"))
    low, high = (wording.percent(edge, lang, 0) for edge in edges)
    return _TEXT[lang]["single"].format(event=event_words(fall, lang), low=low, high=high)


def share_range(fall: Fall, part: str, lang: Language) -> str:
    """Give the range of a part's share of the change."""
    row = fall.ranges.T[part]
    low, high = (wording.percent(row[f"share_pct_{end}"], lang, 0) for end in ("low", "high"))
    return wording.spanning(low, high, lang)


def event_words(fall: Fall, lang: Language) -> str:
    """Name the event by its month, or by its day where it starts inside one, in Spanish with its article."""
    start = event_start(fall)
    if start.day == 1:
        return wording.month(start, lang)
    return f"{_TEXT[lang]['article']}{wording.day(start, lang)}"


def event_start(fall: Fall) -> Any:
    """Give the primary start of the event."""
    return fall.specifications["start"].iloc[0]
