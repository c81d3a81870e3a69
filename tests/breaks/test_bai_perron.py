"""Global searches: R's strucchange (reference), enumeration (brute force), planted breaks (simulated truth)."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.breaks.strucchange import CASES, reference, series
from tests.validation import expected, needs_validation
from violence_stats.breaks.bai_perron import GlobalSearch, one_more_break, search_breaks, sup_f_of_m
from violence_stats.breaks.break_process import sup_ave_exp, wald_process
from violence_stats.breaks.linear import fit_regimes
from violence_stats.breaks.partition import allowed_segments

SAME_ARITHMETIC = 1e-9
"""Two programs for the same least-squares problem."""
TRIM = {"nile": 0.15, "real_interest": 0.15, "driver_deaths": 0.1, "trend": 0.15}
MAX_BREAKS = {"nile": 5, "real_interest": 5, "driver_deaths": 3, "trend": 5}


def search(case: str) -> GlobalSearch:
    y, Z = series(case)
    n = len(y)
    allowed = allowed_segments(np.ones(n), int(TRIM[case] * n), Z.shape[1] + 1)
    return search_breaks(y, Z, np.empty((n, 0)), allowed, MAX_BREAKS[case])


@pytest.mark.parametrize("case", CASES)
def test_sums_of_squares_bic_and_dates_are_those_of_strucchange(case: str) -> None:
    found = search(case)
    np.testing.assert_allclose(found.ssr, reference(case, "RSS"), rtol=SAME_ARITHMETIC)
    np.testing.assert_allclose(found.bic, reference(case, "BIC"), rtol=SAME_ARITHMETIC)
    for m in range(1, MAX_BREAKS[case] + 1):
        # strucchange names the last observation of the old regime, counted from 1: the same number.
        assert found.fits[m].breaks.tolist() == reference(case, f"breaks{m}").tolist()


@pytest.mark.parametrize("case", CASES)
def test_wald_process_and_its_functionals_are_those_of_strucchange(case: str) -> None:
    y, Z = series(case)
    n = len(y)
    first = int(0.15 * n)
    process = wald_process(y, Z, np.empty((n, 0)), np.arange(first, n - first + 1))
    np.testing.assert_allclose(process, reference(case, "F_process"), rtol=SAME_ARITHMETIC)
    wanted = [reference(case, name)[0] for name in ("supF", "aveF", "expF")]
    np.testing.assert_allclose(sup_ave_exp(process), wanted, rtol=SAME_ARITHMETIC)


@needs_validation
def test_nile_comes_out_in_every_digit_given() -> None:
    published, found = expected("nile_breaks")["expect"], search("nile")
    y, Z = series("nile")
    sup, ave, exp = sup_ave_exp(wald_process(y, Z, np.empty((100, 0)), np.arange(15, 86)))
    assert [round(sup, 4), round(ave, 4), round(exp, 3)] == [published[name] for name in ("supF", "aveF", "expF")]
    np.testing.assert_allclose(found.ssr, published["RSS"], atol=0.06)  # printed to one decimal
    assert [round(value, 1) for value in found.bic] == published["BIC"]
    assert found.fits[1].breaks.tolist() == [published["bp1_obs"]]
    assert found.fits[2].breaks.tolist() == published["bp2"]
    assert found.fits[3].breaks.tolist() == published["bp3"]
    np.testing.assert_allclose(found.fits[1].coef[:, 0], published["means"], atol=5e-6)  # printed to five decimals


def test_lwz_penalises_each_coefficient_date_and_variance() -> None:
    # By hand: from m to m + 1 breaks the level model gains a level and a date, so two penalties.
    found = search("nile")
    penalty = 0.299 * np.log(100) ** 2.1
    likelihood = 100 * np.log(found.ssr[1] / found.ssr[0])
    assert found.lwz[1] - found.lwz[0] == pytest.approx(likelihood + 2 * penalty, rel=SAME_ARITHMETIC)


@pytest.mark.parametrize("n_breaks", [1, 2, 3])
def test_partial_search_equals_trying_every_set_of_dates(n_breaks: int) -> None:
    rng = np.random.default_rng(7)
    n = 30
    t = np.arange(1.0, n + 1)
    y = 0.5 * t + 6 * (t > 12) - 5 * (t > 21) + rng.normal(0, 1, n)
    Z, X = np.ones((n, 1)), t[:, None]
    found = search_breaks(y, Z, X, allowed_segments(np.ones(n), 5, 2), n_breaks)
    best = min(
        fit_regimes(y, Z, X, np.array(breaks)).ssr
        for breaks in combinations(range(5, n - 4), n_breaks)
        if min(np.diff([0, *breaks, n])) >= 5
    )
    assert found.ssr[n_breaks] == pytest.approx(best, rel=SAME_ARITHMETIC)


def test_moving_dates_in_turn_improves_on_where_the_partial_search_starts() -> None:
    rng = np.random.default_rng(1)
    n = 30
    y = rng.normal(0, 1, n) + np.cumsum(rng.normal(0, 1, n))
    Z, X = np.ones((n, 1)), np.arange(1.0, n + 1)[:, None]
    found = search_breaks(y, Z, X, allowed_segments(np.ones(n), 4, 2), 3)
    best = min(
        fit_regimes(y, Z, X, np.array(breaks)).ssr
        for breaks in combinations(range(4, 27), 3)
        if min(np.diff([0, *breaks, n])) >= 4
    )
    assert found.ssr[3] == pytest.approx(best, rel=SAME_ARITHMETIC)


def test_partial_wald_process_equals_a_refit_at_each_date() -> None:
    rng = np.random.default_rng(8)
    n = 40
    t = np.arange(1.0, n + 1)
    y, Z, X = rng.normal(size=n), np.ones((n, 1)), t[:, None]
    dates = np.arange(6, 35)
    none = fit_regimes(y, Z, X, np.array([], dtype=int)).ssr
    refits = [fit_regimes(y, Z, X, np.array([date])) for date in dates]
    by_hand = [(none - fit.ssr) / (fit.ssr / (n - 3)) for fit in refits]
    np.testing.assert_allclose(wald_process(y, Z, X, dates), by_hand, rtol=SAME_ARITHMETIC)


def test_newey_west_without_lags_is_the_robust_wald_statistic_of_a_step() -> None:
    # By hand: with one level before and after, the robust variance of the change is the sum of both sides'.
    y, Z = series("nile")
    n, date = len(y), 28
    before, after = y[:date], y[date:]
    spread = sum(float(((side - side.mean()) ** 2).sum()) / len(side) ** 2 for side in (before, after)) * n / (n - 2)
    by_hand = (after.mean() - before.mean()) ** 2 / spread
    found = wald_process(y, Z, np.empty((n, 0)), np.array([date]), lags=0)[0]
    assert found == pytest.approx(by_hand, rel=SAME_ARITHMETIC)


def test_sup_f_of_one_break_is_the_supremum_of_the_process() -> None:
    y, Z = series("nile")
    process = wald_process(y, Z, np.empty((100, 0)), np.arange(15, 86))
    assert sup_f_of_m(search("nile"))[0] == pytest.approx(process.max(), rel=SAME_ARITHMETIC)


def test_one_more_break_is_the_best_refit_inside_any_regime() -> None:
    y, Z = series("nile")
    X = np.empty((100, 0))
    first = search("nile").fits[1]
    refits = [
        fit_regimes(y, Z, X, np.sort([28, date]))
        for start, end in ((0, 28), (28, 100))
        for date in range(start + int(0.15 * (end - start)), end - int(0.15 * (end - start)) + 1)
    ]
    best = min(refits, key=lambda fit: fit.ssr)
    by_hand = (first.ssr - best.ssr) / (best.ssr / 97)
    assert one_more_break(y, Z, X, first, 0.15) == pytest.approx(by_hand, rel=SAME_ARITHMETIC)


@pytest.mark.parametrize("dates", [(), (40,), (25, 60, 90)])
def test_planted_breaks_are_found_to_the_month(dates: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(dates))
    n, hits = 120, 0
    level = 100 + 12 * np.sum([(-1) ** k * (np.arange(n) >= date) for k, date in enumerate(dates)], axis=0)
    allowed = allowed_segments(np.ones(n), 18, 2)
    for _ in range(20):
        found = search_breaks(level + rng.normal(0, 4, n), np.ones((n, 1)), np.empty((n, 0)), allowed, 4)
        breaks = found.fits[int(np.argmin(found.bic))].breaks
        hits += len(breaks) == len(dates) and bool(np.all(np.abs(breaks - np.array(dates, dtype=int)) <= 1))
    assert hits >= 17
