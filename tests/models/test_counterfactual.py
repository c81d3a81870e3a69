"""Counterfactuals: by hand, brute force (the delta method beside simulation), and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.models.examples import monthly_counts, window_series
from violence_stats import CountSeries, InterruptedTimeSeries, Pulse, Ramp, Step, load_homicides
from violence_stats.errors import SpecificationError, WindowError

ROUNDING = 1e-9
"""Two orders of the same sums in double precision."""
DRAWS = 40_000
SIMULATED = 0.1
"""Monte Carlo error of a 2.5% quantile from 40,000 draws, and curvature that the delta method leaves out; 1.64 standard
errors in place of 1.96 would be 0.16 off."""


def _two_events(**options):
    interventions = [Step("2018-05"), Ramp("2018-05"), Pulse("2019-03", "2019-05", name="curfew")]
    return InterruptedTimeSeries(interventions, harmonics=1, errors="iid", **options).fit(monthly_counts())


def test_without_a_step_the_old_level_stays():
    # 2 a day before; the step halves it, so the 60 days after are expected to hold 120 without it
    rows = [("2019-11", 60), ("2019-12", 62), ("2020-02", 29), ("2020-03", 31)]
    result = InterruptedTimeSeries([Step("2020-01")], trend=None, errors="iid").fit(window_series(rows))
    found = result.counterfactual("2020-01")
    assert (found.observed, round(found.expected, 6), round(found.averted, 6)) == (60, 120, 60)
    assert found.fitted == pytest.approx(60, rel=ROUNDING)
    assert found.windows["expected"].tolist() == pytest.approx([58, 62], rel=ROUNDING)
    # the log of the expected total has the variance of the log of the old rate, phi/122; phi is 0, the fit being exact
    assert found.expected_low == pytest.approx(120, rel=1e-6)


def test_all_terms_of_the_event_go_and_the_rest_stays():
    result = _two_events()
    found = result.counterfactual("2018-05", "2019-H1")
    b = result.effects["estimate"]
    index = pd.period_range("2019-01", periods=6, freq="M")
    curfew = np.isin(index.month, [3, 4, 5])
    eta = b["intercept"] + b["trend"] * np.arange(49, 55) + b["curfew"] * curfew
    eta = eta + b["sin 1"] * np.sin(2 * np.pi * index.month / 12) + b["cos 1"] * np.cos(2 * np.pi * index.month / 12)
    expected = np.exp(np.asarray(eta)) * index.days_in_month.to_numpy()
    assert found.windows["expected"].to_numpy() == pytest.approx(expected, rel=ROUNDING)
    assert found.expected == pytest.approx(expected.sum(), rel=ROUNDING)
    assert found.terms == ("step 2018-05", "ramp 2018-05")
    assert "curfew is held as fitted" in found.notes


def test_the_delta_method_agrees_with_simulation():
    result = _two_events()
    found = result.counterfactual("2018-05", "2019-H1")
    frame = result.frame
    rng = np.random.default_rng(20240601)
    draws = rng.multivariate_normal(result.estimate.beta, result.estimate.cov, DRAWS)
    X = frame.design.without(frame.design.event("2018-05"))[48:54]
    totals = (np.exp(draws @ X.T) * frame.exposure[48:54]).sum(axis=1)
    simulated = np.log(np.quantile(totals, [0.025, 0.975]) / found.expected)
    ours = np.log(np.array([found.expected_low, found.expected_high]) / found.expected)
    assert ours == pytest.approx(simulated, rel=SIMULATED)


def test_the_default_window_runs_from_the_event_to_the_end():
    found = _two_events().counterfactual("2018-05")
    assert str(found.window) == "2018-05/2019-12"
    assert len(found.windows) == 20
    assert found.averted == pytest.approx(found.windows["averted"].sum(), rel=ROUNDING)


def test_a_day_dated_event_starts_in_the_month_that_holds_it():
    result = InterruptedTimeSeries([Step("2018-05-20")]).fit(monthly_counts())
    assert str(result.counterfactual("2018-05").window) == "2018-05/2019-12"


def test_the_months_before_the_event_are_as_fitted():
    result = _two_events()
    found = result.counterfactual("2018-05", "2018")
    assert found.windows["expected"].iloc[:4].tolist() == pytest.approx(
        result.fitted.loc["2018-01":"2018-04", "fitted"].tolist(), rel=ROUNDING
    )


def test_a_later_step_has_to_be_held_by_name():
    counts = monthly_counts()
    result = InterruptedTimeSeries([Step("2017-02"), Step("2018-05", name="reform")], errors="iid").fit(counts)
    assert result.counterfactual("2017-02", "2017").notes == ()
    with pytest.raises(SpecificationError, match=r'reaches past reform \(2018-05-01\).*hold=\["reform"\]'):
        result.counterfactual("2017-02")
    held = result.counterfactual("2017-02", hold="reform")
    assert "reform is held as fitted" in held.notes
    assert result.counterfactual("2017-02", hold=["2018-05"]).expected == held.expected


@pytest.mark.parametrize(
    ("without", "window", "error", "says"),
    [
        ("2017-01", None, SpecificationError, "no intervention starts in 2017-01"),
        ("2018-05", "2017", SpecificationError, "2017 ends before step 2018-05 starts on 2018-05-01"),
        ("2018-05", ("2019-01-15", "2019-12"), WindowError, "does not fit"),
        ("2018-05", "2020", WindowError, "has no count for all of it"),
    ],
)
def test_what_has_no_counterfactual(without, window, error, says):
    with pytest.raises(error, match=says):
        _two_events().counterfactual(without, window)


def test_rates_are_averaged_by_time_not_added():
    index = pd.period_range("2000", periods=8, freq="Y")
    rates = pd.Series([50.0, 51, 49, 50, 30, 31, 29, 30], index=index)
    model = InterruptedTimeSeries([Step("2004")], trend=None, family="gaussian", errors="iid")
    found = model.fit(CountSeries.from_periods(rates, kind="rate")).counterfactual("2004")
    assert found.observed == pytest.approx(30)
    assert found.expected == pytest.approx(50)
    assert found.averted_low == pytest.approx(found.expected_low - 30)
    assert "20.00" in found.summary()


def test_the_mean_of_rates_over_unequal_windows_weighs_them_by_time():
    rows = [("2000", 50), ("2001", 52), ("2002", 51), ("2003", 30), (("2004", "2006"), 36)]
    model = InterruptedTimeSeries([Step("2003")], trend=None, family="gaussian", errors="iid")
    found = model.fit(window_series(rows, frequency="Y", kind="rate")).counterfactual("2003")
    assert found.observed == pytest.approx((30 + 3 * 36) / 4, rel=ROUNDING)


def test_the_half_year_after_the_break_on_the_shipped_chain():
    model = InterruptedTimeSeries(
        [Step("2019-06"), Ramp("2019-06"), Pulse("2020-03-21", "2020-06-13", name="lockdown")],
        harmonics=1,
        errors="iid",
    )
    found = model.fit(load_homicides("SLV"), window=("2016-04", "2020-06")).counterfactual("2019-06", "2020-H1")
    assert found.observed == 589
    assert found.expected_low < found.expected < found.expected_high
    assert "not adjusted for serial correlation" in found.summary()
    assert json.loads(json.dumps(found.to_dict()))["windows"][0]["window"] == "2020-01"
