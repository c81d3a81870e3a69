"""Onset, levels and bursts: arithmetic by hand and by loops (brute force), and worlds whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp, log

import numpy as np
import pandas as pd
import pytest

from violence_stats.design.interventions import Step
from violence_stats.fitting.counts import fit_counts
from violence_stats.months import MONTH_DAYS, Window, parse_window
from violence_stats.observations import Observation
from violence_stats.questions.average_levels import fit_levels
from violence_stats.questions.burst_search import local_levels, search_bursts
from violence_stats.questions.bursts import weigh_bursts
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.onset import weigh_onset
from violence_stats.questions.onset_profile import onset_column, profile_deviance
from violence_stats.questions.persistence import choose_spans, weigh_persistence
from violence_stats.series import CountSeries

START = date(2004, 1, 1)
EXACT = 1e-9
DEVIANCE_TOLERANCE = 1e-6
"""Two fits by different code stop within their own tolerances of one maximum."""


def episode(counts: np.ndarray, first: str = "2001-01", **other: object) -> EpisodeData:
    index = pd.period_range(first, periods=len(counts), freq="M")
    series = CountSeries.from_monthly(pd.Series(np.round(counts).astype(int), index=index))
    return EpisodeData(
        id="made-up",
        kind="contested",
        start=START,
        earliest=date(2001, 1, 1),
        last=min(series.span.end, date(2006, 12, 31)),
        series=series,
        **other,  # type: ignore[arg-type]
    )


def draw(shape: np.ndarray, generator: np.random.Generator, level: float = 300.0) -> np.ndarray:
    mean = level * shape
    return generator.negative_binomial(mean, 0.5)  # dispersion 2


def after(months: np.ndarray) -> np.ndarray:
    return np.r_[np.ones(36), months]


def test_the_onset_column_is_the_average_over_days() -> None:
    tau, starts, days = 2.0, np.array([-31.0, 0.0, 31.0]), np.array([31, 31, 28])
    column = onset_column(starts, days, tau)
    by_day = [
        np.mean([1 - exp(-t / (tau * MONTH_DAYS)) for t in np.linspace(first, first + n, 20001)])
        for first, n in zip(starts[1:], days[1:], strict=True)
    ]
    assert column[0] == 0
    assert column[1:] == pytest.approx(by_day, abs=1e-6)  # error of 20,000 midpoints
    assert onset_column(starts, days, 0.0).tolist() == [0.0, 1.0, 1.0]


def test_fits_in_a_batch_are_the_fits_one_by_one() -> None:
    generator = np.random.default_rng(1)
    y = generator.poisson(np.r_[np.full(20, 90.0), np.full(20, 50.0)]).astype(float)
    cells = np.arange(40)
    base = np.column_stack([np.ones(40), cells / 10])
    columns = np.array([onset_column(30.4 * (cells - 20.0), np.full(40, 30), tau) for tau in (0.0, 1.0, 4.0)])
    start = fit_counts(y, np.column_stack([base, columns[0]]), np.zeros(40), cells, family="poisson").beta
    deviance, effect = profile_deviance(y, base, columns, np.zeros(40), cells, start)
    for place, column in enumerate(columns):
        fit = fit_counts(y, np.column_stack([base, column]), np.zeros(40), cells, family="poisson")
        assert deviance[place] == pytest.approx(fit.deviance, abs=DEVIANCE_TOLERANCE)
        assert effect[place] == pytest.approx(fit.beta[-1], abs=DEVIANCE_TOLERANCE)


def test_an_abrupt_fall_is_not_called_slow_and_a_slow_one_is() -> None:
    generator = np.random.default_rng(2)
    months = np.arange(24) + 0.5
    abrupt = weigh_onset(episode(draw(after(np.full(24, 0.4)), generator)))
    slow = weigh_onset(episode(draw(after(np.exp(-1.2 * (1 - np.exp(-months / 5)))), generator, 3000.0)))
    assert abrupt.number is not None
    assert abrupt.number.high < 3
    assert abrupt.reading == "cannot tell"
    assert slow.number is not None
    assert slow.number.low < 5 * log(5) < slow.number.high
    assert slow.reading == "favours policing"


def test_no_fall_is_not_timed() -> None:
    nothing = weigh_onset(episode(draw(after(np.ones(24)), np.random.default_rng(3))))
    assert nothing.reading == "not applicable"
    assert "no fall" in nothing.why()


def test_levels_are_plain_averages() -> None:
    generator = np.random.default_rng(4)
    counts = draw(after(np.full(36, 0.5)), generator)
    series = episode(counts).series
    levels = fit_levels(series, [Step("2004-01", "2004-12", name="early"), Step("2005-01", name="rest")], [])
    days = np.array([one.window.n_days for one in series])
    by_hand = log(counts[36:48].sum() / days[36:48].sum() / (counts[:36].sum() / days[:36].sum()))
    assert levels.ratio("early").value == pytest.approx(by_hand, abs=EXACT)
    assert levels.share_undone("early", "rest").value == pytest.approx(
        1 - levels.ratio("rest").value / by_hand, abs=EXACT
    )


def test_a_fall_that_is_undone_reads_as_a_pact_and_one_that_lasts_as_policing() -> None:
    generator = np.random.default_rng(5)
    undone = weigh_persistence(episode(draw(after(np.r_[np.full(12, 0.3), np.full(24, 1.0)]), generator, 3000.0)))
    lasting = weigh_persistence(episode(draw(after(np.full(36, 0.3)), generator, 3000.0)))
    assert undone.number is not None
    assert undone.number.value == pytest.approx(1.0, abs=0.1)  # counts of 3,000 a month
    assert undone.reading == "favours pact"
    assert lasting.number is not None
    assert lasting.number.value == pytest.approx(0.0, abs=0.1)
    assert lasting.reading == "favours policing"


def test_persistence_is_not_read_before_two_years() -> None:
    early = weigh_persistence(episode(draw(after(np.full(20, 0.3)), np.random.default_rng(6))))
    assert early.reading == "cannot tell"
    assert early.number is None


def test_levels_are_compared_within_the_definition_of_the_first_year() -> None:
    data = episode(draw(after(np.full(36, 0.5)), np.random.default_rng(7)))
    observations = tuple(
        replace(one, definition="narrow" if one.window.start >= date(2006, 1, 1) else "all") for one in data.series
    )
    spans = choose_spans(replace(data, series=replace(data.series, observations=observations)))
    assert spans.late[-1].window.end == date(2005, 12, 31)
    assert {one.definition for one in spans.all} == {"all"}


def test_windows_of_a_named_burst_leave_the_models_but_not_the_search() -> None:
    data = episode(np.full(72, 100.0), bursts=(parse_window("2004-05-03/2004-05-05"),))
    assert len(data.windows_in(START, data.last)) == 36
    assert len(data.calm_windows(START, data.last)) == 35


def test_the_local_level_of_a_straight_line_is_that_line() -> None:
    middle = np.arange(20.0)
    expected = np.exp(4 + 0.05 * middle)
    level, _ = local_levels(expected, np.ones(20), middle, np.ones(20, dtype=bool))
    assert level == pytest.approx(expected, rel=1e-3)  # half a death is added before the first guess only


def test_a_planted_burst_is_found_and_hides_no_other() -> None:
    y = np.tile([98.0, 103.0, 101.0, 97.0, 99.0], 8)
    y[10], y[13] = 300.0, 220.0
    yes = np.ones(40, dtype=bool)
    found = search_bursts(y, np.full(40, 30.0), np.arange(40.0), yes, yes, family_level=0.01)
    assert np.flatnonzero(found.is_burst).tolist() == [10, 13]
    assert found.dispersion == 1.0


def test_scatter_alone_seldom_makes_a_burst() -> None:
    generator, n_false = np.random.default_rng(8), 0
    yes = np.ones(34, dtype=bool)
    for _ in range(300):
        y = generator.negative_binomial(100.0, 0.5, size=34).astype(float)
        n_false += search_bursts(y, np.full(34, 30.0), np.arange(34.0), yes, yes, family_level=0.01).is_burst.any()
    assert n_false / 300 < 0.05  # 1% is meant; the dispersion is estimated from 33 windows


def test_bursts_are_dated_and_days_known_or_not() -> None:
    counts = np.tile([98.0, 103.0, 101.0, 97.0, 99.0, 100.0], 12)
    counts[50] = 260.0
    found = weigh_bursts(episode(counts))
    assert found.number is not None
    assert found.number.value == 1
    assert found.reading == "favours pact"
    assert "2005-03" in found.basis
    quiet = weigh_bursts(episode(np.tile([98.0, 103.0, 101.0, 97.0, 99.0, 100.0], 12)))
    assert quiet.reading == "cannot tell"


def test_a_whole_run_of_days_without_a_burst_speaks_for_policing() -> None:
    counts = np.tile([98.0, 103.0, 101.0, 97.0, 99.0, 100.0], 12)
    data = episode(counts)
    days = [START + timedelta(days=k) for k in range((data.last - START).days + 1)]
    run = replace(
        data.series,
        observations=tuple(Observation(window=Window(day, day), value=float(3 + day.day % 2)) for day in days),
    )
    assert weigh_bursts(replace(data, days=run)).reading == "favours policing"
