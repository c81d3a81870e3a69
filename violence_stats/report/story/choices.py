"""How far the answer depends on choices: every defensible model, and what moves the estimate."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from violence_stats import wording
from violence_stats.charts.labels import capital, when
from violence_stats.charts.specification_curve_words import CHOICE, level_words
from violence_stats.ledger.records import Language
from violence_stats.months import parse_window
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import CHOICES, Chart
from violence_stats.report.story.elsewhere import tell_elsewhere
from violence_stats.report.story.phrases import Texts
from violence_stats.robustness.choices import DIMENSIONS
from violence_stats.robustness.curve_fits import DID_NOT_COME_OUT, TOO_MANY_TERMS, TOO_SHORT
from violence_stats.robustness.curve_result import SpecificationCurve

_TEXT: Final[Texts] = {
    "en": {
        "heading": "How far the answer depends on choices",
        "short": "In short",
        "lead": "Of {n} defensible models of the change in {event}, {fall} see a fall; in {clear} the 95% interval, "
        "too, lies wholly on that side.",
        "lead_rise": "Of {n} defensible models of the change in {event}, {rise} see a rise; in {clear} the 95% "
        "interval, too, lies wholly on that side.",
        "lead_both": "Of {n} defensible models of the change in {event}, {fall} see a fall and {rise} a rise; the 95% "
        "interval lies wholly on the side of a fall in {fall_clear}, on that of a rise in {rise_clear}.",
        "range": "The rate after the date is between {lowest} and {highest} times what the rest of a model expects, in "
        "half of them between {lower} and {upper}, with a median of {median}.",
        "most": "The choice that moves it most is “{choice}”: a median of {low} with “{low_level}”, of {high} with "
        "“{high_level}”.",
        "meaning": "The models share their counts, so they are not independent evidence, and how many there are means "
        "nothing: the range does, and what moves it.",
        "not_run": "{n} more combinations could not be fitted.",
        "not_run_because": "{n} more combinations could not be fitted, most of them because {reason}.",
        "ends": "a publisher's counts, or those known by then, end too early",
        "terms": "the counts cannot carry so many terms",
        "unsettled": "the estimates did not settle",
        "table": "What each choice does to the rate ratio, taken alone",
        "choice": "Choice",
        "low": "Lowest median",
        "high": "Highest median",
        "share": "Share of the spread",
        "differ": "The models differ in {ways}.",
        "unlisted": "Not listed, with less than {least} of the spread each: {names}.",
        "serial": "Among the {n} that treat scatter and serial correlation as the rest of this report does, it does so "
        "in {clear}.",
        "held": "Held in all of them: {held}.",
    },
    "es": {
        "heading": "Cuánto depende la respuesta de lo que se elija",
        "short": "En resumen",
        "lead": "De {n} modelos defendibles del cambio de {event}, el {fall} ve una baja; en el {clear} también el "
        "intervalo del 95\u00a0% queda entero de ese lado.",
        "lead_rise": "De {n} modelos defendibles del cambio de {event}, el {rise} ve un alza; en el {clear} también el "
        "intervalo del 95\u00a0% queda entero de ese lado.",
        "lead_both": "De {n} modelos defendibles del cambio de {event}, el {fall} ve una baja y el {rise} un alza; el "
        "intervalo del 95\u00a0% queda entero del lado de una baja en el {fall_clear}, y del de un alza en el "
        "{rise_clear}.",
        "range": "La tasa posterior a la fecha es entre {lowest} y {highest} veces lo que espera el resto de un "
        "modelo, en la mitad de ellos entre {lower} y {upper}, con una mediana de {median}.",
        "most": "La opción que más la mueve es «{choice}»: una mediana de {low} con «{low_level}», de {high} con "
        "«{high_level}».",
        "meaning": "Los modelos comparten sus conteos, así que no son evidencia independiente, y cuántos sean no "
        "significa nada: significan algo el rango y lo que lo mueve.",
        "not_run": "Otras {n} combinaciones no se pudieron ajustar.",
        "not_run_because": "Otras {n} combinaciones no se pudieron ajustar, la mayoría porque {reason}.",
        "ends": "los conteos de una institución, o los conocidos para entonces, terminan demasiado pronto",
        "terms": "los conteos no sostienen tantos términos",
        "unsettled": "las estimaciones no convergieron",
        "table": "Lo que cada opción le hace a la razón de tasas, tomada sola",
        "choice": "Opción",
        "low": "Mediana más baja",
        "high": "Mediana más alta",
        "share": "Parte de la diferencia",
        "differ": "Los modelos difieren en {ways}.",
        "unlisted": "No se enumeran, con menos del {least} de la diferencia cada una: {names}.",
        "serial": "Entre los {n} que tratan la dispersión y la correlación serial como el resto de este informe, queda "
        "así en el {clear}.",
        "held": "Igual en todos: {held}.",
    },
}

VARIED: Final = ("shape", "trend", "season", "family", "errors")
"""Choices that are the modeller's own; the others depend on what a case holds."""

DATED: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")
"""Levels that are days or months."""

REASONS: Final = {TOO_SHORT: "ends", TOO_MANY_TERMS: "terms", DID_NOT_COME_OUT: "unsettled"}
"""Why specifications are not run, by what is said of it here."""

NOTABLE_SHARE: Final = 0.5
"""Choices that make up less than this percentage of the spread are left out of the table."""


_WAYS: Final[Texts] = {
    "en": {
        "publisher": "who counted",
        "vintage": "the day up to which figures were known",
        "start": "the month from which they are fitted",
        "date": "the day on which the change is put",
        "shape": "whether it comes at once (a step) or goes on growing as well (a ramp)",
        "trend": "whether a trend runs through",
        "season": "whether a yearly wave does",
        "lockdown": "what is done about the lockdown",
        "family": "how counts are taken to scatter (family)",
        "errors": "whether one month may resemble the next (errors)",
    },
    "es": {
        "publisher": "quién contó",
        "vintage": "el día hasta el que se conocían las cifras",
        "start": "el mes desde el que se ajustan",
        "date": "el día en que se pone el cambio",
        "shape": "si llega de una vez (un escalón) o además sigue creciendo (una rampa)",
        "trend": "si los recorre una tendencia",
        "season": "si los recorre una onda anual",
        "lockdown": "qué se hace con la cuarentena",
        "family": "cómo se supone que se dispersan los conteos (familia)",
        "errors": "si se admite que un mes se parezca al siguiente (errores)",
    },
}


def tell_choices(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Give the curve with what moves it; then what the model finds elsewhere, and the smallest change it could see."""
    if facts.choices is None:
        return ()
    text, found, chart = _TEXT[lang], facts.choices, charts[CHOICES]
    return (
        Heading(text["heading"], 1),
        Box(
            label=text["short"],
            lead=_lead(found.curve, lang),
            sentences=(
                *_serial(found.curve, lang),
                _range(found.curve, lang),
                _most(found.curve, lang),
                text["meaning"],
            ),
            quiet=True,
        ),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *_influence(found.curve, lang),
        *tell_elsewhere(found, charts, lang),
    )


def choices_line(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Say what share of the models see the change; nothing where none were fitted."""
    if facts.choices is None:
        return ()
    return (f"{_TEXT[lang]['heading']}. {_lead(facts.choices.curve, lang)}",)


def _lead(curve: SpecificationCurve, lang: Language) -> str:
    """Say what share of the models see a fall or a rise, and how many clearly."""
    text, shares = _TEXT[lang], curve.shares
    falls = shares["fall"] >= shares["rise"]
    name = "lead_both" if min(shares["fall"], shares["rise"]) > 0 else "lead" if falls else "lead_rise"
    words = {name: wording.percent(100 * share, lang, 0) for name, share in shares.items()}
    clear = words["fall_clear" if falls else "rise_clear"]
    n = wording.whole(curve.n_specifications)
    return text[name].format(n=n, event=when(curve.at, lang), clear=clear, **words)


def _serial(curve: SpecificationCurve, lang: Language) -> tuple[str, ...]:
    """Say how clear the change is where counts and errors are taken as in the rest of the report."""
    own = curve.table[(curve.table["errors"] == "ar1") & (curve.table["family"] == curve.primary["family"])]
    if own.empty or len(own) == len(curve.table):
        return ()
    clear = ((own["ci_high"] < 0) | (own["ci_low"] > 0)).mean()
    share = wording.percent(100 * float(clear), lang, 0)
    return (_TEXT[lang]["serial"].format(n=wording.whole(len(own)), clear=share),)


def _range(curve: SpecificationCurve, lang: Language) -> str:
    spread = {name: wording.decimal(value, 2) for name, value in curve.spread.items()}
    return _TEXT[lang]["range"].format(
        lowest=spread["lowest"],
        highest=spread["highest"],
        lower=spread["lower_quartile"],
        upper=spread["upper_quartile"],
        median=spread["median"],
    )


def _most(curve: SpecificationCurve, lang: Language) -> str:
    first = curve.influence.iloc[0]
    return _TEXT[lang]["most"].format(
        choice=CHOICE[lang][str(curve.influence.index[0])],
        low=wording.decimal(first["rate_ratio_lowest"], 2),
        low_level=_level(str(first["lowest"]), lang),
        high=wording.decimal(first["rate_ratio_highest"], 2),
        high_level=_level(str(first["highest"]), lang),
    )


def _not_run(curve: SpecificationCurve, lang: Language) -> tuple[str, ...]:
    """Say what was not varied, and how much could not be fitted."""
    text = _TEXT[lang]
    levels = {name: list(curve.table[name].unique()) for name in VARIED}
    held = [f"{CHOICE[lang][name]} ({level_words(str(one[0]), lang)})" for name, one in levels.items() if len(one) == 1]
    return (
        *((text["held"].format(held=wording.listing(held, lang)),) if held else ()),
        *_refused(curve, lang),
    )


def _refused(curve: SpecificationCurve, lang: Language) -> tuple[str, ...]:
    """Count the specifications that could not be fitted, with the reason of most of them."""
    text, n = _TEXT[lang], curve.n_not_run
    if not n:
        return ()
    first = curve.not_run.sort_values("n_specifications", ascending=False, kind="stable").iloc[0]
    reason = REASONS.get(str(first["reason"]))
    if reason is None or 2 * int(first["n_specifications"]) <= n:
        return (text["not_run"].format(n=wording.whole(n)),)
    return (text["not_run_because"].format(n=wording.whole(n), reason=text[reason]),)


def _influence(curve: SpecificationCurve, lang: Language) -> tuple[Block, ...]:
    """Say what the models differ in, and what each choice does to the estimate."""
    text, influence = _TEXT[lang], curve.influence
    if influence.empty:
        return ()
    shown, rest = (
        influence[mask] for mask in (influence["share_pct"] >= NOTABLE_SHARE, influence["share_pct"] < NOTABLE_SHARE)
    )
    varied = [name for name in DIMENSIONS if name in influence.index]
    ways = wording.listing([_WAYS[lang][name] for name in varied], lang)
    unlisted = text["unlisted"].format(
        least=wording.percent(NOTABLE_SHARE, lang),
        names=wording.listing([CHOICE[lang][str(name)] for name in rest.index], lang),
    )
    return (
        Paragraph((text["differ"].format(ways=ways), *_not_run(curve, lang))),
        _influence_table(shown, lang),
        *((Paragraph((unlisted,), small=True),) if len(rest) else ()),
    )


def _influence_table(influence: pd.DataFrame, lang: Language) -> Table:
    text = _TEXT[lang]
    rows = [
        (
            capital(CHOICE[lang][str(choice)]),
            f"{wording.decimal(row['rate_ratio_lowest'], 2)} ({_level(str(row['lowest']), lang)})",
            f"{wording.decimal(row['rate_ratio_highest'], 2)} ({_level(str(row['highest']), lang)})",
            wording.percent(row["share_pct"], lang, 0),
        )
        for choice, row in influence.iterrows()
    ]
    return Table(
        caption=text["table"],
        header=(text["choice"], text["low"], text["high"], text["share"]),
        rows=tuple(rows),
        widths=(1.4, 1.9, 1.9, 1.2),
        right=(3,),
        small=True,
    )


def _level(level: str, lang: Language) -> str:
    """Name a level of a choice; days and months in words."""
    if not DATED.fullmatch(level):
        return level_words(level, lang)
    return wording.window(parse_window(level), lang)
