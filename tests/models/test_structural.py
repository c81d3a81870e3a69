"""The structural counterfactual, as users call it.

Kinds of test: by hand (a level that does not wander), simulated truth (coverage, the use of a control), refusals.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.datasets import nile

from tests.validation import expected, needs_validation
from violence_stats.errors import SeriesError, SpecificationError
from violence_stats.models.structural import StructuralTimeSeries
from violence_stats.series import CountSeries

# The published log-likelihood is of a start with a large variance in place of an infinite one.
PUBLISHED_TOLERANCE = 1e-4
# Quantiles of 20,000 draws move by about a fiftieth of a standard error.
DRAW_TOLERANCE = 0.05


def monthly(values: Any, start: str = "2012-01") -> pd.Series[Any]:
    return pd.Series(np.asarray(values), index=pd.period_range(start, periods=len(values), freq="M"))


def wandering(n: int, seed: int) -> np.ndarray[Any, Any]:
    rng = np.random.default_rng(seed)
    return 100 + np.cumsum(rng.standard_normal(n)) + rng.standard_normal(n)


@needs_validation
def test_nile_local_level_through_the_model() -> None:
    wanted = expected("nile_breaks")["expect"]
    flow = nile.load_pandas().data["volume"].set_axis(pd.period_range("1871", periods=100, freq="Y"))
    result = StructuralTimeSeries(season=False, transform=None).fit(flow)
    assert result.variances["variance"].round().tolist() == wanted["local_level_var"]
    assert result.loglik == pytest.approx(wanted["local_level_loglik"], rel=PUBLISHED_TOLERANCE)


def test_without_an_intervention_there_is_nothing_to_compare() -> None:
    result = StructuralTimeSeries(season=False).fit(monthly(wandering(60, 1)))
    assert result.fit.n_obs == 60
    assert "before" not in result.summary()
    with pytest.raises(SpecificationError, match="pass at="):
        result.counterfactual()


def test_a_level_that_does_not_wander_gives_the_mean_and_its_error() -> None:
    """White noise about a mean: the sum of 12 months ahead has the variance sigma2 (12 + 144/60)."""
    noise = 50 + np.random.default_rng(4).standard_normal(72)
    counts = monthly(noise)
    result = StructuralTimeSeries(season=False, transform=None).fit(counts, at="2017-01")
    assert result.fit.boundary == ("level",)
    without = result.counterfactual()
    assert without.expected == pytest.approx(noise[:60].mean(), rel=1e-4)
    sigma2 = result.variances.loc["irregular", "variance"]
    # a series of rates is averaged, not summed
    reach = 1.96 * np.sqrt(sigma2 * (12 + 144 / 60)) / 12
    assert without.expected_high - without.expected == pytest.approx(reach, rel=DRAW_TOLERANCE)


def test_interval_covers_at_its_level() -> None:
    """12 null series that wander: the year ahead misses its 95% interval in 3 of them with p .02."""
    hits = 0
    for seed in range(12):
        result = StructuralTimeSeries(season=False, transform=None).fit(monthly(wandering(84, seed)), at="2018-01")
        without = result.counterfactual()
        hits += without.expected_low <= without.observed <= without.expected_high
    assert hits >= 10


def test_a_control_narrows_the_interval_and_is_named() -> None:
    rng = np.random.default_rng(5)
    shared = np.cumsum(0.3 * rng.standard_normal(84))
    treated = monthly(rng.poisson(200 * np.exp(0.3 * shared)))
    control = CountSeries.from_monthly(monthly(rng.poisson(400 * np.exp(0.3 * shared))))
    series = CountSeries.from_monthly(treated)
    model = StructuralTimeSeries(season=False)
    alone = model.fit(series, at="2018-01").counterfactual()
    result = model.fit(series, at="2018-01", controls={"neighbour": control})
    beside = result.counterfactual()
    assert beside.expected_high - beside.expected_low < 0.5 * (alone.expected_high - alone.expected_low)
    row = result.control_effects.loc["neighbour"]
    assert row["ci_low"] < 1.0 < row["ci_high"]
    assert "control neighbour" in result.summary()


def test_what_comes_after_does_not_move_what_was_expected() -> None:
    values = wandering(72, 6)
    other = np.r_[values[:60], 3 * values[60:]]
    model = StructuralTimeSeries(season=True, transform=None)
    expectations = [model.fit(monthly(one), at="2017-01").to_frame()["expected"].tolist() for one in (values, other)]
    assert expectations[0] == pytest.approx(expectations[1], rel=1e-9)


def test_the_same_seed_gives_the_same_interval() -> None:
    result = StructuralTimeSeries(season=False).fit(monthly(wandering(72, 7)), at="2017-01")
    first, again, other = (result.counterfactual(seed=seed).expected_low for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_deaths_averted_are_cumulated_jointly() -> None:
    counts = CountSeries.from_monthly(monthly(np.random.default_rng(8).poisson(100, 72)))
    without = StructuralTimeSeries(season=False).fit(counts, at="2017-01").counterfactual()
    table = without.to_frame()
    assert table["averted_to_date"].iloc[-1] == pytest.approx(without.averted)
    assert table["averted_to_date_low"].iloc[-1] == pytest.approx(without.averted_low)
    # joint draws: the errors of a sum are not the sum of the errors
    assert without.expected_high - without.expected_low < (table["expected_high"] - table["expected_low"]).sum()


def test_plain_values(capsys: pytest.CaptureFixture[str]) -> None:
    result = StructuralTimeSeries().fit(monthly(wandering(84, 9)), at="2018-01")
    plain = result.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["season"] == 12
    without = result.counterfactual().to_dict()
    assert json.loads(json.dumps(without, allow_nan=False)) == without
    assert without["fitted"] is None
    assert result.summary() == result.summary()
    assert not capsys.readouterr().out


def test_a_control_with_other_windows_is_refused_by_its_windows() -> None:
    series, short = monthly(wandering(72, 10)), monthly(wandering(60, 11), "2013-01")
    with pytest.raises(
        SpecificationError,
        match=r"control Y has other windows than the series: 2013-01/2017-12 against 2012-01/2017-12",
    ):
        StructuralTimeSeries().fit(series, at="2017-01", controls={"Y": short})


def test_a_control_by_another_period_is_refused() -> None:
    quarters = pd.Series(wandering(24, 12), index=pd.period_range("2012Q1", periods=24, freq="Q"))
    with pytest.raises(SpecificationError, match="control Y has frequency Q, the series M"):
        StructuralTimeSeries().fit(monthly(wandering(72, 10)), at="2017-01", controls={"Y": quarters})


def test_a_control_with_a_gap_is_refused() -> None:
    control = monthly(wandering(72, 13))
    control.iloc[20] = np.nan
    with pytest.raises(SpecificationError, match=r"control Y has no value for 2013-09 \(1 missing\)"):
        StructuralTimeSeries().fit(monthly(wandering(72, 10)), at="2017-01", controls={"Y": control})


@pytest.mark.parametrize("at", ["2012-01", "2018-01"])
def test_an_intervention_outside_is_refused(at: str) -> None:
    with pytest.raises(SpecificationError, match="does not lie inside"):
        StructuralTimeSeries().fit(monthly(wandering(72, 10)), at=at)


def test_too_few_periods_before_are_refused() -> None:
    with pytest.raises(SpecificationError, match="needs at least 27 observed periods, got 20"):
        StructuralTimeSeries().fit(monthly(wandering(72, 10)), at="2013-09")


def test_a_window_that_was_fitted_is_refused() -> None:
    result = StructuralTimeSeries(season=False).fit(monthly(wandering(72, 10)), at="2017-01")
    with pytest.raises(SpecificationError, match="2016-06 was fitted"):
        result.counterfactual(("2016-06", "2017-06"))


def test_a_zero_in_a_control_has_no_log() -> None:
    control = monthly(wandering(72, 13))
    control.iloc[3] = 0.0
    with pytest.raises(SeriesError, match="control Y: 2012-04"):
        StructuralTimeSeries().fit(monthly(wandering(72, 10)), at="2017-01", controls={"Y": control})


@pytest.mark.parametrize("options", [{"trend": "level"}, {"transform": "sqrt"}])
def test_options_that_do_not_exist_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SpecificationError, match="expected"):
        StructuralTimeSeries(**options)
