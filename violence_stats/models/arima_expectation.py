"""What an ARIMA model expects without an event: a forecast from before it, or the observed less its effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.errors import SpecificationError
from violence_stats.fitting.arima import fit_arima, forecast_arima
from violence_stats.fitting.state_forecast import Forecast
from violence_stats.models.arima_fitted import FittedArima
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.counterfactual_words import EFFECT_ONLY, Setting
from violence_stats.models.expectation import N_DRAWS, Expectation, compare_with_expectation, expectation_of
from violence_stats.models.held import held_interventions
from violence_stats.models.interval_words import EDGE
from violence_stats.models.options import check_choices
from violence_stats.months import Window, WindowLike

CounterfactualMethod: TypeAlias = Literal["forecast", "effects"]

RATE_STEP = 1e-5
"""Step of the derivative of an effect by the rate of its transfer function."""


def expect_without(
    fitted: FittedArima,
    without: str,
    window: WindowLike | None,
    *,
    method: CounterfactualMethod,
    hold: str | Sequence[str],
    seed: int,
) -> Counterfactual:
    """Say what was to be expected had an event not happened; arguments as of `ARIMAResult.counterfactual`.

    Raises
    ------
    SpecificationError
        If the method or the event is unknown, the event is ambiguous, a later one is not held, the window begins before
        the event, or the periods before it do not bear the model.
    WindowError
        If whole periods with known values do not make up the window.
    FitError
        If the fit before the event does not come out.
    """
    check_choices({"method": (method, get_args(CounterfactualMethod))})
    removed = fitted.terms.design.event(without)
    first = fitted.regular.place_of(min(one.first_day for one in removed))
    places = _places_from(fitted, first, window)
    compared = fitted.regular.part(places)
    if places.start < first:
        raise SpecificationError(
            f"{compared.span} begins before {removed[0].term} does: choose a window from "
            f"{fitted.regular.windows[first]} on"
        )
    named = (hold,) if isinstance(hold, str) else tuple(hold)
    held = held_interventions(fitted.terms.design, removed, named, until=compared.span.end)
    rng = np.random.default_rng(seed)
    expectation = (
        expect_by_forecast(fitted, first, places, held, rng)
        if method == "forecast"
        else expect_by_effects(fitted, removed, places, rng)
    )
    return compare_with_expectation(
        compared,
        expectation,
        fitted=fitted.one_step_ahead[places],
        event=without,
        terms=tuple(one.term for one in removed),
        setting=_setting(fitted, removed, method),
        notes=(*(f"{one.term} is held as fitted" for one in held), *fitted.notes),
    )


def _setting(fitted: FittedArima, removed: Sequence[Intervention], method: CounterfactualMethod) -> Setting:
    """Give what a sentence needs; the interval of an effect taken off holds nothing else."""
    edge = (EDGE,) if fitted.fit.boundary else ()
    return Setting(
        series=fitted.regular.series,
        start=min(one.first_day for one in removed),
        caveats=edge if method == "forecast" else (EFFECT_ONLY, *edge),
    )


def _places_from(fitted: FittedArima, first: int, window: WindowLike | None) -> slice:
    """Positions of the periods of a window; by default all from `first` on."""
    if window is None:
        window = Window(fitted.regular.windows[first].start, fitted.regular.span.end)
    return fitted.regular.places_in(window)


def expect_by_forecast(
    fitted: FittedArima, first: int, places: slice, held: Sequence[Intervention], rng: np.random.Generator
) -> Expectation:
    """Fit the model to the periods before `first` and forecast those of `places`.

    Parameters
    ----------
    held : sequence of Intervention
        Later ones, whose effects as fitted to all periods are added.
    """
    terms = fitted.terms.started_before(first)
    before = fit_arima(fitted.y[:first], terms.up_to(first), order=fitted.fit.order)
    X = terms.regressors(before.delta)
    ahead = forecast_arima(before, fitted.y[:first], X[:first], X[first : places.stop])
    columns = fitted.terms.design.columns_of(held) & ~np.isin(fitted.terms.names, terms.names)
    kept = fitted.regressors[first : places.stop][:, columns] @ fitted.fit.beta[columns]
    return expectation_of(
        Forecast(mean=ahead.mean + kept, cov=ahead.cov).part(places.start - first),
        fitted.transform,
        rng,
        "later innovations, the state before the event and the coefficients; ARMA parameters as fitted before it",
    )


def expect_by_effects(
    fitted: FittedArima, removed: Sequence[Intervention], places: slice, rng: np.random.Generator
) -> Expectation:
    """Take the estimated effect of the event off what was observed.

    Raises
    ------
    WindowError
        If a period has no value.
    """
    compared = fitted.regular.part(places)
    compared.refuse_missing()
    columns = fitted.terms.design.columns_of(removed)

    def effect_at(rates: FloatArray) -> FloatArray:
        return fitted.terms.regressors(rates)[places][:, columns] @ fitted.fit.beta[columns]

    rates, m = fitted.fit.delta, fitted.fit.delta.size
    steps = RATE_STEP * np.eye(m)
    by_rate = [(effect_at(rates + step) - effect_at(rates - step)) / (2 * RATE_STEP) for step in steps]
    slope = np.column_stack([*by_rate, np.where(columns, fitted.regressors[places], 0.0)])
    effect, spread = effect_at(rates), slope @ fitted.fit.cov @ slope.T
    draws = Forecast(mean=effect, cov=spread).draws(N_DRAWS, rng)
    observed = compared.y
    words = "uncertainty of the effect only, the rest as observed"
    if fitted.transform == "log":
        return Expectation(mean=observed * np.exp(-effect), draws=observed * np.exp(-draws), words=words)
    return Expectation(mean=observed - effect, draws=observed - draws, words=words)
