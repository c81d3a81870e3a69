"""The default errors through the public interface: published numbers, the shipped chain, limits that are said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from tests.models.examples import monthly_counts, window_series
from tests.validation import expected, needs_validation, table
from violence_stats import CountSeries, InterruptedTimeSeries, Pulse, Ramp, Step, load_homicides
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts

ROUNDING = 1e-10
"""Two orders of the same sums in double precision."""
PROTOTYPE = 0.03
"""The design note quotes 0.54 from another program, whose variance search stopped elsewhere on a flat ridge."""


def _california(errors):
    data = table("cigsales.csv")
    california = data[data.state == "California"]
    rates = california.cigsale.set_axis(pd.period_range("1970", periods=len(california), freq="Y"))
    return InterruptedTimeSeries([Step("1989"), Ramp("1989")], family="gaussian", errors=errors).fit(rates)


def _four_terms(result):
    in_1970 = result.combine({"intercept": 1, "trend": 1})
    return [in_1970, *(result.effects.loc[term] for term in ("trend", "step 1989", "ramp 1989"))]


@needs_validation
def test_california_by_maximum_likelihood():
    entry = expected("cigsales_single_gls_ml")
    want, result = entry["expect"], _california("ar1-ml")
    ours = _four_terms(result)
    assert result.estimate.nuisance["rho"] == pytest.approx(want["phi"], abs=entry["tol"])
    assert [row["estimate"] for row in ours] == pytest.approx(want["coef"], abs=entry["tol"])
    assert [row["std_error"] for row in ours] == pytest.approx(want["se"], abs=entry["tol"])
    assert result.estimate.log_likelihood == pytest.approx(want["loglik"], abs=entry["tol"])


@needs_validation
def test_california_by_reml_is_at_the_boundary_and_says_so():
    entry = expected("cigsales_single_gls_reml")
    want, result = entry["expect"], _california("ar1")
    step, ramp = result.effects.loc["step 1989"], result.effects.loc["ramp 1989"]
    assert [step["estimate"], step["std_error"]] == pytest.approx([want["coef_x"], want["se_x"]], abs=entry["tol"])
    assert [ramp["estimate"], ramp["std_error"]] == pytest.approx([want["coef_xt"], want["se_xt"]], abs=entry["tol"])
    assert result.estimate.boundary
    assert "do not quote these intervals" in result.summary()


@needs_validation
def test_new_hampshire_by_reml():
    entry = expected("nh_drug_cap_two_interventions")
    want = entry["reml_ar1"]
    values = table("itsx_nh_multiple_int.csv").rxpp.set_axis(pd.period_range("1980-01", periods=48, freq="M"))
    interventions = [
        Step("1981-09", name="dc"),
        Ramp("1981-09", name="dct", zero_at="last-old"),
        Step("1982-08", name="cp"),
        Ramp("1982-08", name="cpt", zero_at="last-old"),
        Pulse("1981-08", "1981-08", name="wp"),
    ]
    result = InterruptedTimeSeries(interventions, family="gaussian").fit(values)
    assert result.estimate.errors == "ar1"
    assert result.estimate.nuisance["rho"] == pytest.approx(want["phi"], abs=entry["tol"])
    for term in ("dc", "dct", "cp", "cpt"):
        ours = result.effects.loc[term, ["estimate", "std_error"]]
        assert list(ours) == pytest.approx(want[term], abs=entry["tol"])


def test_the_truce_step_on_the_shipped_chain():
    model = InterruptedTimeSeries([Step("2012-03")])
    result = model.fit(load_homicides("SLV"), window=("2010-01", "2013-12"))
    step = result.effects.loc["step 2012-03"]
    assert step["rate_ratio"] == pytest.approx(0.54, abs=PROTOTYPE)
    assert step["rate_ratio_low"] < 0.45 < step["rate_ratio_high"]
    assert "not adjusted" not in result.summary()
    assert "latent AR(1) path" in result.interval_words


def _correlated(seed=4, n=120):
    rng = np.random.default_rng(seed)
    months = np.arange(n)
    counts = simulate_counts(rng, np.full(n, 200.0), months, months, Theta(2.0, 0.05, 0.6))[0]
    return pd.Series(counts, index=pd.period_range("2010-01", periods=n, freq="M"))


def test_correlated_counts_have_wider_intervals_than_independent_errors_say():
    counts = _correlated()
    interventions = [Step("2015-01")]
    adjusted = InterruptedTimeSeries(interventions).fit(counts).effects.loc["step 2015-01"]
    plain = InterruptedTimeSeries(interventions, errors="iid").fit(counts).effects.loc["step 2015-01"]
    assert adjusted["std_error"] > 1.3 * plain["std_error"]


def test_a_combination_has_its_own_degrees_of_freedom():
    result = InterruptedTimeSeries([Step("2015-01"), Ramp("2015-01")]).fit(_correlated())
    whole = result.combine({"step 2015-01": 1, "ramp 2015-01": 30})
    weights = np.array([[0, 0, 1, 30.0]])
    freedom = result.estimate.ar1.contrast_degrees_of_freedom(weights)[0]
    assert freedom not in result.estimate.degrees_of_freedom
    assert whole["p_value"] == pytest.approx(
        2 * student.sf(abs(whole["estimate"]) / whole["std_error"], freedom), rel=ROUNDING
    )
    assert result.combine({"step 2015-01": 1}).tolist() == pytest.approx(
        result.effects.loc["step 2015-01"].tolist(), rel=ROUNDING
    )


def test_the_negative_binomial_takes_noise_in_proportion_to_the_rate():
    result = InterruptedTimeSeries([Step("2015-01")], family="negative-binomial").fit(_correlated())
    assert result.estimate.ar1.form == "nugget"
    assert set(result.estimate.nuisance) == {"1/theta", "sigma2", "rho"}
    assert result.dispersion == 1


def test_an_edge_of_the_variance_parameters_is_said():
    counts = pd.Series(
        [100, 101, 99, 100, 98, 102, 100, 99, 50, 51, 49, 50], index=pd.period_range("2020-01", periods=12, freq="M")
    )
    result = InterruptedTimeSeries([Step("2020-09")], trend=None).fit(counts)
    assert result.estimate.boundary
    assert any("latent variance at 0" in note for note in result.notes)


def test_gaussian_errors_take_gaps_but_no_uneven_windows():
    counts = monthly_counts().astype(float)
    model = InterruptedTimeSeries([Step("2018-05")], family="gaussian")
    whole = CountSeries.from_monthly(counts.drop(counts.index[10:12]), allow_missing=True)
    assert model.fit(whole).n_windows == 58
    rows = [("2020-Q1", 30), *((f"2020-{month:02d}", 10 + month) for month in range(4, 13))]
    with pytest.raises(SpecificationError, match="needs one window a calendar period; 2020-01/2020-03 is not"):
        InterruptedTimeSeries([Step("2020-08")], trend=None, family="gaussian").fit(window_series(rows))


def test_poisson_leaves_no_dispersion_to_estimate():
    with pytest.raises(SpecificationError, match='use family="quasi-poisson", or errors="iid"'):
        InterruptedTimeSeries([Step("2018-05")], family="poisson")


def test_three_variance_parameters_need_windows():
    with pytest.raises(SpecificationError, match="serially correlated errors beside 3 terms need 7 or more windows"):
        InterruptedTimeSeries([Step("2015-04")]).fit(monthly_counts(), window=("2015-01", "2015-06"))
