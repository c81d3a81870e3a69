"""Checks on a user's pandas Series before it becomes a series of windows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.errors import SeriesError
from violence_stats.months import Frequency


def read_period_index(values: pd.Series[Any], *, allow_missing: bool) -> Frequency:
    """Check that the index is a calendar PeriodIndex in order, each period once, and give its frequency.

    Raises
    ------
    SeriesError
        Naming the first period at fault.
    """
    index = values.index if isinstance(values, pd.Series) else None
    if not isinstance(index, pd.PeriodIndex):
        came = type(values).__name__ if index is None else f"a {type(index).__name__}"
        raise SeriesError(
            f"expected a pandas Series with a PeriodIndex (M, Q or Y), got {came}: "
            'make one with pandas.period_range("2020-01", periods=len(counts), freq="M") or .to_period("M")'
        )
    frequency = _frequency(index)
    if len(index) == 0:
        raise SeriesError("expected at least one period, got an empty Series")
    if index.hasnans:
        raise SeriesError("the index holds a missing period (NaT): name the period of each count")
    if index.has_duplicates:
        raise SeriesError(f"{index[index.duplicated()][0]} stands more than once in the index: give each period once")
    if not index.is_monotonic_increasing:
        late = next(after for before, after in pairwise(index) if after < before)
        raise SeriesError(f"{late} comes after a later period: sort the Series by its index (.sort_index())")
    if not allow_missing:
        _refuse_gaps(index)
    return frequency


def _frequency(index: pd.PeriodIndex) -> Frequency:
    """Calendar months, quarters and years only: a fiscal year has other first days than the package assumes."""
    frequencies: dict[str, Frequency] = {"M": "M", "Q-DEC": "Q", "Y-DEC": "Y"}
    if index.freqstr not in frequencies:
        raise SeriesError(f"expected calendar periods (M, Q or Y), got {index.freqstr}: resample the counts first")
    return frequencies[index.freqstr]


def _refuse_gaps(index: pd.PeriodIndex) -> None:
    expected = pd.period_range(index[0], index[-1], freq=index.freq)
    absent = expected.difference(index)
    if len(absent):
        raise SeriesError(
            f"{absent[0]} is not in the index ({len(absent)} missing from {index[0]} to {index[-1]}): add the counts, "
            "or pass allow_missing=True to keep the gap as missing"
        )


def read_period_values(values: pd.Series[Any], *, whole: bool, allow_missing: bool) -> list[float]:
    """Check that the values are finite and not negative, whole if asked, and give them as floats.

    Raises
    ------
    SeriesError
        Naming the first period at fault.
    """
    try:
        numbers = values.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise SeriesError(f"expected numbers, got a Series of {values.dtype}: {error}") from error
    faults = (
        (np.isnan(numbers) & (not allow_missing), "is missing: leave NaN out only with allow_missing=True"),
        (np.isinf(numbers), "is infinite: correct it"),
        (numbers < 0, "is negative: a count is 0 or more; correct it"),
        (
            whole & (np.floor(numbers) != numbers) & ~np.isnan(numbers),
            'is not a whole number: correct it, or pass kind="rate"',
        ),
    )
    for at_fault, what in faults:
        if at_fault.any():
            place = int(np.flatnonzero(at_fault)[0])
            raise SeriesError(f"{values.index[place]}: {numbers[place]:g} {what}")
    return [float(number) for number in numbers]
