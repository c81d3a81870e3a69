"""Pairs of counts: a made-up ledger by hand, and brute force over the days on which things were known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

import violence_stats as vs
from violence_stats.errors import SelectionError, SeriesError, ViolenceStatsError
from violence_stats.ledger.case import Case
from violence_stats.months import Window, parse_window
from violence_stats.observations import Observation
from violence_stats.questions.pairs import Pair, find_pairs, pair_in_series
from violence_stats.series import CountSeries

BEFORE, AFTER = parse_window("2001-Q1"), parse_window("2002-Q1")


def pairs_of(case: Case, as_of: date | None = None) -> tuple[Pair, ...]:
    own = pair_in_series(vs.load_homicides(case, as_of=as_of), window=AFTER, baseline=BEFORE)
    return find_pairs(own, case=case, country="AAA", measure="deaths", as_of=as_of)


def counts(pairs: tuple[Pair, ...]) -> list[tuple[int, int]]:
    return [(one.baseline.value, one.window.value) for one in pairs]


def test_like_with_like_pairs_of_the_made_up_ledger(aland: Case) -> None:
    like = tuple(one for one in pairs_of(aland) if one.like_with_like)
    assert counts(like) == [(105, 65), (98, 59), (100, 60), (105, 60), (96, 57)]
    assert [one.kind for one in like] == ["series", "publisher", "publisher", "publisher", "document"]
    assert [one.known_on for one in like] == [
        date(2002, 7, 1),
        date(2002, 4, 20),
        date(2002, 5, 1),
        date(2002, 6, 1),
        date(2003, 1, 1),
    ]
    assert like[2].baseline.known_on == date(2001, 5, 1)  # the same count again in June changes nothing
    assert [one.window.arithmetic for one in like] == ["P5 + P6 + P8", "H2", "P5 + P6 + P7", "P5 + P6 + P7", "Y2 + Y3"]
    assert [one.is_digitised for one in like] == [True, False, True, True, False]


def test_the_same_counts_by_another_way_stand_beside_the_first(aland: Case) -> None:
    own = pairs_of(aland)[0]
    assert [(one.kind, one.baseline.basis) for one in own.also] == [("publisher", "months")]


def test_mixed_pairs_name_their_mixture(aland: Case) -> None:
    mixture = {(one.baseline.value, one.window.value): one.mixture for one in pairs_of(aland) if not one.like_with_like}
    assert mixture[100, 65] == ("vintage",)
    assert mixture[98, 50] == ("definition",)
    assert mixture[96, 59] == ("publisher",)
    assert mixture[105, 59] == ("publisher", "basis")
    assert mixture[96, 50] == ("publisher", "definition")
    assert mixture[96, 60] == ("vintage", "basis")
    assert all(not one.also for one in pairs_of(aland) if not one.like_with_like)
    assert len(mixture) == 4 * 5 - 5  # four baselines with five windows, less the five like-with-like pairs


def test_disputed_derived_and_other_areas_never_enter(aland: Case) -> None:
    used = {
        figure_id
        for one in pairs_of(aland)
        for count in (one.baseline, one.window)
        for figure_id in count.arithmetic.split(" + ")
    }
    assert used.isdisjoint({"X1", "X2", "X3"})


def test_as_of_leaves_out_what_came_later(aland: Case) -> None:
    pairs = pairs_of(aland, date(2002, 5, 15))
    assert counts(pairs[:2]) == [(100, 60), (98, 59)]
    assert set(counts(pairs[2:])) == {(98, 50), (98, 60), (100, 59), (100, 50)}
    assert [one.like_with_like for one in pairs] == [True] * 2 + [False] * 4


def test_a_publishers_pairs_are_its_totals_on_every_day(aland: Case) -> None:
    by_day = set()
    day = date(2001, 1, 1)
    while day < date(2003, 6, 1):
        try:
            police = vs.load_counts("AAA", "deaths", publisher="POL", as_of=day, case=aland)
            by_day.add((police.total(BEFORE), police.total(AFTER)))
        except ViolenceStatsError:
            pass
        day += timedelta(days=1)
    every = [one for first in pairs_of(aland) for one in (first, *first.also)]
    found = {
        (one.baseline.value, one.window.value)
        for one in every
        if one.kind == "publisher" and one.baseline.basis == "months"
    }
    assert found == by_day


@pytest.mark.parametrize(
    ("window", "baseline"), [("2020-H1", "2019-H1"), ("2017", "2016"), ("2018-Q1", "2017-Q1"), ("2024", "2023")]
)
def test_a_publishers_pairs_are_its_totals_in_the_shipped_case(window: str, baseline: str) -> None:
    case = vs.load_case("SLV")
    own = pair_in_series(vs.load_homicides(case), window=parse_window(window), baseline=parse_window(baseline))
    found: dict[tuple[str, ...], set[tuple[int, int]]] = {}
    for first in find_pairs(own, case=case, country=case.country, measure=case.measure):
        for one in (first, *first.also):
            if one.kind == "publisher" and one.baseline.basis == "months":
                key = (*one.baseline.publishers, *one.baseline.definitions)
                found.setdefault(key, set()).add((one.baseline.value, one.window.value))
    assert found == totals_over_time(case, parse_window(window), parse_window(baseline))


def totals_over_time(case: Case, window: Window, baseline: Window) -> dict[tuple[str, ...], set[tuple[int, int]]]:
    """Load every publisher's series anew on each day on which one of its figures of the two windows became known."""
    figures = [
        one
        for one in case.ledger.select(country=case.country, measure=case.measure)
        if one.window.is_one_month and (window.contains(one.window) or baseline.contains(one.window))
    ]
    totals: dict[tuple[str, ...], set[tuple[int, int]]] = {}
    for publisher, definition, day in sorted(
        {(one.publisher, one.definition, one.known_on) for one in figures if one.known_on is not None}
    ):
        try:
            series = vs.load_counts(
                case.country, case.measure, publisher=publisher, definition=definition, as_of=day, case=case
            )
            pair = series.total(baseline), series.total(window)
        except ViolenceStatsError:
            continue
        totals.setdefault((publisher, definition), set()).add(pair)
    return totals


def test_documents_print_their_own_pairs_in_the_shipped_case() -> None:
    case = vs.load_case("SLV")
    own = pair_in_series(vs.load_homicides(case), window=parse_window("2020-H1"), baseline=parse_window("2019-H1"))
    pairs = find_pairs(own, case=case, country=case.country, measure=case.measure)
    printed = [one for one in pairs if one.kind == "document"]
    for one in printed:
        ids = (one.baseline.arithmetic + " + " + one.window.arithmetic).split(" + ")
        assert len({case.ledger.figures[figure_id].source_id for figure_id in ids}) == 1
    assert len(printed) == 1


def two_years(*counted: tuple[float, str, str]) -> CountSeries:
    return CountSeries(
        observations=tuple(
            Observation(window=parse_window(str(2001 + k)), value=value, publisher=publisher, definition=definition)
            for k, (value, publisher, definition) in enumerate(counted)
        )
    )


@pytest.mark.parametrize(
    ("first", "second", "mixture"),
    [
        ((5, "A", "all"), (4, "A", "all"), ()),
        ((5, "A", "all"), (4, "B", "all"), ("publisher",)),
        ((5, "A", "all"), (4, "A", "narrow"), ("definition",)),
        ((5, "A", "all"), (4, "B", "narrow"), ("publisher", "definition")),
    ],
)
def test_a_series_is_mixed_where_it_changes_hands_or_meaning(
    first: tuple[float, str, str], second: tuple[float, str, str], mixture: tuple[str, ...]
) -> None:
    pair = pair_in_series(two_years(first, second), window=parse_window("2002"), baseline=parse_window("2001"))
    assert pair.mixture == mixture
    assert pair.kind == ("mixed" if mixture else "series")


def test_a_baseline_of_zero_is_refused() -> None:
    series = two_years((0, "", ""), (3, "", ""))
    with pytest.raises(SeriesError, match="the baseline 2001 counts 0"):
        pair_in_series(series, window=parse_window("2002"), baseline=parse_window("2001"))


def test_every_way_to_the_same_counts_is_kept() -> None:
    case = vs.load_case("SLV")
    own = pair_in_series(vs.load_homicides(case), window=parse_window("2020"), baseline=parse_window("2019"))
    pairs = find_pairs(own, case=case, country=case.country, measure=case.measure)
    assert max(len(one.also) for one in pairs) > 2
    for first in pairs:
        assert {counts((one,))[0] for one in first.also} <= {counts((first,))[0]}
        assert {one.like_with_like for one in first.also} <= {first.like_with_like}


def test_a_digitised_figure_on_either_side_marks_the_pair(aland: Case) -> None:
    own = pair_in_series(vs.load_homicides(aland), window=AFTER, baseline=BEFORE)
    plain = replace(own.baseline, statuses=("published",))
    marked = replace(own.baseline, statuses=("published", "digitised"))
    assert replace(own, baseline=marked, window=plain).is_digitised
    assert replace(own, baseline=plain, window=marked).is_digitised
    assert not replace(own, baseline=plain, window=plain).is_digitised


def test_an_unknown_measure_is_refused_listing_what_exists(aland: Case) -> None:
    own = pair_in_series(vs.load_homicides(aland), window=AFTER, baseline=BEFORE)
    with pytest.raises(SelectionError, match="expected one of deaths"):
        find_pairs(own, case=aland, country="AAA", measure="thefts")
