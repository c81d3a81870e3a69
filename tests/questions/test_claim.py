"""Checking a claim: the shipped case by its published counts, a made-up case by hand, and bad input.

The counts of the shipped case are those of its documents: 1,561 and 583 were printed together on 17 July 2020; the
others add up from months. None of them stands in the package.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

import violence_stats as vs
from violence_stats.errors import SelectionError, SeriesError, WindowError
from violence_stats.ledger.case import Case
from violence_stats.months import parse_window
from violence_stats.observations import Observation
from violence_stats.questions.claim_check import ClaimCheck
from violence_stats.questions.pairs import Pair
from violence_stats.questions.verdict import CLOSE_POINTS, Comparison, Verdict, judge
from violence_stats.series import CountSeries


def own_series(values: list[float], start: str = "2001-01", **options: Any) -> CountSeries:
    index = pd.period_range(start, periods=len(values), freq="M")
    return CountSeries.from_monthly(pd.Series(values, index=index), **options)


# the shipped case


def test_the_headline_pairs_come_out(headline: ClaimCheck) -> None:
    rows = headline.table[headline.table["block"] == "like with like"]
    found = rows[["kind", "publisher", "baseline_count", "window_count", "digitised"]].to_numpy().tolist()
    assert found == [
        ["series", "PNC, FGR, GOV", 1576, 589, True],
        ["document", "PNC", 1561, 583, False],
        ["publisher", "PNC", 1576, 586, True],
    ]
    assert rows["observed_pct"].round(1).to_list() == [-62.6, -62.7, -62.8]
    assert not rows["rounds_to_claim"].any()
    assert rows[["needed_low", "needed_high"]].to_numpy().tolist() == [[591, 591], [585, 586], [591, 591]]
    assert rows["known_on"].map(str).to_list() == ["2021-06-12", "2020-07-17", "2020-10-12"]


def test_the_verdict_rests_on_like_with_like_alone(headline: ClaimCheck) -> None:
    assert headline.verdict == "close"
    assert headline.holds
    assert any(one.rounds_to_claim for one in headline.mixed)
    assert judge(headline.like_with_like) == headline.verdict


def test_mixed_pairs_hold_the_ministrys_first_releases_and_the_sum_of_two_windows(headline: ClaimCheck) -> None:
    mixed = {(one.pair.baseline.value, one.pair.window.value): one.pair.mixture for one in headline.mixed}
    assert mixed[1574, 573] == ("publisher", "vintage", "basis")
    assert mixed[1561, 586] == ("basis",)
    assert mixed[1576, 573] == ("publisher",)


def test_mixed_pairs_stand_in_order_of_their_distance_from_the_claim(headline: ClaimCheck) -> None:
    distances = [abs(one.difference_points) for one in headline.mixed]
    assert distances == sorted(distances)
    assert [one.like_with_like for one in headline.comparisons] == [True] * 3 + [False] * len(distances)


def test_every_count_is_the_sum_of_the_figures_it_cites(headline: ClaimCheck) -> None:
    figures = vs.load_case("SLV").ledger.figures
    for one in headline.comparisons:
        for count in (one.pair.baseline, one.pair.window):
            assert sum(figures[figure_id].value for figure_id in count.arithmetic.split(" + ")) == count.value


def test_only_what_was_known_in_september_2020() -> None:
    then = vs.check_claim(
        vs.load_homicides("SLV", as_of="2020-09-30"), window="2020-H1", baseline="2019-H1", claimed_pct=-62.5
    )
    pairs = [(one.pair.baseline.value, one.pair.window.value) for one in then.like_with_like]
    assert pairs == [(1576, 582), (1561, 583)]
    assert then.verdict == "depends on the counts"
    assert not then.holds
    assert "As known on 2020-09-30" in then.summary()


def test_a_series_of_one_publisher_gives_the_same_pairs_in_its_name(headline: ClaimCheck) -> None:
    police = vs.load_homicides("SLV", publisher="PNC", as_of="2020-10-12")
    check = vs.check_claim(police, window="2020-H1", baseline="2019-H1", claimed_pct=-62.5)
    assert [(one.pair.baseline.value, one.pair.window.value) for one in check.like_with_like] == [
        (1576, 586),
        (1561, 583),
    ]
    assert check.label(check.own) == "police, with digitised figures"


def test_another_measure_of_another_country() -> None:
    mexico = vs.load_counts("MEX", "homicides")
    check = vs.check_claim(mexico, window="2020-H1", baseline="2019-H1", claimed_pct="4.9")
    assert check.verdict == "confirmed"
    assert check.own.rounds_to_claim


# a made-up case


@pytest.mark.parametrize(
    ("as_of", "claimed", "verdict"),
    [
        ("2002-05-15", -40, "confirmed"),  # 98 to 59 is -39.8, 100 to 60 is -40
        ("2002-05-15", "-40.1", "close"),  # 0.3 and 0.1 points off, neither rounds to it
        ("2002-05-15", "-39.4", "depends on the counts"),  # 0.4 and 0.6 points off
        ("2002-05-15", "-39.8", "confirmed"),  # 98 to 59 is -39.8, 100 to 60 is 0.2 points off
        ("2002-05-15", -41, "not confirmed"),
        ("2002-06-15", -40, "depends on the counts"),  # 105 to 60 is -42.9
    ],
)
def test_verdicts_by_hand(aland: Case, as_of: str, claimed: Any, verdict: Verdict) -> None:
    series = vs.load_homicides(aland, as_of=as_of)
    check = vs.check_claim(series, window="2002-Q1", baseline="2001-Q1", claimed_pct=claimed, case=aland)
    assert check.verdict == verdict


def test_a_part_of_the_country_is_compared_with_itself_alone(aland: Case) -> None:
    north = vs.load_counts("AAA", "deaths", area="North", case=aland)
    check = vs.check_claim(north, window="2002-01", baseline="2001-01", claimed_pct="-33.3", case=aland)
    assert check.verdict == "confirmed"
    assert [(one.pair.baseline.value, one.pair.window.value) for one in check.comparisons] == [(3, 2)]


def test_nothing_like_with_like_cannot_tell() -> None:
    two = [
        CountSeries.from_monthly(pd.Series([9], index=pd.PeriodIndex([month], freq="M")), publisher=who)
        for month, who in (("2001-01", "A"), ("2002-01", "B"))
    ]
    series = CountSeries(observations=(*two[0].observations, *two[1].observations))
    check = vs.check_claim(series, window="2002-01", baseline="2001-01", claimed_pct=0)
    assert check.verdict == "cannot tell"
    assert check.like_with_like == ()
    assert "differ in publisher" in check.sentence("en")
    assert "institución" in check.sentence("es")
    assert "none" in check.summary()


def compared(difference: float, *, rounds: bool = False, mixed: bool = False) -> Comparison:
    count = vs.check_claim(own_series([100, 50]), window="2001-02", baseline="2001-01", claimed_pct=-50).own.pair
    pair = Pair(
        kind="mixed" if mixed else "series",
        baseline=count.baseline,
        window=count.window,
        mixture=("vintage",) if mixed else (),
    )
    return Comparison(pair=pair, observed_pct=0.0, difference_points=difference, rounds_to_claim=rounds, needed=None)


@pytest.mark.parametrize(
    ("comparisons", "verdict"),
    [
        ([], "cannot tell"),
        ([compared(0.0, rounds=True, mixed=True)], "cannot tell"),
        ([compared(0.0, rounds=True)], "confirmed"),
        ([compared(0.0, rounds=True), compared(CLOSE_POINTS)], "confirmed"),
        ([compared(0.0, rounds=True), compared(CLOSE_POINTS + 0.001)], "depends on the counts"),
        ([compared(-CLOSE_POINTS), compared(CLOSE_POINTS)], "close"),
        ([compared(-CLOSE_POINTS), compared(2.0)], "depends on the counts"),
        ([compared(-2.0), compared(2.0)], "not confirmed"),
        ([compared(2.0), compared(0.0, rounds=True, mixed=True)], "not confirmed"),
        ([compared(0.0, rounds=True), compared(9.0, mixed=True)], "confirmed"),
    ],
)
def test_the_rule_of_the_verdict(comparisons: list[Comparison], verdict: Verdict) -> None:
    assert judge(comparisons) == verdict


# a user's own series


def test_a_users_own_series_gives_the_one_row_it_can() -> None:
    check = vs.check_claim(own_series([80, 100, 50]), window="2001-03", baseline="2001-02", claimed_pct=-50)
    assert len(check.table) == 1
    assert check.observed_pct == -50.0
    assert check.verdict == "confirmed"
    assert check.table.loc[0, ["kind", "publisher", "baseline_figures"]].to_list() == ["series", "", ""]
    assert check.sentence("en").startswith("By the counts given, events counted fell by 50.0% in March 2001 against")


def test_a_users_own_series_may_be_set_beside_a_case(aland: Case) -> None:
    mine = own_series([30.0] * 15, measure="deaths", country="AAA")
    check = vs.check_claim(mine, window="2002-Q1", baseline="2001-Q1", claimed_pct=0, case=aland)
    assert [one.pair.window.value for one in check.like_with_like][:2] == [90, 59]
    assert check.verdict == "depends on the counts"


# bad input


@pytest.mark.parametrize(
    ("window", "baseline", "message"),
    [
        ("2019-H1", "2020-H1", "swap them"),
        ("2020-H1", "2020-H1", "share days"),
        (("2019-04", "2020-03"), ("2019-01", "2019-12"), "share days"),
        ("2020-H1", "2019-01", "differ in length|one length"),
        (("2020-01-01", "2020-01-10"), ("2019-01-01", "2019-01-12"), "one length"),
        ("2020-02-01/2020-02-20", "2019-02-01/2019-02-20", "does not fit"),
        ("2030-H1", "2029-H1", "runs from"),
        (("2020-06", "2020-01"), "2019-H1", "reversed"),
        ("H1 2020", "2019-H1", "not a date or window"),
    ],
)
def test_windows_that_cannot_be_compared_are_refused(window: Any, baseline: Any, message: str) -> None:
    with pytest.raises(WindowError, match=message):
        vs.check_claim(vs.load_homicides("SLV"), window=window, baseline=baseline, claimed_pct=-62.5)


def test_a_leap_day_does_not_make_windows_differ() -> None:
    series = CountSeries.from_periods(pd.Series([8, 4], index=pd.period_range("2019", periods=2, freq="Y")))
    assert vs.check_claim(series, window="2020", baseline="2019", claimed_pct=-50).verdict == "confirmed"
    assert vs.check_claim(own_series([8, 4], "2020-01"), window="2020-02", baseline="2020-01", claimed_pct=-50).holds


def test_days_may_differ_by_a_leap_day_alone() -> None:
    spans = ("2019-02-10/2019-03-10", "2020-02-10/2020-03-10", "2020-04-10/2020-05-10")
    series = CountSeries(
        observations=tuple(Observation(window=parse_window(span), value=8.0) for span in spans),
    )
    assert vs.check_claim(series, window=spans[1], baseline=spans[0], claimed_pct=0).holds
    with pytest.raises(WindowError, match=r"has 29 days and the window \S+ has 31"):
        vs.check_claim(series, window=spans[2], baseline=spans[0], claimed_pct=0)


def test_a_month_that_is_not_known_is_refused_by_name() -> None:
    series = own_series([5, float("nan"), 4], allow_missing=True)
    with pytest.raises(WindowError, match="2001-02 is not known"):
        vs.check_claim(series, window="2001-03", baseline="2001-02", claimed_pct=-50)


def test_a_baseline_of_zero_is_refused() -> None:
    with pytest.raises(SeriesError, match="nothing is a percentage of 0"):
        vs.check_claim(own_series([0, 4]), window="2001-02", baseline="2001-01", claimed_pct=-50)


def test_rates_are_refused() -> None:
    rates = pd.Series([1.5, 2.5], index=pd.period_range("2001", periods=2, freq="Y"))
    with pytest.raises(SeriesError, match="no totals"):
        vs.check_claim(CountSeries.from_periods(rates, kind="rate"), window="2002", baseline="2001", claimed_pct=-50)


def test_a_claim_that_is_no_percentage_is_refused() -> None:
    with pytest.raises(SelectionError, match="claimed_pct"):
        vs.check_claim(own_series([5, 4]), window="2001-02", baseline="2001-01", claimed_pct=float("nan"))


def test_a_series_that_knows_more_or_less_than_the_day_is_refused() -> None:
    claim: dict[str, Any] = {"window": "2020-H1", "baseline": "2019-H1", "claimed_pct": -62.5}
    with pytest.raises(SelectionError, match=r'not known on 2020-09-30: load it with as_of="2020-09-30"'):
        vs.check_claim(vs.load_homicides("SLV"), as_of="2020-09-30", **claim)
    with pytest.raises(SelectionError, match="only what was known before 2021-01-31"):
        vs.check_claim(vs.load_homicides("SLV", as_of="2020-09-30"), as_of="2021-01", **claim)
    same = vs.check_claim(vs.load_homicides("SLV", as_of="2020-09-30"), as_of="2020-09", **claim)
    assert same.as_of == vs.load_homicides("SLV", as_of="2020-09-30").as_of


def test_another_case_than_that_of_the_series_is_refused(aland: Case) -> None:
    with pytest.raises(SelectionError, match="comes from case SLV, but case=AAA"):
        vs.check_claim(vs.load_homicides("SLV"), window="2020-H1", baseline="2019-H1", claimed_pct=-62.5, case=aland)


def test_a_case_that_cannot_be_found_by_its_id_has_to_be_passed(aland: Case) -> None:
    with pytest.raises(SelectionError, match="pass its folder as case="):
        vs.check_claim(vs.load_homicides(aland), window="2002-Q1", baseline="2001-Q1", claimed_pct=-40)


def test_an_unknown_language_is_refused(headline: ClaimCheck) -> None:
    with pytest.raises(SelectionError, match="language 'fr'"):
        headline.sentence("fr")  # type: ignore[arg-type]


# what a result gives


def test_table_and_dict_hold_the_same_rows(headline: ClaimCheck) -> None:
    plain = json.loads(json.dumps(headline.to_dict(), allow_nan=False, ensure_ascii=False))
    assert plain["verdict"] == headline.verdict
    assert (plain["window"], plain["baseline"], plain["claimed_pct"]) == ("2020-H1", "2019-H1", -62.5)
    assert [one["window_count"] for one in plain["pairs"]] == headline.to_frame()["window_count"].to_list()
    assert set(plain["pairs"][0]) == set(headline.table.columns)
    assert plain["chance"]["n_pairs"] > 0


def test_a_count_that_no_number_would_give_is_missing_in_the_table() -> None:
    check = vs.check_claim(own_series([3, 1]), window="2001-02", baseline="2001-01", claimed_pct="-62.5")
    assert check.table["needed_low"].isna().all()
    assert "no count would round to it" in check.summary()


def test_summary_is_the_same_text_every_time(headline: ClaimCheck) -> None:
    again = vs.check_claim(vs.load_homicides("SLV"), window="2020-H1", baseline="2019-H1", claimed_pct=-62.5)
    assert again.summary() == headline.summary()
    assert "Verdict: close (like-with-like pairs: 3; that round to the claim: 0" in headline.summary()
    assert "it would need 591\n" in headline.summary()
    assert "it would need 585 to 586\n" in headline.summary()
    assert "also police, months added up, as known on 12 June 2021" in headline.summary()
    assert "not whether the claim is right" in headline.summary()


def test_the_range_of_chance_lies_around_the_series_own_change(headline: ClaimCheck) -> None:
    assert headline.chance is not None
    assert headline.chance.low_pct < headline.observed_pct < headline.chance.high_pct
    assert headline.chance.dispersion > 1
    empty = vs.check_claim(own_series([5, 0]), window="2001-02", baseline="2001-01", claimed_pct=-100)
    assert empty.chance is None
    assert "no range" in empty.summary()
