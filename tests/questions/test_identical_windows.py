"""Identical windows either side of a date (by hand), and the intervals of their ratios (by hand, simulated truth)."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from math import log, sqrt

import numpy as np
import pytest

import violence_stats as vs
from tests.figures import figure
from tests.ledger.conftest import SETTINGS, TABLES, seal
from violence_stats.figures import Figure
from violence_stats.ledger.settings import Settings
from violence_stats.months import Window, parse_window
from violence_stats.questions.identical_windows import Sides, find_pair, month_dispersion, pair_windows, years_earlier
from violence_stats.questions.paired_counts import PairedCounts, same_day, same_windows
from violence_stats.series import CountSeries, Observation

COVERAGE_SLACK = 0.03
"""Three standard errors of a share of 95% among 500 draws."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("made-up")
    for name, text in {**TABLES, "case.toml": SETTINGS}.items():
        (folder / name).write_text(text, "utf-8")
    seal(folder)
    return vs.load_case(folder).settings


def theft_figure(number: int, window: str | tuple[str, str], value: int, publisher: str = "POL") -> Figure:
    return figure(f"F{number}", window, value, measure="thefts", definition="", publisher=publisher, source_id="dated")


def by_month(value: Callable[[int, int], int], first: int, last: int) -> list[Figure]:
    return [
        theft_figure(12 * year + month, f"{year}-{month:02}", value(year, month))
        for year in range(first, last + 1)
        for month in range(1, 13)
    ]


def sides(start: str, limit: str) -> Sides:
    return Sides(start=date.fromisoformat(start), limit=date.fromisoformat(limit))


def test_months_are_paired_with_the_same_months_a_year_before(settings: Settings) -> None:
    pair = find_pair(by_month(lambda year, _: year, 2001, 2005), sides("2004-03-01", "2005-12-31"), settings)
    assert pair is not None
    assert [str(pair.windows_after[0]), str(pair.windows_after[-1])] == ["2004-03", "2005-02"]
    assert [str(pair.windows_before[0]), str(pair.windows_before[-1])] == ["2003-03", "2004-02"]
    assert (pair.before, pair.after) == (10 * 2003 + 2 * 2004, 10 * 2004 + 2 * 2005)
    assert pair.year_before is not None
    assert pair.year_before.after == pair.before


def test_a_month_that_holds_the_start_is_on_neither_side(settings: Settings) -> None:
    pair = find_pair(by_month(lambda *_: 9, 2001, 2005), sides("2004-03-15", "2005-12-31"), settings)
    assert pair is not None
    assert str(pair.windows_after[0]) == "2004-04"
    assert str(pair.windows_before[-1]) == "2004-02"


def test_a_month_missing_on_one_side_is_left_out_of_both(settings: Settings) -> None:
    figures = [one for one in by_month(lambda *_: 9, 2001, 2005) if str(one.window) != "2003-05"]
    pair = find_pair(figures, sides("2004-01-01", "2004-12-31"), settings)
    assert pair is not None
    assert len(pair.windows_after) == len(pair.windows_before) == 11


def test_years_are_paired_where_there_are_no_months(settings: Settings) -> None:
    figures = [theft_figure(year, str(year), 100 + year) for year in range(2000, 2006)]
    pair = find_pair(figures, sides("2003-06-01", "2005-12-31"), settings)
    assert pair is not None
    assert (str(pair.windows_before[0]), str(pair.windows_after[0])) == ("2002", "2004")
    assert not pair.contains_start
    assert pair.year_before is not None
    assert (pair.year_before.before, pair.year_before.after) == (2100, 2102)


def test_a_pair_that_holds_the_start_is_used_only_for_want_of_another(settings: Settings) -> None:
    figures = [theft_figure(year, str(year), 100) for year in (2003, 2004)]
    pair = pair_windows(figures, sides("2003-06-01", "2005-12-31"), settings)
    assert pair is not None
    assert pair.contains_start


def test_two_publishers_are_never_one_pair(settings: Settings) -> None:
    figures = [theft_figure(1, "2002", 90), theft_figure(2, "2004", 90, publisher="HOS")]
    assert pair_windows(figures, sides("2003-06-01", "2005-12-31"), settings) is None


def test_three_years_apart_is_no_pair(settings: Settings) -> None:
    figures = [theft_figure(1, "2001", 90), theft_figure(2, "2004", 90)]
    assert pair_windows(figures, sides("2003-06-01", "2005-12-31"), settings) is None


def test_the_end_of_february_stays_the_end() -> None:
    assert years_earlier(parse_window("2012-02"), 1) == parse_window("2011-02")
    assert years_earlier(parse_window(("2013-01", "2013-02")), 1) == parse_window(("2012-01", "2012-02"))
    assert same_day(date(2016, 3, 26), 12) == date(2017, 3, 26)


def pair_of(before: int, after: int, earlier: int | None = None, **other: float) -> PairedCounts:
    first = Window(date(2001, 1, 1), date(2001, 12, 31))
    base = {"measure": "x", "publisher": "", "windows_before": (first,), "windows_after": (first,)}
    past = None if earlier is None else PairedCounts(before=earlier, after=before, **base, **other)
    return PairedCounts(before=before, after=after, year_before=past, **base, **other)


def test_the_interval_by_hand() -> None:
    # log(50/100) = -0.693; sd sqrt(2 (1/100 + 1/50) + 0.1^2) = 0.2646
    ratio = pair_of(100, 50, dispersion=2.0, log_sd=0.1).log_ratio
    assert ratio is not None
    assert ratio.value == pytest.approx(-0.6931, abs=1e-4)
    assert (ratio.high - ratio.value) / 1.959964 == pytest.approx(sqrt(0.07), rel=1e-6)


def test_the_net_interval_by_hand() -> None:
    # log(50/100) - log(100/200) = 0; variance 4/100 + 1/50 + 1/200 + 2 (0.1)^2 = 0.085
    net = pair_of(100, 50, 200, dispersion=1.0, log_sd=0.1).net_log_ratio
    assert net is not None
    assert net.value == pytest.approx(0.0, abs=1e-12)
    assert (net.high / 1.959964) ** 2 == pytest.approx(0.085, rel=1e-6)


def test_a_count_of_nothing_has_no_ratio() -> None:
    assert pair_of(0, 5).log_ratio is None
    assert pair_of(5, 0).log_ratio is None
    assert pair_of(5, 5, 0).net_log_ratio is None
    assert pair_of(5, 5).net_log_ratio is None


def test_rates_are_by_day() -> None:
    # 29 days against 28 with the same daily rate
    february = [parse_window("2003-02")], [parse_window("2004-02")]
    pair = PairedCounts(
        measure="x",
        publisher="",
        before=280,
        after=290,
        windows_before=tuple(february[0]),
        windows_after=tuple(february[1]),
    )
    assert pair.log_ratio is not None
    assert pair.log_ratio.value == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("net", [False, True])
def test_the_interval_covers(*, net: bool) -> None:
    generator, inside = np.random.default_rng(7), 0
    for _ in range(500):
        drift = 0.1 * generator.standard_normal(2)
        means = 400 * np.exp([0.0, drift[0], drift[0] + drift[1] - 0.4])
        earlier, before, after = generator.negative_binomial(means / 2, 1 / 3)  # dispersion 3
        pair = pair_of(int(before), int(after), int(earlier), dispersion=3.0, log_sd=0.1)
        ratio = pair.net_log_ratio if net else pair.log_ratio
        assert ratio is not None
        inside += ratio.low <= -0.4 <= ratio.high
    assert abs(inside / 500 - 0.95) < COVERAGE_SLACK


def _drawn(generator: np.random.Generator) -> Callable[[int, int], int]:
    """Five a day, dispersion 4."""
    return lambda year, month: int(generator.negative_binomial(5 / 3 * calendar.monthrange(year, month)[1], 0.25))


def test_the_dispersion_of_a_steady_rate_is_that_of_its_scatter() -> None:
    generator = np.random.default_rng(3)
    estimates = []
    for _ in range(40):
        months = {one.window.start: one for one in by_month(_drawn(generator), 2001, 2003)}
        estimates.append(month_dispersion(months, before=date(2004, 1, 1)))
    assert np.mean(estimates) == pytest.approx(4.0, rel=0.15)  # 40 means of 35 squares


def test_a_series_is_counted_on_the_same_windows() -> None:
    windows = [parse_window(f"{year}-{month:02}") for year in (2003, 2004) for month in range(1, 13)]
    observations = tuple(
        Observation(window=one, value=float(calendar.monthrange(one.start.year, one.start.month)[1])) for one in windows
    )
    series = CountSeries(observations=observations)
    pair = PairedCounts(
        measure="x",
        publisher="",
        before=1,
        after=1,
        windows_before=(parse_window("2003"),),
        windows_after=(parse_window("2004"),),
    )
    counted = same_windows(series, pair, 1.0)
    assert counted is not None
    assert (counted.before, counted.after) == (365, 366)
    beyond = PairedCounts(
        measure="x",
        publisher="",
        before=1,
        after=1,
        windows_before=(parse_window("2002"),),
        windows_after=(parse_window("2003"),),
    )
    assert same_windows(series, beyond, 1.0) is None
    assert log(counted.after / counted.before) > 0
