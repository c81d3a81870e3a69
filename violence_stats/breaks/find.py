"""Breaks at unknown dates: the two functions that users call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import pandas as pd

from violence_stats.arguments import check_whole
from violence_stats.breaks.count_breaks import find_in_counts, sup_lr_counts
from violence_stats.breaks.linear_breaks import find_linear, sup_f_linear
from violence_stats.breaks.options import BreakErrors, BreakOptions, Regressor
from violence_stats.breaks.posterior import find_posterior
from violence_stats.breaks.regular import is_regular, read_regular, read_series
from violence_stats.breaks.results import BreakTest, FoundBreaks
from violence_stats.breaks.windows import read_windows
from violence_stats.errors import SpecificationError
from violence_stats.months import WindowLike
from violence_stats.series import CountSeries

BreakMethod = Literal["bai-perron", "bayes"]


def sup_f(
    series: CountSeries | pd.Series[Any],
    *,
    regressors: Sequence[Regressor] = ("level",),
    trim: float = 0.15,
    window: WindowLike | None = None,
    errors: BreakErrors = "iid",
    options: BreakOptions | None = None,
) -> BreakTest:
    """Test for one break at an unknown date: sup, ave and exp F.

    A series with one value a period is tested by least squares (Andrews 1993). Counts over windows of other lengths are
    tested by the largest quasi-Poisson likelihood ratio over the edges of windows, each series' over its own long-run
    dispersion, against series simulated without a break. Their dispersion and autocorrelation are fitted with the break
    at its best date; ``p_value_null`` is the stricter reading that fits them without it. Since both allow for
    autocorrelation, ``errors`` has nothing to add.

    Parameters
    ----------
    series : CountSeries or pandas.Series
        A pandas Series needs a PeriodIndex of frequency M, Q or Y.
    regressors : sequence of {'level', 'trend'}
        ``("level",)`` or ``("level", "trend")``; trend counts periods. Counts over windows take the level only.
    trim : float, default 0.15
        Share of the time (calendar time, not windows) at either end without a candidate date.
    window : WindowLike, optional
        Both ends INCLUSIVE; default the whole series.
    errors : {'iid', 'newey-west'}
        Covariance under least squares.
    options : BreakOptions, optional
        Family, the coefficients that break, lags, replicates and so on.

    Returns
    -------
    BreakTest
        Its ``date`` is the FIRST period of the new regime.

    Raises
    ------
    SeriesError
        If counts are missing or malformed.
    SpecificationError
        If trimming leaves no date, the series is constant or too short for the coefficients, or a choice is unknown.
    WindowError
        If the window is malformed or cuts a count that is known only as a whole.

    References
    ----------
    Andrews (1993) Econometrica 61:821. Andrews & Ploberger (1994) Econometrica 62:1383. Estrella (2003) Econometric
    Theory 19:1128 (p-values).

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.period_range("2020-01", periods=12, freq="M")
    >>> counts = pd.Series([30, 33, 29, 31, 34, 30, 12, 15, 11, 14, 13, 12], index=months)
    >>> test = sup_f(counts, trim=0.25)
    >>> str(test.date), test.p_value < 0.001
    ('2020-07', True)
    """
    chosen = _read_choices(errors, options)
    counts = read_series(series, window)
    if _family(counts, chosen) == "gaussian":
        return sup_f_linear(read_regular(counts, regressors, trim, chosen), errors, chosen)
    _refuse_linear_choices(regressors, errors, chosen)
    return sup_lr_counts(read_windows(counts, trim), chosen)


def find_breaks(
    series: CountSeries | pd.Series[Any],
    *,
    method: BreakMethod = "bai-perron",
    regressors: Sequence[Regressor] = ("level",),
    max_breaks: int = 5,
    trim: float = 0.15,
    window: WindowLike | None = None,
    errors: BreakErrors = "iid",
    options: BreakOptions | None = None,
) -> FoundBreaks:
    """Find the dates at which a series breaks when nobody has named them.

    Parameters
    ----------
    series : CountSeries or pandas.Series
        A pandas Series needs a PeriodIndex of frequency M, Q or Y.
    method : {'bai-perron', 'bayes'}
        ``bai-perron``: the best partition for each number of breaks, by least squares where there is one value a
        period, else by the quasi-Poisson deviance over windows. ``bayes``: the posterior over number and dates for
        over-dispersed counts (Fearnhead 2006), exact given the dispersion and independence within regimes.
    regressors : sequence of {'level', 'trend'}
        ``("level",)`` or ``("level", "trend")``. Counts over windows and ``bayes`` take the level only.
    max_breaks : int, default 5
    trim : float, default 0.15
        Least length of a regime as a share of the time (calendar time, not windows): no shorter regime can be found.
    window : WindowLike, optional
        Both ends INCLUSIVE; default the whole series.
    errors : {'iid', 'newey-west'}
        Covariance under least squares, for tests and intervals.
    options : BreakOptions, optional
        Family, how the number is chosen, intervals, prior and so on.

    Returns
    -------
    FoundBreaks
        ``dates`` name the FIRST period of each new regime.

    Raises
    ------
    SeriesError
        If counts are missing or malformed.
    SpecificationError
        If trimming leaves no date, the series holds fewer breaks than asked for, is constant or too short for the
        coefficients, or a choice is unknown.
    WindowError
        If the window is malformed or cuts a count that is known only as a whole.

    References
    ----------
    Bai & Perron (1998) Econometrica 66:47; (2003) J Appl Econometrics 18:1. Bai (1997) Rev Econ Stat 79:551. Fearnhead
    (2006) Statistics and Computing 16:203.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.period_range("2020-01", periods=12, freq="M")
    >>> counts = pd.Series([30, 33, 29, 31, 34, 30, 12, 15, 11, 14, 13, 12], index=months)
    >>> [str(date) for date in find_breaks(counts, max_breaks=1, trim=0.25).dates]
    ['2020-07']
    """
    chosen = _read_choices(errors, options)
    if method not in get_args(BreakMethod):
        raise SpecificationError(
            f"method: expected one of {', '.join(map(repr, get_args(BreakMethod)))}, got {method!r}"
        )
    check_whole("max_breaks", max_breaks, least=1)
    counts = read_series(series, window)
    if method == "bayes":
        _refuse_linear_choices(regressors, errors, chosen)
        return find_posterior(read_windows(counts, trim), max_breaks, chosen)
    if _family(counts, chosen) == "gaussian":
        return find_linear(read_regular(counts, regressors, trim, chosen), errors, max_breaks, chosen)
    _refuse_linear_choices(regressors, errors, chosen)
    return find_in_counts(read_windows(counts, trim), max_breaks, chosen)


def _read_choices(errors: BreakErrors, options: BreakOptions | None) -> BreakOptions:
    if errors not in get_args(BreakErrors):
        raise SpecificationError(
            f"errors: expected one of {', '.join(map(repr, get_args(BreakErrors)))}, got {errors!r}"
        )
    if not isinstance(options, BreakOptions | None):
        raise SpecificationError(f"options: expected BreakOptions(...), got {options!r}")
    return options or BreakOptions()


def _family(series: CountSeries, options: BreakOptions) -> str:
    return options.family or ("gaussian" if is_regular(series) else "quasi-poisson")


def _refuse_linear_choices(regressors: Sequence[Regressor], errors: BreakErrors, options: BreakOptions) -> None:
    """Refuse what a search on counts over windows does not have."""
    given = (regressors,) if isinstance(regressors, str) else tuple(regressors)
    if given != ("level",) or options.harmonics or options.breaking not in (None, ("level",)):
        raise SpecificationError(
            "counts over windows have one rate a regime: leave out trend, breaking and harmonics, or search a regular "
            'series by least squares (family="gaussian")'
        )
    if errors != "iid" or options.lags is not None:
        raise SpecificationError(
            "counts over windows allow for autocorrelation by their bootstrap: leave out errors and lags"
        )
