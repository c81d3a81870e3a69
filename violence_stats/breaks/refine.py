"""A break inside a long window: the composite likelihood of splitting its count between two regimes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.breaks.count_segments import SplitFit, fit_splits
from violence_stats.breaks.windows import WindowSample


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedBreak:
    """A break with its first day.

    Attributes
    ----------
    edge : int
        First window of the new regime, or the one after the window that the break divides.
    first_day : datetime.date
        First day of the new regime.
    inside : int or None
        The window that it divides; None at an edge.
    """

    edge: int
    first_day: date
    inside: int | None


def refine_breaks(sample: WindowSample, breaks: IntArray) -> tuple[DatedBreak, ...]:
    """Move each break inside a neighbouring window that holds several periods, where that fits better.

    Parameters
    ----------
    sample : WindowSample
    breaks : IntArray, shape (m,)
        First window of each new regime; the other breaks stay while one is moved.
    """
    edges = [0, *breaks.tolist(), len(sample.y)]
    return tuple(_refine(sample, *three) for three in zip(edges[:-2], edges[1:-1], edges[2:], strict=True))


def _refine(sample: WindowSample, before: int, at: int, after: int) -> DatedBreak:
    best, lowest = DatedBreak(edge=at, first_day=sample.starts[at], inside=None), np.inf
    for window, alone in ((at - 1, at - before == 1), (at, after - at == 1)):
        starts = sample.starts_inside(window)
        if not starts or alone:
            continue
        fit = split_window(sample, before, after, window)
        edge_fit = fit.deviance_change[-1 if window == at - 1 else 0]
        inner = fit.deviance_change[1:-1]
        gain = float(inner.min() - edge_fit)
        if gain < min(lowest, 0.0):
            lowest = gain
            best = DatedBreak(edge=window + 1, first_day=starts[int(np.argmin(inner))], inside=window)
    return best


def split_window(sample: WindowSample, before: int, after: int, window: int) -> SplitFit:
    """Fit a break at the first day of a window, at each period that starts inside it, and just after its last day.

    Parameters
    ----------
    sample : WindowSample
    before, after : int
        The stretch in which all else has one rate on either side of the break: windows before to after - 1.
    window : int
        In that stretch.
    """
    start = sample.starts[window]
    days_before = np.array([0.0, *((day - start).days for day in sample.starts_inside(window)), sample.days[window]])
    left, right = slice(before, window), slice(window + 1, after)
    around = (
        (float(sample.y[left].sum()), float(sample.days[left].sum())),
        (float(sample.y[right].sum()), float(sample.days[right].sum())),
    )
    return fit_splits(around, float(sample.y[window]), days_before, sample.days[window] - days_before)


def month_position(day: date) -> float:
    """Months since year 0, so that whole months lie 1 apart whatever their days."""
    first = day.replace(day=1)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day.year * 12 + day.month - 1 + (day.day - 1) / (following - first).days


def positions(sample: WindowSample) -> FloatArray:
    """Month position of the first day of each window, shape (n_windows,)."""
    return np.array([month_position(day) for day in sample.starts])


def day_at(position: float) -> date:
    """First day of the month in which a month position lies."""
    months = int(np.floor(position + 1e-9))
    return date(months // 12, months % 12 + 1, 1)
