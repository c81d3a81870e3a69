"""A change with its interval, in words that say no more than the interval allows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from violence_stats import wording
from violence_stats.ledger.records import Language, Words

ROUGH_PCT: Final = 10.0
"""From this change on, per cents are printed whole."""
DIGITS: Final = 3
"""Significant digits of a number in the unit of the values."""
MOST_PLACES: Final = 6

Clarity: TypeAlias = Literal["clear", "unclear", "unknown"]
"""Whether an interval excludes no change, holds it, or is not there."""

_SIDES: Final[dict[Language, tuple[str, str]]] = {"en": ("lower", "higher"), "es": ("por debajo", "por encima")}
_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "clear": "{when}, {what} was {amount} {side} ({interval}) than {than}",
        "unclear": "{when}, a change in {what} cannot be told from no change: the estimate is {amount} {side} "
        "({interval}) than {than}",
        "unknown": "{when}, the estimate of {what} is {amount} {side} than {than}, but no interval could be computed, "
        "so the counts cannot tell whether it changed",
        "one_side": "{low} to {high} {side}",
        "both_sides": "{low} lower to {high} higher",
        "open": "{low} {side} or more",
        "open_both": "{low} lower to no upper end",
        "under": "under {amount}",
        "over": "over {amount}",
    },
    "es": {
        "clear": "{when}, {what} quedó {amount} {side} ({interval}) {than}",
        "unclear": "{when}, un cambio en {what} no se distingue de la ausencia de cambio: la estimación queda {amount} "
        "{side} ({interval}) {than}",
        "unknown": "{when}, la estimación de {what} queda {amount} {side} {than}, pero no se pudo calcular un "
        "intervalo, así que los conteos no permiten saber si cambió",
        "one_side": "de {low} a {high} {side}",
        "both_sides": "de {low} por debajo a {high} por encima",
        "open": "{low} {side} o más",
        "open_both": "de {low} por debajo a sin extremo superior",
        "under": "menos de {amount}",
        "over": "más de {amount}",
    },
}


def no_unit() -> Words:
    """Give the unit of a number that has none."""
    return Words(en="", es="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change against what else was to be expected.

    Attributes
    ----------
    value, low, high : float
        Logs of ratios, or in the unit of the values; NaN ends where there is no interval.
    is_ratio : bool
    unit : Words
        What stands behind the number, with its space, such as `` a month``; blank for none.
    adjusted : bool
        Whether the interval allows for serial correlation.
    caveats : tuple of Words
        What is to be known of the interval, put behind it.
    """

    value: float
    low: float
    high: float
    is_ratio: bool
    unit: Words = field(default_factory=no_unit)
    adjusted: bool = True
    caveats: tuple[Words, ...] = ()

    @property
    def clarity(self) -> Clarity:
        """Whether the interval excludes no change."""
        if math.isnan(self.low) or math.isnan(self.high):
            return "unknown"
        return "clear" if self.low > 0 or self.high < 0 else "unclear"

    def side(self, lang: Language) -> str:
        """Say on which side of what was to be expected the estimate lies."""
        return _SIDES[lang][self.value > 0]

    def amount(self, lang: Language) -> str:
        """Say how large the estimate is, without its sign."""
        return self._size(self.value, lang) + self.unit[lang]

    def interval(self, lang: Language) -> str:
        """Say the interval: a 95% interval only where it allows for serial correlation."""
        said = wording.interval(self._ends(lang), lang, adjusted=self.adjusted)
        return ", ".join([said, *(one[lang] for one in self.caveats)])

    def tell(self, when: str, what: str, than: str, lang: Language) -> str:
        """Say the change, without a stop: what lies where against what, and whether it can be told from no change.

        Parameters
        ----------
        when : str
            Such as "From June 2019 on".
        what : str
            What changed, with its article.
        than : str
            What it is compared with; in Spanish with its "de".
        """
        said = _TEXT[lang][self.clarity].format(
            when=when,
            what=what,
            amount=self.amount(lang),
            side=self.side(lang),
            interval="" if self.clarity == "unknown" else self.interval(lang),
            than=than,
        )
        return wording.plain_line(said)

    def _ends(self, lang: Language) -> str:
        text, (lower, higher) = _TEXT[lang], _SIDES[lang]
        low, high = (self._size(end, lang) for end in (self.low, self.high))
        if self.low < 0 < self.high:
            return text["both_sides" if math.isfinite(self.high) else "open_both"].format(low=low, high=high)
        if math.isinf(self.high):
            return text["open"].format(low=low, side=higher)
        near, far, side = (high, low, lower) if self.high <= 0 else (low, high, higher)
        ends = (far, near) if side == lower else (near, far)
        if near == far:
            return f"{near} {side}"
        return text["one_side"].format(low=ends[0], high=ends[1], side=side)

    def _size(self, value: float, lang: Language) -> str:
        if not self.is_ratio:
            return wording.decimal(abs(value), self._places)
        pct = abs(_percent(value))
        places = 0 if abs(_percent(self.value)) >= ROUGH_PCT else 1
        least = 10.0**-places
        if 0 < pct < least / 2:
            return _TEXT[lang]["under"].format(amount=wording.percent(least, lang, places))
        if value < 0 and pct < 100 <= round(pct, places):
            return _TEXT[lang]["over"].format(amount=wording.percent(100 - least, lang, places))
        return wording.percent(pct, lang, places)

    @property
    def _places(self) -> int:
        ends = [abs(end) for end in (self.value, self.low, self.high) if end and math.isfinite(end)]
        largest = abs(self.value) or max(ends, default=1.0)
        return min(MOST_PLACES, max(0, DIGITS - 1 - math.floor(math.log10(largest))))


def _percent(log_ratio: float) -> float:
    return math.inf if log_ratio > math.log(1e12) else 100 * math.expm1(log_ratio)
