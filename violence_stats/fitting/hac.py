"""Newey-West standard errors: Bartlett kernel, small-sample factor n / (n - p), t with n - p degrees of freedom.

One routine serves least squares and count models, since both are estimating equations: it takes the score of each
observation and the information. Offered beside the default errors, not instead of them: with 240 months of AR(1) noise
at rho 0.5 a nominal 5% test with these errors rejects about 20% of true nulls.

References
----------
Newey & West (1987) Econometrica 55:703. Stata manual, [TS] newey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import SpecificationError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HacCovariance:
    """A Newey-West covariance of coefficients.

    Attributes
    ----------
    cov : FloatArray, shape (p, p)
    lags : int
        Lags kept in the Bartlett kernel, counted in windows.
    degrees_of_freedom : float
        ``n - p``.
    """

    cov: FloatArray
    lags: int
    degrees_of_freedom: float


def default_lags(n: int) -> int:
    """Give the usual bandwidth for `n` windows of one unit, the whole part of ``4 (n / 100)^(2/9)``.

    Examples
    --------
    >>> default_lags(51), default_lags(176)
    (3, 4)
    """
    return int(4 * (n / 100) ** (2 / 9))


def linear_scores(X: FloatArray, residuals: FloatArray) -> FloatArray:
    """Give the score of each observation under least squares, ``x_i e_i``, shape (n, p)."""
    return X * residuals[:, None]


def count_scores(Z: FloatArray, y: FloatArray, mu: FloatArray) -> FloatArray:
    """Give the score of each window under a log-linear count model, shape (n_windows, p).

    Parameters
    ----------
    Z : FloatArray, shape (n_windows, p)
        Derivative of the expected count of each window by the coefficients.
    y, mu : FloatArray, shape (n_windows,)
        Counts and expected counts. The matching information is ``Z' diag(1/mu) Z``.
    """
    return Z * ((y - mu) / mu)[:, None]


def newey_west(
    scores: FloatArray, information: FloatArray, lags: int | None = None, unit: IntArray | None = None
) -> HacCovariance:
    """Sandwich covariance that allows for serial correlation up to `lags` windows.

    Parameters
    ----------
    scores : FloatArray, shape (n, p)
        Score of each observation at the estimate, in order of time within each unit.
    information : FloatArray, shape (p, p)
        The bread: ``X'X`` for least squares, ``Z' diag(1/mu) Z`` for counts.
    lags : int, optional
        0 or more; 0 gives the heteroscedasticity-robust covariance. Default `default_lags` of the longest unit.
    unit : IntArray, shape (n,), optional
        Unit of each observation, each unit in one run; autocovariances never cross units. Default: one unit.

    Returns
    -------
    HacCovariance

    Raises
    ------
    SpecificationError
        If there are no more observations than coefficients, a unit is split, or `lags` does not fit in a unit.

    Notes
    -----
    A lag is a step from one window to the next, whatever their lengths.

    Examples
    --------
    >>> import numpy as np
    >>> from violence_stats.fitting.linear import fit_linear
    >>> X = np.ones((4, 1))
    >>> fit = fit_linear(np.array([1.0, 2.0, 2.0, 3.0]), X)
    >>> float(newey_west(linear_scores(X, fit.residuals), fit.information, lags=0).cov[0, 0])
    0.16666666666666666
    """
    n, p = scores.shape
    if n <= p:
        raise SpecificationError(f"{p} terms need more than {p} windows, got {n}: widen the window or drop terms")
    runs = [np.arange(n)] if unit is None else _unit_runs(unit)
    shortest, longest = min(map(len, runs)), max(map(len, runs))
    kept = default_lags(longest) if lags is None else lags
    if not 0 <= kept < shortest:
        raise SpecificationError(
            f"lags={kept} does not fit: expected 0 to {shortest - 1} for {shortest} windows a unit"
        )
    meat = sum((_bartlett_sum(scores[run], kept) for run in runs), start=np.zeros((p, p)))
    half = np.linalg.solve(information, meat)
    cov = np.linalg.solve(information, half.T) * (n / (n - p))
    return HacCovariance(cov=(cov + cov.T) / 2, lags=kept, degrees_of_freedom=float(n - p))


def _unit_runs(unit: IntArray) -> list[IntArray]:
    starts = np.flatnonzero(np.r_[True, unit[1:] != unit[:-1]])
    if len(starts) != len(np.unique(unit)):
        raise SpecificationError("the observations of a unit must stand together, in order of time: sort by unit first")
    return np.split(np.arange(len(unit)), starts[1:])


def _bartlett_sum(scores: FloatArray, lags: int) -> FloatArray:
    total = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        total = total + (1 - lag / (lags + 1)) * (cross + cross.T)
    return total
