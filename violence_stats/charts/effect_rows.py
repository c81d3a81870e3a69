"""The rows of a picture of effects: one interval a term, and a source where there are several."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pandas as pd

from violence_stats import wording
from violence_stats.charts.drawable import DrawnFit
from violence_stats.charts.drawn_fits import drawn_fit
from violence_stats.charts.effect_terms import TEXT, term_words
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import Settings
from violence_stats.models.arima_result import ARIMAResult
from violence_stats.models.compare_errors import ErrorComparison
from violence_stats.models.controlled_result import ControlledResult
from violence_stats.models.result import ITSResult

FitWithEffects: TypeAlias = ITSResult | ControlledResult | ARIMAResult
Effects: TypeAlias = FitWithEffects | ErrorComparison | Mapping[str, FitWithEffects]

SMALL_CHANGE_PCT: Final = 10.0
"""Below it a change is printed with one decimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow:
    """One interval of the picture.

    Attributes
    ----------
    term : str
        In words.
    source : str
        Which of several results or error models; blank where there is one.
    value, low, high : float
        On the scale of the axis: logs of rate ratios, or the unit of the values.
    is_log : bool
    adjusted : bool
        Whether the interval allows for serial correlation.
    """

    term: str
    source: str
    value: float
    low: float
    high: float
    is_log: bool
    adjusted: bool

    def words(self, lang: Language) -> str:
        """Say the change with its interval."""
        ends = [_change(one, lang) if self.is_log else _value(one) for one in (self.value, self.low, self.high)]
        return TEXT[lang]["interval"].format(value=ends[0], low=ends[1], high=ends[2])


def effect_rows(effects: Effects, case: CaseLike | None, lang: Language) -> list[EffectRow]:
    """Give one row for each term and source, term by term.

    Raises
    ------
    SpecificationError
        If there is no intervention, a model has no terms for them, or results mix links.
    """
    table = _long_table(effects, lang)
    if table.empty:
        raise SpecificationError("the model has no intervention, so there is no effect to draw: add one")
    if len(set(table["is_log"])) > 1:
        raise SpecificationError(
            "some of these results are rate ratios and some in the unit of the values: draw them apart"
        )
    settings = _settings(effects, case)
    return [
        EffectRow(
            term=term_words(str(row["term"]), settings, lang),
            source=str(row["source"]),
            value=float(row["estimate"]),
            low=float(row["ci_low"]),
            high=float(row["ci_high"]),
            is_log=bool(row["is_log"]),
            adjusted=bool(row["adjusted"]),
        )
        for term in dict.fromkeys(table["term"])
        for _, row in table[table["term"] == term].iterrows()
    ]


def drawn_fits(effects: Effects) -> dict[str, DrawnFit]:
    """Give the fits behind a picture by name, blank where there is one; none behind a comparison of errors."""
    if isinstance(effects, ErrorComparison):
        return {}
    if isinstance(effects, Mapping):
        return {name: drawn_fit(one) for name, one in effects.items()}
    return {"": drawn_fit(effects)}


def _long_table(effects: Effects, lang: Language) -> pd.DataFrame:
    """One row a term and source: term, source, estimate, ci_low, ci_high, adjusted, is_log."""
    columns = ["term", "source", "estimate", "ci_low", "ci_high", "adjusted", "is_log"]
    if isinstance(effects, ErrorComparison):
        table = effects.table.reset_index()
        sources = [TEXT[lang].get(one, one) for one in table["errors"]]
        return table.assign(source=sources, adjusted=table["errors"] != "iid", is_log=effects.log_link)[columns]
    tables = []
    for name, fit in drawn_fits(effects).items():
        for source, rows in _by_source(fit, name, lang).items():
            named = rows.reset_index().assign(source=source, adjusted=fit.adjusted, is_log=fit.is_log)
            tables.append(named[columns])
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def _by_source(fit: DrawnFit, name: str, lang: Language) -> dict[str, pd.DataFrame]:
    """Give the effects of one fit; those on others beside them where it stands alone."""
    if name or not fit.beside:
        return {name: fit.own_effects}
    return {TEXT[lang]["beyond"]: fit.own_effects} | {TEXT[lang][who]: rows for who, rows in fit.beside.items()}


def _settings(effects: Effects, case: CaseLike | None) -> Settings | None:
    first = next(iter(drawn_fits(effects).values()), None)
    known = case if case is not None else None if first is None else first.series.case_id
    return None if known is None else load_case(known).settings


def _change(log_ratio: float, lang: Language) -> str:
    pct = 100 * math.expm1(log_ratio)
    words = wording.percent(pct, lang, 1 if abs(pct) < SMALL_CHANGE_PCT else 0)
    return f"+{words}" if log_ratio > 0 and any(digit in words for digit in "123456789") else words


def _value(value: float) -> str:
    return wording.decimal(value, 2 if abs(value) < SMALL_CHANGE_PCT else 0)
