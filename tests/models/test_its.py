"""The model as users call it.

Kinds of test: by hand, reference (statsmodels on whole months), the shipped chain, properties of the result.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import norm

from tests.models.examples import monthly_counts, window_series
from violence_stats import CountSeries, InterruptedTimeSeries, Pulse, Ramp, Step, load_homicides

SAME_FIT = 1e-8
"""Two programs that solve the same likelihood equations to convergence."""
ROUNDING = 1e-10
"""Two orders of the same sums in double precision."""
DESIGN_DIGITS = 0.005
"""The design note quotes rate ratios with two decimals."""


def test_a_step_by_hand():
    # 30 and 31 days at 60 and 62: 2 a day; then 28 and 31 days at 28 and 31: 1 a day
    series = window_series([("2019-11", 60), ("2019-12", 62), ("2020-02", 29), ("2020-03", 31)])
    result = InterruptedTimeSeries([Step("2020-01")], trend=None, family="poisson", errors="iid").fit(series)
    assert np.exp(result.effects.loc["intercept", "estimate"]) == pytest.approx(2, rel=ROUNDING)
    assert result.effects.loc["step 2020-01", "rate_ratio"] == pytest.approx(0.5, rel=ROUNDING)
    # the variance of a log ratio of Poisson totals: 1/122 + 1/60
    assert result.effects.loc["step 2020-01", "std_error"] == pytest.approx(np.sqrt(1 / 122 + 1 / 60), rel=ROUNDING)


def test_a_day_dated_step_is_off_and_on_within_its_month():
    """A fall to 0.23 on 27 March leaves 0.876 of that month; its share in the exponent would say 0.79."""
    ratio = (26 + 5 * 0.23) / 31
    assert ratio == pytest.approx(0.876, abs=5e-4)
    assert pytest.approx(0.79, abs=5e-3) == 0.23 ** (5 / 31)
    months = [(f"2021-{month:02d}", 3100) for month in (1, 5, 7, 8, 10, 12)]
    after = [("2022-05", 3100 * 0.23), ("2022-07", 3100 * 0.23)]
    series = window_series([*months, ("2022-01", 3100), ("2022-03", round(3100 * ratio)), *after])
    result = InterruptedTimeSeries([Step("2022-03-27")], trend=None).fit(series)
    assert result.effects.loc["step 2022-03-27", "rate_ratio"] == pytest.approx(0.23, abs=1e-4)
    assert result.fitted.loc["2022-03", "fitted"] == pytest.approx(3100 * ratio, abs=0.5)


def test_whole_months_equal_the_glm_of_statsmodels():
    counts = monthly_counts()
    model = InterruptedTimeSeries([Step("2018-05"), Ramp("2018-05")], harmonics=1, errors="iid")
    ours = model.fit(counts).effects
    month, time = counts.index.month.to_numpy(), np.arange(1, 61)
    after = time >= 41
    season = [np.sin(2 * np.pi * month / 12), np.cos(2 * np.pi * month / 12)]
    X = np.column_stack([np.ones(60), time, after, np.where(after, time - 41, 0), *season])
    offset = np.log(counts.index.days_in_month.to_numpy())
    theirs = sm.GLM(counts.to_numpy(), X, family=sm.families.Poisson(), offset=offset).fit(tol=1e-14, scale="X2")
    assert ours["estimate"].to_numpy() == pytest.approx(theirs.params, rel=SAME_FIT)
    assert ours["std_error"].to_numpy() == pytest.approx(theirs.bse, rel=SAME_FIT)
    assert ours["p_value"].to_numpy() == pytest.approx(theirs.pvalues, rel=SAME_FIT, abs=1e-300)
    assert ours[["ci_low", "ci_high"]].to_numpy() == pytest.approx(theirs.conf_int(), rel=SAME_FIT, abs=SAME_FIT)


def test_gaussian_on_whole_months_is_least_squares_on_the_values():
    counts = monthly_counts()
    series = CountSeries.from_monthly(counts)
    ours = InterruptedTimeSeries([Step("2018-05")], family="gaussian", errors="iid").fit(series)
    X = np.column_stack([np.ones(60), np.arange(1, 61), np.arange(1, 61) >= 41])
    theirs = sm.OLS(counts.to_numpy(dtype=float), X).fit()
    assert ours.effects["estimate"].to_numpy() == pytest.approx(theirs.params, rel=SAME_FIT)
    assert ours.effects[["ci_low", "ci_high"]].to_numpy() == pytest.approx(theirs.conf_int(), rel=SAME_FIT)
    assert ours.estimate.log_likelihood == pytest.approx(theirs.llf, rel=SAME_FIT)
    assert ours.effects["rate_ratio"].isna().all()
    assert ours.fitted["fitted"].to_numpy() == pytest.approx(theirs.fittedvalues, rel=SAME_FIT)


def test_gaussian_gives_a_long_window_its_total():
    # (9 + 11 + 30) / 5 = 10 a month before, (5 + 11) / 4 = 4 a month after
    rows = [("2020-01", 9), ("2020-02", 11), ("2020-Q2", 30), ("2020-07", 5), ("2020-Q4", 11)]
    result = InterruptedTimeSeries([Step("2020-07")], trend=None, family="gaussian", errors="iid").fit(
        window_series(rows)
    )
    assert result.effects["estimate"].tolist() == pytest.approx([10, -6], rel=ROUNDING)
    assert result.fitted["fitted"].tolist() == pytest.approx([10, 10, 30, 4, 12], rel=ROUNDING)


def test_gaussian_likelihood_of_long_windows_is_that_of_their_totals():
    rows = [("2020-01", 10), ("2020-02", 13), ("2020-Q2", 33), ("2020-07", 5), ("2020-Q4", 11)]
    result = InterruptedTimeSeries([Step("2020-07")], trend=None, family="gaussian", errors="iid").fit(
        window_series(rows)
    )
    n_periods, values = np.array([1, 1, 3, 1, 3]), np.array([row[1] for row in rows])
    residuals = values - result.fitted["fitted"].to_numpy()
    sigma2 = (residuals**2 / n_periods).mean()  # a total of k periods has k times the variance
    by_hand = norm.logpdf(residuals, scale=np.sqrt(sigma2 * n_periods)).sum()
    assert result.estimate.log_likelihood == pytest.approx(by_hand, rel=ROUNDING)


def test_newey_west_for_counts_is_the_sandwich_of_statsmodels():
    counts = monthly_counts(seed=7)
    ours = InterruptedTimeSeries([Step("2018-05")], errors="newey-west", lags=3).fit(counts)
    X = np.column_stack([np.ones(60), np.arange(1, 61), np.arange(1, 61) >= 41])
    offset = np.log(counts.index.days_in_month.to_numpy())
    theirs = sm.GLM(counts.to_numpy(), X, family=sm.families.Poisson(), offset=offset).fit(
        tol=1e-14, cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}
    )
    assert ours.effects["std_error"].to_numpy() == pytest.approx(theirs.bse, rel=SAME_FIT)
    assert ours.estimate.nuisance["lags"] == 3
    assert "t with 57 degrees of freedom" in ours.summary()
    assert "not adjusted" not in ours.summary()


def test_the_days_multiply_and_population_multiplies_the_days():
    counts = monthly_counts()
    population = pd.Series(2_000_000, index=counts.index)
    yearly = pd.Series(2_000_000, index=range(2015, 2020))
    model = InterruptedTimeSeries([Step("2018-05")])
    plain, by_month, by_year = (model.fit(counts, exposure=given) for given in (None, population, yearly))
    for result in (by_month, by_year):
        assert result.effects.loc["step 2018-05"].tolist() == pytest.approx(
            plain.effects.loc["step 2018-05"].tolist(), rel=SAME_FIT
        )
        assert result.effects.loc["intercept", "estimate"] == pytest.approx(
            plain.effects.loc["intercept", "estimate"] - np.log(2_000_000), rel=SAME_FIT
        )


def test_without_days_a_rate_is_per_period_and_a_part_counts_for_its_share():
    counts = pd.Series([10, 10, 10, 10], index=pd.period_range("2020-01", periods=4, freq="M"))
    model = InterruptedTimeSeries([Step("2020-02-15")], trend=None, family="poisson", exposure=None, errors="iid")
    result = model.fit(counts)
    assert np.exp(result.effects.loc["intercept", "estimate"]) == pytest.approx(10, rel=SAME_FIT)
    assert result.effects.loc["step 2020-02-15", "estimate"] == pytest.approx(0, abs=SAME_FIT)


def test_quarters_and_years_count_their_own_trend():
    index = pd.period_range("2010", periods=12, freq="Y")
    counts = pd.Series(np.round(1e6 * 1.1 ** np.arange(1, 13)).astype(int), index=index)
    result = InterruptedTimeSeries([Step("2016")], exposure=None).fit(counts)
    assert result.effects.loc["trend", "rate_ratio"] == pytest.approx(1.1, abs=1e-5)
    assert result.effects.loc["intercept", "estimate"] == pytest.approx(np.log(1e6), abs=1e-5)


def test_trend_counts_from_the_fitting_window():
    counts = monthly_counts()
    model = InterruptedTimeSeries([Step("2018-05")])
    late = model.fit(counts, window=("2016-01", "2019-12"))
    assert late.n_windows == 48
    assert late.frame.cells.period.tolist() == list(range(1, 49))
    assert str(late.window) == "2016-01/2019-12"
    wider = model.fit(counts, window=("2014-07", "2019-12"))
    assert wider.frame.cells.period.tolist() == list(range(7, 67))


def test_a_washout_leaves_months_out_and_time_runs_on():
    counts = monthly_counts()
    result = InterruptedTimeSeries([Step("2018-05", washout_months=3)]).fit(counts)
    assert result.n_windows == 57
    assert "2018-05" not in result.fitted.index
    assert result.frame.cells.period[-1] == 60
    assert any("washout of step 2018-05: 3 windows from 2018-05" in note for note in result.notes)


def test_a_gap_is_left_out_and_said():
    counts = monthly_counts()
    series = CountSeries.from_monthly(counts.drop(counts.index[10:12]), allow_missing=True)
    result = InterruptedTimeSeries([Step("2018-05")]).fit(series)
    assert result.n_windows == 58
    assert any(note.startswith("no counts are known for 2015-11") for note in result.notes)


def test_the_truce_step_on_the_shipped_chain():
    homicides = load_homicides("SLV")
    result = InterruptedTimeSeries([Step("2012-03")], errors="iid").fit(homicides, window=("2010-01", "2013-12"))
    assert result.effects.loc["step 2012-03", "rate_ratio"] == pytest.approx(0.45, abs=DESIGN_DIGITS)
    assert any("changes of publisher" in note for note in result.notes)


def test_a_change_of_publisher_and_definition_is_said():
    rows = [(f"2020-{month:02d}", 10 + month) for month in range(1, 9)]
    series = window_series(rows)
    mixed = CountSeries(
        observations=tuple(
            type(one)(window=one.window, value=one.value, publisher="A" if k < 4 else "B", definition="all")
            for k, one in enumerate(series)
        )
    )
    result = InterruptedTimeSeries([Step("2020-06")], trend=None, errors="iid").fit(mixed)
    assert result.notes == ("the fit crosses a change of publisher: from A to B at 2020-05-01",)
    noted = InterruptedTimeSeries([Step("2020-06")], trend=None, errors="iid").fit(
        replace(series, notes=("digitised",))
    )
    assert noted.notes == ("digitised",)


def test_the_summary_warns_and_is_the_same_twice():
    model = InterruptedTimeSeries([Step("2018-05"), Ramp("2018-05")], harmonics=1, errors="iid")
    first, second = (model.fit(monthly_counts()).summary() for _ in range(2))
    assert first == second
    assert "not adjusted for serial correlation" in first
    assert "95%" not in first
    assert "step 2018-05" in first


def test_the_result_goes_into_json():
    result = InterruptedTimeSeries([Step("2018-05")], family="gaussian", errors="iid").fit(monthly_counts())
    stored = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert stored["effects"][2]["term"] == "step 2018-05"
    assert stored["effects"][2]["rate_ratio"] is None
    assert result.to_frame() is not result.effects


def test_a_combination_adds_terms_with_their_covariance():
    result = InterruptedTimeSeries([Step("2018-05"), Ramp("2018-05")]).fit(monthly_counts())
    ours = result.combine({"step 2018-05": 1, "ramp 2018-05": 6})
    cov = result.covariance.loc[["step 2018-05", "ramp 2018-05"], ["step 2018-05", "ramp 2018-05"]].to_numpy()
    assert ours["std_error"] == pytest.approx(np.sqrt(np.array([1, 6]) @ cov @ np.array([1, 6])), rel=ROUNDING)
    alone = result.combine({"step 2018-05": 1})
    assert alone.tolist() == pytest.approx(result.effects.loc["step 2018-05"].tolist(), rel=ROUNDING)


def test_negative_binomial_at_its_poisson_limit_says_so():
    counts = pd.Series([100, 101, 99, 100, 50, 51, 49, 50], index=pd.period_range("2020-01", periods=8, freq="M"))
    result = InterruptedTimeSeries([Step("2020-05")], trend=None, family="negative-binomial", errors="iid").fit(counts)
    assert any("Poisson limit" in note for note in result.notes)


def test_a_pulse_by_days_takes_its_days_only():
    # 1 a day, but 10 a day on 24 to 28 April: the month holds 25 + 50
    rows = [("2020-01", 31), ("2020-02", 29), ("2020-03", 31), ("2020-04", 75), ("2020-05", 31), ("2020-06", 30)]
    model = InterruptedTimeSeries([Pulse("2020-04-24", "2020-04-28", name="burst")], trend=None, errors="iid")
    result = model.fit(window_series(rows))
    assert result.effects.loc["burst", "rate_ratio"] == pytest.approx(10, rel=1e-6)
    assert result.notes == ("burst rests on one window under it, 2020-04: that count alone decides it",)


def test_the_note_on_digitised_figures_counts_the_windows_of_the_fit():
    chain = load_homicides("SLV")
    fitted = InterruptedTimeSeries([Step("2019-06")]).fit(chain, window=("2016-04", "2020-06"))
    statuses = [
        any(cited.figure.status == "digitised" for cited in one.citations) for one in fitted.frame.series.observations
    ]
    (note,) = (note for note in fitted.notes if note.startswith("digitised"))
    assert f"stand behind {sum(statuses)} of {fitted.n_windows} windows" in note
    none = InterruptedTimeSeries([Step("2019-06")]).fit(chain, window=("2019-01", "2020-06"))
    marked = any(
        cited.figure.status == "digitised" for one in none.frame.series.observations for cited in one.citations
    )
    assert any(note.startswith("digitised") for note in none.notes) == marked
