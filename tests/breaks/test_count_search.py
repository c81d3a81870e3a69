"""Searches on counts: planted breaks in months, random and long windows; size of the test (simulated truth)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.breaks.planted import by_month, draw, joined, monthly_process, months, random_edges
from violence_stats.breaks.count_breaks import find_in_counts, sup_lr_counts
from violence_stats.breaks.count_simulation import CountProcess, fit_process, long_run_dispersion, simulate_counts
from violence_stats.breaks.count_tables import interval_table
from violence_stats.breaks.count_tests import NO_BREAKS, further_break_test
from violence_stats.breaks.find import find_breaks, sup_f
from violence_stats.breaks.options import BreakOptions
from violence_stats.breaks.refine import DatedBreak, refine_breaks
from violence_stats.breaks.windows import read_windows
from violence_stats.design.cells import cut_cells
from violence_stats.months import parse_window

COUNTS = BreakOptions(family="quasi-poisson", n_replicates=199)
MONTE_CARLO = 4.0
"""Standard errors allowed to a simulated moment."""


def planted(dates: tuple[int, ...], n_months: int = 120) -> np.ndarray:
    level, rates = 150.0, np.empty(n_months)
    for k, (start, end) in enumerate(zip((0, *dates), (*dates, n_months), strict=True)):
        rates[start:end] = level * (0.55 if k % 2 else 1.0)
    return rates


def apart(found: pd.Period, month: int, n_months: int = 120) -> int:
    return abs(found.ordinal - months(n_months)[month].ordinal)


@pytest.mark.parametrize("dates", [(), (50,), (30, 62, 95)])
def test_planted_breaks_are_found_in_months(dates: tuple[int, ...]) -> None:
    hits = 0
    for seed in range(6):
        series = by_month(draw(monthly_process(planted(dates)), seed)[0])
        found = find_breaks(series, max_breaks=4, options=COUNTS).dates
        hits += len(found) == len(dates) and all(apart(a, b) <= 1 for a, b in zip(found, dates, strict=True))
    assert hits >= 5


@pytest.mark.parametrize("dates", [(), (50,), (30, 62, 95)])
def test_planted_breaks_are_found_in_random_windows(dates: tuple[int, ...]) -> None:
    hits = 0
    for seed in range(6):
        edges = random_edges(120, np.random.default_rng(seed))
        series = joined(draw(monthly_process(planted(dates)), seed)[0], edges)
        found = find_breaks(series, max_breaks=4, options=COUNTS).dates
        hits += len(found) == len(dates) and all(apart(a, b) <= 1 for a, b in zip(found, dates, strict=True))
    assert hits >= 5


def test_a_break_inside_a_long_window_is_refined_and_its_interval_covers_the_window() -> None:
    # Expected counts themselves: 150 a month, 75 from month 53 on; months 48 to 59 are known as one count.
    rates = np.where(np.arange(120) < 53, 150.0, 75.0) + 3.0 * np.sin(np.arange(120.0))
    series = joined(np.round(rates), [*range(49), *range(60, 120)])
    found = find_breaks(series, max_breaks=2, options=BreakOptions(n_breaks=1, n_replicates=199))
    assert [str(date) for date in found.dates] == [str(months(120)[53])]
    row = found.intervals.iloc[0]
    assert row["inside"] == "2012"
    assert row["low"] <= pd.Period("2012-01", "M")
    assert row["high"] >= pd.Period("2012-12", "M")
    assert any("falls inside 2012" in note for note in found.notes)
    means = found.regimes["mean"].to_numpy()
    np.testing.assert_allclose(means, [150, 75], rtol=0.02)


def test_a_break_at_the_edge_of_a_long_window_stays_there() -> None:
    rates = np.where(np.arange(120) < 60, 150.0, 75.0) + 3.0 * np.sin(np.arange(120.0))
    for edges in ([*range(61), *range(72, 120)], [*range(49), *range(60, 120)]):
        sample = read_windows(joined(np.round(rates), edges), 0.15)
        at = edges.index(60)
        (found,) = refine_breaks(sample, np.array([at]))
        assert found.edge == at
        assert found.inside is None
        assert found.first_day == months(120)[60].start_time.date()


def test_intervals_end_at_neighbouring_breaks_and_cover_their_window() -> None:
    # Errors of -20 to 20 months about breaks at months 40 and 50, the second inside a window of months 48 to 59.
    sample = read_windows(joined(np.arange(120.0) + 10, [*range(49), *range(60, 120)]), 0.05)
    days = [months(120)[40].start_time.date(), months(120)[50].start_time.date()]
    dated = (
        DatedBreak(edge=40, first_day=days[0], inside=None),
        DatedBreak(edge=49, first_day=days[1], inside=48),
    )
    wide, none = np.arange(-20.0, 21.0), np.zeros(9)
    rows = interval_table(sample, dated, [wide, none], 0.99)
    assert [str(rows["low"].iloc[0]), str(rows["high"].iloc[0])] == [str(months(120)[20]), str(months(120)[50])]
    assert [str(rows["low"].iloc[1]), str(rows["high"].iloc[1])] == ["2012-01", "2012-12"]
    rows = interval_table(sample, dated, [none, wide], 0.99)
    assert [str(rows["low"].iloc[0]), str(rows["high"].iloc[0])] == [str(months(120)[40])] * 2
    assert [str(rows["low"].iloc[1]), str(rows["high"].iloc[1])] == [str(months(120)[40]), str(months(120)[70])]


@pytest.mark.parametrize(("length", "reach"), [(1, 0), (2, 1), (3, 1), (4, 2), (12, 6)])
def test_an_interval_reaches_half_into_the_windows_beside_its_ends(length: int, reach: int) -> None:
    # Windows of `length` months before and after an edge at month 60; no error between edges.
    sample = read_windows(joined(np.arange(120.0) + 10, [*range(61 - length), *range(60, 121 - length, length)]), 0.05)
    at = DatedBreak(edge=61 - length, first_day=months(120)[60].start_time.date(), inside=None)
    (row,) = interval_table(sample, (at,), [np.zeros(9)], 0.95).to_dict(orient="records")
    assert (row["low"], row["high"]) == (months(120)[60 - reach], months(120)[60 + reach])


def test_a_long_window_far_from_the_break_changes_nothing() -> None:
    counts = draw(monthly_process(planted((70,))), 3)[0]
    long_windows = joined(counts, [0, *range(12, 120)])
    for series in (by_month(counts), long_windows):
        found = find_breaks(series, max_breaks=2, options=COUNTS)
        assert apart(found.dates[0], 70) <= 1
        assert found.intervals["inside"].tolist() == [""]


def test_intervals_and_means_hold_the_planted_truth() -> None:
    options = BreakOptions(family="quasi-poisson", n_replicates=199, n_breaks=1)
    found = find_breaks(by_month(draw(monthly_process(planted((50,))), 11)[0]), max_breaks=2, options=options)
    row = found.to_frame().iloc[0]
    assert row["low"] <= months(120)[50] <= row["high"]
    assert row["change_pct"] == pytest.approx(-45, abs=6)
    np.testing.assert_allclose(found.regimes["mean"], [150, 82.5], rtol=0.05)
    assert (found.regimes["ci_low"] < found.regimes["mean"]).all()


def test_the_bootstrap_keeps_its_size_under_autocorrelation() -> None:
    # 60 series at rho .5: at a true size of 5%, eight or more rejections come once in a hundred runs.
    counts = draw(monthly_process(np.full(96, 200.0), rho=0.5, sigma2=0.02), 20, n_series=60)
    options = BreakOptions(family="quasi-poisson", n_replicates=99)
    p_values = [sup_lr_counts(read_windows(by_month(y), 0.15), options).p_value for y in counts]
    assert np.sum(np.array(p_values) <= 0.05) <= 8
    assert 0.3 < np.mean(p_values) < 0.7


def test_the_search_takes_little_autocorrelation_for_breaks() -> None:
    # 20 series without a break at rho .5: at the 10% that 60 of them gave, more than five come once in a hundred runs.
    counts = draw(monthly_process(np.full(120, 150.0), rho=0.5, sigma2=0.02), 21, n_series=20)
    options = BreakOptions(family="quasi-poisson", n_replicates=99)
    found = [find_breaks(by_month(y), max_breaks=4, options=options) for y in counts]
    assert sum(len(one.dates) > 0 for one in found) <= 5


def test_a_break_is_rejected_and_dated() -> None:
    test = sup_f(by_month(draw(monthly_process(planted((50,))), 2)[0]), options=COUNTS)
    assert test.p_value <= 0.02
    assert apart(test.date, 50) <= 1
    assert set(test.functionals.index) == {"sup", "ave", "exp"}
    assert test.process["statistic"].max() == test.statistic


def test_noise_is_fitted_with_the_break_and_the_stricter_reading_stands_beside_it() -> None:
    # A fall of 15% amid autocorrelation: without the break it reads as persistence, with it as a break.
    rates = np.where(np.arange(120) < 60, 200.0, 170.0)
    series = by_month(draw(monthly_process(rates, rho=0.3, sigma2=0.01), 0)[0])
    test = further_break_test(read_windows(series, 0.15), NO_BREAKS, 199, np.random.default_rng(0))
    assert test.process.rho < test.null_process.rho
    np.testing.assert_allclose(test.process.cell_mean, test.null_process.cell_mean)
    assert test.p_value() <= 0.05 < test.p_value_null()
    found = sup_f(series, options=COUNTS)
    assert any("cannot tell this break from persistence" in note for note in found.notes)
    assert found.functionals.loc["sup", "p_value"] < found.functionals.loc["sup", "p_value_null"]


@pytest.mark.parametrize("empty_first", [False, True])
def test_a_regime_without_any_count_is_found_and_its_mean_is_that_of_half_a_count(empty_first: bool) -> None:
    counts = np.r_[draw(monthly_process(np.full(60, 5.0), phi=1.0), 8)[0], np.zeros(60)]
    series = by_month(counts[::-1] if empty_first else counts)
    options = BreakOptions(family="quasi-poisson", n_replicates=99, n_breaks=1)
    assert sup_f(series, options=options).p_value <= 0.02
    for found in (
        find_breaks(series, max_breaks=1, options=options),
        find_breaks(series, method="bayes", max_breaks=1, options=options),
    ):
        assert apart(found.dates[0], 60) == 0
        # 60 months share half a count; a month of average length differs from theirs by a few thousandths.
        assert found.regimes["mean"].iloc[0 if empty_first else 1] == pytest.approx(0.5 / 60, rel=0.01)
        assert any("holds no count" in note for note in found.notes)
    assert not any("holds no count" in note for note in find_breaks(by_month(counts + 1), options=options).notes)


def test_p_values_count_the_series_among_the_replicates() -> None:
    sample = read_windows(by_month(draw(monthly_process(planted((50,))), 2)[0]), 0.15)
    test = further_break_test(sample, NO_BREAKS, 99, np.random.default_rng(0))
    assert test.p_value() >= 1 / 100
    at_least = np.sum(test.simulated.sup >= test.observed.sup[0])
    assert test.p_value() == (1 + at_least) / 100


def test_the_same_call_gives_the_same_bytes() -> None:
    series = by_month(draw(monthly_process(planted((50,))), 4)[0])
    assert find_breaks(series, options=COUNTS).summary() == find_breaks(series, options=COUNTS).summary()


def test_whoever_runs_the_tests_the_breaks_are_the_same() -> None:
    series = by_month(draw(monthly_process(planted((50,))), 4)[0])
    told: list[str] = []
    here = find_breaks(series, options=COUNTS)
    there = find_breaks(series, options=replace(COUNTS, n_jobs=2, progress=told.append))
    assert there.summary() == here.summary()
    pd.testing.assert_frame_equal(there.statistics, here.statistics, check_exact=True)
    assert told[-1] == "5 of 5 tests on simulated series"


def test_sequential_and_information_criteria_choose_on_request() -> None:
    sample = read_windows(by_month(draw(monthly_process(planted((50,))), 5)[0]), 0.15)
    for criterion in ("bic", "lwz", "sequential"):
        options = BreakOptions(family="quasi-poisson", criterion=criterion, n_replicates=199)
        assert len(find_in_counts(sample, 3, options).dates) == 1


def test_simulated_counts_have_the_moments_of_the_process() -> None:
    # By hand: mean m, variance phi m + sigma2-part m^2 (exp(sigma2) - 1), autocovariance m^2 (exp(rho sigma2) - 1).
    m, phi, sigma2, rho, n = 80.0, 3.0, 0.04, 0.6, 40_000
    drawn = simulate_counts(
        CountProcess(
            cell_mean=np.full(4, m), window=np.arange(4), period=np.arange(4), phi=phi, sigma2=sigma2, rho=rho
        ),
        n,
        np.random.default_rng(9),
    )
    variance = phi * m + m**2 * (np.exp(sigma2) - 1)
    np.testing.assert_allclose(drawn.mean(axis=0), m, atol=MONTE_CARLO * np.sqrt(variance / n))
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.05)
    covariance = np.cov(drawn[:, 1], drawn[:, 2])[0, 1]
    assert covariance == pytest.approx(m**2 * (np.exp(rho * sigma2) - 1), rel=0.1)


def test_a_window_of_two_months_has_the_sum_of_their_means() -> None:
    process = CountProcess(
        cell_mean=np.array([10.0, 30.0, 50.0]),
        window=np.array([0, 0, 1]),
        period=np.arange(3),
        phi=1.0,
        sigma2=0.0,
        rho=0.0,
    )
    drawn = simulate_counts(process, 20_000, np.random.default_rng(1))
    np.testing.assert_allclose(drawn.mean(axis=0), [40, 50], atol=MONTE_CARLO * np.sqrt(50 / 20_000))
    np.testing.assert_allclose(drawn.var(axis=0), [40, 50], rtol=0.05)


def test_long_run_dispersion_is_that_of_simulated_totals() -> None:
    length = 24
    process = monthly_process(np.full(length, 100.0), rho=0.6, phi=2.0, sigma2=0.01)
    totals = simulate_counts(process, 20_000, np.random.default_rng(4)).sum(axis=1)
    # The closed form takes exp(x) - 1 as x: a per cent at these variances.
    assert long_run_dispersion(process, length) == pytest.approx(totals.var() / totals.mean(), rel=0.04)


def test_long_run_dispersion_sums_every_covariance_of_the_path() -> None:
    length, rho = 10, 0.6
    process = monthly_process(np.full(length, 100.0), rho=rho, phi=2.0, sigma2=0.01)
    lags = np.abs(np.subtract.outer(np.arange(length), np.arange(length)))
    by_hand = 2.0 + 100.0 * 0.01 * float((rho**lags).sum()) / length
    assert long_run_dispersion(process, length) == pytest.approx(by_hand, rel=1e-12)


def test_fitting_what_was_simulated_gives_the_process_back() -> None:
    rates = planted((50,))
    fits = []
    windows = [parse_window(period) for period in months(120)]
    cells = cut_cells(windows, frequency="M")
    regime = (np.arange(120) >= 50).astype(np.int64)
    for y in draw(monthly_process(rates, rho=0.5, phi=2.0, sigma2=0.02), 6, n_series=12):
        process, _ = fit_process(y, cells, regime)
        fits.append([process.cell_mean[:50].mean(), process.cell_mean[50:].mean()])
    np.testing.assert_allclose(np.mean(fits, axis=0), [150, 82.5], rtol=0.05)
