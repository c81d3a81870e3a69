"""A window against its baseline here and in other countries.

Kinds of test: by hand (the published half-years, arithmetic in comments), simulated truth (coverage of the interval),
property (hypothesis), refusals.
"""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import violence_stats as vs
from violence_stats.errors import SelectionError, SeriesError, SpecificationError, WindowError
from violence_stats.ledger.settings import Control
from violence_stats.questions.windows import WindowComparison, compare_windows

# Arithmetic on doubles.
EXACT = 1e-12

PUBLISHED = {"GTM": (1608, 2330), "HND": (1544, 1926), "COL": (5424, 6223), "MEX": (18025, 17191)}


def months(values: list[int], start: str = "2019-01") -> vs.CountSeries:
    index = pd.period_range(start, periods=len(values), freq="M")
    return vs.CountSeries.from_monthly(pd.Series(values, index=index), country="X", definition="all")


@pytest.fixture(scope="module")
def shipped() -> WindowComparison:
    return compare_windows(vs.load_homicides("SLV"), window="2020-H1", baseline="2019-H1")


def test_published_half_years_come_out_of_the_ledger(shipped: WindowComparison) -> None:
    table = shipped.to_frame()
    assert table.index.tolist() == ["SLV", *PUBLISHED]
    for country, (after, before) in PUBLISHED.items():
        assert tuple(table.loc[country, ["window_count", "baseline_count"]]) == (after, before)
    assert tuple(table.loc["SLV", ["window_count", "baseline_count"]]) == (589, 1576)


def test_both_counts_of_a_control_are_of_one_vintage(shipped: WindowComparison) -> None:
    """Honduras later revised its half-year to 1,614 and 1,631; one document has the 1,926 of 2019 beside 1,544."""
    table = shipped.to_frame()
    assert (table["baseline_known_on"] == table["window_known_on"]).loc[list(PUBLISHED)].all()
    assert "HND: 2020-H1 is 1,544 in the vintage compared, 1,614 and 1,631 in others" in shipped.notes


def test_ratio_of_ratios_by_hand() -> None:
    """(50/100) / (90/120) = 2/3; log variance 2 * (1/100 + 1/50) + 2 * (1/120 + 1/90) with dispersion 2."""
    compared = compare_windows(
        months([100, 50]), window="2019-02", baseline="2019-01", controls={"Y": months([120, 90])}, dispersion=2.0
    )
    reach = 1.959963984540054 * math.sqrt(2 * (1 / 100 + 1 / 50 + 1 / 120 + 1 / 90))
    row = compared.to_frame().loc["Y"]
    assert row["ratio_of_ratios"] == pytest.approx(2 / 3, rel=EXACT)
    assert row["ratio_of_ratios_low"] == pytest.approx(2 / 3 * math.exp(-reach), rel=EXACT)
    assert row["ratio_of_ratios_high"] == pytest.approx(2 / 3 * math.exp(reach), rel=EXACT)
    assert compared.to_frame().loc["X", "change_pct"] == pytest.approx(-50, rel=EXACT)
    assert compared.together is None


def test_counts_by_period_are_read_as_they_are() -> None:
    here, there = (
        pd.Series(one, index=pd.period_range("2019-01", periods=2, freq="M")) for one in ([100, 50], [120, 90])
    )
    compared = compare_windows(here, window="2019-02", baseline="2019-01", controls={"Y": there})
    assert compared.to_frame().loc["Y", "ratio_of_ratios"] == pytest.approx(2 / 3, rel=EXACT)
    with pytest.raises(SeriesError, match="PeriodIndex"):
        compare_windows([100, 50], window="2019-02", baseline="2019-01", controls={"Y": there})  # type: ignore[arg-type]


def test_controls_have_one_vote_each_whatever_their_size() -> None:
    """Ratios .5 and 2 have a geometric mean of 1, their logs a variance of 2 (log 2)^2; t with 1 degree is 12.7062."""
    compared = compare_windows(
        months([1000, 500]),
        window="2019-02",
        baseline="2019-01",
        controls={"small": months([200, 100]), "large": months([10_000, 20_000])},
        dispersion=1.0,
    )
    between = 2 * math.log(2) ** 2
    reach = 12.706204736432095 * math.sqrt(between * 1.5)
    assert compared.together is not None
    assert compared.together.value == pytest.approx(0.5, rel=EXACT)
    assert compared.together.low == pytest.approx(0.5 * math.exp(-reach), rel=1e-9)


def test_dispersion_is_estimated_where_there_are_months_and_said_to_be_poisson_where_not(
    shipped: WindowComparison,
) -> None:
    table = shipped.to_frame()
    assert table.loc[["SLV", "COL", "MEX"], "dispersion"].gt(2).all()
    assert table.loc[["GTM", "HND"], "dispersion"].eq(1).all()
    assert any("in GTM, HND: taken as Poisson" in note for note in shipped.notes)


def test_as_of_takes_what_was_known(shipped: WindowComparison) -> None:
    """In October 2020 the months of Colombia that the ledger holds had not been compiled yet."""
    then = vs.load_homicides("SLV", publisher="PNC", as_of="2020-10-31")
    compared = compare_windows(
        then,
        window="2020-H1",
        baseline="2019-H1",
        controls=[Control(country="GTM", publisher="INACIF"), Control(country="HND", publisher="SEPOL")],
    )
    assert compared.to_frame()["window_count"].tolist() == [586, 1608, 1544]
    with pytest.raises(SpecificationError, match=r"COL \(PONAL\) has no counts .* as known on 2020-10-31"):
        compare_windows(then, window="2020-H1", baseline="2019-H1")


def test_interval_covers_at_its_level() -> None:
    """True ratio of ratios .6; 400 draws of negative-binomial counts with variance 3 times the mean."""
    rng = np.random.default_rng(1)
    means, dispersion, n_runs = np.array([400.0, 200.0, 300.0, 250.0]), 3.0, 400
    size = means / (dispersion - 1)
    counts = rng.negative_binomial(size, 1 / dispersion, (n_runs, 4))
    truth = (200 / 400) / (250 / 300)
    hits = 0
    for a, b, c, d in counts.tolist():
        control = compare_windows(
            months([a, b]),
            window="2019-02",
            baseline="2019-01",
            controls={"Y": months([c, d])},
            dispersion=dispersion,
        )
        ratio = control.treated.over(control.controls[0])
        hits += ratio.low <= truth <= ratio.high
    # three Monte Carlo standard errors of 95%
    assert abs(hits / n_runs - 0.95) < 3 * math.sqrt(0.95 * 0.05 / n_runs)


@given(st.lists(st.integers(min_value=1, max_value=10_000), min_size=4, max_size=4))
def test_swapping_treated_and_control_inverts_the_ratio(values: list[int]) -> None:
    a, b = months(values[:2]), months(values[2:])
    spans = {"window": "2019-02", "baseline": "2019-01", "dispersion": 1.0}
    one, other = compare_windows(a, controls={"b": b}, **spans), compare_windows(b, controls={"a": a}, **spans)
    first, second = one.treated.over(one.controls[0]), other.treated.over(other.controls[0])
    assert first.value * second.value == pytest.approx(1, rel=1e-9)
    assert first.low * second.high == pytest.approx(1, rel=1e-9)


def test_summary_and_plain_values(shipped: WindowComparison) -> None:
    assert "GTM (INACIF): 1,608 against 2,330, ratio 0.690" in shipped.summary()
    plain = shipped.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["countries"][0]["ratio_of_ratios"] is None
    assert plain["over_all_controls"]["n"] == 4


def test_a_control_with_other_windows_is_refused_by_name() -> None:
    halves = pd.Series([600, 500], index=pd.period_range("2019Q1", periods=2, freq="Q"))
    quarterly = vs.CountSeries.from_periods(halves)
    with pytest.raises(SpecificationError, match=r"control Y has not the windows 2019-02 and 2019-01"):
        compare_windows(months([10, 9]), window="2019-02", baseline="2019-01", controls={"Y": quarterly})


def test_a_control_in_the_ledger_without_the_windows_is_refused() -> None:
    with pytest.raises(SpecificationError, match=r"GTM \(INACIF\) has no counts of homicides of both 2016-02"):
        compare_windows(vs.load_homicides("SLV"), window="2016-02", baseline="2015-02")


def test_a_control_that_changes_definition_is_refused() -> None:
    first = vs.CountSeries.from_monthly(pd.Series([50], index=pd.period_range("2019-01", periods=1, freq="M")))
    changed = vs.CountSeries(observations=(*first.observations, *months([40], "2019-02").observations))
    with pytest.raises(SpecificationError, match="changes definition between 2019-01 and 2019-02"):
        compare_windows(months([10, 9]), window="2019-02", baseline="2019-01", controls={"Y": changed})


@pytest.mark.parametrize(
    ("values", "options", "error", "words"),
    [
        ([10, 0], {}, SpecificationError, "X counts 0 in 2019-02"),
        ([10, 9], {"dispersion": 0.0}, SpecificationError, "expected a positive number"),
        ([10, 9], {"baseline": "2019-02"}, WindowError, "share days"),
        ([10, 9], {"controls": None}, SelectionError, "has no case"),
    ],
)
def test_bad_input(values: list[int], options: dict[str, object], error: type[Exception], words: str) -> None:
    arguments = {"window": "2019-02", "baseline": "2019-01", "controls": {"Y": months([10, 9])}, **options}
    with pytest.raises(error, match=words):
        compare_windows(months(values), **arguments)
