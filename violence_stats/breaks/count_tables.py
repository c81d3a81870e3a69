"""Dates, intervals and regimes of counts over windows, as tables."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from scipy.stats import t as student_t

from violence_stats.arrays import FloatArray
from violence_stats.breaks.count_segments import break_gains
from violence_stats.breaks.count_simulation import CountProcess, simulate_counts
from violence_stats.breaks.date_bootstrap import interval_from_errors
from violence_stats.breaks.partition import Partitions
from violence_stats.breaks.refine import DatedBreak, day_at, month_position, positions
from violence_stats.breaks.windows import DAYS_PER_MONTH, WindowSample
from violence_stats.fitting.ar1 import Ar1Fit
from violence_stats.months import MONTHS_PER_PERIOD, ONE_DAY

CLOSEST_WINDOWS = 2
"""Windows that a re-estimated date keeps on either side."""


def date_errors(
    sample: WindowSample, dated: tuple[DatedBreak, ...], process: CountProcess, n_replicates: int, seed: int
) -> list[FloatArray]:
    """Errors of each re-estimated date in months, on series simulated with the breaks; its neighbours are held.

    Returns
    -------
    list of FloatArray, each of shape (n_replicates,)
    """
    draws = simulate_counts(process, n_replicates, np.random.default_rng([seed, 1]))
    place = positions(sample)
    edges = [0, *(one.edge for one in dated), len(sample.y)]
    errors = []
    for one, before, after in zip(dated, edges[:-2], edges[2:], strict=True):
        reach = min(CLOSEST_WINDOWS, one.edge - before, after - one.edge)
        candidates = np.arange(before + reach, after - reach + 1)
        gains = break_gains(draws[:, before:after], sample.days[before:after], candidates - before)
        found = place[candidates[np.argmax(gains, axis=1)]]
        errors.append(found - month_position(one.first_day))
    return errors


def interval_table(
    sample: WindowSample, dated: tuple[DatedBreak, ...], errors: list[FloatArray], level: float
) -> pd.DataFrame:
    """One row a break, as `FoundBreaks.intervals`.

    An interval ends at the breaks before and after; that of a break inside a long window covers the window. Errors are
    known between edges only, and an edge stands for half of the window on either side: ends reach as far.
    """
    stops = [sample.series.span.start, *(one.first_day for one in dated), sample.series.span.end]
    bounds = []
    for one, error, earliest, latest in zip(dated, errors, stops[:-2], stops[2:], strict=True):
        low, high = interval_from_errors(month_position(one.first_day), error, level)
        reach = _half_before(sample, day_at(low)), _half_after(sample, day_at(high))
        bounds.append((max(reach[0], earliest), min(reach[1], latest)))
    return interval_frame(sample, dated, bounds, level, "bootstrap")


def partition_dates(sample: WindowSample, partitions: Partitions) -> list[str]:
    """Write the first periods of the new regimes of each partition, by number of breaks."""
    return [", ".join(str(sample.period(sample.starts[place])) for place in one) for one in partitions.breaks]


def _half_before(sample: WindowSample, day: date) -> date:
    """First day of the later half of the window before a day, in whole periods."""
    window = int(np.searchsorted(sample.edge_days, np.datetime64(day))) - 1
    later = [*sample.starts_inside(window), day] if window >= 0 else [day]
    return min(day, later[(len(later) - 1) // 2])


def _half_after(sample: WindowSample, day: date) -> date:
    """First day of the last period in the earlier half of the window that holds a day."""
    window = int(np.searchsorted(sample.edge_days, np.datetime64(day), side="right")) - 1
    if not 0 <= window < len(sample.y):
        return day
    inside = [sample.starts[window], *sample.starts_inside(window)]
    return max(day, inside[len(inside) // 2])


def interval_frame(
    sample: WindowSample, dated: tuple[DatedBreak, ...], bounds: list[tuple[date, date]], level: float, method: str
) -> pd.DataFrame:
    """Give one row a break; an interval holds the date itself, and the long window inside which the break falls."""
    windows = [None if one.inside is None else sample.series.windows[one.inside] for one in dated]
    low = [min(first, one.first_day) for one, (first, _) in zip(dated, bounds, strict=True)]
    high = [max(last, one.first_day) for one, (_, last) in zip(dated, bounds, strict=True)]
    low = [day if window is None else min(day, window.start) for day, window in zip(low, windows, strict=True)]
    high = [day if window is None else max(day, window.end) for day, window in zip(high, windows, strict=True)]
    return pd.DataFrame(
        {
            "first_day": [one.first_day for one in dated],
            "low": [sample.period(day) for day in low],
            "high": [sample.period(day) for day in high],
            "confidence": level,
            "method": method,
            "inside": ["" if window is None else str(window) for window in windows],
        },
        index=pd.Index([sample.period(one.first_day) for one in dated], name="break"),
    )


def regime_table(sample: WindowSample, dated: tuple[DatedBreak, ...], fit: Ar1Fit, level: float) -> pd.DataFrame:
    """One row a regime: its first and last day, windows, and mean count per period of average length."""
    starts = [sample.series.span.start, *(one.first_day for one in dated)]
    ends = [*(one.first_day - ONE_DAY for one in dated), sample.series.span.end]
    days = DAYS_PER_MONTH * MONTHS_PER_PERIOD[sample.series.frequency]
    std_error = np.sqrt(np.diag(fit.cov))
    reach = student_t.ppf((1 + level) / 2, fit.degrees_of_freedom) * std_error
    mean = days * np.exp(fit.beta)
    whole = [
        sum(start <= window.start and window.end <= end for window in sample.series.windows)
        for start, end in zip(starts, ends, strict=True)
    ]
    return pd.DataFrame(
        {
            "start": starts,
            "end": ends,
            "n_windows": whole,
            "mean": mean,
            "std_error": mean * std_error,
            "ci_low": mean * np.exp(-reach),
            "ci_high": mean * np.exp(reach),
        },
        index=pd.RangeIndex(1, len(starts) + 1, name="regime"),
    )
