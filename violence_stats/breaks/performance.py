"""How often the break tests reject true nulls and the intervals of dates hold them, as simulated and stored."""

from __future__ import annotations

import pandas as pd

from violence_stats.breaks.stored_simulations import nearest_cells, read_stored

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
    return nearest_cells(table, n_months=n_periods, rho=rho).iloc[0]


def read_performance() -> pd.DataFrame:
    """Read the stored simulation, one row a cell."""
    return read_stored("performance.csv")
