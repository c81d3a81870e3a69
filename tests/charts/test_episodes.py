"""By hand: the means that the picture writes are those of the measures; labels and bars keep their places."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from tests.charts.reading import words
from violence_stats.charts import episode_columns, episodes, style
from violence_stats.charts.episodes_words import TEXT
from violence_stats.errors import SelectionError, SpecificationError
from violence_stats.questions.episodes import Episodes, measure_episodes

NEAR_PT = 6
"""Two words closer than about two letters read as one."""


@pytest.fixture(scope="module")
def measured() -> Episodes:
    return measure_episodes("SLV")


def test_each_episode_is_drawn_once_from_its_primary_start(measured: Episodes) -> None:
    ax = episodes.plot_episodes(measured)
    shown = measured.aligned()
    courses = [line for line in ax.lines if len(line.get_xdata()) > 4]
    assert len(courses) == shown["episode"].nunique() == 4
    for line, (_, rows) in zip(courses, shown.groupby("episode", sort=False), strict=True):
        np.testing.assert_array_equal(line.get_xdata(), rows["months_since"])
        np.testing.assert_array_equal(line.get_ydata(), 100 * rows["share"])


def test_the_contested_one_stands_out_and_the_others_differ_by_their_dashes(measured: Episodes) -> None:
    courses = [line for line in episodes.plot_episodes(measured).lines if len(line.get_xdata()) > 4]
    accent = [line for line in courses if line.get_color() == style.ACCENT]
    assert len(accent) == 1
    assert accent[0].get_linewidth() > max(line.get_linewidth() for line in courses if line is not accent[0])
    others = [str(line._dash_pattern) for line in courses if line is not accent[0]]
    assert len(set(others)) == 3


def test_the_bars_are_the_intervals_of_the_first_and_the_last_year(measured: Episodes) -> None:
    ax = episodes.plot_episodes(measured)
    truce = dict(measured.measures[0].persistence.details)
    heights = [sorted(line.get_ydata()) for line in ax.lines if len(line.get_xdata()) == 2]
    first = [100 * math.exp(end) for end in (truce["first year"].low, truce["first year"].high)]
    assert any(np.allclose(one, first) for one in heights)
    top = ax.get_ylim()[1]
    assert 100 * math.exp(truce["last year"].high) > top
    assert any(np.allclose(one, [100 * math.exp(truce["last year"].low), top]) for one in heights)


def test_the_description_gives_the_same_numbers_in_both_languages(measured: Episodes) -> None:
    first = dict(measured.measures[0].persistence.details)["first year"]
    mean, low, high = (f"{100 * math.exp(end):.0f}" for end in (first.value, first.low, first.high))
    english, spanish = (episodes.describe_episodes(measured, None, lang) for lang in ("en", "es"))
    assert f"The truce of 2012 (a pact): {mean} in the first year ({low} to {high})" in english
    assert f"La tregua de 2012 (un pacto): {mean} en el primer año ({low} a {high})" in spanish


def test_an_episode_without_means_is_drawn_and_said_to_have_none(measured: Episodes) -> None:
    bare = replace(measured.measures[0], persistence=replace(measured.measures[0].persistence, details=()))
    found = replace(measured, measures=(bare,))
    assert "too few months for a mean" in episodes.describe_episodes(found, None, "en")
    assert "The truce of 2012" in words(episodes.plot_episodes(found))


def test_a_window_above_the_scale_is_written_in_figures(measured: Episodes) -> None:
    ax = episodes.plot_episodes(measured)
    top, highest = ax.get_ylim()[1], 100 * measured.aligned()["share"].max()
    assert highest > top
    assert f"{highest:.0f}" in words(ax)


def test_labels_do_not_lie_on_one_another() -> None:
    # by hand: three labels of 20 at heights 30, 30 and 0 under a top of 100
    assert episode_columns.spread([30, 30, 0], [20, 20, 20], 100) == [50, 30, 10]
    assert episode_columns.spread([200], [20], 100) == [90]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_last_month_and_the_words_under_the_bars_stand_apart(measured: Episodes, lang: str) -> None:
    ax = episodes.plot_episodes(measured, lang=lang)
    figure = style.figure_of(ax)
    FigureCanvasAgg(figure)
    tick = next(one for one in ax.get_xticklabels() if one.get_text() == "36").get_window_extent()
    under = next(one for one in ax.texts if one.get_text() == TEXT[lang]["first"]).get_window_extent()
    assert under.x0 - tick.x1 > NEAR_PT * figure.dpi / 72


def test_the_panel_below_has_a_course_for_each_date_of_the_end(measured: Episodes) -> None:
    (panel,) = episodes.plot_episodes(measured).child_axes
    shown = measured.aligned_ends()
    courses = [line for line in panel.lines if len(line.get_xdata()) > 4]
    assert len(courses) == shown["end"].nunique() == 11
    for line, (_, rows) in zip(courses, shown.groupby("end"), strict=True):
        np.testing.assert_array_equal(line.get_xdata(), rows["months_since"])
        np.testing.assert_array_equal(line.get_ydata(), 100 * rows["share"])
    dark = [place for place, line in enumerate(courses) if line.get_color() != style.PALE]
    assert dark == [5]


def test_the_bars_below_are_the_measured_first_years(measured: Episodes) -> None:
    (panel,) = episodes.plot_episodes(measured).child_axes
    known = measured.ends.sort_values("end")
    dots = [line.get_ydata()[0] for line in panel.lines if line.get_marker() == "o"]
    assert dots == pytest.approx(100 * np.exp(known["log_rate_ratio"]))


def test_an_end_is_named_as_exactly_as_it_is_dated(measured: Episodes) -> None:
    ends = replace(measured, ends=measured.ends.iloc[[0, 8, 10]])
    assert "End in March 2014, the middle of 3 dates" in words(episodes.plot_episodes(ends))
    assert "The other dates, 2013 to 5\u00a0January 2015" in words(episodes.plot_episodes(ends))
    only = words(episodes.plot_episodes(replace(measured, ends=measured.ends.iloc[[10]]), lang="es"))
    assert "Fin el 5\u00a0de enero de 2015" in only
    assert "fecha central" not in only
    assert "Below, a line and a bar for each date" in words(episodes.plot_episodes(measured))
    assert "coming undone" in episodes.describe_episodes(measured, None, "en")


def test_without_a_named_end_there_is_no_panel(measured: Episodes) -> None:
    ax = episodes.plot_episodes(replace(measured, ends=measured.ends.iloc[:0]))
    assert ax.child_axes == []
    assert "Below" not in words(ax)


def test_the_table_holds_the_courses_of_starts_and_ends(measured: Episodes) -> None:
    table = episodes.episodes_table(measured)
    assert table["end"].isna().sum() == len(measured.aligned())
    assert table["end"].notna().sum() == len(measured.aligned_ends())


def test_episodes_without_counts_before_are_refused(measured: Episodes) -> None:
    first = measured.measures[0]
    late = replace(first, data=replace(first.data, start=first.data.series.span.start))
    with pytest.raises(SpecificationError, match="no episode has counts in the twelve months before"):
        episodes.plot_episodes(replace(measured, measures=(late,)))


def test_a_change_of_definition_and_the_publishers_are_said(measured: Episodes) -> None:
    said = words(episodes.plot_episodes(measured))
    assert "What is counted changes on the way: the fall after June 2019 and the state of exception of 2022" in said
    assert "Source: PNC" in said


def test_an_unknown_language_is_refused(measured: Episodes) -> None:
    with pytest.raises(SelectionError, match="'fr'"):
        episodes.plot_episodes(measured, lang="fr")
