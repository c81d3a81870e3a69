"""What counting could explain: by hand on the shipped case, and made-up shares whose largest is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import violence_stats as vs
from tests.quoting import both
from violence_stats.errors import SelectionError, WindowError
from violence_stats.months import parse_window
from violence_stats.questions.bound_counting import largest_shares
from violence_stats.questions.counting_result import CountingBounds, refilled
from violence_stats.questions.episode_data import CountingBound

EXACT = 1e-9
"""Sums and quotients of a few whole numbers."""


@pytest.fixture(scope="module")
def shipped() -> CountingBounds:
    return vs.bound_counting("SLV")


def share(what: str, left_out: int, counted: int, window: str = "2019") -> CountingBound:
    return CountingBound(what=what, window=parse_window(window), left_out=left_out, counted=counted)


def test_by_hand_the_least_favourable_count_of_the_shipped_case(shipped: CountingBounds) -> None:
    # June 2019: 192 of 231 without clashes and graves, so 39 left out; 589 / (1 - 39 / 231) = 708.6 against 1,576
    worst = shipped.worst
    assert worst is not None
    assert (worst.largest.left_out, worst.largest.counted, str(worst.largest.window)) == (39, 231, "2019-06")
    assert worst.change_pct == pytest.approx(100 * (589 / (192 / 231) / 1576 - 1), abs=EXACT)
    assert shipped.change_pct == pytest.approx(100 * (589 / 1576 - 1), abs=EXACT)


def test_by_hand_clash_deaths_of_whole_years(shipped: CountingBounds) -> None:
    # 193 of 2,383 in 2019 (8.1%) is more than the share of 2018
    row = shipped.to_frame().loc["confrontation_deaths"]
    assert (row["year"], row["year_share_pct"]) == ("2019", pytest.approx(100 * 193 / 2383, abs=EXACT))
    assert (row["left_out"], row["counted"]) == (22, 217)


def test_the_largest_share_comes_first_and_leaves_least(shipped: CountingBounds) -> None:
    table = shipped.to_frame()
    assert table["share_pct"].is_monotonic_decreasing
    assert table["change_pct"].is_monotonic_decreasing
    assert (table["change_pct"] >= shipped.change_pct).all()


def test_figures_behind_the_shares_are_of_the_ledger(shipped: CountingBounds) -> None:
    assert shipped.figure_ids
    assert set(shipped.figure_ids) <= set(vs.load_case("SLV").ledger.figures)


def test_less_was_known_earlier(shipped: CountingBounds) -> None:
    then = vs.bound_counting("SLV", as_of="2020-09-30")
    assert then.observed == 582
    assert len(then.rows) < len(shipped.rows)
    assert "as known on 2020-09-30" in then.summary()


def test_other_windows_and_episodes_can_be_asked_about() -> None:
    # 40 of 194 in 2023: 154 / (154 / 194) = 194 against 1,147
    found = vs.bound_counting(event="2022-03", window="2023", baseline="2021")
    assert found.worst is not None
    assert found.worst.change_pct == pytest.approx(100 * (194 / 1147 - 1), abs=EXACT)


def test_a_rise_is_bounded_by_the_earlier_count() -> None:
    # by hand: 90 of 100 known, so 90 stood for 100; the higher count is left as it is
    assert refilled(90.0, 300.0, 0.1) == (100.0, 300.0)
    found = vs.bound_counting(event="2022-03", window="2021", baseline="2023")
    assert found.worst is not None
    assert found.worst.change_pct == pytest.approx(100 * (1147 / 194 - 1), abs=EXACT)
    assert "had the earlier count alone" in found.summary()


def test_small_windows_count_only_where_no_larger_one_has_both() -> None:
    found = largest_shares([share("a", 5, 10), share("a", 10, 200), share("a", 30, 200), share("b", 3, 10)])
    assert [(one.what, one.left_out, one.counted) for one in found] == [("b", 3, 10), ("a", 30, 200)]


def test_shares_of_nothing_and_of_everything_bound_nothing() -> None:
    assert largest_shares([share("a", 0, 200), share("a", 200, 200), share("a", 0, 0)]) == []


def test_a_case_without_a_narrower_count_has_no_rows(eland: Path) -> None:
    found = vs.bound_counting(eland, event="2004-01", window="2004", baseline="2003")
    assert found.rows == ()
    assert found.worst is None
    assert found.to_frame().empty
    assert found.to_dict()["least_change_pct"] is None
    assert "no narrower count" in found.summary()


def test_it_has_to_be_clear_which_episode_is_meant(eland: Path) -> None:
    with pytest.raises(SelectionError, match="pact-2004, police-2008"):
        vs.bound_counting(eland, window="2004", baseline="2003")


def test_windows_that_share_days_are_refused() -> None:
    with pytest.raises(WindowError, match="the baseline 2019 and the window 2019-H1 share days"):
        vs.bound_counting(window="2019-H1", baseline="2019")


def test_windows_that_counts_do_not_make_up_are_refused() -> None:
    with pytest.raises(WindowError):
        vs.bound_counting("SLV", window=("2020-01-05", "2020-02-03"))


def test_a_bound_is_said_to_be_none_but_a_bound(shipped: CountingBounds) -> None:
    english, spanish = both(shipped.sentence)
    # 589 / (192 / 231) over 1,576: 55.0% below
    assert "62.6% lower than in the first half of 2019 (1,576 to 589)" in english
    assert "Had the later count alone left out" in english
    assert "(16.9%, 39 of 231 in June 2019: what a count without deaths in clashes" in english
    assert "would lie 55.0% below the earlier one: a bound, no estimate" in english
    assert "quedaría 55.0 % por debajo del anterior: es un tope, no una estimación" in spanish
    then, _ = both(vs.bound_counting("SLV", as_of="2020-09-30").sentence)
    assert then.startswith("As known on 30 September 2020. In the first half of 2020")
    rise, _ = both(vs.bound_counting("SLV", window="2015", baseline="2014").sentence)
    assert "Had the earlier count alone left out" in rise
    assert "40.7% above the earlier one" in rise  # 6,656 over 3,933 / (192 / 231)


def test_nothing_is_bounded_without_a_narrower_count(eland: Path) -> None:
    english, spanish = both(vs.bound_counting(eland, event="2008-01", window="2008", baseline="2007").sentence)
    assert english.endswith("no bound can be given on what a change of counting could explain.")
    assert spanish.startswith("En 2008 el número de deaths en EEE fue 40.8 % más bajo que en 2007 (de 3,594 a 2,127).")


def test_everything_goes_into_json(shipped: CountingBounds) -> None:
    said = json.loads(json.dumps(shipped.to_dict(), allow_nan=False))
    assert said["narrower_counts"][0]["largest"]["figures"]
    assert said["narrower_counts"][0]["largest_year"] is None
