"""Specification curve: the grid, its refusals, its fits and what moves them. By hand and brute force."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

import violence_stats as vs
from violence_stats.design.interventions import Pulse, Ramp, Step
from violence_stats.errors import SelectionError, SeriesError, SpecificationError
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.months import Frequency, parse_window
from violence_stats.robustness.choices import CurveChoices
from violence_stats.robustness.curve import specification_curve
from violence_stats.robustness.curve_fits import Refused, prepare, tell_apart
from violence_stats.robustness.curve_grid import _starts, build_grid
from violence_stats.robustness.curve_result import SpecificationCurve
from violence_stats.robustness.result_words import share_words

BATCHED = 1e-6
"""Fits in a batch stop at a Newton decrement of 1e-6 or less: estimates agree to its square root times their error."""
EXACT = 1e-10
FEW = CurveChoices(seasons=("1 harmonic", "none"), families=("quasi-poisson",), errors=("newey-west", "iid"))


def counts(n_months: int = 60, seed: int = 1) -> pd.Series:
    mean = np.where(np.arange(n_months) < n_months - 18, 90.0, 60.0)
    values = np.random.default_rng(seed).poisson(mean)
    return pd.Series(values, index=pd.period_range("2014-01", periods=n_months, freq="M"))


AT = "2017-07"  # 42 months into the series


def test_a_series_alone_has_the_choices_that_it_allows() -> None:
    curve = specification_curve(counts(), AT)
    # starts 2014-01, 2015-01, 2016-01 (2017-01 is half a year before); 2 shapes, 2 trends, 4 seasons, 2 families and 3
    # kinds of errors
    assert curve.n_specifications + curve.n_not_run == 3 * 2 * 2 * 4 * 2 * 3
    assert sorted(curve.influence.index) == ["errors", "family", "season", "shape", "start", "trend"]
    assert curve.table["lockdown"].unique().tolist() == ["ignored"]
    assert curve.table[["publisher", "vintage"]].drop_duplicates().to_numpy().tolist() == [["as given", "latest"]]


def test_every_row_is_what_the_model_gives() -> None:
    series = counts()
    choices = CurveChoices(starts=("2014-01", "2015-06"), seasons=("1 harmonic", "month effects"))
    curve = specification_curve(series, AT, choices=choices)
    assert curve.n_specifications == 2 * 2 * 2 * 2 * 6
    for _, row in curve.table.iterrows():
        event = [Step(AT)] if row["shape"] == "step" else [Step(AT), Ramp(AT)]
        model = InterruptedTimeSeries(
            event,
            trend="linear" if row["trend"] == "linear" else None,
            harmonics=1 if row["season"] == "1 harmonic" else 0,
            month_effects=row["season"] == "month effects",
            family=row["family"],
            errors=row["errors"],
        )
        fit = model.fit(series, window=(row["start"], "2018-12"))
        days = pd.period_range(AT, "2018-12", freq="M").days_in_month.to_numpy()
        average = float((days * np.arange(18)).sum() / days.sum())
        weights = {f"step {AT}": 1.0} | ({f"ramp {AT}": average} if len(event) == 2 else {})
        alone = fit.combine(weights)
        columns = ["estimate", "std_error", "ci_low", "ci_high", "rate_ratio", "p_value"]
        assert row[columns].tolist() == pytest.approx(alone[columns].tolist(), abs=BATCHED, rel=BATCHED)
        assert (row["n_windows"], row["n_terms"]) == (fit.n_windows, len(fit.effects))
        assert row["boundary"] == fit.estimate.boundary


def test_shares_and_influence_by_hand() -> None:
    table = pd.DataFrame(
        {
            "trend": ["linear", "linear", "none", "none"],
            "errors": ["ar1", "iid", "ar1", "iid"],
            "estimate": [-0.4, -0.2, 0.0, 0.2],
            "ci_low": [-0.6, -0.5, -0.3, 0.1],
            "ci_high": [-0.2, 0.1, 0.3, 0.3],
        }
    )
    others = ("publisher", "vintage", "start", "date", "shape", "season", "lockdown", "family")
    table = table.assign(**dict.fromkeys(others, "same"), rate_ratio=np.exp(table["estimate"]))
    curve = SpecificationCurve(
        at=date(2017, 7, 1),
        window=parse_window("2017"),
        table=table,
        not_run=pd.DataFrame({"reason": ["a", "b"], "n_specifications": [3, 4], "example": ["", ""]}),
        series=vs.CountSeries.from_monthly(counts()),
    )
    assert curve.shares == {"fall": 0.5, "rise": 0.25, "fall_clear": 0.25, "rise_clear": 0.25}
    assert curve.n_not_run == 7
    # squared deviations from the mean of -0.1: 0.09 + 0.01 + 0.01 + 0.09 = 0.2; between trends 4 * 0.2^2, between
    # errors 4 * 0.1^2
    influence = curve.influence
    assert influence.index.tolist() == ["trend", "errors"]
    assert influence["share_pct"].tolist() == pytest.approx([80.0, 20.0])
    assert influence.loc["trend", ["lowest", "highest"]].tolist() == ["linear", "none"]
    assert influence["rate_ratio_lowest"].tolist() == pytest.approx([np.exp(-0.3), np.exp(-0.2)])
    assert curve.spread["median"] == pytest.approx(np.exp(-0.2) / 2 + np.exp(0.0) / 2)


@pytest.mark.parametrize(
    ("window", "frequency", "expected"),
    [
        (("2016-04", "2020-06"), "M", ["2016-04", "2017-04", "2018-04"]),
        # 138 months of room: eleven years, so every third of them
        (("2007-01", "2020-06"), "M", ["2007-01", "2010-01", "2013-01", "2016-01"]),
        # six quarters are left
        (("2016-01", "2020-06"), "Q", ["2016-01", "2017-01"]),
        (("2007-01", "2020-06"), "Y", ["2007-01", "2009-01", "2011-01", "2013-01"]),
    ],
)
def test_starts_by_hand(window: tuple[str, str], frequency: Frequency, expected: list[str]) -> None:
    starts = _starts(parse_window(window), (date(2019, 6, 1),), frequency)
    assert [f"{day:%Y-%m}" for day in starts] == expected


def test_a_share_that_is_not_quite_all_does_not_read_as_all() -> None:
    assert [share_words(share) for share in (0.0, 0.005, 0.006, 0.994, 0.995, 1.0)] == [
        *("0%", "<1%", "1%", "99%", ">99%", "100%"),
    ]


def test_shares_of_a_full_grid_add_up_to_no_more_than_all() -> None:
    curve = specification_curve(counts(), AT, choices=FEW)
    assert curve.n_not_run == 0
    assert 0 < curve.influence["share_pct"].sum() <= 100 + EXACT


@pytest.fixture(scope="module")
def homicides() -> vs.CountSeries:
    return vs.load_homicides("SLV")


def test_a_case_gives_publishers_vintages_dates_and_a_lockdown(homicides: vs.CountSeries) -> None:
    grid, notes = build_grid(homicides, "2019-06", None, None, CurveChoices())
    assert grid.window == parse_window(("2016-04", "2020-06"))
    assert [(one.publisher, one.vintage) for one in grid.sources] == [
        ("reference", "latest"),
        ("PNC", "latest"),
        ("reference", "2020-09-30"),
        ("PNC", "2020-09-30"),
    ]
    assert grid.dates == (date(2019, 6, 1), date(2019, 6, 20), date(2019, 7, 1))
    assert grid.starts == (date(2016, 4, 1), date(2017, 4, 1), date(2018, 4, 1))
    assert any("IML (29%)" in note for note in notes)
    assert len(list(grid.designs())) * grid.n_fits_each == 4 * 3 * 3 * 2 * 2 * 4 * 3 * 2 * 3


def test_a_lockdown_has_a_term_or_is_left_out_or_ignored(homicides: vs.CountSeries) -> None:
    choices = CurveChoices(
        publishers=(), vintages=(), starts=("2016-04",), seasons=("none",), trends=("linear",), shapes=("step",),
        dates=("2019-06",), families=("quasi-poisson",), errors=("ar1",),
    )  # fmt: skip
    curve = specification_curve(homicides, "2019-06", choices=choices)
    rows = curve.table.set_index("lockdown")
    lockdown, burst = Pulse("2020-03-21", "2020-06-13"), Pulse("2020-04-24", "2020-04-28", name="burst")
    for label, pulses, end in (
        ("own term", [lockdown, burst], "2020-06"),
        ("left out", [], "2020-02"),
        ("ignored", [], "2020-06"),
    ):
        fit = InterruptedTimeSeries([Step("2019-06"), *pulses]).fit(homicides, window=("2016-04", end))
        step = fit.effects.loc["step 2019-06"]
        assert rows.loc[label, ["estimate", "std_error"]].tolist() == pytest.approx(
            step[["estimate", "std_error"]].tolist(), abs=EXACT
        )
        assert rows.loc[label, "end"] == parse_window(end).end
    assert curve.primary["lockdown"] == "own term"


def test_what_is_not_run_is_counted_by_reason(homicides: vs.CountSeries) -> None:
    choices = CurveChoices(
        starts=("2016-04", "2019-04"), seasons=("month effects",), dates=("2019-06",),
        families=("quasi-poisson",), errors=("newey-west", "iid"),
    )  # fmt: skip
    curve = specification_curve(homicides, "2019-06", choices=choices)
    assert curve.n_specifications + curve.n_not_run == 4 * 2 * 2 * 2 * 3 * 2
    reasons = dict(zip(curve.not_run["reason"], curve.not_run["n_specifications"], strict=True))
    # the police's figures known then end in March, so that only fits that end before the lockdown can take them
    assert reasons["the publisher, or that vintage of its figures, ends before the window does"] == 2 * 2 * 2 * 2 * 2
    # from 2019-04 on there are 15 or 11 months, too few for 11 months of the year, level, trend, step and pulses
    assert reasons["the windows cannot carry or tell apart so many terms"] > 0
    assert curve.not_run["example"].str.len().gt(10).all()
    assert sum(reasons.values()) == curve.n_not_run
    assert all(f"not run: {n}, because {reason}" in curve.summary() for reason, n in reasons.items())


def test_a_series_as_known_on_a_day_has_no_other_vintage() -> None:
    then = vs.load_homicides("SLV", as_of="2020-09-30")
    grid, _ = build_grid(then, "2019-06", None, None, CurveChoices())
    assert {one.vintage for one in grid.sources} == {"2020-09-30"}


def test_one_publishers_series_stands_beside_the_reference() -> None:
    police = vs.load_homicides("SLV", publisher="PNC", definition="all")
    grid, _ = build_grid(police, "2019-06", None, None, CurveChoices(vintages=()))
    assert [one.publisher for one in grid.sources] == ["PNC", "reference"]


def test_the_first_row_is_the_primary_one_and_choices_can_be_narrowed(homicides: vs.CountSeries) -> None:
    choices = CurveChoices(publishers=(), vintages=(), errors=("iid",), families=("quasi-poisson",))
    curve = specification_curve(homicides, "2019-06", choices=choices)
    first = curve.primary
    assert first[["publisher", "vintage", "start", "date", "shape", "trend", "season"]].tolist() == [
        *("reference", "latest", "2016-04", "2019-06-01", "step", "linear", "1 harmonic"),
    ]
    assert Counter(curve.table["date"]) == dict.fromkeys(("2019-06-01", "2019-06-20", "2019-07-01"), 3 * 2 * 2 * 4 * 3)
    assert not curve.notes[0].startswith("no choice")


def test_one_answer_for_any_number_of_processes() -> None:
    choices = CurveChoices(starts=("2014-01",), seasons=("none",))
    one, two = (specification_curve(counts(), AT, choices=choices, n_jobs=n_jobs) for n_jobs in (None, 2))
    pd.testing.assert_frame_equal(one.table, two.table, check_exact=True)


def test_the_same_counts_of_two_sources_are_fitted_once() -> None:
    choices = CurveChoices(seasons=("none",), starts=("2014-01",))
    grid, _ = build_grid(vs.CountSeries.from_periods(counts()), AT, None, None, choices)
    again = replace(grid.sources[0], publisher="another", series=vs.CountSeries.from_periods(counts()))
    other = replace(grid.sources[0], publisher="a third", series=vs.CountSeries.from_periods(counts(seed=2)))
    refused = Refused(counted=Counter(), examples={})
    prepared = prepare(replace(grid, sources=(*grid.sources, again, other)), refused)
    distinct, number = tell_apart(prepared)
    # 2 shapes and 2 trends for each source, in the order of the sources
    assert number == [0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7]
    assert [one.design.source.publisher for one in distinct] == 4 * ["as given"] + 4 * ["a third"]


def test_words_tables_and_values() -> None:
    curve = specification_curve(counts(), AT, choices=FEW)
    assert curve.summary() == curve.summary()
    assert "Of 48 specifications 100% see a fall and 0% a rise" in curve.sentence()
    assert curve.to_frame().equals(curve.table)
    said = curve.to_dict()
    assert said["n_specifications"] == 48
    assert said["primary"]["errors"] == "newey-west"
    assert said["influence"][0]["choice"] == curve.influence.index[0]


def test_refusals(homicides: vs.CountSeries) -> None:
    months = pd.period_range("2014-01", periods=60, freq="M")
    with pytest.raises(SeriesError, match="rates"):
        specification_curve(vs.CountSeries.from_periods(pd.Series(np.linspace(1, 2, 60), months), kind="rate"), AT)
    with pytest.raises(SpecificationError, match="less than 12 months before 2014-07-01"):
        specification_curve(counts(), "2014-07")
    with pytest.raises(SpecificationError, match=r"no specification can be run: 4 because"):
        specification_curve(
            counts(), AT, choices=CurveChoices(starts=("2018-01",), seasons=("none",), families=("quasi-poisson",),
                                               errors=("iid",))
        )  # fmt: skip
    with pytest.raises(SpecificationError, match="seasons"):
        CurveChoices(seasons=("weekly",))  # type: ignore[arg-type]
    with pytest.raises(SelectionError):
        specification_curve(homicides, "2019-06", choices=CurveChoices(publishers=("NOBODY",)))


@pytest.mark.parametrize("name", ["publishers", "vintages", "starts", "dates", "seasons"])
def test_one_word_where_several_are_tried_is_refused(name: str) -> None:
    with pytest.raises(SpecificationError, match=f"{name}: expected"):
        CurveChoices(**{name: "none"})


def test_what_is_no_choices_is_refused() -> None:
    with pytest.raises(SpecificationError, match="choices: expected CurveChoices"):
        specification_curve(counts(), AT, choices=5)  # type: ignore[arg-type]


def test_a_date_outside_the_window_is_refused() -> None:
    with pytest.raises(SpecificationError, match=r"2035-01-01 does not lie within .*give a date with counts before it"):
        specification_curve(counts(), "2035-01")
