"""The latent path given some of the windows only: what a counterfactual may know.

A path predicted from all counts has learnt from the counts after an event, and would hand part of the effect to chance.
Given the windows before it only, the prediction returns to 0 and its variance to sigma2 as the event recedes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy.linalg.lapack import dpbtrf, dpbtrs, dtbtrs

from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.ar1 import Ar1Fit
from violence_stats.fitting.ar1_layout import lay_out
from violence_stats.fitting.ar1_process import inverse_bands, precision_bands
from violence_stats.fitting.ar1_working import CountProblem, Path, linearise
from violence_stats.fitting.composite import IntArray
from violence_stats.series import FloatArray

BoolArray: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

MAX_ITERATIONS = 100
TOLERANCE = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathForecast:
    """A predicted latent path and how uncertain it is, coefficients and variance parameters taken as known.

    Attributes
    ----------
    mean : FloatArray, shape (n_periods,)
        Predicted u; a cell expects ``exp(x'b + log_exposure + u - sigma2 / 2)``.
    variance : FloatArray, shape (n_periods,)
    factor : FloatArray, shape (bandwidth + 1, n_periods)
        Lower banded Cholesky factor of the path's precision times sigma2.
    sigma2 : float
    """

    mean: FloatArray
    variance: FloatArray
    factor: FloatArray
    sigma2: float

    def draw(self, generator: np.random.Generator, n_draws: int) -> FloatArray:
        """Draw paths, shape (n_draws, n_periods)."""
        noise = generator.standard_normal((len(self.mean), n_draws), dtype=float)
        shaped = dtbtrs(self.factor, np.asfortranarray(noise), uplo="L", trans="T")[0]
        return np.asarray(self.mean + np.sqrt(self.sigma2) * shaped.T)


def forecast_path(
    y: FloatArray,
    X: FloatArray,
    log_exposure: FloatArray,
    window: IntArray,
    period: IntArray,
    *,
    fit: Ar1Fit,
    known: BoolArray,
) -> PathForecast:
    """Predict the latent path from some of the windows.

    Parameters
    ----------
    y, X, log_exposure, window, period
        What `fit` was fitted to.
    fit : Ar1Fit
    known : BoolArray, shape (n_windows,)
        Windows whose counts may be used.

    Raises
    ------
    SpecificationError
        If `known` has another length than the counts.
    FitError
        If the prediction does not settle.
    """
    if known.shape != y.shape:
        raise SpecificationError(f"expected {len(y)} entries in known, one a window, got {known.shape}")
    layout = lay_out(window, period - period.min())
    problem = CountProblem(y=y, X=X, log_exposure=log_exposure, layout=layout, form=fit.form)
    dispersion, sigma2, rho = fit.theta
    if sigma2 == 0:
        rho = 0.0
    omega = precision_bands(rho, layout.n_periods)
    path = Path(np.zeros(layout.n_periods), np.full(layout.n_periods, sigma2))
    for _ in range(MAX_ITERATIONS):
        working = linearise(problem, fit.beta, path, sigma2)
        precision = np.where(known, 1 / working.variance(dispersion), 0.0)
        bands = sigma2 * layout.cross_bands(working.pair, precision)
        bands[:2] += omega
        factor, _ = dpbtrf(bands, lower=1)
        rest = working.columns[:, -1:] - working.columns[:, :-1] @ fit.beta[:, None]
        pull = layout.gather(working.pair, precision[:, None] * rest)
        mean = sigma2 * dpbtrs(factor, pull, lower=1)[0][:, 0]
        variance = sigma2 * inverse_bands(factor)[0]
        moved = max(np.abs(mean - path.mean).max(), np.abs(variance - path.variance).max())
        path = Path(mean, variance)
        if moved < TOLERANCE:
            return PathForecast(mean=mean, variance=variance, factor=factor, sigma2=sigma2)
    raise FitError(f"the latent path did not settle in {MAX_ITERATIONS} iterations: use the fitted path instead")
