"""Cells: by hand on three windows, and properties that hold for any windows and cuts (hypothesis)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from violence_stats.design.cells import cut_cells
from violence_stats.months import Window, parse_window


def test_a_day_dated_cut_splits_its_month():
    # March 2012 cut on the 27th: 26 days before, 5 from there on; April whole
    cells = cut_cells([parse_window("2012-03"), parse_window("2012-04")], frequency="M", cuts=[date(2012, 3, 27)])
    assert cells.n_days.tolist() == [26, 5, 30]
    assert cells.window.tolist() == [0, 0, 1]
    assert cells.period.tolist() == [1, 1, 2]
    assert cells.share_of_period == pytest.approx([26 / 31, 5 / 31, 1])


def test_a_long_window_is_cut_at_its_months():
    cells = cut_cells([parse_window("2008"), parse_window(("2009-02-10", "2009-03-31"))], frequency="M")
    assert cells.n_windows == 2
    assert cells.period.tolist() == [*range(1, 13), 14, 15]  # January 2009 is a gap and still counts as period 13
    assert cells.n_days.tolist()[-2:] == [19, 31]
    assert cells.position_in_year.tolist() == [*range(1, 13), 2, 3]


def test_periods_count_from_the_origin():
    cells = cut_cells([parse_window("2012-03")], frequency="M", origin=date(2012, 1, 15))
    assert cells.period.tolist() == [3]
    assert cells.origin == date(2012, 1, 1)
    assert cells.period_of(date(2011, 12, 31)) == 0
    assert cells.period_start(3) == date(2012, 3, 1)


@pytest.mark.parametrize(("frequency", "positions"), [("Q", [2, 3, 4, 1]), ("Y", [1, 1])])
def test_quarters_and_years(frequency, positions):
    cells = cut_cells([parse_window(("2019-04", "2020-03"))], frequency=frequency)
    assert cells.position_in_year.tolist() == positions
    assert cells.year.tolist() == [2019, *[2019] * (len(positions) - 2), 2020]


def test_a_cut_outside_the_windows_does_nothing():
    windows = [parse_window("2012-03")]
    plain, cut = (cut_cells(windows, frequency="M", cuts=days) for days in ([], [date(2011, 1, 5), date(2013, 1, 5)]))
    assert plain.n_cells == cut.n_cells == 1


@settings(max_examples=60, deadline=None)
@given(
    lengths=st.lists(st.tuples(st.integers(1, 400), st.integers(0, 50)), min_size=1, max_size=12),
    cut_after=st.lists(st.integers(0, 2000), max_size=5),
    frequency=st.sampled_from(["M", "Q", "Y"]),
)
def test_cells_tile_the_windows_exactly(lengths, cut_after, frequency):
    day, windows = date(2009, 5, 7), []
    for n_days, gap in lengths:
        windows.append(Window(day, day + timedelta(days=n_days - 1)))
        day += timedelta(days=n_days + gap)
    cuts = [date(2009, 5, 7) + timedelta(days=k) for k in cut_after]
    cells = cut_cells(windows, frequency=frequency, cuts=cuts)
    assert np.bincount(cells.window, weights=cells.n_days).tolist() == [window.n_days for window in windows]
    for k in range(cells.n_cells):
        first, last = cells.start[k].item(), cells.end[k].item()
        assert windows[cells.window[k]].contains(Window(first, last))
        assert cells.period_of(first) == cells.period_of(last) == cells.period[k]
        assert not any(first < cut <= last for cut in cuts)
