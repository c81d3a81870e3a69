"""What a picture of effects says: its rows in words, its title and the line under it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from violence_stats import wording
from violence_stats.charts.drawable import check_drawable
from violence_stats.charts.labels import capital, labels_for, when
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import Settings
from violence_stats.models.compare_errors import ErrorComparison
from violence_stats.models.result import ITSResult
from violence_stats.months import first_day
from violence_stats.series import CountSeries

Effects = ITSResult | ErrorComparison | Mapping[str, ITSResult]

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}: what changed",
        "title_plain": "What changed",
        "title_errors": "What changed, under each assumption about errors",
        "unit": "Change in the rate",
        "unit_values": "Change, in the unit of the values",
        "step": "step, {when}",
        "ramp": "slope from {when} on, each period",
        "pulse": "pulse, {when}",
        "onset": "gradual change, {when}",
        "decay": "fading change, {when}",
        "ar1": "serial correlation allowed for",
        "ar1-ml": "AR(1), maximum likelihood",
        "newey-west": "Newey-West",
        "prais-winsten": "Prais-Winsten",
        "iid": "independent errors",
        "interval": "{value} ({low} to {high})",
        "adjusted": "Line: 95% interval, allowing for serial correlation.",
        "unadjusted": "Line: interval, not adjusted for serial correlation.",
        "mixed": "Lines: 95% intervals; open circles and dashed lines are not adjusted for serial correlation.",
        "bootstrap": "Line: 95% interval by refitting simulated series.",
        "fitted": "Fitted to {n} windows, {span}.",
        "alt": "{title}. {rows}.",
    },
    "es": {
        "title": "{what}: qué cambió",
        "title_plain": "Qué cambió",
        "title_errors": "Qué cambió, según cada supuesto sobre los errores",
        "unit": "Cambio en la tasa",
        "unit_values": "Cambio, en la unidad de los valores",
        "step": "escalón, {when}",
        "ramp": "pendiente desde {when}, por período",
        "pulse": "pulso, {when}",
        "onset": "cambio gradual, {when}",
        "decay": "cambio que se desvanece, {when}",
        "ar1": "admite correlación serial",
        "ar1-ml": "AR(1), máxima verosimilitud",
        "newey-west": "Newey-West",
        "prais-winsten": "Prais-Winsten",
        "iid": "errores independientes",
        "interval": "{value} ({low} a {high})",
        "adjusted": "Línea: intervalo del 95\u00a0% que admite correlación serial.",
        "unadjusted": "Línea: intervalo sin ajuste por correlación serial.",
        "mixed": "Líneas: intervalos del 95\u00a0%; los círculos vacíos y líneas cortadas no ajustan por correlación "
        "serial.",
        "bootstrap": "Línea: intervalo del 95\u00a0% por reajuste de series simuladas.",
        "fitted": "Ajustado a {n} períodos, {span}.",
        "alt": "{title}. {rows}.",
    },
}
_DATED = re.compile(r"(step|ramp|pulse|onset|decay) (\d{4}-\d{2}(?:-\d{2})?)")
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
        If there is no intervention, or results mix links.
    """
    table, log_links = _long_table(effects, lang)
    if table.empty:
        raise SpecificationError("the model has no intervention, so there is no effect to draw: add one")
    if len(log_links) > 1:
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
            is_log=next(iter(log_links)),
            adjusted=bool(row["adjusted"]),
        )
        for term in dict.fromkeys(table["term"])
        for _, row in table[table["term"] == term].iterrows()
    ]


def _long_table(effects: Effects, lang: Language) -> tuple[pd.DataFrame, set[bool]]:
    """One row a term and source: term, source, estimate, ci_low, ci_high, adjusted."""
    columns = ["term", "source", "estimate", "ci_low", "ci_high", "adjusted"]
    if isinstance(effects, ErrorComparison):
        table = effects.table.reset_index()
        table = table.assign(
            source=[TEXT[lang].get(one, one) for one in table["errors"]], adjusted=table["errors"] != "iid"
        )
        return table[columns], {effects.log_link}
    named = effects if isinstance(effects, Mapping) else {"": effects}
    for result in named.values():
        check_drawable(result, ITSResult, "InterruptedTimeSeries.fit")
    tables = []
    for name, result in named.items():
        terms = [one.term for one in result.frame.design.interventions]
        rows = result.effects.loc[terms].reset_index()
        tables.append(rows.assign(source=name, adjusted=result.estimate.adjusts_for_correlation)[columns])
    if not tables:
        return pd.DataFrame(columns=columns), {True}
    return pd.concat(tables, ignore_index=True), {one.frame.family != "gaussian" for one in named.values()}


def term_words(term: str, settings: Settings | None, lang: Language) -> str:
    """Name a term: its shape and date in words, or a spell of the case by its label; else as it is called."""
    found = _DATED.fullmatch(term)
    if found is not None:
        return capital(TEXT[lang][found[1]].format(when=when(first_day(found[2]), lang)))
    if settings is not None:
        labels = {one.id: one.label for one in settings.interventions}
        labels |= {one.id: one.label for one in settings.bursts}
        if settings.lockdown is not None:
            labels[settings.lockdown.id] = settings.lockdown.label
        if term in labels:
            return capital(labels[term][lang])
    return capital(term)


def effects_title(effects: Effects, case: CaseLike | None, lang: Language) -> str:
    """Give the title that the picture carries."""
    if isinstance(effects, ErrorComparison):
        return TEXT[lang]["title_errors"]
    series = _series(effects)
    what = "" if series is None else labels_for(series, case, lang).what
    return TEXT[lang]["title"].format(what=what) if what else TEXT[lang]["title_plain"]


def effects_source(effects: Effects, rows: list[EffectRow], lang: Language) -> str:
    """Say what the lines hold, and what was fitted."""
    text = TEXT[lang]
    adjusted = {row.adjusted for row in rows}
    by_bootstrap = isinstance(effects, ITSResult) and effects.bootstrapped is not None
    kind = "mixed" if len(adjusted) > 1 else "adjusted" if adjusted == {True} else "unadjusted"
    parts = [text["bootstrap" if by_bootstrap else kind]]
    if isinstance(effects, ITSResult):
        parts.append(text["fitted"].format(n=effects.n_windows, span=wording.window(effects.window, lang)))
    return " ".join(parts)


def describe_effects(effects: Effects, case: CaseLike | None, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    said = [
        f"{row.term}{f', {row.source}' if row.source else ''}: {row.words(lang)}"
        for row in effect_rows(effects, case, lang)
    ]
    return TEXT[lang]["alt"].format(title=effects_title(effects, case, lang), rows="; ".join(said))


def _series(effects: Effects) -> CountSeries | None:
    if isinstance(effects, ErrorComparison):
        return None
    first = effects if isinstance(effects, ITSResult) else next(iter(effects.values()), None)
    return None if first is None else first.frame.series


def _settings(effects: Effects, case: CaseLike | None) -> Settings | None:
    series = _series(effects)
    known = case if case is not None else None if series is None else series.case_id
    return None if known is None else load_case(known).settings


def _change(log_ratio: float, lang: Language) -> str:
    pct = 100 * math.expm1(log_ratio)
    words = wording.percent(pct, lang, 1 if abs(pct) < SMALL_CHANGE_PCT else 0)
    return words if words.startswith((wording.MINUS, "0")) else f"+{words}"


def _value(value: float) -> str:
    return wording.decimal(value, 2 if abs(value) < SMALL_CHANGE_PCT else 0)
