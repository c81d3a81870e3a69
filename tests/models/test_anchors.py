"""Published numbers through the public interface; the data lie outside the repository (see tests/validation.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f as fisher

from tests.models.examples import sicily
from tests.validation import expected, needs_validation, table
from violence_stats import CountSeries, InterruptedTimeSeries, Pulse, Ramp, Step

pytestmark = needs_validation

PRINTED = 1e-5
"""Tolerance that goes with the Sicily numbers: they are stored to about eight digits."""
SIX_DIGITS = 1e-6
"""The Israel ratio is printed with six decimals."""
NEGATIVE_BINOMIAL = 1e-3
"""The reference stops early: theta is nearly unidentified there."""


def _fit_sicily(interventions, **options):
    counts, population = sicily()
    return InterruptedTimeSeries(interventions, exposure=None, errors="iid", **options).fit(counts, exposure=population)


def test_sicily_poisson_step():
    want = expected("sicily_poisson_step")["expect"]
    result = _fit_sicily([Step("2005-01")], family="poisson")
    step, trend = result.effects.loc["step 2005-01"], result.effects.loc["trend"]
    assert step["rate_ratio"] == pytest.approx(want["RR_smokban"], abs=PRINTED)
    assert [step["rate_ratio_low"], step["rate_ratio_high"]] == pytest.approx(want["RR_ci95"], abs=PRINTED)
    assert step["estimate"] == pytest.approx(want["coef_smokban"], abs=PRINTED)
    assert step["std_error"] == pytest.approx(want["se_smokban"], abs=PRINTED)
    assert trend["estimate"] == pytest.approx(want["coef_time"], abs=PRINTED)
    assert trend["std_error"] == pytest.approx(want["se_time"], abs=PRINTED)
    assert result.effects.loc["intercept", "estimate"] == pytest.approx(want["intercept"], abs=PRINTED)
    assert result.estimate.deviance == pytest.approx(want["deviance"], abs=PRINTED)
    assert result.aic == pytest.approx(want["AIC"], abs=PRINTED)


def test_sicily_quasi_poisson_step():
    want = expected("sicily_quasipoisson_step")["expect"]
    result = _fit_sicily([Step("2005-01")])
    step = result.effects.loc["step 2005-01"]
    assert result.dispersion == pytest.approx(want["dispersion_pearson"], abs=PRINTED)
    assert step["rate_ratio"] == pytest.approx(want["RR_smokban"], abs=PRINTED)
    assert [step["rate_ratio_low"], step["rate_ratio_high"]] == pytest.approx(want["RR_ci95_z"], abs=PRINTED)
    assert step["std_error"] == pytest.approx(want["se_smokban"], abs=PRINTED)
    assert np.isnan(result.aic)


def test_sicily_harmonics():
    want = expected("sicily_quasipoisson_harmonic")["expect"]
    result = _fit_sicily([Step("2005-01")], harmonics=2)
    step, trend = result.effects.loc["step 2005-01"], result.effects.loc["trend"]
    assert result.dispersion == pytest.approx(want["dispersion_pearson"], abs=PRINTED)
    assert result.estimate.deviance == pytest.approx(want["deviance"], abs=PRINTED)
    assert step["rate_ratio"] == pytest.approx(want["RR_smokban"], abs=PRINTED)
    assert [step["rate_ratio_low"], step["rate_ratio_high"]] == pytest.approx(want["RR_ci95_z"], abs=PRINTED)
    assert [step["estimate"], step["std_error"]] == pytest.approx(
        [want["coef_smokban"], want["se_smokban"]], abs=PRINTED
    )
    assert trend["estimate"] == pytest.approx(want["coef_time"], abs=PRINTED)
    assert result.combine({"trend": 12})["rate_ratio"] == pytest.approx(want["trend_per_year_RR"], abs=PRINTED)


def test_sicily_level_and_slope():
    want = expected("sicily_level_slope_centred")["expect"]
    result = _fit_sicily([Step("2005-01"), Ramp("2005-01", zero_at="last-old")], harmonics=2)
    step, ramp = result.effects.loc["step 2005-01"], result.effects.loc["ramp 2005-01"]
    assert step["rate_ratio"] == pytest.approx(want["RR_smokban"], abs=PRINTED)
    assert [step["rate_ratio_low"], step["rate_ratio_high"]] == pytest.approx(want["RR_ci95_z"], abs=PRINTED)
    assert ramp["estimate"] == pytest.approx(want["slope_change_coef"], abs=PRINTED)
    assert ramp["std_error"] == pytest.approx(want["slope_change_se"], abs=PRINTED)
    assert result.dispersion == pytest.approx(want["dispersion_pearson"], abs=PRINTED)
    smaller = _fit_sicily([Step("2005-01")], harmonics=2)
    F = (smaller.estimate.deviance - result.estimate.deviance) / result.dispersion
    assert pytest.approx(want["F_vs_model3"], abs=PRINTED) == F
    assert fisher.sf(F, 1, result.n_windows - len(result.effects)) == pytest.approx(want["F_p"], abs=PRINTED)


def test_sicily_ramp_is_centred_at_the_break():
    """An uncentred slope would move the step to 0.831; the two centrings differ by one month of slope."""
    first_new = _fit_sicily([Step("2005-01"), Ramp("2005-01")], harmonics=2).effects["rate_ratio"]
    last_old = _fit_sicily([Step("2005-01"), Ramp("2005-01", zero_at="last-old")], harmonics=2).effects["rate_ratio"]
    assert first_new["ramp 2005-01"] == pytest.approx(last_old["ramp 2005-01"], abs=PRINTED)
    assert first_new["step 2005-01"] == pytest.approx(last_old["step 2005-01"] * last_old["ramp 2005-01"], abs=PRINTED)


def test_sicily_negative_binomial():
    want = expected("sicily_negbin_harmonic")["expect"]
    result = _fit_sicily([Step("2005-01")], harmonics=2, family="negative-binomial")
    step = result.effects.loc["step 2005-01"]
    assert result.estimate.nuisance["theta"] == pytest.approx(want["theta"], abs=NEGATIVE_BINOMIAL)
    assert step["estimate"] == pytest.approx(want["coef_smokban"], abs=NEGATIVE_BINOMIAL)
    assert step["std_error"] == pytest.approx(want["se_smokban"], rel=NEGATIVE_BINOMIAL)
    assert 2 * result.estimate.log_likelihood == pytest.approx(want["twologlik"], abs=NEGATIVE_BINOMIAL)
    # theta counts as a parameter
    assert result.aic == pytest.approx(2 * 8 - want["twologlik"], abs=NEGATIVE_BINOMIAL)


def test_israel_mortality_half_a_year_after_the_break():
    want = expected("israel_mortality_quasipoisson")["expect"]
    data = table("its2es_Israel_mortality.csv")
    index = pd.PeriodIndex.from_fields(year=data.Year, month=data.Month, freq="M")
    model = InterruptedTimeSeries([Step("2020-03"), Ramp("2020-03")], month_effects=True, exposure=None, errors="iid")
    result = model.fit(data.monthly_total.set_axis(index), exposure=data.monthly_est.set_axis(index))
    ours = result.combine({"step 2020-03": 1, "ramp 2020-03": 7})
    assert ours["rate_ratio"] == pytest.approx(want["RR"], abs=SIX_DIGITS)
    assert [ours["rate_ratio_low"], ours["rate_ratio_high"]] == pytest.approx(want["ci95"], abs=SIX_DIGITS)


def test_new_hampshire_drug_cap_with_two_interventions_and_a_wild_point():
    entry = expected("nh_drug_cap_two_interventions")
    want = entry["expect"]
    values = table("itsx_nh_multiple_int.csv").rxpp.set_axis(pd.period_range("1980-01", periods=48, freq="M"))
    drug_cap, copayment = "1981-09", "1982-08"  # months 21 and 32
    interventions = [
        Step(drug_cap, name="dc"),
        Ramp(drug_cap, name="dct", zero_at="last-old"),
        Step(copayment, name="cp"),
        Ramp(copayment, name="cpt", zero_at="last-old"),
        Pulse("1981-08", "1981-08", name="wp"),
    ]
    result = InterruptedTimeSeries(interventions, family="gaussian", errors="iid").fit(values)
    for term in ("dc", "dct", "cp", "cpt", "wp"):
        ours = result.effects.loc[term, ["estimate", "std_error"]]
        assert list(ours) == pytest.approx(want[term], abs=entry["tol"])
    assert result.estimate.log_likelihood == pytest.approx(want["loglik_ML"], abs=entry["tol"])


def test_california_newey_west_on_yearly_rates():
    entry = expected("cigsales_single_newey1")
    want, data = entry["expect"], table("cigsales.csv")
    california = data[data.state == "California"]
    rates = california.cigsale.set_axis(pd.period_range("1970", periods=len(california), freq="Y"))
    result = InterruptedTimeSeries([Step("1989"), Ramp("1989")], family="gaussian", errors="newey-west", lags=1).fit(
        CountSeries.from_periods(rates, kind="rate")
    )
    for term, key in (("trend", "_t"), ("step 1989", "_x1989"), ("ramp 1989", "_x_t1989")):
        assert list(result.effects.loc[term, ["estimate", "std_error"]]) == pytest.approx(want[key], abs=entry["tol"])
    step, after = result.effects.loc["step 1989"], result.combine({"trend": 1, "ramp 1989": 1})
    assert list(step[["ci_low", "ci_high"]]) == pytest.approx(want["_x1989_ci95"], abs=entry["tol"])
    assert list(after[["estimate", "std_error"]]) == pytest.approx(want["posttrend"], abs=entry["tol"])
    assert list(after[["ci_low", "ci_high"]]) == pytest.approx(want["posttrend_ci95"], abs=entry["tol"])
    in_1970 = result.combine({"intercept": 1, "trend": 1})
    assert list(in_1970[["estimate", "std_error"]]) == pytest.approx(want["_cons_t0_1970"], abs=entry["tol"])


def test_california_prais_winsten():
    entry = expected("cigsales_single_prais")
    want, data = entry["expect"], table("cigsales.csv")
    california = data[data.state == "California"]
    rates = california.cigsale.set_axis(pd.period_range("1970", periods=len(california), freq="Y"))
    model = InterruptedTimeSeries([Step("1989"), Ramp("1989")], family="gaussian", errors="prais-winsten")
    result = model.fit(rates)
    in_1970 = result.combine({"intercept": 1, "trend": 1})
    ours = [in_1970, *(result.effects.loc[term] for term in ("trend", "step 1989", "ramp 1989"))]
    assert [row["estimate"] for row in ours] == pytest.approx(want["coef"], abs=entry["tol"])
    assert [row["std_error"] for row in ours] == pytest.approx(want["se"], abs=entry["tol"])
    assert result.estimate.nuisance["rho"] == pytest.approx(want["rho"], abs=entry["tol"])
