"""What a fall is made of: a made-up series for the grid and the bounds, the shipped case for the whole."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from violence_stats.errors import SelectionError, SpecificationError, WindowError
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Words
from violence_stats.ledger.settings import CandidateDate, Intervention, Settings, Spell
from violence_stats.months import Window, parse_window
from violence_stats.questions.fall import decompose_fall
from violence_stats.questions.fall_choices import FallChoices
from violence_stats.questions.fall_grid import (
    FallQuestion,
    ask_about_fall,
    pre_period_starts,
    ramp_lockdown_correlation,
    specifications,
)
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.lockdown_bounds import NeighbourRatio, lockdown_bounds
from violence_stats.questions.window_ratio import Ratio
from violence_stats.series import CountSeries

ADDS_UP = 1e-10
"""What the parts promise."""
NAME = Words(en="a name", es="un nombre")


def _intervention(day: str, kind: str = "contested", *also: str) -> Intervention:
    return Intervention(
        id=day[:7],
        date=date.fromisoformat(day),
        name=NAME,
        label=NAME,
        kind=kind,
        sources=(),
        candidates=tuple(CandidateDate(date=date.fromisoformat(one), name=NAME, sources=()) for one in also),
    )


def _spell(name: str, first: str, last: str) -> Spell:
    return Spell(id=name, window=parse_window((first, last)), name=NAME, label=NAME, sources=())


@pytest.fixture
def settings(aland: Case) -> Settings:
    return replace(
        aland.settings,
        interventions=(
            _intervention("2004-06-01", "definition"),
            _intervention("2003-05-01", "contested", "2003-05-01", "2003-05-12"),
            _intervention("2001-02-10"),
            _intervention("2004-09-01"),
        ),
        lockdown=_spell("curfew", "2004-03-10", "2004-05-20"),
        bursts=(_spell("early", "2001-01-05", "2001-01-06"), _spell("late", "2004-01-05", "2004-01-09")),
    )


@pytest.fixture
def question(settings: Settings) -> FallQuestion:
    months = pd.period_range("2000-01", "2004-12", freq="M")
    counts = np.random.default_rng(3).poisson(np.where(months < pd.Period("2003-05"), 90.0, 55.0))
    series = CountSeries.from_monthly(pd.Series(counts, index=months), country="AAA", measure="deaths")
    return ask_about_fall(
        settings, series, event=None, window=parse_window("2004-H1"), baseline=parse_window("2003-Q1")
    )


@pytest.fixture(scope="module")
def fall() -> FallDecomposition:
    return decompose_fall("SLV", choices=FallChoices(pre_starts=["2016-04", "2017-04"]))


def test_the_event_is_the_last_to_begin_by_the_end_of_the_window(question: FallQuestion) -> None:
    assert question.event.id == "2003-05"  # later ones begin after the window, or change the definition alone
    assert question.starts == (date(2003, 5, 1), date(2003, 5, 12))


def test_a_lockdown_outside_the_window_is_none(settings: Settings, question: FallQuestion) -> None:
    elsewhere = ask_about_fall(
        settings, question.series, event="2003-05", window=parse_window("2003-H2"), baseline=parse_window("2003-Q1")
    )
    assert elsewhere.lockdown is None
    assert [one.id for one in elsewhere.bursts] == ["early"]
    assert ramp_lockdown_correlation(elsewhere, date(2001, 3, 1)) is None
    assert {one.lockdown for one in specifications(elsewhere, [date(2001, 3, 1)])} == {False}


def test_a_lockdown_that_only_the_fit_holds_has_a_term_but_no_part(settings: Settings, question: FallQuestion) -> None:
    early = replace(settings, lockdown=_spell("curfew", "2003-10-10", "2003-11-20"))
    between = ask_about_fall(early, question.series, event=None, window=question.window, baseline=question.baseline)
    assert between.lockdown is None
    assert "curfew" in [one.id for one in between.bursts]
    fit = between.fit(specifications(between, [date(2001, 3, 1)])[0])
    assert "curfew" in fit.effects.index


def test_a_lockdown_of_the_baseline_is_one_of_the_parts(settings: Settings, question: FallQuestion) -> None:
    before = replace(settings, lockdown=_spell("curfew", "2003-02-10", "2003-03-20"))
    found = ask_about_fall(before, question.series, event=None, window=question.window, baseline=question.baseline)
    assert found.lockdown is not None
    assert found.lockdown.id == "curfew"


def test_windows_that_another_regime_would_blur_are_refused(settings: Settings, question: FallQuestion) -> None:
    series, baseline = question.series, question.baseline
    with pytest.raises(SpecificationError, match="2003-05 begins on 2003-05-01, between 2001-02 and the end of"):
        ask_about_fall(settings, series, event="2001-02", window=question.window, baseline=baseline)
    with pytest.raises(SpecificationError, match="2004-09 begins on 2004-09-01, after the window 2004-H1"):
        ask_about_fall(settings, series, event="2004-09", window=question.window, baseline=baseline)


def test_windows_that_are_not_counted_are_refused_first(settings: Settings, question: FallQuestion) -> None:
    with pytest.raises(WindowError, match="2005-H1"):
        ask_about_fall(
            settings, question.series, event=None, window=parse_window("2005-H1"), baseline=question.baseline
        )


def test_a_baseline_after_the_window_is_refused(settings: Settings, question: FallQuestion) -> None:
    with pytest.raises(WindowError, match="the baseline 2004-H1 comes after the window 2003-H2: give the earlier span"):
        ask_about_fall(
            settings, question.series, event=None, window=parse_window("2003-H2"), baseline=parse_window("2004-H1")
        )


def test_a_ramp_that_cannot_be_told_from_the_lockdown_has_no_correlation() -> None:
    # ten days of lockdown in the last month: beside a ramp they are one window and no more
    few = FallChoices(pre_starts=["2016-04"], n_draws=100)
    found = decompose_fall("SLV", window=("2020-01", "2020-03"), baseline=("2019-01", "2019-03"), choices=few)
    assert found.correlation is None
    assert found.lockdown[0].kind == "zero"
    assert "correlate" not in found.summary()


def test_every_default_fit_holds_the_baseline(settings: Settings, question: FallQuestion) -> None:
    # half-years from March 2001: those after the first day of the baseline are left out
    early = replace(question, baseline=parse_window("2001-Q4"))
    assert pre_period_starts(settings, early, None) == (date(2001, 3, 1), date(2001, 9, 1))
    with pytest.raises(SpecificationError, match="the baseline 2000-H1 begins before 2001-03-01"):
        pre_period_starts(settings, replace(question, baseline=parse_window("2000-H1")), None)


def test_the_period_before_starts_within_its_own_regime(settings: Settings, question: FallQuestion) -> None:
    # from March 2001, the first whole month after 10 February, every half-year up to a year before May 2003
    found = pre_period_starts(settings, question, None)
    assert found == (date(2001, 3, 1), date(2001, 9, 1), date(2002, 3, 1))
    assert pre_period_starts(settings, question, ["2001-06"]) == (date(2001, 6, 1),)
    with pytest.raises(SpecificationError, match="runs across 2001-02"):
        pre_period_starts(settings, question, ["2000-06"])


def test_no_room_for_a_period_before_is_refused(settings: Settings, question: FallQuestion) -> None:
    crowded = replace(settings, interventions=(*settings.interventions, _intervention("2002-09-01")))
    with pytest.raises(SelectionError, match="no period of 12 months or more lies between 2002-09-01 and 2003-05"):
        pre_period_starts(crowded, question, None)


def test_every_choice_meets_every_other_once(question: FallQuestion) -> None:
    starts = [date(2001, 3, 1), date(2002, 3, 1)]
    grid = specifications(question, starts)
    assert len(grid) == len(set(grid)) == 2 * 2 * 3
    assert str(grid[0]) == "from 2001-03-01, step on 2003-05-01, lockdown term"
    assert not any(one.shape == "ramp" and one.lockdown for one in grid)


def test_a_model_has_the_terms_that_it_says(question: FallQuestion) -> None:
    grid = specifications(question, [date(2001, 3, 1)])
    assert list(question.fit(grid[0]).effects.index[2:5]) == ["2003-05", "late", "curfew"]
    ramp = next(one for one in grid if one.shape == "ramp")
    column = question.fit(ramp).frame
    at = column.design.names.index("2003-05")
    by_period = dict(zip(column.cells.period.tolist(), column.design.X[:, at].tolist(), strict=True))
    assert [by_period[period] for period in (26, 27, 28)] == [0, 1, 2]  # April, May, June 2003
    assert "curfew" not in column.design.names
    assert question.fit(ramp).window == Window(date(2001, 3, 1), date(2004, 6, 30))


def test_bounds_by_hand() -> None:
    # a neighbour that halved leaves -1 and -2 less by log 0.5
    halved = NeighbourRatio(names=("BBB",), ratio=Ratio(value=0.5, low=0.4, high=0.625))
    zero, own, neighbour = lockdown_bounds(
        [halved], own=[(-0.3, -0.6, 0.1), (-0.2, -0.7, 0.0)], events={True: [-0.5, -0.9], False: [-1.0, -2.0]}
    )
    assert (zero.kind, zero.low, zero.high, zero.event_low, zero.event_high) == ("zero", 0, 0, -2, -1)
    assert (own.low, own.high, own.interval_low, own.interval_high) == (-0.3, -0.2, -0.7, 0.1)
    assert (own.event_low, own.event_high) == (-0.9, -0.5)
    assert (neighbour.kind, neighbour.name) == ("neighbour", "BBB")
    assert [neighbour.low, neighbour.interval_low] == pytest.approx([math.log(0.5), math.log(0.4)])
    assert [neighbour.event_low, neighbour.event_high] == pytest.approx([-2 + math.log(2), -1 + math.log(2)])


def test_every_model_adds_up_to_the_fall(fall: FallDecomposition) -> None:
    assert fall.n_specifications == 18
    sums = fall.specifications.groupby("specification")["log_points"].sum()
    assert sums.to_numpy() == pytest.approx(np.full(18, math.log(589 / 1576)), abs=ADDS_UP)


def test_the_ranges_hold_every_model(fall: FallDecomposition) -> None:
    for part, row in fall.ranges.iterrows():
        each = fall.specifications[fall.specifications["part"] == part]
        assert row["n_specifications"] == len(each)
        for column in ("log_points", "deaths", "share_pct"):
            assert (row[f"{column}_low"], row[f"{column}_high"]) == (each[column].min(), each[column].max())
        assert row["interval_low"] == each["log_points_low"].min()
        largest = each.set_index("specification")["share_pct"].idxmax()
        assert row["largest_share"] == largest
    assert fall.ranges.index[-1] == "remainder"
    # the lockdown's term stands beside a step alone
    assert fall.ranges.loc["lockdown", "n_specifications"] == 6


def test_the_lockdown_is_bounded(fall: FallDecomposition) -> None:
    kinds = [one.kind for one in fall.lockdown]
    assert kinds[:2] == ["zero", "own"]
    assert kinds[-1] == "neighbours"
    assert fall.lockdown[-1].name == "GTM, HND, COL, MEX"
    guatemala = next(one for one in fall.lockdown if one.name == "GTM")
    assert guatemala.low == pytest.approx(math.log(1608 / 2330))
    together = fall.lockdown[-1]
    changes = [one.low for one in fall.lockdown if one.kind == "neighbour"]
    assert together.low == pytest.approx(np.mean(changes))
    assert fall.correlation is not None
    assert -1 < fall.correlation < -0.3


def test_whoever_fits_the_models_the_fall_is_made_of_the_same(fall: FallDecomposition) -> None:
    told: list[str] = []
    choices = FallChoices(pre_starts=["2016-04", "2017-04"])
    there = decompose_fall("SLV", choices=choices, n_jobs=2, progress=told.append)
    assert json.dumps(there.to_dict()) == json.dumps(fall.to_dict())
    assert told[-1] == "18 of 18 models of the fall"
    with pytest.raises(SpecificationError, match="n_jobs"):
        decompose_fall("SLV", n_jobs=0)


def test_the_draws_follow_their_seed_and_number(fall: FallDecomposition) -> None:
    few = FallChoices(pre_starts=["2016-04", "2017-04"], n_draws=500)
    found, other = (decompose_fall("SLV", choices=one) for one in (few, replace(few, seed=1)))
    for one in (found, other):
        assert one.ranges["share_pct_low"].equals(fall.ranges["share_pct_low"])
    assert not found.ranges["interval_low"].equals(fall.ranges["interval_low"])
    assert not found.ranges["interval_low"].equals(other.ranges["interval_low"])


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"pre_starts": "2016-04"}, "pre_starts: expected one or more first months"),
        ({"pre_starts": []}, "pre_starts: expected one or more first months"),
        ({"n_draws": 99}, "n_draws: expected 100 or more"),
        ({"seed": "x"}, "seed: expected a whole number"),
    ],
)
def test_choices_that_cannot_be_taken_are_refused(choices: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecificationError, match=words):
        FallChoices(**choices)
    with pytest.raises(SpecificationError, match="choices: expected FallChoices"):
        decompose_fall("SLV", choices=choices)  # type: ignore[arg-type]


def test_what_was_known_then_leaves_out_who_had_not_counted() -> None:
    then = decompose_fall("SLV", as_of="2020-09-30", choices=FallChoices(pre_starts=["2016-04"]))
    assert then.as_of == date(2020, 9, 30)
    assert then.primary.observed == 582
    assert any("COL, MEX" in note for note in then.notes)
    assert "as known on 2020-09-30" in then.summary()


def test_it_is_plain_values_and_text(fall: FallDecomposition) -> None:
    found = json.loads(json.dumps(fall.to_dict(), allow_nan=False))
    assert found["n_specifications"] == 18
    assert found["ranges"][0]["part"] == "prior trend"
    assert found["specifications"][0]["pre_start"] == "2016-04-01"
    assert found["lockdown"][0]["assumption"]["es"]
    said = fall.summary()
    assert "589 against 1,576, -62.6%" in said
    assert "range over 18 models" in said
    frame = fall.to_frame()
    frame.loc[:, "log_points_low"] = 0.0
    assert fall.ranges["log_points_low"].any()
