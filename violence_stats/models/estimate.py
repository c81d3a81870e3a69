"""What an error model hands back: coefficients, their covariance, and how to read their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.ar1 import Ar1Fit

ErrorModel: TypeAlias = Literal["ar1", "ar1-ml", "iid", "newey-west", "prais-winsten"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate:
    """A fit under one assumption about the errors.

    Attributes
    ----------
    errors : str
        Name of the error model.
    beta : FloatArray, shape (p,)
    cov : FloatArray, shape (p, p)
    degrees_of_freedom : FloatArray, shape (p,)
        Of the t distribution behind each interval; infinite for the normal.
    fitted : FloatArray, shape (n_windows,)
        Expected value of each window.
    dispersion : float
        Multiplies the family's variance; the residual variance for gaussian.
    pearson_dispersion : float
        Pearson's chi-square over n_windows - p; NaN for gaussian.
    log_likelihood : float
        Laplace's approximation for ``ar1`` counts; NaN for ``prais-winsten``.
    deviance : float
        Poisson's (the negative binomial's under it and ``iid``); residual sum of squares for gaussian.
    nuisance : mapping of str to float
        What describes the errors beside that: ``theta``, ``rho``, ``lags``. Not findings.
    adjusts_for_correlation : bool
        Whether the covariance allows for serial correlation.
    method : str
        How the intervals were made, in words.
    notes : tuple of str
        Limits met on the way.
    boundary : bool
        Whether a variance parameter ended on an edge, where standard errors lean on the edge.
    ar1 : Ar1Fit or None
        The fit behind ``ar1`` errors of counts: latent path, variance parameters and what their uncertainty does.
    """

    errors: str
    beta: FloatArray
    cov: FloatArray
    degrees_of_freedom: FloatArray
    fitted: FloatArray
    dispersion: float
    pearson_dispersion: float
    log_likelihood: float
    deviance: float
    adjusts_for_correlation: bool
    method: str
    nuisance: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    boundary: bool = False
    ar1: Ar1Fit | None = None

    @property
    def stationary_variance(self) -> float:
        """Variance of a correlated gaussian error: Prais-Winsten states that of the innovations, REML and ML this."""
        if self.errors == "prais-winsten":
            return self.dispersion / (1 - self.nuisance["rho"] ** 2)
        return self.dispersion

    def contrast_degrees_of_freedom(self, contrasts: FloatArray) -> FloatArray:
        """Degrees of freedom, shape (k,), of linear combinations (k, p) of the coefficients."""
        if self.ar1 is not None:
            return self.ar1.contrast_degrees_of_freedom(contrasts)
        return np.full(len(contrasts), self.degrees_of_freedom.min())

    @property
    def interval_words(self) -> str:
        """How the intervals were made, with a warning where they ignore serial correlation."""
        return self.method if self.adjusts_for_correlation else f"{self.method}; not adjusted for serial correlation"


def first_terms(estimate: Estimate, n_terms: int) -> Estimate:
    """Give the estimate of the first terms, those after them estimated but not shown."""
    keep = slice(n_terms)
    ar1 = estimate.ar1
    if ar1 is not None:
        ar1 = replace(
            ar1,
            beta=ar1.beta[keep],
            cov=ar1.cov[keep, keep],
            degrees_of_freedom=ar1.degrees_of_freedom[keep],
            cov_slopes=ar1.cov_slopes[:, keep, keep],
        )
    return replace(
        estimate,
        beta=estimate.beta[keep],
        cov=estimate.cov[keep, keep],
        degrees_of_freedom=estimate.degrees_of_freedom[keep],
        ar1=ar1,
    )
