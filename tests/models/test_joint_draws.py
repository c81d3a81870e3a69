"""Joint draws: a made-up scenario whose moments are known, and the scenarios of counts and of gaussian values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from violence_stats import CountSeries, InterruptedTimeSeries, Step
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.latent_forecast import PathForecast
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.models.count_scenario import count_scenario
from violence_stats.models.joint_draws import N_DRAWS, draw_jointly

MONTE_CARLO = 0.04
"""Four standard errors of a standard deviation or mean from 10,000 draws, in standard deviations."""
ROUNDING = 1e-10
"""Two orders of the same sums in double precision."""
FIT = InterruptedTimeSeries([Step("2019-01")], trend=None, errors="iid").fit(
    pd.Series([100, 101, 99, 104] * 15, index=pd.period_range("2014-07", periods=60, freq="M"))
)


@dataclass(frozen=True)
class _Linear:
    """One value: the first coefficient plus the path."""

    path: PathForecast
    slope = np.array([[1.0, 0.0]])

    @property
    def average_effect(self):
        return self.path.mean

    def values(self, beta, level):
        return beta[:, :1] + level

    def with_noise(self, values, rng):
        return values + 2.0 * rng.standard_normal(values.shape)


def _estimate(**changes):
    cov = np.array([[0.25, 0.1], [0.1, 1.0]])
    return replace(FIT.estimate, beta=np.array([3.0, 0.0]), cov=cov, **changes)


def test_parts_add_up_and_coefficients_move_the_path_against_them():
    # value = b + u; u falls by 0.6 for each unit that b rises: sd of b + u is 0.4 x 0.5 = 0.2
    path = PathForecast(mean=np.array([1.0]), cov=np.array([[0.09]]), slope=np.array([[-0.6, 0.0]]))
    for uncertainty, variance in (
        (("parameters",), 0.2**2),
        (("latent",), 0.09),
        (("counts",), 4.0),
        (("parameters", "latent", "counts"), 0.2**2 + 0.09 + 4.0),
    ):
        drawn = draw_jointly(_Linear(path), _estimate(), uncertainty=uncertainty)
        assert drawn.mean[0] == pytest.approx(4.0, rel=ROUNDING)
        assert drawn.draws.mean() == pytest.approx(4.0, abs=MONTE_CARLO * np.sqrt(variance))
        assert drawn.draws.std() == pytest.approx(np.sqrt(variance), rel=MONTE_CARLO)


def test_coefficients_have_the_tails_of_their_degrees_of_freedom():
    path = PathForecast(mean=np.zeros(1), cov=np.zeros((1, 1)), slope=np.zeros((1, 2)))
    estimate = _estimate(degrees_of_freedom=np.array([5.0, 50.0]))
    drawn = draw_jointly(_Linear(path), estimate, uncertainty=("parameters",)).draws[:, 0]
    assert np.quantile((drawn - 3) / 0.5, 0.975) == pytest.approx(student.ppf(0.975, 5), rel=2 * MONTE_CARLO)


def _counts(seed=2, n=60):
    months = np.arange(n)
    drawn = simulate_counts(np.random.default_rng(seed), np.full(n, 150.0), months, months, Theta(2.0, 0.06, 0.6))[0]
    return pd.Series(drawn, index=pd.period_range("2014-07", periods=n, freq="M"))


def _latent_fit():
    result = InterruptedTimeSeries([Step("2019-01")], trend=None).fit(_counts())
    assert result.estimate.ar1.theta.sigma2 > 0.01
    return result


def test_far_from_the_event_the_path_averages_to_one():
    """The expectation is then exp(x'b) itself: less half the variance, plus half the variance."""
    result = _latent_fit()
    frame = result.frame
    X = frame.design.without(frame.design.interventions)
    scenario = count_scenario(frame, result.estimate, X, chosen=[59], known=list(range(10)))
    plain = np.exp(X[59] @ result.estimate.beta) * frame.exposure[59]
    drawn = draw_jointly(scenario, result.estimate, uncertainty=("latent",))
    assert drawn.mean[0] == pytest.approx(plain, rel=1e-6)
    spread = drawn.draws.std() / np.sqrt(N_DRAWS)
    assert drawn.draws.mean() == pytest.approx(plain, abs=4 * spread)


def test_noise_of_the_negative_binomial_grows_with_the_square():
    model = InterruptedTimeSeries([Step("2019-01")], trend=None, family="negative-binomial", errors="iid")
    result = model.fit(_counts())
    frame, theta = result.frame, result.estimate.nuisance["theta"]
    scenario = count_scenario(frame, result.estimate, frame.design.X, chosen=[0], known=[])
    drawn = draw_jointly(scenario, result.estimate, uncertainty=("counts",))
    mu = drawn.mean[0]
    assert drawn.draws.std() == pytest.approx(np.sqrt(mu + mu**2 / theta), rel=MONTE_CARLO)


def test_far_from_the_event_gaussian_errors_have_their_stationary_spread():
    result = InterruptedTimeSeries([Step("2015-03")], trend=None, family="gaussian", errors="prais-winsten").fit(
        CountSeries.from_monthly(_counts())
    )
    rho, innovation = result.estimate.nuisance["rho"], result.dispersion
    assert rho > 0.2
    found = result.counterfactual("2015-03", "2019-06", uncertainty=("latent",))
    spread = (found.expected_high - found.expected_low) / (2 * 1.96)
    assert spread == pytest.approx(np.sqrt(innovation / (1 - rho**2)), rel=MONTE_CARLO)
