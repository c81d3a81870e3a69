"""The interventions of a fit as a sentence needs them: effects, units, and what the rest of the model is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from violence_stats.design.interventions import Intervention
from violence_stats.ledger.naming import Names
from violence_stats.ledger.records import Language, Words
from violence_stats.models.change_words import Change, no_unit
from violence_stats.months import Frequency, Window
from violence_stats.series import CountSeries

PERIOD: Final[dict[Frequency, Words]] = {
    "M": Words(en="month", es="mes"),
    "Q": Words(en="quarter", es="trimestre"),
    "Y": Words(en="year", es="año"),
}
_EVERY: Final[dict[Frequency, Words]] = {
    "M": Words(en="monthly", es="mensual"),
    "Q": Words(en="quarterly", es="trimestral"),
    "Y": Words(en="yearly", es="anual"),
}
A_PERIOD: Final[dict[Frequency, Words]] = {
    "M": Words(en=" a month", es=" al mes"),
    "Q": Words(en=" a quarter", es=" por trimestre"),
    "Y": Words(en=" a year", es=" al año"),
}
_LEVELS: Final[dict[str, Words]] = {
    "level": Words(en="the {every} level of {subject}", es="el nivel {every} de {subject}"),
    "level_exposure": Words(
        en="the {every} level of {subject} per unit of exposure",
        es="el nivel {every} de {subject} por unidad de exposición",
    ),
    "value": Words(en="the {every} value of {subject}", es="el valor {every} de {subject}"),
    "count": Words(en="the {every} number of {subject}", es="el número {every} de {subject}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """A time constant in months; NaN ends where there is no interval, an infinite one where it is open."""

    value: float
    low: float
    high: float
    adjusted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedEffects:
    """What a sentence on a fit's interventions needs.

    Attributes
    ----------
    series : CountSeries
    names : Names
    span : Window
        The fitting window, both ends INCLUSIVE.
    interventions : tuple of Intervention
    effects : pandas.DataFrame
        Columns ``estimate, ci_low, ci_high``; index the terms, each with `prefix`.
    is_ratio : bool
        Whether they are logs of ratios.
    rest : tuple of Words
        What the rest of the model is made of, interventions left aside; such as "the trend".
    prefix : str
    adjusted : bool
        Whether intervals allow for serial correlation.
    per_exposure : bool
        Whether rates are per unit of an exposure that was given.
    caveats : tuple of Words
        What is to be known of all intervals.
    term_caveats : mapping of str to Words
        And of those of single terms.
    months : mapping of str to Months
        Time constants that were estimated, by term.
    together : callable or None
        Gives the row of several terms of one event at the end of the fit; None where it cannot be had.
    """

    series: CountSeries
    names: Names
    span: Window
    interventions: tuple[Intervention, ...]
    effects: pd.DataFrame
    is_ratio: bool
    rest: tuple[Words, ...]
    prefix: str = ""
    adjusted: bool = True
    per_exposure: bool = False
    caveats: tuple[Words, ...] = ()
    term_caveats: Mapping[str, Words] = field(default_factory=dict)
    months: Mapping[str, Months] = field(default_factory=dict)
    together: Callable[[tuple[Intervention, ...]], pd.Series[Any]] | None = None

    def row(self, name: str) -> pd.Series[Any]:
        """Give a row of `effects`."""
        return self.effects.T[name]

    def change(self, row: pd.Series[Any], unit: Words, term: str = "") -> Change:
        """Read a change off a row of effects."""
        own = (self.term_caveats[term],) if term in self.term_caveats else ()
        return Change(
            value=float(row["estimate"]),
            low=float(row["ci_low"]),
            high=float(row["ci_high"]),
            is_ratio=self.is_ratio,
            unit=unit,
            adjusted=self.adjusted,
            caveats=(*self.caveats, *own),
        )

    @property
    def level_unit(self) -> Words:
        """What a change of level is per: nothing for ratios and for values, a period for counts."""
        return no_unit() if self.is_ratio or self.series.kind == "rate" else A_PERIOD[self.series.frequency]

    def level(self, lang: Language) -> str:
        """Name what is measured, with its article."""
        kind = "value" if self.series.kind == "rate" else "level" if self.is_ratio else "count"
        name = f"{kind}_exposure" if kind == "level" and self.per_exposure else kind
        return _LEVELS[name][lang].format(every=_EVERY[self.series.frequency][lang], subject=self.names.subject[lang])
