"""Draw counts from the model that the default errors assume, to measure size, coverage and power.

A world has an expected count for each cell, a latent AR(1) path on the log rate over calendar periods with
``E exp(u - sigma2 / 2) = 1``, and negative-binomial counts about the path: variance ``phi mu`` (proportional), which
adds up over cells, or ``mu + d mu^2`` by window (nugget).
"""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_working import Theta, VarianceForm
from violence_stats.fitting.composite import sum_by_window, window_starts


def simulate_latent(generator: np.random.Generator, n_periods: int, theta: Theta, n_draws: int) -> FloatArray:
    """Draw stationary AR(1) paths of variance sigma2, shape (n_draws, n_periods)."""
    path = generator.standard_normal((n_periods, n_draws)) * np.sqrt(theta.sigma2)
    innovation_scale = np.sqrt(1 - theta.rho**2)
    for t in range(1, n_periods):
        path[t] = theta.rho * path[t - 1] + innovation_scale * path[t]
    return np.asarray(path.T)


def simulate_counts(
    generator: np.random.Generator,
    expected: FloatArray,
    window: IntArray,
    period: IntArray,
    theta: Theta,
    *,
    n_draws: int = 1,
    form: VarianceForm = "proportional",
) -> FloatArray:
    """Draw series of counts over windows.

    Parameters
    ----------
    generator : numpy.random.Generator
        Seeded by the caller.
    expected : FloatArray, shape (n_cells,)
        Expected count of each cell, averaged over paths.
    window : IntArray, shape (n_cells,)
        Window of each cell: 0, 1, ... in order.
    period : IntArray, shape (n_cells,)
        Calendar period of each cell, 0 or more.
    theta : Theta
        Dispersion (phi >= 1, or d >= 0 of the nugget form), sigma2 >= 0 and -1 < rho < 1.
    n_draws : int
    form : {'proportional', 'nugget'}

    Returns
    -------
    FloatArray, shape (n_draws, n_windows)

    Raises
    ------
    SpecificationError
        If a variance parameter lies outside its bounds.

    Examples
    --------
    >>> months = np.arange(48)
    >>> draws = simulate_counts(
    ...     np.random.default_rng(1), np.full(48, 200.0), months, months, Theta(2.0, 0.04, 0.5), n_draws=3
    ... )
    >>> draws.shape
    (3, 48)
    """
    if theta.sigma2 < 0 or not -1 < theta.rho < 1:
        raise SpecificationError(f"expected sigma2 >= 0 and -1 < rho < 1, got {tuple(theta)}")
    path = simulate_latent(generator, int(period.max()) + 1, theta, n_draws)
    cell = expected * np.exp(path[:, period] - theta.sigma2 / 2)
    mu = sum_by_window(cell.T, window_starts(window)).T
    return draw_counts(generator, mu, theta.dispersion, form)


def draw_counts(
    generator: np.random.Generator, mu: FloatArray, dispersion: float, form: VarianceForm = "proportional"
) -> FloatArray:
    """Draw counts about expected counts of any shape, negative-binomial, Poisson at the least dispersion.

    Raises
    ------
    SpecificationError
        If the dispersion lies below 1 (proportional) or 0 (nugget).
    """
    least = 1.0 if form == "proportional" else 0.0
    if dispersion < least:
        raise SpecificationError(f"expected a dispersion of {least:g} or more, got {dispersion:g}")
    if dispersion == least:
        return generator.poisson(mu).astype(float)
    if form == "proportional":
        size: FloatArray = mu / (dispersion - 1)
        return generator.negative_binomial(size, 1 / dispersion).astype(float)
    return generator.negative_binomial(1 / dispersion, 1 / (1 + dispersion * mu)).astype(float)
