"""Counts over windows with over-dispersion and a latent AR(1) path on the log rate: the errors the package defaults to.

The model, in the notation of `violence_stats.fitting.composite`: given a latent path u over calendar periods, cell c
expects ``g_c = exp(x_c'b + log_exposure_c - sigma2 / 2 + u_t(c))``, a window the sum over its cells, and counts vary
about that with variance ``phi mu`` (or ``mu + d mu^2``). u is a stationary AR(1) with variance sigma2 and correlation
rho; ``E exp(u - sigma2 / 2) = 1``, so ``exp(x'b + log_exposure)`` is the expected count itself, averaged over paths.

Estimation is penalised quasi-likelihood: coefficients and path solve the mixed-model equations of a linearisation
(`violence_stats.fitting.ar1_working`), the variance parameters (phi >= 1, sigma2 >= 0, 0 <= rho <= 0.95) maximise its
restricted likelihood, and the two alternate until neither moves. Negative rho is left out on purpose: taken at face
value it would narrow intervals. The three variance parameters are nuisance: a few years of months say little about
them, and they are never a finding.

References
----------
Breslow & Clayton (1993) JASA 88:9. Thompson & Baker (1981) Applied Statistics 30:125.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_alternation import State, search
from violence_stats.fitting.ar1_information import covariance_slopes, satterthwaite, theta_covariance
from violence_stats.fitting.ar1_layout import lay_out
from violence_stats.fitting.ar1_likelihood import log_likelihood
from violence_stats.fitting.ar1_process import inverse_bands
from violence_stats.fitting.ar1_scale import RHO_LIMIT, SearchScale
from violence_stats.fitting.ar1_working import CountProblem, Path, Theta, VarianceForm, linearise, solve
from violence_stats.fitting.composite import sum_by_window
from violence_stats.fitting.counts import fit_counts

Boundary: TypeAlias = Literal["none", "no-latent", "rho-zero", "rho-limit"]

NO_LATENT_RHO = 0.5
"""Where sigma2 is estimated as 0, rho means nothing; the degrees of freedom are reckoned as if it were this."""
EDGE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ar1Fit:
    """A count regression with a latent AR(1) path.

    Attributes
    ----------
    beta : FloatArray, shape (p,)
        On the log scale of expected counts averaged over paths.
    cov : FloatArray, shape (p, p)
        ``(Z' V^-1 Z)^-1``.
    degrees_of_freedom : FloatArray, shape (p,)
        Satterthwaite's, of each coefficient.
    theta : Theta
        Dispersion (phi, or d of the nugget form), sigma2 and rho; rho is NaN where sigma2 is 0.
    form : {'proportional', 'nugget'}
    boundary : {'none', 'no-latent', 'rho-zero', 'rho-limit'}
        Which edge the variance parameters ended on: sigma2 = 0, rho = 0 or rho = 0.95.
    fitted : FloatArray, shape (n_windows,)
        Expected counts averaged over paths.
    smoothed : FloatArray, shape (n_windows,)
        Expected counts given the predicted path.
    path : Path
        Predicted path u over periods, the first period that holds a cell being 0, and its prediction variance, the
        coefficients taken as known.
    log_likelihood : float
        Laplace's approximation for negative-binomial counts: comparable between forms and between designs.
    cov_slopes : FloatArray, shape (3, p, p)
        Derivatives of `cov` by the variance parameters.
    theta_cov : FloatArray, shape (3, 3)
        Their covariance by expected information.
    n_iterations : int
    """

    beta: FloatArray
    cov: FloatArray
    degrees_of_freedom: FloatArray
    theta: Theta
    form: VarianceForm
    boundary: Boundary
    fitted: FloatArray
    smoothed: FloatArray
    path: Path
    log_likelihood: float
    cov_slopes: FloatArray
    theta_cov: FloatArray
    n_iterations: int

    def contrast_degrees_of_freedom(self, contrasts: FloatArray) -> FloatArray:
        """Satterthwaite degrees of freedom, shape (k,), of linear combinations (k, p) of the coefficients."""
        most = float(len(self.fitted) - len(self.beta))
        return satterthwaite(contrasts, self.cov, self.cov_slopes, self.theta_cov, most=most)


def fit_ar1(
    y: FloatArray,
    X: FloatArray,
    log_exposure: FloatArray,
    window: IntArray,
    period: IntArray,
    *,
    form: VarianceForm = "proportional",
    start: Theta | None = None,
) -> Ar1Fit:
    """Fit counts over windows with over-dispersion and a latent AR(1) path.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,)
        Counts, 0 or more, not all 0; at least p + 4 of them.
    X : FloatArray, shape (n_cells, p)
        Of full rank; a constant lies in the span of its columns.
    log_exposure : FloatArray, shape (n_cells,)
        Log of the days, or of days times exposure, of each cell.
    window : IntArray, shape (n_cells,)
        Window of each cell: 0, 1, ... in order.
    period : IntArray, shape (n_cells,)
        Calendar period of each cell: 0 or more, not decreasing; periods may be missing.
    form : {'proportional', 'nugget'}
        Variance of a count about its mean: ``phi mu``, or ``mu + d mu^2`` (noise on the log scale).
    start : Theta, optional
        Variance parameters to start from, and stay near, instead of a grid: for refits of much the same data.

    Raises
    ------
    SpecificationError
        If there are too few windows for three variance parameters beside p terms.
    FitError
        If all counts are 0, the terms cannot be told apart, or the iterations do not settle.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> y, month = rng.poisson(100.0, 60).astype(float), np.arange(60)
    >>> step = np.column_stack([np.ones(60), month >= 30])
    >>> fit = fit_ar1(y, step, np.zeros(60), month, month)
    >>> fit.beta.round(2).tolist()
    [4.6, 0.01]
    """
    n_windows, p = len(y), X.shape[1]
    if n_windows < p + 4:
        raise SpecificationError(
            f"serially correlated errors beside {p} terms need {p + 4} or more windows, got {n_windows}: "
            "widen the window or drop terms"
        )
    problem = CountProblem(
        y=y, X=X, log_exposure=log_exposure, layout=lay_out(window, period - period.min()), form=form
    )
    poisson = fit_counts(y, X, log_exposure, window, family="poisson")
    scale = SearchScale(form=form, count=max(float(poisson.expected.mu.mean()), 1.0))
    state = search(problem, scale, poisson.beta, poisson.pearson_dispersion, start)
    return _finish(problem, scale.theta(state.point), state)


def _finish(problem: CountProblem, theta: Theta, state: State) -> Ar1Fit:
    boundary = _boundary(theta)
    if boundary == "no-latent":
        theta = Theta(theta.dispersion, 0.0, NO_LATENT_RHO)
    working = linearise(problem, state.beta, state.path, theta.sigma2)
    solution = solve(working, theta)
    cov_slopes, theta_cov = covariance_slopes(working, solution), theta_covariance(working, solution)
    p = len(solution.beta)
    most = float(len(problem.y) - p)
    cell = np.exp(problem.X @ solution.beta + problem.log_exposure)
    return Ar1Fit(
        beta=solution.beta,
        cov=solution.cov,
        degrees_of_freedom=satterthwaite(np.eye(p), solution.cov, cov_slopes, theta_cov, most=most),
        theta=theta if boundary != "no-latent" else theta._replace(rho=float("nan")),
        form=problem.form,
        boundary=boundary,
        fitted=sum_by_window(cell, problem.layout.cell_starts),
        smoothed=working.mu,
        path=Path(solution.latent, theta.sigma2 * inverse_bands(solution.factor)[0]),
        log_likelihood=log_likelihood(problem, theta, solution.beta, solution.latent),
        cov_slopes=cov_slopes,
        theta_cov=theta_cov,
        n_iterations=state.n_iterations,
    )


def _boundary(theta: Theta) -> Boundary:
    if theta.sigma2 <= EDGE:
        return "no-latent"
    if theta.rho <= EDGE:
        return "rho-zero"
    return "rho-limit" if theta.rho >= RHO_LIMIT - EDGE else "none"
