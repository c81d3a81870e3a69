"""Least squares, Newey-West, Prais-Winsten and AR(1) likelihoods.

Kinds of test: by hand, brute force (sums by loops, dense covariance matrices), reference (Stata and R numbers in the
validation folder), boundaries.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import toeplitz
from scipy.stats import chi2

from tests.validation import expected, needs_validation, table
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting import prais_winsten
from violence_stats.fitting.ar1_transform import quasi_difference
from violence_stats.fitting.gls_ar1 import fit_gls_ar1
from violence_stats.fitting.hac import default_lags, linear_scores, newey_west
from violence_stats.fitting.linear import fit_linear
from violence_stats.fitting.prais_winsten import fit_prais_winsten
from violence_stats.fitting.serial_correlation import breusch_godfrey, durbin_watson

ROUNDING = 1e-10
"""Two orders of the same sums in double precision."""


def _stderr(cov):
    return np.sqrt(np.diag(cov))


def _example(n=40, seed=3):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), np.arange(n) / 10, np.arange(n) >= n // 2])
    noise = rng.standard_normal(n)
    for t in range(1, n):
        noise[t] += 0.6 * noise[t - 1]
    return X @ [2.0, 0.5, -1.0] + noise, X


def test_three_points_by_hand():
    # y = 1, 2, 6 at x = 0, 1, 2: slope (6 - 1) / 2 = 2.5, mean 3 = intercept + 2.5; residuals .5, -1, .5, sum sq. 1.5
    fit = fit_linear(np.array([1.0, 2.0, 6.0]), np.column_stack([np.ones(3), np.arange(3.0)]))
    assert fit.coef == pytest.approx([0.5, 2.5], abs=ROUNDING)
    assert fit.sigma2 == pytest.approx(1.5, abs=ROUNDING)
    assert fit.cov[1, 1] == pytest.approx(1.5 / 2, abs=ROUNDING)


def test_newey_west_is_the_double_sum_and_never_crosses_units():
    y, X = _example()
    unit = np.repeat([0, 1, 2], [10, 14, 16])
    fit = fit_linear(y, X)
    lags, n, p = 2, *X.shape
    meat = np.zeros((p, p))
    for i in range(n):
        for j in range(n):
            if unit[i] == unit[j] and abs(i - j) <= lags:
                weight = 1 - abs(i - j) / (lags + 1)
                meat += weight * fit.residuals[i] * fit.residuals[j] * np.outer(X[i], X[j])
    bread = np.linalg.inv(X.T @ X)
    ours = newey_west(linear_scores(X, fit.residuals), fit.information, lags, unit)
    assert ours.cov == pytest.approx(n / (n - p) * bread @ meat @ bread, rel=ROUNDING)
    assert ours.degrees_of_freedom == n - p


def test_newey_west_refuses_what_does_not_fit():
    y, X = _example(12)
    fit = fit_linear(y, X)
    scores = linear_scores(X, fit.residuals)
    with pytest.raises(SpecificationError, match="0 to 11"):
        newey_west(scores, fit.information, 12)
    with pytest.raises(SpecificationError, match="0 to 3"):
        newey_west(scores, fit.information, 4, np.repeat([0, 1], [4, 8]))
    with pytest.raises(SpecificationError, match="stand together"):
        newey_west(scores, fit.information, 1, np.tile([0, 1], 6))
    assert newey_west(scores, fit.information).lags == default_lags(12)


def test_collinear_columns_are_refused_by_number():
    y, X = _example()
    with pytest.raises(SpecificationError, match="combination"):
        fit_linear(y, np.column_stack([X, X[:, 0] - X[:, 1]]))
    with pytest.raises(SpecificationError, match="column 3 of the design is zero"):
        fit_linear(y, np.column_stack([X, np.zeros(40)]))
    with pytest.raises(SpecificationError, match="more than 3"):
        fit_linear(y[:3], X[:3])


@pytest.mark.parametrize("rho", [-0.5, 0.0, 0.7])
def test_quasi_difference_whitens_an_ar1_with_gaps(rho):
    period = np.array([0, 1, 2, 5, 6, 9])
    covariance = rho ** np.abs(period[:, None] - period[None, :]) if rho else np.eye(6)
    white = quasi_difference(np.eye(6), rho, np.diff(period))
    assert white @ covariance @ white.T == pytest.approx(np.eye(6), abs=ROUNDING)


@pytest.mark.parametrize("method", ["ml", "reml"])
def test_gls_is_at_the_top_of_the_dense_likelihood(method):
    y, X = _example()
    n, p = X.shape

    def loglik(rho):
        inverse = np.linalg.inv(toeplitz(rho ** np.arange(n)))
        information = X.T @ inverse @ X
        residuals = y - X @ np.linalg.solve(information, X.T @ inverse @ y)
        used = n - p if method == "reml" else n
        value = -used / 2 * (np.log(2 * np.pi * (residuals @ inverse @ residuals) / used) + 1)
        value += np.linalg.slogdet(inverse)[1] / 2
        return value - (np.linalg.slogdet(information)[1] / 2 if method == "reml" else 0)

    fit = fit_gls_ar1(y, X, method=method)
    assert fit.loglik == pytest.approx(loglik(fit.rho), rel=1e-9)
    assert fit.loglik > max(loglik(fit.rho - 1e-3), loglik(fit.rho + 1e-3))
    assert not fit.boundary


def test_gls_with_missing_periods_uses_the_gap():
    y, X = _example()
    kept = np.r_[0:9, 15:40]
    fit = fit_gls_ar1(y[kept], X[kept], period=kept.astype(float))
    covariance = fit.sigma2 * fit.rho ** np.abs(kept[:, None] - kept[None, :])
    inverse = np.linalg.inv(covariance)
    assert fit.cov == pytest.approx(np.linalg.inv(X[kept].T @ inverse @ X[kept]), rel=1e-8)
    with pytest.raises(SpecificationError, match="in order of time"):
        fit_gls_ar1(y, X, period=np.zeros(40))


def test_prais_winsten_says_when_there_is_a_unit_root():
    with pytest.raises(FitError, match="do not return"):
        fit_prais_winsten(1.3 ** np.arange(20.0), np.ones((20, 1)))
    with pytest.raises(SpecificationError, match="need 4"):
        fit_prais_winsten(np.arange(3.0), np.ones((3, 1)))


def test_serial_correlation_by_an_auxiliary_regression():
    y, X = _example()
    residuals = fit_linear(y, X).residuals
    lagged = np.array([[residuals[t - lag] if t >= lag else 0.0 for lag in (1, 2, 3, 4)] for t in range(40)])
    unexplained = np.linalg.lstsq(np.column_stack([X, lagged]), residuals, rcond=None)[1][0]
    ours = breusch_godfrey(X, residuals, 4)
    assert ours.statistic == pytest.approx(40 * (1 - unexplained / (residuals @ residuals)), rel=ROUNDING)
    assert ours.p_value == pytest.approx(chi2.sf(ours.statistic, 4))
    # residuals 1, -1, 1: squares of differences 4 + 4 over squares 3
    assert durbin_watson(np.array([1.0, -1.0, 1.0])) == pytest.approx(8 / 3)


def _california():
    rows = table("cigsales.csv").query("state == 'California'")
    t = rows.year.to_numpy(float) - 1970
    after = (t >= 19).astype(float)
    return rows.cigsale.to_numpy(), np.column_stack([np.ones(len(t)), t, after, after * (t - 19)])


@needs_validation
def test_itsa_single_group_newey_west():
    anchor, known = expected("cigsales_single_newey1"), expected("cigsales_single_ols")
    y, X = _california()
    fit = fit_linear(y, X)
    robust = newey_west(linear_scores(X, fit.residuals), fit.information, 1)
    want = np.array([anchor["expect"][name] for name in ("_cons_t0_1970", "_t", "_x1989", "_x_t1989")])
    assert np.column_stack([fit.coef, _stderr(robust.cov)]) == pytest.approx(want, abs=anchor["tol"])
    after = np.array([0.0, 1.0, 0.0, 1.0])
    posttrend = [after @ fit.coef, np.sqrt(after @ robust.cov @ after)]
    assert posttrend == pytest.approx(anchor["expect"]["posttrend"], abs=anchor["tol"])
    plain = np.array([known["expect"]["se"][name] for name in ("_cons", "_t", "_x1989", "_x_t1989")])
    assert _stderr(fit.cov) == pytest.approx(plain, abs=known["tol"])
    assert durbin_watson(fit.residuals) == pytest.approx(known["expect"]["DW"], abs=known["tol"])
    for lags in (1, 6):
        statistic = breusch_godfrey(X, fit.residuals, lags).statistic
        assert statistic == pytest.approx(known["expect"][f"BG{lags}_LM"], abs=1e-4)  # printed to four decimals


@needs_validation
def test_itsa_several_groups_newey_west():
    anchor = expected("cigsales_multi_CO_ID_MT_newey1")
    rows = table("cigsales.csv").query("state in ['California', 'Colorado', 'Idaho', 'Montana']")
    rows = rows.sort_values(["state", "year"])
    t = rows.year.to_numpy(float) - 1970
    treated, after = (rows.state == "California").to_numpy(float), (t >= 19).astype(float)
    basic = np.column_stack([np.ones(len(t)), t, after, after * (t - 19)])
    X = np.column_stack([basic, basic * treated[:, None]])
    fit = fit_linear(rows.cigsale.to_numpy(), X)
    unit = rows.state.astype("category").cat.codes.to_numpy(np.int64)
    robust = newey_west(linear_scores(X, fit.residuals), fit.information, 1, unit)
    names = {"_x1989": 2, "_x_t1989": 3, "_z": 4, "_z_t": 5, "_z_x1989": 6, "_z_x_t1989": 7}
    for name, place in names.items():
        ours = (fit.coef[place], _stderr(robust.cov)[place])
        assert ours == pytest.approx(anchor["expect"][name], abs=anchor["tol"]), name


@needs_validation
def test_prais_winsten_keeps_the_first_observation():
    anchor = expected("cigsales_single_prais")
    fit = fit_prais_winsten(*_california())
    assert fit.rho == pytest.approx(anchor["expect"]["rho"], abs=anchor["tol"])
    assert fit.coef == pytest.approx(anchor["expect"]["coef"], abs=anchor["tol"])
    assert _stderr(fit.cov) == pytest.approx(anchor["expect"]["se"], abs=anchor["tol"])
    assert fit.n_iterations == anchor["expect"]["iterations"]


@needs_validation
def test_gls_by_maximum_likelihood():
    anchor = expected("cigsales_single_gls_ml")
    fit = fit_gls_ar1(*_california(), method="ml")
    assert fit.rho == pytest.approx(anchor["expect"]["phi"], abs=anchor["tol"])
    assert fit.coef == pytest.approx(anchor["expect"]["coef"], abs=anchor["tol"])
    assert _stderr(fit.cov) == pytest.approx(anchor["expect"]["se"], abs=anchor["tol"])
    assert fit.loglik == pytest.approx(anchor["expect"]["loglik"], abs=anchor["tol"])
    assert not fit.boundary


@needs_validation
def test_gls_by_reml_at_the_boundary_is_flagged():
    anchor = expected("cigsales_single_gls_reml")
    fit = fit_gls_ar1(*_california(), method="reml")
    want = [anchor["expect"][name] for name in ("coef_x", "coef_xt", "se_x", "se_xt")]
    assert [*fit.coef[2:], *_stderr(fit.cov)[2:]] == pytest.approx(want, abs=anchor["tol"])
    assert fit.boundary


@needs_validation
def test_gls_by_reml_with_two_interventions():
    anchor = expected("nh_drug_cap_two_interventions")
    rows = table("itsx_nh_multiple_int.csv")
    t = rows.time.to_numpy(float)
    cap, copay = (t >= 21).astype(float), (t >= 32).astype(float)
    X = np.column_stack([np.ones(48), t, t == 20, cap, cap * (t - 20), copay, copay * (t - 31)])
    fit = fit_gls_ar1(rows.rxpp.to_numpy(), X)
    want = anchor["reml_ar1"]
    assert fit.rho == pytest.approx(want["phi"], abs=anchor["tol"])
    ours = np.column_stack([fit.coef, _stderr(fit.cov)])[3:]
    assert ours == pytest.approx(np.array([want[name] for name in ("dc", "dct", "cp", "cpt")]), abs=anchor["tol"])
    plain = fit_linear(rows.rxpp.to_numpy(), X)
    ours = np.column_stack([plain.coef, _stderr(plain.cov)])
    names = ("time", "wp", "dc", "dct", "cp", "cpt")
    assert ours[1:] == pytest.approx(np.array([anchor["expect"][name] for name in names]), abs=anchor["tol"])


def test_prais_winsten_that_does_not_settle_is_an_error(monkeypatch):
    y, X = _example()
    monkeypatch.setattr(prais_winsten, "MAX_ITERATIONS", 1)
    with pytest.raises(FitError, match="did not settle in 1 iterations"):
        fit_prais_winsten(y, X)
