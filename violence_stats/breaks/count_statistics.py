"""Sup, ave and exp of the likelihood ratio of one more break in the rate, for many series at once.

The fall in the deviance is divided by a dispersion that each series supplies itself: the long-run variance over mean of
its counts about its own best break. Autocorrelation then moves the statistic and its scale together, so that the
p-value of a bootstrap depends little on how well phi, sigma2 and rho were estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.breaks.count_segments import break_gains, cumulate, regime_means


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakStatistics:
    """Sup, ave and exp of the likelihood ratio over its candidate dates, for each of n_series.

    Attributes
    ----------
    process : FloatArray, shape (n_series, n_candidates)
        Fall in the deviance over the long-run dispersion about the series' best break.
    sup, ave, exp : FloatArray, shape (n_series,)
    """

    process: FloatArray
    sup: FloatArray
    ave: FloatArray
    exp: FloatArray


def further_break(y: FloatArray, exposure: FloatArray, breaks: IntArray, candidates: IntArray) -> BreakStatistics:
    """Give the likelihood ratio of one more break at each candidate, given breaks that stay where they are.

    Parameters
    ----------
    y : FloatArray, shape (n_series, n)
    exposure : FloatArray, shape (n,)
    breaks : IntArray, shape (m,)
        First window of each regime that is taken as given; may be empty.
    candidates : IntArray, shape (n_candidates,)
        First window of the further regime; each inside a regime.
    """
    edges = [0, *breaks.tolist(), y.shape[1]]
    gains = np.concatenate(
        [
            break_gains(y[:, start:end], exposure[start:end], inside - start)
            for start, end in pairwise(edges)
            if len(inside := candidates[(candidates > start) & (candidates < end)])
        ],
        axis=1,
    )
    best = candidates[gains.argmax(axis=1)]
    dispersion = long_run_dispersion_about(y, means_with(y, exposure, breaks, best))
    scale = np.where(dispersion > 0, dispersion, 1.0)
    process = gains / scale[:, None]
    top = process.max(axis=1)
    exp = np.log(np.exp((process - top[:, None]) / 2).mean(axis=1)) + top / 2
    return BreakStatistics(process=process, sup=top, ave=process.mean(axis=1), exp=exp)


def means_with(y: FloatArray, exposure: FloatArray, breaks: IntArray, further: IntArray) -> FloatArray:
    """Give expected counts, the shape of `y`, when each series has one more break of its own.

    Parameters
    ----------
    y : FloatArray, shape (n_series, n)
    exposure : FloatArray, shape (n,)
    breaks : IntArray, shape (m,)
        First window of each regime common to all series.
    further : IntArray, shape (n_series,)
        First window of one more regime in each series, not among `breaks`.
    """
    place, row = np.arange(y.shape[1]), np.arange(len(y))
    edges = np.array([0, *breaks, y.shape[1]], dtype=np.int64)
    at = np.searchsorted(edges, further, side="right")
    start, end = edges[at - 1], edges[at]
    count, time = cumulate(y), cumulate(exposure)
    before = (count[row, further] - count[row, start]) / (time[further] - time[start])
    after = (count[row, end] - count[row, further]) / (time[end] - time[further])
    own = np.where(place < further[:, None], before[:, None], after[:, None]) * exposure
    inside = (place >= start[:, None]) & (place < end[:, None])
    return np.where(inside, own, regime_means(y, exposure, breaks))


def long_run_dispersion_about(y: FloatArray, mu: FloatArray) -> FloatArray:
    """Give the long-run variance of the counts over their mean, shape (n_series,).

    Notes
    -----
    Bartlett weights over the whole part of ``1.3 n^(1/3)`` lags, counted in windows: 6 for ten years of months.
    """
    residual = y - mu
    lags = int(1.3 * y.shape[1] ** (1 / 3))
    variance = (residual**2).sum(axis=1)
    for k in range(1, lags + 1):
        variance += 2 * (1 - k / (lags + 1)) * np.einsum("ij,ij->i", residual[:, k:], residual[:, :-k])
    return np.asarray(np.maximum(variance, 0.0) / np.maximum(mu.sum(axis=1), np.finfo(float).tiny))
