"""The regressors of an ARIMA model by calendar period."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.design.cells import Cells, cut_cells
from violence_stats.design.identification import refuse_outside
from violence_stats.design.interventions import Intervention, cut_days
from violence_stats.design.matrix import DesignMatrix, Terms, Trend, build_design
from violence_stats.design.transfer import Transfer
from violence_stats.fitting.arima_filter import ArimaOrder
from violence_stats.fitting.arima_problem import RatedColumns
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.models.regular import RegularSeries
from violence_stats.months import MONTHS_PER_PERIOD, Frequency

TYPICAL_MONTHS = 3.0
"""Time constant with which a term stands in for one that is estimated, where only its place matters."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArimaTerms:
    """Regressors by period, each the mean over the days of its period.

    Attributes
    ----------
    design : DesignMatrix
        ``X`` has one row a period, shape (n, k); without an intercept where the model takes differences. Terms whose
        time constant is estimated stand there with one of a few months.
    cells : Cells
    free : tuple of Transfer, length m
        Interventions whose time constant is estimated.
    """

    design: DesignMatrix
    cells: Cells
    free: tuple[Transfer, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Terms in order."""
        return self.design.names

    @property
    def rated(self) -> RatedColumns:
        """The regressors by the rates of the free interventions: what is left of a decay one period later."""
        return RatedColumns(n_rates=len(self.free), at=self.regressors)

    def regressors(self, rates: FloatArray) -> FloatArray:
        """Give the regressors, shape (n, k), at rates, shape (m,)."""
        if not self.free:
            return self.design.X
        X = self.design.X.copy()
        for one, rate in zip(self.free, rates, strict=True):
            known = one.with_time_constant(time_constant_months(float(rate), self.cells.frequency))
            X[:, self.names.index(one.term)] = _by_period(self.cells, known.column(self.cells)[:, None])[:, 0]
        return X

    def started_before(self, place: int) -> ArimaTerms:
        """Leave out the columns that are zero throughout the periods before `place`."""
        kept = np.flatnonzero(np.any(self.design.X[:place] != 0, axis=0))
        names = tuple(self.names[column] for column in kept)
        return ArimaTerms(
            design=replace(self.design, names=names, X=self.design.X[:, kept]),
            cells=self.cells,
            free=tuple(one for one in self.free if one.term in names),
        )

    def up_to(self, place: int) -> RatedColumns:
        """Give the regressors of the periods before `place`, by rates."""
        return RatedColumns(n_rates=len(self.free), at=lambda rates: self.regressors(rates)[:place])


def build_arima_terms(
    regular: RegularSeries, interventions: tuple[Intervention, ...], order: ArimaOrder, trend: Trend
) -> ArimaTerms:
    """Put the terms side by side.

    Raises
    ------
    SpecificationError
        If an intervention lies outside the periods, or two terms have one name.
    """
    free = tuple(one for one in interventions if isinstance(one, Transfer) and one.is_free)
    known = tuple(one.with_time_constant(TYPICAL_MONTHS) if one in free else one for one in interventions)
    cells = cut_cells(regular.windows, frequency=regular.series.frequency, cuts=cut_days(interventions))
    refuse_outside(cells, known)
    by_cell = build_design(cells, Terms(interventions=known, trend=trend))
    kept = [place for place, name in enumerate(by_cell.names) if name != "intercept" or order.n_differenced == 0]
    design = DesignMatrix(
        names=tuple(by_cell.names[place] for place in kept),
        X=_by_period(cells, by_cell.X)[:, kept],
        interventions=interventions,
    )
    return ArimaTerms(design=design, cells=cells, free=free)


def time_constant_months(rate: float, frequency: Frequency) -> float:
    """Give the time constant of which `rate` is left one period later; infinite for all of it, NaN for NaN."""
    if rate in (0, 1):
        return math.inf if rate else 0.0
    return -MONTHS_PER_PERIOD[frequency] / math.log(rate)


def _by_period(cells: Cells, by_cell: FloatArray) -> FloatArray:
    """Mean over the days of each period, shape (n, k), of values by cell (n_cells, k)."""
    return sum_by_window(cells.share_of_period[:, None] * by_cell, window_starts(cells.window))
