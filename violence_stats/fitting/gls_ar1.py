"""A linear model with AR(1) errors by maximum likelihood, restricted or not.

Given rho, coefficients and variance have closed forms, so the likelihood is profiled to one dimension, searched on a
grid over the whole range and then refined: the restricted likelihood often has a second maximum near rho = 1.
The parameter count and the factor n - p in the covariance follow R's ``nlme::gls``.

References
----------
Pinheiro & Bates (2000) Mixed-Effects Models in S and S-PLUS, section 5.3. Cheang & Reinsel (2000) JASA 95:1173.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from scipy.optimize import minimize_scalar

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_transform import gaps, quasi_difference
from violence_stats.fitting.linear import LinearFit, fit_linear

RHO_LIMIT = 0.99999
"""The search ends here; nearer to 1 the intercept and the stationary variance mean nothing."""
BOUNDARY_RHO = 0.99
"""From here on the fit is flagged: the likelihood rises toward a unit root."""
FISHER_GRID = np.linspace(-np.arctanh(RHO_LIMIT), np.arctanh(RHO_LIMIT), 61)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GlsAr1Fit:
    """A linear model with AR(1) errors by ML or REML.

    Attributes
    ----------
    coef : FloatArray, shape (p,)
    cov : FloatArray, shape (p, p)
        Takes the estimated `rho` as known.
    rho : float
        Autocorrelation of the errors one period apart.
    sigma2 : float
        Stationary variance of the errors: residual sum of squares over ``n`` (ML) or ``n - p`` (REML).
    loglik : float
        Log likelihood, or restricted log likelihood without the ``log |X'X|`` term.
    residuals : FloatArray, shape (n,)
        ``y - X b``, serially correlated.
    innovations : FloatArray, shape (n,)
        Residuals made independent, with the variance of the errors.
    degrees_of_freedom : float
        ``n - p``.
    boundary : bool
        Whether rho lies within 0.01 of 1 or -1: the standard errors must not be quoted as they stand.
    """

    coef: FloatArray
    cov: FloatArray
    rho: float
    sigma2: float
    loglik: float
    residuals: FloatArray
    innovations: FloatArray
    degrees_of_freedom: float
    boundary: bool


def fit_gls_ar1(
    y: FloatArray, X: FloatArray, *, method: Literal["reml", "ml"] = "reml", period: FloatArray | None = None
) -> GlsAr1Fit:
    """Fit ``y = X b + e`` with AR(1) errors.

    Parameters
    ----------
    y : FloatArray, shape (n,)
    X : FloatArray, shape (n, p)
    method : {'reml', 'ml'}
        REML removes most of the downward bias of rho that a trend and steps bring.
    period : FloatArray, shape (n,), optional
        Whole increasing period numbers, where some periods are missing. Default: none missing.

    Returns
    -------
    GlsAr1Fit

    Raises
    ------
    SpecificationError
        If there are too few observations (``n < p + 3``), columns are collinear, or periods are out of order.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([1.0, 1.5, 1.2, 0.8, 0.9, 1.4, 1.6, 1.1])
    >>> fit = fit_gls_ar1(y, np.ones((8, 1)), method="ml")
    >>> round(fit.rho, 2), fit.boundary
    (0.07, False)
    """
    n, p = X.shape
    if n < p + 3:
        raise SpecificationError(f"AR(1) errors beside {p} terms need {p + 3} or more observations, got {n}")
    fit_linear(y, X)  # refuses collinear columns before the search
    steps = gaps(period, n)
    objective = partial(_profile_deviance, y=y, X=X, steps=steps, restricted=method == "reml")
    rho = float(np.tanh(_minimize_on_grid(objective)))
    fit = _fit_given_rho(y, X, rho, steps)
    sigma2 = fit.sigma2 if method == "reml" else fit.sigma2 * (n - p) / n
    return GlsAr1Fit(
        coef=fit.coef,
        cov=fit.cov,
        rho=rho,
        sigma2=sigma2,
        loglik=-0.5 * objective(float(np.arctanh(rho))),
        residuals=y - X @ fit.coef,
        innovations=fit.residuals,
        degrees_of_freedom=float(n - p),
        boundary=abs(rho) > BOUNDARY_RHO,
    )


def _fit_given_rho(y: FloatArray, X: FloatArray, rho: float, steps: FloatArray) -> LinearFit:
    return fit_linear(quasi_difference(y, rho, steps), quasi_difference(X, rho, steps))


def _profile_deviance(fisher_rho: float, *, y: FloatArray, X: FloatArray, steps: FloatArray, restricted: bool) -> float:
    """Minus twice the log likelihood at ``arctanh(rho)``, coefficients and variance at their best."""
    rho = float(np.tanh(fisher_rho))
    n, p = X.shape
    fit = _fit_given_rho(y, X, rho, steps)
    used = n - p if restricted else n
    sigma2 = fit.sigma2 * (n - p) / used
    deviance = used * (np.log(2 * np.pi * sigma2) + 1) + np.log1p(-(rho ** (2 * steps))).sum()
    if restricted:
        deviance += np.linalg.slogdet(fit.information)[1]
    return float(deviance)


def _minimize_on_grid(objective: partial[float]) -> float:
    heights = [objective(point) for point in FISHER_GRID]
    best = int(np.argmin(heights))
    low, high = FISHER_GRID[max(best - 1, 0)], FISHER_GRID[min(best + 1, len(FISHER_GRID) - 1)]
    return float(minimize_scalar(objective, bounds=(low, high), method="bounded", options={"xatol": 1e-8}).x)
