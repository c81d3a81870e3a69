"""One function a published case: our value of each of its numbers, by public calls.

The page shows these functions as they stand, so each is the exact call. A function returns the names of
`expected.json`, nested as there. The data are read by the two functions named in `anchor`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pandas as pd
from scipy.stats import f as fisher
from statsmodels.datasets import nile

import violence_stats as vs
from tests.validation import table
from violence_stats.breaks.cusum import ols_cusum, recursive_cusum
from violence_stats.fitting.prais_winsten import fit_prais_winsten
from violence_stats.fitting.serial_correlation import breusch_godfrey, durbin_watson

Values: TypeAlias = dict[str, Any]

ANCHORS: dict[str, Callable[[], Values]] = {}
WITHOUT_OUTSIDE_DATA = ("nile_breaks",)


def anchor(function: Callable[[], Values]) -> Callable[[], Values]:
    """Enter a function under its name, which is that of the case."""
    ANCHORS[function.__name__] = function
    return function


def sicily() -> tuple[pd.Series, pd.Series]:
    """Monthly coronary events and standardised population."""
    data = table("sicily.csv")
    months = pd.PeriodIndex.from_fields(year=data.year, month=data.month, freq="M")
    return data.aces.set_axis(months), data.stdpop.set_axis(months)


def cigarettes(state: str) -> pd.Series:
    """Yearly packs a head."""
    sales = table("cigsales.csv").query("state == @state")
    return sales.cigsale.set_axis(pd.PeriodIndex(sales.year.astype(str), freq="Y"))


def monthly(values: pd.Series, start: str) -> pd.Series:
    """Put values on months."""
    return values.astype(float).set_axis(pd.period_range(start, periods=len(values), freq="M"))


def pair(row: pd.Series) -> list[float]:
    """Estimate and standard error."""
    return [row["estimate"], row["std_error"]]


@anchor
def sicily_poisson_step() -> Values:
    events, population = sicily()
    model = vs.InterruptedTimeSeries([vs.Step("2005-01")], family="poisson", errors="iid", exposure=None)
    result = model.fit(events, exposure=population)
    step, trend = result.effects.loc["step 2005-01"], result.effects.loc["trend"]
    return {
        "RR_smokban": step["rate_ratio"],
        "RR_ci95": [step["rate_ratio_low"], step["rate_ratio_high"]],
        "coef_smokban": step["estimate"],
        "se_smokban": step["std_error"],
        "coef_time": trend["estimate"],
        "se_time": trend["std_error"],
        "intercept": result.effects.loc["intercept", "estimate"],
        "deviance": result.estimate.deviance,
        "AIC": result.aic,
    }


@anchor
def sicily_quasipoisson_step() -> Values:
    events, population = sicily()
    model = vs.InterruptedTimeSeries([vs.Step("2005-01")], errors="iid", exposure=None)
    result = model.fit(events, exposure=population)
    step = result.effects.loc["step 2005-01"]
    return {
        "dispersion_pearson": result.dispersion,
        "RR_smokban": step["rate_ratio"],
        "RR_ci95_z": [step["rate_ratio_low"], step["rate_ratio_high"]],
        "se_smokban": step["std_error"],
    }


@anchor
def sicily_quasipoisson_harmonic() -> Values:
    events, population = sicily()
    model = vs.InterruptedTimeSeries([vs.Step("2005-01")], harmonics=2, errors="iid", exposure=None)
    result = model.fit(events, exposure=population)
    step, trend = result.effects.loc["step 2005-01"], result.effects.loc["trend"]
    return {
        "dispersion_pearson": result.dispersion,
        "deviance": result.estimate.deviance,
        "RR_smokban": step["rate_ratio"],
        "RR_ci95_z": [step["rate_ratio_low"], step["rate_ratio_high"]],
        "coef_smokban": step["estimate"],
        "se_smokban": step["std_error"],
        "coef_time": trend["estimate"],
        "trend_per_year_RR": result.combine({"trend": 12})["rate_ratio"],
    }


@anchor
def sicily_level_slope_centred() -> Values:
    events, population = sicily()
    ban = [vs.Step("2005-01"), vs.Ramp("2005-01", zero_at="last-old")]
    result = vs.InterruptedTimeSeries(ban, harmonics=2, errors="iid", exposure=None).fit(events, exposure=population)
    smaller = vs.InterruptedTimeSeries(ban[:1], harmonics=2, errors="iid", exposure=None).fit(
        events, exposure=population
    )
    step, ramp = result.effects.loc["step 2005-01"], result.effects.loc["ramp 2005-01"]
    F = (smaller.estimate.deviance - result.estimate.deviance) / result.dispersion
    return {
        "RR_smokban": step["rate_ratio"],
        "RR_ci95_z": [step["rate_ratio_low"], step["rate_ratio_high"]],
        "slope_change_coef": ramp["estimate"],
        "slope_change_se": ramp["std_error"],
        "dispersion_pearson": result.dispersion,
        "F_vs_model3": F,
        "F_p": fisher.sf(F, 1, result.n_windows - len(result.effects)),
    }


@anchor
def sicily_negbin_harmonic() -> Values:
    events, population = sicily()
    model = vs.InterruptedTimeSeries(
        [vs.Step("2005-01")], harmonics=2, family="negative-binomial", errors="iid", exposure=None
    )
    result = model.fit(events, exposure=population)
    step = result.effects.loc["step 2005-01"]
    return {
        "theta": result.estimate.nuisance["theta"],
        "coef_smokban": step["estimate"],
        "se_smokban": step["std_error"],
        "twologlik": 2 * result.estimate.log_likelihood,
    }


@anchor
def cigsales_single_newey1() -> Values:
    model = vs.InterruptedTimeSeries([vs.Step("1989"), vs.Ramp("1989")], family="gaussian", errors="newey-west", lags=1)
    result = model.fit(cigarettes("California"))
    step, ramp = result.effects.loc["step 1989"], result.effects.loc["ramp 1989"]
    after = result.combine({"trend": 1, "ramp 1989": 1})
    return {
        "_t": pair(result.effects.loc["trend"]),
        "_x1989": pair(step),
        "_x_t1989": pair(ramp),
        "_cons_t0_1970": pair(result.combine({"intercept": 1, "trend": 1})),
        "_x1989_ci95": [step["ci_low"], step["ci_high"]],
        "_x_t1989_ci95": [ramp["ci_low"], ramp["ci_high"]],
        "posttrend": pair(after),
        "posttrend_ci95": [after["ci_low"], after["ci_high"]],
    }


@anchor
def cigsales_single_ols() -> Values:
    model = vs.InterruptedTimeSeries([vs.Step("1989"), vs.Ramp("1989")], family="gaussian", errors="iid")
    result = model.fit(cigarettes("California"))
    residuals = result.frame.y - result.estimate.fitted
    return {
        "se": {
            "_cons": result.combine({"intercept": 1, "trend": 1})["std_error"],
            "_t": result.effects.loc["trend", "std_error"],
            "_x1989": result.effects.loc["step 1989", "std_error"],
            "_x_t1989": result.effects.loc["ramp 1989", "std_error"],
        },
        "DW": durbin_watson(residuals),
        "BG1_LM": breusch_godfrey(result.frame.design.X, residuals, lags=1).statistic,
        "BG6_LM": breusch_godfrey(result.frame.design.X, residuals, lags=6).statistic,
    }


@anchor
def cigsales_single_prais() -> Values:
    model = vs.InterruptedTimeSeries([vs.Step("1989"), vs.Ramp("1989")], family="gaussian", errors="prais-winsten")
    result = model.fit(cigarettes("California"))
    rows = [
        result.combine({"intercept": 1, "trend": 1}),
        *(result.effects.loc[term] for term in ("trend", "step 1989", "ramp 1989")),
    ]
    return {
        "rho": result.estimate.nuisance["rho"],
        "coef": [row["estimate"] for row in rows],
        "se": [row["std_error"] for row in rows],
        "iterations": fit_prais_winsten(result.frame.y, result.frame.design.X).n_iterations,
    }


@anchor
def cigsales_single_gls_ml() -> Values:
    model = vs.InterruptedTimeSeries([vs.Step("1989"), vs.Ramp("1989")], family="gaussian", errors="ar1-ml")
    result = model.fit(cigarettes("California"))
    rows = [
        result.combine({"intercept": 1, "trend": 1}),
        *(result.effects.loc[term] for term in ("trend", "step 1989", "ramp 1989")),
    ]
    return {
        "phi": result.estimate.nuisance["rho"],
        "coef": [row["estimate"] for row in rows],
        "se": [row["std_error"] for row in rows],
        "loglik": result.estimate.log_likelihood,
    }


@anchor
def cigsales_single_gls_reml() -> Values:
    model = vs.InterruptedTimeSeries([vs.Step("1989"), vs.Ramp("1989")], family="gaussian", errors="ar1")
    result = model.fit(cigarettes("California"))
    step, ramp = result.effects.loc["step 1989"], result.effects.loc["ramp 1989"]
    return {
        "phi": result.estimate.nuisance["rho"],
        "coef_x": step["estimate"],
        "coef_xt": ramp["estimate"],
        "se_x": step["std_error"],
        "se_xt": ramp["std_error"],
    }


@anchor
def cigsales_multi_CO_ID_MT_newey1() -> Values:  # noqa: N802  the name of the case
    model = vs.ControlledInterruptedTimeSeries(
        [vs.Step("1989"), vs.Ramp("1989")], family="gaussian", errors="newey-west", lags=1, control_levels="shared"
    )
    controls = {state: cigarettes(state) for state in ("Colorado", "Idaho", "Montana")}
    result = model.fit(cigarettes("California"), controls)
    return {
        "_z_t": pair(result.effects.loc["treated trend"]),
        "_z_x1989": pair(result.effects.loc["treated step 1989"]),
        "_z_x_t1989": pair(result.effects.loc["treated ramp 1989"]),
        "_z": pair(result.combine({"treated": 1, "treated trend": 1})),
        "_x1989": pair(result.effects.loc["step 1989"]),
        "_x_t1989": pair(result.effects.loc["ramp 1989"]),
    }


@anchor
def quet_arima() -> Values:
    policy = [vs.Step("2014-01"), vs.Ramp("2014-01", zero_at="last-old")]
    model = vs.ARIMAInterruptedTimeSeries(policy, order=(2, 1, 0), seasonal_order=(0, 1, 1, 12), transform=None)
    result = model.fit(monthly(table("quet.csv").dispensings, "2011-01"))
    step, ramp = result.effects.loc["step 2014-01"], result.effects.loc["ramp 2014-01"]
    box = result.ljung_box(24)
    return {
        "order": list(model.order),
        "seasonal": list(model.seasonal_order),
        "ar1": result.noise.loc["ar1", "estimate"],
        "ar2": result.noise.loc["ar2", "estimate"],
        "sma1": result.noise.loc["sma1", "estimate"],
        "step": pair(step),
        "step_ci": [step["ci_low"], step["ci_high"]],
        "ramp": pair(ramp),
        "ramp_ci": [ramp["ci_low"], ramp["ci_high"]],
        "loglik": result.loglik,
        "AIC": result.aic,
        "AICc": result.aicc,
        "BIC": result.bic,
        "LjungBox24": [box.statistic, box.p_value],
        "counterfactual_2014": result.counterfactual("2014-01").windows["expected"].tolist(),
    }


@anchor
def airmiles_transfer() -> Values:
    months = ("1996-12", "1997-01", "2002-12", "2001-09")
    model = vs.ARIMAInterruptedTimeSeries(
        [*(vs.Pulse(month, month) for month in months), vs.Decay("2001-09")],
        order=(0, 1, 1),
        seasonal_order=(0, 1, 1, 12),
    )
    result = model.fit(monthly(table("airmiles.csv").airmiles, "1996-01"))
    rate = result.transfers.loc["decay 2001-09"]
    return {
        "ma1": pair(result.noise.loc["ma1"]),
        "sma1": pair(result.noise.loc["sma1"]),
        "Dec96": pair(result.effects.loc["pulse 1996-12"]),
        "Jan97": pair(result.effects.loc["pulse 1997-01"]),
        "Dec02": pair(result.effects.loc["pulse 2002-12"]),
        "w0": pair(result.effects.loc["pulse 2001-09"]),
        "delta": [rate["rate"], rate["std_error"]],
        "w1": pair(result.effects.loc["decay 2001-09"]),
        "sigma2": result.innovation_variance,
        "loglik": result.loglik,
        # TSA::arimax does not count the innovation variance as a parameter
        "AIC": result.aic - 2,
    }


@anchor
def israel_mortality_quasipoisson() -> Values:
    data = table("its2es_Israel_mortality.csv")
    months = pd.PeriodIndex.from_fields(year=data.Year, month=data.Month, freq="M")
    pandemic = [vs.Step("2020-03"), vs.Ramp("2020-03")]
    model = vs.InterruptedTimeSeries(pandemic, month_effects=True, errors="iid", exposure=None)
    result = model.fit(data.monthly_total.set_axis(months), exposure=data.monthly_est.set_axis(months))
    half_way = result.combine({"step 2020-03": 1, "ramp 2020-03": 7})
    return {"RR": half_way["rate_ratio"], "ci95": [half_way["rate_ratio_low"], half_way["rate_ratio_high"]]}


@anchor
def nh_drug_cap_two_interventions() -> Values:
    interventions = [
        vs.Step("1981-09", name="dc"),
        vs.Ramp("1981-09", name="dct", zero_at="last-old"),
        vs.Step("1982-08", name="cp"),
        vs.Ramp("1982-08", name="cpt", zero_at="last-old"),
        vs.Pulse("1981-08", "1981-08", name="wp"),
    ]
    scripts = monthly(table("itsx_nh_multiple_int.csv").rxpp, "1980-01")
    result = vs.InterruptedTimeSeries(interventions, family="gaussian", errors="iid").fit(scripts)
    by_reml = vs.InterruptedTimeSeries(interventions, family="gaussian", errors="ar1").fit(scripts)
    terms = ("dc", "dct", "cp", "cpt")
    return {
        **{term: pair(result.effects.loc[term]) for term in (*terms, "wp")},
        "time": pair(result.effects.loc["trend"]),
        "loglik_ML": result.estimate.log_likelihood,
        "reml_ar1": {
            "phi": by_reml.estimate.nuisance["rho"],
            **{term: pair(by_reml.effects.loc[term]) for term in terms},
        },
    }


@anchor
def nile_breaks() -> Values:
    flow = nile.load_pandas().data["volume"].set_axis(pd.period_range("1871", periods=100, freq="Y"))
    one_break = vs.sup_f(flow).functionals["statistic"]
    found = vs.find_breaks(flow, method="bai-perron", max_breaks=5)
    # strucchange names a break by its last old year, this package by its first new one
    old = [[int(year) - 1 for year in dates.split(", ") if year] for dates in found.criteria["dates"]]
    level = vs.StructuralTimeSeries(season=False, transform=None).fit(flow)
    y, ones = flow.to_numpy(float), flow.to_numpy(float)[:, None] ** 0
    return {
        "supF": one_break["sup"],
        "aveF": one_break["ave"],
        "expF": one_break["exp"],
        "bp1_obs": old[1][0] - 1870,
        "bp1_year": old[1][0],
        "bp1_ci95_year": [found.intervals["low"].iloc[0].year - 1, found.intervals["high"].iloc[0].year - 1],
        "RSS": found.criteria["ssr"].tolist(),
        "BIC": found.criteria["bic"].tolist(),
        "bp2": [year - 1870 for year in old[2]],
        "bp3": [year - 1870 for year in old[3]],
        "means": found.regimes["mean"].tolist(),
        "OLS_CUSUM_S0": list(ols_cusum(y, ones)),
        "Rec_CUSUM_S": list(recursive_cusum(y, ones)),
        "local_level_var": level.variances["variance"].tolist(),
        "local_level_loglik": level.loglik,
    }
