"""The chart for a terminal.

Kinds of test: by hand (bars measured in eighths of a sign); property (no line is wider than asked).
"""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import violence_stats as vs
from violence_stats.errors import SelectionError
from violence_stats.ingest.text_chart import draw_text_chart


def monthly(*counts: float) -> vs.CountSeries:
    index = pd.period_range("2015-01", periods=len(counts), freq="M")
    return vs.CountSeries.from_monthly(pd.Series(counts, index=index, dtype=float), allow_missing=True)


def test_bars_start_at_zero_and_compare_by_the_day() -> None:
    # 31, 28 and 31 days at one a day and half of that: 19 signs of room, 9.5 of them half
    chart = draw_text_chart(monthly(31, 28, 15.0, float("nan"), 0), width=32)
    lines = chart.splitlines()
    assert lines[0] == "2015-01  31  " + "█" * 19
    assert lines[1] == "2015-02  28  " + "█" * 19
    assert lines[2] == "2015-03  15  " + "█" * 9 + "▎"
    assert lines[3:] == ["2015-04   ?", "2015-05   0"]


def test_many_windows_are_drawn_by_year() -> None:
    lines = draw_text_chart(monthly(*[10] * 60), width=60).splitlines()
    assert [line.split()[:2] for line in lines] == [[str(year), "120"] for year in range(2015, 2020)]
    assert draw_text_chart(monthly(*[10] * 60), max_rows=3).split()[:2] == ["2015-2016", "240"]


@pytest.mark.parametrize("options", [{"width": 29}, {"max_rows": 0}])
def test_too_little_room(options: dict[str, int]) -> None:
    with pytest.raises(SelectionError, match="at least 30 columns and 1 row"):
        draw_text_chart(monthly(1), **options)


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 10**6), min_size=1, max_size=70), width=st.integers(30, 120))
def test_no_line_is_wider_than_asked(counts: list[int], width: int) -> None:
    chart = draw_text_chart(monthly(*counts), width=width)
    assert all(len(line) <= width for line in chart.splitlines())
    assert chart.endswith("\n")
