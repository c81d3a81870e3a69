"""Prais-Winsten regression: AR(1) errors, iterated, the first observation kept.

References
----------
Prais & Winsten (1954) Cowles Discussion Paper 383. Stata manual, [TS] prais, ``rhotype(regress)``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.ar1_transform import quasi_difference
from violence_stats.fitting.linear import LinearFit, fit_linear

RHO_TOLERANCE = 1e-6
MAX_ITERATIONS = 100


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PraisWinstenFit:
    """A linear model with AR(1) errors by iterated Prais-Winsten.

    Attributes
    ----------
    coef : FloatArray, shape (p,)
    cov : FloatArray, shape (p, p)
        Takes the estimated `rho` as known.
    rho : float
        Autocorrelation of the errors one period apart.
    residuals : FloatArray, shape (n,)
        ``y - X b``, serially correlated.
    sigma2 : float
        Variance of the innovations.
    degrees_of_freedom : float
        ``n - p``.
    n_iterations : int
    """

    coef: FloatArray
    cov: FloatArray
    rho: float
    residuals: FloatArray
    sigma2: float
    degrees_of_freedom: float
    n_iterations: int


def fit_prais_winsten(y: FloatArray, X: FloatArray) -> PraisWinstenFit:
    """Fit ``y = X b + e`` with AR(1) errors; rho by regressing each residual on the one before, without constant.

    Parameters
    ----------
    y : FloatArray, shape (n,)
        One observation a period, none missing.
    X : FloatArray, shape (n, p)

    Returns
    -------
    PraisWinstenFit

    Raises
    ------
    SpecificationError
        If there are too few observations (``n < p + 3``) or the columns are collinear.
    FitError
        If rho reaches 1 (the series has a unit root as far as these data tell) or the iterations do not settle.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([1.0, 1.5, 1.2, 0.8, 0.9, 1.4, 1.6, 1.1])
    >>> round(fit_prais_winsten(y, np.ones((8, 1))).rho, 3)
    0.074
    """
    n, p = X.shape
    if n < p + 3:
        raise SpecificationError(f"AR(1) errors beside {p} terms need {p + 3} or more observations, got {n}")
    residuals = fit_linear(y, X).residuals
    rho = 0.0
    for iteration in range(1, MAX_ITERATIONS + 1):
        previous, rho = rho, _regress_on_lag(residuals)
        fit = _fit_given_rho(y, X, rho)
        residuals = y - X @ fit.coef
        if abs(rho - previous) < RHO_TOLERANCE:
            return PraisWinstenFit(
                coef=fit.coef,
                cov=fit.cov,
                rho=rho,
                residuals=residuals,
                sigma2=fit.sigma2,
                degrees_of_freedom=fit.degrees_of_freedom,
                n_iterations=iteration,
            )
    raise FitError(f"Prais-Winsten did not settle in {MAX_ITERATIONS} iterations (rho {rho:.4f}): use errors by REML")


def _regress_on_lag(residuals: FloatArray) -> float:
    power = float(residuals[:-1] @ residuals[:-1])
    return float(residuals[1:] @ residuals[:-1]) / power if power > 0 else 0.0


def _fit_given_rho(y: FloatArray, X: FloatArray, rho: float) -> LinearFit:
    if abs(rho) >= 1:
        raise FitError(f"rho came out at {rho:.3f}: the errors do not return to their mean; model differences instead")
    innovation_scale = np.sqrt(1 - rho**2)
    return fit_linear(innovation_scale * quasi_difference(y, rho), innovation_scale * quasi_difference(X, rho))
