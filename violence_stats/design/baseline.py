"""The terms that are there without any intervention: level, trend and season."""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.design.cells import Cells
from violence_stats.errors import SpecificationError


def intercept(cells: Cells) -> dict[str, FloatArray]:
    """One throughout: the level at trend 0, one period before the first."""
    return {"intercept": np.ones(cells.n_cells)}


def linear_trend(cells: Cells) -> dict[str, FloatArray]:
    """1, 2, ... by period from the first period of the fitting window."""
    return {"trend": cells.period.astype(float)}


def harmonics(cells: Cells, n_pairs: int) -> dict[str, FloatArray]:
    """Pairs of sine and cosine with the year as period, by position in the year (month 1 to 12, quarter 1 to 4).

    Raises
    ------
    SpecificationError
        If the periods are too long to carry so many pairs (5 by month, 1 by quarter, none by year).
    """
    most = (cells.periods_per_year - 1) // 2
    if n_pairs > most:
        raise SpecificationError(
            f"harmonics={n_pairs}: {cells.periods_per_year} periods a year carry at most {most}; use fewer"
        )
    angle = 2 * np.pi * cells.position_in_year / cells.periods_per_year
    pairs = {}
    for k in range(1, n_pairs + 1):
        pairs[f"sin {k}"] = np.sin(k * angle)
        pairs[f"cos {k}"] = np.cos(k * angle)
    return pairs


def period_effects(cells: Cells) -> dict[str, FloatArray]:
    """One indicator for each month (or quarter) of the year but the first.

    Raises
    ------
    SpecificationError
        If the periods are years.
    """
    if cells.periods_per_year == 1:
        raise SpecificationError("month_effects: yearly periods have no season; leave month_effects out")
    word = "month" if cells.frequency == "M" else "quarter"
    positions = range(2, cells.periods_per_year + 1)
    return {f"{word} {at}": (cells.position_in_year == at).astype(float) for at in positions}
