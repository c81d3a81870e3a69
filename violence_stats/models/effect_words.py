"""What changed at each intervention of a fit, as sentences to quote."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Final

from violence_stats import wording
from violence_stats.design.interventions import Intervention, Ramp
from violence_stats.design.transfer import Decay, Transfer
from violence_stats.ledger.records import Language, Words
from violence_stats.models.fitted_effects import A_PERIOD, PERIOD, FittedEffects, Months
from violence_stats.months import MONTHS_PER_PERIOD, ONE_DAY, Window
from violence_stats.series import CountSeries

OTHER_CHANGES = Words(en="the other changes in the model", es="los otros cambios del modelo")

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "lasting": "From {start} on{name}",
        "passing": "{span}{name}",
        "named": " ({name})",
        "beside_ramp": "{when}, the change of slope aside",
        "alone": "{when}, taken by itself",
        "onset": "{when}, once the gradual change is whole",
        "decay": "{when}, at first, before the change fades",
        "together": "{at_end}, the changes from {start} on taken together",
        "during": "in {period}",
        "slope": "the slope of {level}",
        "rest": "{rest} would have given",
        "rests": "{rest} would have given",
        "came": "{said}; 63% of it came within {months}",
        "gone": "{said}; 63% of it was gone within {months}",
        "months": "{months} months ({interval})",
        "months_given": "{months} months, as the model was told",
        "to": "{low} to {high}",
        "open": "{low} or more",
        "no_interval": "no interval could be computed",
        "one": "{said}; this does not say why.",
        "several": "{said} None of this says why.",
        "intervals": "{said} Each interval: {caveats}.",
        "trend": "{span}, {period} by {period}",
        "before": "that of the {period} before, by the trend of a model that holds no change at a date",
        "nothing": "The model holds neither a trend nor a change at a date: it cannot tell whether {level} changed "
        "{span}.",
    },
    "es": {
        "lasting": "Desde {start}{name}",
        "passing": "{span}{name}",
        "named": " ({name})",
        "beside_ramp": "{when}, sin contar el cambio de pendiente",
        "alone": "{when}, por separado",
        "onset": "{when}, una vez completo el cambio gradual",
        "decay": "{when}, al principio, antes de que el cambio se desvanezca",
        "together": "{at_end}, con los cambios desde {start} tomados en conjunto",
        "during": "en {period}",
        "slope": "la pendiente de {level}",
        "rest": "de lo que habría dado {rest}",
        "rests": "de lo que habrían dado {rest}",
        "came": "{said}; el 63\u00a0% llegó en {months}",
        "gone": "{said}; el 63\u00a0% se había ido en {months}",
        "months": "{months} meses ({interval})",
        "months_given": "{months} meses, según se le dijo al modelo",
        "to": "{low} a {high}",
        "open": "{low} o más",
        "no_interval": "no se pudo calcular un intervalo",
        "one": "{said}; esto no dice por qué.",
        "several": "{said} Nada de esto dice por qué.",
        "intervals": "{said} Cada intervalo: {caveats}.",
        "trend": "{span}, {period} a {period}",
        "before": "del que tuvo el {period} anterior, según la tendencia de un modelo sin ningún cambio fechado",
        "nothing": "El modelo no tiene tendencia ni ningún cambio fechado: no permite saber si {level} cambió {span}.",
    },
}


def tell_effects(fit: FittedEffects, lang: Language) -> str:
    """Say what changed at each intervention, each number with its interval; of none, what the trend did."""
    return wording.as_known(wording.plain_line(_tell_all(fit, lang)), fit.series.as_of, lang)


def _tell_all(fit: FittedEffects, lang: Language) -> str:
    days = sorted({one.first_day for one in fit.interventions})
    if not days:
        return _without_interventions(fit, lang)
    groups = [tuple(one for one in fit.interventions if one.first_day == day) for day in days]
    if len(fit.interventions) == 1:
        said = _tell_event(fit, groups[0], lang)
        return _TEXT[lang]["one"].format(said=said[0])
    bare = replace(fit, caveats=())
    said = [sentence for group in groups for sentence in _tell_event(bare, group, lang)]
    return _together(fit, said, lang)


def _together(fit: FittedEffects, said: list[str], lang: Language) -> str:
    """Put several sentences together, with what is to be known of all their intervals said once."""
    text, told = _TEXT[lang], ". ".join(said) + "."
    if fit.caveats:
        told = text["intervals"].format(said=told, caveats=", ".join(one[lang] for one in fit.caveats))
    return text["several"].format(said=told)


def _tell_event(fit: FittedEffects, group: tuple[Intervention, ...], lang: Language) -> list[str]:
    """Say each term of one event, and at the end of the fit all of them together where a slope is among them."""
    than = _than(fit, group, lang)
    said = [_tell_term(fit, one, group, than, lang) for one in group]
    if len(group) > 1 and fit.together is not None and any(isinstance(one, Ramp) for one in group):
        when = _TEXT[lang]["together"].format(
            at_end=wording.capital(_during_last(fit.series, lang)),
            start=wording.period(_first_fitted(group[0]), fit.series.frequency, lang),
        )
        said.append(fit.change(fit.together(group), fit.level_unit).tell(when, fit.level(lang), than, lang))
    return said


def _during_last(series: CountSeries, lang: Language) -> str:
    """Say when the last window was: a quarter by its name."""
    last = series.windows[-1]
    if series.frequency == "Q" and len(last.months) == MONTHS_PER_PERIOD["Q"]:
        return _TEXT[lang]["during"].format(period=wording.period(last.start, "Q", lang))
    return wording.during(last, lang)


def _tell_term(
    fit: FittedEffects, one: Intervention, group: tuple[Intervention, ...], than: str, lang: Language
) -> str:
    text, is_slope = _TEXT[lang], isinstance(one, Ramp)
    when = _when(fit, one, lang, named=one is group[0])
    if len(group) > 1 and not is_slope:
        has_ramp = any(isinstance(other, Ramp) for other in group)
        when = text["beside_ramp" if has_ramp else "alone"].format(when=when)
    if isinstance(one, Transfer):
        when = text["decay" if isinstance(one, Decay) else "onset"].format(when=when)
    level = fit.level(lang)
    what = text["slope"].format(level=level) if is_slope else level
    change = fit.change(
        fit.row(fit.prefix + one.term),
        A_PERIOD[fit.series.frequency] if is_slope else fit.level_unit,
        one.term,
    )
    said = change.tell(when, what, than, lang)
    return _with_months(fit, one, said, lang) if isinstance(one, Transfer) else said


def _when(fit: FittedEffects, one: Intervention, lang: Language, *, named: bool) -> str:
    """Say from when on a term holds, or during which days, with the name of what began then."""
    text, start, end = _TEXT[lang], _first_fitted(one), one.last_day
    name = _name(fit, one, lang) if named else ""
    bracketed = text["named"].format(name=name) if name else ""
    if end is None:
        return text["lasting"].format(start=wording.period(start, fit.series.frequency, lang), name=bracketed)
    return text["passing"].format(
        span=wording.capital(wording.during(Window(start, max(start, end)), lang)), name=bracketed
    )


def _first_fitted(one: Intervention) -> date:
    """Give the first day of a term that is fitted: after its washout."""
    return one.first_day if one.washout is None else one.washout[1] + ONE_DAY


def _name(fit: FittedEffects, one: Intervention, lang: Language) -> str:
    spell = "" if one.last_day is None else fit.names.spell(Window(one.first_day, one.last_day), lang)
    return spell or fit.names.start(one.first_day, lang) or one.name or ""


def _than(fit: FittedEffects, group: tuple[Intervention, ...], lang: Language) -> str:
    """Say what the effects of one event are measured against: all else in the model."""
    others = (OTHER_CHANGES,) if len(group) < len(fit.interventions) else ()
    parts = [one[lang] for one in (*fit.rest, *others)]
    return _TEXT[lang]["rest" if len(parts) == 1 else "rests"].format(rest=wording.listing(parts, lang))


def _with_months(fit: FittedEffects, one: Transfer, said: str, lang: Language) -> str:
    """Add how fast a gradual change came, or a fading one went."""
    text, found = _TEXT[lang], fit.months.get(one.term)
    if found is None:
        given = float("nan") if one.time_constant_months is None else one.time_constant_months
        months = text["months_given"].format(months=wording.decimal(given, 1))
    else:
        months = text["months"].format(months=wording.decimal(found.value, 1), interval=_reach(found, lang))
    return text["gone" if isinstance(one, Decay) else "came"].format(said=said, months=months)


def _reach(found: Months, lang: Language) -> str:
    text = _TEXT[lang]
    if math.isnan(found.low) or math.isnan(found.high):
        return text["no_interval"]
    low, high = wording.decimal(found.low, 1), wording.decimal(found.high, 1)
    ends = text["to"].format(low=low, high=high) if math.isfinite(found.high) else text["open"].format(low=low)
    return wording.interval(ends, lang, adjusted=found.adjusted)


def _without_interventions(fit: FittedEffects, lang: Language) -> str:
    text, span = _TEXT[lang], wording.during(fit.span, lang)
    period = PERIOD[fit.series.frequency][lang]
    if "trend" not in fit.effects.index:
        return text["nothing"].format(level=fit.level(lang), span=span)
    when = text["trend"].format(span=wording.capital(span), period=period)
    change = fit.change(fit.row("trend"), fit.level_unit)
    return change.tell(when, fit.level(lang), text["before"].format(period=period), lang) + "."
