"""What is wrong with a fit, in words: correlation left over, dispersion, single windows, single years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from violence_stats.arrays import FloatArray
from violence_stats.fitting.ljung_box import LjungBox, ljung_box
from violence_stats.models.diagnostic_words import (
    MOVES,
    correlation_sentence,
    dispersion_sentences,
    influence_sentences,
    outlier_sentence,
    year_sentences,
)
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.left_out import without_each_year
from violence_stats.models.residuals import fit_residuals
from violence_stats.models.window_table import window_table

MAX_LAGS = 12
WINDOWS_PER_LAG = 5
FAMILY_WISE = 0.01
"""Chance that any window of a series that follows the model is called out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Diagnostics:
    """Diagnostics of a fit.

    Attributes
    ----------
    lag_one : float
        Correlation of residuals one window apart, after the error model has done its part.
    autocorrelation : FloatArray, shape (n_lags,)
        The same 1, 2, ... windows apart; as many as `portmanteau` tests.
    portmanteau : LjungBox
        Test of no correlation left, over so many lags of a window.
    dispersion : float
        Pearson's, about the fitted values: 1 for Poisson counts; NaN for gaussian.
    windows : pandas.DataFrame
        By window: ``start, end`` (INCLUSIVE), ``n_days, observed, fitted``, ``residual`` (from the fit to all other
        windows, over its standard error), and for each intervention ``moves <term>``: by how many of its standard
        errors the estimate moves when the window is left out, to first order.
    outliers : tuple of str
        Windows beyond the limit that 99% of series which follow the model stay within.
    years : pandas.DataFrame
        The columns of `ITSResult.effects` with each calendar year left out; index ``term``, ``year_left_out``.
    years_not_available : mapping of int to str
        Years without which the model cannot be fitted, and why.
    sentences : tuple of str
    """

    lag_one: float
    autocorrelation: FloatArray
    portmanteau: LjungBox
    dispersion: float
    windows: pd.DataFrame
    outliers: tuple[str, ...]
    years: pd.DataFrame
    years_not_available: Mapping[int, str]
    sentences: tuple[str, ...]

    def summary(self) -> str:
        """Say the diagnostics in plain text."""
        return "\n".join(self.sentences) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a window, a copy of `windows`."""
        return self.windows.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the diagnostics as plain values that JSON can hold."""
        years = self.years.reset_index()
        return {
            "lag_one": self.lag_one,
            "autocorrelation": self.autocorrelation.tolist(),
            "portmanteau_p_value": self.portmanteau.p_value,
            "lags": self.portmanteau.lags,
            "dispersion": None if np.isnan(self.dispersion) else self.dispersion,
            "outliers": list(self.outliers),
            "years": years.astype(object).where(years.notna(), None).to_dict(orient="records"),
            "years_not_available": {str(year): why for year, why in self.years_not_available.items()},
            "sentences": list(self.sentences),
        }


def diagnose(frame: ModelFrame, estimate: Estimate) -> Diagnostics:
    """Diagnose a fit; each calendar year costs a refit.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
    """
    residuals = fit_residuals(frame, estimate)
    n = frame.series.n_windows
    n_lags = max(1, min(MAX_LAGS, n // WINDOWS_PER_LAG))
    portmanteau = ljung_box(residuals.whitened, n_lags)
    white = residuals.whitened - residuals.whitened.mean()
    autocorrelation = np.array([white[lag:] @ white[:-lag] for lag in range(1, n_lags + 1)]) / (white @ white)
    lag_one = float(autocorrelation[0])
    windows = _moves_table(frame, estimate, residuals.deletion, residuals.moves)
    outliers = tuple(windows.index[windows["residual"].abs() > outlier_limit(n)])
    years, not_available = without_each_year(frame, estimate)
    return Diagnostics(
        lag_one=lag_one,
        autocorrelation=autocorrelation,
        portmanteau=portmanteau,
        dispersion=estimate.pearson_dispersion,
        windows=windows,
        outliers=outliers,
        years=years,
        years_not_available=not_available,
        sentences=(
            correlation_sentence(estimate, lag_one, portmanteau),
            *dispersion_sentences(estimate),
            outlier_sentence(outliers),
            *influence_sentences(windows),
            *year_sentences(years, not_available, log_link=frame.family != "gaussian"),
        ),
    )


def outlier_limit(n_windows: int) -> float:
    """Give the residual beyond which a window is called out."""
    return float(norm.isf(FAMILY_WISE / (2 * n_windows)))


def _moves_table(frame: ModelFrame, estimate: Estimate, residual: FloatArray, moves: FloatArray) -> pd.DataFrame:
    table = window_table(frame, estimate).assign(residual=residual)
    for one in frame.design.interventions:
        table[f"{MOVES}{one.term}"] = moves[:, frame.design.names.index(one.term)]
    return table
