"""Intervals of break dates: R's strucchange (reference), by hand, the limit simulated (simulated truth)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.breaks.strucchange import CASES, reference, series
from violence_stats.breaks.date_bootstrap import (
    bootstrap_date_errors,
    interval_from_errors,
    simulate_regimes,
)
from violence_stats.breaks.date_distribution import error_exceeds, error_quantiles
from violence_stats.breaks.date_intervals import ErrorVariance, IntervalChoices, RegressorMoments, date_intervals
from violence_stats.breaks.linear import fit_regimes

CHOICES: dict[str, tuple[RegressorMoments, ErrorVariance]] = {
    "het_het": ("regime", "regime"),
    "hom_het": ("pooled", "regime"),
    "het_hom": ("regime", "pooled"),
    "hom_hom": ("pooled", "pooled"),
}
MAX_BREAKS = {"nile": 5, "real_interest": 5, "driver_deaths": 3, "trend": 5}
MONTE_CARLO = 0.02
"""Two standard errors of 4,000 draws, and the discreteness of their paths."""


def fit(case: str, n_breaks: int):
    y, Z = series(case)
    breaks = reference(case, f"breaks{n_breaks}").astype(int)
    return fit_regimes(y, Z, np.empty((len(y), 0)), breaks), Z


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("lags", [None, 4])
def test_intervals_are_those_of_strucchange_under_each_variance_option(case: str, name: str, lags: int | None) -> None:
    if lags is not None and name == "hom_het" and case in ("driver_deaths", "trend"):
        pytest.skip("strucchange sandwiches a regime's covariance between pooled moments here; this package does not")
    regressors, errors = CHOICES[name]
    choices = IntervalChoices(regressors=regressors, errors=errors, lags=lags)
    quantity = name if lags is None else f"{name}_newey_west"
    for m in range(1, MAX_BREAKS[case] + 1):
        found, Z = fit(case, m)
        published = reference(case, f"confint{m}_{quantity}").reshape(2, m).T
        np.testing.assert_array_equal(date_intervals(found, Z, choices), published)


def test_for_a_level_the_three_moments_agree() -> None:
    found, Z = fit("nile", 1)
    ends = [date_intervals(found, Z, IntervalChoices(regressors=name)) for name in ("regime", "pooled", "at-break")]
    assert len({tuple(one.ravel()) for one in ends}) == 1


def test_a_break_without_a_change_is_not_dated() -> None:
    y = np.tile([1.0, 3.0], 20)
    found = fit_regimes(y, np.ones((40, 1)), np.empty((40, 0)), np.array([20]))
    assert np.isinf(date_intervals(found, np.ones((40, 1)), IntervalChoices())).all()


def test_the_side_of_the_error_by_hand() -> None:
    # Both one-sided maxima are exponential with rates a / w: the later side wins with probability r1 / (r1 + r2).
    drift, variance = (1.0, 0.6), (2.0, 1.0)
    before, after = 1.0 / 2.0, 0.6 / 1.0
    assert error_exceeds(0.0, drift, variance) == pytest.approx(before / (before + after), rel=1e-12)


def test_the_law_of_the_error_is_that_of_simulated_paths() -> None:
    rng = np.random.default_rng(97)
    drift, variance, step = (1.0, 0.6), (2.0, 1.0), 0.02
    n_paths, n_steps = 4000, 4000
    place, height = [], []
    for a, w in zip(drift, variance, strict=True):
        noise = rng.standard_normal((n_paths, n_steps)).astype(np.float32) * np.sqrt(w * step, dtype=np.float32)
        path = np.cumsum(noise - np.float32(a / 2 * step), axis=1)
        place.append((path.argmax(axis=1) + 1) * step)
        height.append(path.max(axis=1))
    error = np.where(height[1] > height[0], place[1], -place[0])
    for x in (-8.0, -2.0, 1.0, 5.0):
        assert error_exceeds(x, drift, variance) == pytest.approx(np.mean(error > x), abs=MONTE_CARLO)


def test_quantiles_turn_the_law_around() -> None:
    low, high = error_quantiles(0.9, (1.0, 0.6), (2.0, 1.0))
    assert error_exceeds(low, (1.0, 0.6), (2.0, 1.0)) == pytest.approx(0.95, abs=1e-6)
    assert error_exceeds(high, (1.0, 0.6), (2.0, 1.0)) == pytest.approx(0.05, abs=1e-6)


def test_bootstrap_errors_of_a_clear_break_are_nil_and_of_a_faint_one_wide() -> None:
    rng = np.random.default_rng(5)
    Z, X = np.ones((60, 1)), np.empty((60, 0))
    widths = []
    for change in (40.0, 2.0):
        y = 100 + change * (np.arange(60) >= 30) + rng.normal(0, 4, 60)
        found = fit_regimes(y, Z, X, np.array([30]))
        errors = bootstrap_date_errors(found, Z, X, simulate_regimes(found, y, 499, rng, serial=False))
        low, high = interval_from_errors(30.0, errors[0], 0.95)
        widths.append(high - low)
    assert widths[0] <= 1
    assert widths[1] >= 8


def test_simulated_series_have_the_fitted_levels_and_spread_of_each_regime() -> None:
    rng = np.random.default_rng(6)
    y = np.r_[rng.normal(10, 1, 40), rng.normal(50, 5, 60)]
    found = fit_regimes(y, np.ones((100, 1)), np.empty((100, 0)), np.array([40]))
    drawn = simulate_regimes(found, y, 2000, rng, serial=False)
    np.testing.assert_allclose(drawn.mean(axis=0), np.repeat(found.coef[:, 0], [40, 60]), atol=0.6)
    spread = [drawn[:, :40].std(), drawn[:, 40:].std()]
    np.testing.assert_allclose(spread, [y[:40].std(ddof=1), y[40:].std(ddof=1)], rtol=0.05)


def test_an_interval_holds_its_estimate() -> None:
    assert interval_from_errors(10.0, np.array([2.0, 2.0, 3.0]), 0.95) == (7.0, 10.0)


def test_an_interval_turns_the_quantiles_of_the_error_around() -> None:
    # Errors -300, ..., 699: five per cent lie below -250 and above 649.
    low, high = interval_from_errors(0.0, np.arange(1000) - 300.0, 0.90)
    assert low == pytest.approx(-649, abs=1.5)
    assert high == pytest.approx(250, abs=1.5)
