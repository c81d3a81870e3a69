"""How far the printed intervals can be trusted: simulated misses, and independent errors beside them."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.report.break_facts import BreakFacts, BreakFit
from violence_stats.report.document import Block, Cell, Heading, Paragraph, Table
from violence_stats.report.interval_checks import MissRates
from violence_stats.report.story.phrases import Texts, between

PROMISED_PCT: Final = 5.0
BEYOND: Final = 2.0
"""Standard errors of the simulation by which a share has to pass the promised one to be told."""

_TEXT: Final[Texts] = {
    "en": {
        "heading": "How often such intervals miss",
        "simulated": "Each share comes from {runs} simulated series with the windows and the scatter of this model, so "
        "that it is known what the interval should have held; it is uncertain by up to {error} points. An interval "
        "that keeps its promise misses in 5%.",
        "loose": "With the step on {dates} it misses more often than that, so it is less sure than it says.",
        "older": "Independent errors are the older choice: they ignore that one month resembles the next.",
        "disagree": "With the step on {dates} the two choices disagree on whether there is a step at all.",
        "agree": "At every date given here both choices see a step; they differ in its size and in how sure they are.",
        "caption": "Simulated misses, and what independent errors would have said",
        "start": "First day of the new level",
        "miss": "Misses a true step",
        "alarm": "Sees a step where there is none",
        "older_miss": "Misses, independent errors",
        "older_alarm": "False step, independent errors",
        "older_ratio": "Rate ratio, independent errors",
    },
    "es": {
        "heading": "Con qué frecuencia fallan estos intervalos",
        "simulated": "Cada porcentaje sale de {runs} series simuladas con los períodos y la dispersión de este modelo, "
        "de modo que se sabe qué debía contener el intervalo; su incertidumbre llega a {error} puntos. Un intervalo "
        "que cumple lo que promete falla en 5\u00a0%.",
        "loose": "Con el escalón el {dates} falla más que eso, así que es menos seguro de lo que dice.",
        "older": "Los errores independientes son la opción anterior: pasan por alto que un mes se parece al siguiente.",
        "disagree": "Con el escalón el {dates}, las dos opciones discrepan en si hay un escalón.",
        "agree": "En cada fecha dada aquí las dos opciones ven un escalón; difieren en su tamaño y en su certeza.",
        "caption": "Fallas simuladas, y lo que habrían dicho los errores independientes",
        "start": "Primer día del nuevo nivel",
        "miss": "No contiene un escalón real",
        "alarm": "Ve un escalón donde no lo hay",
        "older_miss": "Fallas, errores independientes",
        "older_alarm": "Falso escalón, errores independientes",
        "older_ratio": "Razón de tasas, errores independientes",
    },
}


def tell_interval_checks(broken: BreakFacts, lang: Language) -> tuple[Block, ...]:
    """Give the simulated miss rates of a break's intervals; nothing where its geometry has not been simulated."""
    rates = [fit.check.rates for fit in broken.fits if fit.check.rates is not None]
    if not rates:
        return ()
    text = _TEXT[lang]
    error = wording.decimal(max(one.mc_error_pct for one in rates), 1)
    simulated = text["simulated"].format(runs=wording.whole(min(one.runs for one in rates)), error=error)
    return (
        Heading(text["heading"], 2),
        Paragraph((simulated, *_loose(broken, lang), text["older"], _agreement(broken, lang))),
        Table(
            caption=text["caption"],
            header=tuple(text[name] for name in ("start", "miss", "alarm", "older_miss", "older_alarm", "older_ratio")),
            rows=tuple(_row(fit, lang) for fit in broken.fits),
            widths=(2.2, 1.3, 1.5, 1.7, 1.7, 2.1),
            small=True,
            right=(1, 2, 3, 4, 5),
        ),
    )


def _loose(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    """Name the dates whose interval misses more often than it promises, beyond the simulation's own error."""
    loose = [
        wording.day(fit.start, lang)
        for fit in broken.fits
        if fit.check.rates is not None
        and fit.check.rates.miss_pct > PROMISED_PCT + BEYOND * fit.check.rates.mc_error_pct
    ]
    return (_TEXT[lang]["loose"].format(dates=wording.listing(loose, lang)),) if loose else ()


def _agreement(broken: BreakFacts, lang: Language) -> str:
    at_odds = [wording.day(fit.start, lang) for fit in broken.fits if fit.check.disagree]
    if not at_odds:
        return _TEXT[lang]["agree"]
    return _TEXT[lang]["disagree"].format(dates=wording.listing(at_odds, lang))


def _row(fit: BreakFit, lang: Language) -> tuple[Cell, ...]:
    check = fit.check
    span = between(wording.decimal(check.older_low, 2), wording.decimal(check.older_high, 2), lang)
    return (
        capital(wording.day(fit.start, lang)),
        *_shares(check.rates, lang),
        *_shares(check.older_rates, lang),
        f"{wording.decimal(check.older_ratio, 2)} ({span})",
    )


def _shares(rates: MissRates | None, lang: Language) -> tuple[str, str]:
    if rates is None:
        return "–", "–"
    return wording.percent(rates.miss_pct, lang), wording.percent(rates.false_alarm_pct, lang)
