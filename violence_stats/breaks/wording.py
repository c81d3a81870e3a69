"""Numbers and names as the summaries of break results print them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from violence_stats.models.wording import number_words


def number(value: float) -> str:
    """Write a number as `number_words` does, or a dash where there is none."""
    return number_words(value) if np.isfinite(value) else "-"


def p_words(p_value: float) -> str:
    """Three decimals; the tables end at 0.001, so that a value there is a bound."""
    if not np.isfinite(p_value):
        return "-"
    return "<=0.001" if p_value <= 0.001 else f"{p_value:.3f}"


def table_lines(frame: pd.DataFrame) -> list[str]:
    """Give a frame as aligned text, index first."""
    columns = [
        [
            str(name),
            *(p_words(float(value)) if str(name).startswith("p_value") else _cell(value) for value in frame[name]),
        ]
        for name in frame.columns
    ]
    columns.insert(0, [str(frame.index.name or ""), *map(str, frame.index)])
    padded = [
        [cell.rjust(width) if k else cell.ljust(width) for cell in column]
        for k, column in enumerate(columns)
        if (width := max(map(len, column)))
    ]
    return ["  ".join(row).rstrip() for row in zip(*padded, strict=True)]


def _cell(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating):
        return number(float(value))
    return str(value)
