"""Which variance form suits the counts: ``phi mu``, or noise on the log scale, ``mu + d mu^2``.

Over a narrow range of counts the two say the same. Where expected counts span more than tenfold they differ in how much
the low stretch weighs beside the high one, so both are fitted and their likelihoods compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.fitting.ar1 import Ar1Fit, fit_ar1
from violence_stats.fitting.ar1_working import VarianceForm
from violence_stats.fitting.composite import sum_by_window, window_starts

WIDE_SPAN = 10.0
"""Ratio of the largest to the smallest expected rate from which the two forms should be compared."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VarianceForms:
    """Two fits that differ in the variance form only.

    Attributes
    ----------
    proportional, nugget : Ar1Fit
    log_likelihood_ratio : float
        Of ``proportional`` over ``nugget``; both have three variance parameters, so above 0 speaks for the first. Less
        than 2 either way says little.
    """

    proportional: Ar1Fit
    nugget: Ar1Fit
    log_likelihood_ratio: float

    @property
    def preferred(self) -> VarianceForm:
        """The form with the higher likelihood."""
        return "proportional" if self.log_likelihood_ratio >= 0 else "nugget"


def rate_span(fitted: FloatArray, log_exposure: FloatArray, window: IntArray) -> float:
    """Give the ratio of the largest to the smallest expected rate among windows.

    Parameters
    ----------
    fitted : FloatArray, shape (n_windows,)
    log_exposure : FloatArray, shape (n_cells,)
    window : IntArray, shape (n_cells,)
    """
    rate = fitted / sum_by_window(np.exp(log_exposure), window_starts(window))
    return float(rate.max() / rate.min())


def compare_variance_forms(
    y: FloatArray, X: FloatArray, log_exposure: FloatArray, window: IntArray, period: IntArray
) -> VarianceForms:
    """Fit both variance forms to the same counts.

    Parameters
    ----------
    y, X, log_exposure, window, period
        As `fit_ar1` takes them.

    Raises
    ------
    SpecificationError, FitError
        As `fit_ar1` does.

    Examples
    --------
    >>> from violence_stats.fitting.ar1_working import Theta
    >>> from violence_stats.fitting.simulate import simulate_counts
    >>> month = np.arange(120)
    >>> expected = np.where(month < 60, 400.0, 8.0)
    >>> y = simulate_counts(np.random.default_rng(1), expected, month, month, Theta(5.0, 0.01, 0.5))[0]
    >>> X = np.column_stack([np.ones(120), month >= 60])
    >>> compare_variance_forms(y, X, np.zeros(120), month, month).preferred
    'proportional'
    """
    proportional = fit_ar1(y, X, log_exposure, window, period, form="proportional")
    nugget = fit_ar1(y, X, log_exposure, window, period, form="nugget")
    return VarianceForms(
        proportional=proportional,
        nugget=nugget,
        log_likelihood_ratio=proportional.log_likelihood - nugget.log_likelihood,
    )
