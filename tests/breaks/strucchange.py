"""Read the reference values of R's strucchange that lie under tests/reference/strucchange with their generator."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

FOLDER = Path(__file__).resolve().parent.parent / "reference" / "strucchange"
CASES = ("nile", "real_interest", "driver_deaths", "trend")


@cache
def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype={"key": str})


def reference(case: str, quantity: str) -> np.ndarray:
    """Values of one quantity, in the order of the file."""
    table = _table("values")
    return table.loc[(table["case"] == case) & (table["quantity"] == quantity), "value"].to_numpy(dtype=float)


def hansen() -> pd.DataFrame:
    """Approximate p-values of Hansen (1997): functional, q, trim, statistic, p."""
    table = _table("values")
    table = table[table["case"] == "hansen"]
    parts = table["quantity"].str.split("/", expand=True)
    return pd.DataFrame(
        {
            "functional": parts[0].str.removesuffix("F"),
            "q": parts[1].astype(int),
            "trim": parts[2].astype(float),
            "statistic": table["key"].astype(float),
            "p": table["value"].astype(float),
        }
    )


@cache
def series(case: str) -> tuple[np.ndarray, np.ndarray]:
    """Values, and regressors with an intercept first."""
    table = _table("series")
    columns = {name: part["value"].to_numpy() for name, part in table[table["case"] == case].groupby("column")}
    y = columns.pop("y")
    return y, np.column_stack([np.ones(len(y)), *columns.values()])
