"""By hand: one death a day in three months, then 45 in 91 days: 15, 31 and 46 fewer than expected, added up."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.charts.reading import words
from violence_stats.charts import averted, style
from violence_stats.charts.averted_words import describe_averted
from violence_stats.design.interventions import Step
from violence_stats.errors import SelectionError, SpecificationError
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.its import InterruptedTimeSeries

MONTHS = pd.period_range("2020-01", periods=6, freq="M")
COUNTS = pd.Series([31, 29, 31, 15, 16, 14], index=MONTHS)


def found(errors: str = "iid", **options: object) -> Counterfactual:
    model = InterruptedTimeSeries([Step("2020-04")], trend=None, errors=errors, **options)
    return model.fit(COUNTS).counterfactual("2020-04")


def test_bars_stand_at_expected_minus_counted_and_the_line_adds_them_up() -> None:
    ax = averted.plot_averted(found())
    windows, to_date = ax.child_axes
    assert [bar.get_height() for bar in windows.patches] == pytest.approx([15.0, 15.0, 16.0], abs=0.01)
    assert [bar.get_width() for bar in windows.patches] == [30, 31, 30]
    line = next(one for one in to_date.lines if one.get_color() == style.ACCENT)
    assert line.get_ydata().tolist() == pytest.approx([0.0, 15.0, 30.0, 46.0], abs=0.01)


def test_the_band_ends_at_the_joint_interval_of_the_total() -> None:
    one = found()
    _, to_date = averted.plot_averted(one).child_axes
    corners = to_date.collections[0].get_paths()[0].vertices
    right = corners[corners[:, 0] == corners[:, 0].max(), 1]
    assert (right.min(), right.max()) == pytest.approx((one.averted_low, one.averted_high))
    # not the sum of the windows' own ends, which would take them all for the worst at once
    assert one.averted_high < one.windows["averted_high"].sum()


def test_title_and_description_give_the_same_number() -> None:
    ax = averted.plot_averted(found(), lang="es")
    said = words(ax)
    assert "46 menos de lo esperado sin el quiebre de abril de 2020" in said
    assert "45 contados, 91 esperados" in said
    assert describe_averted(found(), "en").startswith("46 fewer than expected without the break of April 2020")


def test_the_line_under_the_picture_says_what_the_band_holds() -> None:
    said = words(averted.plot_averted(found()))
    assert "intervals of the model's coefficients, serial correlation after the event and count noise" in said
    assert "not adjusted for serial correlation" in said
    assert "95%" not in said
    newey = words(averted.plot_averted(found("newey-west", lags=1)))
    assert "95% intervals" in newey


def test_more_than_expected_is_said_as_more() -> None:
    rising = InterruptedTimeSeries([Step("2020-04")], trend=None, errors="iid").fit(
        pd.Series([31, 29, 31, 60, 62, 60], index=MONTHS)
    )
    assert "91 more than expected" in words(averted.plot_averted(rising.counterfactual("2020-04")))


def test_the_table_is_that_of_the_counterfactual() -> None:
    table = averted.averted_table(found())
    assert table["averted_to_date"].tolist() == pytest.approx([15.0, 30.0, 46.0], abs=0.01)


def test_rates_and_unknown_languages_are_refused() -> None:
    rates = InterruptedTimeSeries([Step("2020-04")], trend=None, family="gaussian", errors="iid").fit(COUNTS / 7)
    with pytest.raises(SpecificationError, match="rates do not add up"):
        averted.plot_averted(rates.counterfactual("2020-04"))
    with pytest.raises(SelectionError, match="'fr'"):
        averted.plot_averted(found(), lang="fr")
