"""By hand, and property: the chapter's facts are those of the searches, and both languages print the same of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import violence_stats as vs
from tests.report.reading import block_texts
from tests.report.test_story import numbers
from violence_stats import wording
from violence_stats.charts.breaks_words import probability_words
from violence_stats.charts.regimes import BreakDate
from violence_stats.ledger.records import Language
from violence_stats.months import Window, parse_window
from violence_stats.report.content import Facts
from violence_stats.report.document import Block
from violence_stats.report.headline import headline_numbers
from violence_stats.report.pictures import Chart, charts_of
from violence_stats.report.story.answer import tell_answer
from violence_stats.report.story.break_evidence import tell_evidence
from violence_stats.report.story.method import tell_method
from violence_stats.report.story.unknown_dates import tell_unknown_dates
from violence_stats.report.unknown_dates import UnknownDates, months_to, search_unknown_dates, set_beside
from violence_stats.series import CountSeries

WITHIN = 3


@pytest.fixture(scope="session")
def search(facts: Facts) -> UnknownDates:
    assert facts.unknown is not None
    return facts.unknown


def say(blocks: tuple[Block, ...]) -> str:
    return " ".join(text for block in blocks for text in block_texts(block))


@pytest.fixture(scope="session")
def chapters(facts: Facts, charts: dict[str, Chart]) -> dict[Language, str]:
    return {lang: say(tell_unknown_dates(facts, charts, lang)) for lang in wording.LANGUAGES}


def dated(text: str, low: str, high: str) -> BreakDate:
    first, last = parse_window(low), parse_window(high)
    return BreakDate(
        first_day=parse_window(text).start,
        interval=Window(first.start, last.end),
        last_start=last.start,
        confidence=0.95,
    )


def test_the_search_covers_the_timeline_with_the_limits_that_the_chapter_states(
    facts: Facts, search: UnknownDates
) -> None:
    assert search.found.window == facts.timeline.span
    assert len(search.found.criteria) - 1 == 8
    assert len(search.posterior.by_number) - 1 == 8
    # 204 months less one in all: a twentieth and 15 hundredths of 203 months.
    assert round(search.shortest_months, 1) == 10.1
    assert round(search.customary_months, 1) == 30.4


def test_the_breaks_are_those_of_the_search(search: UnknownDates) -> None:
    assert [f"{one.first_day:%Y-%m}" for one in search.breaks] == [str(month) for month in search.found.dates]
    lows = [month.start_time.date() for month in search.found.intervals["low"]]
    assert [one.interval.start for one in search.breaks] == lows


def test_each_intervention_stands_beside_its_nearest_break(search: UnknownDates) -> None:
    starts = [one.first_day for one in search.breaks]
    for intervention, beside in search.interventions:
        distances = [
            (12 * day.year + day.month) - 12 * intervention.date.year - intervention.date.month for day in starts
        ]
        assert beside.months == min(distances, key=abs)
        assert beside.probabilities is not None
        assert beside.probabilities[1] == search.posterior.probability(intervention.date, WITHIN)


@pytest.mark.parametrize(
    ("named", "months"),
    [("2001-03", 0), ("2001-02-27", 1), ("2001-05", -2), ("2001", 0), ("2000", 3), ("2002", -10)],
)
def test_months_run_from_the_nearer_edge_of_what_is_named(named: str, months: int) -> None:
    assert months_to(parse_window(named), dated("2001-03", "2001-02", "2001-06")) == months


def test_a_break_far_from_every_intervention_is_lonely(search: UnknownDates) -> None:
    (intervention, beside), *_ = search.interventions
    only = replace(search, interventions=((intervention, beside),))
    assert [one.first_day for one in only.lonely] == [one.first_day for one in search.breaks][1:]
    last = replace(search, interventions=search.interventions[-1:])
    assert [one.first_day for one in last.lonely] == [one.first_day for one in search.breaks][:-1]


def test_the_end_of_an_episode_is_set_beside_breaks_after_its_start_only(search: UnknownDates) -> None:
    (end,) = search.episodes
    start = date(2012, 3, 1)
    assert all(one.first_day > start for one in end.found)
    assert all(one.beside.nearest is not None and one.beside.nearest.first_day > start for one in end.ends)
    assert [one.event.event_id for one in end.ends if one.beside.probabilities is None] == [
        "2013-truce-broke-down-after-little"
    ]
    assert {one.event.category for one in end.ends} == {"pact_end_dating"}
    assert end.range is not None
    assert [str(one) for one in end.range] == ["2013-06", "2015-01-05"]


def test_a_date_outside_the_days_searched_has_no_probability(search: UnknownDates) -> None:
    before = Window(date(2001, 5, 1), date(2001, 5, 1))
    assert set_beside(before, search.breaks, search.posterior).probabilities is None
    first = Window(search.posterior.searched.start, search.posterior.searched.start)
    assert set_beside(first, search.breaks, search.posterior).probabilities is not None


def test_both_languages_give_the_same_numbers(facts: Facts, charts: dict[str, Chart]) -> None:
    english, spanish = (tell_unknown_dates(facts, charts, lang) for lang in wording.LANGUAGES)
    for ours, theirs in zip(english, spanish, strict=True):
        assert numbers(say((ours,))) == numbers(say((theirs,)))


def test_every_break_is_printed_with_its_interval(search: UnknownDates, chapters: dict[Language, str]) -> None:
    for lang, said in chapters.items():
        for one in search.breaks:
            assert wording.month(one.first_day, lang) in said.lower() or wording.month(one.first_day, lang) in said
            assert wording.window(one.interval, lang).lower() in said.lower()


def test_every_probability_and_p_value_is_printed_as_it_is(search: UnknownDates, chapters: dict[Language, str]) -> None:
    besides = [beside for _, beside in search.interventions]
    besides += [one.beside for end in search.episodes for one in end.ends]
    for said in chapters.values():
        for beside in besides:
            assert all(probability_words(one) in said for one in beside.probabilities or ())
        assert all(wording.decimal(p, 3) in said for p in search.found.statistics["p_value"])
        assert all(wording.percent(100 * share, "en").rstrip("%") in said for share in rates(search))


def rates(search: UnknownDates) -> list[float]:
    return search.posterior.false_breaks[["over_half", "over_95_pct"]].to_numpy().ravel().tolist()


def with_p_values(search: UnknownDates, p_values: list[float]) -> UnknownDates:
    """Give the tests other p-values, the last of these to all that follow."""
    statistics = search.found.statistics
    filled = p_values + [p_values[-1]] * (len(statistics) - len(p_values))
    return replace(search, found=replace(search.found, statistics=statistics.assign(p_value=filled)))


@pytest.mark.parametrize(
    ("p_values", "supported", "said", "best"),
    [
        ([0.4], 0, "they support none of the breaks: one break against none has p\u00a0=\u00a00.400.", True),
        ([0.01, 0.06], 1, "fewer breaks, 1 (July 2019), and then stop", True),
        ([0.01, 0.02, 0.3, 0.01], 2, "one more has p\u00a0=\u00a00.300.", True),
        ([0.01] * 7 + [0.2], 7, "At 5% they support 7: one break against none has p\u00a0=\u00a00.010.", False),
        ([0.01], 8, "At 5% they support more breaks, 8 (", False),
    ],
)
def test_the_tests_are_said_to_support_as_many_as_reject_in_a_row(
    search: UnknownDates, p_values: list[float], supported: int, said: str, best: bool
) -> None:
    other = with_p_values(search, p_values)
    text = say(tell_evidence(other, "en"))
    assert other.n_sequential == len(other.supported) == supported
    assert said in text
    assert ("not 7 that the tests establish" in text) is best
    assert numbers(text) == numbers(say(tell_evidence(other, "es")))


@pytest.mark.parametrize(
    ("p_values", "said"),
    [([0.4], "support none either: one break"), ([0.01, 0.4], "support more breaks, 1 (July 2019), than BIC takes")],
)
def test_where_bic_takes_no_break_the_tests_are_set_beside_that(
    search: UnknownDates, p_values: list[float], said: str
) -> None:
    other = with_p_values(search, p_values)
    quiet = replace(other, found=replace(other.found, dates=(), intervals=other.found.intervals.iloc[:0]))
    text = say(tell_evidence(quiet, "en"))
    assert "That there is none is the choice of" in text
    assert said in text
    assert "fit best" not in text
    assert numbers(text) == numbers(say(tell_evidence(quiet, "es")))


def test_the_limits_of_the_search_stand_beside_those_of_the_command_line(facts: Facts, search: UnknownDates) -> None:
    said = say(tell_method(facts, "en"))
    assert f"up to {search.most_breaks} breaks and no regime shorter than {search.shortest_months:.0f} months" in said
    parameters = inspect.signature(vs.find_breaks).parameters
    default = f"up to {parameters['max_breaks'].default} and no regime shorter than {parameters['trim'].default:.0%}"
    assert default in said


def test_the_customary_search_is_said_to_miss_the_short_regimes(
    search: UnknownDates, chapters: dict[Language, str]
) -> None:
    months = [
        (12 * row.end.year + row.end.month) - (12 * row.start.year + row.start.month) + 1
        for row in search.found.regimes.itertuples()
    ]
    short = sum(length < 31 for length in months)
    assert f"no regime under about 30 months can be seen, and {short} of the {len(months)} regimes" in chapters["en"]
    first = search.customary.statistics["p_value"].iloc[0]
    assert f"blind to the same regimes, give p\u00a0=\u00a0{first:.3f}, " in chapters["en"]


def test_a_number_at_its_bound_is_said_to_be(search: UnknownDates) -> None:
    number = search.posterior.by_number
    inside = pd.Series([0.1] * (len(number) - 2) + [0.9, 0.0], index=number.index)
    other = replace(search, posterior=replace(search.posterior, by_number=inside))
    assert "Since the largest number allowed is the most probable" in say(tell_evidence(search, "en"))
    assert "Since the largest number allowed" not in say(tell_evidence(other, "en"))
    assert "a probability: 7 breaks have the highest, 0.90" in say(tell_evidence(other, "en"))


def test_a_break_inside_a_long_window_is_said_with_the_window(
    search: UnknownDates, chapters: dict[Language, str]
) -> None:
    inside = [text for text in search.found.intervals["inside"] if text]
    assert len(inside) == chapters["en"].count("falls inside")
    assert all(wording.window(parse_window(text), "es") in chapters["es"] for text in inside)


def test_a_search_without_breaks_has_no_table_of_them(facts: Facts, search: UnknownDates) -> None:
    none = vs.find_breaks(search.series, trim=0.05, options=vs.BreakOptions(n_breaks=0, n_replicates=99))
    other = replace(facts, unknown=replace(search, found=none, interventions=(), episodes=()))
    blocks = tell_unknown_dates(other, charts_of(other, wording.LANGUAGES), "es")
    assert "Quiebres hallados: 0." in say(blocks)
    assert "Los quiebres hallados" not in say(blocks)


def test_a_search_without_breaks_says_nothing_of_months_or_shorter_regimes(search: UnknownDates) -> None:
    quiet = vs.find_breaks(search.series, trim=0.05, options=vs.BreakOptions(n_breaks=0, n_replicates=99))
    statistics = quiet.statistics.assign(statistic=float("nan"))
    told = replace(search, found=replace(quiet, statistics=statistics))
    for lang, words in (("en", "interval"), ("es", "intervalo")):
        said = say(tell_evidence(told, lang))
        assert words not in said
        assert "nan" not in said.split()
        assert " 1 reg" not in said


def monthly(counts: list[int]) -> CountSeries:
    months = pd.period_range("2010-01", periods=len(counts), freq="M")
    return CountSeries.from_monthly(pd.Series(counts, index=months))


@pytest.mark.parametrize(
    "make", [lambda: monthly([5, 6, 7, 8, 9, 12]), lambda: monthly([0] * 60)], ids=["too short", "constant"]
)
def test_a_series_that_cannot_be_searched_is_said_to_be(
    facts: Facts, charts: dict[str, Chart], make: Callable[[], CountSeries]
) -> None:
    assert search_unknown_dates(facts.case, make()) is None
    other = replace(facts, unknown=None)
    assert "cannot be searched" in say(tell_unknown_dates(other, charts, "en"))
    assert headline_numbers(other)["unknown_dates"] is None
    assert "unknown-dates" not in charts_of(other, wording.LANGUAGES)


def test_the_headline_holds_the_dates_and_what_speaks_for_them(facts: Facts, search: UnknownDates) -> None:
    held = headline_numbers(facts)["unknown_dates"]
    assert list(held["breaks"]) == [str(month) for month in search.found.dates]
    assert held["supported_by_tests"] == search.n_sequential
    assert held["p_values"] == [round(float(p), 2) for p in search.found.statistics["p_value"]]
    assert set(held["interventions"]) == {one.id for one, _ in search.interventions}


def test_a_test_that_could_not_be_made_is_null_in_the_headline(facts: Facts, search: UnknownDates) -> None:
    other = with_p_values(search, [0.01, float("nan")])
    held = headline_numbers(replace(facts, unknown=other))["unknown_dates"]
    assert held["p_values"][:2] == [0.01, None]


@pytest.mark.parametrize(
    ("n", "supported", "said"),
    [(0, 0, "no break is found"), (1, 1, "support 1 of 1."), (3, 2, "support 2 of the 3."), (1, 2, "support 1 of 1.")],
)
def test_the_first_page_names_the_breaks_and_what_the_tests_support(
    facts: Facts, charts: dict[str, Chart], search: UnknownDates, n: int, supported: int, said: str
) -> None:
    p_values = [0.01] * supported + [0.5] * (8 - supported)
    found = replace(
        search.found,
        dates=search.found.dates[:n],
        intervals=search.found.intervals.iloc[:n],
        statistics=search.found.statistics.assign(p_value=p_values),
    )
    page = say(tell_answer(replace(facts, unknown=replace(search, found=found)), charts, "en"))
    assert said in page
    for date_ in search.found.dates[:n]:
        assert wording.month(date_.start_time.date(), "en") in page
    assert "Without any date" not in say(tell_answer(replace(facts, unknown=None), charts, "en"))
