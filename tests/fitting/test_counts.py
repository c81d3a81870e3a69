"""Count regression over windows.

Kinds of test: by hand, brute force (the composite link with a dense 0/1 matrix), reference (statsmodels' Poisson GLM
on whole months), simulated truth (months summed into random windows), boundaries (Poisson limit, separation, no
convergence).
"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize
from scipy.stats import nbinom, poisson

from violence_stats.errors import FitError
from violence_stats.fitting import counts
from violence_stats.fitting.composite import expected_counts, sum_by_window
from violence_stats.fitting.counts import fit_counts, log_likelihood
from violence_stats.fitting.gaussian import weighted_rows
from violence_stats.fitting.overdispersion import estimate_alpha
from violence_stats.fitting.separation import separated_columns

SAME_FIT = 1e-8
"""Two programs that solve the same likelihood equations to convergence."""
ROUNDING = 1e-10
"""Two orders of the same sums in double precision."""
OPTIMISER = 1e-4
"""A general-purpose optimiser beside the scoring, on coefficients of order one."""


def _months(n=120, seed=5, level=3.0):
    rng = np.random.default_rng(seed)
    time = np.arange(1, n + 1)
    X = np.column_stack([np.ones(n), time / n, time > n // 2, np.sin(time / 6 * np.pi), np.cos(time / 6 * np.pi)])
    log_days = np.log(rng.choice([28, 30, 31], n).astype(float))
    y = rng.poisson(np.exp(X @ [level - np.log(30), 0.4, -0.5, 0.1, 0.05] + log_days)).astype(float)
    return y, X, log_days


def _random_windows(n, rng):
    """Put n months into windows of one to six months."""
    lengths = []
    while sum(lengths) < n:
        lengths.append(int(rng.integers(1, 7)))
    return np.repeat(np.arange(len(lengths)), lengths)[:n]


def test_one_rate_by_hand():
    # 12 deaths in 60 days: 0.2 a day; information = 12, so the variance of the log rate is 1/12
    fit = fit_counts(np.array([4.0, 8.0]), np.ones((2, 1)), np.log([31.0, 29.0]), np.arange(2), family="poisson")
    assert np.exp(fit.beta[0]) == pytest.approx(0.2, rel=ROUNDING)
    assert fit.cov[0, 0] == pytest.approx(1 / 12, rel=ROUNDING)
    assert fit.expected.mu == pytest.approx([6.2, 5.8], rel=ROUNDING)
    # Pearson: (4 - 6.2)^2 / 6.2 + (8 - 5.8)^2 / 5.8 over 2 - 1
    assert fit.pearson_dispersion == pytest.approx(2.2**2 / 6.2 + 2.2**2 / 5.8, rel=ROUNDING)


@pytest.mark.parametrize("family", ["poisson", "quasi-poisson"])
def test_whole_months_are_the_ordinary_glm(family):
    y, X, log_days = _months()
    ours = fit_counts(y, X, log_days, np.arange(len(y)), family=family)
    theirs = sm.GLM(y, X, family=sm.families.Poisson(), offset=log_days).fit(
        tol=1e-14, scale="X2" if family == "quasi-poisson" else None
    )
    assert ours.beta == pytest.approx(theirs.params, rel=SAME_FIT)
    assert np.sqrt(np.diag(ours.cov)) == pytest.approx(theirs.bse, rel=SAME_FIT)
    assert ours.deviance == pytest.approx(theirs.deviance, rel=SAME_FIT)
    assert ours.expected.mu == pytest.approx(theirs.mu, rel=SAME_FIT)
    assert ours.log_likelihood == pytest.approx(poisson.logpmf(y, theirs.mu).sum(), rel=SAME_FIT)


def test_the_composite_link_is_a_sum_over_cells():
    _, X, log_days = _months(24)
    window = _random_windows(24, np.random.default_rng(1))
    beta = np.array([0.2, 0.1, -0.3, 0.05, 0.02])
    A = (window[None, :] == np.arange(window[-1] + 1)[:, None]).astype(float)
    cell = np.exp(X @ beta + log_days)
    ours = expected_counts(beta, X, log_days, window)
    assert ours.mu == pytest.approx(A @ cell, rel=ROUNDING)
    assert pytest.approx(A @ np.diag(cell) @ X, rel=ROUNDING) == ours.Z
    for k in range(len(beta)):
        step = np.eye(len(beta))[k] * 1e-6
        rise = (
            expected_counts(beta + step, X, log_days, window).mu - expected_counts(beta - step, X, log_days, window).mu
        )
        assert ours.Z[:, k] == pytest.approx(rise / 2e-6, rel=1e-5, abs=1e-6)  # central differences


def test_long_windows_reach_the_maximum_of_the_likelihood():
    y, X, log_days = _months()
    window = _random_windows(len(y), np.random.default_rng(2))
    totals = sum_by_window(y, np.flatnonzero(np.diff(window, prepend=-1)))
    ours = fit_counts(totals, X, log_days, window, family="poisson")
    other = minimize(
        lambda beta: -log_likelihood(totals, expected_counts(beta, X, log_days, window).mu), ours.beta * 0.9, tol=1e-10
    )
    assert ours.beta == pytest.approx(other.x, abs=OPTIMISER)
    assert ours.log_likelihood >= -other.fun - ROUNDING * abs(other.fun)


def test_months_summed_into_random_windows_agree_with_the_months():
    """Over 60 worlds the long-window estimates scatter around the monthly ones and around the truth."""
    truth, level = np.array([0.4, -0.5]), 5.0
    rng = np.random.default_rng(11)
    gaps, scores = [], []
    for seed in range(60):
        y, X, log_days = _months(96, seed=seed, level=level)
        window = _random_windows(len(y), rng)
        totals = sum_by_window(y, np.flatnonzero(np.diff(window, prepend=-1)))
        monthly = fit_counts(y, X, log_days, np.arange(len(y)), family="poisson")
        summed = fit_counts(totals, X, log_days, window, family="poisson")
        std_error = np.sqrt(np.diag(summed.cov))[1:3]
        gaps.append((summed.beta[1:3] - monthly.beta[1:3]) / std_error)
        scores.append((summed.beta[1:3] - truth) / std_error)
    # the mean of 60 standard scores lies within 3 / sqrt(60) = 0.39; their standard deviation within 1 +- 3 / sqrt(120)
    assert np.abs(np.mean(scores, axis=0)).max() < 0.39
    assert np.abs(np.std(scores, axis=0) - 1).max() < 0.28
    assert np.abs(np.mean(gaps, axis=0)).max() < 0.39
    assert np.abs(gaps).max() < 3


def test_negative_binomial_maximises_its_likelihood():
    rng = np.random.default_rng(3)
    _, X, log_days = _months(80)
    mu = np.exp(X @ [0.5, 0.4, -0.5, 0.1, 0.05] + log_days)
    y = rng.poisson(rng.gamma(4.0, mu / 4.0)).astype(float)
    fit = fit_counts(y, X, log_days, np.arange(80), family="negative-binomial")

    def minus_log_likelihood(point):
        means, theta = np.exp(X @ point[:-1] + log_days), np.exp(point[-1])
        return -nbinom.logpmf(y, theta, theta / (theta + means)).sum()

    other = minimize(minus_log_likelihood, np.append(fit.beta * 0.95, 1.0), method="BFGS", tol=1e-8)
    assert fit.beta == pytest.approx(other.x[:-1], abs=OPTIMISER)
    assert 1 / fit.alpha == pytest.approx(np.exp(other.x[-1]), rel=10 * OPTIMISER)
    assert fit.log_likelihood == pytest.approx(-other.fun, rel=1e-7)
    assert fit.dispersion == 1


def test_counts_no_more_dispersed_than_poisson_are_at_the_limit():
    _, X, log_days = _months(60)
    y = np.round(np.exp(X @ [1.0, 0.4, -0.5, 0.1, 0.05] + log_days))
    fit = fit_counts(y, X, log_days, np.arange(60), family="negative-binomial")
    plain = fit_counts(y, X, log_days, np.arange(60), family="poisson")
    assert fit.at_poisson_limit
    assert fit.alpha == 0
    assert fit.beta == pytest.approx(plain.beta, rel=ROUNDING)


def test_alpha_has_an_upper_end():
    assert estimate_alpha(np.array([0.0, 0.0, 0.0, 1e7]), np.full(4, 1e-8)) == pytest.approx(1e6)


def test_a_step_over_zeros_is_separated_and_a_thin_one_is_not():
    X = np.column_stack([np.ones(6), np.arange(6) >= 4])
    window = np.arange(6)
    assert separated_columns(np.array([3.0, 0, 2, 5, 0, 0]), X, window).tolist() == [1]
    assert separated_columns(np.array([3.0, 0, 2, 5, 0, 1]), X, window).tolist() == []
    assert separated_columns(np.array([0.0, 0, 0, 0, 2, 1]), X, window).tolist() == [0, 1]
    assert separated_columns(np.array([3.0, 1, 2, 5, 4, 1]), X, window).tolist() == []


def test_separation_is_seen_through_a_combination_of_terms():
    # level and slope after the break: zeros from its second month on send the slope, not the level, to minus infinity
    after = np.arange(8) >= 4
    X = np.column_stack([np.ones(8), after, after * (np.arange(8) - 4)])
    assert separated_columns(np.array([3.0, 4, 2, 5, 1, 0, 0, 0]), X, np.arange(8)).tolist() == [2]


def test_all_zero_counts_have_no_fit():
    with pytest.raises(FitError, match="all counts are 0"):
        fit_counts(np.zeros(3), np.ones((3, 1)), np.zeros(3), np.arange(3))


def test_no_convergence_is_an_error(monkeypatch):
    y, X, log_days = _months()
    monkeypatch.setattr(counts, "MAX_ITERATIONS", 2)
    with pytest.raises(FitError, match="did not settle in 2 rounds"):
        fit_counts(y, X, log_days, np.arange(len(y)))


def test_a_negative_binomial_that_does_not_settle_is_an_error(monkeypatch):
    y, X, log_days = _months(level=6.0)
    monkeypatch.setattr(counts, "MAX_ALPHA_ROUNDS", 1)
    with pytest.raises(FitError, match="over-dispersion of the negative binomial did not settle"):
        fit_counts(
            y * np.random.default_rng(1).choice([1, 3], len(y)),
            X,
            log_days,
            np.arange(len(y)),
            family="negative-binomial",
        )


def test_far_starting_values_are_reached_by_halving_steps():
    # a rate that falls a millionfold: full Newton steps from one common rate overshoot
    X = np.column_stack([np.ones(40), np.arange(40.0)])
    y = np.round(np.exp(16 - 0.4 * np.arange(40)))
    fit = fit_counts(y, X, np.zeros(40), np.arange(40), family="poisson")
    assert fit.beta == pytest.approx([16, -0.4], abs=1e-3)


def test_gaussian_windows_weigh_by_their_length():
    # window of 1 period with value 4, window of 3 periods with total 18: means 4 and 6, weights 1 and 3: mean 5.5
    rows = weighted_rows(
        np.array([4.0, 18.0]), np.ones((4, 1)), np.ones(4), np.array([1.0, 3.0]), np.array([0, 1, 1, 1])
    )
    mean = float(rows.X[:, 0] @ rows.y / (rows.X[:, 0] @ rows.X[:, 0]))
    assert mean == pytest.approx(5.5, rel=ROUNDING)
    assert rows.X[:, 0] * mean * rows.scale == pytest.approx([5.5, 16.5], rel=ROUNDING)


@pytest.mark.parametrize("level", [0.3, 20.0, 5000.0])
@pytest.mark.parametrize("family", ["poisson", "quasi-poisson", "negative-binomial"])
def test_counts_that_are_all_zero_under_a_term_name_it(level, family):
    # at 5000 a plain solve meets a singular matrix on its way, at 20 it stops at a log rate of -50
    y, X = np.full(40, level), np.column_stack([np.ones(40), np.arange(40) >= 30, np.arange(40)])
    y[30:] = 0
    with pytest.raises(FitError, match=r"tell step apart is 0.*separation"):
        fit_counts(y, X, np.zeros(40), np.arange(40), family=family, names=("intercept", "step", "trend"))
    with pytest.raises(FitError, match="tell column 1 apart is 0"):
        fit_counts(y, X, np.zeros(40), np.arange(40), family=family)


def test_a_term_that_vanishes_beside_other_cells_of_its_window_is_named():
    # the step starts in the second half of a window of two cells; every count after that window is 0
    window = np.array([0, 1, 2, 3, 3, 4, 5])
    X = np.column_stack([np.ones(7), np.arange(7) >= 4])
    y = np.array([20.0, 22.0, 18.0, 5.0, 0.0, 0.0])
    with pytest.raises(FitError, match="do not bound step: the rate under it runs to 0"):
        fit_counts(y, X, np.zeros(7), window, names=("intercept", "step"))


def test_columns_that_cannot_be_told_apart_are_refused():
    y, X = np.array([3.0, 4.0, 5.0]), np.column_stack([np.ones(3), np.zeros(3)])
    with pytest.raises(FitError, match="collinear"):
        fit_counts(y, X, np.zeros(3), np.arange(3))
    with pytest.raises(FitError, match="4 columns need 4 or more windows, got 3"):
        fit_counts(y, np.ones((3, 4)), np.zeros(3), np.arange(3))
