"""Counts under a changed design, as the windows before an event foretell them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.fitting.latent_forecast import KnownCounts, PathForecast, forecast_path, no_path
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountScenario:
    """Some windows of counts; a `Scenario`.

    Attributes
    ----------
    X : FloatArray, shape (n_cells, p)
        The changed design over the cells of the windows.
    offset : FloatArray, shape (n_cells,)
        Log exposure, less half the latent variance.
    window : IntArray, shape (n_cells,)
    period : IntArray, shape (n_cells,)
        Place of the cell's period in `path`.
    path : PathForecast
    slope : FloatArray, shape (h, p)
    phi : float
        Variance of a count in units of its mean; 1 for the negative binomial.
    alpha : float
        What mu^2 adds to the variance under the negative binomial.
    """

    X: FloatArray
    offset: FloatArray
    window: IntArray
    period: IntArray
    path: PathForecast
    slope: FloatArray
    phi: float
    alpha: float

    @property
    def average_effect(self) -> FloatArray:
        """``E exp(u)`` is ``exp(mean + variance / 2)``."""
        return np.asarray(self.path.mean + np.diag(self.path.cov) / 2)

    def values(self, beta: FloatArray, level: FloatArray) -> FloatArray:
        """Give expected counts (n, h) at coefficients (n, p) and paths (n, m)."""
        cell = np.exp(beta @ self.X.T + self.offset + level[:, self.period])
        return sum_by_window(cell.T, window_starts(self.window)).T

    def with_noise(self, values: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Draw counts: negative binomial with variance ``phi mu`` or ``mu + alpha mu^2``, Poisson at their limits."""
        if self.alpha > 0:
            return rng.negative_binomial(1 / self.alpha, 1 / (1 + self.alpha * values)).astype(float)
        if self.phi <= 1:
            return rng.poisson(values).astype(float)
        return rng.negative_binomial(values / (self.phi - 1), 1 / self.phi).astype(float)


def count_scenario(
    frame: ModelFrame, estimate: Estimate, X: FloatArray, *, chosen: list[int], known: list[int]
) -> CountScenario:
    """Set up windows of counts.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
    X : FloatArray, shape (n_cells, p)
        The changed design over all cells of the frame.
    chosen : list of int
        Places of the windows asked for.
    known : list of int
        Places of the windows that end before the event.
    """
    inside = np.isin(frame.cells.window, chosen)
    periods, place = np.unique(frame.cells.period[inside] - 1, return_inverse=True)
    half_sigma2 = 0.0 if estimate.ar1 is None else estimate.ar1.theta.sigma2 / 2
    offset = frame.log_exposure[inside] - half_sigma2
    window = np.searchsorted(chosen, frame.cells.window[inside])
    cell = np.exp(X[inside] @ estimate.beta + frame.log_exposure[inside])
    return CountScenario(
        X=X[inside],
        offset=offset,
        window=window,
        period=place,
        path=_path(frame, estimate, periods, known),
        slope=sum_by_window(cell[:, None] * X[inside], window_starts(window)),
        phi=estimate.dispersion,
        alpha=_alpha(estimate),
    )


def _path(frame: ModelFrame, estimate: Estimate, periods: IntArray, known: list[int]) -> PathForecast:
    if estimate.ar1 is None:
        return no_path(len(periods), len(estimate.beta))
    before = np.isin(frame.cells.window, known)
    counts = KnownCounts(
        y=frame.y[known],
        X=frame.design.X[before],
        log_exposure=frame.log_exposure[before],
        window=np.searchsorted(known, frame.cells.window[before]),
        period=frame.cells.period[before] - 1,
    )
    return forecast_path(counts, periods, estimate.beta, estimate.ar1.theta, form=estimate.ar1.form)


def _alpha(estimate: Estimate) -> float:
    if estimate.ar1 is not None and estimate.ar1.form == "nugget":
        return estimate.ar1.theta.dispersion
    return 1 / estimate.nuisance["theta"] if "theta" in estimate.nuisance else 0.0
