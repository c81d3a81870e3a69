"""By hand: 100 to 50 is made of a step of a half and nothing else; the ranges of three models by their own table."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.charts.reading import words
from violence_stats.charts import decomposition, style
from violence_stats.design.interventions import Step
from violence_stats.errors import SelectionError
from violence_stats.models.decomposition import Decomposition
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.questions.fall import decompose_fall
from violence_stats.questions.fall_choices import FallChoices
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.series import CountSeries

MONTHS = pd.period_range("2019-01", periods=12, freq="M")


def split(after: int = 50) -> Decomposition:
    # 100 a month of 31 days before, `after` such a month from July on: rates that fit exactly
    counts = pd.Series([100] * 6 + [after] * 6, index=MONTHS)
    series = CountSeries.from_monthly(counts, measure="deaths", country="Utopia", publisher="POL")
    model = InterruptedTimeSeries([Step("2019-07")], trend=None, exposure=None, errors="iid")
    return model.fit(series).decompose("2019-H1", "2019-H2", n_draws=200)


@pytest.fixture(scope="module")
def fall() -> FallDecomposition:
    return decompose_fall("SLV", choices=FallChoices(pre_starts=["2017-04"]))


def test_bars_run_from_zero_to_the_estimate() -> None:
    ax = decomposition.plot_decomposition(split())
    assert [round(bar.get_x() + bar.get_width(), 6) for bar in ax.patches] == [0, -300, 0]
    said = words(ax)
    for text in ("What the fall of 50.0% is made of", "600 (first half of 2019), then 300", "\u2212300", "100% of it"):
        assert text in said
    assert "Source: POL." in said


def test_an_interval_is_called_95_only_where_it_allows_for_serial_correlation() -> None:
    said = words(decomposition.plot_decomposition(split()))
    assert "not adjusted for serial correlation" in said
    assert "95%" not in said


def test_a_rise_and_no_change_are_called_so() -> None:
    assert decomposition.decomposition_title(split(150), "en") == "What the rise of 50.0% is made of"
    assert "nan" not in words(decomposition.plot_decomposition(split(100)))


def test_the_description_holds_the_same_numbers_in_both_languages() -> None:
    assert "July 2019: \u2212300, 100% of it" in decomposition.describe_decomposition(split(), None, "en")
    assert "Julio de 2019: \u2212300, 100\u00a0% del total" in decomposition.describe_decomposition(split(), None, "es")


def test_a_fall_is_drawn_with_a_dot_for_each_model(fall: FallDecomposition) -> None:
    ax = decomposition.plot_decomposition(fall)
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [len(line.get_xdata()) for line in dots] == fall.ranges["n_specifications"].tolist()
    trend = fall.ranges.loc["prior trend"]
    assert ax.patches[0].get_x() == pytest.approx(trend["deaths_low"])
    assert ax.patches[0].get_width() == pytest.approx(trend["deaths_high"] - trend["deaths_low"])
    said = words(ax)
    assert f"{trend['share_pct_low']:.0f}% to {trend['share_pct_high']:.0f}% of it" in said
    assert "one of 9 models" in said
    assert "New government and plan" in said


def test_the_lockdown_reaches_over_its_bounds(fall: FallDecomposition) -> None:
    ax = decomposition.plot_decomposition(fall)
    diamonds = [line for line in ax.lines if line.get_marker() == "D" and len(line.get_xdata())]
    assert len(diamonds) == 1
    assert diamonds[0].get_color() == style.ACCENT
    assert len(diamonds[0].get_xdata()) == sum(one.kind != "own" for one in fall.lockdown)
    assert 0 in list(diamonds[0].get_xdata())
    assert "Diamonds" in words(ax)


def test_the_table_is_that_of_the_result(fall: FallDecomposition) -> None:
    assert len(decomposition.decomposition_table(fall)) == len(fall.specifications)
    assert decomposition.decomposition_table(split())["part"].tolist() == ["exposure", "2019-07", "remainder"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(SelectionError, match="'fr'"):
        decomposition.plot_decomposition(split(), lang="fr")
