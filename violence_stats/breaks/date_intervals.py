"""Confidence intervals for the break dates of a linear model (Bai 1997); where programs differ the choice is named."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.breaks.date_distribution import error_quantiles, long_run_moments
from violence_stats.breaks.linear import RegimeFit

RegressorMoments: TypeAlias = Literal["regime", "pooled", "at-break"]
ErrorVariance: TypeAlias = Literal["regime", "pooled"]

_SMALLEST_SIGNAL = 1e-12
"""Squared drift over variance, per observation, below which the change is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalChoices:
    """What the interval of a break date assumes.

    Attributes
    ----------
    regressors : {'regime', 'pooled', 'at-break'}
        Second moments of the breaking regressors: of each regime, of the whole series, or at the break itself. A trend
        has the last only (Bai 1997); for a level all three are the same.
    errors : {'regime', 'pooled'}
        Error variance of each regime, or one for all.
    lags : int or None
        Lags of the Bartlett kernel for autocorrelated errors; None takes them as independent.
    level : float
        Such as 0.95.
    """

    regressors: RegressorMoments = "regime"
    errors: ErrorVariance = "regime"
    lags: int | None = None
    level: float = 0.95


def date_intervals(fit: RegimeFit, Z: FloatArray, choices: IntervalChoices) -> FloatArray:
    """Interval for the first observation of each new regime, before rounding and not cut at the ends of the series.

    Parameters
    ----------
    fit : RegimeFit
    Z : FloatArray, shape (n, q)
        Regressors whose coefficients break.
    choices : IntervalChoices

    Returns
    -------
    FloatArray, shape (m, 2)
        Whole observations, lowest and highest, rounded outwards; infinite where the coefficients do not change at the
        break, so that nothing dates it.
    """
    edges = [0, *fit.breaks.tolist(), len(Z)]
    parts = [slice(start, end) for start, end in pairwise(edges)]
    intervals = np.empty((len(fit.breaks), 2))
    for place, date in enumerate(fit.breaks):
        change = fit.coef[place + 1] - fit.coef[place]
        sides = [_drift_and_variance(fit, Z, part, int(date), change, choices) for part in parts[place : place + 2]]
        (a1, w1), (a2, w2) = sides
        if min(a1**2 - _SMALLEST_SIGNAL * w1, a2**2 - _SMALLEST_SIGNAL * w2) <= 0:
            intervals[place] = -np.inf, np.inf
            continue
        low, high = error_quantiles(choices.level, (a1, a2), (w1, w2))
        intervals[place] = date - np.ceil(high), date - np.floor(low)
    return intervals


def _drift_and_variance(
    fit: RegimeFit, Z: FloatArray, part: slice, date: int, change: FloatArray, choices: IntervalChoices
) -> tuple[float, float]:
    """Drift d'Q d and variance d'Omega d by observation, on the side of the break that `part` covers."""
    residuals = fit.residuals[part] if choices.errors == "regime" else fit.residuals
    if choices.regressors == "at-break":
        moments = np.outer(Z[date], Z[date])
    else:
        rows = Z[part] if choices.regressors == "regime" else Z
        moments = rows.T @ rows / len(rows)
    drift = float(change @ moments @ change)
    if choices.lags is None:
        return drift, drift * float(residuals @ residuals) / len(residuals)
    if choices.regressors == "at-break":
        return drift, drift * float(long_run_moments(residuals[:, None], choices.lags)[0, 0])
    rows = Z[part] if choices.errors == "regime" else Z
    return drift, float(change @ long_run_moments(rows * residuals[:, None], choices.lags) @ change)
