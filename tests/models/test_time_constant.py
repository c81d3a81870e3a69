"""Estimated time constants: simulated truth, brute force on the profile, limits, and the shipped chain."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from scipy.stats import t as student

from tests.models.examples import monthly_counts
from violence_stats import CountSeries, InterruptedTimeSeries, Step, load_homicides
from violence_stats.design.transfer import Decay, Onset
from violence_stats.errors import SpecificationError
from violence_stats.fitting.information import hessian

PROFILE = 2e-2
"""The ends of an interval are solved to a thousandth of a month, where the profile falls by some tenths a month."""
OBSERVED_INFORMATION = 0.05
"""Expected against observed information of 60 months of large counts."""


def _gradual(tau=3.0, level=3000.0, drop=0.5, seed=3, shape="onset"):
    """Poisson counts by month; from month 30 on the log rate moves by log(drop), gradually or fading."""
    months = np.arange(60)
    since = np.maximum(months - 30, 0)
    share = 1 - np.exp(-(since + 1) / tau) if shape == "onset" else np.exp(-since / tau)
    mean = level * drop ** np.where(months >= 30, share, 0.0)
    return pd.Series(np.random.default_rng(seed).poisson(mean), index=pd.period_range("2015-01", periods=60, freq="M"))


@pytest.mark.parametrize(("shape", "kind"), [("onset", Onset), ("decay", Decay)])
def test_the_truth_is_found(shape, kind):
    result = InterruptedTimeSeries([kind("2017-07")], errors="iid").fit(_gradual(shape=shape))
    found = result.time_constant
    assert found.low < 3.0 < found.high
    assert found.high - found.low < 2.0
    effect = result.effects.loc[f"{shape} 2017-07"]
    assert effect["rate_ratio_low"] < 0.5 < effect["rate_ratio_high"]


def test_the_default_errors_find_it_too():
    result = InterruptedTimeSeries([Onset("2017-07")], trend=None).fit(_gradual(level=300.0))
    assert result.time_constant.low < 3.0 < result.time_constant.high
    assert result.time_constant.adjusts_for_correlation
    assert "not adjusted" not in result.summary()


def test_the_estimate_is_the_highest_point_and_the_interval_ends_where_the_profile_has_fallen():
    counts = _gradual(level=800.0)

    def height(months):
        model = InterruptedTimeSeries([Onset("2017-07", months)], family="poisson", errors="iid")
        return model.fit(counts).estimate.log_likelihood

    found = InterruptedTimeSeries([Onset("2017-07")], family="poisson", errors="iid").fit(counts).time_constant
    top = height(found.months)
    assert top >= max(height(found.months * move) for move in (0.98, 1.02))
    fall = norm.ppf(0.975) ** 2 / 2
    assert [top - height(found.low), top - height(found.high)] == pytest.approx([fall, fall], abs=PROFILE)


def test_over_dispersion_widens_the_interval():
    counts = _gradual(level=800.0)
    noisy = pd.Series(
        np.random.default_rng(1).negative_binomial(counts / 9, 0.1), index=counts.index
    )  # variance ten times the mean
    calm, wide = (
        InterruptedTimeSeries([Onset("2017-07")], errors="iid").fit(one).time_constant for one in (counts, noisy)
    )
    assert wide.high - wide.low > 2 * (calm.high - calm.low)


def test_newey_west_profiles_the_likelihood_of_independent_errors():
    plain, robust = (
        InterruptedTimeSeries([Onset("2017-07")], errors=errors).fit(_gradual(level=800.0)).time_constant
        for errors in ("iid", "newey-west")
    )
    assert robust.months == pytest.approx(plain.months, abs=PROFILE)
    assert robust.low == pytest.approx(plain.low, abs=3 * PROFILE)  # t in place of normal quantiles
    assert "not adjusted for serial correlation" in robust.sentence()


def test_standard_errors_allow_for_the_time_constant():
    counts = _gradual()
    result = InterruptedTimeSeries([Onset("2017-07")], trend=None, family="poisson", errors="iid").fit(counts)
    known = InterruptedTimeSeries(
        [Onset("2017-07", result.time_constant.months)], trend=None, family="poisson", errors="iid"
    ).fit(counts)
    days = counts.index.days_in_month.to_numpy()
    since = np.maximum(np.arange(60) - 29, 0)

    def log_likelihood(point):
        share = np.where(since > 0, 1 - np.exp(-since / point[2]), 0.0)
        eta = point[0] + point[1] * share + np.log(days)
        return float(counts.to_numpy() @ eta - np.exp(eta).sum())

    point = np.array([*result.effects["estimate"], result.time_constant.months])
    cov = np.linalg.inv(-hessian(log_likelihood, point, np.array([1e-3, 1e-3, 1e-2])))
    by_hand = np.sqrt(np.diag(cov))[:2]
    assert result.effects["std_error"].to_numpy() == pytest.approx(by_hand, rel=OBSERVED_INFORMATION)
    assert known.effects.loc["onset 2017-07", "std_error"] < 0.95 * by_hand[1]


def test_an_abrupt_change_does_not_rule_out_at_once():
    result = InterruptedTimeSeries([Onset("2018-05")], errors="iid").fit(monthly_counts(level=1000.0))
    assert result.time_constant.low == 0
    assert "at once is not ruled out" in result.summary()
    step = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(monthly_counts(level=1000.0))
    assert result.effects.loc["onset 2018-05", "rate_ratio"] == pytest.approx(
        step.effects.loc["step 2018-05", "rate_ratio"], rel=0.05
    )


def test_at_the_boundary_standard_errors_take_it_as_known():
    index = pd.period_range("2015-01", periods=24, freq="M")
    counts = pd.Series([1000, 1003, 998] * 4 + [400, 500, 501, 499] + [500, 501, 499, 502] * 2, index=index)
    result = InterruptedTimeSeries([Onset("2016-01")], trend=None, errors="iid").fit(counts)
    assert result.time_constant.months == 0
    assert any("take the time constant as known" in note for note in result.notes)


def test_a_straight_decline_leaves_the_upper_end_open():
    index = pd.period_range("2015-01", periods=40, freq="M")
    after = np.maximum(np.arange(40) - 19, 0)
    counts = pd.Series(np.random.default_rng(2).poisson(500 * np.exp(-0.02 * after)), index=index)
    found = InterruptedTimeSeries([Onset("2016-09")], trend=None, errors="iid").fit(counts).time_constant
    assert np.isinf(found.high)
    assert "or more" in found.sentence()
    assert found.to_dict()["high"] is None


def test_the_result_carries_on_with_the_estimated_shape():
    result = InterruptedTimeSeries([Onset("2017-07")]).fit(_gradual(level=300.0))
    found = result.counterfactual("2017-07", "2018")
    assert found.expected_low < 12 * 300 < found.expected_high
    assert set(result.compare_errors().table.index.get_level_values("errors")) == {"ar1", "newey-west", "iid"}
    assert result.combine({"onset 2017-07": 0.5})["rate_ratio"] > result.effects.loc["onset 2017-07", "rate_ratio"]
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False))["time_constant"]["term"] == "onset 2017-07"


@pytest.mark.parametrize("errors", ["iid", "newey-west", "ar1"])
def test_gaussian_values_have_time_constants_too(errors):
    series = CountSeries.from_monthly(_gradual())
    result = InterruptedTimeSeries([Onset("2017-07")], trend=None, family="gaussian", errors=errors).fit(series)
    assert result.time_constant.low < 3.5 < result.time_constant.high + 1.5
    assert result.time_constant.adjusts_for_correlation == (errors == "ar1")


def test_the_fall_of_2019_came_about_within_weeks_from_july_and_months_from_june():
    chain = load_homicides("SLV")
    june, july = (
        InterruptedTimeSeries([Onset(start)], harmonics=1).fit(chain, window=("2016-04", "2020-02")).time_constant
        for start in ("2019-06", "2019-07")
    )
    assert july.months == pytest.approx(0.6, abs=0.1)
    assert july.low == 0
    assert 1.5 < june.months < 4
    assert june.low > 0


def test_one_time_constant_at_a_time():
    with pytest.raises(SpecificationError, match="onset 2017-07 and decay 2018-07 leave their time constant open"):
        InterruptedTimeSeries([Onset("2017-07"), Decay("2018-07")]).fit(_gradual())
    InterruptedTimeSeries([Onset("2017-07"), Decay("2018-07", 3.0)], errors="iid").fit(_gradual())


def test_prais_winsten_has_no_likelihood():
    model = InterruptedTimeSeries([Onset("2017-07")], family="gaussian", errors="prais-winsten")
    with pytest.raises(SpecificationError, match='"prais-winsten" has no likelihood'):
        model.fit(CountSeries.from_monthly(_gradual()))


def test_the_interval_uses_the_degrees_of_freedom_of_its_term():
    result = InterruptedTimeSeries([Onset("2017-07")], trend=None, family="gaussian", errors="iid").fit(
        CountSeries.from_monthly(_gradual())
    )
    found = result.time_constant

    def height(months):
        model = InterruptedTimeSeries([Onset("2017-07", months)], trend=None, family="gaussian", errors="iid")
        return model.fit(CountSeries.from_monthly(_gradual())).estimate.log_likelihood

    freedom = 60 - 3  # the time constant is the third
    assert height(found.months) - height(found.high) == pytest.approx(student.ppf(0.975, freedom) ** 2 / 2, abs=PROFILE)
