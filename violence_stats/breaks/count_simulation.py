"""Series of counts without further breaks, as over-dispersed and autocorrelated as the data: a bootstrap's null."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.design.cells import Cells
from violence_stats.fitting.ar1 import Ar1Fit, fit_ar1
from violence_stats.fitting.composite import sum_by_window, window_starts

COUNT_OF_AN_EMPTY_REGIME = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountProcess:
    """Over-dispersed counts over windows on a latent AR(1) path.

    Attributes
    ----------
    cell_mean : FloatArray, shape (n_cells,)
        Expected count of each cell, averaged over paths.
    window, period : IntArray, shape (n_cells,)
        Window (0, 1, ... in order) and calendar period (0, 1, ...) of each cell.
    phi, sigma2, rho : float
        Variance over mean given the path (1 or more), variance of the log rate, its lag-one correlation.
    """

    cell_mean: FloatArray
    window: IntArray
    period: IntArray
    phi: float
    sigma2: float
    rho: float


def fit_process(y: FloatArray, cells: Cells, regime: IntArray) -> tuple[CountProcess, Ar1Fit]:
    """Fit mean, phi, sigma2 and rho with one rate per regime.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,)
    cells : Cells
    regime : IntArray, shape (n_cells,)
        0, 1, ...; a window may hold cells of two regimes. One whose windows hold no count is fitted as if they held
        `COUNT_OF_AN_EMPTY_REGIME`: its rate would have no logarithm.
    """
    n_regimes = int(regime.max()) + 1
    X = np.eye(n_regimes)[regime]
    period = np.asarray(cells.period - 1, dtype=np.int64)
    log_exposure = np.log(cells.n_days)
    fit = fit_ar1(_off_zero(y, cells, regime), X, log_exposure, cells.window, period)
    process = CountProcess(
        cell_mean=np.exp(X @ fit.beta + log_exposure),
        window=cells.window,
        period=period,
        phi=fit.theta.dispersion,
        sigma2=fit.theta.sigma2,
        rho=0.0 if np.isnan(fit.theta.rho) else fit.theta.rho,
    )
    return process, fit


def _off_zero(y: FloatArray, cells: Cells, regime: IntArray) -> FloatArray:
    """Spread `COUNT_OF_AN_EMPTY_REGIME` over the windows of each regime that holds none."""
    first = window_starts(cells.window)
    last = np.append(first[1:], len(regime)) - 1
    own = np.where(regime[first] == regime[last], regime[first], -1)
    days = sum_by_window(cells.n_days.astype(float), first)
    filled = y.copy()
    for one in np.unique(own[own >= 0]):
        inside = own == one
        if not y[inside].any():
            filled[inside] = COUNT_OF_AN_EMPTY_REGIME * days[inside] / days[inside].sum()
    return filled


def simulate_counts(process: CountProcess, n_series: int, rng: np.random.Generator) -> FloatArray:
    """Draw series of counts, shape (n_series, n_windows).

    Notes
    -----
    Given the path a window is negative binomial with variance phi times mean (a gamma mixture of Poisson counts),
    Poisson at phi = 1.
    """
    n_periods = int(process.period[-1]) + 1
    noise = rng.standard_normal((n_series, n_periods))
    noise[:, 1:] *= np.sqrt(1 - process.rho**2)
    path = np.sqrt(process.sigma2) * lfilter([1.0], [1.0, -process.rho], noise, axis=1)
    cell = process.cell_mean * np.exp(path[:, process.period] - process.sigma2 / 2)
    mean = sum_by_window(cell.T, window_starts(process.window)).T
    extra = process.phi - 1
    if extra > 1e-8:
        mean = rng.gamma(mean / extra, extra)
    return np.asarray(rng.poisson(mean), dtype=float)


def long_run_dispersion(process: CountProcess, length: float) -> float:
    """Variance over mean of the total of `length` periods, autocorrelation included; 1 or more.

    Parameters
    ----------
    process : CountProcess
    length : float
        Periods, such as the mean length of a regime.

    Notes
    -----
    phi plus the mean count of a period times the variance of the sum of `length` steps of the path, over `length`.
    """
    rho = process.rho
    drift = (1 + rho) / (1 - rho) - 2 * rho * (1 - rho**length) / (length * (1 - rho) ** 2)
    mean = process.cell_mean.sum() / (process.period[-1] + 1)
    return max(1.0, float(process.phi + mean * process.sigma2 * drift))
