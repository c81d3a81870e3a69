"""Power: worlds, what is found in them, the smallest change. By hand, against the normal formula, simulated truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import violence_stats as vs
from violence_stats.design.interventions import Pulse, Ramp, Step
from violence_stats.errors import FitError, SpecificationError
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.robustness.event import AverageEffect
from violence_stats.robustness.power import PowerOptions, power
from violence_stats.robustness.power_result import PowerResult

MONTE_CARLO = 3.5
"""Standard errors by which a share of simulated worlds may lie off, in any of eight comparisons."""
NORMAL = 0.02
"""The normal formula takes the standard error of a world's fit as known and its estimate as normal."""

SAME_ERROR = 1e-3
"""The dispersion of 1 is reached from above."""

AT = "2017-01"
LEVEL = InterruptedTimeSeries([Step(AT)], trend=None, errors="iid")


def steady(n_months: int = 36) -> pd.Series:
    """Less spread than Poisson counts, so that worlds are Poisson."""
    months = pd.period_range("2015-01", periods=n_months, freq="M")
    return pd.Series(2 * months.days_in_month.to_numpy(), index=months)


def test_power_against_the_normal_formula() -> None:
    options = PowerOptions(n_simulations=300, changes_pct=(-5, -8, -11, -15))
    found = power(LEVEL, steady(), AT, options=options)
    assert found.nuisance == {"dispersion": 1.0, "sigma2": 0.0, "rho": 0.0}
    days = steady().index.days_in_month.to_numpy()
    for row in found.table.itertuples():
        before, after = 2 * days[:24].sum(), 2 * days[24:].sum() * row.rate_ratio
        std_error = np.sqrt(1 / before + 1 / after)
        shift = np.log(row.rate_ratio) / std_error
        expected = norm.cdf(-1.96 - shift) + norm.sf(1.96 - shift)
        allowed = MONTE_CARLO * np.sqrt(expected * (1 - expected) / 300) + NORMAL
        assert abs(row.power - expected) < allowed


def test_changes_are_multiples_of_the_standard_error_by_default() -> None:
    found = power(LEVEL, steady(), AT, options=PowerOptions(n_simulations=20))
    logs = np.log(found.table["rate_ratio"])
    days = steady().index.days_in_month.to_numpy()
    poisson = np.sqrt(1 / (2 * days[:24].sum()) + 1 / (2 * days[24:].sum()))  # the counts themselves have no spread
    assert (logs / -poisson).tolist() == pytest.approx([0, 1, 2, 2.5, 3, 3.5, 4.5, 6], rel=SAME_ERROR)
    assert found.table["change_pct"].tolist() == pytest.approx((100 * (np.exp(logs) - 1)).tolist())
    rises = power(LEVEL, steady(), AT, options=PowerOptions(n_simulations=20, direction="rise"))
    assert (rises.table["rate_ratio"] >= 1).all()


def test_errors_that_ignore_correlation_raise_false_alarms() -> None:
    rng = np.random.default_rng(7)
    path = np.zeros(60)
    for t in range(1, 60):
        path[t] = 0.8 * path[t - 1] + 0.12 * rng.standard_normal()
    counts = pd.Series(rng.poisson(150 * np.exp(path)), index=pd.period_range("2012-01", periods=60, freq="M"))
    options = PowerOptions(n_simulations=60, changes_pct=(-50,))
    assert _alarms("iid", counts, options) > 0.3
    assert _alarms("ar1", counts, options) < 0.2


def _alarms(errors: str, counts: pd.Series, options: PowerOptions) -> float:
    model = replace(LEVEL, interventions=[Step("2015-01")], errors=errors)
    return power(model, counts, "2015-01", options=options).false_alarm_rate


def made_up(shares: list[float], ratios: list[float], *, wanted: float = 0.8, n: int = 100) -> PowerResult:
    share = np.array(shares)
    table = pd.DataFrame({"rate_ratio": ratios, "power": share}).assign(
        change_pct=lambda rows: 100 * (rows["rate_ratio"] - 1),
        mc_error=np.sqrt(share * (1 - share) / n),
        n_worlds=n,
        n_failed=0,
    )
    none = AverageEffect(estimate=0.0, std_error=0.1, ci_low=-0.2, ci_high=0.2, p_value=1.0, boundary=False)
    return PowerResult(
        at=date(2017, 1, 1),
        window=vs.CountSeries.from_monthly(steady()).span,
        table=table,
        level=0.05,
        power=wanted,
        observed=none,
        nuisance={"dispersion": 1.0, "sigma2": 0.0, "rho": 0.0},
        errors="iid",
        seed=1,
        series=vs.CountSeries.from_monthly(steady()),
        not_run=pd.DataFrame(columns=["change_pct", "reason"]),
    )


def test_the_smallest_change_lies_between_those_on_either_side() -> None:
    found = made_up([0.05, 0.6, 1.0], [1.0, np.exp(-0.2), np.exp(-0.4)])
    # 0.8 lies halfway between 0.6 and 1.0, so the log ratio halfway between -0.2 and -0.4
    assert found.smallest.rate_ratio == pytest.approx(np.exp(-0.3))
    # 0.6 + 1.96 * sqrt(0.24 / 100) = 0.696, then 1: (0.8 - 0.696) / 0.304 of the way; below it 0.504: 0.296 / 0.496
    assert found.smallest.weaker == pytest.approx(np.exp(-0.2 - 0.2 * 0.3422), abs=1e-3)
    assert found.smallest.stronger == pytest.approx(np.exp(-0.2 - 0.2 * 0.5969), abs=1e-3)
    assert found.smallest.change_pct == pytest.approx(100 * (np.exp(-0.3) - 1))


def test_power_that_dips_by_chance_is_evened_out() -> None:
    found = made_up([0.05, 0.7, 0.65, 0.9], [1.0, np.exp(-0.2), np.exp(-0.3), np.exp(-0.4)])
    assert found.smallest.rate_ratio == pytest.approx(np.exp(-0.35))


def test_a_change_out_of_reach_is_said_to_be() -> None:
    found = made_up([0.05, 0.3], [1.0, 0.7])
    assert np.isnan(found.smallest.rate_ratio)
    assert found.sentence() == "Even a change of -30% would not be found 80% of the time in counts like these."
    assert found.to_dict()["smallest_rate_ratio"] is None


def test_a_ramp_is_put_in_as_its_average() -> None:
    model = InterruptedTimeSeries([Ramp(AT, zero_at="last-old")], trend=None, errors="iid", exposure=None)
    strong = PowerOptions(n_simulations=20, changes_pct=(-40,))
    found = power(model, steady(), AT, options=strong)
    assert found.table["power"].tolist()[-1] == 1.0
    fit = model.fit(steady())
    # months 1 to 12 after: on average 6.5
    by_hand = fit.combine({f"ramp {AT}": 6.5})
    assert found.observed.estimate == pytest.approx(by_hand["estimate"], abs=1e-12)


def test_one_answer_for_any_number_of_processes() -> None:
    options = PowerOptions(n_simulations=20, changes_pct=(-10, -20))
    model = replace(LEVEL, errors="ar1")
    one, two = (power(model, steady(), AT, options=options, n_jobs=n_jobs) for n_jobs in (None, 2))
    pd.testing.assert_frame_equal(one.table, two.table, check_exact=True)
    other = power(model, steady(), AT, options=replace(options, seed=2))
    assert not other.table["power"].equals(one.table["power"])


def test_day_dated_terms_and_a_case() -> None:
    homicides = vs.load_homicides("SLV")
    model = InterruptedTimeSeries(
        [Step("2019-06-20"), Pulse("2020-03-21", "2020-06-13", name="lockdown")], errors="iid"
    )
    found = vs.power(
        model,
        homicides,
        "2019-06-20",
        window=("2016-04", "2020-06"),
        options=PowerOptions(n_simulations=20, changes_pct=(-60,)),
    )
    assert found.at == date(2019, 6, 20)
    assert found.table["power"].tolist()[-1] > 0.5
    assert "homicides SLV, 2019-06-20" in found.summary()


def test_changes_that_leave_nothing_to_fit_are_not_run_and_the_smaller_ones_are_kept() -> None:
    rare = monthly_poisson(mean=4.0, seed=3)
    options = PowerOptions(n_simulations=20, changes_pct=(-20, -40, -98, -99))
    found = power(LEVEL, rare, AT, options=options)
    # a twelvemonth of 48 falls to 1 or less by 98%: in about exp(-1) of the worlds nobody is left
    assert found.table["change_pct"].tolist() == pytest.approx([0, -20, -40])
    assert found.not_run["change_pct"].tolist() == pytest.approx([-98, -99])
    assert found.not_run["reason"].str.fullmatch(r"\d+ of 20 simulated worlds could not be fitted").all()
    assert "not run: -98%, because" in found.summary()
    assert [one["change_pct"] for one in found.to_dict()["not_run"]] == pytest.approx([-98, -99])
    with pytest.raises(FitError, match=r"of 20 simulated worlds could not be fitted: .*simulate smaller changes"):
        power(LEVEL, rare, AT, options=replace(options, changes_pct=(-99,)))


def monthly_poisson(mean: float, seed: int) -> pd.Series:
    months = pd.period_range("2015-01", periods=36, freq="M")
    return pd.Series(np.random.default_rng(seed).poisson(mean, 36), index=months)


def test_refusals() -> None:
    gaussian = InterruptedTimeSeries([Step(AT)], family="gaussian", errors="iid")
    with pytest.raises(SpecificationError, match="gaussian"):
        power(gaussian, steady(), AT)
    with pytest.raises(SpecificationError, match="time_constant_months"):
        power(InterruptedTimeSeries([vs.Onset(AT)]), steady(), AT)
    for wrong in ({"level": 0.0}, {"power": 1.0}, {"n_simulations": 5}, {"direction": "up"}, {"changes_pct": (-5, 5)}):
        with pytest.raises(SpecificationError, match=next(iter(wrong))):
            PowerOptions(**wrong)  # type: ignore[arg-type]
    with pytest.raises(SpecificationError, match="changes_pct"):
        PowerOptions(changes_pct=(-100,))


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "x"},
        {"n_simulations": "x"},
        {"n_simulations": 40.5},
        {"changes_pct": 5},
        {"changes_pct": ("a",)},
        {"changes_pct": (float("nan"),)},
        {"changes_pct": ()},
        {"seed": -1},
    ],
)
def test_options_of_another_kind_are_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(SpecificationError, match=next(iter(wrong))):
        PowerOptions(**wrong)


def test_what_is_no_model_and_no_options_is_refused() -> None:
    model = InterruptedTimeSeries([Step(AT)], errors="iid")
    with pytest.raises(SpecificationError, match=r"model: expected InterruptedTimeSeries.*got ITSResult"):
        power(model.fit(steady()), steady(), AT)  # type: ignore[arg-type]
    with pytest.raises(SpecificationError, match="options: expected PowerOptions"):
        power(model, steady(), AT, options=5)  # type: ignore[arg-type]
