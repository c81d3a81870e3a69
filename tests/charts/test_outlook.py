"""By hand: paths and counts are those of the result by day; bursts and the next episode are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.charts.reading import words
from violence_stats.charts import outlook, steps
from violence_stats.charts.outlook_words import n_inside
from violence_stats.errors import SelectionError
from violence_stats.ledger.case import load_case
from violence_stats.months import parse_window
from violence_stats.questions.outlook import Outlook, look_ahead


@pytest.fixture(scope="module")
def ahead() -> Outlook:
    return look_ahead("2019-06", as_of="2020-09-30", until="2022-12")


def test_both_paths_and_the_counts_are_drawn_by_day(ahead: Outlook) -> None:
    ax = outlook.plot_outlook(ahead)
    drawn = [np.asarray(line.get_ydata(), dtype=float) for line in ax.lines if len(line.get_xdata()) > 4]
    pact = ahead.windows[ahead.windows["path"] == "pact"]
    days = np.array([parse_window(one).n_days for one in pact["window"]])
    for name in ("observed", "expected"):
        heights = np.repeat(pact[name].to_numpy(dtype=float) / days, 2)
        assert any(np.allclose(line, heights) for line in drawn)
    assert len(drawn) == 3


def test_the_next_episode_and_the_bursts_are_named(ahead: Outlook) -> None:
    ax = outlook.plot_outlook(ahead)
    said = words(ax)
    assert "state of exception" in said
    assert "87 killed" in said
    start = steps.axis_day(load_case("SLV").settings.intervention("2022-03").date)
    assert any(list(line.get_xdata()) == [start, start] for line in ax.lines)


def test_an_outlook_without_bursts_is_drawn(ahead: Outlook) -> None:
    quiet = replace(ahead, bursts=ahead.bursts.iloc[:0])
    assert "killed" not in words(outlook.plot_outlook(quiet))


def test_the_change_of_definition_is_said_only_where_there_is_one(ahead: Outlook) -> None:
    assert "narrower definition" in words(outlook.plot_outlook(ahead))
    same = replace(ahead, windows=ahead.windows[ahead.windows["same_definition"]])
    assert "narrower definition" not in words(outlook.plot_outlook(same))


def test_the_description_counts_the_windows_inside(ahead: Outlook) -> None:
    case = load_case("SLV")
    share = ahead.scores()["share_inside"]
    for path, group in ahead.windows.groupby("path"):
        assert n_inside(group) == round(share[path] * len(group))
        said = f"{n_inside(group)} of {len(group)} windows"
        assert said in outlook.describe_outlook(ahead, case, "en")
        assert said.replace("of", "de").replace("windows", "períodos") in outlook.describe_outlook(ahead, case, "es")


def test_the_table_has_a_row_for_each_window_and_path(ahead: Outlook) -> None:
    assert len(outlook.outlook_table(ahead)) == len(ahead.windows)


def test_an_unknown_language_is_refused(ahead: Outlook) -> None:
    with pytest.raises(SelectionError, match="'fr'"):
        outlook.plot_outlook(ahead, lang="fr")
