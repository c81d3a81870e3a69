"""Shapes of interventions: each column by hand, names, dates, and what is refused."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from violence_stats.design.cells import cut_cells
from violence_stats.design.interventions import Pulse, Ramp, Step, cut_days
from violence_stats.design.transfer import Onset
from violence_stats.errors import SpecificationError, WindowError
from violence_stats.months import parse_window


def _months(first, last, interventions):
    windows = [parse_window(month) for month in pd.period_range(first, last, freq="M")]
    return cut_cells(windows, frequency="M", cuts=cut_days(interventions))


@pytest.mark.parametrize(
    ("intervention", "column"),
    [
        (Step("2020-03"), [0, 0, 1, 1, 1]),
        (Step("2020-03", lag_months=1), [0, 0, 0, 1, 1]),
        (Step("2020-03", end="2020-04"), [0, 0, 1, 1, 0]),
        (Ramp("2020-03"), [0, 0, 0, 1, 2]),
        (Ramp("2020-03", zero_at="last-old"), [0, 0, 1, 2, 3]),
        (Pulse("2020-02", "2020-03"), [0, 1, 1, 0, 0]),
        (Pulse("2020-02", "2020-03", lag_months=2), [0, 0, 0, 1, 1]),
    ],
)
def test_columns_by_month(intervention, column):
    assert intervention.column(_months("2020-01", "2020-05", [intervention])).tolist() == column


@pytest.mark.parametrize(
    ("intervention", "n_days", "column"),
    [
        (Step("2020-02-20"), [31, 19, 10, 31], [0, 0, 1, 1]),
        (Ramp("2020-02-20"), [31, 19, 10, 31], [0, 0, 0, 1]),
        (Ramp("2020-02-20", zero_at="last-old"), [31, 19, 10, 31], [0, 0, 1, 2]),
        (Pulse("2020-01-30", "2020-02-03"), [29, 2, 3, 26, 31], [0, 1, 1, 0, 0]),
        (Pulse("2020-02-03", "2020-02-03"), [31, 2, 1, 26, 31], [0, 0, 1, 0, 0]),
    ],
)
def test_columns_by_day(intervention, n_days, column):
    cells = _months("2020-01", "2020-03", [intervention])
    assert cells.n_days.tolist() == n_days
    assert intervention.column(cells).tolist() == column


@pytest.mark.parametrize(
    ("start", "term"),
    [
        ("2019-06", "step 2019-06"),
        ("2019-06-01", "step 2019-06"),
        (date(2019, 6, 1), "step 2019-06"),
        (pd.Period("2019-06", freq="M"), "step 2019-06"),
        ("2019-06-20", "step 2019-06-20"),
        (date(2019, 6, 20), "step 2019-06-20"),
        ("2019-H1", "step 2019-H1"),
        ("1989", "step 1989"),
    ],
)
def test_a_term_is_named_by_its_date(start, term):
    assert Step(start).term == term


def test_a_name_of_its_own_and_a_lag_show():
    named = Ramp("2019-06", name="plan")
    assert named.term == "plan"
    assert named.events == {"plan", "2019-06"}
    assert Step("2019-06", lag_months=2).term == "step 2019-06 lag 2"


@pytest.mark.parametrize(
    ("start", "lag", "day"),
    [
        ("2019-06", 1, date(2019, 7, 1)),
        ("2019-06-20", 1, date(2019, 7, 20)),
        ("2020-01-30", 1, date(2020, 2, 29)),
        ("2020-02-29", 1, date(2020, 3, 31)),
    ],
)
def test_a_lag_keeps_the_day_of_the_month(start, lag, day):
    assert Step(start, lag_months=lag).first_day == day


def test_a_lag_moves_the_end_too():
    assert Step("2020-01", end="2020-01", lag_months=1).last_day == date(2020, 2, 29)


def test_a_washout_is_counted_in_months_from_the_start():
    assert Step("2019-06-20", washout_months=2).washout == (date(2019, 6, 20), date(2019, 8, 19))
    assert Step("2019-06").washout is None


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: Pulse("2020-03", "2020-01"), "ends on 2020-01-31, before it starts on 2020-03-01"),
        (lambda: Step("2020-03", end="2020-01"), "before it starts"),
        (lambda: Ramp("2020-03", zero_at="new"), "'first-new' or 'last-old', got 'new'"),
        (lambda: Step("2020-03", name=" "), "name is blank"),
        (lambda: Step("2020-03", lag_months=-1), "lag_months: expected 0 or more"),
        (lambda: Step("2020-03", washout_months=-1), "washout_months: expected 0 or more"),
        (lambda: Step("2020-03", lag_months=1.5), "lag_months: expected a whole number, 0 or more calendar months"),
        (lambda: Step("2020-03", washout_months="1"), "washout_months: expected a whole number"),
        (lambda: Onset("2020-03", "2"), "time_constant_months: expected 0 or more months, or None, got '2'"),
    ],
)
def test_what_no_intervention_can_be(build, says):
    with pytest.raises(SpecificationError, match=says):
        build()


def test_a_start_that_is_no_date():
    with pytest.raises(WindowError, match="'June 2019' is not a date"):
        Step("June 2019")
