"""The posterior by calendar period: what an edge of a long window stands for, spread inside that window."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from scipy.special import xlogy

from violence_stats.arrays import FloatArray
from violence_stats.breaks.bayes import BreakPosterior
from violence_stats.breaks.windows import WindowSample


def by_period(sample: WindowSample, posterior: BreakPosterior, dispersion: float) -> pd.Series[float]:
    """Probability that a regime starts in each period; mass at the edges of long windows is spread inside them.

    The share of an edge's mass that comes from a long window is spread over its edges and the periods that start inside
    it, by the composite likelihood of splitting the window's count between the regimes on either side.
    """
    index = pd.period_range(sample.period(sample.series.span.start), sample.period(sample.series.span.end))
    total = np.zeros(len(index))
    n = len(sample.y)
    left = posterior.edge.copy()
    for window in range(n):
        starts = sample.starts_inside(window)
        if not starts:
            continue
        taken = 0.0
        for edge, other in ((window, window - 1), (window + 1, window + 1)):
            if 0 < edge < n:
                moved = posterior.edge[edge] * sample.days[window] / (sample.days[window] + sample.days[other])
                taken, left[edge] = taken + moved, left[edge] - moved
        days, weights = _split_weights(sample, posterior, dispersion, window)
        for day, weight in zip(days, weights, strict=True):
            total[index.get_loc(sample.period(day))] += taken * weight
    for edge in range(1, n):
        total[index.get_loc(sample.period(sample.starts[edge]))] += left[edge]
    return pd.Series(total, index=index, name="probability")


def _split_weights(
    sample: WindowSample, posterior: BreakPosterior, dispersion: float, window: int
) -> tuple[list[date], FloatArray]:
    """First days that a break in a window may have, and their weights: an edge stands for half a period of it."""
    n, start, length = len(sample.y), sample.starts[window], sample.days[window]
    days = [start, *sample.starts_inside(window), start + timedelta(days=int(length))]
    prior = np.array([0.5, *np.ones(len(days) - 2), 0.5])
    prior[[0, -1]] *= [window > 0, window + 1 < n]
    before = np.array([(day - start).days for day in days])
    rates = _neighbouring_rates(sample, posterior, window)
    if rates is None:
        weights = prior
    else:
        mean = before * rates[0] + (length - before) * rates[1]
        fit = (xlogy(sample.y[window], mean) - mean) / dispersion
        weights = prior * np.exp(fit - fit.max())
    valid = prior > 0
    kept = [day for day, keep in zip(days, valid, strict=True) if keep]
    return kept, weights[valid] / weights[valid].sum()


def _neighbouring_rates(sample: WindowSample, posterior: BreakPosterior, window: int) -> tuple[float, float] | None:
    """Mean rate of the regimes that end, and of those that start, at either edge of a window, itself left out."""
    n = len(sample.y)
    count, time = (np.concatenate([[0.0], np.cumsum(values)]) for values in (sample.y, sample.days))
    ending = posterior.pair[:window, window] + posterior.pair[:window, min(window + 1, n)]
    starting = posterior.pair[window, window + 2 :] + posterior.pair[min(window + 1, n), window + 2 :]
    if not ending.sum() > 0 or not starting.sum() > 0:
        return None
    rate_before = (count[window] - count[:window]) / (time[window] - time[:window])
    rate_after = (count[window + 2 :] - count[window + 1]) / (time[window + 2 :] - time[window + 1])
    return float(ending @ rate_before / ending.sum()), float(starting @ rate_after / starting.sum())
