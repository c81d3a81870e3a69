"""The words of a picture of effects: what each term is called, and what its lines hold."""

from __future__ import annotations

import re
from typing import Final

from violence_stats.charts.labels import capital, when
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import Settings
from violence_stats.months import first_day

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
        "within": "Line: 95% interval, allowing for serial correlation within each series, none between them.",
        "arima": "Line: 95% interval by ARIMA errors, too narrow where correlation is strong.",
        "beyond": "beyond the controls",
        "controls": "in the controls",
        "fitted": "Fitted to {n} windows, {span}.",
        "publishers": "Source: {publishers}.",
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
        "within": "Línea: intervalo del 95\u00a0% que admite correlación serial dentro de cada serie, no entre ellas.",
        "arima": "Línea: intervalo del 95\u00a0% con errores ARIMA, demasiado estrecho donde la correlación es fuerte.",
        "beyond": "más que los controles",
        "controls": "en los controles",
        "fitted": "Ajustado a {n} períodos, {span}.",
        "publishers": "Fuente: {publishers}.",
        "alt": "{title}. {rows}.",
    },
}
_DATED = re.compile(r"(step|ramp|pulse|onset|decay) (\d{4}-\d{2}(?:-\d{2})?)")


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
