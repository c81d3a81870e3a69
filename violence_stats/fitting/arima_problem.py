"""The likelihood of a regression with ARIMA errors as a function of what has to be searched for.

The data are rescaled and the coefficients concentrated out, so that a search runs over the ARMA parameters (mapped to
all reals) and the logits of the rates of the transfer functions alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.arima_filter import ArimaFilter, ArimaOrder, Innovations
from violence_stats.fitting.information import hessian, is_positive_definite
from violence_stats.fitting.multistart import OUT_OF_REACH

MONTHS_PER_PARAMETER = 3
"""Differenced months that each parameter needs: fewer leave the ARMA parameters to chance."""

NEAR_ONE = 0.995
"""A partial autocorrelation, or a rate of a transfer function, beyond this counts as at the edge of its range."""

# Steps of the numerical second derivatives: ARMA parameters and rates have standard errors of about 0.1.
_STEP = 2e-3
_STEP_IN_ERRORS = 0.05
_TYPICAL_RATE = 0.5
# Unconstrained coordinates beyond this are partial autocorrelations that differ from 1 by less than 1e-6.
_FARTHEST = 1e3
# With columns of length one, a singular value below this leaves a combination of columns undetermined.
_COLLINEAR = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatedColumns:
    """Regressors that depend on rates between 0 and 1, such as first-order transfer functions.

    Attributes
    ----------
    n_rates : int
        m.
    at : callable
        Rates, shape (m,), to regressors, shape (n, k).
    """

    n_rates: int
    at: Callable[[FloatArray], FloatArray]

    @classmethod
    def fixed(cls, X: FloatArray) -> RatedColumns:
        """Take regressors that depend on nothing."""
        return cls(n_rates=0, at=lambda _: X)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optimum:
    """Where the likelihood is highest, on the scaled data.

    Attributes
    ----------
    point : FloatArray, shape (r + m,)
        Unconstrained ARMA parameters and logits of the rates of the transfer functions.
    arma : FloatArray, shape (r,)
    delta : FloatArray, shape (m,)
    beta : FloatArray, shape (k,)
    filtered : Innovations
    sigma2 : float
        Innovation variance.
    """

    point: FloatArray
    arma: FloatArray
    delta: FloatArray
    beta: FloatArray
    filtered: Innovations
    sigma2: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArimaProblem:
    """Scaled data and the likelihoods over them.

    Attributes
    ----------
    kalman : ArimaFilter
        Holds y over `y_scale`.
    rated : RatedColumns
        On the scale of the user.
    y_scale : float
    X_scale : FloatArray, shape (k,)
    n_obs : int
    """

    kalman: ArimaFilter
    rated: RatedColumns
    y_scale: float
    X_scale: FloatArray
    n_obs: int

    @classmethod
    def scaled(cls, y: FloatArray, rated: RatedColumns, order: ArimaOrder) -> ArimaProblem:
        """Rescale y to unit variance and each column to a largest value of one.

        Raises
        ------
        SpecificationError
            If y does not vary, a column is zero throughout, or the months are too few for the parameters.
        """
        observed = y[np.isfinite(y)]
        y_scale = float(np.std(observed)) if observed.size else 0.0
        X = rated.at(np.full(rated.n_rates, _TYPICAL_RATE))
        X_scale = np.max(np.abs(X), axis=0, initial=0.0)
        if y_scale == 0.0:
            raise SpecificationError(f"{order}: the response does not vary; there is nothing to fit")
        if np.any(X_scale == 0.0):
            raise SpecificationError(f"{order}: column {int(np.argmin(X_scale))} is zero in every month; leave it out")
        n_parameters = len(order.names) + rated.n_rates + X.shape[1] + 1
        n_effective = max(observed.size - order.n_differenced, 0)
        if n_effective < MONTHS_PER_PARAMETER * n_parameters:
            raise SpecificationError(
                f"{order} with {X.shape[1]} columns has {n_parameters} parameters and {observed.size} observed months, "
                f"{n_effective} once differenced: expected at least {MONTHS_PER_PARAMETER} a parameter; "
                "ask for a smaller order or a longer window"
            )
        return cls(
            kalman=ArimaFilter(order, y / y_scale),
            rated=rated,
            y_scale=y_scale,
            X_scale=X_scale,
            n_obs=observed.size,
        )

    @property
    def order(self) -> ArimaOrder:
        """The orders."""
        return self.kalman.order

    def columns(self, delta: FloatArray) -> FloatArray:
        """Give the regressors over their scale, shape (n, k)."""
        return self.rated.at(delta) / self.X_scale

    def negative_loglik(self, point: FloatArray) -> float:
        """Profile likelihood at an unconstrained point, for a minimiser."""
        if np.max(np.abs(point), initial=0.0) > _FARTHEST:
            return OUT_OF_REACH
        try:
            filtered = self.kalman.innovations(*self._split(point))
        except np.linalg.LinAlgError:
            return OUT_OF_REACH
        value = -filtered.loglik(_least_squares(filtered))
        return value if np.isfinite(value) else OUT_OF_REACH

    def loglik(self, arma: FloatArray, delta: FloatArray, beta: FloatArray) -> float:
        """Log-likelihood at any parameters, the innovation variance concentrated out."""
        return self.kalman.innovations(arma, self.columns(delta)).loglik(beta)

    def solve(self, point: FloatArray) -> Optimum:
        """Give what the likelihood implies at an unconstrained point.

        Raises
        ------
        SpecificationError
            If the columns are collinear, or vanish, once differenced.
        """
        arma, X = self._split(point)
        filtered = self.kalman.innovations(arma, X)
        _refuse_collinear(filtered.X, self.order)
        beta = _least_squares(filtered)
        errors = filtered.y - filtered.X @ beta
        return Optimum(
            point=point,
            arma=arma,
            delta=np.asarray(expit(point[arma.size :])),
            beta=beta,
            filtered=filtered,
            sigma2=float(errors @ errors) / errors.size,
        )

    def _split(self, point: FloatArray) -> tuple[FloatArray, FloatArray]:
        """ARMA parameters and columns at an unconstrained point."""
        r = len(self.order.names)
        return self.kalman.constrain(point[:r]), self.columns(np.asarray(expit(point[r:])))


def rate_names(n_transfers: int) -> tuple[str, ...]:
    """Name the rates of the transfer functions: delta1, delta2, ..."""
    return tuple(f"delta{number}" for number in range(1, n_transfers + 1))


def at_boundary(order: ArimaOrder, optimum: Optimum) -> tuple[str, ...]:
    """Name the parameters at the edge of their range."""
    unconstrained = optimum.point[: optimum.arma.size]
    partial = np.abs(unconstrained) / np.sqrt(1 + unconstrained**2)
    at_edge = [name for name, size in zip(order.names, partial, strict=True) if size > NEAR_ONE]
    names = rate_names(optimum.delta.size)
    at_edge += [name for name, share in zip(names, optimum.delta, strict=True) if not 1 - NEAR_ONE < share < NEAR_ONE]
    return tuple(at_edge)


def covariance(problem: ArimaProblem, optimum: Optimum, boundary: tuple[str, ...]) -> FloatArray:
    """Inverse observed information of (arma, delta, beta) on the scaled data, shape (r + m + k, r + m + k).

    Parameters at a boundary are held there: NaN in their rows. One ARMA parameter at a boundary holds them all, since
    the likelihood is not defined on its other side.

    Raises
    ------
    FitError
        If the likelihood has no curvature at its optimum.
    """
    r, m = optimum.arma.size, optimum.delta.size
    full = np.concatenate([optimum.arma, optimum.delta, optimum.beta])
    steps = np.concatenate([np.full(r + m, _STEP), _STEP_IN_ERRORS * _conditional_errors(optimum)])
    held = np.zeros(full.size, dtype=bool)
    held[:r] = any(name in boundary for name in problem.order.names)
    held[r : r + m] = [name in boundary for name in rate_names(m)]

    def negative_loglik(free: FloatArray) -> float:
        point = full.copy()
        point[~held] = free
        return -problem.loglik(point[:r], point[r : r + m], point[r + m :])

    information = hessian(negative_loglik, full[~held], steps[~held])
    if not is_positive_definite(information):
        raise FitError(
            f"{problem.order}: the likelihood has no curvature at its optimum, so its parameters cannot be told apart "
            "and have no standard errors; ask for a smaller order"
        )
    cov = np.full((full.size, full.size), np.nan)
    cov[np.ix_(~held, ~held)] = np.linalg.inv(information)
    return cov


def _conditional_errors(optimum: Optimum) -> FloatArray:
    """Give the standard errors of beta that hold if the other parameters are known, shape (k,)."""
    gram = optimum.filtered.X.T @ optimum.filtered.X
    return np.asarray(np.sqrt(optimum.sigma2 * np.diag(np.linalg.inv(gram))))


def _least_squares(filtered: Innovations) -> FloatArray:
    return np.asarray(np.linalg.lstsq(filtered.X, filtered.y, rcond=None)[0])


def _refuse_collinear(X: FloatArray, order: ArimaOrder) -> None:
    if X.shape[1] == 0:
        return
    lengths = np.linalg.norm(X, axis=0)
    if not np.any(lengths < _COLLINEAR):
        singular = np.linalg.svd(X / lengths, compute_uv=False)
        if singular[-1] > _COLLINEAR * singular[0]:
            return
    raise SpecificationError(
        f"{order}: the columns are collinear, or vanish, once differenced: leave out a term that the differences or "
        "the other terms already carry"
    )
