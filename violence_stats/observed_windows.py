"""Windows in order of time, none overlapping, each with what was observed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.errors import SeriesError
from violence_stats.months import Window
from violence_stats.observation_tables import segments_frame, windows_frame
from violence_stats.observations import Observation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ObservedWindows:
    """What holds of observations whatever they count.

    Attributes
    ----------
    observations : tuple of Observation, length n_windows
    """

    observations: tuple[Observation, ...]

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        return len(self.observations)

    @property
    def n_windows(self) -> int:
        """Number of windows, those with a missing value included."""
        return len(self)

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows, in order."""
        return tuple(one.window for one in self.observations)

    @property
    def values(self) -> FloatArray:
        """Counts, shape (n_windows,), NaN where missing."""
        return np.array([one.value for one in self.observations], dtype=float)

    @property
    def span(self) -> Window:
        """From the first day of the first window to the last day of the last, both INCLUSIVE."""
        return Window(self.observations[0].window.start, self.observations[-1].window.end)

    @property
    def missing(self) -> tuple[Window, ...]:
        """Windows whose value is not known."""
        return tuple(one.window for one in self.observations if one.is_missing)

    @property
    def segments(self) -> pd.DataFrame:
        """Runs of one publisher and one definition.

        Returns
        -------
        pandas.DataFrame
            One row a run: ``start``, ``end`` (INCLUSIVE), ``n_windows``, ``publisher``, ``definition``.
        """
        return segments_frame(self.observations)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a window: start, end (INCLUSIVE), n_days, value, publisher, definition, status, arithmetic."""
        return windows_frame(self.observations)


def check_observations(observations: Sequence[Observation], *, whole: bool) -> None:
    """Ask for windows in order of time that do not overlap, and for values of 0 or more.

    Parameters
    ----------
    observations : sequence of Observation
    whole : bool
        Whether the values are counts.

    Raises
    ------
    SeriesError
        If there is no observation, two overlap, they are out of order, a value is negative or infinite, or a count is
        not whole.
    """
    if not observations:
        raise SeriesError("a series needs at least one window; none came")
    for before, after in pairwise(observations):
        if after.window.start <= before.window.end:
            raise SeriesError(
                f"windows {before.window} and {after.window} overlap or are out of order: sort them and give each day "
                "once"
            )
    for one in observations:
        if one.value < 0 or np.isinf(one.value):
            raise SeriesError(
                f"{one.window}: expected a count of 0 or more, got {one.value:g}; correct it or leave it out"
            )
        if whole and not one.is_missing and one.value % 1:
            raise SeriesError(
                f'{one.window}: expected a whole number, got {one.value:g}; correct it, or give kind="rate"'
            )
