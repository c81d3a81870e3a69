"""By hand: twelve months at 31 a day until June and at 12 from July on, as the picture draws them; then refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import violence_stats as vs
from tests.charts.reading import words
from violence_stats.breaks.results import FoundBreaks
from violence_stats.charts import breaks, style
from violence_stats.charts.break_rows import LABEL_PT, ROW_PT, place_dates
from violence_stats.charts.breaks_words import describe_breaks, probability_words
from violence_stats.charts.labels import Labels
from violence_stats.charts.steps import axis_day
from violence_stats.errors import SelectionError, SpecificationError
from violence_stats.series import CountSeries

DAYS_PER_MONTH = 365.2425 / 12

COUNTS = [930, 960, 900, 930, 960, 900, 360, 390, 330, 360, 390, 330]
"""Averages 930 and 360 a month: 30.55 and 11.83 a day of the average month."""


@pytest.fixture
def counts() -> CountSeries:
    months = pd.period_range("2001-01", periods=len(COUNTS), freq="M")
    return CountSeries.from_monthly(pd.Series(COUNTS, index=months), measure="deaths", country="AAA")


@pytest.fixture
def found(counts: CountSeries) -> FoundBreaks:
    return vs.find_breaks(counts, max_breaks=1, trim=0.25)


@pytest.fixture
def posterior(counts: CountSeries) -> FoundBreaks:
    return vs.find_breaks(counts, method="bayes", max_breaks=2, trim=0.25)


def level_lines(ax: Axes) -> list[tuple[list[float], list[float]]]:
    """Ends and heights of the lines that stand for regimes: two points each, in the data's own units."""
    flat = [line for line in ax.lines if line.get_transform() == ax.transData and len(line.get_xdata()) == 2]
    return [(list(map(float, line.get_xdata())), list(map(float, line.get_ydata()))) for line in flat]


def test_each_regime_is_a_line_at_its_average_per_day(found: FoundBreaks) -> None:
    edges = [axis_day(date(2001, 1, 1)), axis_day(date(2001, 7, 1)), axis_day(date(2002, 1, 1))]
    before, after = 930 / DAYS_PER_MONTH, 360 / DAYS_PER_MONTH
    (first, low), (second, high) = level_lines(breaks.plot_breaks(found))
    assert (first, second) == (edges[:2], edges[1:])
    assert [*low, *high] == pytest.approx([before, before, after, after])


def test_a_rate_is_drawn_as_it_is() -> None:
    months = pd.period_range("2001-01", periods=len(COUNTS), freq="M")
    rates = pd.Series([value / 100 + 0.5 for value in COUNTS], index=months)
    ax = breaks.plot_breaks(vs.find_breaks(rates, max_breaks=1, trim=0.25))
    assert level_lines(ax)[0][1] == pytest.approx([9.8, 9.8])
    assert "Rate: " in words(ax)


def test_a_break_has_its_first_month_and_a_bar_over_its_interval(found: FoundBreaks) -> None:
    wide = found.intervals.assign(low=[pd.Period("2001-05", "M")], high=[pd.Period("2001-09", "M")])
    ax = breaks.plot_breaks(replace(found, intervals=wide))
    assert "Jul" in words(ax)
    ends = [[float(x) for x in line.get_xdata()] for line in ax.lines if line.get_transform() != ax.transData]
    assert [axis_day(date(2001, 5, 1)), axis_day(date(2001, 9, 1))] in [
        [pytest.approx(x) for x in pair] for pair in ends if len(pair) == 2
    ]


def test_the_rows_of_labels_stand_clear_of_the_series(found: FoundBreaks) -> None:
    ax = breaks.plot_breaks(found)
    highest = 960 / 28
    free = (1 - highest / ax.get_ylim()[1]) * style.height_pt(ax)
    assert free >= ROW_PT
    assert ax.get_ylim()[0] == 0


def test_labels_of_breaks_close_together_never_overlap(found: FoundBreaks) -> None:
    figure = Figure(figsize=(4, 3))
    ax = figure.add_subplot()
    ax.set_xlim(axis_day(date(2001, 1, 1)), axis_day(date(2021, 1, 1)))
    months = [pd.Period(text, "M") for text in ("2001-06", "2002-01", "2002-02", "2010-01", "2010-06", "2020-01")]
    intervals = pd.DataFrame(
        {
            "first_day": [month.start_time.date() for month in months],
            "low": months,
            "high": [month + 18 for month in months],
            "confidence": 0.95,
        }
    )
    places = place_dates(ax, replace(found, intervals=intervals))
    assert [one.row for one in places] == [0, 1, 2, 0, 1, 0]
    for row in range(3):
        spans = [
            (min(one.low, one.at - LABEL_PT / 2), max(one.high, one.at + LABEL_PT / 2))
            for one in places
            if one.row == row
        ]
        assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_the_strip_shows_the_probability_of_each_month(found: FoundBreaks, posterior: FoundBreaks) -> None:
    ax = breaks.plot_breaks(found, posterior=posterior)
    (strip,) = ax.child_axes
    assert posterior.posterior is not None
    bars = [patch for patch in strip.patches if patch.get_width() > 1]
    assert [bar.get_height() for bar in bars] == pytest.approx(posterior.posterior.by_month.to_list())
    assert [bar.get_x() for bar in bars][6] == axis_day(date(2001, 7, 1))
    assert strip.get_xlim() == ax.get_xlim()
    assert strip.get_ylim() == (0, 1)


def test_a_bayesian_result_brings_its_own_strip_and_others_have_none(
    found: FoundBreaks, posterior: FoundBreaks
) -> None:
    assert len(breaks.plot_breaks(posterior).child_axes) == 1
    assert breaks.plot_breaks(found).child_axes == []


def test_the_strip_lies_between_the_axes_and_the_source_line(posterior: FoundBreaks) -> None:
    ax = breaks.plot_breaks(posterior)
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    (strip,) = ax.child_axes
    source = next(text for text in figure.texts if "Dots" in text.get_text())
    assert source.get_window_extent().y1 < strip.get_window_extent().y0
    assert strip.get_window_extent().y1 < ax.get_window_extent().y0


def test_the_table_holds_what_is_drawn(found: FoundBreaks, posterior: FoundBreaks) -> None:
    table = breaks.breaks_table(found, posterior)
    assert table["part"].value_counts().to_dict() == {"window": 12, "posterior": 12, "regime": 2, "break": 1}
    regimes = table[table["part"] == "regime"]
    assert regimes["value"].tolist() == [round(930 / DAYS_PER_MONTH, 4), round(360 / DAYS_PER_MONTH, 4)]
    assert regimes["end"].tolist() == [date(2001, 6, 30), date(2001, 12, 31)]
    assert table.loc[table["part"] == "break", "first_day"].tolist() == [date(2001, 7, 1)]
    assert table["value"].tolist()[0] == 30.0


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "At first 30.6 a day. From July 2001 (interval at 95%: July 2001): 11.8 a day."),
        (
            "es",
            "Al principio, 30.6 por día. Desde julio de 2001 (intervalo al 95\u00a0%: julio de 2001): 11.8 por día.",
        ),
    ],
)
def test_the_description_gives_dates_intervals_and_levels(found: FoundBreaks, lang: str, said: str) -> None:
    exact = replace(
        found, intervals=found.intervals.assign(low=[pd.Period("2001-07", "M")], high=[pd.Period("2001-07", "M")])
    )
    assert said in describe_breaks(exact, Labels(what="Deaths"), lang)


def test_the_description_names_the_most_probable_months(found: FoundBreaks, posterior: FoundBreaks) -> None:
    assert posterior.posterior is not None
    said = describe_breaks(found, Labels(what="Deaths"), "en", posterior.posterior)
    likely = posterior.posterior.by_month.max()
    assert f"single months are July 2001 ({probability_words(float(likely))})" in said
    number = posterior.posterior.by_number
    assert f"By the posterior, {int(np.argmax(number))} breaks" in said


def test_a_search_that_finds_nothing_says_so(counts: CountSeries) -> None:
    none = vs.find_breaks(counts, max_breaks=1, trim=0.25, options=vs.BreakOptions(n_breaks=0))
    ax = breaks.plot_breaks(none)
    assert "no break found" in words(ax)
    assert "Dots" not in words(ax)
    assert len(level_lines(ax)) == 1
    assert "None is found: 21.2 a day throughout." in describe_breaks(none, Labels(what="Deaths"), "en")


@pytest.mark.parametrize(
    ("probability", "said"), [(0.0, "<\u00a00.01"), (0.01, "0.01"), (0.5, "0.50"), (0.99, "0.99"), (1.0, ">\u00a00.99")]
)
def test_probabilities_near_the_ends_are_bounds(probability: float, said: str) -> None:
    assert probability_words(probability) == said


def test_it_draws_on_axes_that_are_given(posterior: FoundBreaks) -> None:
    figure = Figure(figsize=(6, 4))
    ax = figure.add_subplot()
    assert breaks.plot_breaks(posterior, ax=ax) is ax
    assert not figure.get_suptitle()
    assert vs.plot_breaks is breaks.plot_breaks


def test_only_the_days_searched_are_drawn(counts: CountSeries) -> None:
    found = vs.find_breaks(counts, max_breaks=1, trim=0.25, window="2001-01/2001-11")
    assert found.series.span == found.window
    assert breaks.breaks_table(found).query("part == 'window'")["end"].max() == date(2001, 11, 30)


def test_what_does_not_go_together_is_refused(found: FoundBreaks, posterior: FoundBreaks, counts: CountSeries) -> None:
    with pytest.raises(SpecificationError, match="bayes"):
        breaks.plot_breaks(found, posterior=found)
    other = vs.find_breaks(counts.between("2001-01", "2001-11"), method="bayes", max_breaks=1, trim=0.25)
    with pytest.raises(SpecificationError, match="expected the span of the search"):
        breaks.plot_breaks(found, posterior=other)
    with pytest.raises(SelectionError, match="'pt'"):
        breaks.plot_breaks(found, lang="pt")


def test_the_shipped_case_marks_its_interventions(posterior: FoundBreaks) -> None:
    homicides = vs.load_homicides("SLV").between("2016-01", "2021-12")
    found = vs.find_breaks(homicides, max_breaks=2, options=vs.BreakOptions(n_replicates=99))
    ax = breaks.plot_breaks(found, lang="es")
    (marks,) = [line for line in ax.lines if line.get_marker() == "^"]
    assert list(marks.get_xdata()) == [axis_day(date(2016, 3, 26)), axis_day(date(2019, 6, 1))]
    assert "Homicidios en El Salvador" in words(ax)
    assert "Triángulos" in words(ax)
