"""Statistics of a further break by refit, series by series (brute force), and its scale by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import xlogy

from violence_stats.breaks.count_segments import regime_means
from violence_stats.breaks.count_statistics import further_break, long_run_dispersion_about, means_with

ROUNDING = 1e-8
DAYS = np.array([31.0, 59.0, 30.0, 31.0, 92.0, 30.0, 31.0, 31.0, 30.0, 31.0, 61.0, 31.0])
CANDIDATES = np.array([2, 6, 9])


def some_series() -> np.ndarray:
    return np.random.default_rng(3).poisson(DAYS * np.linspace(1.0, 3.0, 12), (3, 12)).astype(float)


def deviance(y: np.ndarray, mu: np.ndarray) -> float:
    return float(2 * np.sum(xlogy(y, y / mu) - (y - mu)))


@pytest.mark.parametrize("breaks", [np.array([], dtype=np.int64), np.array([4])])
def test_each_series_is_judged_by_its_own_best_break(breaks: np.ndarray) -> None:
    found = further_break(some_series(), DAYS, breaks, CANDIDATES)
    for k, y in enumerate(some_series()):
        fits = [regime_means(y, DAYS, np.sort([*breaks, at])) for at in CANDIDATES]
        gains = np.array([deviance(y, regime_means(y, DAYS, breaks)) - deviance(y, mu) for mu in fits])
        residual = y - fits[int(gains.argmax())]
        # 12 windows: 1.3 * 12^(1/3) = 2.98, so lags 1 and 2 with weights 2/3 and 1/3.
        lagged = [residual[j:] @ residual[:-j] for j in (1, 2)]
        scale = (residual @ residual + 2 * (2 / 3 * lagged[0] + 1 / 3 * lagged[1])) / y.sum()
        np.testing.assert_allclose(found.process[k], gains / scale, rtol=ROUNDING)
        assert found.sup[k] == pytest.approx(max(gains / scale))
        assert found.ave[k] == pytest.approx(np.mean(gains / scale))
        assert found.exp[k] == pytest.approx(np.log(np.mean(np.exp(gains / scale / 2))))


def test_a_break_of_ones_own_leaves_the_other_regimes_alone() -> None:
    y, breaks = some_series(), np.array([4, 8])
    means = means_with(y, DAYS, breaks, np.array([2, 6, 9]))
    for k, at in enumerate((2, 6, 9)):
        np.testing.assert_allclose(means[k], regime_means(y[k], DAYS, np.sort([4, 8, at])), rtol=ROUNDING)


def test_long_run_dispersion_weighs_neighbours() -> None:
    # Residuals 1, 1, 1, -3 about 4; 1.3 * 4^(1/3) = 2.06, so two lags: (12 + 2 * (2/3 * -1 + 1/3 * -2)) / 16.
    mu = np.full((1, 4), 4.0)
    by_hand = (12 + 2 * (2 / 3 * -1 + 1 / 3 * -2)) / 16
    assert long_run_dispersion_about(np.array([[5.0, 5.0, 5.0, 1.0]]), mu)[0] == pytest.approx(by_hand)


def test_counts_that_fit_exactly_have_a_finite_statistic() -> None:
    exact = np.repeat([30.0, 60.0], 6)[None, :]
    found = further_break(exact, np.full(12, 30.0), np.array([], dtype=np.int64), np.array([4, 6, 8]))
    assert np.isfinite(found.process).all()
    assert found.process.argmax() == 1
