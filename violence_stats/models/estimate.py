"""What an error model hands back: coefficients, their covariance, and how to read their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from violence_stats.series import FloatArray

ErrorModel: TypeAlias = Literal["iid", "newey-west", "prais-winsten"]


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
        NaN where the fit does not maximise one.
    deviance : float
        Residual sum of squares for gaussian.
    nuisance : mapping of str to float
        What describes the errors beside that: ``theta``, ``rho``, ``lags``. Not findings.
    adjusts_for_correlation : bool
        Whether the covariance allows for serial correlation.
    method : str
        How the intervals were made, in words.
    notes : tuple of str
        Limits met on the way, such as a boundary.
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

    @property
    def interval_words(self) -> str:
        """How the intervals were made, with a warning where they ignore serial correlation."""
        return self.method if self.adjusts_for_correlation else f"{self.method}; not adjusted for serial correlation"
