"""Where a latent AR(1) path is heading, given counts up to some window.

The path u of `violence_stats.fitting.ar1` given the counts of some windows, at known coefficients and variance
parameters: its mode and the inverse curvature there (the normal approximation that penalised quasi-likelihood rests
on), for periods inside, between or after those windows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import FitError
from violence_stats.fitting.ar1_process import precision_bands
from violence_stats.fitting.ar1_working import Theta, VarianceForm
from violence_stats.fitting.composite import sum_by_window, window_starts

MAX_ITERATIONS = 100
TOLERANCE = 1e-10
LONGEST_STEP = 1.0
"""Logs by which a period's path may move in one iteration: further out the linearisation says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathForecast:
    """A normal distribution of the path over some periods.

    Attributes
    ----------
    mean : FloatArray, shape (h,)
    cov : FloatArray, shape (h, h)
    slope : FloatArray, shape (h, p)
        Derivative of `mean` by the coefficients: residuals move against them.
    """

    mean: FloatArray
    cov: FloatArray
    slope: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownCounts:
    """The windows that the path is judged by; none at all leaves its stationary distribution.

    Attributes
    ----------
    y : FloatArray, shape (n_windows,)
    X : FloatArray, shape (n_cells, p)
    log_exposure : FloatArray, shape (n_cells,)
    window : IntArray, shape (n_cells,)
        0, 1, ... in order.
    period : IntArray, shape (n_cells,)
        Calendar period of each cell, 0 or more.
    """

    y: FloatArray
    X: FloatArray
    log_exposure: FloatArray
    window: IntArray
    period: IntArray


def no_path(n_periods: int, n_terms: int) -> PathForecast:
    """Give the path of a model without one: 0 throughout, for certain."""
    return PathForecast(
        mean=np.zeros(n_periods), cov=np.zeros((n_periods, n_periods)), slope=np.zeros((n_periods, n_terms))
    )


def forecast_path(
    known: KnownCounts, periods: IntArray, beta: FloatArray, theta: Theta, *, form: VarianceForm
) -> PathForecast:
    """Give the path over `periods`, shape (h,), in the numbering of ``known.period``.

    Raises
    ------
    FitError
        If the mode is not found.

    Examples
    --------
    >>> none = np.empty(0, dtype=np.int64)
    >>> nothing = KnownCounts(
    ...     y=np.empty(0), X=np.empty((0, 1)), log_exposure=np.empty(0), window=none, period=none
    ... )
    >>> forecast_path(nothing, np.array([0, 1]), np.zeros(1), Theta(1.0, 0.04, 0.5), form="proportional").cov.round(3)
    array([[0.04, 0.02],
           [0.02, 0.04]])
    """
    if theta.sigma2 == 0:
        return no_path(len(periods), len(beta))
    n_periods = int(max(periods.max(), known.period.max(initial=0))) + 1
    bands = precision_bands(theta.rho, n_periods) / theta.sigma2
    prior = np.diag(bands[0]) + np.diag(bands[1, :-1], 1) + np.diag(bands[1, :-1], -1)
    path, precision, pull = np.zeros(n_periods), prior, np.zeros((n_periods, len(beta)))
    if len(known.y):
        path, precision, pull = _mode(known, beta, theta, prior, form=form)
    cov = np.linalg.inv(precision)[periods]
    return PathForecast(mean=path[periods], cov=cov[:, periods], slope=-cov @ pull)


def _mode(
    known: KnownCounts, beta: FloatArray, theta: Theta, prior: FloatArray, *, form: VarianceForm
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Most likely path, its precision, and ``G' W^-1 Z`` there."""
    starts = window_starts(known.window)
    fixed = known.X @ beta + known.log_exposure - theta.sigma2 / 2
    path = np.zeros(len(prior))
    for _ in range(MAX_ITERATIONS):
        cell = np.exp(fixed + path[known.period])
        mu = sum_by_window(cell, starts)
        variance = theta.dispersion * mu if form == "proportional" else mu + theta.dispersion * mu**2
        G = np.zeros((len(mu), len(path)))
        np.add.at(G, (known.window, known.period), cell)
        weighted = G / variance[:, None]
        precision = prior + weighted.T @ G
        step = np.linalg.solve(precision, weighted.T @ (known.y - mu) - prior @ path)
        furthest = float(np.abs(step).max())
        if furthest < TOLERANCE:
            return path, precision, weighted.T @ sum_by_window(cell[:, None] * known.X, starts)
        path = path + step * min(1.0, LONGEST_STEP / furthest)
    raise FitError("the latent path before the event was not found: counts or exposure are extreme; widen the window")


def forecast_errors(
    last_residual: float, last_row: FloatArray, ahead: FloatArray, *, sigma2: float, rho: float
) -> PathForecast:
    """Give the AR(1) errors of a linear model some periods after its last known row.

    Parameters
    ----------
    last_residual : float
        Of the last known row; earlier ones add nothing.
    last_row : FloatArray, shape (p,)
        Its regressors.
    ahead : FloatArray, shape (h,)
        Periods from that row on, 1 or more, increasing.
    sigma2 : float
        Stationary variance of the errors.
    rho : float
    """
    decay = rho**ahead
    cov = sigma2 * (rho ** np.abs(ahead[:, None] - ahead[None, :]) - np.outer(decay, decay))
    return PathForecast(mean=decay * last_residual, cov=cov, slope=-np.outer(decay, last_row))
