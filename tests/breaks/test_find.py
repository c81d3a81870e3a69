"""What users call: Nile through the public names, what results say, and every refusal."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import violence_stats as vs
from tests.breaks.planted import by_month, draw, joined, monthly_process, months
from tests.breaks.strucchange import reference, series
from tests.validation import expected, needs_validation
from violence_stats.breaks.options import BreakOptions, BreakPrior
from violence_stats.breaks.results import BreakTest
from violence_stats.errors import SeriesError, SpecificationError, WindowError


@pytest.fixture(scope="module")
def nile() -> pd.Series:
    return pd.Series(series("nile")[0], index=pd.period_range("1871", periods=100, freq="Y"))


def steps(n_months: int, *, seed: int = 0, change: float = -40.0) -> pd.Series:
    rng = np.random.default_rng(seed)
    level = 100 + change * (np.arange(n_months) >= n_months // 2)
    return pd.Series(np.round(level + rng.normal(0, 5, n_months)), index=months(n_months))


@needs_validation
def test_nile_through_the_public_names(nile: pd.Series) -> None:
    published = expected("nile_breaks")["expect"]
    test, found = vs.sup_f(nile), vs.find_breaks(nile, max_breaks=5)
    assert round(test.statistic, 4) == published["supF"]
    assert round(test.functionals.loc["ave", "statistic"], 4) == published["aveF"]
    assert round(test.functionals.loc["exp", "statistic"], 3) == published["expF"]
    np.testing.assert_allclose(found.criteria["ssr"], published["RSS"], atol=0.06)
    assert found.criteria["bic"].round(1).tolist() == published["BIC"]
    assert found.regimes["mean"].round(5).tolist() == published["means"]
    # The published year is the last of the old regime; ours is the first of the new one.
    assert [date.year - 1 for date in found.dates] == [published["bp1_year"]]
    row = found.intervals.iloc[0]
    assert [row["low"].year - 1, row["high"].year - 1] == published["bp1_ci95_year"]


def test_nile_breaks_in_the_first_year_of_the_new_regime(nile: pd.Series) -> None:
    found = vs.find_breaks(nile)
    assert [str(date) for date in found.dates] == ["1899"]
    assert str(vs.sup_f(nile).date) == "1899"
    assert found.intervals.iloc[0]["first_day"].isoformat() == "1899-01-01"
    assert "FIRST period of the new regime" in found.summary()


def test_the_number_of_breaks_can_be_asked_for(nile: pd.Series) -> None:
    for n_breaks in (0, 2, 3):
        found = vs.find_breaks(nile, options=BreakOptions(n_breaks=n_breaks))
        last_old = [date.year - 1 - 1870 for date in found.dates]
        assert last_old == reference("nile", f"breaks{n_breaks}").tolist()
        assert found.criterion == "the caller"
        assert len(found.regimes) == n_breaks + 1


def test_short_regimes_get_a_bootstrap_interval_and_long_ones_bai(nile: pd.Series) -> None:
    found = vs.find_breaks(nile, options=BreakOptions(n_breaks=2))
    assert found.intervals["method"].tolist() == ["bai-1997", "bootstrap"]


def test_every_criterion_finds_the_dam(nile: pd.Series) -> None:
    for criterion in ("bic", "lwz", "sequential"):
        assert vs.find_breaks(nile, options=BreakOptions(criterion=criterion)).n_breaks == 1


def test_statistics_are_large_sample_tests_with_critical_values(nile: pd.Series) -> None:
    table = vs.find_breaks(nile).statistics
    assert table.loc["sup F(1)", "statistic"] == pytest.approx(reference("nile", "supF")[0])
    assert table.loc["sup F(1)", "critical_value"] == pytest.approx(8.85, abs=0.02)
    assert table.loc["UDmax(5)", "statistic"] == table.loc["sup F(1)", "statistic"]
    assert (table.loc[["sup F(2|1)", "sup F(3|2)"], "p_value"] > 0.2).all()


def test_autocorrelation_is_allowed_for_on_request_and_warned_of_otherwise() -> None:
    rng = np.random.default_rng(3)
    noise = np.zeros(180)
    for month in range(1, 180):
        noise[month] = 0.7 * noise[month - 1] + rng.normal()
    counts = pd.Series(np.round(200 + 12 * noise), index=months(180))
    plain, robust = vs.sup_f(counts), vs.sup_f(counts, errors="newey-west")
    assert any("autocorrelated" in note and "quasi-poisson" in note for note in plain.notes)
    assert any("newey-west" in note for note in vs.sup_f(counts + 0.5).notes)
    assert not robust.notes
    assert "Newey-West errors with 4 lags" in robust.method
    assert robust.statistic < plain.statistic


def test_a_break_in_level_beside_a_common_trend() -> None:
    t = np.arange(120)
    rng = np.random.default_rng(4)
    counts = pd.Series(np.round(300 - t + 60 * (t >= 70) + rng.normal(0, 6, 120)), index=months(120))
    options = BreakOptions(breaking=("level",))
    found = vs.find_breaks(counts, regressors=("level", "trend"), max_breaks=2, options=options)
    assert [str(date) for date in found.dates] == [str(months(120)[70])]
    assert "trend" not in found.regimes.columns
    assert vs.sup_f(counts, regressors=("level", "trend"), options=options).p_value < 0.001


def test_level_and_trend_break_together() -> None:
    t = np.arange(120)
    rng = np.random.default_rng(5)
    counts = pd.Series(np.round(200 + t - 2.5 * np.maximum(t - 60, 0) + rng.normal(0, 4, 120)), index=months(120))
    found = vs.find_breaks(counts, regressors=("level", "trend"), max_breaks=2)
    assert abs(found.dates[0].ordinal - months(120)[60].ordinal) <= 4
    np.testing.assert_allclose(found.regimes["trend"], [1.0, -1.5], atol=0.15)


def test_with_a_trend_the_date_is_judged_by_the_jump_at_the_break() -> None:
    # Level falls by 12 at month 60 and the slope turns: over the whole regimes the lines part much further.
    t = np.arange(120)
    rng = np.random.default_rng(8)
    values = 200 - 12 * (t >= 60) + 2 * np.maximum(t - 60, 0) + rng.normal(0, 6, 120)
    counts = pd.Series(np.round(values), index=months(120))
    wide, named, narrow = (
        vs.find_breaks(
            counts,
            regressors=("level", "trend"),
            max_breaks=1,
            options=BreakOptions(n_breaks=1, regressor_moments=moments),
        ).intervals.iloc[0]
        for moments in (None, "at-break", "regime")
    )
    assert (wide["low"], wide["high"]) == (named["low"], named["high"])
    assert (wide["high"] - wide["low"]).n > (narrow["high"] - narrow["low"]).n


def test_season_is_common_to_all_regimes() -> None:
    t = np.arange(120)
    rng = np.random.default_rng(6)
    season = 30 * np.sin(2 * np.pi * t / 12)
    counts = pd.Series(np.round(200 + season - 30 * (t >= 60) + rng.normal(0, 4, 120)), index=months(120))
    found = vs.find_breaks(counts, max_breaks=2, options=BreakOptions(harmonics=1))
    assert [str(date) for date in found.dates] == [str(months(120)[60])]
    assert found.regimes["std_error"].max() < vs.find_breaks(counts, max_breaks=2).regimes["std_error"].max()


def test_counts_over_windows_take_the_deviance_and_months_least_squares() -> None:
    counts = draw(monthly_process(np.r_[np.full(60, 150.0), np.full(60, 80.0)]), 1)[0]
    options = BreakOptions(n_replicates=99)
    assert vs.find_breaks(by_month(counts), options=options).method.startswith("least squares")
    windows = joined(counts, [0, 3, *range(4, 120)])
    assert vs.find_breaks(windows, max_breaks=2, options=options).method.startswith("quasi-Poisson deviance")


def test_a_window_cuts_the_series() -> None:
    found = vs.find_breaks(steps(120), window=("2010-01", "2016-12"), max_breaks=2)
    assert found.window.label == "2010-01/2016-12"
    assert [str(date) for date in found.dates] == [str(months(120)[60])]


@pytest.mark.parametrize(
    ("method", "family"), [("bai-perron", "gaussian"), ("bai-perron", "quasi-poisson"), ("bayes", "quasi-poisson")]
)
def test_the_note_on_digitised_figures_counts_the_windows_searched(method, family) -> None:
    options = BreakOptions(family=family, n_replicates=99)
    homicides = vs.load_homicides("SLV")
    found = vs.find_breaks(homicides, method=method, window=("2016-04", "2018-12"), max_breaks=1, options=options)
    (note,) = (note for note in found.notes if note.startswith("digitised"))
    assert f"of {found.series.n_windows} windows" in note
    assert found.series.n_windows < homicides.n_windows


def test_results_turn_into_json_and_frames(nile: pd.Series) -> None:
    found, test = vs.find_breaks(nile), vs.sup_f(nile)
    assert json.loads(json.dumps(found.to_dict()))["dates"] == ["1899"]
    assert json.loads(json.dumps(test.to_dict()))["functionals"]["sup"]["statistic"] == test.statistic
    assert found.to_frame()["change_pct"].iloc[0] == pytest.approx(100 * (849.97222 / 1097.75 - 1), abs=1e-4)
    assert list(test.to_frame().index) == ["sup", "ave", "exp"]
    assert isinstance(test, BreakTest)
    none = vs.find_breaks(nile, options=BreakOptions(n_breaks=0))
    assert none.to_frame().empty
    assert json.loads(json.dumps(none.to_dict()))["breaks"] == []
    beyond = vs.sup_f(nile, trim=0.49)
    assert np.isnan(beyond.to_frame()["p_value"]["exp"])
    assert beyond.to_dict()["functionals"]["exp"]["p_value"] is None
    assert vs.find_breaks(nile.astype(int), method="bayes").to_dict()["p_value"] is None


def test_exact_steps_without_noise_are_found() -> None:
    counts = pd.Series(np.repeat([30, 12], 20), index=months(40))
    found = vs.find_breaks(counts, max_breaks=2)
    assert [str(date) for date in found.dates] == [str(months(40)[20])]
    assert np.isfinite(vs.sup_f(counts).statistic)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda s: vs.sup_f(s, trim=0.6), "leaves no date"),
        (lambda s: vs.sup_f(s, trim=0.0), "between 0 and 0.5"),
        (lambda s: vs.sup_f(s, trim=0.01), "too short for 1 coefficient and an error"),
        (lambda s: vs.find_breaks(s, trim=0.3, max_breaks=5), "hold 2: pass max_breaks=2"),
        (lambda s: vs.find_breaks(s, max_breaks=0), "1 or more"),
        (lambda s: vs.find_breaks(s, max_breaks=1.5), "a whole number, 1 or more, got 1.5"),
        (lambda s: vs.find_breaks(s, trim="a tenth"), "trim: expected a share between 0 and 0.5, got 'a tenth'"),
        (lambda s: vs.sup_f(s, options={"lags": 3}), "options: expected BreakOptions"),
        (lambda s: vs.find_breaks(s, options=BreakOptions(n_breaks=9)), "9 breaks asked for"),
        (lambda s: vs.find_breaks(s, method="pelt"), "'bai-perron', 'bayes'"),
        (lambda s: vs.sup_f(s, regressors=("trend",)), '"level", "trend"'),
        (lambda s: vs.sup_f(s, options=BreakOptions(breaking=("trend",))), "some of"),
        (lambda s: vs.sup_f(s, errors="hac"), "'iid', 'newey-west'"),
        (lambda s: vs.sup_f(s, options=BreakOptions(lags=3)), 'errors="newey-west"'),
        (lambda s: vs.sup_f(s, options=BreakOptions(harmonics=7)), "at most 6"),
        (lambda s: vs.find_breaks(s, method="bayes", regressors=("level", "trend")), "one rate a regime"),
        (lambda s: vs.find_breaks(s, method="bayes", errors="newey-west"), "by their bootstrap"),
        (lambda s: vs.find_breaks(s, method="bayes", max_breaks=9), "hold 5: pass max_breaks=5"),
        (
            lambda s: vs.find_breaks(s, method="bayes", max_breaks=2, options=BreakOptions(n_breaks=3)),
            "raise max_breaks",
        ),
        (lambda s: vs.sup_f(s, trim=0.6, options=BreakOptions(family="quasi-poisson")), "leaves no edge"),
        (lambda s: vs.sup_f(s, trim=1.2, options=BreakOptions(family="quasi-poisson")), "between 0 and 0.5"),
        (lambda s: vs.find_breaks(s, trim=0.3, options=BreakOptions(family="quasi-poisson")), "hold 2"),
        (lambda s: vs.find_breaks(s.iloc[:4], regressors=("level", "trend"), trim=0.5, max_breaks=1), "too short"),
    ],
)
def test_what_the_data_cannot_carry_is_refused(call, words: str) -> None:
    with pytest.raises(SpecificationError, match=words.replace("(", r"\(")):
        call(steps(60))


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"family": "poisson"}, "family"),
        ({"criterion": "aic"}, "criterion"),
        ({"interval": "profile"}, "interval"),
        ({"regressor_moments": "het"}, "regressor_moments"),
        ({"error_variance": "het"}, "error_variance"),
        ({"alpha": 0.0}, "alpha"),
        ({"level": 95.0}, "level"),
        ({"harmonics": -1}, "harmonics"),
        ({"n_replicates": 10}, "n_replicates"),
        ({"n_breaks": -1}, "n_breaks"),
        ({"n_replicates": 199.5}, "n_replicates: expected a whole number"),
        ({"lags": "four"}, "lags: expected a whole number"),
        ({"n_jobs": 0}, "n_jobs: expected a number of processes"),
        ({"progress": True}, "progress: expected a function"),
    ],
)
def test_unknown_options_are_refused(choices: dict[str, object], words: str) -> None:
    with pytest.raises(SpecificationError, match=words):
        BreakOptions(**choices)


@pytest.mark.parametrize(
    "choices", [{"number": "flat"}, {"rate_shape": 0.0}, {"dispersion": "hac"}, {"dispersion": -1}]
)
def test_unknown_priors_are_refused(choices: dict[str, object]) -> None:
    with pytest.raises(SpecificationError, match=next(iter(choices))):
        BreakPrior(**choices)


def test_a_constant_series_is_refused() -> None:
    constant = pd.Series(np.full(40, 7), index=months(40))
    for options in (None, BreakOptions(family="quasi-poisson")):
        with pytest.raises(SpecificationError, match="constant"):
            vs.sup_f(constant, options=options)
    with pytest.raises(SpecificationError, match=r"all 40 values are 0"):
        vs.find_breaks(constant * 0, method="bayes")


def test_windows_of_one_rate_are_refused() -> None:
    days = months(40).days_in_month.to_numpy(dtype=float)
    with pytest.raises(SpecificationError, match="same rate"):
        vs.find_breaks(joined(2 * days, [0, 3, *range(4, 40)]))


def test_a_straight_line_has_nothing_to_test() -> None:
    line = pd.Series(np.arange(40), index=months(40))
    with pytest.raises(SpecificationError, match="exactly"):
        vs.sup_f(line, regressors=("level", "trend"))


def test_gaps_and_unknown_counts_are_named() -> None:
    counts = by_month(steps(60).to_numpy())
    left_out = vs.CountSeries(observations=counts.observations[:20] + counts.observations[21:])
    with pytest.raises(SeriesError, match="2009-09"):
        vs.find_breaks(left_out)
    unknown = steps(60).astype(float)
    unknown.iloc[20] = np.nan
    with pytest.raises(SeriesError, match="2009-09"):
        vs.find_breaks(vs.CountSeries.from_monthly(unknown, allow_missing=True))
    with pytest.raises(SeriesError, match="2009-09"):
        vs.find_breaks(unknown)


def test_least_squares_refuses_windows_of_other_lengths() -> None:
    windows = joined(steps(60).to_numpy(), [0, 3, *range(4, 60)])
    with pytest.raises(SpecificationError, match="2008-01/2008-03 is not one of the months"):
        vs.sup_f(windows, options=BreakOptions(family="gaussian"))


def test_a_deviance_needs_counts() -> None:
    rates = vs.CountSeries.from_periods(steps(60) / 7, kind="rate")
    with pytest.raises(SpecificationError, match="rates"):
        vs.sup_f(rates, options=BreakOptions(family="quasi-poisson"))


def test_a_window_that_cuts_a_count_is_refused() -> None:
    with pytest.raises(WindowError, match="2008-01/2008-03"):
        vs.find_breaks(joined(steps(60).to_numpy(), [0, 3, *range(4, 60)]), window=("2008-02", "2012-01"))


def test_what_is_no_series_of_periods_is_refused() -> None:
    for wrong in ([1, 2, 3], pd.Series(["a", "b"], index=months(2)), pd.Series([1, 2, 3])):
        with pytest.raises(SeriesError):
            vs.find_breaks(wrong)
