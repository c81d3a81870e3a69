"""Four windows with all that a picture has to show: a month, a long window, a gap, another definition."""

from __future__ import annotations

from datetime import date

import pytest

from violence_stats.months import Window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries


def observation(first: str, last: str, value: float, publisher: str = "POL", **more: str) -> Observation:
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    return Observation(window=window, value=value, publisher=publisher, **{"definition": "all", **more})


@pytest.fixture
def series() -> CountSeries:
    return CountSeries(
        observations=(
            observation("2001-01-01", "2001-01-31", 62, status="published"),
            observation("2001-02-01", "2001-03-31", 59, "HOS", status="digitised"),
            observation("2001-04-01", "2001-04-30", float("nan")),
            observation("2001-05-01", "2001-05-31", 31, definition="narrow", status="published"),
        ),
        country="AAA",
        measure="deaths",
    )
