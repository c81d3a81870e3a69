"""Counts with a latent AR(1) path.

Kinds of test: brute force (dense covariance matrices; finite differences), by hand (limits in which the model is the
ordinary one), simulated truth (recovery, size), boundaries.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import cholesky_banded, toeplitz
from scipy.stats import nbinom, poisson

from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.ar1 import fit_ar1
from violence_stats.fitting.ar1_information import covariance_slopes, theta_covariance
from violence_stats.fitting.ar1_layout import lay_out
from violence_stats.fitting.ar1_likelihood import log_likelihood
from violence_stats.fitting.ar1_process import (
    correlate,
    inverse_bands,
    multiply,
    precision_bands,
    precision_slope_bands,
)
from violence_stats.fitting.ar1_working import CountProblem, Path, Theta, differentiate, linearise, solve
from violence_stats.fitting.counts import fit_counts
from violence_stats.fitting.simulate import simulate_counts

DENSE_AGREES = 1e-8
"""Banded against dense algebra, relative: both in double precision, matrices of condition 1e4."""
DIFFERENCES_AGREE = 1e-5
"""Central differences with a relative step of 1e-5 carry an error of about 1e-6."""
AT_REST = 2e-4
"""Twice the move at which the search stops."""
THETAS = [Theta(3.0, 0.03, 0.6), Theta(1.0, 0.2, 0.95), Theta(4.0, 0.02, 0.0), Theta(2.0, 0.0, 0.4)]
FORMS = ["proportional", "nugget"]


def _uneven_example(form, seed=0):
    """Windows of several lengths, one cut inside a month, a month missing, an intervention inside a month."""
    rng = np.random.default_rng(seed)
    # cells: (window, period), in order of time
    windows, cell, period = 0, [], []
    for t in range(30):
        if t == 17:
            continue  # no window covers this month
        starts_window = t not in (4, 5, 9, 21, 22)
        windows += starts_window
        cell += [windows - 1] * (2 if t == 12 else 1)
        period += [t] * (2 if t == 12 else 1)
        if t == 25:
            windows += 1
            cell.append(windows - 1)
            period.append(t)
    window, period = np.array(cell), np.array(period)
    after = np.cumsum(np.r_[0, np.diff(period) == 0]) >= 1
    X = np.column_stack([np.ones(len(period)), period / 12, after])
    log_exposure = np.log(rng.uniform(10, 31, len(period)))
    y = rng.poisson(np.bincount(window, np.exp(X @ [1.5, 0.1, -0.4] + log_exposure))).astype(float)
    problem = CountProblem(y=y, X=X, log_exposure=log_exposure, layout=lay_out(window, period), form=form)
    working = linearise(
        problem, np.array([1.4, 0.1, -0.3]), Path(0.2 * rng.standard_normal(30), np.full(30, 0.02)), 0.04
    )
    return problem, working, window, period


def _dense(working, theta):
    """V and its three derivatives, by the definition."""
    layout = working.layout
    G = np.zeros((layout.n_windows, layout.n_periods))
    G[layout.pair_window, layout.pair_period] = working.pair
    lags = np.arange(layout.n_periods)
    R = toeplitz(theta.rho**lags)
    R_slope = toeplitz(np.where(lags > 0, lags * theta.rho ** np.maximum(lags - 1.0, 0.0), 0.0))
    V = np.diag(working.variance(theta.dispersion)) + theta.sigma2 * G @ R @ G.T
    return G, R, V, [np.diag(working.variance_slope), G @ R @ G.T, theta.sigma2 * G @ R_slope @ G.T]


def _dense_deviance(working, theta):
    V = _dense(working, theta)[2]
    Z, r = working.columns[:, :-1], working.columns[:, -1]
    inverse = np.linalg.inv(V)
    information = Z.T @ inverse @ Z
    rest = r - Z @ np.linalg.solve(information, Z.T @ inverse @ r)
    return np.linalg.slogdet(V)[1] + np.linalg.slogdet(information)[1] + rest @ inverse @ rest


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.95])
def test_the_precision_is_the_inverse_of_the_correlation(rho):
    R = toeplitz(rho ** np.arange(6))
    bands = precision_bands(rho, 6)
    assert multiply(bands, R) == pytest.approx(np.eye(6), abs=1e-12)
    assert correlate(rho, np.eye(6)) == pytest.approx(R, abs=1e-12)
    step = 1e-6
    slope = (precision_bands(rho + step, 6) - precision_bands(rho - step, 6)) / (2 * step)
    assert precision_slope_bands(rho, 6) == pytest.approx(slope, rel=1e-6, abs=1e-6)


def test_the_layout_against_loops():
    _, working, window, period = _uneven_example("proportional")
    layout = working.layout
    cell = np.arange(1.0, len(window) + 1)
    G = np.zeros((layout.n_windows, layout.n_periods))
    for c in range(len(window)):
        G[window[c], period[c]] += cell[c]
    pair = layout.pair_sums(cell)
    weight = np.linspace(1, 2, layout.n_windows)
    values = np.random.default_rng(0).standard_normal((layout.n_periods, 2))
    assert layout.spread(pair, values) == pytest.approx(G @ values)
    across = np.random.default_rng(0).standard_normal((layout.n_windows, 2))
    assert layout.gather(pair, across) == pytest.approx(G.T @ across)
    dense = G.T @ (weight[:, None] * G)
    bands = layout.cross_bands(pair, weight)
    assert layout.bandwidth == 2
    for below in range(3):
        assert bands[below, : layout.n_periods - below] == pytest.approx(np.diag(dense, -below))
    assert np.allclose(np.triu(dense, 3), 0)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("theta", THETAS)
def test_banded_algebra_is_dense_algebra(form, theta):
    _, working, _, _ = _uneven_example(form)
    G, R, V, _ = _dense(working, theta)
    Z, r = working.columns[:, :-1], working.columns[:, -1]
    solution = solve(working, theta)
    inverse = np.linalg.inv(V)
    cov = np.linalg.inv(Z.T @ inverse @ Z)
    beta = cov @ Z.T @ inverse @ r
    assert solution.deviance == pytest.approx(_dense_deviance(working, theta), rel=DENSE_AGREES)
    assert solution.beta == pytest.approx(beta, rel=DENSE_AGREES)
    assert solution.cov == pytest.approx(cov, rel=DENSE_AGREES)
    assert solution.latent == pytest.approx(theta.sigma2 * R @ G.T @ inverse @ (r - Z @ beta), abs=DENSE_AGREES)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("theta", THETAS)
def test_the_gradient_against_finite_differences(form, theta):
    _, working, _, _ = _uneven_example(form)
    slope = differentiate(working, solve(working, theta))
    for place, value in enumerate(theta):
        step = 1e-5 * max(value, 0.01)
        up, down = (theta._replace(**{theta._fields[place]: value + sign * step}) for sign in (1, -1))
        numeric = (_dense_deviance(working, up) - _dense_deviance(working, down)) / (2 * step)
        assert slope.gradient[place] == pytest.approx(numeric, rel=DIFFERENCES_AGREE, abs=1e-4)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("theta", THETAS)
def test_information_against_dense_traces(form, theta):
    _, working, _, _ = _uneven_example(form)
    solution = solve(working, theta)
    _, _, V, slopes = _dense(working, theta)
    Z, r = working.columns[:, :-1], working.columns[:, -1]
    inverse = np.linalg.inv(V)
    P = inverse - inverse @ Z @ solution.cov @ Z.T @ inverse
    average = [[r @ P @ a @ P @ b @ P @ r for b in slopes] for a in slopes]
    assert differentiate(working, solution).curvature == pytest.approx(np.array(average), rel=DENSE_AGREES, abs=1e-9)
    along = [solution.cov @ Z.T @ inverse @ a @ inverse @ Z @ solution.cov for a in slopes]
    assert covariance_slopes(working, solution) == pytest.approx(np.array(along), rel=DENSE_AGREES, abs=1e-12)
    expected = np.array([[np.trace(P @ a @ P @ b) / 2 for b in slopes] for a in slopes])
    kept = 2 if theta.sigma2 == 0 else 3  # without a path rho moves nothing
    inverse_expected = np.zeros((3, 3))
    inverse_expected[:kept, :kept] = np.linalg.inv(expected[:kept, :kept])
    assert theta_covariance(working, solution) == pytest.approx(inverse_expected, rel=1e-6, abs=1e-12)


def _months(n, *, seed, theta, mean=200.0, change=0.0):
    month = np.arange(n)
    X = np.column_stack([np.ones(n), (month - n / 2) / 12, month >= n // 2])
    expected = mean * np.exp(change * X[:, 2])
    y = simulate_counts(np.random.default_rng(seed), expected, month, month, theta)[0]
    return y, X, np.zeros(n), month, month


@pytest.mark.parametrize("form", FORMS)
def test_the_fit_is_where_nothing_moves(form):
    data = _months(90, seed=5, theta=Theta(2.0, 0.04, 0.6))
    fit = fit_ar1(*data, form=form)
    assert fit.boundary == "none"
    y, X, log_exposure, window, period = data
    problem = CountProblem(y=y, X=X, log_exposure=log_exposure, layout=lay_out(window, period), form=form)
    working = linearise(problem, fit.beta, fit.path, fit.theta.sigma2)
    solution = solve(working, fit.theta)
    assert solution.beta == pytest.approx(fit.beta, abs=AT_REST)
    assert solution.latent == pytest.approx(fit.path.mean, abs=AT_REST)
    for place in range(3):
        nearby = [
            _dense_deviance(working, fit.theta._replace(**{fit.theta._fields[place]: fit.theta[place] * factor}))
            for factor in (0.97, 1.0, 1.03)
        ]
        assert nearby[1] < min(nearby[0], nearby[2])


def test_without_a_path_it_is_quasi_poisson():
    # strictly alternating counts: negative correlation, so the path is given up and phi takes all the variation
    month = np.arange(60)
    y = np.where(month % 2 == 0, 120.0, 80.0)
    X = np.column_stack([np.ones(60), month >= 30])
    fit = fit_ar1(y, X, np.zeros(60), month, month)
    plain = fit_counts(y, X, np.zeros(60), month, family="quasi-poisson")
    assert fit.boundary in ("no-latent", "rho-zero")
    assert fit.beta == pytest.approx(plain.beta, abs=1e-3)
    assert np.diag(fit.cov) == pytest.approx(np.diag(plain.cov), rel=1e-2)


def test_a_wandering_series_is_flagged():
    walk = 300 * np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.1, 80)))
    month = np.arange(80)
    fit = fit_ar1(np.round(walk), np.column_stack([np.ones(80), month >= 40]), np.zeros(80), month, month)
    assert fit.boundary == "rho-limit"
    assert fit.theta.rho == pytest.approx(0.95)


def test_what_cannot_be_fitted_is_refused():
    y, X, log_exposure, window, period = _months(6, seed=1, theta=Theta(1.0, 0.0, 0.0))
    with pytest.raises(SpecificationError, match="need 7 or more windows, got 6"):
        fit_ar1(y, X, log_exposure, window, period)
    y, X, log_exposure, window, period = _months(40, seed=1, theta=Theta(1.0, 0.0, 0.0))
    with pytest.raises(FitError, match="all counts are 0"):
        fit_ar1(np.zeros(40), X, log_exposure, window, period)


@pytest.mark.parametrize("form", FORMS)
def test_simulated_counts_have_the_stated_moments(form):
    month = np.arange(3)
    window = np.array([0, 0, 1])
    theta = Theta(3.0 if form == "proportional" else 0.05, 0.05, 0.5)
    n_draws = 200_000
    y = simulate_counts(np.random.default_rng(1), np.full(3, 50.0), window, month, theta, n_draws=n_draws, form=form)
    S = np.exp(0.05 * toeplitz(0.5 ** np.arange(3))) - 1  # covariance of exp(u - sigma2 / 2)
    A = np.array([[50.0, 50.0, 0.0], [0.0, 0.0, 50.0]])
    path = A @ S @ A.T
    mu = np.array([100.0, 50.0])
    count = 3 * mu if form == "proportional" else mu + 0.05 * (mu**2 + np.diag(path))
    want = path + np.diag(count)
    monte_carlo = 4 * np.sqrt(3 * np.outer(np.diag(want), np.diag(want)) / n_draws)
    assert y.mean(axis=0) == pytest.approx(mu, abs=4 * np.sqrt(np.diag(want).max() / n_draws))
    assert (np.abs(np.cov(y.T) - want) < monte_carlo).all()
    with pytest.raises(SpecificationError, match="dispersion"):
        simulate_counts(np.random.default_rng(1), np.full(3, 50.0), window, month, Theta(-1.0, 0.0, 0.0), form=form)


def test_variance_parameters_and_effect_are_recovered():
    truth = Theta(2.0, 0.04, 0.6)
    fits = [fit_ar1(*_months(240, seed=seed, theta=truth, change=-0.5)) for seed in range(12)]
    steps = np.array([fit.beta[2] for fit in fits])
    errors = np.array([fit.cov[2, 2] ** 0.5 for fit in fits])
    assert steps.mean() == pytest.approx(-0.5, abs=3.5 * errors.mean() / np.sqrt(12))
    estimates = np.array([fit.theta for fit in fits])
    spread = 3.5 * estimates.std(axis=0, ddof=1) / np.sqrt(12)
    assert (np.abs(estimates.mean(axis=0) - truth) < spread).all()


def test_the_level_of_a_series_is_not_overstated():
    # with a rough path, exp(x'b) has to stand for the mean of the counts, not for their median or above it
    truth = Theta(1.5, 0.16, 0.3)
    ratios = []
    for seed in range(30):
        data = _months(120, seed=100 + seed, theta=truth, mean=20.0)
        ratios.append(fit_ar1(*data).fitted.sum() / data[0].sum())
    # half the prediction variance, here 0.03 on average, is what the plain method overstates it by
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.015)


def test_the_approximate_likelihood_against_an_integral():
    # one window, one period: integrate the negative-binomial density over the path by quadrature
    y, X, ones = np.array([37.0]), np.ones((1, 1)), np.zeros(1, dtype=np.int64)
    theta, beta = Theta(2.0, 0.02, 0.0), np.array([np.log(40.0)])
    problem = CountProblem(y=y, X=X, log_exposure=np.zeros(1), layout=lay_out(ones, ones), form="proportional")
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    path = nodes * np.sqrt(theta.sigma2)
    mu = 40.0 * np.exp(path - theta.sigma2 / 2)
    density = nbinom.pmf(37, mu / (theta.dispersion - 1), 1 / theta.dispersion)
    exact = np.log((weights * density).sum() / weights.sum())
    mode = path[np.argmax(np.log(density) - nodes**2 / 2)]
    assert log_likelihood(problem, theta, beta, np.array([mode])) == pytest.approx(exact, abs=5e-3)
    alone = poisson.logpmf(37, 40.0)
    assert log_likelihood(problem, Theta(1.0, 0.0, 0.0), beta, np.zeros(1)) == pytest.approx(alone, rel=1e-10)


@pytest.mark.parametrize("bandwidth", [1, 3])
def test_the_inverse_inside_its_bands(bandwidth):
    n = 8
    rng = np.random.default_rng(2)
    bands = rng.uniform(-0.4, 0.4, (bandwidth + 1, n))
    bands[0] = 3.0
    dense = sum(np.diag(bands[d, : n - d], -d) for d in range(1, bandwidth + 1))
    dense = dense + dense.T + np.diag(bands[0])
    inverse = np.linalg.inv(dense)
    ours = inverse_bands(cholesky_banded(bands, lower=True))
    for below in range(bandwidth + 1):
        assert ours[below, : n - below] == pytest.approx(np.diag(inverse, -below), abs=1e-12)
        assert not ours[below, n - below :].any()
