"""By hand: one death a day in three months, then 45 in 91 days; without the break 91 would be expected, 46 more."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.charts.reading import words
from violence_stats.charts import counterfactual, style
from violence_stats.charts.counterfactual_words import describe_counterfactual
from violence_stats.design.interventions import Pulse, Step
from violence_stats.errors import SpecificationError
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.result import ITSResult

MONTHS = pd.period_range("2020-01", periods=6, freq="M")
COUNTS = pd.Series([31, 29, 31, 15, 16, 14], index=MONTHS)

FITTED, EXPECTED = style.INK, style.ACCENT
ROUNDED = 0.005 / 30
"""The table is rounded to hundredths of a death before it is divided by the days."""


@pytest.fixture
def result() -> ITSResult:
    return InterruptedTimeSeries([Step("2020-04")], trend=None, errors="iid").fit(COUNTS)


def test_the_table_has_an_expectation_from_the_break_on(result: ITSResult) -> None:
    table = counterfactual.counterfactual_table(result, result.counterfactual("2020-04"))
    assert table["expected"].isna().tolist() == [True, True, True, False, False, False]
    assert table["expected"].dropna().tolist() == [30.0, 31.0, 30.0]
    assert table["averted"].dropna().tolist() == [15.0, 15.0, 16.0]


def test_lines_stand_at_daily_averages(result: ITSResult) -> None:
    ax = counterfactual.plot_counterfactual(result)
    fitted, expected = (next(line for line in ax.lines if line.get_color() == colour) for colour in (FITTED, EXPECTED))
    assert fitted.get_ydata()[0] == pytest.approx(1.0)
    assert fitted.get_ydata()[-1] == pytest.approx(45 / 91, abs=ROUNDED)
    assert expected.get_ydata()[-1] == pytest.approx(1.0, abs=ROUNDED)
    assert ax.get_ylim()[0] == 0


def test_picture_and_description_give_the_same_difference(result: ITSResult) -> None:
    said = describe_counterfactual(result, result.counterfactual("2020-04"), None, "es")
    assert "Desde abril de 2020 se contaron 45 y sin el quiebre se esperarían 91" in said
    assert said.endswith("46 menos.")
    assert "46 menos de lo esperado" in words(counterfactual.plot_counterfactual(result, lang="es"))


def test_more_than_expected_is_said_as_more() -> None:
    rising = InterruptedTimeSeries([Step("2020-04")], trend=None, errors="iid").fit(
        pd.Series([31, 29, 31, 60, 62, 60], index=MONTHS)
    )
    said = describe_counterfactual(rising, rising.counterfactual("2020-04"), None, "en")
    assert said.endswith("91 more.")
    assert "91 more than expected" in words(counterfactual.plot_counterfactual(rising))


def test_an_interval_is_called_95_only_where_it_allows_for_serial_correlation(result: ITSResult) -> None:
    assert "95" not in words(counterfactual.plot_counterfactual(result))
    assert "not adjusted for serial correlation" in words(counterfactual.plot_counterfactual(result))
    newey = InterruptedTimeSeries([Step("2020-04")], trend=None, errors="newey-west", lags=1).fit(COUNTS)
    assert "95%" in words(counterfactual.plot_counterfactual(newey))
    assert "not adjusted" not in words(counterfactual.plot_counterfactual(newey))


def test_the_line_under_the_picture_says_what_the_band_carries() -> None:
    longer = pd.Series(
        [31, 29, 31, 30, 28, 32] * 2 + [15, 16, 14, 15, 16, 14], index=pd.period_range("2019-01", periods=18, freq="M")
    )
    for errors, said in (
        ("ar1", "coefficients, serial correlation after the break and count noise."),
        ("newey-west", "95% interval of the model's coefficients and count noise."),
        ("iid", "Band: interval of the model's coefficients and count noise, not adjusted"),
    ):
        fit = InterruptedTimeSeries([Step("2020-01")], trend=None, errors=errors).fit(longer)
        assert said in words(counterfactual.plot_counterfactual(fit))


def test_a_day_in_spanish_takes_its_article() -> None:
    daily = InterruptedTimeSeries([Step("2020-04-10")], trend=None).fit(COUNTS)
    drawn = words(counterfactual.plot_counterfactual(daily, lang="es")).replace("\u00a0", " ")
    described = describe_counterfactual(daily, daily.counterfactual("2020-04-10"), None, "es").replace("\u00a0", " ")
    assert "con y sin un quiebre el 10 de abril de 2020" in drawn
    assert "Desde el 10 de abril de 2020 se contaron" in described


def test_pulses_are_named_as_kept_and_do_not_count_as_the_event() -> None:
    pulsed = InterruptedTimeSeries(
        [Step("2020-04"), Pulse("2020-02", "2020-02", name="strike")], trend=None, errors="iid"
    ).fit(COUNTS)
    assert "Kept as fitted: strike (February 2020)" in words(counterfactual.plot_counterfactual(pulsed))


def test_two_events_have_to_be_told_apart() -> None:
    two = InterruptedTimeSeries([Step("2020-03"), Step("2020-05")], trend=None, errors="iid").fit(COUNTS)
    with pytest.raises(SpecificationError, match="2020-03, 2020-05"):
        counterfactual.plot_counterfactual(two)


def test_the_publishers_of_the_fitted_windows_are_named(result: ITSResult) -> None:
    published = replace(
        result.frame.series,
        observations=tuple(replace(one, publisher="POL") for one in result.frame.series.observations),
    )
    refit = InterruptedTimeSeries([Step("2020-04")], trend=None, errors="iid").fit(published)
    assert "Source: POL." in words(counterfactual.plot_counterfactual(refit))
