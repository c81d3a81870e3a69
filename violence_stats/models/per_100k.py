"""Tables of counts as annual rates per 100,000 inhabitants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from violence_stats.errors import SeriesError
from violence_stats.months import Window
from violence_stats.population import annual_rates_per_100k
from violence_stats.series import SeriesKind

NOT_COUNTS = ("start", "end", "n_days")


def table_per_100k(
    table: pd.DataFrame, windows: Sequence[Window], kind: SeriesKind, population: pd.Series[Any]
) -> pd.DataFrame:
    """Turn every column of counts into one of rates, named ``<column>_per_100k``.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a window; ``start, end, n_days`` are no counts.
    windows : sequence of Window
    kind : {'count', 'rate'}
    population : pandas.Series
        Inhabitants by year, integer index.

    Raises
    ------
    SeriesError
        If the table holds rates already, or a window lies beyond the last year of `population`.
    """
    if kind == "rate":
        raise SeriesError("the series holds rates already: they have no rate per 100,000")
    rates = table[["start", "end"]].copy()
    for column in (name for name in table.columns if name not in NOT_COUNTS):
        rates[f"{column}_per_100k"] = annual_rates_per_100k(windows, table[column].to_numpy(dtype=float), population)
    return rates
