"""Ordinary least squares: the gaussian family before any allowance for serial correlation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import qr, solve_triangular

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError

RANK_TOLERANCE = 1e-10
"""Smallest ratio of diagonal entries of R, with columns scaled to length one, that counts as full rank."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinearFit:
    """A linear model fitted by least squares.

    Attributes
    ----------
    coef : FloatArray, shape (p,)
    cov : FloatArray, shape (p, p)
        ``sigma2 (X'X)^-1``, right for independent errors of one variance only.
    information : FloatArray, shape (p, p)
        ``X'X``, the bread of a sandwich.
    residuals : FloatArray, shape (n,)
    sigma2 : float
        Residual sum of squares over ``n - p``.
    degrees_of_freedom : float
        ``n - p``.
    """

    coef: FloatArray
    cov: FloatArray
    information: FloatArray
    residuals: FloatArray
    sigma2: float
    degrees_of_freedom: float


def fit_linear(y: FloatArray, X: FloatArray) -> LinearFit:
    """Fit ``y = X b + e`` by least squares.

    Parameters
    ----------
    y : FloatArray, shape (n,)
    X : FloatArray, shape (n, p)
        Of full column rank, ``n > p``.

    Returns
    -------
    LinearFit

    Raises
    ------
    SpecificationError
        If there are no more observations than columns, or the columns are collinear.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.column_stack([np.ones(4), np.arange(4.0)])
    >>> fit_linear(np.array([1.0, 3.0, 5.0, 7.0]), X).coef.round(6).tolist()
    [1.0, 2.0]
    """
    n, p = X.shape
    if n <= p:
        raise SpecificationError(f"{p} terms need more than {p} observations, got {n}: widen the window or drop terms")
    scale = np.sqrt((X**2).sum(axis=0))
    if not (scale > 0).all():
        raise SpecificationError(f"column {int(np.argmin(scale))} of the design is zero throughout: drop its term")
    Q, R, order = qr(X / scale, mode="economic", pivoting=True)
    diagonal = np.abs(np.diag(R))
    if diagonal[-1] < RANK_TOLERANCE * diagonal[0]:
        raise SpecificationError(
            f"column {int(order[-1])} of the design is a combination of the others: drop one of the terms"
        )
    coef = np.empty(p)
    coef[order] = solve_triangular(R, Q.T @ y)
    inverse_root = np.empty((p, p))
    inverse_root[order] = solve_triangular(R, np.eye(p))
    coef /= scale
    inverse_root /= scale[:, None]
    residuals = y - X @ coef
    sigma2 = float(residuals @ residuals) / (n - p)
    return LinearFit(
        coef=coef,
        cov=sigma2 * (inverse_root @ inverse_root.T),
        information=X.T @ X,
        residuals=residuals,
        sigma2=sigma2,
        degrees_of_freedom=float(n - p),
    )
