"""CountSeries: by hand, brute force over days, bad input, and properties over random tilings."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.figures import figure
from violence_stats.errors import SeriesError, WindowError
from violence_stats.figures import Source
from violence_stats.months import Window, parse_window
from violence_stats.observations import Citation, Observation
from violence_stats.series import CountSeries

FIRST_DAY = date(2018, 1, 1)

NEAREST = re.compile(r"nearest span that whole windows make up is (\S+) to (\S+)$")


def monthly(values: list[float], start: str = "2020-01", **options: Any) -> CountSeries:
    index = pd.period_range(start, periods=len(values), freq="M")
    return CountSeries.from_monthly(pd.Series(values, index=index), **options)


def from_windows(*rows: tuple[str, float], **options: Any) -> CountSeries:
    observations = tuple(Observation(window=parse_window(text), value=value) for text, value in rows)
    return CountSeries(observations=observations, **options)


@st.composite
def tilings(draw: st.DrawFn) -> CountSeries:
    """Adjoining windows of random length with random counts."""
    lengths = draw(st.lists(st.integers(1, 70), min_size=1, max_size=12))
    values = draw(st.lists(st.integers(0, 500), min_size=len(lengths), max_size=len(lengths)))
    observations, start = [], FIRST_DAY
    for n_days, value in zip(lengths, values, strict=True):
        observations.append(Observation(window=Window(start, start + timedelta(days=n_days - 1)), value=value))
        start += timedelta(days=n_days)
    return CountSeries(observations=tuple(observations))


@st.composite
def spans_inside(draw: st.DrawFn) -> tuple[CountSeries, Window]:
    series = draw(tilings())
    days = draw(st.tuples(*[st.integers(0, series.span.n_days - 1)] * 2))
    return series, Window(FIRST_DAY + timedelta(days=min(days)), FIRST_DAY + timedelta(days=max(days)))


# totals and tilings


def test_total_by_hand() -> None:
    series = monthly([3, 5, 4, 0])
    assert series.total("2020-02") == 5
    assert series.total(("2020-01", "2020-03")) == 3 + 5 + 4
    assert series.total(("2020-02-01", "2020-04-30")) == 5 + 4 + 0
    assert isinstance(series.total("2020-02"), int)


@given(tilings(), st.data())
def test_total_over_whole_windows_is_the_sum_by_a_loop(series: CountSeries, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(series) - 1))
    last = data.draw(st.integers(first, len(series) - 1))
    expected = 0
    for place, one in enumerate(series):
        if first <= place <= last:
            expected += int(one.value)
    window = Window(series.windows[first].start, series.windows[last].end)
    assert series.total(window) == expected
    assert series.tiles(window) == series.observations[first : last + 1]


@given(spans_inside())
def test_tiles_refuses_every_span_that_cuts_a_window_and_the_span_it_names_works(
    given_case: tuple[CountSeries, Window],
) -> None:
    series, span = given_case
    starts, ends = {one.start for one in series.windows}, {one.end for one in series.windows}
    if span.start in starts and span.end in ends:
        assert sum(one.window.n_days for one in series.tiles(span)) == span.n_days
        return
    with pytest.raises(WindowError) as refused:
        series.tiles(span)
    named = NEAREST.search(str(refused.value))
    assert named is not None
    nearest = parse_window((named[1], named[2]))
    assert sum(one.window.n_days for one in series.tiles(nearest)) == nearest.n_days
    touched = [one for one in series.windows if one.overlaps(span)]
    moves = [abs(a.start - span.start) + abs(b.end - span.end) for a in touched for b in touched if a.start <= b.start]
    assert abs(nearest.start - span.start) + abs(nearest.end - span.end) == min(moves)


def test_tiles_names_the_window_that_does_not_fit_and_the_nearer_edge() -> None:
    series = from_windows(("2020-05", 65), ("2020-06", 72), ("2020-07/2020-09", 379), ("2020-10", 158))
    with pytest.raises(WindowError, match=r"count of 2020-07/2020-09 .* 2020-05-01 to 2020-06-30$"):
        series.tiles(("2020-05", "2020-07"))
    with pytest.raises(WindowError, match=r"count of 2020-07/2020-09 .* 2020-05-01 to 2020-09-30$"):
        series.tiles(("2020-05", "2020-08"))
    with pytest.raises(WindowError, match=r"count of 2020-07/2020-09 .* 2020-07-01 to 2020-09-30$"):
        series.tiles("2020-08")


@pytest.mark.parametrize("span", ["2019-12", "2020-05", ("2019-12", "2020-02"), ("2020-04", "2020-05"), "2020", "1999"])
def test_a_span_beyond_the_series_is_refused_saying_how_far_it_runs(span: Any) -> None:
    with pytest.raises(WindowError, match="2020-01-01 to 2020-04-30"):
        monthly([3, 5, 4, 0]).total(span)


def test_a_gap_is_refused_naming_the_days_around_it() -> None:
    series = from_windows(("2020-01", 3), ("2020-02", 4), ("2020-04", 5))
    assert series.total("2020-01/2020-02") == 7
    with pytest.raises(WindowError, match="between 2020-02-29 and 2020-04-01"):
        series.total(("2020-01", "2020-04"))
    with pytest.raises(WindowError):
        series.total("2020-03")


def test_a_missing_count_gives_no_sum_and_is_named() -> None:
    series = monthly([3, float("nan"), 4], allow_missing=True)
    assert series.total("2020-03") == 4
    assert [str(window) for window in series.missing] == ["2020-02"]
    with pytest.raises(WindowError, match=r"count of 2020-02 is not known"):
        series.total(("2020-01", "2020-03"))


def test_rates_have_no_totals() -> None:
    rates = pd.Series([89.8, 95.4], index=pd.period_range("1970", periods=2, freq="Y"))
    series = CountSeries.from_periods(rates, kind="rate")
    assert series.frequency == "Y"
    with pytest.raises(SeriesError, match="no totals"):
        series.total("1970")


# by month, between, rates


def test_monthly_sums_parts_and_leaves_longer_windows_unknown() -> None:
    series = from_windows(("2020-01-01/2020-01-10", 4), ("2020-01-11/2020-01-31", 6), ("2020-02/2020-03", 9))
    counts = series.monthly()
    assert counts.index.equals(pd.period_range("2020-01", "2020-03", freq="M"))
    assert counts.iloc[0] == 10
    assert counts.iloc[1:].isna().all()


@given(st.lists(st.integers(0, 900), min_size=1, max_size=40))
def test_a_monthly_series_gives_back_its_counts(values: list[int]) -> None:
    counts = pd.Series(values, index=pd.period_range("2019-11", periods=len(values), freq="M"))
    series = CountSeries.from_monthly(counts)
    np.testing.assert_array_equal(series.monthly().to_numpy(), counts.to_numpy(dtype=float))
    assert series.monthly().index.equals(counts.index)
    assert series.total(series.span) == sum(values)


def test_between_keeps_whole_windows_and_refuses_to_cut_one() -> None:
    series = from_windows(("2020-01", 3), ("2020-02/2020-03", 9), ("2020-04", 5), country="XYZ", measure="thefts")
    kept = series.between("2020-02", "2020-12")
    assert [str(window) for window in kept.windows] == ["2020-02/2020-03", "2020-04"]
    assert (kept.country, kept.measure) == ("XYZ", "thefts")
    with pytest.raises(WindowError, match="cuts the window 2020-02/2020-03"):
        series.between("2020-01", "2020-02")
    with pytest.raises(WindowError, match="no window lies inside"):
        series.between("2021-01", "2021-12")
    with pytest.raises(WindowError, match="reversed"):
        series.between("2020-04", "2020-01")


@given(spans_inside())
def test_between_and_tiles_agree_inside_the_series(given_case: tuple[CountSeries, Window]) -> None:
    series, span = given_case
    try:
        tiles = series.tiles(span)
    except WindowError:
        with pytest.raises(WindowError):
            series.between(span.start, span.end)
    else:
        assert series.between(span.start, span.end).observations == tiles


def test_rate_by_hand() -> None:
    series = from_windows(("2019", 600), ("2020-H1", 182))
    rates = series.rate(pd.Series({2019: 6_000_000, 2020: 3_660_000}))
    # 600 in 6.0 million; 182 in half a leap year of 3.66 million: 182 / (182 / 366 x 3.66 million)
    assert list(rates.index) == ["2019", "2020-H1"]
    assert rates.to_list() == pytest.approx([10.0, 10.0], rel=1e-12)
    with pytest.raises(SeriesError, match="no population is known for 2020"):
        series.rate(pd.Series({2019: 6_000_000}))


# segments and citations


def observed(text: str, value: float, publisher: str, definition: str = "all") -> Observation:
    return Observation(window=parse_window(text), value=value, publisher=publisher, definition=definition)


def test_segments_are_runs_of_one_publisher_and_definition() -> None:
    rows = [("2020-01", "A", "all"), ("2020-02", "A", "all"), ("2020-03", "A", "narrow"), ("2020-04", "B", "narrow")]
    rows.append(("2020-05", "A", "narrow"))
    series = CountSeries(observations=tuple(observed(text, 1, who, what) for text, who, what in rows))
    assert series.segments.to_dict("records") == [
        {
            "start": date(2020, 1, 1),
            "end": date(2020, 2, 29),
            "n_windows": 2,
            "publisher": "A",
            "definition": "all",
        },
        {
            "start": date(2020, 3, 1),
            "end": date(2020, 3, 31),
            "n_windows": 1,
            "publisher": "A",
            "definition": "narrow",
        },
        {
            "start": date(2020, 4, 1),
            "end": date(2020, 4, 30),
            "n_windows": 1,
            "publisher": "B",
            "definition": "narrow",
        },
        {
            "start": date(2020, 5, 1),
            "end": date(2020, 5, 31),
            "n_windows": 1,
            "publisher": "A",
            "definition": "narrow",
        },
    ]
    for before, after in pairwise(series.segments.itertuples()):
        assert (before.publisher, before.definition) != (after.publisher, after.definition)


def cited(figure_id: str, text: str, value: int, sign: int = 1) -> Citation:
    source = Source(source_id="paper", url="u", title="t", date="2020-03-05")
    return Citation(figure=figure(figure_id, text, value, source_id="paper"), source=source, sign=sign)


def test_citations_list_every_figure_with_its_sign_and_document() -> None:
    whole, part = cited("X2", "2020-H1", 30), cited("X1", "2020-01/2020-05", 26, sign=-1)
    june = Observation(window=parse_window("2020-06"), value=4, arithmetic="X2 - X1", citations=(whole, part))
    series = CountSeries(observations=(observed("2020-05", 2, "A"), june))
    rows = series.citations("2020-06")
    assert rows[["window", "figure_id", "sign", "value", "source_id", "title"]].to_dict("records") == [
        {"window": "2020-06", "figure_id": "X2", "sign": 1, "value": 30, "source_id": "paper", "title": "t"},
        {"window": "2020-06", "figure_id": "X1", "sign": -1, "value": 26, "source_id": "paper", "title": "t"},
    ]
    assert (rows["sign"] * rows["value"]).sum() == june.value
    assert series.citations().equals(rows)
    assert series.citations("2020-05").empty
    assert list(series.citations("2020-05").columns) == list(rows.columns)
    with pytest.raises(WindowError):
        series.citations("2020-H1")


# what cannot be a series


@pytest.mark.parametrize(
    ("values", "index", "message"),
    [
        ([1.0, 2.5], ["2020-01", "2020-02"], "2020-02: 2.5 is not a whole number"),
        ([1.0, -2.0], ["2020-01", "2020-02"], "2020-02: -2 is negative"),
        ([1.0, float("nan")], ["2020-01", "2020-02"], "2020-02: nan is missing"),
        ([1.0, float("inf")], ["2020-01", "2020-02"], "2020-02: inf is infinite"),
        ([1.0, 2.0], ["2020-02", "2020-01"], "2020-01 comes after a later period"),
        ([1.0, 2.0], ["2020-01", "2020-01"], "2020-01 stands more than once"),
        ([1.0, 2.0], ["2020-01", "2020-03"], "2020-02 is not in the index"),
        ([1.0, 2.0], ["2020-01", None], "missing period"),
        (["a", "b"], ["2020-01", "2020-02"], "expected numbers"),
        ([], [], "at least one period"),
    ],
)
def test_bad_monthly_counts_are_refused_naming_the_month(values: Any, index: Any, message: str) -> None:
    counts = pd.Series(values, index=pd.PeriodIndex(index, freq="M"), dtype=object if "a" in values else float)
    with pytest.raises(SeriesError, match=re.escape(message)):
        CountSeries.from_monthly(counts)


@pytest.mark.parametrize(
    "counts",
    [
        [1, 2],
        pd.Series([1, 2]),
        pd.Series([1, 2], index=pd.to_datetime(["2020-01-01", "2020-02-01"])),
        pd.DataFrame({"a": [1]}, index=pd.period_range("2020-01", periods=1, freq="M")),
        pd.Series([1, 2], index=pd.period_range("2020-01-06", periods=2, freq="W")),
        pd.Series([1, 2], index=pd.period_range("2020Q1", periods=2, freq="Q-MAR")),
        pd.Series([1, 2], index=pd.period_range("2020", periods=2, freq="Y-JUN")),
        pd.Series([1, 2], index=pd.period_range("2020Q1", periods=2, freq="Q")),
    ],
)
def test_anything_but_calendar_months_is_refused(counts: Any) -> None:
    with pytest.raises(SeriesError, match="expected"):
        CountSeries.from_monthly(counts)


def test_months_left_out_stay_out_when_allowed() -> None:
    counts = pd.Series([3, 4], index=pd.PeriodIndex(["2020-01", "2020-03"], freq="M"))
    series = CountSeries.from_monthly(counts, allow_missing=True)
    assert series.n_windows == 2
    assert series.monthly().isna().to_list() == [False, True, False]


def test_nullable_integers_are_read_with_their_missing_values() -> None:
    counts = pd.Series([3, None], index=pd.period_range("2020-01", periods=2, freq="M"), dtype="Int64")
    series = CountSeries.from_monthly(counts, allow_missing=True)
    assert [one.is_missing for one in series] == [False, True]


@pytest.mark.parametrize(("frequency", "n_days"), [("M", 31), ("Q", 91), ("Y", 366)])
def test_from_periods_takes_each_periods_days(frequency: str, n_days: int) -> None:
    series = CountSeries.from_periods(pd.Series([7], index=pd.period_range("2020", periods=1, freq=frequency)))
    assert series.frequency == frequency
    assert series.windows[0].n_days == n_days


def test_windows_that_overlap_or_are_out_of_order_are_refused() -> None:
    with pytest.raises(SeriesError, match="overlap"):
        from_windows(("2020-01", 3), ("2020-01-31/2020-02-29", 4))
    with pytest.raises(SeriesError, match="out of order"):
        from_windows(("2020-02", 3), ("2020-01", 4))
    with pytest.raises(SeriesError, match="at least one window"):
        CountSeries(observations=())


@pytest.mark.parametrize(
    ("value", "message"), [(-1.0, "0 or more"), (float("inf"), "0 or more"), (2.5, "whole number")]
)
def test_a_value_that_is_no_count_is_refused_naming_the_window(value: float, message: str) -> None:
    with pytest.raises(SeriesError, match=f"2020-01: .*{message}"):
        from_windows(("2020-01", value))


def test_a_rate_need_not_be_whole() -> None:
    assert from_windows(("2020-01", 2.5), kind="rate").to_frame()["value"].to_list() == [2.5]


# what a series says of itself


def test_frame_and_dict_hold_the_windows_and_json_takes_the_dict() -> None:
    series = monthly([3, float("nan")], allow_missing=True, country="XYZ", publisher="A", definition="all")
    frame = series.to_frame()
    assert frame["n_days"].to_list() == [31, 29]
    assert frame["publisher"].to_list() == ["A", "A"]
    plain = json.loads(json.dumps(series.to_dict(), allow_nan=False))
    assert [row["value"] for row in plain["windows"]] == [3, None]
    assert (plain["country"], plain["as_of"], plain["frequency"]) == ("XYZ", None, "M")


def test_summary_is_the_same_text_every_time_and_says_what_is_missing() -> None:
    series = monthly([3, float("nan"), 4], allow_missing=True)
    assert series.summary() == series.summary()
    assert "3 windows, 2020-01-01 to 2020-03-31" in series.summary()
    assert "not known: 1" in series.summary()


def test_summary_carries_the_notes_and_the_day_of_knowledge() -> None:
    series = from_windows(("2020-01", 3), as_of=date(2020, 9, 30), notes=("one figure is digitised",))
    assert "as known on 2020-09-30" in series.summary()
    assert "one figure is digitised" in series.summary()


@given(tilings())
def test_iteration_length_and_values_agree(series: CountSeries) -> None:
    assume(len(series) > 1)
    np.testing.assert_array_equal([one.value for one in series], series.values)
    assert len(series) == series.n_windows == len(series.windows)
    assert series.span == Window(series.windows[0].start, series.windows[-1].end)
