"""How often the break tests reject true nulls and the intervals of dates hold them, as simulated and stored."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import pandas as pd

SIZE = "rejections, counts, sup-LR, noise fitted with the break"
MONTHS, LONGER = "months", "windows of 1 to 4 months"


def count_test_size(*, regular: bool, n_periods: int, rho: float) -> pd.Series:
    """Give the simulated size of the test on counts that is nearest in windows, length and autocorrelation.

    Parameters
    ----------
    regular : bool
        Whether every window is one period.
    n_periods : int
    rho : float
        Lag-one correlation of the log rate.
    """
    table = read_performance()
    windows = MONTHS if regular else LONGER
    table = table[(table["quantity"] == SIZE) & (table["windows"] == windows) & (table["change_pct"] == 0)]
    for column, wanted in (("n_months", n_periods), ("rho", rho)):
        nearest = min(table[column].unique(), key=lambda value: abs(value - wanted))
        table = table[table[column] == nearest]
    return table.iloc[0]


@lru_cache(maxsize=1)
def read_performance() -> pd.DataFrame:
    """Read the stored simulation, one row a cell."""
    with (files("violence_stats.breaks.critical_values") / "performance.csv").open("r", encoding="utf-8") as handle:
        return pd.read_csv(handle, comment="#")
