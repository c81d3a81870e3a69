"""What the fits of this room give a sentence: what else is in each model, and what is to be known of its intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import pandas as pd

from violence_stats.design.interventions import Intervention
from violence_stats.ledger.naming import Names
from violence_stats.ledger.records import Words
from violence_stats.models.arima_fitted import FittedArima
from violence_stats.models.bootstrap import BootstrapEffects
from violence_stats.models.effects import combine_terms
from violence_stats.models.estimate import Estimate
from violence_stats.models.fitted_effects import FittedEffects, Months
from violence_stats.models.frame import ModelFrame
from violence_stats.models.interval_words import EDGE, edge_caveats
from violence_stats.models.known_misses import missed_terms
from violence_stats.models.panel import TREATED, PanelFrame
from violence_stats.models.time_constant import TimeConstant
from violence_stats.wording import LANGUAGES, listing

MOST_CONTROLS: Final = 4
"""More of them are counted, not named."""

_LEVEL = Words(en="the level from before", es="el nivel anterior")
_TREND = Words(en="the trend", es="la tendencia")
_SEASON = Words(en="the season", es="la estacionalidad")
_COURSE = Words(en="its own course", es="su propio curso")
_CONTROLS = Words(en="the change in {names}", es="el cambio en {names}")
_MANY_CONTROLS = Words(en="the change in its {n} controls", es="el cambio en sus {n} controles")

_BOOTSTRAP = Words(en="by refitting simulated series", es="por reajuste de series simuladas")
_MISSED = Words(en="too narrow in simulated series like these", es="demasiado estrecho en series simuladas como estas")
_WITHIN = Words(
    en="with correlation between the series left aside",
    es="sin contar la correlación entre las series",
)
_ARIMA = Words(en="too narrow where correlation is strong", es="demasiado estrecho donde la correlación es fuerte")


def its_effects(
    frame: ModelFrame,
    estimate: Estimate,
    effects: pd.DataFrame,
    time_constant: TimeConstant | None,
    bootstrapped: BootstrapEffects | None,
    names: Names,
) -> FittedEffects:
    """Give what a sentence on an interrupted time series needs."""
    terms = frame.design.names
    return FittedEffects(
        series=frame.series,
        names=names,
        span=frame.span,
        interventions=frame.design.interventions,
        effects=effects,
        is_ratio=frame.family != "gaussian",
        rest=_rest(terms, frame.design.interventions),
        adjusted=bootstrapped is not None or estimate.adjusts_for_correlation,
        per_exposure=_has_exposure(frame),
        caveats=edge_caveats(estimate) if bootstrapped is None else (_BOOTSTRAP,),
        term_caveats={} if bootstrapped is not None else dict.fromkeys(missed_terms(frame, estimate), _MISSED),
        months={} if time_constant is None else {time_constant.term: _months(time_constant)},
        together=None if bootstrapped is not None else _at_the_end(frame, estimate, terms, prefix=""),
    )


def controlled_effects(panel: PanelFrame, estimate: Estimate, effects: pd.DataFrame, names: Names) -> FittedEffects:
    """Give what a sentence on a controlled interrupted time series needs: what changed beyond the controls."""
    own = panel.frames[0]
    return FittedEffects(
        series=own.series,
        names=names,
        span=own.span,
        interventions=panel.terms.interventions,
        effects=effects,
        is_ratio=panel.family != "gaussian",
        rest=(_COURSE, _controls(panel, names)),
        prefix=f"{TREATED} ",
        adjusted=estimate.adjusts_for_correlation,
        per_exposure=_has_exposure(own),
        caveats=(*((_WITHIN,) if estimate.adjusts_for_correlation else ()), *edge_caveats(estimate)),
        together=_at_the_end(own, estimate, panel.names, prefix=f"{TREATED} "),
    )


def arima_effects(fitted: FittedArima, effects: pd.DataFrame, transfers: pd.DataFrame, names: Names) -> FittedEffects:
    """Give what a sentence on a regression with ARIMA errors needs."""
    return FittedEffects(
        series=fitted.regular.series,
        names=names,
        span=fitted.window,
        interventions=fitted.terms.design.interventions,
        effects=effects,
        is_ratio=fitted.transform == "log",
        rest=(_COURSE,),
        caveats=(_ARIMA, *((EDGE,) if fitted.fit.boundary else ())),
        months={
            str(term): Months(value=row["time_constant_months"], low=row["months_low"], high=row["months_high"])
            for term, row in transfers.iterrows()
        },
    )


def _rest(names: Sequence[str], interventions: Sequence[Intervention]) -> tuple[Words, ...]:
    """Say what a model is made of beside its interventions."""
    terms = {one.term for one in interventions}
    has_trend = "trend" in names
    has_season = any(name not in terms and name not in ("intercept", "trend") for name in names)
    return (_TREND if has_trend else _LEVEL, *((_SEASON,) if has_season else ()))


def _controls(panel: PanelFrame, names: Names) -> Words:
    """Name the controls, by the case's names of countries where their names are its codes."""
    controls = [names.country(unit) for unit in panel.units[1:]]
    if len(controls) > MOST_CONTROLS:
        return Words(en=_MANY_CONTROLS["en"].format(n=len(controls)), es=_MANY_CONTROLS["es"].format(n=len(controls)))
    said = {lang: _CONTROLS[lang].format(names=listing([one[lang] for one in controls], lang)) for lang in LANGUAGES}
    return Words(en=said["en"], es=said["es"])


def _has_exposure(frame: ModelFrame) -> bool:
    return "exposure" in frame.unit


def _months(found: TimeConstant) -> Months:
    return Months(value=found.months, low=found.low, high=found.high, adjusted=found.adjusts_for_correlation)


def _at_the_end(
    frame: ModelFrame, estimate: Estimate, names: Sequence[str], *, prefix: str
) -> Callable[[tuple[Intervention, ...]], pd.Series[Any]]:
    """Give a function that adds up the terms of an event as they stand in the last days of the fit."""
    own = list(frame.design.names)

    def together(group: tuple[Intervention, ...]) -> pd.Series[Any]:
        at_end = {one.term: float(frame.design.X[-1, own.index(one.term)]) for one in group}
        weights = {f"{prefix}{term}": weight for term, weight in at_end.items()}
        return combine_terms(weights, pd.Index(names), estimate, log_link=frame.family != "gaussian")

    return together
