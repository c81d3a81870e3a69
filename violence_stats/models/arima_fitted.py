"""A regression with ARIMA errors as it was fitted: the periods, the terms and the estimates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.arima import ArimaFit
from violence_stats.models.arima_tables import search_notes
from violence_stats.models.arima_terms import ArimaTerms
from violence_stats.models.regular import RegularSeries
from violence_stats.months import Window


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedArima:
    """What was fitted, to which values, and what came out.

    Attributes
    ----------
    regular : RegularSeries
        The values by period.
    terms : ArimaTerms
    fit : ArimaFit
    y : FloatArray, shape (n,)
        The response, logs if they were taken.
    transform : 'log' or None
    """

    regular: RegularSeries
    terms: ArimaTerms
    fit: ArimaFit
    y: FloatArray
    transform: Literal["log"] | None

    @property
    def window(self) -> Window:
        """The fitting window, both ends INCLUSIVE."""
        return self.regular.span

    @property
    def regressors(self) -> FloatArray:
        """Regressors by period at the fitted time constants, shape (n, k)."""
        return self.terms.regressors(self.fit.delta)

    @property
    def one_step_ahead(self) -> FloatArray:
        """What each period was expected to bring by those before it, in the unit of the values, shape (n,)."""
        expected = self.y - self.fit.residuals
        return np.asarray(np.exp(expected) if self.transform == "log" else expected)

    @property
    def loglik(self) -> float:
        """Log-likelihood of the differenced response, as R's ``arima`` counts it."""
        return self.fit.loglik

    @property
    def aic(self) -> float:
        """Akaike's criterion; the innovation variance counts as a parameter."""
        return self.fit.aic

    @property
    def aicc(self) -> float:
        """Akaike's criterion, corrected for few periods."""
        return self.fit.aicc

    @property
    def bic(self) -> float:
        """Schwarz's criterion."""
        return self.fit.bic

    @property
    def innovation_variance(self) -> float:
        """Variance of the innovations, maximum likelihood."""
        return self.fit.sigma2

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to be told: missing periods, changes of publisher, how the search went, boundaries."""
        return (*self.regular.notes, *search_notes(self.fit))
