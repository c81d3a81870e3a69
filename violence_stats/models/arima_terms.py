"""The regressors of an ARIMA model by calendar period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from violence_stats.design.cells import cut_cells
from violence_stats.design.identification import refuse_outside
from violence_stats.design.interventions import Intervention, Pulse, cut_days
from violence_stats.design.matrix import DesignMatrix, Terms, Trend, build_design
from violence_stats.errors import SpecificationError
from violence_stats.fitting.arima_filter import ArimaOrder
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.models.regular import RegularSeries
from violence_stats.months import Window
from violence_stats.series import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArimaTerms:
    """Regressors by period.

    Attributes
    ----------
    design : DesignMatrix
        ``X`` has one row a period, shape (n, k); without an intercept where the model takes differences.
    """

    design: DesignMatrix

    @property
    def names(self) -> tuple[str, ...]:
        """Terms in order."""
        return self.design.names

    @property
    def X(self) -> FloatArray:  # noqa: N802  the letter of the design
        """Regressors, shape (n, k)."""
        return self.design.X

    def started_before(self, place: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which columns are not zero throughout the periods before `place`, shape (k,)."""
        return np.asarray(np.any(self.X[:place] != 0, axis=0))


def build_arima_terms(
    regular: RegularSeries, interventions: tuple[Intervention, ...], order: ArimaOrder, trend: Trend
) -> ArimaTerms:
    """Put the terms side by side, each the mean over the days of its period.

    Raises
    ------
    SpecificationError
        If an intervention lies outside the periods, or two terms have one name.
    """
    cells = cut_cells(regular.windows, frequency=regular.series.frequency, cuts=cut_days(interventions))
    refuse_outside(cells, interventions)
    by_cell = build_design(cells, Terms(interventions=interventions, trend=trend))
    by_period = sum_by_window(cells.share_of_period[:, None] * by_cell.X, window_starts(cells.window))
    keep = np.array([name != "intercept" or order.n_differenced == 0 for name in by_cell.names])
    names = tuple(name for name, kept in zip(by_cell.names, keep, strict=True) if kept)
    return ArimaTerms(design=DesignMatrix(names=names, X=by_period[:, keep], interventions=interventions))


def held_terms(
    design: DesignMatrix, removed: Sequence[Intervention], span: Window, hold: Sequence[str]
) -> tuple[Intervention, ...]:
    """Give the later interventions whose effects stay as fitted.

    Raises
    ------
    SpecificationError
        If one that is neither a pulse nor named in `hold` has begun by the end of the window.
    """
    start = min(one.first_day for one in removed)
    later = tuple(one for one in design.interventions if one not in removed and start <= one.first_day <= span.end)
    held = {one.term for event in hold for one in design.event(event)}
    loose = [one for one in later if start < one.first_day and not isinstance(one, Pulse) and one.term not in held]
    if loose:
        raise SpecificationError(
            f"{span} reaches past {loose[0].term} ({loose[0].first_day.isoformat()}): what would have happened then "
            f'without {removed[0].term} is not in the model; end the window earlier, or pass hold=["{loose[0].term}"] '
            "to keep its effect as fitted"
        )
    return later
