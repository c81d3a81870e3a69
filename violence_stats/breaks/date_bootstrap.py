"""Intervals of break dates from series simulated at the estimate: for regimes too short for large-sample theory."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.breaks.break_process import break_gains
from violence_stats.breaks.linear import RegimeFit


def simulate_regimes(
    fit: RegimeFit, y: FloatArray, n_series: int, rng: np.random.Generator, *, serial: bool
) -> FloatArray:
    """Simulate series with the fitted regimes, normal errors of each regime's variance.

    Parameters
    ----------
    fit : RegimeFit
    y : FloatArray, shape (n,)
        The series that was fitted.
    n_series : int
    rng : numpy.random.Generator
    serial : bool
        Give the errors the lag-one correlation of the residuals, not below 0.

    Returns
    -------
    FloatArray, shape (n_series, n)
    """
    n = len(y)
    regime = np.searchsorted(fit.breaks, np.arange(n), side="right")
    squares, size = np.bincount(regime, fit.residuals**2), np.bincount(regime)
    deviation = np.sqrt(squares / np.maximum(size - fit.coef.shape[1], 1))[regime]
    scaled = fit.residuals / np.where(deviation > 0, deviation, 1.0)
    rho = float(np.clip(scaled[1:] @ scaled[:-1] / (scaled @ scaled), 0.0, 0.95)) if serial else 0.0
    noise = rng.standard_normal((n_series, n))
    noise[:, 1:] *= np.sqrt(1 - rho**2)
    return np.asarray((y - fit.residuals) + deviation * lfilter([1.0], [1.0, -rho], noise, axis=1))


def bootstrap_date_errors(fit: RegimeFit, Z: FloatArray, X: FloatArray, simulated: FloatArray) -> list[IntArray]:
    """Errors of each re-estimated break date, in observations; its neighbours are held, trimming is not.

    Parameters
    ----------
    fit : RegimeFit
    Z, X : FloatArray
        Regressors as fitted; the common coefficients are held.
    simulated : FloatArray, shape (n_series, n)

    Returns
    -------
    list of IntArray, each of shape (n_series,)
    """
    held = simulated - X @ fit.coef_common
    edges = [0, *fit.breaks.tolist(), len(Z)]
    errors = []
    for before, at, after in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        reach = Z.shape[1] + 1
        candidates = np.arange(before + reach, after - reach + 1)
        gains = break_gains(held[:, before:after], Z[before:after], np.empty((after - before, 0)), candidates - before)
        errors.append(candidates[np.argmax(gains, axis=1)] - at)
    return errors


def interval_from_errors(at: float, errors: FloatArray | IntArray, level: float) -> tuple[float, float]:
    """Estimate less the upper and lower quantiles of its error; holds the estimate itself."""
    tail = (1 - level) / 2
    low, high = np.quantile(errors, [tail, 1 - tail], method="closest_observation")
    return min(at, at - float(high)), max(at, at - float(low))
