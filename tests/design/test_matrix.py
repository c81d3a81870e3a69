"""The design matrix: columns by hand, events by name and date, and terms that cannot be told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from violence_stats.design.cells import cut_cells
from violence_stats.design.identification import refuse_collinear, refuse_outside, refuse_too_few, thin_terms
from violence_stats.design.interventions import Pulse, Ramp, Step, cut_days
from violence_stats.design.matrix import Terms, build_design
from violence_stats.errors import SpecificationError
from violence_stats.months import parse_window

ROUNDING = 1e-12
"""Sines and cosines in double precision."""


def _cells(first, last, interventions=(), freq="M"):
    windows = [parse_window(period) for period in pd.period_range(first, last, freq=freq)]
    return cut_cells(windows, frequency=freq, cuts=cut_days(interventions))


def _design(first, last, interventions, **options):
    return build_design(_cells(first, last, interventions), Terms(interventions=tuple(interventions), **options))


def test_terms_stand_in_order():
    design = _design("2020-01", "2020-12", [Step("2020-03"), Ramp("2020-03")], harmonics=1)
    assert design.names == ("intercept", "trend", "step 2020-03", "ramp 2020-03", "sin 1", "cos 1")
    assert design.X[:4].round(3).tolist() == [
        [1, 1, 0, 0, 0.5, 0.866],
        [1, 2, 0, 0, 0.866, 0.5],
        [1, 3, 1, 0, 1, 0],
        [1, 4, 1, 1, 0.866, -0.5],
    ]


def test_harmonics_go_by_the_position_in_the_year():
    # tsModel::harmonic(month, 2, 12): sin and cos of 2 pi k month / 12
    design = _design("2020-11", "2021-02", [], harmonics=2, trend=None)
    month = np.array([11, 12, 1, 2])
    for k in (1, 2):
        assert design.X[:, design.names.index(f"sin {k}")] == pytest.approx(
            np.sin(2 * np.pi * k * month / 12), abs=ROUNDING
        )


def test_month_effects_leave_the_first_month_out():
    design = _design("2020-01", "2020-12", [], month_effects=True, trend=None)
    assert design.names == ("intercept", *(f"month {k}" for k in range(2, 13)))
    assert np.array_equal(design.X[:, 1:], np.vstack([np.zeros(11), np.eye(11)]))


def test_quarters_have_three_effects_and_one_pair():
    cells = _cells("2020Q1", "2021Q4", freq="Q")
    assert build_design(cells, Terms(month_effects=True)).names[-3:] == ("quarter 2", "quarter 3", "quarter 4")
    with pytest.raises(SpecificationError, match="harmonics=2: 4 periods a year carry at most 1"):
        build_design(cells, Terms(harmonics=2))


def test_years_have_no_season():
    cells = _cells("2010", "2020", freq="Y")
    with pytest.raises(SpecificationError, match="yearly periods have no season"):
        build_design(cells, Terms(month_effects=True))
    with pytest.raises(SpecificationError, match="carry at most 0"):
        build_design(cells, Terms(harmonics=1))


def test_two_terms_cannot_share_a_name():
    with pytest.raises(SpecificationError, match="two terms are called 'plan'"):
        _design("2020-01", "2020-12", [Step("2020-03", name="plan"), Ramp("2020-03", name="plan")])


def test_an_event_is_found_by_name_date_or_term():
    interventions = [Step("2020-03"), Ramp("2020-03"), Pulse("2020-07-05", "2020-07-20", name="curfew")]
    design = _design("2020-01", "2020-12", interventions)
    assert [one.term for one in design.event("2020-03")] == ["step 2020-03", "ramp 2020-03"]
    assert [one.term for one in design.event("ramp 2020-03")] == ["ramp 2020-03"]
    assert [one.term for one in design.event("curfew")] == ["curfew"]
    assert [one.term for one in design.event("2020-07")] == ["curfew"]
    without = design.without(design.event("2020-03"))
    assert not without[:, 2:4].any()
    assert np.array_equal(without[:, [0, 1, 4]], design.X[:, [0, 1, 4]])


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ("2020-06", "2020-06 is ambiguous: interventions start on 2020-06-10, 2020-06-20"),
        ("2020-09", "no intervention starts in 2020-09; the model has: step 2020-06-10"),
        ("truce", "no intervention is named 'truce'"),
    ],
)
def test_an_event_that_is_not_there_or_not_one(event, says):
    design = _design("2020-01", "2020-12", [Step("2020-06-10"), Step("2020-06-20")])
    with pytest.raises(SpecificationError, match=says):
        design.event(event)


@pytest.mark.parametrize(
    ("intervention", "says"),
    [
        (Step("2021-01"), "step 2021-01 lies outside: the fitted windows run from 2020-01-01 to 2020-12-31"),
        (Pulse("2019-03", "2019-06"), "lies outside"),
        (Step("2020-01"), "step 2020-01 holds throughout"),
        (Pulse("2019-12", "2021-01"), "holds throughout"),
        (Ramp("2020-12"), "ramp 2020-12 is zero in every fitted window"),
    ],
)
def test_an_intervention_needs_something_to_compare(intervention, says):
    with pytest.raises(SpecificationError, match=says):
        refuse_outside(_cells("2020-01", "2020-12", [intervention]), [intervention])


def test_too_few_windows_name_the_terms():
    with pytest.raises(SpecificationError, match=r"3 windows cannot carry 3 terms \(intercept, trend, step 2020-02\)"):
        refuse_too_few(3, ("intercept", "trend", "step 2020-02"))
    refuse_too_few(4, ("intercept", "trend", "step 2020-02"))


def test_collinear_terms_are_named_and_the_others_not():
    interventions = [Step("2020-06"), Pulse("2020-06", "2020-12", name="plan"), Ramp("2020-06")]
    design = _design("2020-01", "2020-12", interventions)
    with pytest.raises(SpecificationError, match="cannot tell step 2020-06 from plan "):
        refuse_collinear(design.names, design.X)


def test_a_nearly_collinear_design_passes():
    refuse_collinear(("a", "b"), np.array([[1, 1], [1, 1 + 1e-6], [1, 1]]))


def test_a_term_on_one_window_is_said():
    interventions = (Step("2020-12"), Step("2020-02"), Step("2020-06"))
    cells = _cells("2020-01", "2020-12", interventions)
    windows = [parse_window(month) for month in pd.period_range("2020-01", "2020-12", freq="M")]
    notes = thin_terms(build_design(cells, Terms(interventions=interventions)), cells, windows)
    assert len(notes) == 2
    assert notes[0].startswith("step 2020-12 rests on one window under it, 2020-12")
    assert notes[1].startswith("step 2020-02 rests on one window without it, 2020-01")
