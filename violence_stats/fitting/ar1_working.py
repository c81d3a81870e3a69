"""The linear mixed model that one round of penalised quasi-likelihood works on, and its restricted likelihood.

At the current coefficients b and predicted path u with prediction variance v, let
``g = exp(X b + log_exposure + u - (sigma2 - v) / 2)`` over cells: what a cell expects given the counts, since
``E exp(u) = exp(u + v / 2)``; leaving v out would overstate the level of a series by half of it. The counts are taken
as ``r = Z b + G u + e``: r the working response ``y - mu + Z b + G u``, Z and G the derivatives of mu, ``Var(e) = W``,
``Var(u) = sigma2 R`` with R the AR(1) correlation over periods, so ``V = W + sigma2 G R G'``. W is ``diag(d mu)`` (form
``proportional``) or ``diag(mu + d mu^2)`` (form ``nugget``).

V is never formed. With ``Omega = R^-1`` tridiagonal and ``T = Omega + sigma2 G' W^-1 G`` banded,
``V^-1 = W^-1 - sigma2 W^-1 G T^-1 G' W^-1`` and ``log |V| = log |W| + log |T| - log |Omega|``, which also hold at
``sigma2 = 0``.

References
----------
Breslow & Clayton (1993) JASA 88:9. Gilmour, Thompson & Cullis (1995) Biometrics 51:1440 (average information).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from scipy.linalg.lapack import dpbtrf, dpbtrs, dpotrf, dpotrs

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError
from violence_stats.fitting.ar1_layout import Layout
from violence_stats.fitting.ar1_process import (
    correlate,
    inverse_bands,
    log_det_precision,
    log_det_precision_slope,
    multiply,
    precision_bands,
    precision_slope_bands,
)
from violence_stats.fitting.composite import sum_by_window

VarianceForm: TypeAlias = Literal["proportional", "nugget"]


class Path(NamedTuple):
    """Predicted latent path and its prediction variance, each of shape (n_periods,)."""

    mean: FloatArray
    variance: FloatArray


class Theta(NamedTuple):
    """The variance parameters: dispersion d, latent variance sigma2, correlation rho one period apart."""

    dispersion: float
    sigma2: float
    rho: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountProblem:
    """What is to be fitted.

    Attributes
    ----------
    y : FloatArray, shape (n_windows,)
    X : FloatArray, shape (n_cells, p)
    log_exposure : FloatArray, shape (n_cells,)
    layout : Layout
    form : {'proportional', 'nugget'}
    """

    y: FloatArray
    X: FloatArray
    log_exposure: FloatArray
    layout: Layout
    form: VarianceForm


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Working:
    """One linearisation.

    Attributes
    ----------
    layout : Layout
    form : {'proportional', 'nugget'}
    mu : FloatArray, shape (n_windows,)
        Expected counts given the latent path.
    pair : FloatArray, shape (n_pairs,)
        The entries of G.
    columns : FloatArray, shape (n_windows, p + 1)
        Z, and r as the last column.
    """

    layout: Layout
    form: VarianceForm
    mu: FloatArray
    pair: FloatArray
    columns: FloatArray

    @property
    def variance_slope(self) -> FloatArray:
        """Derivative of the diagonal of W by the dispersion, shape (n_windows,)."""
        return self.mu if self.form == "proportional" else self.mu**2

    def variance(self, dispersion: float) -> FloatArray:
        """Diagonal of W, shape (n_windows,)."""
        return dispersion * self.mu if self.form == "proportional" else self.mu + dispersion * self.mu**2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """The generalised least-squares fit of a linearisation at given variance parameters.

    Attributes
    ----------
    theta : Theta
    deviance : float
        Minus twice the restricted log likelihood, without constants.
    beta : FloatArray, shape (p,)
    cov : FloatArray, shape (p, p)
        ``(Z' V^-1 Z)^-1``.
    latent : FloatArray, shape (n_periods,)
        Predicted u.
    precision : FloatArray, shape (n_windows,)
        Diagonal of W^-1.
    factor : FloatArray, shape (bandwidth + 1, n_periods)
        Banded Cholesky factor of T, lower.
    projected : FloatArray, shape (n_periods, p + 1)
        ``R G' V^-1`` times Z and r.
    """

    theta: Theta
    deviance: float
    beta: FloatArray
    cov: FloatArray
    latent: FloatArray
    precision: FloatArray
    factor: FloatArray
    projected: FloatArray

    @property
    def latent_direction(self) -> FloatArray:
        """``R G' V^-1 (r - Z b)``, shape (n_periods,): the predicted path over sigma2, finite at sigma2 = 0."""
        return self.projected[:, -1] - self.projected[:, :-1] @ self.beta


def linearise(problem: CountProblem, beta: FloatArray, path: Path, sigma2: float) -> Working:
    """Expand the expected counts about coefficients (p,) and a predicted path."""
    layout = problem.layout
    log_deviation = path.mean - np.maximum(sigma2 - path.variance, 0.0) / 2
    cell = np.exp(problem.X @ beta + problem.log_exposure + log_deviation[layout.period])
    mu = sum_by_window(cell, layout.cell_starts)
    pair = layout.pair_sums(cell)
    columns = np.empty((layout.n_windows, len(beta) + 1), order="F")
    columns[:, :-1] = sum_by_window(cell[:, None] * problem.X, layout.cell_starts)
    columns[:, -1] = problem.y - mu + columns[:, :-1] @ beta + layout.spread(pair, path.mean[:, None])[:, 0]
    return Working(layout=layout, form=problem.form, mu=mu, pair=pair, columns=columns)


def solve(working: Working, theta: Theta) -> Solution:
    """Fit a linearisation at given variance parameters.

    Raises
    ------
    FitError
        If ``Z' V^-1 Z`` or T is singular in double precision.
    """
    layout, sigma2 = working.layout, theta.sigma2
    n_periods = layout.n_periods
    precision = 1 / working.variance(theta.dispersion)
    weighted = precision[:, None] * working.columns
    bands = sigma2 * layout.cross_bands(working.pair, precision)
    bands[:2] += precision_bands(theta.rho, n_periods)
    factor, failed = dpbtrf(bands, lower=1)
    if failed:
        raise FitError("the latent process cannot be solved for in double precision: counts or exposure are extreme")
    gathered = layout.gather(working.pair, weighted)
    projected = dpbtrs(factor, gathered, lower=1)[0]
    moments = working.columns.T @ weighted - sigma2 * (gathered.T @ projected)
    root, failed = dpotrf(moments[:-1, :-1], lower=1)
    if failed:
        raise FitError("the terms cannot be told apart at these counts: drop one of them or widen the window")
    cov = dpotrs(root, np.eye(len(root)), lower=1)[0]
    beta = cov @ moments[:-1, -1]
    deviance = (
        -np.log(precision).sum()
        + 2 * np.log(factor[0]).sum()
        - log_det_precision(theta.rho, n_periods)
        + 2 * np.log(root.diagonal()).sum()
        + moments[-1, -1]
        - moments[:-1, -1] @ beta
    )
    return Solution(
        theta=theta,
        deviance=float(deviance),
        beta=beta,
        cov=cov,
        latent=sigma2 * (projected[:, -1] - projected[:, :-1] @ beta),
        precision=precision,
        factor=factor,
        projected=projected,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slope:
    """First and second derivatives of the deviance by (dispersion, sigma2, rho).

    Attributes
    ----------
    gradient : FloatArray, shape (3,)
    curvature : FloatArray, shape (3, 3)
        Twice the average information: positive semi-definite, near the Hessian.
    path : Path
        Predicted at the same variance parameters.
    """

    gradient: FloatArray
    curvature: FloatArray
    path: Path


def differentiate(working: Working, solution: Solution) -> Slope:
    """Differentiate the deviance of a linearisation by the variance parameters."""
    layout, pair = working.layout, working.pair
    _, sigma2, rho = solution.theta
    n_periods, precision = layout.n_periods, solution.precision
    omega, omega_slope = precision_bands(rho, n_periods), precision_slope_bands(rho, n_periods)
    by_dispersion = working.variance_slope
    path, Y = solution.latent_direction[:, None], solution.projected[:, :-1]
    spread_path = layout.spread(pair, path)[:, 0]
    white = precision * (working.columns[:, -1] - working.columns[:, :-1] @ solution.beta - sigma2 * spread_path)
    B = precision[:, None] * (working.columns[:, :-1] - sigma2 * layout.spread(pair, Y))
    inverse = inverse_bands(solution.factor)
    leverage = layout.quadratic(pair, inverse)
    both = np.column_stack([Y, path])
    level = both.T @ multiply(omega, both)
    turn = both.T @ multiply(omega_slope, both)
    cov = solution.cov
    gradient = np.array(
        [
            by_dispersion @ (precision - sigma2 * precision**2 * leverage - ((B @ cov) * B).sum(axis=1) - white**2),
            precision @ leverage - (cov * level[:-1, :-1]).sum() - level[-1, -1],
            omega_slope[0] @ inverse[0]
            + 2 * (omega_slope[1, :-1] @ inverse[1, :-1])
            - log_det_precision_slope(rho, n_periods)
            + sigma2 * ((cov * turn[:-1, :-1]).sum() + turn[-1, -1]),
        ]
    )
    moved = -sigma2 * correlate(rho, multiply(omega_slope, path))
    shifts = np.column_stack([by_dispersion * white, spread_path, layout.spread(pair, moved)[:, 0]])
    return Slope(
        gradient=gradient,
        curvature=_quadratic(working, solution, B, shifts),
        path=Path(solution.latent, sigma2 * inverse[0]),
    )


def _quadratic(working: Working, solution: Solution, B: FloatArray, shifts: FloatArray) -> FloatArray:
    """``Q' P Q`` for the columns Q of `shifts` (n_windows, k), P the inverse of V with the design projected out."""
    weighted = solution.precision[:, None] * shifts
    gathered = working.layout.gather(working.pair, weighted)
    solved = dpbtrs(solution.factor, gathered, lower=1)[0]
    onto_design = B.T @ shifts
    return np.asarray(
        shifts.T @ weighted - solution.theta.sigma2 * (gathered.T @ solved) - onto_design.T @ solution.cov @ onto_design
    )
