"""By hand: 62 in 31 days stand at 2, 59 in 59 days at 1, a gap is hatched, 31 in 31 days otherwise defined at 1."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import violence_stats as vs
from tests.charts.reading import words
from violence_stats.charts import style, timeline
from violence_stats.charts.labels import Labels
from violence_stats.charts.steps import axis_day
from violence_stats.errors import SelectionError, SeriesError
from violence_stats.series import CountSeries


def bars(ax: Axes) -> list[tuple[float, float, float]]:
    """Left edge, width and height of every window that is filled."""
    filled = [patch for patch in ax.patches if patch.get_clip_on() and patch.get_zorder() > 0 and not patch.get_hatch()]
    return [(patch.get_x(), patch.get_width(), patch.get_height()) for patch in filled]


def test_each_window_stands_at_its_daily_average_over_its_true_width(series: CountSeries) -> None:
    ax = timeline.plot_timeline(series)
    assert bars(ax) == [
        (axis_day(date(2001, 1, 1)), 31.0, 2.0),
        (axis_day(date(2001, 2, 1)), 59.0, 1.0),
        (axis_day(date(2001, 5, 1)), 31.0, 1.0),
    ]
    assert ax.get_ylim()[0] == 0


def test_what_is_not_known_is_hatched_and_breaks_the_line(series: CountSeries) -> None:
    ax = timeline.plot_timeline(series)
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert [(patch.get_x(), patch.get_width()) for patch in hatched] == [(axis_day(date(2001, 4, 1)), 30.0)]
    assert np.isnan(ax.lines[0].get_ydata()).sum() == 2


def test_whole_months_are_darker_than_longer_windows(series: CountSeries) -> None:
    patches = [patch for patch in timeline.plot_timeline(series).patches if patch.get_height() in (1.0, 2.0)]
    assert [to_hex(patch.get_facecolor()) for patch in patches[:2]] == [style.OBSERVED, style.PALE]


def test_publishers_have_lanes_hollow_where_digitised(series: CountSeries) -> None:
    ax = timeline.plot_timeline(series)
    lanes = [patch for patch in ax.patches if not patch.get_clip_on()]
    assert [patch.get_facecolor()[:3] == (1.0, 1.0, 1.0) for patch in lanes] == [False, False, True]
    assert "POL" in words(ax)
    assert "HOS" in words(ax)


def test_another_definition_is_shaded_and_named(series: CountSeries) -> None:
    ax = timeline.plot_timeline(series)
    shades = [patch for patch in ax.patches if patch.get_zorder() == 0 and not patch.get_hatch()]
    assert [(patch.get_x(), patch.get_width()) for patch in shades] == [(axis_day(date(2001, 5, 1)), 31.0)]
    assert "narrow" in words(ax)


def test_the_table_holds_what_is_drawn(series: CountSeries) -> None:
    table = timeline.timeline_table(series)
    assert table["value"].tolist()[:2] == [62, 59]
    assert table["count_per_day"].tolist() == pytest.approx([2.0, 1.0, float("nan"), 1.0], nan_ok=True)


def test_the_description_names_the_extremes_and_what_changed_at_each_mark(series: CountSeries) -> None:
    labels = Labels(what="Deaths in AAA", marks=((date(2001, 2, 1), "new law"),))
    # 62 in the 31 days before; 59 + 31 = 90 in the 59 + 31 = 90 known days after.
    expected = "New law, February 2001: 2.0 a day in the twelve months before, 1.0 in the twelve months after."
    said = timeline.describe_timeline(series, labels, "en")
    assert said.endswith(expected)
    assert "The highest is January 2001 with 2.0 a day" in said
    assert "Whole months: 2; longer or odd windows: 1." in said


def test_a_mark_outside_the_series_is_left_out(series: CountSeries) -> None:
    labels = Labels(what="Deaths", marks=((date(2002, 1, 1), "later"),))
    assert "Later" not in timeline.describe_timeline(series, labels, "en")


def test_it_draws_on_axes_that_are_given_and_gives_them_back(series: CountSeries) -> None:
    figure = Figure()
    ax = figure.add_subplot()
    assert timeline.plot_timeline(series, ax=ax) is ax
    assert not figure.get_suptitle()


def test_a_users_own_series_needs_no_case() -> None:
    counts = pd.Series([0, 0], index=pd.period_range("2021-01", periods=2, freq="M"))
    ax = timeline.plot_timeline(CountSeries.from_monthly(counts, measure="thefts", country="Utopia"), lang="es")
    assert "Thefts en Utopia, 2021 " in words(ax)
    assert "2021 a 2021" not in words(ax)
    assert "Franjas" not in words(ax)


def test_a_series_without_any_value_is_refused() -> None:
    counts = pd.Series([float("nan")], index=pd.period_range("2021-01", periods=1, freq="M"))
    with pytest.raises(SeriesError, match="nothing to draw"):
        timeline.plot_timeline(CountSeries.from_monthly(counts, allow_missing=True))


def test_an_unknown_language_is_refused(series: CountSeries) -> None:
    with pytest.raises(SelectionError, match="'pt'"):
        timeline.plot_timeline(series, lang="pt")


@pytest.mark.parametrize(
    ("lang", "inside", "outside"),
    [("en", "June 2019: new government", "truce"), ("es", "Junio de 2019: nuevo", "tregua")],
)
def test_the_shipped_case_names_the_interventions_inside_the_series(lang: str, inside: str, outside: str) -> None:
    homicides = vs.load_homicides("SLV").between("2016-01", "2021-12")
    said = words(timeline.plot_timeline(homicides, lang=lang))
    assert inside in said
    assert outside not in said
