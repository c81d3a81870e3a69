"""The tests of a linear search, as a table."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.breaks.bai_perron import GlobalSearch, one_more_break, sup_f_of_m
from violence_stats.breaks.limits import (
    many_breaks_critical_value,
    many_breaks_p_value,
    one_break_critical_value,
    one_break_p_value,
)
from violence_stats.breaks.regular import RegularSample

_Row: TypeAlias = tuple[float, float, float]


def statistics_table(sample: RegularSample, search: GlobalSearch, lags: int | None, alpha: float) -> pd.DataFrame:
    """Give sup F(m), sup F(l + 1 | l), WDmax and UDmax, with critical values at `alpha`.

    Returns
    -------
    pandas.DataFrame
        Columns ``statistic, critical_value, p_value``; NaN where a limit is not tabulated.
    """
    values = sup_f_of_m(search, lags)
    rows = {f"sup F({m})": _global_row(sample, m, float(value), alpha) for m, value in enumerate(values, start=1)}
    for already, fit in enumerate(search.fits[1:-1], start=1):
        value = one_more_break(sample.y, sample.Z, sample.X, fit, sample.trim, lags)
        rows[f"sup F({already + 1}|{already})"] = _sequential_row(sample, already, value, alpha)
    rows |= _double_maximum(sample, values, alpha)
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["statistic", "critical_value", "p_value"])
    return frame.rename_axis("test")


def _global_row(sample: RegularSample, m: int, value: float, alpha: float) -> _Row:
    q, design, name = sample.Z.shape[1], sample.design, f"sup F({m})"
    if m == 1:
        critical = one_break_critical_value(alpha, design, q, sample.shares)
        return value, critical, one_break_p_value("sup", value, design, q, sample.shares)
    critical = many_breaks_critical_value(name, alpha, design, q, sample.trim)
    return value, critical, many_breaks_p_value(name, value, design, q, sample.trim)


def _sequential_row(sample: RegularSample, already: int, value: float, alpha: float) -> _Row:
    """Compare with the largest of l + 1 independent suprema, one for each regime."""
    q, shares, n_regimes = sample.Z.shape[1], (sample.trim, 1 - sample.trim), already + 1
    single = 1 - (1 - alpha) ** (1 / n_regimes)
    p_value = one_break_p_value("sup", value, sample.design, q, shares)
    return value, one_break_critical_value(single, sample.design, q, shares), 1 - (1 - p_value) ** n_regimes


def _double_maximum(sample: RegularSample, values: FloatArray, alpha: float) -> dict[str, _Row]:
    q, design, trim, m = sample.Z.shape[1], sample.design, sample.trim, len(values)
    single = [many_breaks_critical_value(f"sup F({k})", alpha, design, q, trim) for k in range(1, m + 1)]
    weighted, largest = float((single[0] / np.array(single) * values).max()), float(values.max())
    weighted_name, name = f"WDmax({m}) at {alpha:g}", f"UDmax({m})"
    critical = many_breaks_critical_value(name, alpha, design, q, trim)
    return {
        weighted_name: (weighted, many_breaks_critical_value(weighted_name, alpha, design, q, trim), float("nan")),
        name: (largest, critical, many_breaks_p_value(name, largest, design, q, trim)),
    }
