"""Cells: time cut so finely that the design is constant within each piece.

Cuts lie at the starts of calendar periods, at the edges of the windows and on the days on which an intervention
starts or ends. The expected count of a window is a sum over its cells, so that an intervention dated by its day, or a
count that covers several months, enters exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from violence_stats.arrays import DayArray, FloatArray, IntArray
from violence_stats.months import MONTHS_PER_PERIOD, ONE_DAY, Frequency, Window, add_months, period_starts

DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Pieces of the windows that are fitted, in order of time.

    Attributes
    ----------
    start, end : datetime64[D] array, shape (n_cells,)
        First and last day, both INCLUSIVE.
    window : int array, shape (n_cells,)
        Which window the cell lies in: 0, 1, ... in order.
    period : int array, shape (n_cells,)
        Calendar period (month, quarter or year): 1, 2, ... from the first period of the fitting window.
    frequency : {'M', 'Q', 'Y'}
        Length of a period.
    origin : datetime.date
        First day of period 1.

    Examples
    --------
    >>> from violence_stats.months import parse_window
    >>> cells = cut_cells([parse_window("2012-03")], frequency="M", cuts=[date(2012, 3, 9)])
    >>> cells.n_days.tolist(), cells.window.tolist(), cells.period.tolist()
    ([8, 23], [0, 0], [1, 1])
    """

    start: DayArray
    end: DayArray
    window: IntArray
    period: IntArray
    frequency: Frequency
    origin: date

    @property
    def n_cells(self) -> int:
        """Number of cells."""
        return len(self.start)

    @property
    def n_windows(self) -> int:
        """Number of windows that the cells make up."""
        return int(self.window[-1]) + 1

    @property
    def n_days(self) -> IntArray:
        """Days in each cell, both ends counted, shape (n_cells,)."""
        return np.asarray((self.end - self.start + DAY).astype(np.int64))

    @property
    def periods_per_year(self) -> int:
        """12, 4 or 1."""
        return 12 // MONTHS_PER_PERIOD[self.frequency]

    @property
    def position_in_year(self) -> IntArray:
        """Month (1 to 12), quarter (1 to 4) or 1 of each cell, shape (n_cells,)."""
        first = (self.origin.month - 1) // MONTHS_PER_PERIOD[self.frequency]
        return np.asarray((first + self.period - 1) % self.periods_per_year + 1)

    @property
    def year(self) -> IntArray:
        """Calendar year of each cell, shape (n_cells,)."""
        return np.asarray(self.start.astype("datetime64[Y]").astype(np.int64) + 1970)

    @property
    def share_of_period(self) -> FloatArray:
        """Days of each cell over the days of its whole calendar period, shape (n_cells,)."""
        return self.n_days / self._period_days()

    def period_of(self, day: date) -> int:
        """Count the calendar period in which `day` lies; 0 or less before period 1."""
        months = (day.year - self.origin.year) * 12 + day.month - self.origin.month
        return months // MONTHS_PER_PERIOD[self.frequency] + 1

    def period_start(self, period: int) -> date:
        """First day of a period by its number."""
        return add_months(self.origin, (period - 1) * MONTHS_PER_PERIOD[self.frequency])

    def _period_days(self) -> IntArray:
        step = np.timedelta64(MONTHS_PER_PERIOD[self.frequency], "M")
        first = np.datetime64(self.origin, "M") + (self.period - 1) * step
        return np.asarray(((first + step).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.int64))


def cut_cells(
    windows: Sequence[Window], *, frequency: Frequency, cuts: Iterable[date] = (), origin: date | None = None
) -> Cells:
    """Cut windows into cells.

    Parameters
    ----------
    windows : sequence of Window
        In order, not overlapping; gaps between them have no cells.
    frequency : {'M', 'Q', 'Y'}
    cuts : iterable of datetime.date
        First days of something new, beside the period starts and window edges; those outside the windows do nothing.
    origin : datetime.date, optional
        A day of period 1. Default: the first day of the first window.
    """
    window_start = np.array([window.start for window in windows], dtype="datetime64[D]")
    window_end = np.array([window.end for window in windows], dtype="datetime64[D]")
    starts = period_starts(windows[0].start if origin is None else origin, windows[-1].end + ONE_DAY, frequency)
    extra = np.array([*starts, *cuts], dtype="datetime64[D]")
    edges = np.unique(np.concatenate([window_start, window_end + DAY, extra]))
    edges = edges[(edges >= window_start[0]) & (edges <= window_end[-1] + DAY)]
    cell_start, cell_end = edges[:-1], edges[1:] - DAY
    window = np.searchsorted(window_start, cell_start, side="right") - 1
    covered = cell_start <= window_end[window]
    period = np.searchsorted(np.array(starts, dtype="datetime64[D]"), cell_start, side="right")
    return Cells(
        start=cell_start[covered],
        end=cell_end[covered],
        window=window[covered],
        period=period[covered],
        frequency=frequency,
        origin=starts[0],
    )
