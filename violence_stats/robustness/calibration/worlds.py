"""Worlds to simulate: windows, a design, true coefficients and true variance parameters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.design.matrix import Terms
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_working import Theta
from violence_stats.models.frame import ModelFrame, build_frame
from violence_stats.models.result import ITSResult
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class World:
    """What counts are drawn from, and what is asked of each estimator.

    Attributes
    ----------
    X : FloatArray, shape (n_cells, p)
    names : tuple of str, length p
    tested : tuple of str
        Terms whose intervals are judged: those of the interventions.
    log_exposure : FloatArray, shape (n_cells,)
    window, period : IntArray, shape (n_cells,)
    beta : FloatArray, shape (p,)
        True coefficients, of expected counts averaged over paths.
    theta : Theta
        True dispersion, latent variance and correlation.
    """

    X: FloatArray
    names: tuple[str, ...]
    tested: tuple[str, ...]
    log_exposure: FloatArray
    window: IntArray
    period: IntArray
    beta: FloatArray
    theta: Theta

    @property
    def n_windows(self) -> int:
        """Number of windows."""
        return int(self.window[-1]) + 1

    @property
    def expected(self) -> FloatArray:
        """Expected count of each cell, shape (n_cells,)."""
        return np.asarray(np.exp(self.X @ self.beta + self.log_exposure))

    def place(self, term: str) -> int:
        """Column of a term."""
        return self.names.index(term)

    @property
    def sha256(self) -> str:
        """Checksum of everything in it, numbers rounded to 9 digits."""
        digest = hashlib.sha256(repr((self.names, self.tested)).encode())
        for values in (self.X, self.log_exposure, self.window, self.period, self.beta, np.array(self.theta)):
            digest.update(repr([float(f"{value:.9g}") for value in np.ravel(values)]).encode())
        return digest.hexdigest()

    def with_effects(self, effects: dict[str, float]) -> World:
        """Set the true coefficients of some terms."""
        beta = self.beta.copy()
        for term, value in effects.items():
            beta[self.place(term)] = value
        return replace(self, beta=beta)

    def without_effects(self) -> World:
        """Set the true coefficients of the tested terms to 0."""
        return self.with_effects(dict.fromkeys(self.tested, 0.0))


def level_world(series: CountSeries, terms: Terms, *, per_period: float, theta: Theta) -> World:
    """Make a world of one level: a constant expected count a period, no season, no trend, no effect.

    Parameters
    ----------
    series : CountSeries
        Gives the windows; its counts are not used, except that terms have to be estimable from them.
    terms : Terms
        The model that is fitted.
    per_period : float
        Expected count of an average calendar period.
    """
    frame = build_frame(series, terms, family="quasi-poisson", unit="days", window=None, exposure=None)
    periods = float(frame.cells.share_of_period.sum())
    beta = np.zeros(frame.design.X.shape[1])
    beta[frame.design.names.index("intercept")] = np.log(per_period * periods / frame.exposure.sum())
    return _world(frame, beta, theta)


def fitted_world(result: ITSResult) -> World:
    """Make the world that a fit describes: its windows, its coefficients, its variance parameters.

    Raises
    ------
    SpecificationError
        If the fit is not one of counts with a latent path.
    """
    fit = result.estimate.ar1
    if fit is None or fit.form != "proportional":
        raise SpecificationError('a world needs a fit of family="quasi-poisson" with errors="ar1"')
    theta = fit.theta if fit.theta.sigma2 > 0 else fit.theta._replace(rho=0.0)
    return _world(result.frame, fit.beta, theta)


def _world(frame: ModelFrame, beta: FloatArray, theta: Theta) -> World:
    return World(
        X=frame.design.X,
        names=frame.design.names,
        tested=tuple(one.term for one in frame.design.interventions),
        log_exposure=frame.log_exposure,
        window=frame.cells.window,
        period=frame.cells.period - frame.cells.period.min(),
        beta=beta,
        theta=theta,
    )
