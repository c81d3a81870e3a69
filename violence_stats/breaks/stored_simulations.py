"""Simulations that are stored beside the program that made them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import pandas as pd


@lru_cache(maxsize=2)
def read_stored(name: str) -> pd.DataFrame:
    """Read a stored table by its file name, one row a simulated cell; not to be changed in place."""
    with (files("violence_stats.breaks.critical_values") / name).open("r", encoding="utf-8") as handle:
        return pd.read_csv(handle, comment="#")


def nearest_cells(table: pd.DataFrame, **wanted: float) -> pd.DataFrame:
    """Keep the cells nearest to the wanted values, column by column in the order given."""
    for column, value in wanted.items():
        distance = {one: abs(one - value) for one in table[column].unique()}
        table = table[table[column] == min(distance, key=distance.__getitem__)]
    return table
