"""What is built on the latent-path fit: bootstrap, comparison of variance forms, drawn counts.

Kinds of test: by hand, simulated truth, boundaries.
"""

from __future__ import annotations

import numpy as np
import pytest

from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting import ar1_alternation, ar1_bootstrap
from violence_stats.fitting.ar1 import fit_ar1
from violence_stats.fitting.ar1_bootstrap import bootstrap_ar1
from violence_stats.fitting.ar1_forms import compare_variance_forms, rate_span
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import draw_counts, simulate_counts


def _months(n, *, seed, theta, mean=200.0, change=0.0):
    month = np.arange(n)
    X = np.column_stack([np.ones(n), month >= n // 2])
    expected = mean * np.exp(change * X[:, 1])
    y = simulate_counts(np.random.default_rng(seed), expected, month, month, theta)[0]
    return y, X, np.zeros(n), month, month


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


def test_a_fit_that_does_not_settle_is_an_error(monkeypatch):
    monkeypatch.setattr(ar1_alternation, "MAX_ITERATIONS", 2)
    with pytest.raises(FitError, match=r"did not settle in 2 iterations: drop a term.*iid"):
        fit_ar1(*_months(60, seed=2, theta=Theta(2.0, 0.04, 0.8)))


def test_a_bootstrap_whose_refits_do_not_settle_is_an_error(monkeypatch):
    y, *design = _months(40, seed=2, theta=Theta(2.0, 0.04, 0.5))
    fit = fit_ar1(y, *design)

    def fails(*_arguments, **_options):
        raise FitError("did not settle")

    monkeypatch.setattr(ar1_bootstrap, "fit_ar1", fails)
    with pytest.raises(FitError, match="39 of 39 bootstrap refits did not settle"):
        bootstrap_ar1(np.random.default_rng(1), *design, fit=fit, n_draws=39)
