"""Several units in one interrupted time series.

Kinds of test: reference (Linden's multiple-group model on the cigarette data), brute force (separate fits, sums by
loops), simulated truth, refusals.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.validation import expected, needs_validation, table
from violence_stats.design.interventions import Pulse, Ramp, Step
from violence_stats.design.transfer import Onset
from violence_stats.errors import FitError, SpecificationError
from violence_stats.models.controlled import ControlledInterruptedTimeSeries
from violence_stats.models.controlled_result import ControlledResult
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.months import parse_window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

# Printed to eight significant digits or so.
PUBLISHED_TOLERANCE = 1e-5
# Two searches for one optimum by Fisher scoring.
SAME_FIT = 1e-7


def monthly(values: Any, start: str = "2016-01") -> pd.Series[Any]:
    return pd.Series(np.asarray(values), index=pd.period_range(start, periods=len(values), freq="M"))


def poisson(level: float, step: float, seed: int, n: int = 60, at: int = 40) -> pd.Series[Any]:
    mean = level * np.where(np.arange(n) >= at, step, 1.0)
    return monthly(np.random.default_rng(seed).poisson(mean))


def cigarettes(state: str) -> pd.Series[Any]:
    sales = table("cigsales.csv").query("state == @state")
    return pd.Series(sales["cigsale"].to_numpy(), pd.PeriodIndex(sales["year"].astype(str), freq="Y"))


@pytest.fixture(scope="module")
def linden() -> ControlledResult:
    model = ControlledInterruptedTimeSeries(
        [Step("1989"), Ramp("1989")], family="gaussian", errors="newey-west", lags=1, control_levels="shared"
    )
    return model.fit(cigarettes("California"), {state: cigarettes(state) for state in ("Colorado", "Idaho", "Montana")})


@needs_validation
def test_cigarettes_with_three_controls(linden: ControlledResult) -> None:
    wanted = expected("cigsales_multi_CO_ID_MT_newey1")["expect"]
    terms = {
        "_z_t": "treated trend",
        "_z_x1989": "treated step 1989",
        "_z_x_t1989": "treated ramp 1989",
        "_x1989": "step 1989",
        "_x_t1989": "ramp 1989",
    }
    for name, term in terms.items():
        row = linden.effects.loc[term]
        assert [row["estimate"], row["std_error"]] == pytest.approx(wanted[name], rel=PUBLISHED_TOLERANCE), name
    # Stata counts t from 0, the trend here from 1
    first_year = linden.combine({"treated": 1, "treated trend": 1})
    assert [first_year["estimate"], first_year["std_error"]] == pytest.approx(wanted["_z"], rel=PUBLISHED_TOLERANCE)


def test_with_own_levels_the_treated_effect_is_the_difference_of_separate_fits() -> None:
    """Without anything shared but the dispersion, the estimates are those of each unit by itself."""
    here, there = poisson(200, 0.4, 1), poisson(500, 0.8, 2)
    interventions = [Step("2019-05")]
    both = ControlledInterruptedTimeSeries(interventions, errors="iid", family="poisson").fit(here, {"there": there})
    alone = InterruptedTimeSeries(interventions, errors="iid", family="poisson")
    steps = [alone.fit(one).effects.loc["step 2019-05"] for one in (here, there)]
    row = both.effects.loc["treated step 2019-05"]
    assert row["estimate"] == pytest.approx(steps[0]["estimate"] - steps[1]["estimate"], rel=SAME_FIT)
    assert row["std_error"] == pytest.approx(np.hypot(steps[0]["std_error"], steps[1]["std_error"]), rel=SAME_FIT)
    assert both.effects.loc["step 2019-05", "estimate"] == pytest.approx(steps[1]["estimate"], rel=SAME_FIT)
    assert both.treated_effects.index.tolist() == ["treated step 2019-05"]


def test_newey_west_never_crosses_units() -> None:
    """The covariance by loops over units and lags."""
    here, there = poisson(30, 0.5, 3, n=30, at=18), poisson(60, 0.9, 4, n=30, at=18)
    model = ControlledInterruptedTimeSeries(
        [Step("2017-07")], family="gaussian", errors="newey-west", lags=2, trend=None, control_levels="shared"
    )
    result = model.fit(here, {"there": there})
    after = (np.arange(30) >= 18).astype(float)
    ones, none = np.ones(30), np.zeros(30)
    X = np.vstack([np.column_stack([ones, ones, after, after]), np.column_stack([ones, none, after, none])])
    y = np.r_[here.to_numpy(float), there.to_numpy(float)]
    bread = np.linalg.inv(X.T @ X)
    scores = X * (y - X @ bread @ X.T @ y)[:, None]
    meat = np.zeros((4, 4))
    for first in (0, 30):
        for i in range(first, first + 30):
            for j in range(first, first + 30):
                meat += max(0.0, 1 - abs(i - j) / 3) * np.outer(scores[i], scores[j])
    cov = bread @ meat @ bread * 60 / 56
    assert result.effects["std_error"].tolist() == pytest.approx(np.sqrt(np.diag(cov)).tolist(), rel=SAME_FIT)
    assert result.effects.index.tolist() == ["intercept", "treated", "step 2017-07", "treated step 2017-07"]


def wandering(level: float, seed: int) -> pd.Series[Any]:
    """Counts about a log rate with AR(1) at .8."""
    rng, path = np.random.default_rng(seed), np.zeros(60)
    for t in range(1, 60):
        path[t] = 0.8 * path[t - 1] + 0.15 * rng.standard_normal()
    return monthly(rng.poisson(level * np.exp(path)))


def test_latent_path_errors_do_not_cross_units() -> None:
    """The order in which controls are stacked does not matter, though their rates wander."""
    here, first, second = wandering(300, 5), wandering(500, 6), wandering(200, 7)
    model = ControlledInterruptedTimeSeries([Step("2019-05")], trend=None)
    one, other = model.fit(here, {"a": first, "b": second}), model.fit(here, {"b": second, "a": first})
    assert 0.5 < one.estimate.nuisance["rho"] < 0.94
    columns = ["estimate", "std_error", "ci_low"]
    ours, theirs = (result.effects.loc["treated step 2019-05", columns].tolist() for result in (one, other))
    assert ours == pytest.approx(theirs, rel=1e-5)


@pytest.mark.parametrize("family", ["quasi-poisson", "negative-binomial", "gaussian"])
@pytest.mark.parametrize("errors", ["ar1", "newey-west", "iid"])
def test_a_planted_ratio_of_ratios_is_found(family: Any, errors: Any) -> None:
    """A fall to .3 here and to .6 there: half as much left here."""
    rng = np.random.default_rng(8)
    shared = np.exp(0.1 * rng.standard_normal(60))
    after = np.arange(60) >= 40
    here = monthly(rng.poisson(300 * shared * np.where(after, 0.3, 1.0)))
    there = monthly(rng.poisson(400 * shared * np.where(after, 0.6, 1.0)))
    model = ControlledInterruptedTimeSeries([Step("2019-05")], trend=None, family=family, errors=errors)
    row = model.fit(here, {"there": there}).effects.loc["treated step 2019-05"]
    truth = -210 + 160 if family == "gaussian" else np.log(0.5)
    assert abs(row["estimate"] - truth) < 3 * row["std_error"]
    assert row["std_error"] < abs(truth) / 2


def test_controls_are_added_up_to_the_windows_of_the_treated_series() -> None:
    here, there = poisson(100, 0.5, 9), poisson(200, 0.9, 10)
    months = CountSeries.from_monthly(here).observations
    joined = Observation(
        window=parse_window(("2017-01", "2017-03")), value=float(sum(one.value for one in months[12:15]))
    )
    treated = CountSeries(observations=(*months[:12], joined, *months[15:]))
    result = ControlledInterruptedTimeSeries([Step("2019-05")], errors="iid").fit(treated, {"there": there})
    assert result.fitted.loc[("there", "2017-01/2017-03"), "observed"] == there.iloc[12:15].sum()
    assert len(result.fitted) == 2 * 58


def test_exposure_by_unit_moves_levels_only() -> None:
    here, there = poisson(100, 0.5, 11), poisson(200, 0.9, 12)
    people = pd.Series(1000.0, index=here.index)
    model = ControlledInterruptedTimeSeries([Step("2019-05")], errors="iid")
    plain = model.fit(here, {"there": there})
    exposed = model.fit(here, {"there": there}, exposure={"treated": people, "there": 2 * people})
    step = "treated step 2019-05"
    assert exposed.effects.loc[step, "estimate"] == pytest.approx(plain.effects.loc[step, "estimate"], rel=1e-6)
    shift = exposed.effects["estimate"] - plain.effects["estimate"]
    assert shift["intercept (there)"] == pytest.approx(-np.log(2000), rel=1e-6)


@needs_validation
def test_tables_and_words(linden: ControlledResult) -> None:
    plain = linden.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert linden.to_frame().equals(linden.effects)
    assert "beside Colorado, Idaho, Montana" in linden.summary()
    assert linden.interval_words.endswith("correlation within units only")


def test_a_control_with_other_windows_is_refused_by_its_window() -> None:
    quarters = pd.Series([90] * 20, index=pd.period_range("2016Q1", periods=20, freq="Q"))
    with pytest.raises(
        SpecificationError, match="control Y has other windows than the treated series, which has 2016-01"
    ):
        ControlledInterruptedTimeSeries([Step("2019-05")]).fit(poisson(100, 0.5, 1), {"Y": quarters})


def test_a_control_that_ends_early_is_refused_by_its_window() -> None:
    with pytest.raises(SpecificationError, match=r"which has 2020-12"):
        ControlledInterruptedTimeSeries([Step("2019-05")]).fit(
            poisson(100, 0.5, 1), {"Y": poisson(100, 1.0, 2).iloc[:-1]}
        )


@pytest.mark.parametrize(
    ("controls", "exposure", "words"),
    [
        ({}, None, "at least one series by name"),
        ({"treated": poisson(100, 1.0, 2)}, None, "no control can be called 'treated'"),
        ({"Y": poisson(100, 1.0, 2)}, {"Y": poisson(100, 1.0, 2)}, "exposure: expected one for each of treated, Y"),
    ],
)
def test_controls_that_cannot_be_read_are_refused(controls: Any, exposure: Any, words: str) -> None:
    with pytest.raises(SpecificationError, match=words):
        ControlledInterruptedTimeSeries([Step("2019-05")]).fit(poisson(100, 0.5, 1), controls, exposure=exposure)


def test_a_shared_level_that_the_terms_already_hold_is_collinear() -> None:
    """A pulse and a step over the same months."""
    interventions = [Step("2020-06"), Pulse("2020-06", "2020-12")]
    with pytest.raises(SpecificationError, match="collinear"):
        ControlledInterruptedTimeSeries(interventions).fit(poisson(100, 0.5, 1), {"Y": poisson(100, 1.0, 2)})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"interventions": []}, "name at least one"),
        ({"interventions": [Onset("2019-05")]}, "onset 2019-05 has none: give time_constant_months"),
        ({"errors": "prais-winsten"}, "errors: expected"),
        ({"control_levels": "none"}, "control_levels: expected"),
        ({"lags": 2}, "lags belong"),
        ({"family": "poisson"}, "fixes at 1"),
    ],
)
def test_options_that_do_not_exist_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecificationError, match=words):
        ControlledInterruptedTimeSeries(**{"interventions": [Step("2019-05")], **options})


def test_the_counterfactual_is_that_of_the_treated_terms_alone() -> None:
    here, there = poisson(200, 0.4, 1), poisson(500, 0.8, 2)
    model = ControlledInterruptedTimeSeries([Step("2019-05")], trend=None, exposure=None)
    result = model.fit(here, {"there": there})
    found = result.counterfactual("2019-05")
    # the treated series' own level before, times what the controls did: 20 months of it
    change = result.effects.loc["step 2019-05", "rate_ratio"]
    level = result.fitted.loc["treated", "fitted"].iloc[0]
    path = result.counterfactual("2019-05", uncertainty=["parameters"]).expected
    assert found.observed == here["2019-05":].sum()
    assert found.expected == pytest.approx(path)
    assert found.expected == pytest.approx(20 * level * change, rel=0.02)  # but for the path carried forward
    assert found.expected_low < found.expected < found.expected_high
    assert found.averted == pytest.approx(found.expected - found.observed)
    assert found.terms == ("treated step 2019-05",)
    assert (found.event, len(found.windows)) == ("2019-05", 20)
    assert "what the controls did is kept" in found.summary()
    by_term = result.counterfactual("step 2019-05")
    assert by_term.expected == found.expected
    assert by_term.event == "step 2019-05"


def test_without_a_change_in_the_controls_it_is_that_of_the_series_alone() -> None:
    """Own levels, independent errors: with a flat control the treated unit is expected to go on as it was."""
    here = poisson(200, 0.4, 1)
    flat = monthly(np.full(60, 300))
    both = ControlledInterruptedTimeSeries([Step("2019-05")], trend=None, errors="iid", exposure=None).fit(
        here, {"there": flat}
    )
    alone = InterruptedTimeSeries([Step("2019-05")], trend=None, errors="iid", exposure=None).fit(here)
    assert both.counterfactual("2019-05").expected == pytest.approx(
        alone.counterfactual("2019-05").expected, rel=SAME_FIT
    )


@pytest.mark.parametrize("levels", ["own", "shared"])
def test_the_trend_frozen_at_the_event_is_that_of_every_unit_column(levels: Any) -> None:
    rising = monthly(np.random.default_rng(4).poisson(np.linspace(100, 300, 60)))
    model = ControlledInterruptedTimeSeries([Step("2018-05")], control_levels=levels)
    found = model.fit(rising, {"there": poisson(500, 0.8, 2, at=28)}).counterfactual("2018-05")
    assert found.frozen_trend is not None
    assert found.frozen_trend.event == "2018-05"
    assert found.frozen_trend.expected < found.expected


def test_a_later_event_of_the_treated_series_has_to_be_held() -> None:
    model = ControlledInterruptedTimeSeries([Step("2018-05"), Step("2019-05")])
    result = model.fit(poisson(200, 0.4, 1), {"there": poisson(500, 0.8, 2)})
    with pytest.raises(SpecificationError, match=r"reaches past treated step 2019-05"):
        result.counterfactual("2018-05")
    held = result.counterfactual("2018-05", hold="step 2019-05")
    assert "treated step 2019-05 is held as fitted" in held.notes


def test_a_group_whose_counts_after_the_break_are_all_zero_is_named() -> None:
    silent = poisson(200, 0.4, 1)
    silent.iloc[40:] = 0
    with pytest.raises(FitError, match=r"step 2019-05 apart is 0.*separation"):
        ControlledInterruptedTimeSeries([Step("2019-05")]).fit(silent, {"there": poisson(500, 0.8, 2)})


def test_rates_take_each_unit_by_its_own_population() -> None:
    here, there = poisson(200, 0.4, 1), poisson(500, 0.8, 2)
    result = ControlledInterruptedTimeSeries([Step("2019-05")]).fit(here, {"there": there})
    people = {"treated": 1e6, "there": 5e6}
    rates = result.per_100k({unit: pd.Series(value, index=range(2016, 2021)) for unit, value in people.items()})
    # 31 of the 366 days of 2016
    assert rates.loc[("treated", "2016-01"), "observed_per_100k"] == pytest.approx(here.iloc[0] * 366 / 31 / 10)
    assert rates.loc[("there", "2016-01"), "observed_per_100k"] == pytest.approx(there.iloc[0] * 366 / 31 / 50)
    assert list(rates.index) == list(result.fitted.index)
    with pytest.raises(SpecificationError, match="none for there"):
        result.per_100k({"treated": pd.Series(1e6, index=range(2016, 2021))})


def test_a_correlation_that_is_not_seen_leaves_json_sound() -> None:
    """Without a latent path its autocorrelation is not defined."""
    model = ControlledInterruptedTimeSeries([Step("2019-05")], trend=None)
    result = model.fit(monthly([30, 31] * 30), {"there": monthly([50, 52] * 30)})
    assert np.isnan(result.estimate.nuisance["rho"])
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False))["nuisance"]["rho"] is None
