"""The design matrix over cells, its names, and the terms that belong to an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.design.baseline import harmonics, intercept, linear_trend, period_effects
from violence_stats.design.cells import Cells
from violence_stats.design.interventions import Intervention
from violence_stats.errors import SpecificationError, WindowError
from violence_stats.months import first_day, last_day

Trend: TypeAlias = Literal["linear"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Which terms a model has, beside its intercept.

    Attributes
    ----------
    interventions : tuple of Intervention
    trend : 'linear' or None
    harmonics : int
        Pairs of sine and cosine with the year as period.
    month_effects : bool
        One level for each month (quarter) of the year.
    """

    interventions: tuple[Intervention, ...] = ()
    trend: Trend = "linear"
    harmonics: int = 0
    month_effects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DesignMatrix:
    """Regressors by cell.

    Attributes
    ----------
    names : tuple of str, length p
        Terms in order: ``intercept``, ``trend``, the interventions as given, the season.
    X : FloatArray, shape (n_cells, p)
    interventions : tuple of Intervention
    """

    names: tuple[str, ...]
    X: FloatArray
    interventions: tuple[Intervention, ...]

    def event(self, event: str) -> tuple[Intervention, ...]:
        """Find the interventions of an event by their name or date.

        Parameters
        ----------
        event : str
            A name, a date as the interventions write it, or a month, quarter or year in which they start, if all that
            start in it do so on one day.

        Raises
        ------
        SpecificationError
            If nothing starts then, or interventions on different days do.
        """
        named = tuple(one for one in self.interventions if event in one.events or event == one.term)
        return named or self._starting_in(event)

    def _starting_in(self, event: str) -> tuple[Intervention, ...]:
        known = ", ".join(one.term for one in self.interventions) or "none"
        try:
            first, last = first_day(event), last_day(event)
        except WindowError:
            raise SpecificationError(f"no intervention is named {event!r}; the model has: {known}") from None
        inside = tuple(one for one in self.interventions if first <= first_day(one.start) <= last)
        days = sorted({first_day(one.start) for one in inside})
        if not inside:
            raise SpecificationError(f"no intervention starts in {event}; the model has: {known}")
        if len(days) > 1:
            raise SpecificationError(
                f"{event} is ambiguous: interventions start on {', '.join(day.isoformat() for day in days)}; "
                f"name one of: {known}"
            )
        return inside

    def with_intervention(self, intervention: Intervention, column: FloatArray) -> DesignMatrix:
        """Give the design with another form of the intervention of that term, its column of shape (n_cells,)."""
        X = self.X.copy()
        X[:, self.names.index(intervention.term)] = column
        others = (intervention if one.term == intervention.term else one for one in self.interventions)
        return DesignMatrix(names=self.names, X=X, interventions=tuple(others))

    def columns_of(self, interventions: Sequence[Intervention]) -> BoolArray:
        """Which columns belong to the interventions, shape (p,)."""
        terms = {one.term for one in interventions}
        return np.array([name in terms for name in self.names])

    def without(self, interventions: Sequence[Intervention]) -> FloatArray:
        """Give X with the columns of the interventions at 0, shape (n_cells, p)."""
        return np.where(self.columns_of(interventions), 0.0, self.X)


def build_design(cells: Cells, terms: Terms) -> DesignMatrix:
    """Put the terms side by side.

    Raises
    ------
    SpecificationError
        If two terms have one name or a season does not fit the periods.

    Examples
    --------
    >>> from violence_stats.design.cells import cut_cells
    >>> from violence_stats.design.interventions import Step
    >>> from violence_stats.months import parse_window
    >>> cells = cut_cells([parse_window("2012-02"), parse_window("2012-03")], frequency="M")
    >>> build_design(cells, Terms(interventions=(Step("2012-03"),))).X.tolist()
    [[1.0, 1.0, 0.0], [1.0, 2.0, 1.0]]
    """
    columns = intercept(cells) | (linear_trend(cells) if terms.trend == "linear" else {})
    season = harmonics(cells, terms.harmonics) | (period_effects(cells) if terms.month_effects else {})
    for one in terms.interventions:
        if one.term in columns or one.term in season:
            raise SpecificationError(f"two terms are called {one.term!r}: give one of them a name of its own")
        columns[one.term] = one.column(cells)
    columns |= season
    return DesignMatrix(
        names=tuple(columns), X=np.column_stack(list(columns.values())), interventions=terms.interventions
    )
