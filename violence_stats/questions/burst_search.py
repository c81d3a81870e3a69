"""Windows of counts that stand out above a local level, at a family-wise limit, fitted without them.

Each window is set against a log-linear level through up to six retained neighbours on either side. Given the others,
``(y - mu)^2 / (mu + mu^2 v)`` has the dispersion as its mean (v: variance of the log level), and a count beyond the
negative-binomial limit of that mean and variance is a burst. The largest burst is taken out and the search repeated,
so that one burst hides no other. The limit holds for all windows searched together (Sidak).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom, poisson

from violence_stats.arrays import BoolArray, FloatArray

NEIGHBOURS = 6
FEWEST_WINDOWS = 12
MAX_ITERATIONS = 25
MAX_BURSTS = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BurstSearch:
    """What a search gives.

    Attributes
    ----------
    expected : FloatArray, shape (n_windows,)
        From the neighbours, without the window itself and without bursts.
    limit : FloatArray, shape (n_windows,)
        Largest count that is no burst.
    is_burst : bool array, shape (n_windows,)
    dispersion : float
        Variance over mean of the windows that are none.
    """

    expected: FloatArray
    limit: FloatArray
    is_burst: BoolArray
    dispersion: float


def search_bursts(
    y: FloatArray,
    days: FloatArray,
    middle: FloatArray,
    usable: BoolArray,
    tested: BoolArray,
    *,
    family_level: float,
) -> BurstSearch:
    """Search windows for bursts.

    Parameters
    ----------
    y, days, middle : FloatArray, shape (n_windows,)
        Counts, days and middles (in any unit of time) of the windows, in order.
    usable : bool array, shape (n_windows,)
        Which may tell the level of others.
    tested : bool array, shape (n_windows,)
        Which are searched.
    family_level : float
        Chance of one or more false bursts.
    """
    burst = np.zeros(len(y), dtype=bool)
    level = 1 - (1 - family_level) ** (1 / max(int(tested.sum()), 1))
    for _ in range(MAX_BURSTS):
        expected, variance = local_levels(y, days, middle, usable & ~burst)
        spread = expected + expected**2 * variance
        square = (y - expected) ** 2 / spread
        counted = tested & ~burst & np.isfinite(square)
        dispersion = _without_itself(square, counted)
        limit = _upper_limit(expected, dispersion * spread, level)
        beyond = np.where(counted & (y > limit), y / np.maximum(limit, 1.0), 0.0)
        if not beyond.any():
            break
        burst[int(np.argmax(beyond))] = True
    kept = square[tested & ~burst & np.isfinite(square)]
    return BurstSearch(
        expected=expected,
        limit=limit,
        is_burst=burst,
        dispersion=max(1.0, float(kept.mean())) if len(kept) else 1.0,
    )


def local_levels(
    y: FloatArray, days: FloatArray, middle: FloatArray, usable: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Give each window's expected count and the Poisson variance of its log, shape (n_windows,), from neighbours."""
    weight = np.array([_nearest(place, usable) for place in range(len(y))]).astype(float)
    since = middle[None, :] - middle[:, None]
    total, exposure = weight @ y, weight @ days
    level, slope = np.log((total + 0.5) / exposure), np.zeros(len(y))
    for _ in range(MAX_ITERATIONS):
        mu = weight * days * np.exp(np.clip(level[:, None] + slope[:, None] * since, -30, 30))
        residual = weight * y - mu
        score = residual.sum(axis=1), (residual * since).sum(axis=1)
        s0, s1, s2 = mu.sum(axis=1), (mu * since).sum(axis=1), (mu * since**2).sum(axis=1)
        determinant = s0 * s2 - s1**2
        level = level + np.clip((s2 * score[0] - s1 * score[1]) / determinant, -1, 1)
        slope = slope + np.clip((s0 * score[1] - s1 * score[0]) / determinant, -1, 1)
    return np.asarray(days * np.exp(level)), np.asarray(s2 / determinant)


def _nearest(place: int, usable: BoolArray) -> BoolArray:
    """Mark the nearest usable windows on either side, itself left out."""
    there = np.flatnonzero(usable)
    chosen = np.zeros(len(usable), dtype=bool)
    chosen[there[there < place][-NEIGHBOURS:]] = True
    chosen[there[there > place][:NEIGHBOURS]] = True
    return chosen


def _without_itself(square: FloatArray, counted: BoolArray) -> FloatArray:
    """Average the others' squares, at least 1, shape (n_windows,)."""
    known = np.where(counted, square, 0.0)
    others = np.maximum(counted.sum() - counted, 1)
    return np.asarray(np.maximum(1.0, (known.sum() - known) / others))


def _upper_limit(mean: FloatArray, variance: FloatArray, level: float) -> FloatArray:
    excess = np.maximum(variance / mean, 1.0 + 1e-9)
    limit = nbinom.ppf(1 - level, mean / (excess - 1), 1 / excess)
    return np.asarray(np.where(np.isfinite(limit), limit, poisson.ppf(1 - level, mean)))
