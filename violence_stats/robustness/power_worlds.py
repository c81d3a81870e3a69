"""Worlds drawn from a fit, with changes of several sizes put into each, and whether a model finds them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.ar1 import Ar1Fit
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.models.ar1_errors import fit_ar1_counts
from violence_stats.models.error_models import fit_frame
from violence_stats.models.estimate import ErrorModel, Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.robustness.calibration.refits import with_counts
from violence_stats.robustness.event import average_effect


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Worlds:
    """What every world shares.

    Attributes
    ----------
    frame : ModelFrame
    weights : FloatArray, shape (p,)
        Of the average effect.
    errors : str
        Of the model that is to find the changes.
    lags : int or None
    truth : Ar1Fit
        The fit that the worlds are drawn from.
    null : FloatArray, shape (p,)
        Its coefficients, those of the event at 0.
    log_changes : tuple of float
    level : float
    seed : int
    """

    frame: ModelFrame
    weights: FloatArray
    errors: ErrorModel
    lags: int | None
    truth: Ar1Fit
    null: FloatArray
    log_changes: tuple[float, ...]
    level: float
    seed: int

    @property
    def theta(self) -> Theta:
        """Variance parameters of the worlds."""
        theta = self.truth.theta
        return theta if theta.sigma2 > 0 else Theta(theta.dispersion, 0.0, 0.0)

    @property
    def shape(self) -> FloatArray:
        """Column of the event's first term, divided by its average over the time after, shape (n_cells,)."""
        first = int(np.flatnonzero(self.weights)[0])
        return np.asarray(self.frame.design.X[:, first] / self.weights[first])


def true_fit(frame: ModelFrame, fitted: Estimate) -> Ar1Fit:
    """Give the fit with a latent path: the model's own, or one beside it.

    Raises
    ------
    FitError
        If it does not settle.
    """
    ar1 = fitted.ar1 if fitted.ar1 is not None else fit_ar1_counts(frame).ar1
    if ar1 is None:
        raise FitError("the fit has no latent path to draw worlds from")
    return ar1


def try_world(worlds: Worlds, world: int) -> list[float]:
    """Put each change into a world: 1 where it is found, 0 where it is not, NaN where the fit does not settle."""
    return [_find(worlds, world, change) for change in worlds.log_changes]


def _find(worlds: Worlds, world: int, change: float) -> float:
    frame = worlds.frame
    counts = simulate_counts(
        np.random.default_rng([worlds.seed, world]),
        np.exp(frame.design.X @ worlds.null + frame.log_exposure + change * worlds.shape),
        frame.cells.window,
        frame.cells.period - frame.cells.period.min(),
        worlds.theta,
        form=worlds.truth.form,
    )[0]
    drawn = replace(frame, series=with_counts(frame.series, counts))
    try:
        effect = average_effect(worlds.weights, fit_frame(drawn, worlds.errors, worlds.lags))
    except (FitError, SpecificationError):
        return float("nan")
    return float(effect.p_value < worlds.level)
