"""What is built on the latent-path fit: forecasts of the path, bootstrap, comparison of variance forms.

Kinds of test: brute force (dense conditional normal), by hand (limits), simulated truth, boundaries.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import toeplitz

from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1 import fit_ar1
from violence_stats.fitting.ar1_bootstrap import bootstrap_ar1
from violence_stats.fitting.ar1_forecast import forecast_path
from violence_stats.fitting.ar1_forms import compare_variance_forms, rate_span
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import draw_counts, simulate_counts


def _months(n, *, seed, theta, mean=200.0, change=0.0):
    month = np.arange(n)
    X = np.column_stack([np.ones(n), month >= n // 2])
    expected = mean * np.exp(change * X[:, 1])
    y = simulate_counts(np.random.default_rng(seed), expected, month, month, theta)[0]
    return y, X, np.zeros(n), month, month


def test_a_forecast_knows_only_what_it_may():
    data = _months(60, seed=2, theta=Theta(2.0, 0.05, 0.8))
    fit = fit_ar1(*data)
    known = np.arange(60) < 40
    forecast = forecast_path(*data, fit=fit, known=known)
    changed = (np.where(known, data[0], 3 * data[0]), *data[1:])
    assert forecast_path(*changed, fit=fit, known=known).mean == pytest.approx(forecast.mean, abs=1e-12)
    # beyond the last known month an AR(1) forgets: the mean by rho a month, the variance toward sigma2
    rho, sigma2 = fit.theta.rho, fit.theta.sigma2
    ahead = np.arange(1, 21)
    assert forecast.mean[40:] == pytest.approx(forecast.mean[39] * rho**ahead, abs=1e-9)
    assert forecast.variance[40:] == pytest.approx(
        sigma2 - (sigma2 - forecast.variance[39]) * rho ** (2 * ahead), abs=1e-9
    )
    everything = forecast_path(*data, fit=fit, known=np.ones(60, dtype=bool))
    assert everything.mean == pytest.approx(fit.path.mean, abs=5e-4)


def test_drawn_paths_have_the_conditional_moments():
    data = _months(24, seed=3, theta=Theta(2.0, 0.05, 0.7))
    fit = fit_ar1(*data)
    forecast = forecast_path(*data, fit=fit, known=np.arange(24) < 16)
    draws = forecast.draw(np.random.default_rng(1), 100_000)
    # precision = prior precision + weight of each known month, all of it normal
    mu = np.exp(data[1] @ fit.beta + forecast.mean - (fit.theta.sigma2 - forecast.variance) / 2)
    weight = np.where(np.arange(24) < 16, mu / fit.theta.dispersion, 0.0)
    prior = fit.theta.sigma2 * toeplitz(fit.theta.rho ** np.arange(24))
    covariance = np.linalg.inv(np.linalg.inv(prior) + np.diag(weight))
    assert forecast.variance == pytest.approx(np.diag(covariance), rel=1e-6)
    monte_carlo = 5 * np.sqrt(np.diag(covariance).max() ** 2 * 2 / 100_000)
    assert np.abs(np.cov(draws.T) - covariance).max() < monte_carlo
    assert np.abs(draws.mean(axis=0) - forecast.mean).max() < 5 * np.sqrt(np.diag(covariance).max() / 100_000)


def test_a_forecast_without_a_path_is_zero():
    month = np.arange(60)
    data = (np.where(month % 2 == 0, 120.0, 80.0), np.ones((60, 1)), np.zeros(60), month, month)
    fit = fit_ar1(*data)
    assert fit.boundary == "no-latent"
    forecast = forecast_path(*data, fit=fit, known=month < 30)
    assert not forecast.mean.any()
    assert not forecast.variance.any()
    with pytest.raises(SpecificationError, match="60 entries"):
        forecast_path(*data, fit=fit, known=month[:10] < 30)


def test_the_bootstrap_is_near_the_t_interval_where_data_are_many():
    data = _months(120, seed=4, theta=Theta(2.0, 0.03, 0.3), change=-0.6)
    fit = fit_ar1(*data)
    sample = bootstrap_ar1(np.random.default_rng(1), *data[1:], fit=fit, n_draws=79)
    low, high = sample.interval()
    assert sample.n_failed == 0
    # the 95th percentile of |t| from 79 draws has a Monte Carlo error of about 0.2, about 2
    reach = (high - low)[1] / 2 / np.sqrt(fit.cov[1, 1])
    assert reach == pytest.approx(2.0, abs=0.8)
    assert (low + high) / 2 == pytest.approx(fit.beta)
    assert sample.p_values()[1] == pytest.approx(1 / 80)
    again = bootstrap_ar1(np.random.default_rng(1), *data[1:], fit=fit, n_draws=39)
    assert again.statistics.shape == (39, 2)
    with pytest.raises(ValueError, match="39 or more"):
        bootstrap_ar1(np.random.default_rng(1), *data[1:], fit=fit, n_draws=10)


@pytest.mark.parametrize(
    ("form", "theta"), [("proportional", Theta(8.0, 0.01, 0.5)), ("nugget", Theta(0.15, 0.05, 0.93))]
)
def test_the_likelihood_tells_the_variance_forms_apart_over_a_wide_span(form, theta):
    month = np.arange(160)
    expected = np.where(month < 80, 400.0, 8.0)
    X = np.column_stack([np.ones(160), month >= 80])
    draws = simulate_counts(np.random.default_rng(5), expected, month, month, theta, n_draws=6, form=form)
    ratios = [compare_variance_forms(y, X, np.zeros(160), month, month).log_likelihood_ratio for y in draws]
    # a rough path imitates noise on the log scale, so the likelihood speaks less clearly for the nugget
    if form == "proportional":
        assert np.mean(ratios) > 2
        assert sum(ratio > 0 for ratio in ratios) >= 5
    else:
        assert np.mean(ratios) < -1
        assert max(ratios) < 0.5


def test_the_span_is_of_rates_not_of_counts():
    # two windows at 2 a day, of 30 and 60 days, and one at 1 a day
    window = np.arange(3)
    assert rate_span(np.array([60.0, 120.0, 30.0]), np.log([30.0, 60.0, 30.0]), window) == pytest.approx(2.0)


def test_counts_at_the_least_dispersion_are_poisson():
    mu = np.full(50_000, 7.0)
    for form, least in (("proportional", 1.0), ("nugget", 0.0)):
        drawn = draw_counts(np.random.default_rng(1), mu, least, form)
        assert drawn.var() == pytest.approx(7.0, rel=0.03)
        with pytest.raises(SpecificationError, match="dispersion"):
            draw_counts(np.random.default_rng(1), mu, least - 0.1, form)
