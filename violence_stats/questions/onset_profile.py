"""The deviance of many gradual onsets at once: Poisson fits that differ in one column, on counts over windows.

Notation as in `violence_stats.fitting.composite`. The fits share the other columns and the starting point, so that
they are scored together, one batch of Fisher steps for all.
"""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.months import MONTH_DAYS

MAX_ITERATIONS = 30
TOLERANCE = 1e-8


def onset_column(days_since: FloatArray, n_days: IntArray, tau_months: float) -> FloatArray:
    """Average of ``1 - exp(-t / tau)`` over the days of each cell, 0 before the start.

    Parameters
    ----------
    days_since : FloatArray, shape (n_cells,)
        Days from the start to the first day of the cell; cells do not straddle it.
    n_days : IntArray, shape (n_cells,)
    tau_months : float
        0 is a step.
    """
    begun = days_since >= 0
    if tau_months == 0:
        return begun.astype(float)
    tau = tau_months * MONTH_DAYS
    first = np.where(begun, days_since, 0.0)
    left = tau / n_days * (np.exp(-first / tau) - np.exp(-(first + n_days) / tau))
    return np.where(begun, 1.0 - left, 0.0)


def profile_deviance(
    y: FloatArray, base: FloatArray, columns: FloatArray, log_exposure: FloatArray, starts: IntArray, guess: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Fit every column beside the base and give each fit's deviance and effect.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,)
    base : FloatArray, shape (n_cells, p)
    columns : FloatArray, shape (n_fits, n_cells)
    log_exposure : FloatArray, shape (n_cells,)
    starts : IntArray, shape (n_windows,)
        First cell of each window.
    guess : FloatArray, shape (p + 1,)
        Coefficients to start from, those of the base first.

    Returns
    -------
    deviance, effect : FloatArray, shape (n_fits,)
        Infinite and NaN where the scoring did not settle.
    """
    n_fits = len(columns)
    X = np.concatenate([np.broadcast_to(base, (n_fits, *base.shape)), columns[:, :, None]], axis=2)
    beta = np.tile(guess, (n_fits, 1))
    settled = np.zeros(n_fits, dtype=bool)
    ridge = 1e-10 * np.eye(X.shape[2])
    for _ in range(MAX_ITERATIONS):
        mu, Z = _expected(X, beta, log_exposure, starts)
        weighted = Z / mu[:, :, None]
        information = np.einsum("fwp,fwq->fpq", weighted, Z)
        score = np.einsum("fwp,fw->fp", weighted, y - mu)
        step = np.linalg.solve(information + ridge, score[:, :, None])[:, :, 0]
        beta = beta + np.clip(step, -1.0, 1.0)
        settled = np.einsum("fp,fp->f", step, score) < TOLERANCE
        if settled.all():
            break
    mu, _ = _expected(X, beta, log_exposure, starts)
    with np.errstate(divide="ignore", invalid="ignore"):
        deviance = 2 * np.where(y > 0, y * np.log(y / mu), 0.0).sum(axis=1) - 2 * (y - mu).sum(axis=1)
    return np.where(settled, deviance, np.inf), np.where(settled, beta[:, -1], np.nan)


def _expected(
    X: FloatArray, beta: FloatArray, log_exposure: FloatArray, starts: IntArray
) -> tuple[FloatArray, FloatArray]:
    cell = np.exp(np.clip(np.einsum("fcp,fp->fc", X, beta) + log_exposure, -30.0, 30.0))
    mu = np.add.reduceat(cell, starts, axis=1)
    Z = np.add.reduceat(cell[:, :, None] * X, starts, axis=1)
    return mu, Z
