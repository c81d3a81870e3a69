"""Numbers and tables as plain values that JSON can hold: None where a number is not defined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd


def plain_numbers(numbers: Mapping[str, float]) -> dict[str, float | None]:
    """Give numbers by name."""
    return {name: float(value) if np.isfinite(value) else None for name, value in numbers.items()}


def plain_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table, its index among the columns."""
    plain = table.astype(object).where(table.notna() & ~table.isin([np.inf, -np.inf]), None).reset_index()
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict(orient="records")]
