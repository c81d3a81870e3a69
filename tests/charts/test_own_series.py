"""Series that belong to no case, of every length and frequency: each chart draws them, its labels apart.

Kinds of test: by hand (labels that are known), property (no label lies on another or leaves the figure).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation, Text

import violence_stats as vs
from tests.charts.reading import words
from violence_stats.charts import placebo_words, style
from violence_stats.months import Window
from violence_stats.series import CountSeries

SPANS = {
    "a few months": ("2021-02", 8, "M"),
    "short": ("2021-01", 14, "M"),
    "long": ("1999-01", 96, "M"),
    "quarters": ("2011-01", 32, "Q"),
    "years": ("2000-01", 16, "Y"),
}
HAIR_PX = 1.0
"""Boxes of text hold a rim of their own: texts whose boxes share less do not touch."""


def own(start: str, n: int, frequency: str) -> CountSeries:
    periods = pd.period_range(start, periods=n, freq=frequency)
    drawn = np.random.default_rng(n).poisson(np.where(np.arange(n) < n // 2, 90, 45))
    return CountSeries.from_periods(pd.Series(drawn, periods), kind="count")


def middle(series: CountSeries) -> str:
    return series.windows[series.n_windows // 2].start.isoformat()


def ticks_of(ax: Axes) -> list[str]:
    return [one.get_text() for one in ax.get_xticklabels() if one.get_text()]


def boxes(ax: Axes) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every text beside tick labels, which their axis keeps apart, with its box in pixels."""
    figure = style.figure_of(ax)
    FigureCanvasAgg(figure)
    shown = [one for one in figure.findobj(Annotation) if one.get_text().strip()]
    shown += [one for one in figure.texts if isinstance(one, Text)]
    return [(one.get_text(), one.get_window_extent().extents) for one in shown]


@pytest.mark.parametrize(("name", "lang"), [*((name, "es") for name in SPANS), ("long", "en")])
def test_pictures_of_a_fit_take_any_frequency_and_their_labels_stand_apart(name: str, lang: str) -> None:
    series = own(*SPANS[name])
    start = middle(series)
    result = vs.InterruptedTimeSeries([vs.Step(start)], trend=None, errors="iid").fit(series)
    halves = (Window(series.span.start, series.windows[2].end), Window(series.windows[-3].start, series.span.end))
    baseline, window = ((one.start.isoformat(), one.end.isoformat()) for one in halves)
    pictures = {
        "timeline": vs.plot_timeline(series, lang=lang),
        "effects": vs.plot_effects(result, lang=lang),
        "counterfactual": vs.plot_counterfactual(result, lang=lang),
        "averted": vs.plot_averted(result.counterfactual(start), lang=lang),
        "diagnostics": vs.plot_diagnostics(result, lang=lang),
        "decomposition": vs.plot_decomposition(result.decompose(baseline, window, n_draws=100), lang=lang),
        "claim": vs.plot_claim(vs.check_claim(series, window=window, baseline=baseline, claimed_pct=-50), lang=lang),
        "breaks": vs.plot_breaks(vs.find_breaks(series, max_breaks=1, trim=0.3), lang=lang),
    }
    for picture, ax in pictures.items():
        drawn = boxes(ax)
        figure = style.figure_of(ax)
        for text, (left, _, right, _) in drawn:
            assert left > -HAIR_PX, f"{picture}: {text!r} leaves the figure"
            assert right < figure.bbox.width + HAIR_PX, f"{picture}: {text!r} leaves the figure"
        for (one, a), (other, b) in combinations(drawn, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            up = min(a[3], b[3]) - max(a[1], b[1])
            # lines of one text are set tighter than their boxes, so that neighbours may share a little height
            assert across < HAIR_PX or up < style.SMALL_PT / 2, f"{picture}: {one!r} lies on {other!r}"


def test_a_series_without_a_new_year_is_labelled_by_months() -> None:
    assert ticks_of(vs.plot_timeline(own(*SPANS["a few months"]), lang="es")) == [
        "febrero de 2021",
        "mayo de 2021",
        "agosto de 2021",
    ]
    assert ticks_of(vs.plot_timeline(own(*SPANS["short"]))) == ["2021", "2022"]


def test_a_series_of_zeros_has_no_peak() -> None:
    months = pd.period_range("2021-01", periods=14, freq="M")
    said = words(vs.plot_timeline(CountSeries.from_monthly(pd.Series(0, months))))
    assert "January 2021: 0" not in said
    assert "Events counted, 2021 to 2022" in said


def test_the_name_of_the_peak_stands_beside_its_window() -> None:
    series = CountSeries.from_monthly(pd.Series([30, 9, 9, 9], pd.period_range("2021-01", periods=4, freq="M")))
    ax = vs.plot_timeline(series)
    label = next(one for one in ax.texts if "January" in one.get_text())
    FigureCanvasAgg(style.figure_of(ax)).draw()
    right_edge = ax.transData.transform((ax.patches[0].get_x() + ax.patches[0].get_width(), 0))[0]
    assert label.get_window_extent().x0 > right_edge


def test_of_many_years_only_some_are_named_under_one_another() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2008-01")], trend=None, errors="iid").fit(own(*SPANS["years"]))
    years = vs.plot_diagnostics(result).child_axes[3]
    named = [one.get_text() for one in years.get_yticklabels()]
    assert len(named) == 16
    assert [one for one in named if one] == [str(year) for year in range(2000, 2016, 2)]


def test_a_small_p_is_not_printed_as_nought() -> None:
    assert [placebo_words.p_value(one) for one in (0.2, 0.05, 0.0041)] == ["0.20", "0.05", "0.004"]


def test_a_small_rise_has_its_sign() -> None:
    months = pd.period_range("2018-01", periods=48, freq="M")
    counts = pd.Series(np.where(months < "2020-01", 1000, 1004), months)
    result = vs.InterruptedTimeSeries([vs.Step("2020-01")], trend=None, errors="iid", exposure=None).fit(counts)
    assert "+0.4% (" in words(vs.plot_effects(result))
