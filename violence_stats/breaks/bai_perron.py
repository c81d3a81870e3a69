"""Breaks of a linear model at unknown dates: the global search of Bai & Perron, its criteria and its statistics.

Letters of the paper: y = X b + Z d_j + e in regime j; q columns in Z, p in X, m breaks, T observations.

References
----------
Bai & Perron (1998) Econometrica 66:47; (2003) J Appl Econometrics 18:1. Yao (1988) Stat Probab Lett 6:181 (BIC).
Liu, Wu & Zidek (1997) Statistica Sinica 7:497 (LWZ).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.breaks.break_process import break_gains
from violence_stats.breaks.date_distribution import long_run_moments
from violence_stats.breaks.linear import RegimeFit, fit_regimes, smallest_ssr, wald_of_no_change
from violence_stats.breaks.partial_search import search_partial
from violence_stats.breaks.partition import best_partitions
from violence_stats.breaks.segment_ssr import segment_ssr


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GlobalSearch:
    """The best fits with 0, 1, ..., m breaks.

    Attributes
    ----------
    fits : tuple of RegimeFit
        By number of breaks.
    ssr, bic, lwz : FloatArray, shape (m + 1,)
        Sums of squares, and minus twice the log likelihood plus log(T), or 0.299 log(T)^2.1, for each coefficient,
        break date and variance.
    """

    fits: tuple[RegimeFit, ...]
    ssr: FloatArray
    bic: FloatArray
    lwz: FloatArray


def search_breaks(
    y: FloatArray, Z: FloatArray, X: FloatArray, allowed: BoolArray, max_breaks: int, lags: int | None = None
) -> GlobalSearch:
    """Minimise the sum of squares over all partitions, for 0 to `max_breaks` breaks.

    Parameters
    ----------
    y : FloatArray, shape (n,)
    Z : FloatArray, shape (n, q)
        Regressors whose coefficients break.
    X : FloatArray, shape (n, p)
        Regressors with common coefficients; p may be 0. With p > 0 dates are moved in turn (`search_partial`): exact
        for one break, for more a minimum that no single move improves.
    allowed : array of bool, shape (n + 1, n + 1)
        Segments that may be regimes.
    max_breaks : int
    lags : int, optional
        For the covariance of the coefficients; see `fit_regimes`.

    Returns
    -------
    GlobalSearch
        With fewer than `max_breaks` breaks where no partition holds that many.
    """
    if X.shape[1] == 0:
        partitions = best_partitions(segment_ssr(y, Z, allowed), max_breaks)
        fits = [fit_regimes(y, Z, X, breaks, lags) for breaks in partitions.breaks]
    else:
        fits = search_partial(y, Z, X, allowed, max_breaks, lags)
    ssr = np.array([fit.ssr for fit in fits])
    n = len(y)
    n_estimated = np.array([n - fit.degrees_of_freedom + len(fit.breaks) + 1 for fit in fits])
    minus_two_log_likelihood = n * (np.log(ssr / n) + np.log(2 * np.pi) + 1)
    return GlobalSearch(
        fits=tuple(fits),
        ssr=ssr,
        bic=minus_two_log_likelihood + np.log(n) * n_estimated,
        lwz=minus_two_log_likelihood + 0.299 * np.log(n) ** 2.1 * n_estimated,
    )


def sup_f_of_m(search: GlobalSearch, lags: int | None = None) -> FloatArray:
    """Sup F(m) for m = 1, 2, ...: the Wald statistic of no break at the best m dates, over m, shape (max_breaks,).

    On the scale of q times an F statistic, so that sup F(1) is the sup F of Andrews (1993).
    """
    none = search.fits[0]
    values = []
    for m, fit in enumerate(search.fits[1:], start=1):
        gain = (none.ssr - fit.ssr) / (fit.ssr / fit.degrees_of_freedom)
        values.append((gain if lags is None else wald_of_no_change(fit)) / m)
    return np.array(values)


def one_more_break(
    y: FloatArray, Z: FloatArray, X: FloatArray, fit: RegimeFit, trim: float, lags: int | None = None
) -> float:
    """Sup F(l + 1 | l): the largest Wald statistic of one more break inside any regime of `fit`.

    Parameters
    ----------
    y, Z, X
        As in `search_breaks`.
    fit : RegimeFit
        The best fit with l breaks; its common coefficients are held.
    trim : float
        Share of each regime, at either end, in which no further break is sought.
    lags : int, optional
        Scale by the long-run variance of the residuals, Bartlett kernel, instead of their variance.

    Returns
    -------
    float
        Scaled by the residuals of the model with the further break; NaN where no regime is long enough.
    """
    n, q = Z.shape
    held = y - X @ fit.coef_common
    edges = [0, *fit.breaks.tolist(), n]
    best, date = -np.inf, 0
    for start, end in pairwise(edges):
        shortest = max(int(trim * (end - start) + 1e-9), q + 1)
        candidates = np.arange(shortest, end - start - shortest + 1)
        if len(candidates) == 0:
            continue
        gains = break_gains(held[start:end], Z[start:end], np.empty((end - start, 0)), candidates)
        if gains.max() > best:
            best, date = float(gains.max()), start + int(candidates[np.argmax(gains)])
    if not np.isfinite(best):
        return float("nan")
    if lags is None:
        return best / float(max(fit.ssr - best, smallest_ssr(y)) / (fit.degrees_of_freedom - q))
    further = fit_regimes(y, Z, X, np.sort(np.append(fit.breaks, date)))
    long_run = float(long_run_moments(further.residuals[:, None], lags)[0, 0])
    return best / float(long_run * n / further.degrees_of_freedom)
