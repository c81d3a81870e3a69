"""Person-time: a year's mid-year population stands for each of its days."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.errors import SeriesError
from violence_stats.months import ONE_DAY, Window


def person_years(window: Window, population: pd.Series[Any]) -> float:
    """Sum the person-years lived in a window; over a whole calendar year that is its mid-year population.

    Parameters
    ----------
    window : Window
        Both ends INCLUSIVE.
    population : pandas.Series
        Inhabitants by year, integer index.

    Raises
    ------
    SeriesError
        If a year of the window is not in `population`, or its figure is not positive.
    """
    return sum(
        part.n_days / (366 if calendar.isleap(part.start.year) else 365) * inhabitants(part.start.year, population)
        for part in _calendar_years(window)
    )


def inhabitants(year: int, population: pd.Series[Any]) -> float:
    """Give the mid-year population of a year.

    Raises
    ------
    SeriesError
        If the index is not years each given once, the year is not in it, or its figure is not positive.
    """
    if not isinstance(population, pd.Series):
        raise SeriesError(
            f"expected inhabitants by year as a pandas Series, got {type(population).__name__}: load_population gives "
            "one, or make it with pandas.Series({2020: 6_300_000})"
        )
    index = population.index
    if not len(index) or not pd.api.types.is_numeric_dtype(index) or index.has_duplicates:
        raise SeriesError(
            f"expected inhabitants by year, the index whole numbers such as {year}, each once; got "
            f"{len(index)} rows with an index of {index.dtype}: make it with population.index.year or groupby"
        )
    if year not in index:
        raise SeriesError(
            f"no population is known for {year} (known: {index.min()} to {index.max()}): "
            "end the window earlier, or work with counts"
        )
    value = float(population.loc[year])
    if not value > 0:
        raise SeriesError(f"population of {year}: expected a positive number, got {value:g}; correct it")
    return value


def _calendar_years(window: Window) -> list[Window]:
    parts, start = [], window.start
    while start <= window.end:
        end = min(date(start.year, 12, 31), window.end)
        parts.append(Window(start, end))
        start = end + ONE_DAY
    return parts


def annual_rates_per_100k(windows: Sequence[Window], counts: FloatArray, population: pd.Series[Any]) -> FloatArray:
    """Give rates per 100,000 person-years, shape (n_windows,).

    Raises
    ------
    SeriesError
        As `person_years`.
    """
    exposure = np.array([person_years(window, population) for window in windows])
    return np.asarray(counts / exposure * 100_000.0)
