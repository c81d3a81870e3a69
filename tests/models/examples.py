"""Small series that the tests of the models share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.validation import table
from violence_stats.months import parse_window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries


def monthly_counts(n=60, start="2015-01", *, level=100.0, step=0.6, at=40, seed=1):
    """Poisson counts by month with a step after `at` months."""
    index = pd.period_range(start, periods=n, freq="M")
    mean = level * np.where(np.arange(n) >= at, step, 1.0)
    return pd.Series(np.random.default_rng(seed).poisson(mean), index=index)


def window_series(rows, **options):
    """Make a CountSeries of ``(window, value)`` pairs."""
    return CountSeries(
        observations=tuple(Observation(window=parse_window(window), value=float(value)) for window, value in rows),
        **options,
    )


def sicily():
    """Monthly coronary events and standardised population, 2002 to November 2006."""
    data = table("sicily.csv")
    index = pd.PeriodIndex.from_fields(year=data.year, month=data.month, freq="M")
    return data.aces.set_axis(index), data.stdpop.set_axis(index)
