"""Counts around a day as shares of the level before it: what lays episodes, and their ends, over one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from violence_stats.months import MONTH_DAYS, ONE_DAY
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.paired_counts import same_day
from violence_stats.questions.size import MONTHS_AFTER


def course_of_start(data: EpisodeData) -> Iterator[dict[str, Any]]:
    """Give the windows from twelve months before the start on, as shares of the level of those twelve months."""
    first = same_day(data.start, -MONTHS_AFTER)
    return _course(data, shown_from=first, level_from=first)


def course_of_end(onward: EpisodeData) -> Iterator[dict[str, Any]]:
    """Give the same around an end, as shares of the level from the episode's own start to then."""
    shown_from = max(same_day(onward.start, -MONTHS_AFTER), onward.earliest)
    return _course(onward, shown_from=shown_from, level_from=onward.earliest)


def _course(data: EpisodeData, *, shown_from: date, level_from: date) -> Iterator[dict[str, Any]]:
    """One row a window; none where nothing was counted before the start."""
    before = data.windows_in(level_from, data.start - ONE_DAY)
    counted = sum(one.value for one in before)
    if not counted:
        return
    level = counted / sum(one.window.n_days for one in before)
    for one in data.windows_in(shown_from, data.last):
        middle = (one.window.start.toordinal() + one.window.end.toordinal() + 1) / 2
        yield {
            "episode": data.id,
            "window": str(one.window),
            "months_since": (middle - data.start.toordinal()) / MONTH_DAYS,
            "share": one.value / one.window.n_days / level,
            "count": one.value,
            "definition": one.definition,
        }
