"""Placebo in time: dates, lengths, ranks. By hand, brute force (each date fitted anew), simulated truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import violence_stats as vs
from tests.robustness.placebo_size import CELLS, FILE, share_first
from violence_stats.design.interventions import Pulse, Ramp, Step
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.counts import CountFamily
from violence_stats.ledger.case import load_case
from violence_stats.models.estimate import ErrorModel
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.months import Window, parse_window
from violence_stats.robustness.event import average_effect, average_weights
from violence_stats.robustness.placebo import placebo_in_time
from violence_stats.robustness.placebo_dates import (
    Lengths,
    Surroundings,
    admissible_dates,
    choose_lengths,
    fitted_window,
    surroundings,
)

SAME = 1e-10
"""The same fit twice."""
MONTE_CARLO = 3.0
"""Standard errors by which a share of simulated series may lie off."""


def monthly(values: list[float], first: str = "2015-01") -> pd.Series:
    return pd.Series(values, index=pd.period_range(first, periods=len(values), freq="M"))


def noisy(n_months: int, seed: int, after: int = 0, ratio: float = 1.0) -> pd.Series:
    mean = np.full(n_months, 80.0)
    mean[n_months - after :] *= ratio
    return monthly(np.random.default_rng(seed).poisson(mean).astype(float).tolist())


LEVEL = InterruptedTimeSeries([Step("2018-05")], trend=None, errors="iid")


def test_every_date_is_the_models_own_fit_to_its_window() -> None:
    counts = noisy(48, seed=1, after=8, ratio=0.5)
    found = placebo_in_time(LEVEL, counts, "2018-05", lengths=(12, 6))
    assert found.lengths == Lengths(before=12, after=6)
    assert found.n_placebos == 23  # windows of 18 in the 40 months before the event: 40 - 18 + 1
    for day, row in found.table.iterrows():
        span = Window(row["start"], row["end"])
        effects = replace(LEVEL, interventions=[Step(day)]).fit(counts, window=span).effects.loc[f"step {day:%Y-%m}"]
        columns = ["estimate", "std_error", "ci_low", "ci_high", "p_value", "rate_ratio"]
        assert row[columns].tolist() == pytest.approx(effects[columns].tolist(), abs=SAME)
        assert (span.start, span.end) == (fitted_window(day, found.lengths, "M").start, row["end"])
    size = found.table["estimate"].abs()
    real = size[found.table["is_real"]].iloc[0]
    assert found.rank == int((size >= real).sum()) == 1
    assert found.p_value == pytest.approx(1 / 24)
    assert found.smallest_p == pytest.approx(1 / 24)


def test_ties_count_against_the_real_date() -> None:
    same = placebo_in_time(LEVEL, monthly([30, 40] * 24), "2018-05", lengths=(12, 6))
    # the counts repeat every two months, so that every second window is the real one's twin
    twins = np.isclose(same.table["estimate"].abs(), abs(same.real.estimate), rtol=0, atol=SAME)
    assert twins.sum() > 1
    assert same.rank >= 1
    exact = same.table["estimate"].abs() >= abs(same.real.estimate)
    assert same.rank == int(exact.sum())


def test_a_day_inside_a_month_moves_by_months() -> None:
    model = InterruptedTimeSeries([Step("2018-05-20", name="plan")], trend=None, errors="iid")
    found = placebo_in_time(model, noisy(48, seed=2), "plan", lengths=(12, 6))
    assert all(day.day == 20 for day in found.table.index)
    assert found.table.index[0] == date(2016, 1, 20)
    assert found.table["start"].iloc[0] == date(2015, 1, 1)


def test_several_terms_are_averaged_over_the_days_after() -> None:
    model = InterruptedTimeSeries([Step("2018-05"), Ramp("2018-05")], trend=None, errors="iid", exposure=None)
    counts = noisy(48, seed=3)
    found = placebo_in_time(model, counts, "2018-05", lengths=(14, 6))
    fit = model.fit(counts, window=("2017-03", "2018-10"))
    # the ramp counts 0, 1, ... 5 in six months: on average 2.5
    by_hand = fit.combine({"step 2018-05": 1, "ramp 2018-05": 2.5})
    assert [found.real.estimate, found.real.std_error] == pytest.approx(by_hand[["estimate", "std_error"]].tolist())


def test_an_effect_without_variance_has_no_interval() -> None:
    fit = LEVEL.fit(noisy(48, seed=4))
    without = replace(fit.estimate, cov=np.zeros((2, 2)))
    with pytest.raises(FitError, match="a variance of 0: expected one above 0"):
        average_effect(np.array([0.0, 1.0]), without)


def test_a_step_with_an_end_is_averaged_while_it_lasts() -> None:
    counts = noisy(48, seed=4)
    model = InterruptedTimeSeries([Step("2016-05", end="2016-12")], trend=None, errors="iid")
    fit = model.fit(counts)
    weights = average_weights(fit.frame, model.interventions)
    assert weights.tolist() == pytest.approx([0.0, 1.0])
    assert average_effect(weights, fit.estimate).estimate == pytest.approx(fit.effects["estimate"].iloc[1])


def test_by_default_nineteen_placebos_are_left_and_the_window_ends_before_what_comes_next() -> None:
    lockdown = Pulse("2018-11", "2018-12", name="lockdown")
    model = InterruptedTimeSeries([Step("2018-03"), lockdown], trend=None, errors="iid")
    found = placebo_in_time(model, noisy(48, seed=5), "2018-03")
    # 38 months before; 8 until the lockdown; 19 windows fit if they have 20 months: 12 + 8
    assert found.lengths == Lengths(before=12, after=8)
    assert found.n_placebos == 19
    assert "can give no p below 0.050" in found.sentence()


@pytest.mark.parametrize(
    ("room", "after", "n_terms", "expected"),
    [
        (38, 13, 3, (12, 8)),  # total of 20, a year of it before
        (38, 5, 3, (15, 5)),
        (38, 2, 9, (18, 2)),
        (60, 12, 4, (30, 12)),
        (90, 12, 4, (36, 12)),  # three years at the most
        (25, 12, 3, (12, 1)),  # no room for 19: as short as can be
        (40, 1, 14, (21, 1)),  # 14 terms and 5 windows beside them, less the one after
    ],
)
def test_lengths_by_hand(room: int, after: int, n_terms: int, expected: tuple[int, int]) -> None:
    start = date(2018, 1, 1)
    months = pd.period_range(end="2017-12", periods=room, freq="M")
    end = pd.Period("2017-12", freq="M") + after
    span = parse_window((months[0], end))
    around = Surroundings(start=start, onset=start, changes=(), spells=())
    assert choose_lengths(around, span, "M", n_terms) == Lengths(before=expected[0], after=expected[1])


def test_an_event_that_may_have_started_before_its_date_leaves_the_placebos_less_room() -> None:
    span = parse_window(("2016-04", "2020-06"))
    around = Surroundings(start=date(2019, 7, 1), onset=date(2019, 6, 1), changes=(), spells=())
    lengths = choose_lengths(around, span, "M", 3)
    # 38 months lie before June, though 39 before July: 19 windows of 20 months
    assert lengths.total == 20
    assert len(admissible_dates(around, span, "M", lengths)[0]) == 19


def test_too_many_terms_for_the_time_before_are_refused() -> None:
    start = date(2018, 1, 1)
    around = Surroundings(start=start, onset=start, changes=(), spells=())
    with pytest.raises(SpecificationError, match="has 14"):
        choose_lengths(around, parse_window(("2016-11", "2018-06")), "M", 16)


def test_no_window_holds_a_change_a_spell_or_the_event() -> None:
    around = Surroundings(
        start=date(2018, 5, 1),
        onset=date(2018, 4, 20),
        changes=(date(2016, 7, 1),),
        spells=(parse_window(("2017-01-10", "2017-01-12")),),
    )
    span = parse_window(("2015-01", "2019-12"))
    days, refused = admissible_dates(around, span, "M", Lengths(before=3, after=3))
    brute = []
    for month in span.months:
        window = fitted_window(month, Lengths(before=3, after=3), "M")
        inside = {window.start + pd.Timedelta(days=k) for k in range(1, window.n_days)}
        held = {date(2018, 5, 1), date(2018, 4, 20), date(2016, 7, 1)} & inside
        burst = date(2017, 1, 11) in inside
        if span.contains(window) and not held and not burst and month != date(2018, 5, 1):
            brute.append(month)
    assert days == brute
    # the month before May holds both dates of the event, and so on: six windows hold one of them, less the real one
    assert sum(refused.values()) == 60 - 5 - 1 - len(brute)


def test_a_case_tells_what_is_listed_around() -> None:
    settings = load_case("SLV").settings
    at = settings.intervention("2019-06")
    around = surroundings(date(2019, 6, 20), (), (), settings)
    assert around.onset == at.date
    assert around.regime_start == settings.intervention("2016-03").date
    assert settings.lockdown is not None
    assert around.undisturbed_until == settings.lockdown.window.start - pd.Timedelta(days=1)
    assert around.regime_end == settings.intervention("2022-03").date - pd.Timedelta(days=1)


def test_the_shipped_case_gives_nineteen_placebos_in_its_regime() -> None:
    homicides = vs.load_homicides("SLV")
    model = InterruptedTimeSeries([Step("2019-06"), Pulse("2020-03-21", "2020-06-13", name="lockdown")], errors="iid")
    found = vs.placebo_in_time(model, homicides, "2019-06", window=("2016-04", "2020-06"))
    assert (found.n_placebos, found.lengths) == (19, Lengths(before=12, after=8))
    assert max(found.table["end"][~found.table["is_real"]]) < date(2019, 6, 1)
    assert found.not_run["reason"].tolist() == ["the event itself lies in their window"]
    assert vs.placebo_in_time(model, homicides, "2019-06").table["estimate"].tolist() == pytest.approx(
        found.table["estimate"].tolist(), abs=SAME
    )


def test_what_cannot_be_fitted_is_counted_by_reason() -> None:
    gap = noisy(48, seed=6)
    gap.iloc[4] = np.nan
    counts = vs.CountSeries.from_monthly(gap, allow_missing=True)
    found = placebo_in_time(LEVEL, counts, "2018-05", lengths=(12, 6))
    # the fifth month is missing, so that windows starting in months 1 to 5 have a gap; those that end after
    # the 40th month and start before it hold the event: 48 - 18 + 1 windows, less 23 before the event and the real one
    assert found.not_run["n_dates"].tolist() == [7, 5]
    assert found.not_run["example"].str.contains("no count is known for 2015-05").tolist() == [False, True]
    assert found.n_placebos == 18


@pytest.mark.parametrize("family", ["quasi-poisson", "poisson", "negative-binomial"])
def test_dates_at_which_rare_counts_are_all_zero_are_not_run_and_the_others_kept(family: CountFamily) -> None:
    rare = monthly(([1.0, 0, 2, 1, 0, 1] * 8)[:48])
    rare.iloc[20:28] = 0
    found = placebo_in_time(replace(LEVEL, family=family), rare, "2018-05", lengths=(12, 6))
    # of the 23 dates before the event (months 12 to 34), those with nobody counted in the six months after go
    none_after = [k for k in range(12, 35) if rare.iloc[k : k + 6].sum() == 0]
    assert none_after
    assert found.n_placebos == 23 - len(none_after)
    not_run = found.not_run.set_index("reason")
    assert not_run.loc["the estimates did not come out", "n_dates"] == len(none_after)
    assert "is 0" in not_run.loc["the estimates did not come out", "example"]


@pytest.mark.parametrize("errors", ["iid", "prais-winsten", "ar1"])
def test_dates_around_which_values_are_all_the_same_are_not_run(errors: ErrorModel) -> None:
    values = noisy(48, seed=11)
    values.iloc[:20] = 7.0
    model = replace(LEVEL, family="gaussian", errors=errors)
    found = placebo_in_time(model, values, "2018-05", lengths=(12, 6))
    # windows of 18 within the first 20 months start in the first three of them; with the month after there is one value
    # that is not 7, the last, by which the serial correlation of Prais-Winsten comes out as 1
    reasons = found.not_run.set_index("reason")["n_dates"]
    assert reasons["the estimates did not come out"] == (4 if errors == "prais-winsten" else 3)
    assert found.n_placebos == 23 - reasons["the estimates did not come out"]
    assert np.isfinite(found.table[["estimate", "std_error", "ci_low", "ci_high", "p_value"]]).all(axis=None)


def test_too_few_placebos_are_refused_with_the_way_out() -> None:
    with pytest.raises(SpecificationError, match=r"8 placebo dates.*expected 9 or more.*shorter lengths"):
        placebo_in_time(LEVEL, noisy(48, seed=7), "2018-05", lengths=(27, 6))


def test_refusals() -> None:
    counts = noisy(48, seed=8)
    with pytest.raises(SpecificationError, match="no intervention starts in 2017-05"):
        placebo_in_time(LEVEL, counts, "2017-05")
    free = InterruptedTimeSeries([vs.Onset("2018-05")], errors="iid")
    with pytest.raises(SpecificationError, match="time_constant_months"):
        placebo_in_time(free, counts, "2018-05")
    zeros = counts.copy()
    zeros.iloc[28:] = 0
    with pytest.raises(FitError):
        placebo_in_time(LEVEL, zeros, "2018-05", lengths=(12, 6))


@pytest.mark.parametrize("lengths", [5, (12, 8, 2), ("a", 3), (12.5, 8), (12, 0), "12"])
def test_lengths_that_are_no_two_whole_numbers_are_refused(lengths: Any) -> None:
    with pytest.raises(SpecificationError, match="lengths: expected"):
        placebo_in_time(LEVEL, noisy(48, seed=8), "2018-05", lengths=lengths)


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(SpecificationError, match=r"model: expected InterruptedTimeSeries.*got str"):
        placebo_in_time("step", noisy(48, seed=8), "2018-05")  # type: ignore[arg-type]


def test_a_gaussian_model_has_effects_in_its_own_unit() -> None:
    model = InterruptedTimeSeries([Step("2018-05")], trend=None, family="gaussian", errors="iid")
    found = placebo_in_time(model, noisy(48, seed=9), "2018-05", lengths=(12, 6))
    assert not found.is_ratio
    assert found.table["rate_ratio"].isna().all()
    assert found.to_dict()["dates"][0]["rate_ratio"] is None
    assert "  estimate" in found.summary()


def test_one_answer_for_any_number_of_processes() -> None:
    counts = noisy(48, seed=10)
    model = replace(LEVEL, errors="ar1")
    one, two = (placebo_in_time(model, counts, "2018-05", n_jobs=n_jobs) for n_jobs in (None, 2))
    pd.testing.assert_frame_equal(one.table, two.table, check_exact=True)


def test_summary_says_the_rank_and_repeats_itself() -> None:
    found = placebo_in_time(LEVEL, noisy(48, seed=1, after=8, ratio=0.5), "2018-05", lengths=(12, 6))
    assert found.summary() == found.summary()
    assert "ranks 1 of 24 by size (p 0.042); 23 placebo dates can give no p below 0.042." in found.summary()
    assert "<- the event" in found.summary()
    assert found.to_frame().equals(found.table)
    assert found.to_dict()["rank"] == 1


def test_the_stored_size_comes_out_again() -> None:
    stored = pd.read_csv(FILE)
    assert stored["first_pct"].between(4, 12.5).all()
    again = share_first(CELLS[0], 1000)
    assert round(100 * again, 1) == stored["first_pct"].iloc[0]
    assert len(stored) == len(CELLS)


def test_independent_series_put_the_real_date_first_one_time_in_twenty() -> None:
    first = [_is_first(seed) for seed in range(100, 160)]
    share, expected = float(np.mean(first)), 0.05
    assert abs(share - expected) <= MONTE_CARLO * np.sqrt(expected * (1 - expected) / 60)


def _is_first(seed: int) -> bool:
    model = replace(LEVEL, interventions=[Step("2018-03")])
    found = placebo_in_time(model, noisy(46, seed=seed), "2018-03")
    return found.n_placebos == 19 and found.rank == 1
