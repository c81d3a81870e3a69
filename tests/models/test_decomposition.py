"""Decompositions: by hand, brute force over orders and days, the delta method beside the draws, and what is refused."""

from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from tests.models.examples import monthly_counts, window_series
from violence_stats import InterruptedTimeSeries, Pulse, Ramp, Step, load_homicides
from violence_stats.errors import SpecificationError, WindowError
from violence_stats.models.aligned_windows import align_windows
from violence_stats.months import parse_window

ADDS_UP = 1e-10
"""What the parts promise."""
ROUNDING = 1e-8
"""Two orders of the same sums in double precision, after a fit iterated to convergence."""
SIMULATED = 0.1
"""Monte Carlo error of a 2.5% quantile from 10,000 draws, and curvature that the delta method leaves out."""

SECOND_HALVES = tuple(zip(range(42, 48), range(54, 60), strict=True))
"""Months of 2018-H2 and 2019-H2, side by side, in a series that starts in 2015."""


def _fit(interventions, *, harmonics=1, exposure=None, **options):
    model = InterruptedTimeSeries(interventions, harmonics=harmonics, errors="iid", **options)
    return model.fit(monthly_counts(), exposure=exposure)


def _by_orders(result, groups, pairs):
    """Shapley values by months and orders: each group of columns, or exposure (None), moves from the old months."""
    X, beta, exposure = result.frame.design.X, result.estimate.beta, result.frame.exposure
    names, months = list(result.frame.design.names), tuple(pairs)

    def log_total(moved):
        total = 0.0
        for old, new in months:
            row = X[old].copy()
            for name in moved:
                for column in groups[name] or ():
                    row[names.index(column)] = X[new][names.index(column)]
            total += exposure[new if "exposure" in moved else old] * np.exp(row @ beta)
        return np.log(total)

    orders = list(permutations(groups))
    values = dict.fromkeys(groups, 0.0)
    for order in orders:
        for place, name in enumerate(order):
            values[name] += (log_total(order[: place + 1]) - log_total(order[:place])) / len(orders)
    return values, {name: 100 * np.expm1(log_total([name]) - log_total([])) for name in groups}


def test_a_step_and_a_leap_day_by_hand():
    # 2 a day before and 1 a day after, fitted exactly: the step is log 0.5; 182 days against 181 are the rest
    rows = [("2019-H1", 362), ("2019-H2", 368), ("2020-H1", 182), ("2020-H2", 184)]
    result = InterruptedTimeSeries([Step("2020-01")], trend=None, errors="iid").fit(window_series(rows))
    found = result.decompose("2019-H1", "2020-H1")
    expected = {"exposure": np.log(182 / 181), "2020-01": np.log(0.5), "remainder": 0.0}
    assert found.parts["log_points"].to_dict() == pytest.approx(expected, abs=ROUNDING)
    assert found.parts["only_this_pct"].to_dict() == pytest.approx(
        {"exposure": 100 / 181, "2020-01": -50.0, "remainder": 0.0}, abs=1e-6
    )
    # 180 deaths fewer, split in proportion to the logs
    assert found.parts["deaths"].to_dict() == pytest.approx(
        {name: -180 * value / np.log(182 / 362) for name, value in expected.items()}, abs=1e-6
    )
    assert (found.observed, found.observed_baseline, found.change) == (182, 362, -180)


def test_every_order_gives_the_same_on_whole_months():
    result = _fit([Step("2018-05"), Ramp("2018-05"), Pulse("2019-09", "2019-10", name="curfew")])
    found = result.decompose("2018-H2", "2019-H2")
    groups = {
        "prior trend": ["trend"],
        "2018-05": ["step 2018-05", "ramp 2018-05"],
        "curfew": ["curfew"],
    }
    values, only = _by_orders(result, groups, SECOND_HALVES)
    for name in groups:
        assert found.parts.loc[name, "log_points"] == pytest.approx(values[name], abs=ROUNDING)
        assert found.parts.loc[name, "only_this_pct"] == pytest.approx(only[name], abs=1e-6)
    # the same months of the year: neither season nor days can have changed anything
    assert found.parts.loc[["season", "exposure"], "log_points"].tolist() == [0, 0]


def test_season_and_exposure_between_other_months_of_the_year():
    population = pd.Series({2015: 100.0, 2016: 101.0, 2017: 103.0, 2018: 104.0, 2019: 109.0})
    result = _fit([Step("2018-05")], harmonics=2, exposure=population)
    groups = {
        "prior trend": ["trend"],
        "season": ["sin 1", "cos 1", "sin 2", "cos 2"],
        "exposure": None,
        "2018-05": ["step 2018-05"],
    }
    # January lies beside October, February with its 28 days beside November with 30, March beside December
    values, only = _by_orders(result, groups, zip(range(36, 39), range(57, 60), strict=True))
    found = result.decompose("2018-Q1", "2019-Q4").parts
    assert found.loc[list(groups), "log_points"].to_dict() == pytest.approx(values, abs=ROUNDING)
    assert found.loc[list(groups), "only_this_pct"].to_dict() == pytest.approx(only, abs=1e-6)


@pytest.mark.parametrize(
    ("baseline", "window"),
    [("2018-H1", "2019-H1"), ("2018", "2019-Q4"), ("2015", ("2018-03", "2019-12")), ("2019-H2", "2016-03")],
)
def test_the_parts_add_up_whatever_the_windows(baseline, window):
    result = _fit([Step("2018-05-17"), Ramp("2018-05-17"), Pulse("2019-03-10", "2019-05-20", name="curfew")])
    found = result.decompose(baseline, window, n_draws=200)
    series = result.frame.series
    log_ratio = np.log(series.total(window) / series.total(baseline))
    assert found.parts["log_points"].sum() == pytest.approx(log_ratio, abs=ADDS_UP)
    assert found.draws.sum(axis=1) == pytest.approx(log_ratio, abs=ADDS_UP)
    assert found.parts["deaths"].sum() == pytest.approx(found.change, abs=1e-7)
    assert found.parts["share_pct"].sum() == pytest.approx(100)
    by_label = result.fitted["fitted"]
    rows = {span: [str(one.window) for one in series.tiles(span)] for span in (baseline, window)}
    assert found.fitted_baseline == pytest.approx(by_label[rows[baseline]].sum(), rel=ROUNDING)
    assert found.fitted == pytest.approx(by_label[rows[window]].sum(), rel=ROUNDING)


def test_days_that_lie_beside_each_other_but_for_rounding_are_one_piece():
    # October in three pieces of 1, 1 and 29 days: their shares add up to one month but for rounding
    result = _fit([Step("2017-10-02"), Step("2017-10-03")])
    spans = parse_window("2016"), parse_window("2017")
    aligned = align_windows(result.frame, *spans)
    assert aligned.exposure.shape == (2, 14)
    assert aligned.exposure.sum(axis=1) == pytest.approx([span.n_days for span in spans], rel=ROUNDING)


def test_the_order_of_the_windows_turns_every_sign():
    result = _fit([Step("2018-05"), Pulse("2019-03", "2019-05", name="curfew")])
    there, back = result.decompose("2017-H1", "2019-H1"), result.decompose("2019-H1", "2017-H1")
    assert back.parts["log_points"].to_numpy() == pytest.approx(-there.parts["log_points"].to_numpy(), abs=ADDS_UP)


def test_what_the_baseline_already_holds_is_said():
    result = _fit([Step("2018-05")])
    held = result.decompose("2018-H1", "2019-H1")
    assert held.notes[0] == (
        "61 of the 181 days of the baseline 2018-H1 already lie in 2018-05: its part is only what changed beyond them"
    )
    assert held.notes[0] in held.summary()
    assert not any("baseline" in note for note in result.decompose("2017-H1", "2019-H1").notes)
    # the step is on in 2 of 6 months of one and in all of the other: about two thirds of it
    whole = result.effects.loc["step 2018-05", "estimate"]
    assert whole < 0
    assert 0.55 * whole > held.parts.loc["2018-05", "log_points"] > 0.8 * whole


def test_intervals_agree_with_the_delta_method():
    result = _fit([Step("2018-05"), Pulse("2019-07", "2019-09", name="curfew")])
    found = result.decompose("2017-H2", "2019-H2")
    beta, step = result.estimate.beta, 1e-5

    def parts(shifted):
        groups = {"prior trend": ["trend"], "2018-05": ["step 2018-05"], "curfew": ["curfew"]}
        X, exposure, names = result.frame.design.X, result.frame.exposure, list(result.frame.design.names)
        worth = {}
        for moved in [(), *[tuple(one[:k]) for one in permutations(groups) for k in (1, 2, 3)]]:
            columns = [names.index(column) for name in moved for column in groups[name]]
            rows = X[30:36].copy()
            rows[:, columns] = X[54:60][:, columns]
            worth[frozenset(moved)] = np.log(exposure[30:36] @ np.exp(rows @ shifted))
        orders = list(permutations(groups))
        return np.array(
            [
                np.mean([worth[frozenset(o[: o.index(g) + 1])] - worth[frozenset(o[: o.index(g)])] for o in orders])
                for g in groups
            ]
        )

    slope = np.array([(parts(beta + step * e) - parts(beta - step * e)) / (2 * step) for e in np.eye(len(beta))]).T
    std_error = np.sqrt(np.einsum("ij,jk,ik->i", slope, result.estimate.cov, slope))
    chosen = found.parts.loc[["prior trend", "2018-05", "curfew"]]
    ours = (chosen["log_points_high"] - chosen["log_points_low"]).to_numpy() / (2 * 1.96)
    assert ours == pytest.approx(std_error, rel=SIMULATED)


def test_parts_that_are_hard_to_tell_apart_are_surer_together():
    result = _fit([Ramp("2019-01"), Pulse("2019-08", "2019-12", name="curfew")])
    found = result.decompose("2018-H2", "2019-H2")
    both = found.together(["2019-01", "curfew"])
    alone = found.parts.loc[["2019-01", "curfew"]]
    assert both["log_points"] == pytest.approx(alone["log_points"].sum())
    widths = alone["log_points_high"] - alone["log_points_low"]
    assert both["log_points_high"] - both["log_points_low"] < widths.max()
    with pytest.raises(SpecificationError, match="no part is called 'lockdown'"):
        found.together(["lockdown"])


def test_one_seed_gives_one_result_and_another_nearly_the_same():
    result = _fit([Step("2018-05")])
    first, again, other = (result.decompose("2018-H2", "2019-H2", seed=seed).parts for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)
    pd.testing.assert_frame_equal(first[["log_points"]], other[["log_points"]])


@pytest.mark.parametrize(
    "wrong", [{"n_draws": 99}, {"n_draws": "many"}, {"n_draws": 200.5}, {"seed": "x"}, {"seed": -1}]
)
def test_draws_and_seeds_are_whole_numbers(wrong):
    result = _fit([Step("2019-07")])
    with pytest.raises(SpecificationError, match=f"{next(iter(wrong))}: expected"):
        result.decompose("2018-H2", "2019-H2", **wrong)
    if "seed" in wrong:
        with pytest.raises(SpecificationError, match="seed: expected"):
            result.counterfactual(without="2019-07", **wrong)


def test_what_is_refused():
    result = _fit([Step("2018-05")])
    with pytest.raises(WindowError, match="share days"):
        result.decompose("2018", "2018-H2")
    with pytest.raises(WindowError, match="has no count for all of it"):
        result.decompose("2014", "2018")
    gaussian = InterruptedTimeSeries([Step("2018-05")], family="gaussian", errors="iid").fit(monthly_counts())
    with pytest.raises(SpecificationError, match="log link"):
        gaussian.decompose("2018-H1", "2019-H1")
    named = _fit([Step("2018-05", name="season")])
    with pytest.raises(SpecificationError, match="two parts would be called 'season'"):
        named.decompose("2018-H1", "2019-H1")
    counts = monthly_counts()
    counts.iloc[5] = 0
    empty = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(counts)
    with pytest.raises(SpecificationError, match="2015-06 counts 0"):
        empty.decompose("2015-06", "2019-06")


def test_no_change_has_no_shares():
    rows = [("2019-11", 60), ("2019-12", 62), ("2020-02", 50), ("2020-03", 60)]
    result = InterruptedTimeSeries([Step("2020-01")], trend=None, errors="iid").fit(window_series(rows))
    found = result.decompose("2019-11", "2020-03")
    assert found.log_ratio == 0
    assert found.parts["share_pct"].isna().all()
    assert found.parts["deaths"].sum() == pytest.approx(0, abs=1e-9)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["parts"][0]["share_pct"] is None


def test_it_is_plain_values_and_text():
    found = _fit([Step("2018-05"), Pulse("2019-03-10", "2019-05-20", name="curfew")]).decompose("2018-H1", "2019-H1")
    rows = json.loads(json.dumps(found.to_dict(), allow_nan=False))["parts"]
    assert [row["part"] for row in rows] == ["prior trend", "season", "exposure", "2018-05", "curfew", "remainder"]
    assert rows[4]["start"] == "2019-03-10"
    assert rows[0]["start"] is None
    said = found.summary()
    assert "10,000 joint draws (seed 4521)" in said
    assert "-0.000" not in said
    assert said == found.summary()
    frame = found.to_frame()
    frame.loc[:, "log_points"] = 0.0
    assert found.parts["log_points"].any()


def test_the_shipped_case_splits_its_fall():
    lockdown = Pulse("2020-03-21", "2020-06-13", name="lockdown")
    model = InterruptedTimeSeries([Step("2019-06"), Ramp("2019-06"), lockdown], harmonics=1)
    found = model.fit(load_homicides("SLV"), window=("2016-04", "2020-06")).decompose("2019-H1", "2020-H1")
    assert (found.observed, found.observed_baseline) == (589, 1576)
    assert found.parts["log_points"].sum() == pytest.approx(np.log(589 / 1576), abs=ADDS_UP)
    assert any("30 of the 181 days of the baseline" in note for note in found.notes)
