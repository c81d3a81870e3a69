"""What an ARIMA model expects without an event: a forecast from before it, or the observed less its effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.fitting.arima import fit_arima, forecast_arima
from violence_stats.fitting.state_forecast import Forecast
from violence_stats.models.expectation import N_DRAWS, Expectation, expectation_of

RATE_STEP = 1e-5
"""Step of the derivative of an effect by the rate of its transfer function."""

if TYPE_CHECKING:
    from violence_stats.models.arima_result import ARIMAResult


def expect_by_forecast(
    result: ARIMAResult, first: int, places: slice, held: Sequence[Intervention], rng: np.random.Generator
) -> Expectation:
    """Fit the model to the periods before `first` and forecast those of `places`.

    Parameters
    ----------
    held : sequence of Intervention
        Later ones, whose effects as fitted to all periods are added.
    """
    terms = result.terms.started_before(first)
    before = fit_arima(result.y[:first], terms.up_to(first), order=result.fit.order)
    X = terms.regressors(before.delta)
    ahead = forecast_arima(before, result.y[:first], X[:first], X[first : places.stop])
    columns = result.terms.design.columns_of(held) & ~np.isin(result.terms.names, terms.names)
    kept = result.regressors[first : places.stop][:, columns] @ result.fit.beta[columns]
    return expectation_of(
        Forecast(mean=ahead.mean + kept, cov=ahead.cov).part(places.start - first),
        result.transform,
        rng,
        "later innovations, the state before the event and the coefficients; ARMA parameters as fitted before it",
    )


def expect_by_effects(
    result: ARIMAResult, removed: Sequence[Intervention], places: slice, rng: np.random.Generator
) -> Expectation:
    """Take the estimated effect of the event off what was observed.

    Raises
    ------
    WindowError
        If a period has no value.
    """
    result.regular.refuse_missing(places)
    columns = result.terms.design.columns_of(removed)

    def effect_at(rates: FloatArray) -> FloatArray:
        return result.terms.regressors(rates)[places][:, columns] @ result.fit.beta[columns]

    rates, m = result.fit.delta, result.fit.delta.size
    steps = RATE_STEP * np.eye(m)
    by_rate = [(effect_at(rates + step) - effect_at(rates - step)) / (2 * RATE_STEP) for step in steps]
    slope = np.column_stack([*by_rate, np.where(columns, result.regressors[places], 0.0)])
    effect, spread = effect_at(rates), slope @ result.fit.cov @ slope.T
    draws = Forecast(mean=effect, cov=spread).draws(N_DRAWS, rng)
    observed = result.regular.y[places]
    words = "uncertainty of the effect only, the rest as observed"
    if result.transform == "log":
        return Expectation(mean=observed * np.exp(-effect), draws=observed * np.exp(-draws), words=words)
    return Expectation(mean=observed - effect, draws=observed - draws, words=words)
