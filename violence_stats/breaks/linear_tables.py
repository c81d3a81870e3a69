"""Dates, intervals, regimes and criteria of a linear search, as tables."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student_t

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.breaks.bai_perron import GlobalSearch
from violence_stats.breaks.date_bootstrap import bootstrap_date_errors, interval_from_errors, simulate_regimes
from violence_stats.breaks.date_intervals import IntervalChoices, date_intervals
from violence_stats.breaks.linear import RegimeFit
from violence_stats.breaks.options import BreakOptions
from violence_stats.breaks.regular import RegularSample

FEWEST_FOR_LARGE_SAMPLES = 24
"""Periods that both regimes need before Bai's interval is trusted."""


def date_table(sample: RegularSample, fit: RegimeFit, lags: int | None, options: BreakOptions) -> pd.DataFrame:
    """Give one row a break, as `FoundBreaks.intervals`; intervals are cut at the ends of the series."""
    n = len(sample.y)
    bounds, bootstrapped = _bounds(sample, fit, lags, options)
    inside = np.clip(bounds, 1, n - 1).astype(int)
    dates = sample.periods[fit.breaks]
    return pd.DataFrame(
        {
            "first_day": [period.start_time.date() for period in dates],
            "low": list(sample.periods[inside[:, 0]]),
            "high": list(sample.periods[inside[:, 1]]),
            "confidence": options.level,
            "method": np.where(bootstrapped, "bootstrap", "bai-1997"),
            "inside": "",
        },
        index=pd.Index(list(dates), name="break"),
    )


def _bounds(
    sample: RegularSample, fit: RegimeFit, lags: int | None, options: BreakOptions
) -> tuple[FloatArray, BoolArray]:
    """First and last observation of each interval, shape (m, 2), and which come from the bootstrap."""
    with_trend = sample.design != "stationary"
    choices = IntervalChoices(
        regressors=options.regressor_moments or ("at-break" if with_trend else "regime"),
        errors=options.error_variance,
        lags=lags,
        level=options.level,
    )
    bounds = date_intervals(fit, sample.Z, choices)
    sizes = np.diff([0, *fit.breaks.tolist(), len(sample.y)])
    short = np.minimum(sizes[:-1], sizes[1:]) < FEWEST_FOR_LARGE_SAMPLES
    chosen = short if options.interval == "auto" else np.full(len(short), options.interval == "bootstrap")
    if chosen.any():
        rng = np.random.default_rng(options.seed)
        simulated = simulate_regimes(fit, sample.y, options.n_replicates, rng, serial=lags is not None)
        errors = bootstrap_date_errors(fit, sample.Z, sample.X, simulated)
        for place in np.flatnonzero(chosen):
            bounds[place] = interval_from_errors(float(fit.breaks[place]), errors[place], options.level)
    return bounds, chosen


def regime_table(sample: RegularSample, fit: RegimeFit, level: float) -> pd.DataFrame:
    """Give one row a regime: its mean per period with an interval, and the coefficients that break."""
    q = sample.Z.shape[1]
    edges = [0, *fit.breaks.tolist(), len(sample.y)]
    std_error = np.sqrt(np.diag(fit.cov))
    reach = float(student_t.ppf((1 + level) / 2, fit.degrees_of_freedom))
    rows: list[dict[str, Any]] = []
    for regime, (start, end) in enumerate(pairwise(edges)):
        weights = np.zeros(len(std_error))
        weights[regime * q : (regime + 1) * q] = sample.Z[start:end].mean(axis=0)
        weights[len(edges[1:]) * q :] = sample.X[start:end].mean(axis=0)
        mean, error = float(sample.y[start:end].mean()), float(np.sqrt(weights @ fit.cov @ weights))
        row = {
            "start": sample.series.windows[start].start,
            "end": sample.series.windows[end - 1].end,
            "n_windows": end - start,
            "mean": mean,
            "std_error": error,
            "ci_low": mean - reach * error,
            "ci_high": mean + reach * error,
        }
        for column, name in enumerate(sample.breaking):
            row[name] = float(fit.coef[regime, column])
            row[f"{name}_std_error"] = float(std_error[regime * q + column])
        rows.append(row)
    return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="regime"))


def criteria_table(sample: RegularSample, search: GlobalSearch, chosen: int) -> pd.DataFrame:
    """Give one row a number of breaks: sum of squares, criteria, dates."""
    return pd.DataFrame(
        {
            "ssr": search.ssr,
            "bic": search.bic,
            "lwz": search.lwz,
            "chosen": np.arange(len(search.fits)) == chosen,
            "dates": [", ".join(map(str, sample.periods[fit.breaks])) for fit in search.fits],
        },
        index=pd.RangeIndex(len(search.fits), name="breaks"),
    )
