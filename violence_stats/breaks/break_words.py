"""What a search for breaks, and a test for one, say in a sentence: when, how surely, and never why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from violence_stats import wording
from violence_stats.ledger.naming import Names
from violence_stats.ledger.records import Language
from violence_stats.series import CountSeries

ALPHA: Final = 0.05
SMALLEST_P: Final = 0.001
"""The tables of p-values end here."""
ALMOST: Final = 0.01
"""A probability nearer to 1 is given as a bound."""

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "count": "the number of {subject}",
        "rate": "the value of {subject}",
        "several": "Without any date given, the best-fitting breaks in {what} {span} start new regimes in {dates}",
        "one": "Without any date given, the best-fitting break in {what} {span} starts a new regime in {dates}",
        "none": "Without any date given, no break is found in {what} {span}",
        "date": "{date} ({interval})",
        "interval": "{pct} interval {ends}",
        "to": "{low} to {high}",
        "no_interval": "no interval",
        "supported": "; one test after another at {alpha} supports {k} of {n} (no break at all: p {p})",
        "unsupported": "; they cannot be told from no break (p {p})",
        "unsupported_1": "; it cannot be told from no break (p {p})",
        "untested": "; no test could be made, so the counts cannot tell them from no break",
        "tested_none": " (p {p}), which does not show that there was none",
        "posterior": "; the probability of one break or more is {probability} if periods of one regime are "
        "independent; where they correlate by {rhos} and nothing breaks, {rates} of series show more than 0.95",
        "when_not_why": ". The counts say when, not why.",
        "clear": "Without any date given, a break in {what} {span} can be told from no break (p {p}); it fits best "
        "where {date} starts the new regime, a date without an interval. The counts say when, not why.",
        "unclear": "Without any date given, a break in {what} {span} cannot be told from no break (p {p}); one would "
        "fit best where {date} starts the new regime, a date without an interval.",
        "depends": "Without any date given, the counts cannot tell a break in {what} {span} from slow wandering: p is "
        "{p} if the wandering is measured beside a break, {p_null} if without; one would fit best where {date} starts "
        "the new regime, a date without an interval.",
        "unknown": "Without any date given, no test of a break in {what} {span} could be made, so the counts cannot "
        "tell; one would fit best where {date} starts the new regime.",
        "unadjusted": "{p}, not adjusted for serial correlation",
        "at_most": "{p} or less",
        "over": "over {p}",
    },
    "es": {
        "count": "el número de {subject}",
        "rate": "el valor de {subject}",
        "several": "Sin dar ninguna fecha, los quiebres que mejor se ajustan en {what} {span} inician nuevos regímenes "
        "en {dates}",
        "one": "Sin dar ninguna fecha, el quiebre que mejor se ajusta en {what} {span} inicia un nuevo régimen en "
        "{dates}",
        "none": "Sin dar ninguna fecha, no se halla ningún quiebre en {what} {span}",
        "date": "{date} ({interval})",
        "interval": "intervalo del {pct}: {ends}",
        "to": "{low} a {high}",
        "no_interval": "sin intervalo",
        "supported": "; una prueba tras otra al {alpha} respalda {k} de {n} (ningún quiebre: p {p})",
        "unsupported": "; no se distinguen de la ausencia de quiebre (p {p})",
        "unsupported_1": "; no se distingue de la ausencia de quiebre (p {p})",
        "untested": "; no se pudo hacer ninguna prueba, así que los conteos no permiten distinguirlos de la ausencia "
        "de quiebre",
        "tested_none": " (p {p}), lo que no muestra que no lo hubiera",
        "posterior": "; la probabilidad de uno o más quiebres es {probability} si los períodos de un régimen son "
        "independientes; donde se correlacionan en {rhos} y nada se quiebra, {rates} de las series muestran más de "
        "0.95",
        "when_not_why": ". Los conteos dicen cuándo, no por qué.",
        "clear": "Sin dar ninguna fecha, un quiebre en {what} {span} se distingue de la ausencia de quiebre (p {p}); "
        "se ajusta mejor si el nuevo régimen empieza en {date}, fecha sin intervalo. Los conteos dicen cuándo, no por "
        "qué.",
        "unclear": "Sin dar ninguna fecha, un quiebre en {what} {span} no se distingue de la ausencia de quiebre (p "
        "{p}); el que mejor se ajustaría empieza el nuevo régimen en {date}, fecha sin intervalo.",
        "depends": "Sin dar ninguna fecha, los conteos no permiten distinguir un quiebre en {what} {span} de un vaivén "
        "lento: p es {p} si el vaivén se mide junto a un quiebre y {p_null} si se mide sin él; el que mejor se "
        "ajustaría empieza el nuevo régimen en {date}, fecha sin intervalo.",
        "unknown": "Sin dar ninguna fecha, no se pudo hacer ninguna prueba de un quiebre en {what} {span}, así que los "
        "conteos no permiten saberlo; el que mejor se ajustaría empieza el nuevo régimen en {date}.",
        "unadjusted": "{p}, sin ajuste por correlación serial",
        "at_most": "{p} o menos",
        "over": "más de {p}",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumberTests:
    """Tests behind a number of breaks.

    Attributes
    ----------
    statistics : pandas.DataFrame
        As of `FoundBreaks`.
    p_value : float
        Of no break at all; NaN where it was not tested.
    adjusted : bool
        Whether tests allow for serial correlation.
    """

    statistics: pd.DataFrame
    p_value: float
    adjusted: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """Posterior probability of one break or more, and how often the same search sees one where there is none."""

    probability: float
    false_breaks: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class OneBreak:
    """A test of one break against none.

    Attributes
    ----------
    first_day : datetime.date
        Of the new regime where a break fits best.
    p_value : float
    p_value_null : float or None
        With dispersion and autocorrelation fitted without the break; None where there is no such value.
    adjusted : bool
        Whether the test allows for serial correlation.
    """

    first_day: date
    p_value: float
    p_value_null: float | None
    adjusted: bool


def tell_breaks(
    series: CountSeries,
    intervals: pd.DataFrame,
    surety: NumberTests | Posterior,
    names: Names,
    lang: Language,
) -> str:
    """Name the breaks that a search found, each with its interval, and say how surely there are so many.

    Parameters
    ----------
    intervals : pandas.DataFrame
        As of `FoundBreaks`.
    surety : NumberTests or Posterior
    """
    text, n = _TEXT[lang], len(intervals)
    dates = [_date(row, series, lang) for _, row in intervals.iterrows()]
    said = text["none" if n == 0 else "one" if n == 1 else "several"].format(
        what=_what(series, names, lang), span=wording.during(series.span, lang), dates=wording.listing(dates, lang)
    )
    sure = _posterior(surety, lang) if isinstance(surety, Posterior) else _tested(n, surety, lang)
    whole = wording.plain_line(said + sure + (text["when_not_why"] if n else "."))
    return wording.as_known(whole, series.as_of, lang)


def tell_test(series: CountSeries, test: OneBreak, names: Names, lang: Language) -> str:
    """Say whether a break can be told from no break, and where one fits best."""
    null = test.p_value if test.p_value_null is None else test.p_value_null
    if math.isnan(test.p_value):
        name = "unknown"
    elif (test.p_value < ALPHA) != (null < ALPHA):
        name = "depends"
    else:
        name = "clear" if test.p_value < ALPHA else "unclear"
    said = _TEXT[lang][name].format(
        what=_what(series, names, lang),
        span=wording.during(series.span, lang),
        p=_p(test.p_value, lang, adjusted=test.adjusted),
        p_null=_p(null, lang),
        date=wording.period(test.first_day, series.frequency, lang),
    )
    return wording.as_known(wording.plain_line(said), series.as_of, lang)


def n_supported(statistics: pd.DataFrame) -> int:
    """Count the breaks that tests of one more each support, from the first on: of m against m - 1 breaks at 5%."""
    p_values = {str(name): float(p) for name, p in statistics["p_value"].items()}
    found = 0
    while True:
        names = (f"({found + 1}|{found})", "F(1)") if found == 0 else (f"({found + 1}|{found})",)
        tests = [p for name, p in p_values.items() if name.endswith(names)]
        if not tests or not tests[0] < ALPHA:
            return found
        found += 1


def _posterior(found: Posterior, lang: Language) -> str:
    """Say the posterior of a break beside how often the same search sees one where there is none."""
    rates = found.false_breaks.loc[found.false_breaks.index > 0, "over_95_pct"]
    return _TEXT[lang]["posterior"].format(
        probability=_probability(found.probability, lang),
        rhos=wording.listing([wording.decimal(float(rho), 1) for rho in rates.index], lang),
        rates=wording.listing([wording.percent(100 * rate, lang, 0) for rate in rates], lang),
    )


def _tested(n: int, test: NumberTests, lang: Language) -> str:
    text, supported = _TEXT[lang], n_supported(test.statistics)
    if math.isnan(test.p_value):
        return text["untested"] if n else ""
    p = _p(test.p_value, lang, adjusted=test.adjusted)
    if n == 0:
        return text["tested_none"].format(p=p)
    if supported == 0:
        return text["unsupported" if n > 1 else "unsupported_1"].format(p=p)
    alpha = wording.percent(100 * ALPHA, lang, 0)
    return text["supported"].format(alpha=alpha, k=min(supported, n), n=n, p=p)


def _what(series: CountSeries, names: Names, lang: Language) -> str:
    return _TEXT[lang][series.kind].format(subject=names.subject[lang])


def _date(row: pd.Series[Any], series: CountSeries, lang: Language) -> str:
    """Name the first period of a new regime, with the interval of that date."""
    text = _TEXT[lang]
    named = wording.period(row["first_day"], series.frequency, lang)
    if pd.isna(row["low"]) or pd.isna(row["high"]):
        return text["date"].format(date=named, interval=text["no_interval"])
    low, high = (wording.period(row[end].start_time.date(), series.frequency, lang) for end in ("low", "high"))
    ends = low if low == high else text["to"].format(low=low, high=high)
    pct = wording.percent(100 * float(row["confidence"]), lang, 0)
    return text["date"].format(date=named, interval=text["interval"].format(pct=pct, ends=ends))


def _p(p_value: float, lang: Language, *, adjusted: bool = True) -> str:
    text, p = _TEXT[lang], wording.decimal(max(p_value, SMALLEST_P), 3)
    p = text["at_most"].format(p=p) if p_value <= SMALLEST_P else p
    return p if adjusted else text["unadjusted"].format(p=p)


def _probability(probability: float, lang: Language) -> str:
    if probability > 1 - ALMOST:
        return _TEXT[lang]["over"].format(p=wording.decimal(1 - ALMOST, 2))
    return wording.decimal(probability, 2)
