"""The counts of a window: by hand, on figures made up for each test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import violence_stats as vs
from tests.figures import figure
from violence_stats.ledger.case import Case
from violence_stats.months import parse_window
from violence_stats.questions.counts import Count, count_in_document, count_in_series, counts_by_vintage
from violence_stats.series import CountSeries


def test_a_count_lives_until_another_takes_its_place(aland: Case) -> None:
    figures = [
        figure("A", "2001-01", 4),
        figure("B", "2001-02", 5),
        figure("C", "2001-02", 6, known_on=date(2001, 7, 1)),
        figure("D", "2001-01", 4, known_on=date(2001, 8, 1)),
        figure("E", "2001-01", 3, known_on=date(2001, 9, 1)),
    ]
    counts = counts_by_vintage(figures, parse_window("2001-01/2001-02"), "months", aland.settings)
    assert [(one.value, one.known_on, one.superseded_on, one.arithmetic) for one in counts] == [
        (9, date(2001, 5, 1), date(2001, 7, 1), "A + B"),
        (10, date(2001, 7, 1), date(2001, 9, 1), "A + C"),
        (9, date(2001, 9, 1), None, "E + C"),
    ]


def test_a_month_without_a_figure_gives_no_count(aland: Case) -> None:
    figures = [figure("A", "2001-01", 4), figure("C", "2001-03", 6)]
    assert counts_by_vintage(figures, parse_window("2001-Q1"), "months", aland.settings) == []


def test_one_month_and_odd_days_have_no_months_to_add(aland: Case) -> None:
    for text in ("2001-01", "2001-01-02/2001-02-28"):
        assert counts_by_vintage([figure("A", text, 4)], parse_window(text), "months", aland.settings) == []
        assert counts_by_vintage([figure("A", text, 4)], parse_window(text), "one figure", aland.settings)[0].value == 4


def test_an_undated_figure_is_older_than_any_other(aland: Case) -> None:
    figures = [figure("A", "2001-01", 4), figure("B", "2001-01", 3, known_on=None)]
    counts = counts_by_vintage(figures, parse_window("2001-01"), "one figure", aland.settings)
    assert [(one.value, one.known_on, one.superseded_on) for one in counts] == [
        (3, None, date(2001, 5, 1)),
        (4, date(2001, 5, 1), None),
    ]


def test_a_document_is_read_by_the_fewest_figures_that_make_the_window_up(aland: Case) -> None:
    figures = [
        figure("A", "2001-01", 4),
        figure("B", "2001-02", 5),
        figure("E", "2001-02/2001-03", 11, known_on=date(2001, 4, 1)),
        figure("C", "2001-02/2001-03", 12),
        figure("D", "2001-03", 6),
    ]
    count = count_in_document(figures, parse_window("2001-Q1"), aland.settings)
    assert count is not None
    assert (count.arithmetic, count.value, count.source_id) == ("A + C", 16, "book")
    assert (count.known_on, count.superseded_on) == (date(2001, 5, 1), date(2001, 5, 2))
    assert count_in_document(figures[1:], parse_window("2001-Q1"), aland.settings) is None
    assert count_in_document(figures[:2], parse_window("2001-Q1"), aland.settings) is None


def test_fewest_figures_win_over_the_longest_first_step(aland: Case) -> None:
    figures = [
        figure("A", "2001-01-01/2001-01-10", 1),
        figure("B", "2001-01-11/2001-03-31", 9),
        figure("C", "2001-01", 4),
        figure("D", "2001-02", 3),
        figure("E", "2001-03", 3),
    ]
    count = count_in_document(figures, parse_window("2001-Q1"), aland.settings)
    assert count is not None
    assert count.arithmetic == "A + B"


def count(known_on: date | None, superseded_on: date | None) -> Count:
    return Count(
        window=parse_window("2001"), value=1, basis="one figure", known_on=known_on, superseded_on=superseded_on
    )


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ((date(2001, 1, 1), None), (date(2002, 1, 1), None), True),
        ((date(2001, 1, 1), date(2002, 1, 1)), (date(2002, 1, 1), None), False),
        ((date(2001, 1, 1), date(2002, 1, 2)), (date(2002, 1, 1), None), True),
        ((None, date(2002, 1, 1)), (date(2001, 12, 31), None), True),
        ((None, None), (None, None), True),
    ],
)
def test_two_counts_stood_together_if_they_share_a_day(one: tuple, other: tuple, together: bool) -> None:
    assert count(*one).stood_with(count(*other)) == together
    assert count(*other).stood_with(count(*one)) == together


def test_a_count_of_a_series_is_known_once_all_its_figures_are(aland: Case) -> None:
    chain = vs.load_homicides(aland)
    total = count_in_series(chain, parse_window("2002-Q1"))
    assert (total.value, total.known_on, total.arithmetic) == (65, date(2002, 7, 1), "P5 + P6 + P8")
    assert (total.publishers, total.definitions, total.statuses) == (("POL",), ("all",), ("published", "digitised"))


def test_a_series_with_an_undated_figure_has_no_day_of_knowledge(aland: Case) -> None:
    months = vs.load_homicides(aland).between("2002-01", "2002-03").observations
    undated = replace(months[0].citations[0], figure=replace(months[0].citations[0].figure, known_on=None))
    series = CountSeries(observations=(replace(months[0], citations=(undated,)), *months[1:]))
    assert count_in_series(series, parse_window("2002-Q1")).known_on is None
    assert count_in_series(series, parse_window("2002-02")).known_on == date(2002, 5, 1)
