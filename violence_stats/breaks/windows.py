"""Counts over windows as arrays, with the regimes that a trimming in calendar time allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.breaks.partition import allowed_segments, check_trim
from violence_stats.design.cells import Cells, cut_cells
from violence_stats.errors import SpecificationError
from violence_stats.months import period_starts
from violence_stats.series import CountSeries

DAYS_PER_MONTH = 365.2425 / 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WindowSample:
    """What a search on counts works on.

    Attributes
    ----------
    series : CountSeries
        Inside the window, without gaps.
    y, days : FloatArray, shape (n,)
    cells : Cells
        The windows cut at the starts of periods.
    trim, shortest : float
        Trimming, and the least length of a regime in days.
    allowed : array of bool, shape (n + 1, n + 1)
        Segments that may be regimes.
    """

    series: CountSeries
    y: FloatArray
    days: FloatArray
    cells: Cells
    trim: float
    shortest: float
    allowed: BoolArray

    @property
    def starts(self) -> list[date]:
        """First day of each window."""
        return [window.start for window in self.series.windows]

    @property
    def edge_days(self) -> NDArray[np.datetime64]:
        """First day of each window, as an array."""
        return np.array(self.starts, dtype="datetime64[D]")

    @property
    def n_periods(self) -> int:
        """Calendar periods from the first window to the last."""
        return int(self.cells.period[-1])

    @property
    def shortest_months(self) -> float:
        """Least length of a regime in months."""
        return self.shortest / DAYS_PER_MONTH

    @property
    def trim_words(self) -> str:
        """Say the trimming."""
        return f"trim {self.trim:g} of the time (regimes of at least {self.shortest_months:.0f} months)"

    def candidates(self, breaks: IntArray) -> IntArray:
        """First windows of a further regime that leave regimes long enough, given breaks that stay."""
        edges = [0, *breaks.tolist(), len(self.y)]
        return np.concatenate(
            [np.flatnonzero(self.allowed[start] & self.allowed[:, end]) for start, end in pairwise(edges)]
        )

    def period(self, day: date) -> pd.Period:
        """Give the period in which a day lies."""
        return pd.Period(day, freq=self.series.frequency)

    def starts_inside(self, window: int) -> list[date]:
        """First days of the periods that start inside a window, after its own first day."""
        one = self.series.windows[window]
        return [day for day in period_starts(one.start, one.end, self.series.frequency) if day > one.start]


def read_windows(series: CountSeries, trim: float) -> WindowSample:
    """Read a series without gaps or unknown counts.

    Raises
    ------
    SpecificationError
        If it holds rates, the counts are all zero or in constant proportion to their days, or trimming leaves no date.
    """
    if series.kind != "count":
        raise SpecificationError("the series holds rates: search them by least squares, with a regular series")
    y = np.array([one.value for one in series])
    days = np.array([window.n_days for window in series.windows], dtype=float)
    if not y.any():
        raise SpecificationError(f"all {len(y)} counts are 0: a constant series has no break to find")
    if np.ptp(y / days) <= 1e-12 * float(np.max(y / days)):
        raise SpecificationError("every window has the same rate: a constant series has no break to find")
    check_trim(trim)
    sample = WindowSample(
        series=series,
        y=y,
        days=days,
        cells=cut_cells(series.windows, frequency=series.frequency),
        trim=trim,
        shortest=trim * float(days.sum()),
        allowed=allowed_segments(days, trim * float(days.sum()), 1),
    )
    if len(sample.candidates(np.array([], dtype=np.int64))) == 0:
        raise SpecificationError(
            f"trim={trim:g} leaves no edge of a window that has {sample.shortest_months:.0f} months on either "
            "side: lower trim"
        )
    return sample
