"""Break dates when some coefficients are common to all regimes: no dynamic programme is exact, dates move in turn.

For given other dates the best place of one date is found exactly, common coefficients refitted at every candidate. The
search for m breaks starts from the best m - 1 with the best further one, and from the dynamic programme at the common
coefficients so found (Bai & Perron 2003, section 3.3), and moves one date at a time until none moves.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.breaks.break_process import break_gains
from violence_stats.breaks.linear import RegimeFit, fit_regimes
from violence_stats.breaks.partition import best_partitions
from violence_stats.breaks.segment_ssr import segment_ssr

MAX_SWEEPS = 50
"""Each sweep lowers the sum of squares, so that the search ends long before."""


def search_partial(
    y: FloatArray, Z: FloatArray, X: FloatArray, allowed: BoolArray, max_breaks: int, lags: int | None
) -> list[RegimeFit]:
    """Find the best dates for 0, 1, ... breaks in the coefficients of Z, those of X common.

    Parameters
    ----------
    y, Z, X, allowed, max_breaks, lags
        As in `violence_stats.breaks.bai_perron.search_breaks`.
    """
    fits = [fit_regimes(y, Z, X, np.array([], dtype=np.int64), lags)]
    for m in range(1, max_breaks + 1):
        start = _insert_best(y, Z, X, allowed, fits[-1].breaks)
        starts = [] if start is None else [start]
        common = (fits[-1] if start is None else fit_regimes(y, Z, X, start)).coef_common
        partitions = best_partitions(segment_ssr(y - X @ common, Z, allowed), m)
        starts += [partitions.breaks[m]] if partitions.max_breaks == m else []
        if not starts:
            break
        ends = [fit_regimes(y, Z, X, _move_in_turn(y, Z, X, allowed, one), lags) for one in starts]
        fits.append(min(ends, key=lambda fit: fit.ssr))
    return fits


def _move_in_turn(y: FloatArray, Z: FloatArray, X: FloatArray, allowed: BoolArray, breaks: IntArray) -> IntArray:
    for _ in range(MAX_SWEEPS):
        before = breaks
        for place in range(len(breaks)):
            moved = _insert_best(y, Z, X, allowed, np.delete(breaks, place))
            breaks = breaks if moved is None else moved
        if np.array_equal(before, breaks):
            break
    return breaks


def _insert_best(y: FloatArray, Z: FloatArray, X: FloatArray, allowed: BoolArray, breaks: IntArray) -> IntArray | None:
    """Add the break that lowers the sum of squares most; None where no regime is long enough for it."""
    edges = [0, *breaks.tolist(), len(y)]
    rows = np.arange(len(y))
    regimes = [Z * ((rows >= start) & (rows < end))[:, None] for start, end in pairwise(edges)]
    best, date = -np.inf, None
    for place, (start, end) in enumerate(pairwise(edges)):
        candidates = np.flatnonzero(allowed[start] & allowed[:, end])
        if len(candidates) == 0:
            continue
        common = np.hstack([*regimes[:place], *regimes[place + 1 :], X])
        gains = break_gains(y, regimes[place], common, candidates)
        if gains.max() > best:
            best, date = float(gains.max()), int(candidates[np.argmax(gains)])
    return None if date is None else np.sort(np.append(breaks, date))
