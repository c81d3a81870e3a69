"""By hand: the means that the picture writes are those of the measures; labels and bars keep their places."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.charts.reading import words
from violence_stats.charts import episodes, style
from violence_stats.errors import SelectionError
from violence_stats.questions.episodes import Episodes, measure_episodes


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
    assert episodes._spread([30, 30, 0], [20, 20, 20], 100) == [50, 30, 10]
    assert episodes._spread([200], [20], 100) == [90]


def test_a_change_of_definition_and_the_publishers_are_said(measured: Episodes) -> None:
    said = words(episodes.plot_episodes(measured))
    assert "What is counted changes on the way: the fall after June 2019 and the state of exception of 2022" in said
    assert "Source: PNC" in said


def test_an_unknown_language_is_refused(measured: Episodes) -> None:
    with pytest.raises(SelectionError, match="'fr'"):
        episodes.plot_episodes(measured, lang="fr")
