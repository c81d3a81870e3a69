"""The range of chance: by hand, simulated truth (seeded), and what it refuses."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from violence_stats.months import parse_window
from violence_stats.observations import Observation
from violence_stats.questions.chance import (
    FEWEST_PAIRS,
    RECENT_MONTHS,
    STD_ERRORS,
    chance_range,
    estimate_dispersion,
)
from violence_stats.series import CountSeries

RUNS = 400

COVERAGE = (0.915, 0.98)
"""6,000 runs covered 94.9% (two standard errors at a known dispersion: 95.4%); three Monte Carlo errors of 400 runs."""

WITHIN_MONTE_CARLO = 0.1
"""Relative: the mean of 200 estimates, each with a standard error of 29%, is within 2%, and months of 28 to 31
days with equal counts add up to 5%."""


def monthly(values: Any, start: str = "2015-01") -> CountSeries:
    return CountSeries.from_monthly(pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M")))


def overdispersed(rng: np.random.Generator, means: Any, dispersion: float) -> Any:
    """Draw counts with variance `dispersion` times the mean: Poisson with gamma means."""
    return rng.poisson(rng.gamma(np.asarray(means) / (dispersion - 1), dispersion - 1))


def test_dispersion_by_hand() -> None:
    # July and August have 31 days each, so r / d1 = (y1 + y2) / 62 / 31 and z2 = (y1 - y2)**2 / (y1 + y2).
    counts = CountSeries.from_periods(
        pd.Series([30, 50], index=pd.PeriodIndex(["2001-07", "2001-08"], freq="M")), allow_missing=False
    )
    many = monthly([30, 50] * 12, "2001-01")
    assert counts.n_windows == 2
    dispersion, n_pairs = estimate_dispersion(many, before=parse_window("2003"))
    by_loop = []
    for early, late in zip(many.observations[:-1], many.observations[1:], strict=True):
        d1, d2 = early.window.n_days, late.window.n_days
        rate = (early.value + late.value) / (d1 + d2)
        by_loop.append((early.value / d1 - late.value / d2) ** 2 / (rate / d1 + rate / d2))
    assert n_pairs == 23
    assert dispersion == pytest.approx(sum(by_loop) / 23)
    assert by_loop[6] == pytest.approx((30 - 50) ** 2 / (30 + 50))


def test_range_by_hand_where_months_are_too_few_for_more_than_poisson() -> None:
    series = monthly([100, 50])
    chance = chance_range(series, baseline=100, count=50, window=parse_window("2015-02"))
    assert chance is not None
    # log(1/2) +- 2 sqrt(1/100 + 1/50)
    reach = STD_ERRORS * math.sqrt(0.03)
    assert chance.low_pct == pytest.approx(100 * (0.5 * math.exp(-reach) - 1))
    assert chance.high_pct == pytest.approx(100 * (0.5 * math.exp(reach) - 1))
    assert (chance.dispersion, chance.n_pairs) == (1.0, 0)


def test_only_adjoining_whole_known_months_of_the_last_three_years_before_the_window_count() -> None:
    values = [1000.0, 10.0] * 6 + [100.0] * RECENT_MONTHS + [5000.0] * 3
    window = parse_window(("2019-01", "2019-03"))
    assert estimate_dispersion(monthly(values), before=window)[1] == RECENT_MONTHS - 1
    steady = estimate_dispersion(monthly(values), before=window)[0]
    assert steady == 1.0  # equal counts in months of 28 to 31 days vary less than Poisson counts would
    index = pd.period_range("2015-01", periods=len(values), freq="M")
    holes = pd.Series(values, index=index)
    holes.iloc[20:48:2] = float("nan")
    gappy = CountSeries.from_monthly(holes, allow_missing=True)
    assert estimate_dispersion(gappy, before=window) == (1.0, 0)


def test_longer_windows_do_not_count_as_months() -> None:
    quarters = pd.Series([30, 90] * 10, index=pd.period_range("2010Q1", periods=20, freq="Q"))
    assert estimate_dispersion(CountSeries.from_periods(quarters), before=parse_window("2013")) == (1.0, 0)
    years = pd.Series(range(40), index=pd.period_range("1970", periods=40, freq="Y"))
    assert estimate_dispersion(CountSeries.from_periods(years), before=parse_window("2012")) == (1.0, 0)
    weekly = CountSeries(
        observations=tuple(
            Observation(window=parse_window((f"2012-{month:02}-{day:02}",) * 2), value=5.0)
            for month in range(1, 13)
            for day in range(1, 29)
        )
    )
    assert estimate_dispersion(weekly, before=parse_window("2013")) == (1.0, 0)


@pytest.mark.parametrize(("n_months", "expected"), [(FEWEST_PAIRS, 0), (FEWEST_PAIRS + 1, FEWEST_PAIRS)])
def test_a_dozen_pairs_are_needed(n_months: int, expected: int) -> None:
    series = monthly([10, 20] * 10, "2015-01").between("2015-01", pd.Period("2015-01", freq="M") + n_months - 1)
    assert estimate_dispersion(series, before=parse_window("2017"))[1] == expected


@pytest.mark.parametrize(("baseline", "count"), [(10, 0), (0, 10)])
def test_a_count_of_zero_has_no_range(baseline: int, count: int) -> None:
    assert chance_range(monthly([10, 10]), baseline=baseline, count=count, window=parse_window("2015-02")) is None


def test_dispersion_is_recovered_under_a_trend_and_a_break() -> None:
    rng = np.random.default_rng(20200630)
    means = np.where(np.arange(36) < 20, 300.0, 180.0) * np.exp(-0.01 * np.arange(36))
    estimates = [
        estimate_dispersion(monthly(overdispersed(rng, means, 5.0)), before=parse_window("2018"))[0] for _ in range(200)
    ]
    # The one break adds (300 e**-0.19 - 180 e**-0.2)**2 / (their sum) / 35 = 0.7 to the mean.
    before, after = 300 * math.exp(-0.19), 180 * math.exp(-0.2)
    expected = 5.0 + (before - after) ** 2 / (before + after) / 35
    assert np.mean(estimates) == pytest.approx(expected, rel=WITHIN_MONTE_CARLO)


def test_the_range_covers_the_true_change_where_its_model_holds() -> None:
    rng = np.random.default_rng(20190630)
    before, after = [260.0] * 36, [98.0] * 6
    truth = 100 * (98 / 260 - 1)
    window = parse_window(("2018-01", "2018-06"))
    hits = 0
    for _ in range(RUNS):
        values = overdispersed(rng, before + after, 5.0)
        chance = chance_range(
            monthly(values), baseline=int(values[24:30].sum()), count=int(values[36:].sum()), window=window
        )
        assert chance is not None
        hits += chance.low_pct <= truth <= chance.high_pct
    assert COVERAGE[0] <= hits / RUNS <= COVERAGE[1]
