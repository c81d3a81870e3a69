"""One made-up fall by half, fitted by every model: each picture draws the numbers of its own result, or says why not.

Kinds of test: by hand (the numbers of the result beside those drawn), brute force (autocorrelations by loops).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd
import pytest

import violence_stats as vs
from tests.charts.reading import words
from violence_stats.charts import style
from violence_stats.charts.counterfactual import counterfactual_table
from violence_stats.charts.counterfactual_words import describe_counterfactual
from violence_stats.charts.drawable import DrawnResiduals
from violence_stats.charts.drawn_fits import drawn_fit
from violence_stats.charts.effect_rows import effect_rows
from violence_stats.errors import SpecificationError
from violence_stats.models.arima_result import ARIMAResult
from violence_stats.models.controlled_result import ControlledResult
from violence_stats.models.structural_result import StructuralResult
from violence_stats.months import Window
from violence_stats.series import CountSeries

MONTHS = pd.period_range("2015-01", periods=60, freq="M")
AFTER = MONTHS >= "2018-07"
ROUNDED = 0.005 / 28
"""The table is rounded to hundredths of a death before it is divided by the days."""

Beside: TypeAlias = ControlledResult | ARIMAResult | StructuralResult


def counts(level: float, left: float, seed: int, country: str) -> CountSeries:
    drawn = np.random.default_rng(seed).poisson(level * np.where(AFTER, left, 1.0))
    series = CountSeries.from_periods(pd.Series(drawn, MONTHS), kind="count", measure="homicides", country=country)
    return replace(series, observations=tuple(replace(one, publisher="POL") for one in series))


HERE = counts(200, 0.5, 1, "Freedonia")
THERE = counts(300, 0.8, 2, "Sylvania")


@pytest.fixture(scope="module")
def controlled() -> ControlledResult:
    return vs.ControlledInterruptedTimeSeries([vs.Step("2018-07")], trend=None).fit(HERE, {"Sylvania": THERE})


@pytest.fixture(scope="module")
def arima() -> ARIMAResult:
    return vs.ARIMAInterruptedTimeSeries([vs.Step("2018-07")], order=(0, 1, 1)).fit(HERE)


@pytest.fixture(scope="module")
def structural() -> StructuralResult:
    return vs.StructuralTimeSeries(season=False).fit(HERE, at="2018-07")


def line_of(ax: object, colour: str) -> np.ndarray:
    return np.asarray(next(one.get_ydata() for one in ax.lines if one.get_color() == colour))


def test_a_controlled_fit_shows_what_changed_beyond_the_controls_and_in_them(controlled: ControlledResult) -> None:
    rows = effect_rows(controlled, None, "en")
    assert [row.source for row in rows] == ["beyond the controls", "in the controls"]
    assert [row.term for row in rows] == ["Step, July 2018"] * 2
    terms = ["treated step 2018-07", "step 2018-07"]
    assert [row.value for row in rows] == pytest.approx(controlled.effects.loc[terms, "estimate"].tolist())
    said = words(vs.plot_effects(controlled, lang="es"))
    assert "más que los controles" in said
    assert "dentro de cada serie, no entre ellas. Ajustado a 60 períodos" in said
    assert "Fuente: POL." in said


def test_the_effects_of_an_arima_fit_are_those_of_its_interventions(arima: ARIMAResult) -> None:
    (row,) = effect_rows(arima, None, "en")
    known = arima.effects.loc["step 2018-07"]
    assert (row.value, row.low, row.high) == pytest.approx((known["estimate"], known["ci_low"], known["ci_high"]))
    assert "by ARIMA errors, too narrow where correlation is strong" in words(vs.plot_effects(arima))


def test_fits_of_several_models_stand_side_by_side(controlled: ControlledResult, arima: ARIMAResult) -> None:
    both = {"with controls": controlled, "alone": arima}
    assert [row.source for row in effect_rows(both, None, "en")] == ["with controls", "alone"]
    assert "Homicides in Freedonia: what changed" in words(vs.plot_effects(both))


def test_a_structural_fit_has_no_effect_to_draw_and_says_what_has(structural: StructuralResult) -> None:
    with pytest.raises(SpecificationError, match=r"StructuralTimeSeries has no term .*: draw plot_counterfactual"):
        vs.plot_effects(structural)


@pytest.mark.parametrize("name", ["controlled", "arima", "structural"])
def test_the_expectation_is_that_of_the_result(name: str, request: pytest.FixtureRequest) -> None:
    fit: Beside = request.getfixturevalue(name)
    found = drawn_fit(fit).expect("2018-07", None, ())
    ax = vs.plot_counterfactual(fit)
    assert line_of(ax, style.ACCENT)[-1] == pytest.approx(found.windows["expected"].iloc[-1] / 31, abs=ROUNDED)
    assert ax.get_ylim()[0] == 0
    said = words(ax)
    assert f"{found.averted:,.0f} fewer than expected" in said
    assert "Source: POL." in said
    table = counterfactual_table(fit, found)
    assert len(table) == 60
    assert table["expected"].notna().sum() == 18
    assert f"{found.observed:,.0f} were counted" in describe_counterfactual(fit, found, None, "en")


def test_a_controlled_expectation_is_named_after_the_controls(controlled: ControlledResult) -> None:
    ax = vs.plot_counterfactual(controlled, lang="es")
    assert "esperado según los controles" in words(ax)
    assert line_of(ax, style.INK)[0] == pytest.approx(controlled.fitted.loc["treated", "fitted"].iloc[0] / 31, rel=1e-3)


def test_an_arima_fit_is_called_a_prediction_and_a_structural_one_has_none(
    arima: ARIMAResult, structural: StructuralResult
) -> None:
    assert "predicted one period ahead" in words(vs.plot_counterfactual(arima))
    said = words(vs.plot_counterfactual(structural))
    assert "predicted" not in said
    assert "fitted" not in said
    assert "Fitted to 42 windows, January 2015 to June 2018" in said
    assert "interval of level, season and controls" in said


def test_a_structural_fit_takes_no_other_event_and_holds_nothing(structural: StructuralResult) -> None:
    with pytest.raises(SpecificationError, match="fitted before 2018-07, got '2019-01'"):
        vs.plot_counterfactual(structural, without="2019-01")
    with pytest.raises(SpecificationError, match="no later events to hold"):
        vs.plot_counterfactual(structural, hold="2019-01")
    whole = vs.StructuralTimeSeries(season=False).fit(HERE)
    with pytest.raises(SpecificationError, match="no event to take away"):
        vs.plot_counterfactual(whole)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("controlled", "serial correlation after the event and count noise"),
        ("arima", "the state before the event and the innovations after it"),
        ("structural", "level, season and controls as they stood before the event and what moves them after it"),
    ],
)
def test_averted_deaths_say_what_their_interval_holds(name: str, held: str, request: pytest.FixtureRequest) -> None:
    found = drawn_fit(request.getfixturevalue(name)).expect("2018-07", None, ())
    said = words(vs.plot_averted(found))
    assert held in said
    assert "Source: POL." in said
    _, to_date = vs.plot_averted(found).child_axes
    assert line_of(to_date, style.ACCENT)[-1] == pytest.approx(found.averted)


def test_the_effect_taken_off_says_that_it_holds_nothing_else(arima: ARIMAResult) -> None:
    found = arima.counterfactual("2018-07", method="effects")
    assert "95\u00a0% del efecto estimado solo" in words(vs.plot_averted(found, lang="es"))
    assert "the estimated effect alone, the rest as counted" in words(vs.plot_averted(found))


def test_the_errors_of_prediction_are_drawn_in_their_standard_deviations(
    arima: ARIMAResult, structural: StructuralResult
) -> None:
    ahead, correlation = vs.plot_diagnostics(arima).child_axes
    drawn = line_of(ahead, style.OBSERVED)
    assert drawn == pytest.approx(arima.fit.residuals[1:] / np.sqrt(arima.fit.sigma2))
    bars = [segment[1][1] for segment in correlation.collections[0].get_segments()]
    residuals = drawn_fit(arima).residuals
    assert residuals is not None
    assert bars == pytest.approx(residuals.autocorrelation)
    ahead, _ = vs.plot_diagnostics(structural, lang="es").child_axes
    residuals = structural.fit.residuals
    assert line_of(ahead, style.OBSERVED) == pytest.approx(residuals[np.isfinite(residuals)])
    assert "Error de cada previsión un período antes" in words(vs.plot_diagnostics(structural, lang="es"))


def test_correlation_is_over_pairs_that_are_known() -> None:
    windows = tuple(Window(one.start_time.date(), one.end_time.date()) for one in MONTHS[:7])
    found = DrawnResiduals(windows=windows, residual=np.array([1.0, -1.0, np.nan, 2.0, -2.0, 1.0, -1.0]))
    # by loops: centred on 0; neighbours 1 x -1, 2 x -2, -2 x 1, 1 x -1 over 1 + 1 + 4 + 4 + 1 + 1
    assert found.autocorrelation.tolist() == pytest.approx([-8 / 12])
    assert found.table.index.tolist() == ["2015-01", "2015-02", "2015-04", "2015-05", "2015-06", "2015-07"]


def test_diagnostics_that_a_fit_has_not_are_refused(controlled: ControlledResult, arima: ARIMAResult) -> None:
    with pytest.raises(SpecificationError, match="has no diagnostics of its own: fit InterruptedTimeSeries"):
        vs.plot_diagnostics(controlled)
    with pytest.raises(SpecificationError, match="belong to no one effect"):
        vs.plot_diagnostics(arima, term="step 2018-07")
