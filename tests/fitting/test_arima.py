"""Regression with seasonal ARIMA errors and transfer functions.

Kinds of test: reference (R's arima on Seatbelts and LakeHuron, stored with its generator; published fits in the
validation folder), brute force (dense multivariate normal likelihoods), simulated truth, property (scale), refusals and
boundaries.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.linalg import null_space, toeplitz
from scipy.signal import lfilter
from scipy.stats import multivariate_normal
from statsmodels.tsa.arima_process import arma_acovf

from tests.validation import expected, needs_validation, table
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.arima import ArimaFit, fit_arima, forecast_arima
from violence_stats.fitting.arima_filter import ArimaFilter, ArimaOrder
from violence_stats.fitting.arima_problem import ArimaProblem, RatedColumns, covariance
from violence_stats.fitting.multistart import OUT_OF_REACH, minimise_from, spread_starts
from violence_stats.fitting.vague_start import polynomials

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "arima" / "reference.json").read_text(encoding="utf-8")
)
CASES = ("seatbelts", "seatbelts_with_missing_months", "lake_huron")

# R stops its search, and gives the differenced start a variance of 1e6 rather than an infinite one: the
# coefficients agree to a thousandth of their standard errors.
R_TOLERANCE = 5e-4
# R's standard errors are forward differences of its own approximate optimum.
R_ERROR_TOLERANCE = 3e-3
# Two exact computations of one number.
EXACT = 1e-8
# What the published fits are stated to.
PUBLISHED_TOLERANCE = 1e-3
AIRMILES_TOLERANCE = 2e-3

QUET_ORDER = ArimaOrder(order=(2, 1, 0), seasonal=(0, 1, 1, 12))
AIRLINE = ArimaOrder(order=(0, 1, 1), seasonal=(0, 1, 1, 12))


def array(values: list[Any]) -> np.ndarray[Any, Any]:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


@pytest.fixture(scope="module", params=CASES)
def r_case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], ArimaFit]:
    case = REFERENCE[request.param]
    order = ArimaOrder(order=tuple(case["order"]), seasonal=tuple(case["seasonal"]))
    return case, fit_arima(array(case["y"]), np.array(case["X"]), order=order, n_starts=2)


def test_estimates_equal_those_of_r(r_case: tuple[dict[str, Any], ArimaFit]) -> None:
    case, fit = r_case
    assert np.concatenate([fit.arma, fit.beta]) == pytest.approx(case["coef"], rel=R_TOLERANCE)
    assert np.concatenate([fit.arma_std_error, fit.std_error]) == pytest.approx(
        case["std_error"], rel=R_ERROR_TOLERANCE
    )
    assert fit.sigma2 == pytest.approx(case["sigma2"], rel=R_TOLERANCE)
    assert [fit.loglik, fit.aic, fit.bic] == pytest.approx([case["loglik"], case["aic"], case["bic"]], rel=R_TOLERANCE)


def test_residuals_equal_those_of_r(r_case: tuple[dict[str, Any], ArimaFit]) -> None:
    case, fit = r_case
    theirs = array(case["residuals"])
    assert fit.residuals == pytest.approx(theirs, abs=R_ERROR_TOLERANCE * np.nanstd(theirs), nan_ok=True)


def test_forecasts_equal_those_of_r(r_case: tuple[dict[str, Any], ArimaFit]) -> None:
    case, fit = r_case
    data = array(case["y"]), np.array(case["X"]), np.array(case["X_ahead"])
    forecast = forecast_arima(fit, *data, with_coefficients=False)
    # against what a forecast can be off by, not against the level of the series
    assert forecast.mean == pytest.approx(case["forecast"], abs=R_ERROR_TOLERANCE * min(case["forecast_std_error"]))
    assert np.sqrt(np.diag(forecast.cov)) == pytest.approx(case["forecast_std_error"], rel=R_TOLERANCE)


def quet() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    y = table("quet.csv")["dispensings"].to_numpy(float)
    return y, np.column_stack([np.r_[np.zeros(36), np.ones(12)], np.r_[np.zeros(36), np.arange(1.0, 13.0)]])


@needs_validation
def test_quetiapine_on_the_raw_scale_reaches_the_published_optimum() -> None:
    wanted = expected("quet_arima")["expect"]
    fit = fit_arima(*quet(), order=QUET_ORDER, n_starts=3)
    assert fit.arma == pytest.approx([wanted["ar1"], wanted["ar2"], wanted["sma1"]], rel=PUBLISHED_TOLERANCE)
    assert fit.beta == pytest.approx([wanted["step"][0], wanted["ramp"][0]], rel=PUBLISHED_TOLERANCE)
    assert [fit.loglik, fit.aic, fit.aicc, fit.bic] == pytest.approx(
        [wanted[name] for name in ("loglik", "AIC", "AICc", "BIC")], rel=PUBLISHED_TOLERANCE
    )
    assert fit.std_error == pytest.approx([wanted["step"][1], wanted["ramp"][1]], rel=PUBLISHED_TOLERANCE)
    assert fit.n_agreeing == fit.n_starts == 3


def fading(X: np.ndarray[Any, Any], place: int) -> RatedColumns:
    """Pass one column through 1 / (1 - delta B)."""

    def at(delta: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        passed = X.copy()
        passed[:, place] = lfilter([1.0], [1.0, -delta[0]], X[:, place])
        return passed

    return RatedColumns(n_rates=1, at=at)


@needs_validation
def test_airmiles_transfer_function() -> None:
    wanted = expected("airmiles_transfer")["expect"]
    y = np.log(table("airmiles.csv")["airmiles"].to_numpy(float))
    months = pd.period_range("1996-01", periods=y.size, freq="M").astype(str)
    inputs = ("1996-12", "1997-01", "2002-12", "2001-09", "2001-09")
    X = np.column_stack([(months == month).astype(float) for month in inputs])
    fit = fit_arima(y, fading(X, 4), order=AIRLINE, n_starts=2)
    ours = np.concatenate([fit.arma, fit.beta, fit.delta])
    errors = np.concatenate([fit.arma_std_error, fit.std_error, fit.delta_std_error])
    names = ("ma1", "sma1", "Dec96", "Jan97", "Dec02", "w0", "w1", "delta")
    assert ours == pytest.approx([wanted[name][0] for name in names], rel=AIRMILES_TOLERANCE)
    assert errors == pytest.approx([wanted[name][1] for name in names], rel=AIRMILES_TOLERANCE)
    assert [fit.sigma2, fit.loglik] == pytest.approx([wanted["sigma2"], wanted["loglik"]], rel=AIRMILES_TOLERANCE)


def simulated(n: int, seed: int) -> np.ndarray[Any, Any]:
    """A random walk in level and in season, disturbed."""
    rng = np.random.default_rng(seed)
    season = np.tile(rng.standard_normal(12), n // 12 + 1)[:n]
    return 50 + 3 * season + np.cumsum(0.5 * rng.standard_normal(n)) + rng.standard_normal(n)


def concentrated(w: np.ndarray[Any, Any], covariance: np.ndarray[Any, Any]) -> float:
    """Log-density of w ~ N(0, sigma2 covariance) at the sigma2 that makes it largest."""
    sigma2 = float(w @ np.linalg.solve(covariance, w)) / w.size
    return float(multivariate_normal.logpdf(w, np.zeros(w.size), sigma2 * covariance))


@pytest.mark.parametrize("arma", [[0.3, -0.5, -0.6], [-0.4, 0.2, 0.3]])
def test_likelihood_is_that_of_the_differenced_series(arma: list[float]) -> None:
    order = ArimaOrder(order=(1, 1, 1), seasonal=(0, 1, 1, 12))
    y = simulated(40, 1)
    w = np.diff(y)[12:] - np.diff(y)[:-12]
    covariance = toeplitz(arma_acovf(*polynomials(order, np.array(arma)), nobs=w.size))
    filtered = ArimaFilter(order, y).innovations(np.array(arma), np.empty((y.size, 0)))
    assert filtered.loglik(np.empty(0)) == pytest.approx(concentrated(w, covariance), rel=EXACT)


def test_likelihood_with_missing_months_is_that_of_the_contrasts_that_are_left() -> None:
    """Every contrast of the observed months that no straight line from a diffuse start reaches."""
    order = ArimaOrder(order=(1, 2, 0))
    y, arma = simulated(30, 2), np.array([0.4])
    y[[7, 8, 20]] = np.nan
    seen = np.isfinite(y)
    start = np.column_stack([np.ones(30), np.arange(30.0)])[seen]
    twice_summed = np.tril(np.ones((28, 28))) @ np.tril(np.ones((28, 28)))
    path = np.vstack([np.zeros((2, 28)), twice_summed])[seen]
    contrasts = null_space(start.T).T
    covariance = contrasts @ path @ toeplitz(arma_acovf(*polynomials(order, arma), nobs=28)) @ path.T @ contrasts.T
    filtered = ArimaFilter(order, y).innovations(arma, np.empty((30, 0)))
    other = ArimaFilter(order, y).innovations(np.array([-0.2]), np.empty((30, 0)))
    shifted = contrasts @ path @ toeplitz(arma_acovf([1, 0.2], [1], nobs=28)) @ path.T @ contrasts.T
    # an orthonormal basis of the contrasts has a scale of its own, the same for every parameter
    ours = filtered.loglik(np.empty(0)) - other.loglik(np.empty(0))
    theirs = concentrated(contrasts @ y[seen], covariance) - concentrated(contrasts @ y[seen], shifted)
    assert ours == pytest.approx(theirs, rel=EXACT)


def test_forecast_errors_hold_the_coefficients_of_a_mean() -> None:
    """White noise about a mean: the next value has the variance sigma2 (1 + 1/n)."""
    noise = 10 + np.random.default_rng(10).standard_normal(80)
    ones, ahead = np.ones((80, 1)), np.ones((3, 1))
    fit = fit_arima(noise, ones, order=ArimaOrder(order=(0, 0, 0)))
    forecast = forecast_arima(fit, noise, ones, ahead)
    assert forecast.mean == pytest.approx(np.full(3, noise.mean()), rel=EXACT)
    assert forecast.cov == pytest.approx(fit.sigma2 * (np.eye(3) + 1 / 80), rel=1e-6)


def test_scale_of_response_and_columns_does_not_matter() -> None:
    y = simulated(60, 3)
    X = np.column_stack([np.r_[np.zeros(40), np.ones(20)], np.r_[np.zeros(40), np.arange(20.0)]])
    order = ArimaOrder(order=(0, 1, 1))
    small, large = fit_arima(y, X, order=order), fit_arima(1e6 * y, X * [1e-3, 1e4], order=order)
    assert large.beta / large.std_error == pytest.approx(small.beta / small.std_error, rel=1e-5)
    assert large.loglik == pytest.approx(small.loglik - 59 * np.log(1e6), rel=EXACT)


def test_a_planted_transfer_function_is_found() -> None:
    rng = np.random.default_rng(4)
    n, start = 150, 70
    pulse = np.zeros((n, 1))
    pulse[start] = 1.0
    effect = np.where(np.arange(n) >= start, -6.0 * 0.8 ** np.maximum(np.arange(n) - start, 0), 0.0)
    y = 20 + np.cumsum(0.2 * rng.standard_normal(n)) + 0.3 * rng.standard_normal(n) + effect
    fit = fit_arima(y, fading(pulse, 0), order=ArimaOrder(order=(0, 1, 1)))
    assert abs(fit.delta[0] - 0.8) < 3 * fit.delta_std_error[0]
    assert abs(fit.beta[0] + 6.0) < 3 * fit.std_error[0]
    assert fit.delta_std_error[0] < 0.1


def test_an_over_differenced_series_is_flagged_at_its_boundary() -> None:
    noise = np.random.default_rng(5).standard_normal(120)
    step = np.r_[np.zeros(60), np.ones(60)][:, None]
    fit = fit_arima(noise, step, order=ArimaOrder(order=(0, 1, 1)))
    assert fit.boundary == ("ma1",)
    assert np.isnan(fit.arma_std_error).all()
    # held at the boundary the step is the difference of two means of 60: its error is sqrt(2 / 60)
    assert fit.std_error[0] == pytest.approx(np.sqrt(fit.sigma2 * 2 / 60), rel=0.05)


def test_more_parameters_than_the_months_bear_are_refused() -> None:
    with pytest.raises(SpecificationError, match=r"ARIMA\(4,1,4\).* expected at least 3 a parameter"):
        fit_arima(simulated(25, 6), np.empty((25, 0)), order=ArimaOrder(order=(4, 1, 4)))


@pytest.mark.parametrize(
    ("columns", "order"),
    [(np.ones((60, 1)), (0, 1, 1)), (np.column_stack([np.ones(60), 2 * np.ones(60)]), (1, 0, 0))],
    ids=["a constant under differences", "twice the same"],
)
def test_collinear_columns_are_refused(columns: np.ndarray[Any, Any], order: tuple[int, int, int]) -> None:
    with pytest.raises(SpecificationError, match="collinear"):
        fit_arima(simulated(60, 7), columns, order=ArimaOrder(order=order), n_starts=1)


def test_a_response_that_does_not_vary_is_refused() -> None:
    with pytest.raises(SpecificationError, match="does not vary"):
        fit_arima(np.ones(60), np.empty((60, 0)), order=ArimaOrder(order=(1, 0, 0)))


def test_a_column_that_is_zero_throughout_is_refused() -> None:
    with pytest.raises(SpecificationError, match="column 1 is zero"):
        fit_arima(simulated(60, 8), np.column_stack([np.arange(60.0), np.zeros(60)]), order=ArimaOrder(order=(0, 1, 1)))


@pytest.mark.parametrize("reach", [-3.0, np.inf], ids=["a slope that ends at a wall", "nowhere defined"])
def test_no_converged_start_is_an_error(reach: float) -> None:
    def objective(point: np.ndarray[Any, Any]) -> float:
        return float(point.sum()) if point.min() > reach else OUT_OF_REACH

    with pytest.raises(FitError, match="none of 3 starts converged"):
        minimise_from(objective, spread_starts(2, 3), what="a slope")


def test_starts_that_end_elsewhere_are_counted() -> None:
    def two_wells(point: np.ndarray[Any, Any]) -> float:
        return float((point[0] ** 2 - 1) ** 2 + 0.3 * point[0])

    minimum = minimise_from(two_wells, [np.array([-1.2]), np.array([1.2]), np.array([-0.8])], what="two wells")
    assert minimum.point[0] < 0
    assert (minimum.n_starts, minimum.n_converged, minimum.n_agreeing) == (3, 3, 2)


def test_a_likelihood_without_curvature_has_no_standard_errors() -> None:
    """Half-way from one optimum to the far end the second derivatives have the wrong sign."""
    problem = ArimaProblem.scaled(simulated(60, 9), RatedColumns.fixed(np.empty((60, 0))), ArimaOrder(order=(1, 0, 0)))
    with pytest.raises(FitError, match="no curvature"):
        covariance(problem, problem.solve(np.array([-1.0])), ())
