"""Gradual and fading shapes: columns by hand, limits, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from violence_stats.design.cells import cut_cells
from violence_stats.design.interventions import Step, cut_days
from violence_stats.design.transfer import Decay, Onset
from violence_stats.errors import SpecificationError
from violence_stats.months import parse_window

ROUNDING = 1e-12
"""Exponentials in double precision."""


def _cells(first, last, intervention, freq="M"):
    windows = [parse_window(period) for period in pd.period_range(first, last, freq=freq)]
    return cut_cells(windows, frequency=freq, cuts=cut_days([intervention]))


def test_an_onset_covers_a_share_of_what_is_left_each_month():
    # delta = exp(-1/2): 1 - delta, 1 - delta^2, 1 - delta^3
    onset = Onset("2020-03", 2.0)
    delta = np.exp(-0.5)
    expected = [0, 0, 1 - delta, 1 - delta**2, 1 - delta**3]
    assert onset.column(_cells("2020-01", "2020-05", onset)) == pytest.approx(expected, abs=ROUNDING)


def test_an_onset_is_a_filtered_step_and_a_decay_a_filtered_pulse():
    onset, decay = Onset("2020-03", 4.0), Decay("2020-03", 4.0)
    cells = _cells("2020-01", "2021-12", onset)
    delta, slow, fading = np.exp(-1 / 4), [0.0], [0.0]
    for month in range(1, cells.n_cells):
        slow.append(delta * slow[-1] + (1 - delta) * (month >= 2))
        fading.append(delta * fading[-1] + (month == 2))
    assert onset.column(cells) == pytest.approx(slow, abs=ROUNDING)
    assert decay.column(cells) == pytest.approx(fading, abs=ROUNDING)


def test_at_a_time_constant_of_zero_they_are_a_step_and_one_month():
    cells = _cells("2020-01", "2020-06", Step("2020-03"))
    assert Onset("2020-03", 0).column(cells).tolist() == Step("2020-03").column(cells).tolist()
    assert Decay("2020-03", 0).column(cells).tolist() == [0, 0, 1, 0, 0, 0]
    assert Onset("2020-03", 1e-3).column(cells) == pytest.approx(Onset("2020-03", 0).column(cells))


def test_quarters_and_lags_count_in_months():
    onset = Onset("2020-04", 3.0, lag_months=3)
    assert onset.term == "onset 2020-04 lag 3"
    column = onset.column(_cells("2020Q1", "2020Q4", onset, freq="Q"))
    assert column == pytest.approx([0, 0, 1 - np.exp(-1), 1 - np.exp(-2)], abs=ROUNDING)


def test_a_day_dated_onset_starts_on_its_day():
    onset = Onset("2020-02-20", 2.0)
    cells = _cells("2020-01", "2020-03", onset)
    assert cells.n_days.tolist() == [31, 19, 10, 31]
    assert onset.column(cells) == pytest.approx([0, 0, 1 - np.exp(-0.5), 1 - np.exp(-1)], abs=ROUNDING)


@pytest.mark.parametrize("months", [-1.0, np.inf, np.nan])
def test_a_time_constant_is_a_finite_number_of_months(months):
    with pytest.raises(SpecificationError, match="expected 0 or more months, or None"):
        Onset("2020-03", months)


def test_an_open_time_constant_has_no_column_yet():
    onset = Onset("2020-03")
    assert onset.is_free
    assert not onset.with_time_constant(2.0).is_free
    with pytest.raises(SpecificationError, match="onset 2020-03 has no time constant yet"):
        onset.column(_cells("2020-01", "2020-05", onset))
