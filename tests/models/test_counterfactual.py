"""Counterfactuals: by hand, brute force (the delta method beside the draws), simulated worlds, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from tests.models.examples import monthly_counts, window_series
from violence_stats import CountSeries, InterruptedTimeSeries, Pulse, Ramp, Step, load_homicides
from violence_stats.errors import SpecificationError, WindowError
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts

ROUNDING = 1e-9
"""Two orders of the same sums in double precision."""
SIMULATED = 0.1
"""Monte Carlo error of a 2.5% quantile from 10,000 draws, and curvature that the delta method leaves out; 1.64 standard
errors in place of 1.96 would be 0.16 off."""


def _two_events(**options):
    interventions = [Step("2018-05"), Ramp("2018-05"), Pulse("2019-03", "2019-05", name="curfew")]
    return InterruptedTimeSeries(interventions, harmonics=1, errors="iid", **options).fit(monthly_counts())


def test_without_a_step_the_old_level_stays():
    # 2 a day before; the step halves it, so the 60 days after are expected to hold 120 without it
    rows = [("2019-11", 60), ("2019-12", 62), ("2020-02", 29), ("2020-03", 31)]
    result = InterruptedTimeSeries([Step("2020-01")], trend=None, errors="iid").fit(window_series(rows))
    found = result.counterfactual("2020-01")
    assert (found.observed, round(found.expected, 6), round(found.averted, 6)) == (60, 120, 60)
    assert found.fitted == pytest.approx(60, rel=ROUNDING)
    assert found.windows["expected"].tolist() == pytest.approx([58, 62], rel=ROUNDING)
    # the fit is exact, so its dispersion is 0 and the parameters are certain; Poisson noise is left
    certain = result.counterfactual("2020-01", uncertainty=("parameters",))
    assert [certain.expected_low, certain.expected_high] == pytest.approx([120, 120], rel=1e-6)
    assert [found.expected_low, found.expected_high] == pytest.approx(list(poisson.ppf([0.025, 0.975], 120)), abs=2)


def test_all_terms_of_the_event_go_and_the_rest_stays():
    result = _two_events()
    found = result.counterfactual("2018-05", "2019-H1")
    b = result.effects["estimate"]
    index = pd.period_range("2019-01", periods=6, freq="M")
    curfew = np.isin(index.month, [3, 4, 5])
    eta = b["intercept"] + b["trend"] * np.arange(49, 55) + b["curfew"] * curfew
    eta = eta + b["sin 1"] * np.sin(2 * np.pi * index.month / 12) + b["cos 1"] * np.cos(2 * np.pi * index.month / 12)
    expected = np.exp(np.asarray(eta)) * index.days_in_month.to_numpy()
    assert found.windows["expected"].to_numpy() == pytest.approx(expected, rel=ROUNDING)
    assert found.expected == pytest.approx(expected.sum(), rel=ROUNDING)
    assert found.terms == ("step 2018-05", "ramp 2018-05")
    assert "curfew is held as fitted" in found.notes


def test_the_draws_of_the_parameters_agree_with_the_delta_method():
    result = _two_events()
    found = result.counterfactual("2018-05", "2019-H1", uncertainty=("parameters",))
    frame = result.frame
    X = frame.design.without(frame.design.event("2018-05"))[48:54]
    cell = np.exp(X @ result.estimate.beta) * frame.exposure[48:54]
    slope = cell @ X / cell.sum()
    std_error = np.sqrt(slope @ result.estimate.cov @ slope)
    ours = np.log(np.array([found.expected_low, found.expected_high]) / found.expected)
    assert ours == pytest.approx([-1.96 * std_error, 1.96 * std_error], rel=SIMULATED)


def test_noise_has_the_variance_of_the_family():
    """Given the mean, a window's count varies by phi mu; the total of independent windows by the sum."""
    result = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(monthly_counts() * 3)  # dispersion near 3
    found = result.counterfactual("2018-05", "2019", uncertainty=("counts",))
    spread = (found.expected_high - found.expected_low) / (2 * 1.96)
    assert spread == pytest.approx(np.sqrt(result.dispersion * found.expected), rel=SIMULATED)


def test_deaths_averted_add_up_to_date():
    found = _two_events().counterfactual("2018-05")
    table, last = found.windows, found.windows.iloc[-1]
    assert table["averted_to_date"].to_numpy() == pytest.approx(table["averted"].cumsum().to_numpy(), rel=ROUNDING)
    assert [last["averted_to_date"], last["averted_to_date_low"], last["averted_to_date_high"]] == pytest.approx(
        [found.averted, found.averted_low, found.averted_high], rel=ROUNDING
    )
    widths = table["averted_high"] - table["averted_low"]
    assert found.averted_high - found.averted_low < widths.sum()


def _worlds(n_worlds, *, n=72, rho=0.6, seed=31):
    rng = np.random.default_rng(seed)
    months, index = np.arange(n), pd.period_range("2014-01", periods=n, freq="M")
    draws = simulate_counts(rng, np.full(n, 150.0), months, months, Theta(2.0, 0.04, rho), n_draws=n_worlds)
    return [pd.Series(counts, index=index) for counts in draws]


def test_intervals_cover_what_would_have_been_counted():
    """Worlds without an effect: the counts of the half-year after the event are the counterfactual itself."""
    model = InterruptedTimeSeries([Step("2019-01")], trend=None)
    covered = []
    for counts in _worlds(40):
        found = model.fit(counts, window=("2014-01", "2019-12")).counterfactual("2019-01", "2019-H1")
        covered.append(found.expected_low <= counts["2019-01":"2019-06"].sum() <= found.expected_high)
    # 40 trials at 95%: fewer than 34 would be a chance of 0.1%
    assert sum(covered) >= 34


def test_each_part_of_the_uncertainty_adds_width():
    result = InterruptedTimeSeries([Step("2019-01")]).fit(_worlds(1, seed=5)[0])
    parts = [("parameters",), ("parameters", "latent"), ("parameters", "latent", "counts")]
    found = [result.counterfactual("2019-01", "2019", uncertainty=part) for part in parts]
    widths = [one.expected_high - one.expected_low for one in found]
    assert widths == sorted(widths)
    assert len({round(one.expected, 6) for one in found}) == 1
    assert "serial correlation" not in found[0].interval.split(";")[0]


def test_the_path_before_the_event_is_carried_forward():
    """A rate that ran high just before the event is expected to come back slowly."""
    counts = _worlds(1, seed=5)[0]
    raised = counts.copy()
    raised["2018-09":"2018-12"] = (raised["2018-09":"2018-12"] * 1.5).round()
    model = InterruptedTimeSeries([Step("2019-01")], trend=None)
    calm, high = (model.fit(one) for one in (counts, raised))
    assert high.estimate.nuisance["sigma2"] > 0
    near = high.counterfactual("2019-01", "2019-01").expected / 31
    far = high.counterfactual("2019-01", "2019-12").expected / 31
    assert near > 1.1 * far
    assert calm.counterfactual("2019-01", "2019-01").expected / 31 < near


def test_the_same_seed_gives_the_same_numbers_and_another_nearly():
    result = _two_events()
    first, again, other = (result.counterfactual("2018-05", seed=seed) for seed in (1, 1, 2))
    assert first.to_dict() == again.to_dict()
    assert first.expected == other.expected
    assert first.windows["expected_low"].tolist() != other.windows["expected_low"].tolist()
    assert first.expected_low == pytest.approx(other.expected_low, rel=SIMULATED)


def test_past_a_year_a_frozen_trend_stands_beside_the_linear_one():
    result = _two_events()
    assert result.counterfactual("2018-05", "2018").frozen_trend is None
    found = result.counterfactual("2018-05", "2019-12")
    b = result.effects["estimate"]
    assert found.frozen_trend.expected == pytest.approx(found.expected * np.exp(b["trend"] * (41 - 60)), rel=ROUNDING)
    assert "with the trend frozen at the event: expected" in found.summary()
    flat = InterruptedTimeSeries([Step("2018-05")], trend=None, errors="iid").fit(monthly_counts())
    assert flat.counterfactual("2018-05").frozen_trend is None


@pytest.mark.parametrize("errors", ["iid", "newey-west", "ar1", "ar1-ml", "prais-winsten"])
def test_gaussian_values_have_counterfactuals_too(errors):
    counts = _worlds(1, seed=7)[0]
    model = InterruptedTimeSeries([Step("2019-01")], trend=None, family="gaussian", errors=errors)
    found = model.fit(CountSeries.from_monthly(counts)).counterfactual("2019-01", "2019-H1")
    assert found.expected == pytest.approx(6 * 150, rel=0.1)
    assert found.expected_low < 6 * 150 < found.expected_high
    only_parameters = model.fit(CountSeries.from_monthly(counts)).counterfactual(
        "2019-01", "2019-H1", uncertainty=("parameters",)
    )
    assert only_parameters.expected_high - only_parameters.expected_low < found.expected_high - found.expected_low


def test_uncertainty_is_of_three_kinds():
    with pytest.raises(SpecificationError, match="uncertainty: expected some of parameters, latent, counts, got"):
        _two_events().counterfactual("2018-05", uncertainty=("model",))
    with pytest.raises(SpecificationError, match="got 'latent'"):
        _two_events().counterfactual("2018-05", uncertainty="latent")
    with pytest.raises(SpecificationError, match="uncertainty: expected some of"):
        _two_events().counterfactual("2018-05", uncertainty=())


def test_the_default_window_runs_from_the_event_to_the_end():
    found = _two_events().counterfactual("2018-05")
    assert str(found.window) == "2018-05/2019-12"
    assert len(found.windows) == 20
    assert found.averted == pytest.approx(found.windows["averted"].sum(), rel=ROUNDING)


def test_a_day_dated_event_starts_in_the_month_that_holds_it():
    result = InterruptedTimeSeries([Step("2018-05-20")]).fit(monthly_counts())
    assert str(result.counterfactual("2018-05").window) == "2018-05/2019-12"


def test_the_months_before_the_event_are_as_observed():
    found, after = (_two_events().counterfactual("2018-05", window) for window in ("2018", ("2018-05", "2018-12")))
    before = found.windows.iloc[:4]
    assert before["expected"].tolist() == before["expected_low"].tolist() == before["observed"].tolist()
    assert found.averted == pytest.approx(after.averted, rel=ROUNDING)


def test_a_later_step_has_to_be_held_by_name():
    counts = monthly_counts()
    result = InterruptedTimeSeries([Step("2017-02"), Step("2018-05", name="reform")], errors="iid").fit(counts)
    assert result.counterfactual("2017-02", "2017").notes == ()
    with pytest.raises(SpecificationError, match=r'reaches past reform \(2018-05-01\).*hold=\["reform"\]'):
        result.counterfactual("2017-02")
    held = result.counterfactual("2017-02", hold="reform")
    assert "reform is held as fitted" in held.notes
    assert result.counterfactual("2017-02", hold=["2018-05"]).expected == held.expected


@pytest.mark.parametrize(
    ("without", "window", "error", "says"),
    [
        ("2017-01", None, SpecificationError, "no intervention starts in 2017-01"),
        ("2018-05", "2017", SpecificationError, "2017 ends before step 2018-05 starts on 2018-05-01"),
        ("2018-05", ("2019-01-15", "2019-12"), WindowError, "does not fit"),
        ("2018-05", "2020", WindowError, "has no count for all of it"),
    ],
)
def test_what_has_no_counterfactual(without, window, error, says):
    with pytest.raises(error, match=says):
        _two_events().counterfactual(without, window)


def test_rates_are_averaged_by_time_not_added():
    index = pd.period_range("2000", periods=8, freq="Y")
    rates = pd.Series([50.0, 51, 49, 50, 30, 31, 29, 30], index=index)
    model = InterruptedTimeSeries([Step("2004")], trend=None, family="gaussian", errors="iid")
    found = model.fit(CountSeries.from_periods(rates, kind="rate")).counterfactual("2004")
    assert found.observed == pytest.approx(30)
    assert found.expected == pytest.approx(50)
    assert found.averted_low == pytest.approx(found.expected_low - 30)
    assert "20.00" in found.summary()


def test_the_mean_of_rates_over_unequal_windows_weighs_them_by_time():
    rows = [("2000", 50), ("2001", 52), ("2002", 51), ("2003", 30), (("2004", "2006"), 36)]
    model = InterruptedTimeSeries([Step("2003")], trend=None, family="gaussian", errors="iid")
    found = model.fit(window_series(rows, frequency="Y", kind="rate")).counterfactual("2003")
    assert found.observed == pytest.approx((30 + 3 * 36) / 4, rel=ROUNDING)


def test_the_half_year_after_the_break_on_the_shipped_chain():
    model = InterruptedTimeSeries(
        [Step("2019-06"), Ramp("2019-06"), Pulse("2020-03-21", "2020-06-13", name="lockdown")],
        harmonics=1,
        errors="iid",
    )
    found = model.fit(load_homicides("SLV"), window=("2016-04", "2020-06")).counterfactual("2019-06", "2020-H1")
    assert found.observed == 589
    assert found.expected_low < found.expected < found.expected_high
    assert "not adjusted for serial correlation" in found.summary()
    assert json.loads(json.dumps(found.to_dict()))["windows"][0]["window"] == "2020-01"
