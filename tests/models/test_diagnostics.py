"""Diagnostics: brute force (windows really left out, covariances by loops), planted faults, and the sentences."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.models.examples import monthly_counts, window_series
from violence_stats import CountSeries, InterruptedTimeSeries, Pulse, Ramp, Step
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.models.error_models import refit
from violence_stats.models.left_out import keep_windows
from violence_stats.models.residuals import fit_residuals, value_covariance

FIRST_ORDER = 0.05
"""One step of scoring beside a whole refit, in standard errors: curvature of the log link over one window."""
ROUNDING = 1e-9
"""Two orders of the same sums in double precision."""


def _correlated(n=72, rho=0.7, seed=11, level=150.0):
    months = np.arange(n)
    counts = simulate_counts(np.random.default_rng(seed), np.full(n, level), months, months, Theta(2.0, 0.08, rho))[0]
    return pd.Series(counts, index=pd.period_range("2014-01", periods=n, freq="M"))


def _long_windows():
    """Months of 2014 to 2017, some of them known only as a sum."""
    counts = _correlated(48)
    rows = [(str(month), counts[month]) for month in counts.index[:12]]
    rows += [(("2015-01", "2015-06"), counts["2015-01":"2015-06"].sum())]
    rows += [(str(month), counts[month]) for month in counts.index[18:]]
    return window_series(rows)


@pytest.mark.parametrize("family", ["quasi-poisson", "gaussian"])
def test_a_window_left_out_moves_the_estimates_as_far_as_it_is_said_to(family):
    model = InterruptedTimeSeries([Step("2018-05")], family=family, errors="iid")
    result = model.fit(CountSeries.from_monthly(monthly_counts()))
    moves = fit_residuals(result.frame, result.estimate).moves
    for place in (0, 25, 40, 59):
        smaller = keep_windows(result.frame, np.arange(60) != place)
        moved = refit(smaller, result.estimate).beta - result.estimate.beta
        std_error = np.sqrt(np.diag(result.estimate.cov))
        assert moves[place] == pytest.approx(moved / std_error, abs=FIRST_ORDER)


def test_under_correlated_errors_a_dummy_for_the_window_says_the_same():
    """Leaving out is giving the window a parameter of its own: generalised least squares with a dummy, V as fitted."""
    result = InterruptedTimeSeries([Step("2016-03")]).fit(_long_windows())
    frame, estimate = result.frame, result.estimate
    assert estimate.nuisance["sigma2"] > 0
    residuals, V = fit_residuals(frame, estimate), value_covariance(frame, estimate)
    cell = frame.exposure * np.exp(frame.design.X @ estimate.beta)
    Z = frame.by_window(cell[:, None] * frame.design.X)
    for place in (3, 12, 40):
        wider = np.column_stack([Z, np.eye(len(Z))[place]])
        inverse = np.linalg.inv(V)
        cov = np.linalg.inv(wider.T @ inverse @ wider)
        found = cov @ wider.T @ inverse @ (frame.y - estimate.fitted)
        narrow = np.linalg.inv(Z.T @ inverse @ Z) @ Z.T @ inverse @ (frame.y - estimate.fitted)
        std_error = np.sqrt(np.diag(estimate.cov))
        assert residuals.moves[place] == pytest.approx((found[:-1] - narrow) / std_error, rel=1e-6, abs=1e-9)
        assert residuals.deletion[place] == pytest.approx(found[-1] / np.sqrt(cov[-1, -1]), rel=1e-6)


@pytest.mark.parametrize("family", ["quasi-poisson", "negative-binomial"])
def test_the_covariance_of_windows_sums_over_their_months(family):
    result = InterruptedTimeSeries([Step("2016-03")], family=family).fit(_long_windows())
    frame, theta = result.frame, result.estimate.ar1.theta
    cell = frame.exposure * np.exp(frame.design.X @ result.estimate.beta)
    V = np.zeros((frame.series.n_windows,) * 2)
    for i in range(frame.cells.n_cells):
        for j in range(frame.cells.n_cells):
            lag = abs(int(frame.cells.period[i]) - int(frame.cells.period[j]))
            share = theta.sigma2 * theta.rho**lag * cell[i] * cell[j]
            V[frame.cells.window[i], frame.cells.window[j]] += share
    mu = frame.by_window(cell)
    own = theta.dispersion * mu if family == "quasi-poisson" else mu + theta.dispersion * mu**2
    assert value_covariance(frame, result.estimate) == pytest.approx(V + np.diag(own), rel=ROUNDING)


@pytest.mark.parametrize("errors", ["iid", "ar1", "prais-winsten"])
def test_whitened_residuals_add_up_to_the_generalised_sum_of_squares(errors):
    model = InterruptedTimeSeries([Step("2016-03")], trend=None, family="gaussian", errors=errors)
    result = model.fit(CountSeries.from_monthly(_correlated()))
    V = value_covariance(result.frame, result.estimate)
    raw = result.frame.y - result.estimate.fitted
    white = fit_residuals(result.frame, result.estimate).whitened
    assert white @ white == pytest.approx(raw @ np.linalg.solve(V, raw), rel=ROUNDING)
    rho = result.estimate.nuisance.get("rho", 0.0)
    innovations = 1 - rho**2 if errors == "prais-winsten" else 1.0
    assert np.diag(V) == pytest.approx(np.full(72, result.dispersion / innovations), rel=ROUNDING)


def test_correlation_left_by_independent_errors_is_named_and_the_default_takes_it():
    counts = _correlated(120)
    plain = InterruptedTimeSeries([Step("2018-01")], errors="iid").fit(counts).diagnose()
    assert plain.lag_one > 0.3
    assert plain.portmanteau.p_value < 0.01
    assert 'independent errors understate the uncertainty; use errors="ar1"' in plain.summary()
    default = InterruptedTimeSeries([Step("2018-01")]).fit(counts).diagnose()
    assert abs(default.lag_one) < 0.2
    assert "none is seen to be left" in default.summary()
    sandwich = InterruptedTimeSeries([Step("2018-01")], errors="newey-west").fit(counts).diagnose()
    assert "Newey-West errors allow for some of it, but too little" in sandwich.summary()


def test_a_planted_outlier_is_called_out_by_its_window():
    counts = monthly_counts()
    counts["2016-08"] *= 3
    found = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(counts).diagnose()
    assert found.outliers == ("2016-08",)
    assert found.windows["residual"].abs().idxmax() == "2016-08"
    assert "2016-08 lies further from the fit" in found.summary()
    clean = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(monthly_counts()).diagnose()
    assert clean.outliers == ()
    assert "No window lies further" in clean.summary()


def test_an_estimate_that_hangs_on_one_window_says_so():
    counts = monthly_counts(n=42)
    counts.iloc[-1] *= 2
    result = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(counts)
    summary = result.diagnose().summary()
    assert "Without 2018-05 the estimate of step 2018-05 would be 3.6 standard errors higher." in summary


def test_each_year_left_out_is_the_fit_to_the_others():
    counts = monthly_counts()
    model = InterruptedTimeSeries([Step("2018-05")], errors="iid")
    found = model.fit(counts).diagnose()
    assert found.years.loc["step 2018-05"].index.tolist() == [2015, 2016, 2017, 2018, 2019]
    # without the last year the fit is that to the window before it
    short = model.fit(counts, window=("2015-01", "2018-12")).effects.loc["step 2018-05"]
    assert found.years.loc[("step 2018-05", 2019)].tolist() == pytest.approx(short.tolist(), rel=ROUNDING)
    assert "it differs from no effect each time" in found.summary()


def test_a_year_that_carries_the_term_cannot_be_left_out():
    result = InterruptedTimeSeries([Step("2018-05"), Pulse("2016-03", "2016-05", name="strike")], errors="iid").fit(
        monthly_counts(n=48)
    )
    found = result.diagnose()
    assert set(found.years_not_available) == {2016, 2018}
    assert "Without 2016, 2018 the model cannot be fitted." in found.summary()


def test_years_that_decide_are_named():
    counts = pd.Series(
        np.r_[np.full(36, 100), np.full(12, 60), np.full(12, 100)] + np.tile([3, -2, 1, -2], 15),
        index=pd.period_range("2015-01", periods=60, freq="M"),
    )
    result = InterruptedTimeSeries([Step("2018-01")], trend=None, errors="iid").fit(counts)
    assert "does not differ from no effect without 2018" in result.diagnose().summary()


def test_poisson_that_leaves_out_dispersion_is_told():
    counts = monthly_counts() * 4
    result = InterruptedTimeSeries([Step("2018-05")], family="poisson", errors="iid").fit(counts)
    assert 'family="poisson" leaves that out' in result.diagnose().summary()
    allowed = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(counts)
    assert "the errors allow for it" in allowed.diagnose().summary()


def test_gaussian_has_no_dispersion_to_speak_of():
    result = InterruptedTimeSeries([Step("2018-05")], family="gaussian", errors="iid").fit(monthly_counts())
    found = result.diagnose()
    assert "Poisson" not in found.summary()
    assert "the estimate of step 2018-05 lies between" in found.summary()
    stored = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert stored["dispersion"] is None
    assert len(found.to_frame()) == 60


def test_a_model_without_interventions_is_diagnosed_too():
    found = InterruptedTimeSeries([], errors="iid").fit(monthly_counts()).diagnose()
    assert len(found.years) == 0
    assert found.windows.columns.tolist() == ["start", "end", "n_days", "observed", "fitted", "residual"]


def test_an_estimate_of_another_kind_cannot_be_refitted():
    result = InterruptedTimeSeries([Ramp("2018-05")], errors="iid").fit(monthly_counts())
    with pytest.raises(SpecificationError, match='errors "arima" cannot be refitted'):
        refit(result.frame, replace(result.estimate, errors="arima"))
