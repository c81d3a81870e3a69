"""Person-time: by hand, brute force over days, bad input."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.errors import SeriesError
from violence_stats.months import Window, parse_window
from violence_stats.population import annual_rates_per_100k, inhabitants, person_years

POPULATION = pd.Series({2018: 6_100_000, 2019: 6_200_000, 2020: 6_250_000, 2021: 6_300_000})

ROUNDING = 1e-12
"""Relative: the order of a few hundred additions in double precision."""


@pytest.mark.parametrize("year", [2019, 2020])
def test_a_whole_year_is_its_mid_year_population(year: int) -> None:
    assert person_years(parse_window(str(year)), POPULATION) == pytest.approx(POPULATION[year], rel=ROUNDING)


def test_a_window_over_new_year_takes_each_years_days_by_hand() -> None:
    # 31 days of 2019 (365 days) and 31 of 2020 (366 days)
    expected = 31 / 365 * 6_200_000 + 31 / 366 * 6_250_000
    assert person_years(parse_window(("2019-12", "2020-01")), POPULATION) == pytest.approx(expected, rel=ROUNDING)


@given(st.lists(st.dates(date(2018, 1, 1), date(2021, 12, 31)), min_size=2, max_size=2))
def test_person_years_are_the_sum_over_days(days: list[date]) -> None:
    window = Window(min(days), max(days))
    expected, day = 0.0, window.start
    while day <= window.end:
        expected += POPULATION[day.year] / (366 if calendar.isleap(day.year) else 365)
        day += timedelta(days=1)
    assert person_years(window, POPULATION) == pytest.approx(expected, rel=1e3 * ROUNDING)


def test_annual_rates_by_hand() -> None:
    windows = [parse_window("2019"), parse_window("2020-H1")]
    # 62 in a year of 6.2 million; 31 in 182 of 366 days of 6.25 million
    expected = [1.0, 31 / (182 / 366 * 6_250_000) * 100_000]
    np.testing.assert_allclose(annual_rates_per_100k(windows, np.array([62.0, 31.0]), POPULATION), expected)


@pytest.mark.parametrize("window", ["2017-12", "2022", ("2021-12-31", "2022-01-01")])
def test_a_year_without_population_is_refused_saying_which_are_known(window: Any) -> None:
    with pytest.raises(SeriesError, match="known: 2018 to 2021"):
        person_years(parse_window(window), POPULATION)


@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_a_population_that_is_not_positive_is_refused(value: float) -> None:
    with pytest.raises(SeriesError, match="population of 2019: expected a positive number"):
        inhabitants(2019, pd.Series({2018: 1.0, 2019: value}))


def test_what_is_no_series_is_refused() -> None:
    with pytest.raises(SeriesError, match="as a pandas Series, got int"):
        inhabitants(2019, 6_300_000)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "population",
    [
        pd.Series(dtype=float),
        pd.Series([1.0, 2.0], index=[2019, 2019]),
        pd.Series([1.0, 2.0], index=["2019", "2020"]),
        pd.Series([1.0, 2.0], index=pd.period_range("2019", periods=2, freq="Y")),
        pd.Series([1.0, 2.0], index=pd.to_datetime(["2019-07-01", "2020-07-01"])),
    ],
)
def test_an_index_that_is_not_years_each_once_is_refused(population: pd.Series[Any]) -> None:
    with pytest.raises(SeriesError, match="expected inhabitants by year"):
        inhabitants(2019, population)
