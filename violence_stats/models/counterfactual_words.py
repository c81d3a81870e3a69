"""What was counted beside what was to be expected without an event, as sentences to quote."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from violence_stats import wording
from violence_stats.ledger.naming import Names
from violence_stats.ledger.records import Language, Words
from violence_stats.models.change_words import DIGITS, MOST_PLACES
from violence_stats.months import Window
from violence_stats.series import CountSeries, SeriesKind

Course: TypeAlias = Literal["own", "controls"]
"""What is taken to have gone on: the series' own course, or that of its controls."""

FEW: Final = 20.0
"""Expected counts below this are printed with one decimal."""

PARTIAL = Words(en="leaving out part of what is uncertain", es="que deja fuera parte de la incertidumbre")
EFFECT_ONLY = Words(
    en="holding the uncertainty of the effect alone", es="que contiene solo la incertidumbre del efecto"
)

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "count": "{when}, the number of {subject} was {observed} where {expected} ({interval}) would be expected "
        "{course}: {difference}; this does not say why.",
        "rate": "{when}, the mean value of {subject} was {observed} where {expected} ({interval}) would be expected "
        "{course}: {difference}; this does not say why.",
        "own": "had its course gone on without the change of {start}{name}",
        "controls": "had it changed from {start} on{name} no more than its controls did",
        "named": " ({name})",
        "to": "{low} to {high}",
        "fewer": "{number} fewer ({ends})",
        "more": "{number} more ({ends})",
        "lower": "{number} lower ({ends})",
        "higher": "{number} higher ({ends})",
        "unclear": "the counts cannot tell whether the two differ",
        "unknown": "no interval could be computed, so the counts cannot tell whether the two differ",
        "none": "no interval",
        "frozen": " With the trend stopped at the change instead, {expected} ({interval}) would be expected{verdict}.",
        "frozen_unclear": ", which cannot be told from what was counted",
    },
    "es": {
        "count": "{when}, el número de {subject} fue de {observed} donde se esperarían {expected} ({interval}) "
        "{course}: {difference}; esto no dice por qué.",
        "rate": "{when}, el valor medio de {subject} fue de {observed} donde se esperarían {expected} ({interval}) "
        "{course}: {difference}; esto no dice por qué.",
        "own": "si su curso hubiera seguido sin el cambio de {start}{name}",
        "controls": "si desde {start}{name} no hubiera cambiado más que sus controles",
        "named": " ({name})",
        "to": "{low} a {high}",
        "fewer": "{number} menos ({ends})",
        "more": "{number} más ({ends})",
        "lower": "{number} por debajo ({ends})",
        "higher": "{number} por encima ({ends})",
        "unclear": "los conteos no permiten saber si difieren",
        "unknown": "no se pudo calcular un intervalo, así que los conteos no permiten saber si difieren",
        "none": "sin intervalo",
        "frozen": " Si la tendencia se detuviera en el cambio, se esperarían {expected} ({interval}){verdict}.",
        "frozen_unclear": ", lo que no se distingue de lo contado",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a sentence needs to know beside the numbers.

    Attributes
    ----------
    series : CountSeries
    start : datetime.date
        FIRST day of the event.
    course : {'own', 'controls'}
    adjusted : bool
        Whether intervals allow for serial correlation.
    caveats : tuple of Words
        What is to be known of them.
    """

    series: CountSeries
    start: date
    course: Course = "own"
    adjusted: bool = True
    caveats: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers of a comparison over a window: totals of counts, means of rates."""

    window: Window
    kind: SeriesKind
    observed: float
    expected: float
    low: float
    high: float

    @property
    def has_interval(self) -> bool:
        """Whether the interval could be computed."""
        return not (math.isnan(self.low) or math.isnan(self.high))

    @property
    def is_unclear(self) -> bool:
        """Whether the interval holds what was observed."""
        return self.low <= self.observed <= self.high

    @property
    def places(self) -> int:
        """Decimals: whole counts unless few are expected, and so many digits of a rate."""
        if self.kind == "count":
            return 0 if max(self.observed, self.expected) >= FEW else 1
        largest = max(abs(self.observed), abs(self.expected)) or 1.0
        return min(MOST_PLACES, max(0, DIGITS - 1 - math.floor(math.log10(largest))))

    def number(self, value: float) -> str:
        """Print a number of the comparison; what was counted is whole."""
        is_counted = self.kind == "count" and value == self.observed
        return wording.whole(value) if is_counted else wording.decimal(value, self.places)


def tell_counterfactual(found: Totals, setting: Setting, frozen: Totals | None, names: Names, lang: Language) -> str:
    """Say what was counted, what was to be expected, and by how much they differ as far as that can be told."""
    text = _TEXT[lang]
    said = text[found.kind].format(
        when=wording.capital(wording.during(found.window, lang)),
        subject=names.subject[lang],
        observed=found.number(found.observed),
        expected=found.number(found.expected),
        interval=_interval(found, setting, lang),
        course=_course(setting, names, lang),
        difference=_difference(found, lang),
    )
    whole = wording.plain_line(said if frozen is None else said + _frozen(frozen, setting, lang))
    return wording.as_known(whole, setting.series.as_of, lang)


def _course(setting: Setting, names: Names, lang: Language) -> str:
    name = names.start(setting.start, lang)
    return _TEXT[lang][setting.course].format(
        start=wording.period(setting.start, setting.series.frequency, lang),
        name=_TEXT[lang]["named"].format(name=name) if name else "",
    )


def _interval(found: Totals, setting: Setting, lang: Language) -> str:
    text = _TEXT[lang]
    if not found.has_interval:
        return text["none"]
    low, high = (found.number(end) for end in (found.low, found.high))
    ends = wording.interval(text["to"].format(low=low, high=high), lang, adjusted=setting.adjusted)
    return ", ".join([ends, *(one[lang] for one in setting.caveats)])


def _difference(found: Totals, lang: Language) -> str:
    """Say the difference where the interval excludes none; from numbers as printed, so that they add up."""
    text = _TEXT[lang]
    if not found.has_interval:
        return text["unknown"]
    if found.is_unclear:
        return text["unclear"]
    places = found.places
    gaps = [round(end, places) - found.observed for end in (found.expected, found.low, found.high)]
    number, low, high = (found.number(abs(gap)) for gap in gaps)
    ends = (low, high) if gaps[0] > 0 else (high, low)
    below, above = ("fewer", "more") if found.kind == "count" else ("lower", "higher")
    return text[below if gaps[0] > 0 else above].format(
        number=number, ends=text["to"].format(low=ends[0], high=ends[1])
    )


def _frozen(frozen: Totals, setting: Setting, lang: Language) -> str:
    return _TEXT[lang]["frozen"].format(
        expected=frozen.number(frozen.expected),
        interval=_interval(frozen, setting, lang),
        verdict=_TEXT[lang]["frozen_unclear"] if frozen.is_unclear else "",
    )
