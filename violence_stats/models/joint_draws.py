"""Joint draws of what windows would have counted: coefficients, latent path, count noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, get_args

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.latent_forecast import PathForecast
from violence_stats.models.estimate import Estimate

Uncertainty: TypeAlias = Literal["parameters", "latent", "counts"]
ALL: tuple[Uncertainty, ...] = get_args(Uncertainty)

N_DRAWS = 10_000
"""Draws behind an interval: its ends then move by about a thirtieth of a standard error from seed to seed."""
SEED = 4521


class Scenario(Protocol):
    """Windows (h of them) under a changed design, as the windows before an event foretell them."""

    @property
    def slope(self) -> FloatArray:
        """Derivative of the expected values by the coefficients, shape (h, p)."""

    @property
    def path(self) -> PathForecast:
        """The latent path, or correlated errors, over the periods (m of them) that the windows touch."""

    @property
    def average_effect(self) -> FloatArray:
        """The one path, shape (m,), whose expected values are those averaged over paths."""

    def values(self, beta: FloatArray, level: FloatArray) -> FloatArray:
        """Give expected values (n, h) at coefficients (n, p) and paths (n, m)."""

    def with_noise(self, values: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Draw values about their expectation, both (n, h)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JointDraws:
    """What windows would have counted.

    Attributes
    ----------
    mean : FloatArray, shape (h,)
        Expected at the estimates, averaged over the paths that the windows before the event leave open.
    draws : FloatArray, shape (n_draws, h)
    """

    mean: FloatArray
    draws: FloatArray


def draw_jointly(
    scenario: Scenario, estimate: Estimate, *, uncertainty: Sequence[Uncertainty] = ALL, seed: int = SEED
) -> JointDraws:
    """Draw the values of windows.

    Parameters
    ----------
    scenario : Scenario
    estimate : Estimate
    uncertainty : sequence of {'parameters', 'latent', 'counts'}
        What varies; the rest stands at its estimate, the path at its average effect. Coefficients move the path too:
        a lower level before the event leaves higher residuals to carry forward.
    seed : int

    Raises
    ------
    SpecificationError
        If `uncertainty` is empty or holds another word.
    """
    if not uncertainty or any(word not in ALL for word in uncertainty):
        raise SpecificationError(f"uncertainty: expected some of {', '.join(ALL)}, got {uncertainty!r}")
    rng = np.random.default_rng(seed)
    path = scenario.path
    beta, level = estimate.beta[None, :], scenario.average_effect[None, :]
    mean = scenario.values(beta, level)[0]
    if "parameters" in uncertainty:
        shift = draw_shifts(estimate, scenario.slope.sum(axis=0)[None, :], rng)
        beta, level = beta + shift, level + shift @ path.slope.T
    if "latent" in uncertainty:
        about_mean = rng.standard_normal((N_DRAWS, len(path.mean))) @ _root(path.cov).T
        level = level + (path.mean - scenario.average_effect) + about_mean
    values = np.broadcast_to(scenario.values(beta, level), (N_DRAWS, len(mean)))
    return JointDraws(mean=mean, draws=scenario.with_noise(values, rng) if "counts" in uncertainty else values)


def draw_shifts(
    estimate: Estimate, contrasts: FloatArray, rng: np.random.Generator, n_draws: int = N_DRAWS
) -> FloatArray:
    """Draw coefficients about their estimate, shape (n_draws, p).

    Parameters
    ----------
    estimate : Estimate
    contrasts : FloatArray, shape (k, p)
        What the draws are for: they follow a t distribution with the fewest degrees of freedom of any of these.
    rng : numpy.random.Generator
    n_draws : int, default N_DRAWS
    """
    normal = rng.standard_normal((n_draws, len(estimate.beta))) @ _root(estimate.cov).T
    freedom = float(np.min(estimate.contrast_degrees_of_freedom(contrasts)))
    if np.isinf(freedom):
        return normal
    return normal / np.sqrt(rng.chisquare(freedom, (n_draws, 1)) / freedom)


def _root(cov: FloatArray) -> FloatArray:
    """Give a square root of a covariance that may be singular."""
    values, vectors = np.linalg.eigh(cov)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
