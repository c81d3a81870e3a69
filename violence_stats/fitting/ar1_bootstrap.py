"""Parametric bootstrap of a fit with a latent AR(1) path: worlds drawn from the fit, refitted, studentised.

For fits whose variance parameters ended on an edge, where the t approximation has least behind it. How often either
interval misses there is simulated: the table ``boundary`` of the calibration. Where rho ends on its upper edge both
hold their level, the bootstrap with wider intervals. What it cannot repair is an estimate that is itself off: a series
whose path was estimated as absent, or as noise, gives worlds without a path, and intervals a tenth narrower than t.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import FitError
from violence_stats.fitting.ar1 import Ar1Fit, fit_ar1
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts

MIN_DRAWS = 39
MAX_FAILED_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BootstrapFit:
    """Studentised bootstrap of the coefficients.

    Attributes
    ----------
    statistics : FloatArray, shape (n_draws, p)
        ``(b* - b) / se*`` of each refit.
    beta, std_error : FloatArray, shape (p,)
        Of the fit that was bootstrapped.
    n_failed : int
        Refits that did not settle; not counted among the draws.
    """

    statistics: FloatArray
    beta: FloatArray
    std_error: FloatArray
    n_failed: int

    def interval(self, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends, each of shape (p,), symmetric about the estimates."""
        reach = np.quantile(np.abs(self.statistics), level, axis=0, method="higher")
        return self.beta - reach * self.std_error, self.beta + reach * self.std_error

    def p_values(self) -> FloatArray:
        """Two-sided p-values of zero coefficients, shape (p,), at least 1 / (n_draws + 1)."""
        seen = np.abs(self.beta / self.std_error)
        return np.asarray((1 + (np.abs(self.statistics) >= seen).sum(axis=0)) / (len(self.statistics) + 1))


def bootstrap_ar1(
    generator: np.random.Generator,
    X: FloatArray,
    log_exposure: FloatArray,
    window: IntArray,
    period: IntArray,
    *,
    fit: Ar1Fit,
    n_draws: int = 199,
) -> BootstrapFit:
    """Draw worlds from a fit and refit each, starting at its variance parameters.

    Parameters
    ----------
    generator : numpy.random.Generator
        Seeded by the caller.
    X, log_exposure, window, period
        What `fit` was fitted to.
    fit : Ar1Fit
    n_draws : int, default 199
        39 or more.

    Raises
    ------
    FitError
        If more than 5% of the refits do not settle.
    ValueError
        If fewer than 39 draws are asked for.
    """
    if n_draws < MIN_DRAWS:
        raise ValueError(f"a 95% interval needs {MIN_DRAWS} or more draws, got {n_draws}")
    theta = fit.theta if fit.theta.sigma2 > 0 else Theta(fit.theta.dispersion, 0.0, 0.0)
    expected = np.exp(X @ fit.beta + log_exposure)
    worlds = simulate_counts(generator, expected, window, period - period.min(), theta, n_draws=n_draws, form=fit.form)
    refits: list[Ar1Fit] = []
    for y in worlds:
        try:
            refits.append(fit_ar1(y, X, log_exposure, window, period, form=fit.form, start=theta))
        except FitError:
            continue
    n_failed = n_draws - len(refits)
    if n_failed > MAX_FAILED_SHARE * n_draws:
        raise FitError(f"{n_failed} of {n_draws} bootstrap refits did not settle: drop a term or widen the window")
    beta = np.array([refit.beta for refit in refits])
    std_error = np.array([np.sqrt(np.diag(refit.cov)) for refit in refits])
    return BootstrapFit(
        statistics=(beta - fit.beta) / std_error,
        beta=fit.beta,
        std_error=np.sqrt(np.diag(fit.cov)),
        n_failed=n_failed,
    )
