"""One rate per regime for counts over windows: deviances, what a break gains, and a break inside a long window.

The quasi-Poisson deviance of a regime with one rate has a closed form in cumulated counts and exposures, so that
windows of any length cost what months cost. All functions take many series at once where they serve the bootstrap:
counts of shape (n_series, n_windows), exposure of shape (n_windows,).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from violence_stats.arrays import BoolArray, FloatArray, IntArray


def segment_deviance(y: FloatArray, exposure: FloatArray, allowed: BoolArray) -> FloatArray:
    """Poisson deviance of one rate in each segment.

    Parameters
    ----------
    y, exposure : FloatArray, shape (n,)
        Counts, and days or person-time.
    allowed : array of bool, shape (n + 1, n + 1)
        Segments that may be regimes.

    Returns
    -------
    FloatArray, shape (n + 1, n + 1)
        Row i, column j: windows i to j - 1. Infinite where not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> whole = segment_deviance(np.array([30.0, 62.0]), np.array([30.0, 31.0]), np.ones((3, 3), dtype=bool))
    >>> round(float(whole[0, 2]), 3)
    10.342
    """
    allowed = np.triu(allowed, 1)
    own = cumulate(xlogy(y, y / exposure))
    count, time = cumulate(y), cumulate(exposure)
    steps = (one[None, :] - one[:, None] for one in (own, count, time))
    saturated, events, at_risk = (np.where(allowed, step, 1.0) for step in steps)
    return np.where(allowed, np.maximum(2 * (saturated - xlogy(events, events / at_risk)), 0.0), np.inf)


def cumulate(values: FloatArray) -> FloatArray:
    """Give sums from the first value on, starting with 0, along the last axis."""
    return np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)


def break_gains(y: FloatArray, exposure: FloatArray, candidates: IntArray) -> FloatArray:
    """Fall in the deviance when the rate breaks at each candidate, shape (n_series, n_candidates).

    Parameters
    ----------
    y : FloatArray, shape (n_series, n)
    exposure : FloatArray, shape (n,)
    candidates : IntArray, shape (n_candidates,)
        First window of the new regime.
    """
    before = np.cumsum(y, axis=1)[:, candidates - 1]
    time_before = np.cumsum(exposure)[candidates - 1]
    total, time = y.sum(axis=1, keepdims=True), exposure.sum()
    after, time_after = total - before, time - time_before
    split = xlogy(before, before / time_before) + xlogy(after, after / time_after)
    return np.asarray(2 * (split - xlogy(total, total / time)))


def pearson_dispersion(y: FloatArray, mu: FloatArray, n_coefficients: int) -> FloatArray:
    """Give the Pearson statistic over its degrees of freedom, shape (n_series,); counts that do not vary give 0."""
    safe = np.maximum(mu, np.finfo(float).tiny)
    return np.asarray(((y - mu) ** 2 / safe).sum(axis=-1) / (y.shape[-1] - n_coefficients))


def regime_means(y: FloatArray, exposure: FloatArray, breaks: IntArray) -> FloatArray:
    """Give expected counts when each regime has its own rate, the same shape as `y`."""
    starts = np.concatenate([[0], breaks]).astype(np.int64)
    rate = np.add.reduceat(y, starts, axis=-1) / np.add.reduceat(exposure, starts)
    regime = np.searchsorted(breaks, np.arange(len(exposure)), side="right")
    return np.asarray(rate[..., regime] * exposure)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SplitFit:
    """A break inside a window: its count is the sum of two parts at two rates.

    Attributes
    ----------
    deviance_change : FloatArray, shape (n_splits,)
        Deviance of the whole stretch, beside the part that no rate touches: lower is better.
    rates : FloatArray, shape (n_splits, 2)
        Rate before and after the break.
    """

    deviance_change: FloatArray
    rates: FloatArray


def fit_splits(
    around: tuple[tuple[float, float], tuple[float, float]], count: float, before: FloatArray, after: FloatArray
) -> SplitFit:
    """Fit two rates to a stretch whose break lies inside one window, for several places in it.

    Parameters
    ----------
    around : pair of (count, exposure)
        Of the windows before and of those after the window that is split; an exposure may be 0.
    count : float
        The count of the window.
    before, after : FloatArray, shape (n_splits,)
        Exposure of the window before and after each place, either of which may be 0 where the other is not.

    Notes
    -----
    A composite link: the window's mean is the sum over its parts (Thompson & Baker 1981). With p the share of the count
    that falls before the break, the likelihood equations are one quadratic in p with one root in [0, 1].
    """
    (count_1, time_1), (count_2, time_2) = around
    a, b = _ratio(before, time_1 + before), _ratio(after, time_2 + after)
    quadratic = (a - b) * count
    linear = a * count_1 + b * count_2 + (b - a) * count
    constant = -a * count_1
    root = np.sqrt(np.maximum(linear**2 - 4 * quadratic * constant, 0.0))
    # Two forms of the same root: the first loses its digits where the linear term is negative.
    share = np.where(linear >= 0, _ratio(-2 * constant, linear + root), _ratio(root - linear, 2 * quadratic))
    share = np.clip(share, 0.0, 1.0)
    rate_1 = _ratio(count_1 + share * count, time_1 + before)
    rate_2 = _ratio(count_2 + (1 - share) * count, time_2 + after)
    mean = before * rate_1 + after * rate_2
    likelihood = xlogy(count_1, rate_1) + xlogy(count_2, rate_2) + xlogy(count, mean)
    return SplitFit(deviance_change=-2 * likelihood, rates=np.column_stack([rate_1, rate_2]))


def _ratio(top: FloatArray | float, bottom: FloatArray | float) -> FloatArray:
    bottom = np.asarray(bottom, dtype=float)
    return np.divide(top, bottom, out=np.zeros(np.broadcast(top, bottom).shape), where=bottom != 0)
