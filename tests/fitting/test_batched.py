"""Batched count regressions.

Kinds of test: brute force (one fit at a time), reference (statsmodels' Poisson GLM with HAC errors), boundaries.
"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from violence_stats.errors import SpecificationError
from violence_stats.fitting.batch import make_batch
from violence_stats.fitting.batch_rows import sort_columns
from violence_stats.fitting.batch_scoring import score
from violence_stats.fitting.batched import CHUNK, fit_batched
from violence_stats.fitting.counts import fit_counts
from violence_stats.fitting.hac import count_scores, newey_west

SETTLED = 1e-6
"""Both are Fisher scoring, stopped at a decrement of 1e-10: coefficients agree to about 1e-5 standard errors."""


def _example(n_fits, *, n=72, seed=1):
    rng = np.random.default_rng(seed)
    month = np.arange(n)
    X = np.column_stack([np.ones(n), month / 12, month >= 40, np.cos(month * np.pi / 6)])
    y = rng.poisson(np.exp(X @ [3.0, 0.05, -0.4, 0.1]), (n_fits, n)).astype(float)
    return y, X, np.log(rng.uniform(28, 31, n)), month


def _windows(n):
    """Windows of one, two and three months in turn."""
    lengths = np.resize([1, 2, 1, 3], n)
    return np.repeat(np.arange(n), lengths)[:n]


@pytest.mark.parametrize("errors", ["iid", "newey-west"])
@pytest.mark.parametrize("cut", ["months", "windows"])
@pytest.mark.parametrize("designs", ["shared", "many"])
def test_each_fit_is_the_single_fit(errors, cut, designs):
    y, X, log_exposure, month = _example(5)
    window = month if cut == "months" else _windows(72)
    n_windows = window[-1] + 1
    y = np.array([np.bincount(window, row) for row in y])
    many = np.array([np.column_stack([X[:, :2], month >= 30 + 4 * k, X[:, 3]]) for k in range(5)])
    fits = fit_batched(y, X if designs == "shared" else many, log_exposure, window, errors=errors, lags=None)
    assert fits.converged.all()
    for k in range(5):
        single = fit_counts(y[k], X if designs == "shared" else many[k], log_exposure, window)
        Z, mu = single.expected.Z, single.expected.mu
        information = Z.T @ (Z / mu[:, None])
        cov = single.cov if errors == "iid" else newey_west(count_scores(Z, y[k], mu), information).cov
        assert fits.beta[k] == pytest.approx(single.beta, abs=SETTLED)
        assert fits.cov[k] == pytest.approx(cov, rel=SETTLED * 100, abs=SETTLED * np.abs(cov).max())
        assert fits.dispersion[k] == pytest.approx(single.dispersion, rel=SETTLED)
    assert fits.degrees_of_freedom == (np.inf if errors == "iid" else n_windows - 4)
    assert fits.std_error == pytest.approx(np.sqrt([np.diag(cov) for cov in fits.cov]))


def test_against_statsmodels():
    y, X, log_exposure, month = _example(3)
    fits = fit_batched(y, X, log_exposure, month, errors="newey-west", lags=4)
    for k in range(3):
        glm = sm.GLM(y[k], X, family=sm.families.Poisson(), offset=log_exposure)
        theirs = glm.fit(cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": True})
        assert fits.beta[k] == pytest.approx(theirs.params, abs=SETTLED)
        assert fits.std_error[k] == pytest.approx(theirs.bse, rel=1e-5)


def test_one_series_many_dates_and_more_fits_than_a_chunk():
    y, X, log_exposure, month = _example(1)
    dates = 10 + np.arange(CHUNK + 7) % 50
    many = np.array([np.column_stack([X[:, :2], month >= date]) for date in dates])
    fits = fit_batched(y[0], many, log_exposure, month)
    assert fits.beta.shape == (CHUNK + 7, 3)
    assert fits.beta[50] == pytest.approx(fits.beta[0], abs=SETTLED)
    assert fits.beta[-1] == pytest.approx(fit_counts(y[0], many[-1], log_exposure, month).beta, abs=SETTLED)


def test_coefficients_come_back_in_the_order_of_the_columns():
    y, X, log_exposure, month = _example(1)
    many = np.array([np.column_stack([month >= date, X[:, 0], X[:, 3], X[:, 1]]) for date in (20, 30, 40)])
    fits = fit_batched(y[0], many, log_exposure, month)
    for k in range(3):
        single = fit_counts(y[0], many[k], log_exposure, month)
        assert fits.beta[k] == pytest.approx(single.beta, abs=SETTLED)
        assert fits.cov[k] == pytest.approx(single.cov, rel=1e-4)


def test_slow_fits_are_finished_beside_fast_ones():
    y, X, log_exposure, month = _example(3)
    y[1] = 0.0
    y[1, [5, 45]] = 3000.0  # two months hold everything: far from where the search starts
    fits = fit_batched(y, X, log_exposure, month)
    assert fits.converged.all()
    for k in range(3):
        assert fits.beta[k] == pytest.approx(fit_counts(y[k], X, log_exposure, month).beta, abs=1e-4)


def test_what_cannot_be_estimated_is_marked_and_spoils_nothing_else():
    y, X, log_exposure, month = _example(4)
    y[1] = 0
    y[2, 40:] = 0  # every count after the step is zero
    fits = fit_batched(y, X, log_exposure, month)
    assert fits.converged.tolist() == [True, False, False, True]
    assert np.isnan(fits.beta[1:3]).all()
    assert np.isnan(fits.cov[1:3]).all()
    assert fits.beta[3] == pytest.approx(fit_counts(y[3], X, log_exposure, month).beta, abs=SETTLED)
    twice = np.array([X, np.column_stack([X[:, :3], X[:, 2]])])
    assert fit_batched(y[0], twice, log_exposure, month).converged.tolist() == [True, False]


def test_a_date_that_only_one_window_can_tell_from_another_spoils_nothing():
    # a step in the middle of a month beside one at the end of it: nothing but that month's count keeps them apart
    y, X, log_exposure, month = _example(1)
    window = np.insert(month, 40, 40)
    cells = np.insert(X, 40, X[40], axis=0)
    cells[40, 2] = 0.0
    exposure = np.insert(log_exposure, 40, log_exposure[40]) - np.where(window == 40, np.log(2), 0.0)
    y[0, 40] = 0.0
    designs = np.array([np.column_stack([cells, window >= date]) for date in (20, 30, 40, 41)])
    fits = fit_batched(y[0], designs, exposure, window)
    assert fits.converged[:2].all()
    assert np.isfinite(fits.cov[fits.converged]).all()
    for k in np.flatnonzero(fits.converged):
        assert fits.beta[k] == pytest.approx(fit_counts(y[0], designs[k], exposure, window).beta, abs=1e-4)


def test_a_wide_range_of_counts_converges():
    month = np.arange(120)
    X = np.column_stack([np.ones(120), month >= 60])
    y = np.random.default_rng(1).poisson(np.where(month < 60, 5000.0, 0.3), (50, 120)).astype(float)
    assert fit_batched(y, X, np.zeros(120), month).converged.all()


def test_shapes_that_do_not_match_are_refused():
    y, X, log_exposure, month = _example(3)
    with pytest.raises(SpecificationError, match="as many series as designs"):
        fit_batched(y, np.array([X, X]), log_exposure, month)
    with pytest.raises(SpecificationError, match="72 counts in each"):
        fit_batched(y[:, :-1], X, log_exposure, month)
    with pytest.raises(SpecificationError, match="more than 4 windows"):
        fit_batched(y[:, :4], X[:4], log_exposure[:4], month[:4])
    with pytest.raises(SpecificationError, match="0 to 71"):
        fit_batched(y, X, log_exposure, month, errors="newey-west", lags=72)


def test_a_far_start_does_not_overshoot():
    y, X, log_exposure, month = _example(2)
    batch = make_batch(1000 * y, sort_columns(X), log_exposure, month)
    # from a rate of 1 a full first step would go to a rate of exp(20,000)
    beta, converged, under_way = score(batch, np.zeros((2, 4)), 50)
    assert converged.all()
    assert not under_way.any()
    assert beta == pytest.approx(fit_batched(1000 * y, X, log_exposure, month).beta, abs=SETTLED)
