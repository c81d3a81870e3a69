"""An interrupted time series as it was fitted: the data, the estimate, and what both say by window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.per_100k import table_per_100k
from violence_stats.models.window_table import window_table
from violence_stats.months import Window


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedITS:
    """What was fitted, and what came out.

    Attributes
    ----------
    frame : ModelFrame
        Counts, cells, design and exposure that were fitted.
    estimate : Estimate
        Coefficients, covariance and what goes with them.
    """

    frame: ModelFrame
    estimate: Estimate

    @property
    def window(self) -> Window:
        """The fitting window, both ends INCLUSIVE."""
        return self.frame.span

    @property
    def n_windows(self) -> int:
        """Windows fitted."""
        return self.frame.series.n_windows

    @property
    def fitted(self) -> pd.DataFrame:
        """Observed and expected by window: ``start, end`` (INCLUSIVE), ``n_days, observed, fitted``."""
        return window_table(self.frame, self.estimate)

    def per_100k(self, population: pd.Series[Any]) -> pd.DataFrame:
        """Give observed and expected as annual rates per 100,000 inhabitants, by window.

        Parameters
        ----------
        population : pandas.Series
            Inhabitants by year (integer index), as `load_population` gives.

        Returns
        -------
        pandas.DataFrame
            ``start, end`` (INCLUSIVE), ``observed_per_100k, fitted_per_100k``; index the window labels.

        Raises
        ------
        SeriesError
            If the series holds rates already, or a window lies beyond the last year of `population`.
        """
        series = self.frame.series
        return table_per_100k(self.fitted, series.windows, series.kind, population)

    @property
    def dispersion(self) -> float:
        """What multiplies the variance of the family; the residual variance for gaussian."""
        return self.estimate.dispersion

    @property
    def aic(self) -> float:
        """Akaike's criterion; NaN where no likelihood is maximised (quasi-poisson, REML, prais-winsten)."""
        if self.frame.family == "quasi-poisson" or self.estimate.errors == "ar1":
            return float("nan")
        n_variances = int(self.frame.family in ("gaussian", "negative-binomial")) + (self.estimate.errors == "ar1-ml")
        return 2 * (len(self.estimate.beta) + n_variances) - 2 * self.estimate.log_likelihood
