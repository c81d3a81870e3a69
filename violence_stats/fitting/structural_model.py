"""Structural time-series models: a level, a slope and a season that wander, and controls.

``y_t = mu_t + gamma_t + x_t'b + e_t`` with ``mu_t = mu_(t-1) + nu_(t-1) + eta_t``, a slope nu that wanders and a season
gamma that sums to noise over a year (Harvey 1989; Durbin & Koopman 2012, ch. 3). Level, slope, season and the
coefficients of the controls are states with a diffuse start, so that a forecast carries their uncertainty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from statsmodels.tsa.statespace.structural import UnobservedComponents

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError

StructuralTrend: TypeAlias = Literal["local-level", "local-linear-trend"]

PERIODS_PER_STATE = 2
"""Periods that each state needs, beside three for the variances."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StructuralModel:
    """The data of a structural model.

    Parameters
    ----------
    y : FloatArray, shape (n,)
        One value a period, NaN where missing.
    controls : FloatArray, shape (n, k)
        Finite throughout.
    trend : {'local-level', 'local-linear-trend'}
    season : int
        Periods a year; 0 for no season.

    Raises
    ------
    SpecificationError
        If y or a control does not vary, or the periods are too few for the states.
    """

    y: FloatArray
    controls: FloatArray
    trend: StructuralTrend = "local-level"
    season: int = 0

    def __post_init__(self) -> None:
        n_obs = int(np.isfinite(self.y).sum())
        n_states = (1 if self.trend == "local-level" else 2) + max(self.season - 1, 0) + self.controls.shape[1]
        if n_obs < PERIODS_PER_STATE * n_states + 3:
            raise SpecificationError(
                f"a structural model with {n_states} states (level, slope, season, controls) needs at least "
                f"{PERIODS_PER_STATE * n_states + 3} observed periods, got {n_obs}: widen the window, or leave out "
                "the season or a control"
            )
        if np.ptp(self.y[np.isfinite(self.y)]) == 0:
            raise SpecificationError("the series does not vary before the intervention: there is nothing to fit")
        if self.controls.size and np.min(np.ptp(self.controls, axis=0)) == 0:
            raise SpecificationError("a control does not vary before the intervention: leave it out")

    @property
    def names(self) -> tuple[str, ...]:
        """What each variance drives."""
        slope = ("slope",) if self.trend == "local-linear-trend" else ()
        return ("irregular", "level", *slope, *(("season",) if self.season else ()))

    @property
    def y_scale(self) -> float:
        """Standard deviation of y."""
        return float(np.nanstd(self.y))

    @property
    def control_scale(self) -> FloatArray:
        """Standard deviations of the controls, shape (k,)."""
        return np.asarray(np.std(self.controls, axis=0))

    @property
    def control_centre(self) -> FloatArray:
        """Means of the controls, shape (k,)."""
        return np.asarray(np.mean(self.controls, axis=0))

    def scaled_controls(self, controls: FloatArray) -> FloatArray:
        """Centre and scale controls as those of the fit."""
        return (controls - self.control_centre) / self.control_scale

    def components(self) -> UnobservedComponents:
        """Give the scaled model of statsmodels."""
        y = (self.y - np.nanmean(self.y)) / self.y_scale
        model = UnobservedComponents(
            y,
            level="local level" if self.trend == "local-level" else "local linear trend",
            seasonal=self.season or None,
            exog=self.scaled_controls(self.controls) if self.controls.shape[1] else None,
            mle_regression=False,
            use_exact_diffuse=True,
        )
        model.ssm.tolerance = 0.0
        return model
