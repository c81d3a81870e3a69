"""Deviances of segments by refit (brute force); splits against a general optimiser (property)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import xlogy

from violence_stats.breaks.count_segments import (
    break_gains,
    fit_splits,
    pearson_dispersion,
    segment_deviance,
)

ROUNDING = 1e-8
OPTIMISER = 1e-5
"""What a simplex search leaves."""


def deviance(y: np.ndarray, mu: np.ndarray) -> float:
    return float(2 * np.sum(xlogy(y, y / mu) - (y - mu)))


def some_windows(seed: int, n: int = 12) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    days = rng.integers(20, 120, n).astype(float)
    return rng.poisson(days * rng.uniform(0.5, 4.0)).astype(float), days


def test_a_segment_has_the_deviance_of_its_own_rate() -> None:
    y, days = some_windows(1)
    table = segment_deviance(y, days, np.ones((13, 13), dtype=bool))
    for start in range(12):
        for end in range(start + 1, 13):
            part = slice(start, end)
            mu = days[part] * y[part].sum() / days[part].sum()
            assert table[start, end] == pytest.approx(deviance(y[part], mu), abs=ROUNDING)


def test_gains_of_many_series_are_differences_of_deviances() -> None:
    days = np.array([31.0, 59.0, 30.0, 31.0, 92.0, 30.0])
    series = np.random.default_rng(2).poisson(days * 2.0, (3, 6)).astype(float)
    gains = break_gains(series, days, np.array([1, 3, 5]))
    for row, y in enumerate(series):
        table = segment_deviance(y, days, np.ones((7, 7), dtype=bool))
        by_hand = [table[0, 6] - table[0, at] - table[at, 6] for at in (1, 3, 5)]
        np.testing.assert_allclose(gains[row], by_hand, atol=ROUNDING)


def test_a_regime_of_zeros_has_no_deviance() -> None:
    table = segment_deviance(np.array([0.0, 0.0, 5.0]), np.ones(3), np.ones((4, 4), dtype=bool))
    assert table[0, 2] == 0
    assert np.isfinite(break_gains(np.array([[0.0, 0.0, 5.0]]), np.ones(3), np.array([1, 2]))).all()


def test_pearson_dispersion_by_hand() -> None:
    # Residuals 2 and -2 about 4: (1 + 1) / (2 - 1).
    assert pearson_dispersion(np.array([6.0, 2.0]), np.array([4.0, 4.0]), 1) == pytest.approx(2.0)


@given(
    counts=st.lists(st.integers(0, 300), min_size=3, max_size=3),
    days=st.tuples(st.integers(1, 400), st.integers(1, 400), st.integers(2, 200)),
    share=st.floats(0.05, 0.95),
)
@settings(max_examples=40, deadline=None)
def test_no_pair_of_rates_fits_a_split_better(counts: list[int], days: tuple[int, int, int], share: float) -> None:
    (before, after, count), (days_before, days_after, length) = counts, days
    first, second = length * share, length * (1 - share)
    found = fit_splits(
        ((before, days_before), (after, days_after)), count, np.array([first]), np.array([second])
    ).deviance_change[0]

    def objective(logs: np.ndarray) -> float:
        rates = np.exp(np.clip(logs, -30, 10))
        mean = first * rates[0] + second * rates[1]
        expected = days_before * rates[0] + days_after * rates[1] + mean
        return float(
            -2
            * (
                xlogy(before, rates[0])
                + xlogy(after, rates[1])
                + xlogy(count, mean)
                - expected
                + before
                + after
                + count
            )
        )

    start = np.log([(before + 0.5) / days_before, (after + 0.5) / days_after])
    best = minimize(objective, start, method="Nelder-Mead", options={"maxiter": 4000, "xatol": 1e-9, "fatol": 1e-9})
    assert found <= best.fun + OPTIMISER * (1 + abs(best.fun))


def test_a_split_after_a_stretch_without_counts_finds_the_rate_inside_the_window() -> None:
    # By hand: nothing in 10 days before, 5 in 100 days after, 200 in 90 + 10 days between: all but 0.5 fall before.
    found = fit_splits(((0.0, 10.0), (5.0, 100.0)), 200.0, np.array([90.0]), np.array([10.0]))
    assert found.rates[0, 1] == pytest.approx(0.05, rel=0.02)
    assert found.rates[0, 0] == pytest.approx(199.5 / 100, rel=0.02)


def test_a_split_at_either_end_is_no_split() -> None:
    around = ((40.0, 31.0), (90.0, 30.0))
    ends = fit_splits(around, 120.0, np.array([0.0, 61.0]), np.array([61.0, 0.0]))
    np.testing.assert_allclose(ends.rates[0], [40 / 31, 210 / 91])
    np.testing.assert_allclose(ends.rates[1], [160 / 92, 90 / 30])


def test_a_window_is_split_where_its_count_says() -> None:
    # 2 a day, then 6: a window of 60 days with 200 counts turned after 40 of them (80 + 120).
    places = np.arange(0.0, 61.0, 10.0)
    found = fit_splits(((2 * 200.0, 200.0), (6 * 200.0, 200.0)), 200.0, places, 60 - places)
    assert places[np.argmin(found.deviance_change)] == 40
