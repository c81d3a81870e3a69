"""Forecasts of a linear Gaussian state-space model, all periods together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray

DIFFUSE = 1e-9
"""A period whose error has a diffuse variance above this says where the state starts, not what the model foretells."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """Periods after the last one fitted.

    Attributes
    ----------
    mean : FloatArray, shape (h,)
    cov : FloatArray, shape (h, h)
        Of the forecast errors: the state at the end of the fit, what moves it later and the noise of each period, and
        coefficients of regressors where the maker says so; variances and ARMA parameters as fitted.
    """

    mean: FloatArray
    cov: FloatArray

    def part(self, first: int) -> Forecast:
        """Leave out the periods before position `first`."""
        return Forecast(mean=self.mean[first:], cov=self.cov[first:, first:])

    def draws(self, n_draws: int, rng: np.random.Generator) -> FloatArray:
        """Draw paths, shape (n_draws, h)."""
        values, vectors = np.linalg.eigh(self.cov)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        return np.asarray(self.mean + rng.standard_normal((n_draws, self.mean.size)) @ root.T)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StateAhead:
    """The state one period after the last, and how it moves.

    Attributes
    ----------
    mean : FloatArray, shape (m,)
    cov : FloatArray, shape (m, m)
    transition : FloatArray, shape (m, m)
    state_noise : FloatArray, shape (m, m)
        Covariance of what moves the state from one period to the next.
    observation_noise : float
        Variance of the noise of one period.
    """

    mean: FloatArray
    cov: FloatArray
    transition: FloatArray
    state_noise: FloatArray
    observation_noise: float = 0.0

    def forecast(self, design: FloatArray) -> Forecast:
        """Forecast h periods.

        Parameters
        ----------
        design : FloatArray, shape (h, m)
            What of the state is seen in each period.
        """
        n_ahead = design.shape[0]
        mean, covariance = np.empty(n_ahead), np.empty((n_ahead, n_ahead))
        state_mean, state_cov = self.mean, self.cov
        for now in range(n_ahead):
            mean[now] = design[now] @ state_mean
            seen = state_cov @ design[now]
            for later in range(now, n_ahead):
                covariance[now, later] = covariance[later, now] = design[later] @ seen
                seen = self.transition @ seen
            state_mean = self.transition @ state_mean
            state_cov = self.transition @ state_cov @ self.transition.T + self.state_noise
        return Forecast(mean=mean, cov=covariance + self.observation_noise * np.eye(n_ahead))

    def carry_on(self, states: FloatArray, design: FloatArray, n_ahead: int) -> FloatArray:
        """Give what is seen of states, shape (m, k), as they carry on undisturbed, shape (n_ahead, k)."""
        seen = np.empty((n_ahead, states.shape[1]))
        for ahead in range(n_ahead):
            seen[ahead] = design @ states
            states = self.transition @ states
        return seen
