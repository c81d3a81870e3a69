"""Tests and searches on regular series by least squares, as results."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from violence_stats.breaks.bai_perron import GlobalSearch, search_breaks
from violence_stats.breaks.break_process import sup_ave_exp, wald_process
from violence_stats.breaks.limits import one_break_p_value
from violence_stats.breaks.linear_statistics import statistics_table
from violence_stats.breaks.linear_tables import criteria_table, date_table, regime_table
from violence_stats.breaks.options import BreakErrors, BreakOptions
from violence_stats.breaks.regular import PERIOD_NAMES, RegularSample
from violence_stats.breaks.results import BreakTest, FoundBreaks
from violence_stats.breaks.wording import number
from violence_stats.errors import SpecificationError
from violence_stats.fitting.hac import default_lags
from violence_stats.models.provenance import publisher_notes, series_notes


def sup_f_linear(sample: RegularSample, errors: BreakErrors, options: BreakOptions) -> BreakTest:
    """Sup, ave and exp F over all candidate dates."""
    lags = _lags(sample, errors, options)
    process = wald_process(sample.y, sample.Z, sample.X, sample.candidates, lags)
    q = sample.Z.shape[1]
    values = sup_ave_exp(process)
    names: tuple[Literal["sup", "ave", "exp"], ...] = ("sup", "ave", "exp")
    p_values = [
        one_break_p_value(name, value, sample.design, q, sample.shares)
        for name, value in zip(names, values, strict=True)
    ]
    dates = sample.periods[sample.candidates]
    return BreakTest(
        null="no break",
        alternative=f"one break in {' and '.join(sample.breaking)} at an unknown date",
        statistic=values[0],
        p_value=p_values[0],
        functionals=pd.DataFrame({"statistic": values, "p_value": p_values}, index=pd.Index(names, name="functional")),
        date=dates[int(np.argmax(process))],
        process=pd.DataFrame(
            {"first_day": [period.start_time.date() for period in dates], "statistic": process}, index=dates
        ),
        subject=sample.series.subject,
        window=sample.series.span,
        method=_method(sample, lags),
        adjusts_for_correlation=lags is not None,
        series=sample.series,
        notes=_notes(sample, errors),
    )


def find_linear(sample: RegularSample, errors: BreakErrors, max_breaks: int, options: BreakOptions) -> FoundBreaks:
    """Global search for up to `max_breaks` breaks, with its tests, criteria, dates and regimes.

    Raises
    ------
    SpecificationError
        If the series does not hold as many breaks as asked for.
    """
    lags = _lags(sample, errors, options)
    asked = max(max_breaks, options.n_breaks or 0)
    search = search_breaks(sample.y, sample.Z, sample.X, sample.allowed, asked, lags)
    _refuse_too_many(sample, search, asked)
    statistics = statistics_table(sample, search, lags, options.alpha)
    chosen, criterion = _choose(search, statistics, options)
    fit = search.fits[chosen]
    double_maximum = statistics.iloc[-1]
    main = statistics.iloc[0] if np.isnan(double_maximum["p_value"]) else double_maximum
    return FoundBreaks(
        null="no break",
        alternative=f"up to {max_breaks} breaks in {' and '.join(sample.breaking)} at unknown dates",
        statistic=float(main["statistic"]),
        p_value=float(main["p_value"]),
        dates=tuple(sample.periods[fit.breaks]),
        intervals=date_table(sample, fit, lags, options),
        regimes=regime_table(sample, fit, options.level),
        statistics=statistics,
        criteria=criteria_table(sample, search, chosen),
        criterion=criterion,
        posterior=None,
        subject=sample.series.subject,
        method=_method(sample, lags),
        adjusts_for_correlation=lags is not None,
        series=sample.series,
        notes=_notes(sample, errors),
    )


def _lags(sample: RegularSample, errors: BreakErrors, options: BreakOptions) -> int | None:
    if errors == "iid":
        if options.lags is not None:
            raise SpecificationError('lags belong to errors="newey-west": leave them out or ask for it')
        return None
    return default_lags(len(sample.y)) if options.lags is None else options.lags


def _refuse_too_many(sample: RegularSample, search: GlobalSearch, asked: int) -> None:
    held = len(search.fits) - 1
    if held < asked:
        raise SpecificationError(
            f"{asked} breaks asked for, but {len(sample.y)} {PERIOD_NAMES[sample.series.frequency]} with regimes of at "
            f"least {sample.shortest} hold {held}: pass max_breaks={held} or lower trim"
        )


def _choose(search: GlobalSearch, statistics: pd.DataFrame, options: BreakOptions) -> tuple[int, str]:
    if options.n_breaks is not None:
        return options.n_breaks, "the caller"
    if options.criterion == "sequential":
        names = ["sup F(1)", *(f"sup F({m + 1}|{m})" for m in range(1, len(search.fits) - 1))]
        passed = (statistics.loc[names, "p_value"] < options.alpha).to_numpy()
        return int(passed.cumprod().sum()), f"sequential tests at {options.alpha:g}"
    if options.criterion == "lwz":
        return int(np.argmin(search.lwz)), "LWZ"
    return int(np.argmin(search.bic)), "BIC"


def _method(sample: RegularSample, lags: int | None) -> str:
    errors = "independent errors" if lags is None else f"Newey-West errors with {lags} lags"
    common = f", {' and '.join(sample.common)} common to all regimes" if sample.common else ""
    periods = PERIOD_NAMES[sample.series.frequency]
    return (
        f"least squares, {' and '.join(sample.breaking)} by regime{common}, {errors}, "
        f"trim {sample.trim:g} (regimes of at least {sample.shortest} {periods})"
    )


def _notes(sample: RegularSample, errors: BreakErrors) -> tuple[str, ...]:
    notes = [*series_notes(sample.series), *publisher_notes(sample.series)]
    return (*notes, *_serial_note(sample, errors))


def _serial_note(sample: RegularSample, errors: BreakErrors) -> list[str]:
    """Warn of autocorrelation that is left within the regimes of the best-fitting partition."""
    if errors != "iid":
        return []
    most = len(sample.y) // sample.shortest - 1
    fits = search_breaks(sample.y, sample.Z, sample.X, sample.allowed, min(most, 5)).fits
    residuals = min(fits, key=lambda fit: fit.ssr / fit.degrees_of_freedom).residuals
    correlation = float(residuals[1:] @ residuals[:-1] / (residuals @ residuals))
    if abs(correlation) <= 2 / np.sqrt(len(residuals)):
        return []
    remedy = 'family="quasi-poisson"' if sample.series.kind == "count" else 'errors="newey-west"'
    return [
        f"residuals within regimes are autocorrelated (lag one {number(correlation)}), which independent errors take "
        f"for breaks: see {remedy}"
    ]
