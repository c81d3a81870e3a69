"""Poisson, quasi-Poisson and negative-binomial regression for counts over windows, independent errors.

Notation of `violence_stats.fitting.composite`; Var(y) = V = mu, phi mu or mu + alpha mu^2. Fisher scoring needs only
Z: the score is ``Z'(y - mu) / V`` and the expected information ``Z' diag(1/V) Z``. On whole months this is the
ordinary GLM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from scipy.linalg import LinAlgError, solve_triangular
from scipy.special import gammaln, xlogy

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import FitError
from violence_stats.fitting.composite import Expected, expected_counts
from violence_stats.fitting.overdispersion import estimate_alpha
from violence_stats.fitting.separation import refuse_separation

CountFamily: TypeAlias = Literal["poisson", "quasi-poisson", "negative-binomial"]

MAX_ITERATIONS = 100
MAX_HALVINGS = 30
# Newton decrement in units of twice the log-likelihood: below it coefficients move by less than 1e-9 standard errors.
DECREMENT_TOLERANCE = 1e-18
# Rounding error of a log-likelihood, relative to the terms it adds up: a step that loses less is not taken back.
LOG_LIKELIHOOD_ROUNDING = 1e-14
# An expected count this small is either a steep season or an estimate on its way to minus infinity.
VANISHING_COUNT = 1e-8
# Of a log rate, in standard errors of independent Poisson counts: beyond it the estimate is still on its way.
LARGEST_STD_ERROR = 1e3
MAX_ALPHA_ROUNDS = 100
ALPHA_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountFit:
    """A fitted count regression.

    Attributes
    ----------
    beta : FloatArray, shape (p,)
    cov : FloatArray, shape (p, p)
        Inverse expected information times `dispersion`.
    expected : Expected
        The composite link at `beta`.
    dispersion : float
        What multiplies the family's variance: Pearson's phi for quasi-poisson, else 1.
    pearson_dispersion : float
        Pearson's chi-square over n_windows - p, for every family; NaN where nothing is left over.
    alpha : float
        Over-dispersion of the negative binomial (1 / theta); 0 for the other families and in its Poisson limit.
    log_likelihood : float
        Of the poisson or negative-binomial distribution; for quasi-poisson that of poisson.
    deviance : float
    n_iterations : int
    at_poisson_limit : bool
        Whether a negative binomial was asked for and the counts are no more dispersed than Poisson.
    """

    beta: FloatArray
    cov: FloatArray
    expected: Expected
    dispersion: float
    pearson_dispersion: float
    alpha: float
    log_likelihood: float
    deviance: float
    n_iterations: int
    at_poisson_limit: bool = False


def fit_counts(
    y: FloatArray,
    X: FloatArray,
    log_exposure: FloatArray,
    window: IntArray,
    *,
    family: CountFamily = "quasi-poisson",
    names: Sequence[str] | None = None,
) -> CountFit:
    """Fit a log-linear daily rate to counts over windows.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,)
        Counts, 0 or more, not all 0.
    X : FloatArray, shape (n_cells, p)
        Of full rank; a constant lies in the span of its columns.
    log_exposure : FloatArray, shape (n_cells,)
    window : IntArray, shape (n_cells,)
        Window of each cell: 0, 1, ... in order.
    family : {'poisson', 'quasi-poisson', 'negative-binomial'}
    names : sequence of str, length p, optional
        What an error calls the columns of X; default by their place.

    Raises
    ------
    FitError
        If all counts are 0, or all that could tell a column apart (separation), the columns are collinear, or the
        iterations do not settle, or there are fewer windows than columns.

    Examples
    --------
    >>> y, days = np.array([4.0, 8.0]), np.log([31.0, 29.0])
    >>> float(fit_counts(y, np.ones((2, 1)), days, np.arange(2), family="poisson").beta[0].round(6))
    -1.609438
    """
    if not y.any():
        raise FitError("all counts are 0, so the log rate has no finite estimate: choose a window with counts")
    if len(y) < X.shape[1]:
        raise FitError(f"{X.shape[1]} columns need {X.shape[1]} or more windows, got {len(y)}: take a term away")
    data = (y, X, log_exposure, window)
    beta, expected, n_iterations = _score(data, _starting_values(data), alpha=0.0, names=names)
    _refuse_runaway(data, expected, names)
    alpha = 0.0
    if family == "negative-binomial":
        beta, expected, alpha, n_iterations = _alternate(data, beta, expected)
    return _finish(data, beta, expected, family=family, alpha=alpha, n_iterations=n_iterations)


_COLLINEAR = "the columns of the design are collinear: take a term away or widen the window"
_Data: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, IntArray]


def _starting_values(data: _Data) -> FloatArray:
    """One rate throughout."""
    y, X, log_exposure, _ = data
    log_rate = np.log(y.sum() / np.exp(log_exposure).sum())
    return np.asarray(np.linalg.lstsq(X, np.full(len(X), log_rate), rcond=None)[0])


def _score(
    data: _Data, beta: FloatArray, *, alpha: float, names: Sequence[str] | None = None
) -> tuple[FloatArray, Expected, int]:
    """Fisher scoring with step-halving at a fixed alpha."""
    y, X, log_exposure, window = data
    expected = expected_counts(beta, X, log_exposure, window)
    current = log_likelihood(y, expected.mu, alpha)
    rounding = LOG_LIKELIHOOD_ROUNDING * float((gammaln(y + 1) + y + 1).sum())
    has_vanished = False
    for iteration in range(1, MAX_ITERATIONS + 1):
        if not has_vanished and expected.mu.min() < VANISHING_COUNT:
            has_vanished = True
            refuse_separation(y, X, window, names)
        step, projected = _newton_step(y, expected, alpha)
        for halving in range(MAX_HALVINGS):
            trial = beta + step * 0.5**halving
            with np.errstate(over="ignore", invalid="ignore"):
                attempt = expected_counts(trial, X, log_exposure, window)
                reached = log_likelihood(y, attempt.mu, alpha)
            if reached >= current - rounding:
                break
        else:
            break
        beta, expected, current = trial, attempt, reached
        if projected @ projected < DECREMENT_TOLERANCE:
            return beta, expected, iteration
    raise FitError(
        f"the fit did not settle in {MAX_ITERATIONS} rounds of Fisher scoring (last step "
        f"{np.sqrt(projected @ projected):.1e} standard errors): take a term away or widen the window"
    )


def _newton_step(y: FloatArray, expected: Expected, alpha: float) -> tuple[FloatArray, FloatArray]:
    """One full step, shape (p,), and the residuals projected on the columns, in standard errors."""
    root = np.sqrt(variance(expected.mu, alpha))
    Q, R = np.linalg.qr(expected.Z / root[:, None])
    projected = Q.T @ ((y - expected.mu) / root)
    try:
        return solve_triangular(R, projected), projected
    except LinAlgError as error:
        raise FitError(_COLLINEAR) from error


def _inverse_root(Z: FloatArray, spread: FloatArray) -> FloatArray:
    """Give a square root, shape (p, p), of the inverse information."""
    try:
        return np.asarray(np.linalg.inv(np.linalg.qr(Z / np.sqrt(spread)[:, None], mode="r")))
    except LinAlgError as error:
        raise FitError(_COLLINEAR) from error


def _refuse_runaway(data: _Data, expected: Expected, names: Sequence[str] | None) -> None:
    """Refuse what separation inside a window leaves: a term whose cells vanish beside others of their window."""
    _, X, _, _ = data
    R_inverse = _inverse_root(expected.Z, expected.mu)
    on_log_rate = np.sqrt((R_inverse**2).sum(axis=1)) * np.abs(X).max(axis=0)
    worst = int(np.argmax(on_log_rate))
    name = f"column {worst}" if names is None else names[worst]
    if on_log_rate[worst] > LARGEST_STD_ERROR:
        raise FitError(
            f"the counts do not bound {name}: the rate under it runs to 0 (separation); widen the window until it "
            "holds counts, or take a term away"
        )


def _alternate(data: _Data, beta: FloatArray, expected: Expected) -> tuple[FloatArray, Expected, float, int]:
    """Coefficients given alpha and alpha given the coefficients, in turn: they are orthogonal in information."""
    y, alpha, rounds = data[0], 0.0, 0
    for _ in range(MAX_ALPHA_ROUNDS):
        before, alpha = alpha, estimate_alpha(y, expected.mu)
        beta, expected, n_iterations = _score(data, beta, alpha=alpha)
        rounds += n_iterations
        if abs(alpha - before) <= ALPHA_TOLERANCE * alpha:
            return beta, expected, alpha, rounds
    raise FitError(
        f"the over-dispersion of the negative binomial did not settle in {MAX_ALPHA_ROUNDS} rounds (last {alpha:.3g}): "
        'use family="quasi-poisson"'
    )


def _finish(
    data: _Data, beta: FloatArray, expected: Expected, *, family: CountFamily, alpha: float, n_iterations: int
) -> CountFit:
    y, mu = data[0], expected.mu
    spread = variance(mu, alpha)
    n_left = len(y) - len(beta)
    pearson = float(((y - mu) ** 2 / spread).sum() / n_left) if n_left > 0 else float("nan")
    dispersion = pearson if family == "quasi-poisson" else 1.0
    R_inverse = _inverse_root(expected.Z, spread)
    return CountFit(
        beta=beta,
        cov=dispersion * R_inverse @ R_inverse.T,
        expected=expected,
        dispersion=dispersion,
        pearson_dispersion=pearson,
        alpha=alpha,
        log_likelihood=log_likelihood(y, mu, alpha),
        deviance=2 * (_saturated(y, alpha) - log_likelihood(y, mu, alpha)),
        n_iterations=n_iterations,
        at_poisson_limit=family == "negative-binomial" and alpha == 0,
    )


def variance(mu: FloatArray, alpha: float = 0.0) -> FloatArray:
    """Variance of the counts: mu + alpha mu^2 (NB2); Poisson where alpha is 0."""
    return mu + alpha * mu**2


def log_likelihood(y: FloatArray, mu: FloatArray, alpha: float = 0.0) -> float:
    """Log-likelihood of the Poisson (alpha 0) or NB2 distribution, constants included."""
    if alpha == 0:
        return float((xlogy(y, mu) - mu - gammaln(y + 1)).sum())
    theta = 1 / alpha
    # log1p keeps the digits where theta is large and the distribution nearly Poisson
    terms = gammaln(y + theta) - gammaln(theta) - gammaln(y + 1) - theta * np.log1p(mu / theta)
    return float((terms + xlogy(y, mu / (mu + theta))).sum())


def _saturated(y: FloatArray, alpha: float) -> float:
    return log_likelihood(y, y.astype(float), alpha)
