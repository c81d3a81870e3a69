"""What a counterfactual's picture says: title, labels, source line, and the text that stands for it."""

from __future__ import annotations

from datetime import date
from typing import Final

from violence_stats import wording
from violence_stats.charts.drawable import DrawnFit
from violence_stats.charts.drawn_fits import Fit, drawn_fit
from violence_stats.charts.labels import capital, labels_for, spell_name, when
from violence_stats.charts.lanes import LAST_PUBLISHERS
from violence_stats.design.interventions import Pulse
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.months import Window

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}, with and without a break in {when}",
        "title_day": "{what}, with and without a break on {when}",
        "since": "from {when} on",
        "since_day": "from {when} on",
        "unit": "Per day, average over each window",
        "unit_rate": "Rate, each window",
        "observed": "observed",
        "fitted": "fitted",
        "one_step_ahead": "predicted one period ahead",
        "expected": "expected without the break",
        "as_controls": "expected from the controls",
        "fewer": "{number} fewer than expected\n({low} to {high})",
        "more": "{number} more than expected\n({low} to {high})",
        "band": "Band: {interval}. ",
        "path": "95% interval of the model's coefficients, serial correlation after the break and count noise",
        "no_path": "95% interval of the model's coefficients and count noise",
        "unadjusted": "interval of the model's coefficients and count noise, not adjusted for serial correlation",
        "arima": "95% interval of the coefficients, the state before the break and the innovations after it, the same "
        "model being fitted to what came before",
        "structural": "95% interval of level, season and controls as they stood before the break, and of what moves "
        "them after it",
        "source": "Fitted to {n} windows, {span}.",
        "held": " Kept as fitted: {pulses}.",
        "publishers": " Source: {publishers}.",
        "alt": "{what}, {span}. {since}, {observed} were counted and {expected} would be expected without the break "
        "({low} to {high}; {interval}): {difference}.",
        "alt_fewer": "{number} fewer",
        "alt_more": "{number} more",
    },
    "es": {
        "title": "{what}, con y sin un quiebre en {when}",
        "title_day": "{what}, con y sin un quiebre el {when}",
        "since": "desde {when}",
        "since_day": "desde el {when}",
        "unit": "Por día, promedio de cada período",
        "unit_rate": "Tasa de cada período",
        "observed": "observado",
        "fitted": "ajustado",
        "one_step_ahead": "previsto un período antes",
        "expected": "esperado sin el quiebre",
        "as_controls": "esperado según los controles",
        "fewer": "{number} menos de lo esperado\n({low} a {high})",
        "more": "{number} más de lo esperado\n({low} a {high})",
        "band": "Banda: {interval}. ",
        "path": "intervalo del 95\u00a0% de los coeficientes del modelo, la correlación serial tras el quiebre y el "
        "ruido del conteo",
        "no_path": "intervalo del 95\u00a0% de los coeficientes del modelo y del ruido del conteo",
        "unadjusted": "intervalo de los coeficientes del modelo y del ruido del conteo, sin ajuste por correlación "
        "serial",
        "arima": "intervalo del 95\u00a0% de los coeficientes, el estado antes del quiebre y las innovaciones "
        "posteriores, con el mismo modelo ajustado a lo anterior",
        "structural": "intervalo del 95\u00a0% del nivel, la estacionalidad y los controles tal como estaban antes del "
        "quiebre, y de lo que los mueve después",
        "source": "Ajustado a {n} períodos, {span}.",
        "held": " Se mantiene como ajustado: {pulses}.",
        "publishers": " Fuente: {publishers}.",
        "alt": "{what}, {span}. {since} se contaron {observed} y sin el quiebre se esperarían {expected} ({low} a "
        "{high}; {interval}): {difference}.",
        "alt_fewer": "{number} menos",
        "alt_more": "{number} más",
    },
}


def counterfactual_title(result: Fit, event: str, case: CaseLike | None, lang: Language) -> str:
    """Give the title that the picture carries."""
    fit = drawn_fit(result)
    day = fit.first_day(event)
    name = "title" if day.day == 1 else "title_day"
    return TEXT[lang][name].format(what=labels_for(fit.series, case, lang).what, when=when(day, lang))


def describe_counterfactual(result: Fit, found: Counterfactual, case: CaseLike | None, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    text, fit = TEXT[lang], drawn_fit(result)
    name = "alt_fewer" if found.averted >= 0 else "alt_more"
    return text["alt"].format(
        what=labels_for(fit.series, case, lang).what,
        span=wording.window(fit.span, lang),
        since=capital(since(fit.first_day(found.event), lang)),
        observed=wording.whole(found.observed),
        expected=wording.whole(found.expected),
        low=wording.whole(found.expected_low),
        high=wording.whole(found.expected_high),
        interval=text[fit.band],
        difference=text[name].format(number=wording.whole(abs(found.averted))),
    )


def since(day: date, lang: Language) -> str:
    """Say from when on an event holds."""
    return TEXT[lang]["since" if day.day == 1 else "since_day"].format(when=when(day, lang))


def difference(found: Counterfactual, lang: Language) -> str:
    """Say how many fewer or more were counted than expected, with the interval."""
    low, high = sorted((abs(found.averted_low), abs(found.averted_high)))
    if found.averted_low < 0 < found.averted_high:
        low, high = found.averted_low, found.averted_high
    name = "fewer" if found.averted >= 0 else "more"
    return TEXT[lang][name].format(
        number=wording.whole(abs(found.averted)), low=wording.whole(low), high=wording.whole(high)
    )


def source_line(fit: DrawnFit, case: CaseLike | None, lang: Language) -> str:
    """Say what the band holds, what was fitted, what was kept, and who counted."""
    text = TEXT[lang]
    named = list(dict.fromkeys(one.publisher for one in fit.series if one.publisher not in ("", *LAST_PUBLISHERS)))
    pulses = [one for one in fit.interventions if isinstance(one, Pulse)]
    parts = [
        text["band"].format(interval=text[fit.band]),
        text["source"].format(n=fit.n_windows, span=wording.window(fit.span, lang)),
    ]
    if pulses:
        spells = [f"{spell_name(fit.series, one, case, lang)} ({_span(one, lang)})" for one in pulses]
        parts.append(text["held"].format(pulses=wording.listing(spells, lang)))
    if named:
        parts.append(text["publishers"].format(publishers=wording.listing(named, lang)))
    return "".join(parts)


def _span(pulse: Pulse, lang: Language) -> str:
    return wording.window(Window(pulse.first_day, pulse.last_day), lang)
