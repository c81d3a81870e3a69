"""What a model cannot do, it refuses by name: one test for each kind of bad input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.models.examples import monthly_counts, window_series
from violence_stats import CountSeries, InterruptedTimeSeries, Pulse, Ramp, Step
from violence_stats.errors import FitError, SeriesError, SpecificationError, WindowError
from violence_stats.fitting import counts as counts_module


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"interventions": Step("2018-05")}, "expected a list"),
        ({"interventions": ["2018-05"]}, "expected Step, Ramp, Pulse, Onset or Decay, got '2018-05'"),
        ({"trend": "quadratic"}, "trend: expected one of 'linear', None, got 'quadratic'"),
        ({"family": "binomial"}, "family: expected one of 'poisson'"),
        ({"errors": "robust"}, "errors: expected one of"),
        ({"exposure": "months"}, "exposure: expected one of 'days', None"),
        ({"harmonics": -1}, "expected 0 or more pairs"),
        ({"harmonics": 1.5}, "harmonics: expected a whole number, 0 or more pairs, got 1.5"),
        ({"errors": "newey-west", "lags": "four"}, "lags: expected a whole number, 0 or more, got 'four'"),
        ({"harmonics": 1, "month_effects": True}, "describe the same season"),
        ({"errors": "iid", "lags": 3}, 'lags belong to errors="newey-west"'),
        ({"errors": "prais-winsten"}, 'is for family="gaussian"'),
    ],
)
def test_options_that_are_none(options, says):
    with pytest.raises(SpecificationError, match=says):
        InterruptedTimeSeries(**{"interventions": [Step("2018-05")], **options})


@pytest.mark.parametrize(
    ("interventions", "window", "says"),
    [
        ([Step("2018-05"), Ramp("2018-05")], ("2018-03", "2018-06"), "4 windows cannot carry 4 terms"),
        ([Step("2021-05")], None, "step 2021-05 lies outside: the fitted windows run from 2015-01-01 to 2019-12-31"),
        ([Step("2018-05")], ("2018-05", "2019-12"), "step 2018-05 holds throughout"),
        ([Step("2018-05"), Pulse("2018-05", "2019-12")], None, "cannot tell step 2018-05 from pulse 2018-05"),
        ([Step("2018-05", washout_months=100)], ("2018-05", "2019-12"), "washout leaves no window"),
    ],
)
def test_terms_that_the_windows_cannot_carry(interventions, window, says):
    with pytest.raises(SpecificationError, match=says):
        InterruptedTimeSeries(interventions).fit(monthly_counts(), window=window)


def test_a_window_that_cuts_a_count():
    with pytest.raises(WindowError, match="cuts the window"):
        InterruptedTimeSeries([Step("2020-03")]).fit(
            window_series([("2019", 100), ("2020-H1", 40), ("2020-07", 8)]), window=("2019-06", "2020-07")
        )


def test_all_counts_zero():
    with pytest.raises(FitError, match="all 60 counts from 2015-01-01 to 2019-12-31 are 0"):
        InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts() * 0)


def test_every_count_after_a_step_zero():
    counts = monthly_counts().mask(np.arange(60) >= 40, 0)
    with pytest.raises(FitError, match=r"tell step 2018-05 apart is 0.*\(separation\)"):
        InterruptedTimeSeries([Step("2018-05")]).fit(counts)
    counts.iloc[-1] = 1
    assert InterruptedTimeSeries([Step("2018-05")]).fit(counts).effects["std_error"].notna().all()


def test_one_window_after_the_break_is_a_stated_limit():
    result = InterruptedTimeSeries([Step("2019-12")]).fit(monthly_counts())
    assert "step 2019-12 rests on one window under it, 2019-12: that count alone decides it" in result.notes
    assert "rests on one window" in result.summary()


def test_missing_counts():
    series = CountSeries.from_monthly(monthly_counts().astype(float).mask(np.arange(60) == 3), allow_missing=True)
    with pytest.raises(SeriesError, match=r"no count is known for 2015-04: choose a window"):
        InterruptedTimeSeries([Step("2018-05")]).fit(series)
    InterruptedTimeSeries([Step("2018-05")]).fit(series, window=("2015-05", "2019-12"))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda counts: counts.astype(float).mask(counts.index == "2016-01"), "2016-01.* is missing"),
        (lambda counts: counts - 1000, "is negative"),
        (lambda counts: counts + 0.5, "is not a whole number"),
        (lambda counts: counts.iloc[::-1], "comes after a later period"),
        (lambda counts: counts.drop(counts.index[3]), "2015-04 is not in the index"),
        (lambda counts: counts.reset_index(drop=True), "expected a pandas Series with a PeriodIndex"),
        (lambda counts: counts.to_numpy(), "got ndarray"),
    ],
)
def test_a_series_that_is_none(spoil, says):
    with pytest.raises(SeriesError, match=says):
        InterruptedTimeSeries([Step("2018-05")]).fit(spoil(monthly_counts()))


def test_rates_are_for_the_gaussian_family():
    rates = CountSeries.from_periods(monthly_counts() / 7, kind="rate")
    with pytest.raises(SpecificationError, match='the series holds rates: use family="gaussian"'):
        InterruptedTimeSeries([Step("2018-05")]).fit(rates)
    model = InterruptedTimeSeries([Step("2018-05")], family="gaussian")
    assert model.fit(rates).n_windows == 60
    with pytest.raises(SpecificationError, match="rates already: leave exposure out"):
        model.fit(rates, exposure=pd.Series(1.0, index=monthly_counts().index))


def _exposure(first="2015-01", periods=60, freq="M", value=1e6):
    return pd.Series(value, index=pd.period_range(first, periods=periods, freq=freq))


@pytest.mark.parametrize(
    ("exposure", "says"),
    [
        (_exposure(periods=59), r"exposure: no value for 2019-12 \(known from 2015-01 to 2019-11\)"),
        (_exposure(first="2015-02"), "exposure: no value for 2015-01"),
        (_exposure(first="2015Q1", periods=20, freq="Q"), "expected the periods of the series .frequency M."),
        (_exposure(value=0.0), "exposure of 2015-01: expected a positive number, got 0"),
        (_exposure(value=-5.0), "expected a positive number, got -5"),
        (_exposure(value=np.inf), "expected a positive number, got inf"),
        (_exposure().mask(np.arange(60) == 5), "exposure: no value for 2015-06"),
        (_exposure().to_numpy(), "exposure: expected a pandas Series with a PeriodIndex"),
        (_exposure().reset_index(drop=True), "no population is known for 2015"),
        (pd.Series(1e6, index=range(2015, 2019)), "no population is known for 2019"),
        (pd.Series(0.0, index=range(2015, 2020)), "population of 2015: expected a positive number"),
    ],
)
def test_an_exposure_that_does_not_fit(exposure, says):
    with pytest.raises(SeriesError, match=says):
        InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts(), exposure=exposure)


def test_a_longer_exposure_is_fine():
    InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts(), exposure=_exposure(first="2014-01", periods=90))


def test_no_convergence(monkeypatch):
    monkeypatch.setattr(counts_module, "MAX_ITERATIONS", 1)
    with pytest.raises(FitError, match="did not settle in 1 rounds of Fisher scoring"):
        InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts())


@pytest.mark.parametrize(
    "rows",
    [
        [("2020-Q1", 30), *((f"2020-{month:02d}", 10 + month) for month in range(4, 13))],
        [(f"2020-{month:02d}", 10 + month % 3) for month in range(1, 13) if month != 3],
    ],
)
def test_prais_winsten_needs_whole_periods(rows):
    model = InterruptedTimeSeries([Step("2020-08")], family="gaussian", errors="prais-winsten", trend=None)
    with pytest.raises(
        SpecificationError, match=r"needs one window a calendar period, none missing; 2020-(01/2020-03|04)"
    ):
        model.fit(window_series(rows))


def test_a_combination_of_unknown_terms():
    result = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts())
    with pytest.raises(SpecificationError, match="no term is called 'ramp'; the model has: intercept, trend, step"):
        result.combine({"ramp": 1})


@pytest.mark.parametrize("errors", ["iid", "newey-west", "prais-winsten", "ar1"])
def test_values_that_a_model_goes_through_exactly_leave_no_error_to_measure(errors):
    values = pd.Series([7.0] * 12 + [3.0] * 6, index=pd.period_range("2020-01", periods=18, freq="M"))
    model = InterruptedTimeSeries([Step("2021-01")], trend=None, family="gaussian", errors=errors)
    with pytest.raises(FitError, match="goes through every value exactly"):
        model.fit(values)
