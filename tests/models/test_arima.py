"""Interrupted time series with ARIMA errors, as users call it.

Kinds of test: reference (the published quetiapine fit), by hand (effects and forecasts), simulated truth, refusals.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.validation import expected, needs_validation, table
from violence_stats.design.interventions import Pulse, Ramp, Step
from violence_stats.design.transfer import Decay, Onset
from violence_stats.errors import SeriesError, SpecificationError, WindowError
from violence_stats.models.arima import ARIMAInterruptedTimeSeries
from violence_stats.models.arima_result import ARIMAResult
from violence_stats.months import parse_window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

# The published fit is R's, whose search stops early and whose start has a large variance in place of an infinite one.
PUBLISHED_TOLERANCE = 1e-3
# Quantiles of 20,000 draws move by about a fiftieth of a standard error.
DRAW_TOLERANCE = 0.05

QUET = ARIMAInterruptedTimeSeries(
    [Step("2014-01"), Ramp("2014-01", zero_at="last-old")],
    order=(2, 1, 0),
    seasonal_order=(0, 1, 1, 12),
    transform=None,
)


def monthly(values: Any, start: str = "2011-01") -> pd.Series[Any]:
    return pd.Series(np.asarray(values, dtype=float), index=pd.period_range(start, periods=len(values), freq="M"))


@pytest.fixture(scope="module")
def quet() -> ARIMAResult:
    return QUET.fit(monthly(table("quet.csv")["dispensings"]))


@needs_validation
def test_quetiapine_comes_out_in_every_number(quet: ARIMAResult) -> None:
    wanted = expected("quet_arima")["expect"]
    box = quet.ljung_box(24)
    step, ramp = quet.effects.loc["step 2014-01"], quet.effects.loc["ramp 2014-01"]
    ours = {
        "ar1": quet.noise.loc["ar1", "estimate"],
        "ar2": quet.noise.loc["ar2", "estimate"],
        "sma1": quet.noise.loc["sma1", "estimate"],
        "step": [step["estimate"], step["std_error"]],
        "step_ci": [step["ci_low"], step["ci_high"]],
        "ramp": [ramp["estimate"], ramp["std_error"]],
        "ramp_ci": [ramp["ci_low"], ramp["ci_high"]],
        "loglik": quet.loglik,
        "AIC": quet.aic,
        "AICc": quet.aicc,
        "BIC": quet.bic,
        "LjungBox24": [box.statistic, box.p_value],
    }
    for name, value in ours.items():
        assert value == pytest.approx(wanted[name], rel=PUBLISHED_TOLERANCE), name


@needs_validation
def test_quetiapine_counterfactual_is_the_forecast_from_before_the_policy(quet: ARIMAResult) -> None:
    wanted = expected("quet_arima")["counterfactual_2014"]
    expected_2014 = quet.counterfactual("2014-01").to_frame()["expected"]
    assert expected_2014.tolist() == pytest.approx(wanted, rel=PUBLISHED_TOLERANCE)


def autoregressive(n: int, seed: int, rho: float = 0.5) -> np.ndarray[Any, Any]:
    rng = np.random.default_rng(seed)
    noise = np.zeros(n)
    for t in range(1, n):
        noise[t] = rho * noise[t - 1] + rng.standard_normal()
    return noise


@pytest.fixture(scope="module")
def log_result() -> ARIMAResult:
    noise = 0.1 * autoregressive(120, 1)
    step = np.where(np.arange(120) >= 80, np.log(0.6), 0.0)
    return ARIMAInterruptedTimeSeries([Step("2017-09")]).fit(monthly(np.exp(5 + step + noise)))


def test_a_planted_step_is_found_as_a_rate_ratio(log_result: ARIMAResult) -> None:
    row = log_result.effects.loc["step 2017-09"]
    assert row["rate_ratio_low"] < 0.6 < row["rate_ratio_high"]
    assert row["rate_ratio"] == pytest.approx(0.6, abs=0.1)
    assert log_result.noise.loc["ar1", "ci_low"] < 0.5 < log_result.noise.loc["ar1", "ci_high"]


def test_counterfactual_by_effects_divides_by_the_rate_ratio(log_result: ARIMAResult) -> None:
    without = log_result.counterfactual("2017-09", "2018", method="effects")
    table_2018 = without.to_frame()
    row = log_result.effects.loc["step 2017-09"]
    assert (table_2018["expected"] * row["rate_ratio"]).tolist() == pytest.approx(table_2018["observed"].tolist())
    # one coefficient: the interval of the mean is that of the rate ratio turned over
    assert without.expected_low * row["rate_ratio_high"] == pytest.approx(without.observed, rel=DRAW_TOLERANCE)
    assert without.expected_high * row["rate_ratio_low"] == pytest.approx(without.observed, rel=DRAW_TOLERANCE)


def test_counterfactual_by_forecast_uses_only_what_came_before(log_result: ARIMAResult) -> None:
    """What is fitted after the event does not move its forecast."""
    before = monthly(log_result.regular.y)
    after = before.copy()
    after[80:] *= 3
    other = ARIMAInterruptedTimeSeries([Step("2017-09")]).fit(after)
    ours, theirs = (one.counterfactual("2017-09").to_frame()["expected"] for one in (log_result, other))
    assert ours.tolist() == pytest.approx(theirs.tolist(), rel=1e-6)


def test_forecast_interval_covers_at_its_level() -> None:
    """10 null series: the mean of the 12 months after the date misses its 95% interval in 3 of them with p .01."""
    hits = 0
    for seed in range(10):
        values = monthly(20 + autoregressive(60, 100 + seed))
        model = ARIMAInterruptedTimeSeries([Step("2015-01")], transform=None)
        result = model.fit(values).counterfactual("2015-01")
        hits += result.expected_low <= result.observed <= result.expected_high
    assert hits >= 8


def counts_with_a_long_window() -> CountSeries:
    """Monthly counts about 100, with July and August 2014 known as a sum only."""
    rng = np.random.default_rng(3)
    months = CountSeries.from_monthly(monthly(rng.poisson(100, 72)).astype(int)).observations
    joined = Observation(window=parse_window(("2014-07", "2014-08")), value=months[42].value + months[43].value)
    return CountSeries(observations=(*months[:42], joined, *months[44:]))


def test_months_known_only_in_a_sum_are_left_out_and_said() -> None:
    result = ARIMAInterruptedTimeSeries([Step("2014-01")]).fit(counts_with_a_long_window())
    assert result.fit.n_obs == 70
    assert any("no value of the whole period is known for 2014-07, 2014-08" in note for note in result.notes)
    # the sum is known all the same, so a total can be compared
    assert result.counterfactual("2014-01", "2014").observed == counts_with_a_long_window().total("2014")
    with pytest.raises(WindowError, match="2014-07, 2014-08"):
        result.counterfactual("2014-01", "2014", method="effects")


@pytest.fixture(scope="module")
def faded() -> ARIMAResult:
    """A fall by 6 that is left to .8 one month later."""
    since = np.maximum(np.arange(120) - 80, 0)
    effect = np.where(np.arange(120) >= 80, -6.0 * 0.8**since, 0.0)
    values = monthly(30 + effect + 0.4 * autoregressive(120, 12))
    return ARIMAInterruptedTimeSeries([Decay("2017-09")], transform=None).fit(values)


def test_a_planted_decay_is_found_with_its_time_constant(faded: ARIMAResult) -> None:
    row = faded.transfers.loc["decay 2017-09"]
    assert row["months_low"] < -1 / np.log(0.8) < row["months_high"]
    # a time constant of tau months leaves exp(-1 / tau) one month later
    assert np.exp(-1 / row["time_constant_months"]) == pytest.approx(row["rate"])
    effect = faded.effects.loc["decay 2017-09"]
    assert effect["ci_low"] < -6 < effect["ci_high"]
    assert "decay 2017-09: time constant" in faded.summary()


def test_counterfactual_without_a_decay_adds_back_what_is_left_of_it(faded: ARIMAResult) -> None:
    without = faded.counterfactual("2017-09", "2017-12", method="effects")
    left = faded.effects.loc["decay 2017-09", "estimate"] * faded.transfers.loc["decay 2017-09", "rate"] ** 3
    assert without.expected == pytest.approx(without.observed - left)
    # three months on, the rate's uncertainty weighs beside the coefficient's: delta method, correlation included
    slope = np.array([left * 3 / faded.fit.delta[0], 0.0, faded.fit.delta[0] ** 3])
    reach = 1.96 * np.sqrt(slope @ faded.fit.cov @ slope)
    assert without.expected_high - without.expected == pytest.approx(reach, rel=DRAW_TOLERANCE)


def test_counterfactual_of_a_later_event_forecasts_a_decay_on() -> None:
    """The decay is fitted before the later event and carried past it at its own rate."""
    since = np.maximum(np.arange(80) - 36, 0)
    values = 30 - np.where(np.arange(80) >= 36, 8.0 * 0.9**since, 0.0) + 0.2 * autoregressive(80, 13)
    model = ARIMAInterruptedTimeSeries([Decay("2014-01"), Step("2016-01")], transform=None)
    without = model.fit(monthly(values)).counterfactual("2016-01").to_frame()["expected"]
    truth = 30 - 8.0 * 0.9 ** since[60:]
    assert without.to_numpy() == pytest.approx(truth, abs=0.5)


def test_a_time_constant_at_the_edge_has_no_interval() -> None:
    """A fall that is largest in its first month is no onset: the rate ends on 0, where its error is not defined."""
    fall = 6.0 * (np.arange(60) >= 36) + 1.0 * (np.arange(60) == 36)
    values = monthly(30 - fall + 0.1 * autoregressive(60, 8))
    result = ARIMAInterruptedTimeSeries([Onset("2014-01")], transform=None).fit(values)
    assert "delta1" in result.fit.boundary
    row = result.transfers.loc["onset 2014-01"]
    assert row[["std_error", "months_low", "months_high"]].isna().all()
    assert "(no interval: at the edge of its range)" in result.summary()
    json.dumps(result.to_dict(), allow_nan=False)


def test_a_method_that_is_none_gives_no_number(faded: ARIMAResult) -> None:
    with pytest.raises(SpecificationError, match="method: expected one of 'forecast', 'effects', got 'effect'"):
        faded.counterfactual("2017-09", method="effect")  # type: ignore[arg-type]


def test_expectations_become_rates() -> None:
    counts = monthly(np.random.default_rng(4).poisson(40, 60))
    series = CountSeries.from_monthly(counts)
    result = ARIMAInterruptedTimeSeries([Step("2014-01")]).fit(series)
    rates = result.per_100k(pd.Series(1_000_000, index=range(2011, 2016)))
    years = 31 / 365
    assert rates.loc["2013-01", "observed_per_100k"] == pytest.approx(counts["2013-01"] / 10 / years)
    assert rates.loc["2013-01", "fitted_per_100k"] == pytest.approx(result.fitted.loc["2013-01", "fitted"] / 10 / years)


def test_a_given_time_constant_is_not_estimated() -> None:
    values = monthly(20 + autoregressive(60, 15))
    result = ARIMAInterruptedTimeSeries([Onset("2014-01", 6.0)], transform=None).fit(values)
    assert result.transfers.empty
    column = result.regressors[:, list(result.terms.names).index("onset 2014-01")]
    assert column[35:39] == pytest.approx([0.0, *(1 - np.exp(-np.array([1, 2, 3]) / 6))])


def test_an_intervention_inside_a_month_counts_for_its_share() -> None:
    series = monthly(20 + autoregressive(60, 5))
    result = ARIMAInterruptedTimeSeries([Step("2014-03-20")], transform=None).fit(series)
    column = result.regressors[:, list(result.terms.names).index("step 2014-03-20")]
    assert column[38:40].tolist() == [pytest.approx(12 / 31), 1.0]


def test_washout_months_are_left_out() -> None:
    series = monthly(20 + autoregressive(60, 6))
    result = ARIMAInterruptedTimeSeries([Step("2014-03", washout_months=3)], transform=None).fit(series)
    assert result.fit.n_obs == 57
    assert "3 periods in a washout are left out" in result.notes


def test_a_later_event_has_to_be_held() -> None:
    values = monthly(20 + autoregressive(90, 7))
    model = ARIMAInterruptedTimeSeries([Step("2014-01"), Step("2016-01"), Pulse("2016-05", "2016-06")], transform=None)
    result = model.fit(values)
    with pytest.raises(SpecificationError, match=r"reaches past step 2016-01 .*hold="):
        result.counterfactual("2014-01")
    held = result.counterfactual("2014-01", hold="2016-01")
    assert "step 2016-01 is held as fitted" in held.notes
    plain = result.counterfactual("2014-01", ("2014-01", "2015-12")).to_frame()["expected"]
    late = held.to_frame()["expected"]
    assert late[:24].tolist() == pytest.approx(plain.tolist())
    shift = result.effects.loc["step 2016-01", "estimate"]
    # the forecast has long reached its mean, so the step shows whole
    assert late.iloc[24] - late.iloc[23] == pytest.approx(shift, abs=0.01)


def test_differences_leave_no_intercept_and_a_trend_is_a_drift() -> None:
    values = monthly(20 + np.cumsum(1.0 + autoregressive(80, 8, rho=0.0)))
    result = ARIMAInterruptedTimeSeries([], order=(0, 1, 0), trend="linear", transform=None).fit(values)
    assert result.effects.index.tolist() == ["trend"]
    assert result.effects.loc["trend", "estimate"] == pytest.approx((values.iloc[-1] - values.iloc[0]) / 79)


def test_a_boundary_is_said() -> None:
    values = monthly(20 + autoregressive(100, 9, rho=0.0))
    result = ARIMAInterruptedTimeSeries([Step("2015-01")], order=(0, 1, 1), transform=None).fit(values)
    assert any("ma1 came out at the edge of its range" in note for note in result.notes)
    assert "edge of its range" in result.summary()


def test_plain_values_and_tables(log_result: ARIMAResult) -> None:
    plain = log_result.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert log_result.to_frame().equals(log_result.effects)
    assert log_result.fitted.shape == (120, 4)
    assert log_result.summary() == log_result.summary()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"order": (1, 0)}, r"order: expected \(p, d, q\)"),
        ({"order": (-1, 0, 0)}, "whole numbers of 0 or more"),
        ({"seasonal_order": (0, 1, 1, 0)}, "a season of 2 periods or more"),
        ({"trend": "quadratic"}, "trend: expected"),
        ({"transform": "sqrt"}, "transform: expected"),
        ({"interventions": Step("2014-01")}, "expected a list"),
    ],
)
def test_options_that_do_not_exist_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecificationError, match=words):
        ARIMAInterruptedTimeSeries(**{"interventions": [], **options})


def test_a_zero_has_no_log() -> None:
    values = monthly(np.r_[np.full(30, 5.0), 0.0, np.full(29, 6.0)])
    with pytest.raises(SeriesError, match="2013-07: a value of 0 has no log"):
        ARIMAInterruptedTimeSeries([Step("2014-01")]).fit(values)


def test_too_large_an_order_is_refused() -> None:
    with pytest.raises(SpecificationError, match="expected at least 3 a parameter"):
        ARIMAInterruptedTimeSeries([Step("2012-06")], order=(5, 1, 5), transform=None).fit(
            monthly(20 + autoregressive(30, 10))
        )


def test_an_intervention_outside_is_refused() -> None:
    with pytest.raises(SpecificationError, match="lies outside"):
        ARIMAInterruptedTimeSeries([Step("2030-01")], transform=None).fit(monthly(20 + autoregressive(60, 11)))


@pytest.mark.parametrize("window", [("2020-01-05", "2020-03-31"), ("2020-01-01", "2020-03-20")])
def test_a_window_that_is_not_made_of_months_is_refused(window: tuple[str, str]) -> None:
    series = CountSeries(observations=(Observation(window=parse_window(window), value=3.0),))
    with pytest.raises(SpecificationError, match="whole calendar periods"):
        ARIMAInterruptedTimeSeries([]).fit(series)
