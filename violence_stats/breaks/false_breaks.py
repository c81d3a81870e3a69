"""How often the posterior shows a break where there is none, as simulated and stored."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import pandas as pd

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
    table = _read_rates()
    table = table[table["dispersion"] == kind]
    for column, wanted in (("n_months", n_periods), ("trim", trim)):
        nearest = min(table[column].unique(), key=lambda value: abs(value - wanted))
        table = table[table[column] == nearest]
    return table.set_index("rho")[["n_months", "trim", "max_breaks", *COLUMNS]]


@lru_cache(maxsize=1)
def _read_rates() -> pd.DataFrame:
    with (files("violence_stats.breaks.critical_values") / "false_breaks.csv").open("r", encoding="utf-8") as handle:
        return pd.read_csv(handle, comment="#")
