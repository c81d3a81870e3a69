"""The latent path given counts before an event: brute force by a general optimiser, differences, dense conditioning."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import toeplitz
from scipy.optimize import minimize

from violence_stats.errors import FitError
from violence_stats.fitting import latent_forecast
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.fitting.latent_forecast import KnownCounts, forecast_errors, forecast_path

THETA = Theta(2.5, 0.06, 0.7)
BETA = np.array([4.0, 0.01])
PERIODS = np.array([7, 8, 11])
OPTIMISER = 1e-5
"""A general-purpose optimiser beside Newton's method, on a path of order 0.1."""
ROUNDING = 1e-10
"""Two orders of the same sums in double precision."""


def _known():
    """Five windows over periods 0 to 6, two of them longer than a period."""
    window, period = np.array([0, 1, 1, 2, 3, 3, 4]), np.arange(7)
    X = np.column_stack([np.ones(7), period + 1.0])
    y = np.array([70.0, 140.0, 35.0, 90.0, 66.0])
    return KnownCounts(y=y, X=X, log_exposure=np.zeros(7), window=window, period=period)


def _penalised(path, known, theta):
    """Minus the penalised quasi-log-likelihood with variance phi mu."""
    cell = np.exp(known.X @ BETA - theta.sigma2 / 2 + path[known.period])
    mu = sum_by_window(cell, window_starts(known.window))
    prior = np.linalg.inv(theta.sigma2 * toeplitz(theta.rho ** np.arange(len(path))))
    return -(known.y @ np.log(mu) - mu.sum()) / theta.dispersion + path @ prior @ path / 2


def test_the_path_is_the_mode_of_the_penalised_likelihood():
    known = _known()
    best = minimize(_penalised, np.zeros(12), args=(known, THETA), tol=1e-12).x
    assert forecast_path(known, PERIODS, BETA, THETA, form="proportional").mean == pytest.approx(
        best[PERIODS], abs=OPTIMISER
    )


def test_beyond_the_counts_the_path_decays_and_its_variance_grows():
    forecast = forecast_path(_known(), np.array([7, 8, 40]), BETA, THETA, form="proportional")
    assert forecast.mean[1] == pytest.approx(THETA.rho * forecast.mean[0], rel=ROUNDING)
    assert forecast.mean[2] == pytest.approx(0, abs=1e-5)
    assert forecast.cov[0, 0] < forecast.cov[1, 1] < forecast.cov[2, 2]
    assert forecast.cov[2, 2] == pytest.approx(THETA.sigma2, rel=1e-4)


@pytest.mark.parametrize("form", ["proportional", "nugget"])
def test_the_slope_is_the_derivative_by_the_coefficients(form):
    # exact where the expected information is the observed one: on whole periods with variance phi mu; near it elsewhere
    known, theta = _known(), THETA if form == "proportional" else Theta(0.02, 0.06, 0.7)
    slope = forecast_path(known, PERIODS, BETA, theta, form=form).slope
    for k, step in enumerate(np.eye(2) * 1e-5):
        rise = forecast_path(known, PERIODS, BETA + step, theta, form=form).mean
        fall = forecast_path(known, PERIODS, BETA - step, theta, form=form).mean
        assert slope[:, k] == pytest.approx((rise - fall) / 2e-5, rel=0.15)


def test_without_latent_variance_there_is_no_path():
    forecast = forecast_path(_known(), PERIODS, BETA, Theta(2.0, 0.0, float("nan")), form="proportional")
    assert not forecast.mean.any()
    assert not forecast.cov.any()


def test_errors_of_a_linear_model_by_dense_conditioning():
    rho, sigma2, n = 0.6, 2.0, 9
    rng = np.random.default_rng(2)
    residuals, ahead = rng.standard_normal(n), np.array([1.0, 2.0, 4.0])
    R = sigma2 * toeplitz(rho ** np.arange(n + 5))
    known, wanted = np.arange(n), n - 1 + ahead.astype(int)
    weights = R[np.ix_(wanted, known)] @ np.linalg.inv(R[np.ix_(known, known)])
    row = np.array([1.0, 9.0])
    forecast = forecast_errors(float(residuals[-1]), row, ahead, sigma2=sigma2, rho=rho)
    assert forecast.mean == pytest.approx(weights @ residuals, rel=ROUNDING)
    assert forecast.cov == pytest.approx(
        R[np.ix_(wanted, wanted)] - weights @ R[np.ix_(known, wanted)], rel=ROUNDING, abs=ROUNDING
    )
    assert forecast.slope == pytest.approx(-np.outer(rho**ahead, row), rel=ROUNDING)


def test_a_path_that_is_not_found_is_an_error(monkeypatch):
    monkeypatch.setattr(latent_forecast, "MAX_ITERATIONS", 1)
    with pytest.raises(FitError, match="the latent path before the event was not found"):
        forecast_path(_known(), PERIODS, BETA, THETA, form="proportional")
