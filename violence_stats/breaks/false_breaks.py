"""How often the posterior shows a break where there is none, as simulated and stored."""

from __future__ import annotations

import pandas as pd

from violence_stats.breaks.stored_simulations import nearest_cells, read_stored

COLUMNS = ["over_half", "over_95_pct", "monte_carlo_error"]


def false_break_rates(dispersion: str | float, n_periods: int, trim: float) -> pd.DataFrame:
    """Rates of the stored simulation nearest in length and trimming, one row a lag-one correlation of the log rate.

    Parameters
    ----------
    dispersion : {'long-run', 'pearson'} or float
        A number is answered by ``pearson``, with which it shares its blindness to autocorrelation.
    n_periods : int
    trim : float
    """
    kind = dispersion if isinstance(dispersion, str) else "pearson"
    table = read_stored("false_breaks.csv")
    nearest = nearest_cells(table[table["dispersion"] == kind], n_months=n_periods, trim=trim)
    return nearest.set_index("rho")[["n_months", "trim", "max_breaks", *COLUMNS]]
