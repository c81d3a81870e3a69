"""Intervals beyond those of a step or ramp: worlds whose draws are fitted by the public models, one by one.

Each is slow beside the estimator alone, so a cell of this kind says how many draws it takes at most.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError, SpecificationError
from violence_stats.robustness.calibration.cells import Cell
from violence_stats.robustness.calibration.methods import Intervals
from violence_stats.robustness.calibration.simulation import Row, draw_world, summarise
from violence_stats.series import CountSeries


class Judged(NamedTuple):
    """An interval in one draw, and the value that it has to hold there."""

    low: float
    high: float
    truth: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RefittedCell(Cell, ABC):
    """A world whose draws take the place of a series' counts.

    Attributes
    ----------
    series : CountSeries
        Its windows; the counts are replaced by drawn ones.
    method : str
        What makes the intervals, as the tables name it.
    most_draws : int
        Draws, where fewer than those of the whole calibration.
    """

    series: CountSeries
    method: str
    most_draws: int

    @abstractmethod
    def judge(self, drawn: CountSeries) -> Mapping[str, Judged]:
        """Give the intervals of one draw, by what they are of.

        Raises
        ------
        FitError, SpecificationError
            If the draw does not bear the model.
        """


def simulate_refits(cell: RefittedCell, *, seed: int, runs: int) -> tuple[Row, ...]:
    """Simulate a cell; the effect of a row is the mean of the true values."""
    found: dict[str, FloatArray] = {}
    draws = draw_world(cell, seed=seed, runs=min(runs, cell.most_draws))
    for run, y in enumerate(draws):
        try:
            judged = cell.judge(with_counts(cell.series, y))
        except (FitError, SpecificationError):
            continue
        for name, one in judged.items():
            found.setdefault(name, np.full((len(draws), 3), np.nan))[run] = one
    return tuple(_row(cell, name, *limits.T) for name, limits in found.items())


def with_counts(series: CountSeries, y: FloatArray) -> CountSeries:
    """Put drawn counts, shape (n_windows,), in the place of a series' own."""
    observations = tuple(replace(one, value=float(value)) for one, value in zip(series.observations, y, strict=True))
    return replace(series, observations=observations)


def _row(cell: RefittedCell, name: str, low: FloatArray, high: FloatArray, truth: FloatArray) -> Row:
    # measured from the truth of each draw, so that all have the same, 0
    about_truth = Intervals(low=low - truth, high=high - truth, truth=0.0)
    row = summarise(cell, cell.method, name, about_truth)
    return replace(row, effect=round(float(np.nanmean(truth)), 5))
