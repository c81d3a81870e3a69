"""Checks on a user's pandas Series: by hand, bad input, and a property."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.errors import SeriesError
from violence_stats.periods import read_period_index, read_period_values


def on_months(months: list[Any]) -> pd.Series[Any]:
    return pd.Series(range(len(months)), index=pd.PeriodIndex(months, freq="M"), dtype=float)


@pytest.mark.parametrize("frequency", ["M", "Q", "Y"])
def test_the_frequency_is_that_of_the_calendar(frequency: str) -> None:
    values = pd.Series([1, 2], index=pd.period_range("2020", periods=2, freq=frequency))
    assert read_period_index(values, allow_missing=False) == frequency


@pytest.mark.parametrize(
    ("months", "message"),
    [
        ([], "at least one period"),
        (["2020-02", "2020-01"], "2020-01 comes after a later period"),
        (["2020-01", "2020-03", "2020-02"], "2020-02 comes after a later period"),
        (["2020-01", "2020-02", "2020-02"], "2020-02 stands more than once"),
        (["2020-01", "2020-02", "2020-04", "2020-06"], r"2020-03 is not in the index \(2 missing"),
        (["2020-01", pd.NaT], "missing period"),
    ],
)
def test_an_index_at_fault_is_refused_naming_the_period(months: list[Any], message: str) -> None:
    with pytest.raises(SeriesError, match=message):
        read_period_index(on_months(months), allow_missing=False)


def test_only_a_gap_is_forgiven_when_missing_is_allowed() -> None:
    assert read_period_index(on_months(["2020-01", "2020-04"]), allow_missing=True) == "M"
    with pytest.raises(SeriesError, match="more than once"):
        read_period_index(on_months(["2020-01", "2020-01"]), allow_missing=True)
    with pytest.raises(SeriesError, match="later period"):
        read_period_index(on_months(["2020-02", "2020-01"]), allow_missing=True)


@given(st.sets(st.integers(0, 60), min_size=1))
def test_a_gap_is_refused_exactly_when_a_month_lies_between(places: set[int]) -> None:
    first = pd.Period("2018-01", freq="M")
    values = on_months([first + place for place in sorted(places)])
    if max(places) - min(places) + 1 == len(places):
        assert read_period_index(values, allow_missing=False) == "M"
    else:
        with pytest.raises(SeriesError, match="is not in the index"):
            read_period_index(values, allow_missing=False)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.nan, "is missing"),
        (np.inf, "is infinite"),
        (-1.0, "is negative"),
        (-np.inf, "is infinite"),
        (1.5, "is not a whole number"),
    ],
)
def test_a_value_at_fault_is_refused_naming_its_period(value: float, message: str) -> None:
    values = pd.Series([1.0, value, value], index=pd.period_range("2020-01", periods=3, freq="M"))
    with pytest.raises(SeriesError, match=f"2020-02: .*{message}"):
        read_period_values(values, whole=True, allow_missing=False)


def test_what_is_allowed_is_given_back_unchanged() -> None:
    index = pd.period_range("2020-01", periods=3, freq="M")
    kept = read_period_values(pd.Series([1.0, np.nan, 3.0], index=index), whole=True, allow_missing=True)
    np.testing.assert_array_equal(kept, [1.0, np.nan, 3.0])
    assert read_period_values(pd.Series([1.5, 0, 2], index=index), whole=False, allow_missing=False) == [1.5, 0.0, 2.0]


def test_words_are_not_counts() -> None:
    values = pd.Series(["3", "n/a"], index=pd.period_range("2020-01", periods=2, freq="M"))
    with pytest.raises(SeriesError, match="expected numbers, got a Series of"):
        read_period_values(values, whole=True, allow_missing=False)
