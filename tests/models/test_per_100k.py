"""Rates per 100,000: by hand, and where there are none."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.models.examples import window_series
from violence_stats import CountSeries, InterruptedTimeSeries, Step
from violence_stats.errors import SeriesError

ROUNDING = 1e-9
"""Two orders of the same sums in double precision."""
POPULATION = pd.Series(1_000_000, index=range(2019, 2021))
ROWS = [("2019-11", 60), ("2019-12", 62), ("2020-02", 29), ("2020-03", 31)]


def _result():
    return InterruptedTimeSeries([Step("2020-01")], trend=None, errors="iid").fit(window_series(ROWS))


def test_rates_are_annual():
    # 60 in 30 of the 365 days of 2019 among a million: 60 x 365 / 30 / 10 = 73 per 100,000; 29 in 29 of 366: 36.6
    rates = _result().per_100k(POPULATION)
    assert rates.columns.tolist() == ["start", "end", "observed_per_100k", "fitted_per_100k"]
    assert rates["observed_per_100k"].iloc[[0, 2]].tolist() == pytest.approx([73, 36.6], rel=ROUNDING)
    assert rates["fitted_per_100k"].tolist() == pytest.approx(rates["observed_per_100k"].tolist(), rel=ROUNDING)


def test_a_counterfactual_has_rates_by_window():
    found = _result().counterfactual("2020-01")
    rates = found.per_100k(POPULATION)
    assert rates["expected_per_100k"].tolist() == pytest.approx([73.2, 73.2], rel=ROUNDING)
    assert "averted_to_date_per_100k" not in rates


def test_beyond_the_last_year_there_is_no_rate():
    with pytest.raises(SeriesError, match="no population is known for 2020"):
        _result().per_100k(POPULATION.loc[:2019])


def test_rates_have_no_rate():
    rates = CountSeries.from_periods(
        pd.Series([5.0, 6, 5, 3, 3, 2.5], index=pd.period_range("2015", periods=6, freq="Y")), kind="rate"
    )
    result = InterruptedTimeSeries([Step("2018")], trend=None, family="gaussian", errors="iid").fit(rates)
    with pytest.raises(SeriesError, match="holds rates already"):
        result.per_100k(POPULATION)
