"""Windows and months: by hand, brute force over days, and properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.errors import ViolenceStatsError, WindowError
from violence_stats.months import (
    MONTHS_PER_PERIOD,
    Frequency,
    Window,
    add_months,
    first_day,
    last_day,
    last_day_of_month,
    month_of,
    month_starts,
    months_between,
    parse_window,
    period_starts,
)

DAYS = st.dates(date(2015, 1, 1), date(2024, 12, 31))


def windows() -> st.SearchStrategy[Window]:
    return st.tuples(DAYS, DAYS).map(lambda pair: Window(min(pair), max(pair)))


def days_of(window: Window) -> list[date]:
    return [window.start + timedelta(days=k) for k in range((window.end - window.start).days + 1)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
        ("2020-H1", date(2020, 1, 1), date(2020, 6, 30)),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31)),
        ("2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-03-21", date(2020, 3, 21), date(2020, 3, 21)),
        (" 2020-03 ", date(2020, 3, 1), date(2020, 3, 31)),
        (("2016-04", "2020-06"), date(2016, 4, 1), date(2020, 6, 30)),
        (("2020-03-21", "2020-06-13"), date(2020, 3, 21), date(2020, 6, 13)),
        (("2019", "2020-H1"), date(2019, 1, 1), date(2020, 6, 30)),
        ("2016-04/2020-06", date(2016, 4, 1), date(2020, 6, 30)),
        ("2020-03-21/2020-06-13", date(2020, 3, 21), date(2020, 6, 13)),
        ((date(2020, 3, 21), datetime(2020, 6, 13, 23, 59, tzinfo=UTC)), date(2020, 3, 21), date(2020, 6, 13)),
        (pd.Period("2020-05", freq="M"), date(2020, 5, 1), date(2020, 5, 31)),
        (pd.Period("2020Q2", freq="Q"), date(2020, 4, 1), date(2020, 6, 30)),
        (pd.Period("2020", freq="Y"), date(2020, 1, 1), date(2020, 12, 31)),
        ((pd.Period("2020-05", freq="M"), "2020-07"), date(2020, 5, 1), date(2020, 7, 31)),
        (Window(date(2020, 1, 5), date(2020, 1, 7)), date(2020, 1, 5), date(2020, 1, 7)),
    ],
)
def test_parse_window_reads_every_form_that_users_write(text: Any, start: date, end: date) -> None:
    window = parse_window(text)
    assert (window.start, window.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020-13",
        "2020-00",
        "2020-02-30",
        "2019-02-29",
        "0000",
        "9999",
        "2020-H3",
        "2020-Q5",
        "2020-1",
        "20-01",
        "2020/01/31",
        "31/01/2020",
        "2020-01-",
        "2020-06/",
        "/2020-06",
        "2020/2021/2022",
        "enero 2020",
        ("2020-01",),
        ("2020-01", "2020-02", "2020-03"),
        ("2020-01", "2020-02x"),
        ["2020-01", "2020-02"],
        2020,
        None,
        pd.NaT,
        (pd.NaT, "2020-01"),
    ],
)
def test_parse_window_refuses_what_is_not_a_window_and_says_what_is(text: Any) -> None:
    with pytest.raises(WindowError, match="expected YYYY"):
        parse_window(text)


@pytest.mark.parametrize("pair", [("2020-06", "2016-04"), ("2020-01-02", "2020-01-01"), ("2020", "2019-H2")])
def test_a_reversed_window_is_refused_naming_both_days(pair: tuple[str, str]) -> None:
    with pytest.raises(WindowError, match="reversed") as refused:
        parse_window(pair)
    assert first_day(pair[0]).isoformat() in str(refused.value)
    assert last_day(pair[1]).isoformat() in str(refused.value)


def test_a_window_error_is_a_value_error_too() -> None:
    assert issubclass(WindowError, ValueError)
    assert issubclass(WindowError, ViolenceStatsError)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-01-01", "2020-06-30", "2020-H1"),
        ("2020-07-01", "2020-12-31", "2020-H2"),
        ("2020-07-01", "2020-09-30", "2020-07/2020-09"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2019-01-01", "2020-12-31", "2019-01/2020-12"),
        ("2020-02-01", "2020-02-28", "2020-02-01/2020-02-28"),
        ("2020-04-24", "2020-04-24", "2020-04-24"),
        ("2020-01-01", "2020-07-15", "2020-01-01/2020-07-15"),
        ("2020-01-15", "2020-01-31", "2020-01-15/2020-01-31"),
    ],
)
def test_label_is_the_shortest_form(first: str, last: str, label: str) -> None:
    window = parse_window((first, last))
    assert window.label == label
    assert str(window) == label


@given(windows())
def test_every_label_reads_back_as_its_window(window: Window) -> None:
    assert parse_window(window.label) == window


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from([1, 3, 6, 12]), st.integers(0, 30))
def test_labels_of_calendar_spans_read_back_too(day: date, n_months: int, k: int) -> None:
    window = Window(month_of(day), add_months(day, n_months * (k + 1)) - timedelta(days=1))
    assert window.is_whole_months
    assert parse_window(window.label) == window


@given(windows(), windows())
def test_overlap_and_containment_are_those_of_the_sets_of_days(one: Window, other: Window) -> None:
    mine, theirs = set(days_of(one)), set(days_of(other))
    assert one.n_days == len(mine)
    assert one.overlaps(other) == bool(mine & theirs)
    assert one.contains(other) == (theirs <= mine)


@given(windows())
def test_months_are_those_its_days_lie_in(window: Window) -> None:
    touched = sorted({day.replace(day=1) for day in days_of(window)})
    assert window.months == touched
    assert window.is_one_month == (window == Window(touched[0], last_day_of_month(touched[0])))


@given(DAYS, st.integers(-600, 600))
def test_add_months_goes_there_and_back(day: date, n_months: int) -> None:
    there = add_months(day, n_months)
    assert there.day == 1
    assert months_between(day, there) == n_months
    assert add_months(there, -n_months) == month_of(day)


@given(DAYS)
def test_last_day_of_month_is_the_day_before_the_next(day: date) -> None:
    assert last_day_of_month(day) + timedelta(days=1) == add_months(day, 1)


def test_month_starts_by_hand() -> None:
    assert month_starts(date(2019, 11, 30), date(2020, 2, 1)) == [
        date(2019, 11, 1),
        date(2019, 12, 1),
        date(2020, 1, 1),
        date(2020, 2, 1),
    ]
    assert month_starts(date(2020, 2, 1), date(2020, 1, 31)) == []


@pytest.mark.parametrize("frequency", ["M", "Q", "Y"])
@given(window=windows())
def test_period_starts_are_those_pandas_gives(frequency: Frequency, window: Window) -> None:
    expected = pd.period_range(window.start, window.end, freq=frequency)
    assert period_starts(window.start, window.end, frequency) == [period.start_time.date() for period in expected]


def test_period_starts_by_hand() -> None:
    assert period_starts(date(2019, 12, 31), date(2020, 4, 1), "Q") == [
        date(2019, 10, 1),
        date(2020, 1, 1),
        date(2020, 4, 1),
    ]
    assert period_starts(date(2019, 12, 31), date(2020, 3, 31), "Q") == [date(2019, 10, 1), date(2020, 1, 1)]
    assert period_starts(date(2019, 7, 1), date(2020, 1, 1), "Y") == [date(2019, 1, 1), date(2020, 1, 1)]
    assert MONTHS_PER_PERIOD == {"M": 1, "Q": 3, "Y": 12}
