"""Values of the gaussian family under a changed design, as the windows before an event foretell them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.latent_forecast import PathForecast, forecast_errors, no_path
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame, gaussian_rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GaussianScenario:
    """Some windows of values; a `Scenario`.

    Attributes
    ----------
    slope : FloatArray, shape (h, p)
        The changed design by window.
    scale : FloatArray, shape (h,)
        What an error of a row counts for in its window's value.
    path : PathForecast
        Correlated errors by window; none under independent ones.
    noise_sd : float
        Standard deviation of an independent error.
    """

    slope: FloatArray
    scale: FloatArray
    path: PathForecast
    noise_sd: float

    @property
    def average_effect(self) -> FloatArray:
        """Errors are additive: their mean."""
        return self.path.mean

    def values(self, beta: FloatArray, level: FloatArray) -> FloatArray:
        """Give expected values (n, h) at coefficients (n, p) and errors (n, h)."""
        return np.asarray(beta @ self.slope.T + level * self.scale)

    def with_noise(self, values: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Add independent errors; none where the errors are all in the path."""
        if self.noise_sd == 0:
            return values
        return values + self.noise_sd * self.scale * rng.standard_normal(values.shape)


def gaussian_scenario(
    frame: ModelFrame, estimate: Estimate, X: FloatArray, *, chosen: list[int], known: list[int]
) -> GaussianScenario:
    """Set up windows of values; parameters as for `count_scenario`."""
    rows = gaussian_rows(frame)
    correlated = "rho" in estimate.nuisance
    path = no_path(len(chosen), len(estimate.beta))
    if correlated:
        last, period = known[-1], frame.cells.period[frame.starts]
        path = forecast_errors(
            float(rows.y[last] - rows.X[last] @ estimate.beta),
            rows.X[last],
            (period[chosen] - period[last]).astype(float),
            sigma2=estimate.stationary_variance,
            rho=estimate.nuisance["rho"],
        )
    return GaussianScenario(
        slope=frame.by_window(frame.cell_weight[:, None] * X)[chosen],
        scale=rows.scale[chosen],
        path=path,
        noise_sd=0.0 if correlated else float(np.sqrt(estimate.dispersion)),
    )
