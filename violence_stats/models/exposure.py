"""What a rate is counted per: days, people, person-time."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.design.cells import Cells
from violence_stats.errors import SeriesError
from violence_stats.periods import read_period_index
from violence_stats.population import inhabitants

ExposureUnit: TypeAlias = Literal["days"] | None


def cell_exposure(cells: Cells, unit: ExposureUnit, given: pd.Series[Any] | None) -> FloatArray:
    """Give the exposure of each cell.

    Parameters
    ----------
    cells : Cells
    unit : 'days' or None
        ``days``: the cell's days, so that rates are per day. None: its share of its calendar period, so that rates are
        per period (per month), whatever the days in it.
    given : pandas.Series, optional
        Multiplies that. Index a PeriodIndex of the frequency of the series (person-time or people, period by period),
        or years as integers, as `load_population` gives (a year's figure for each of its periods). More periods than
        the windows cover are fine.

    Returns
    -------
    FloatArray, shape (n_cells,)

    Raises
    ------
    SeriesError
        If the index is of another kind, a period is missing or beyond its last, or a value is not positive.
    """
    own = cells.n_days.astype(float) if unit == "days" else cells.share_of_period
    if given is None:
        return own
    if isinstance(given, pd.Series) and pd.api.types.is_integer_dtype(given.index.dtype):
        years, place = np.unique(cells.year, return_inverse=True)
        return np.asarray(own * np.array([inhabitants(int(year), given) for year in years])[place])
    return np.asarray(own * _by_period(cells, given))


def _by_period(cells: Cells, given: pd.Series[Any]) -> FloatArray:
    try:
        frequency = read_period_index(given, allow_missing=True)
    except SeriesError as error:
        raise SeriesError(f"exposure: {error}") from error
    if frequency != cells.frequency:
        raise SeriesError(
            f"exposure: expected the periods of the series (frequency {cells.frequency}) or whole years as integers, "
            f"got frequency {frequency}; give the exposure of each period"
        )
    numbers, place = np.unique(cells.period, return_inverse=True)
    wanted = pd.PeriodIndex([pd.Period(cells.period_start(int(k)), freq=frequency) for k in numbers])
    values = given.reindex(wanted).to_numpy(dtype=float, na_value=np.nan)
    if np.isnan(values).any():
        raise SeriesError(
            f"exposure: no value for {wanted[int(np.flatnonzero(np.isnan(values))[0])]} (known from {given.index[0]} "
            f"to {given.index[-1]}); add it, or end the window where the exposure ends"
        )
    if not ((values > 0) & np.isfinite(values)).all():
        worst = int(np.flatnonzero(~((values > 0) & np.isfinite(values)))[0])
        raise SeriesError(f"exposure of {wanted[worst]}: expected a positive number, got {values[worst]:g}; correct it")
    return np.asarray(values[place])
