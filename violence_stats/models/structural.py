"""A structural counterfactual: what the series before an intervention, and its controls, would have gone on to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.design.labels import date_label
from violence_stats.errors import SeriesError, SpecificationError
from violence_stats.fitting.structural import fit_structural
from violence_stats.fitting.structural_model import StructuralModel, StructuralTrend
from violence_stats.models.arima import transformed
from violence_stats.models.regular import RegularSeries, read_regular, read_values
from violence_stats.models.structural_result import StructuralResult
from violence_stats.months import MONTHS_PER_PERIOD, DateLike, WindowLike, first_day
from violence_stats.series import CountSeries

Controls: TypeAlias = Mapping[str, "CountSeries | pd.Series[Any]"]


@dataclass(frozen=True, slots=True)
class StructuralTimeSeries:
    """A level that wanders, a season and controls, fitted before an intervention and carried on past it.

    Use it as a second opinion beside `InterruptedTimeSeries`: it says nothing about the shape of an effect, only how
    far the counts came to lie from where they were heading. Since the level wanders, its intervals widen with every
    period ahead.

    Parameters
    ----------
    trend : {'local-level', 'local-linear-trend'}, default 'local-level'
        A level that wanders; or one with a slope that wanders too.
    season : bool, default True
        One effect for each period of the year, wandering as well; none for yearly series.
    transform : 'log' or None, default 'log'
        Whether the model is for logs of the values (and of the controls).

    Raises
    ------
    SpecificationError
        If an option is not one of these.

    References
    ----------
    Harvey & Durbin (1986) JRSS A 149:187. Brodersen et al. (2015) Ann Appl Stat 9:247.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> level = 100 * np.exp(np.cumsum(0.02 * rng.standard_normal(72)))
    >>> months = pd.period_range("2015-01", periods=72, freq="M")
    >>> counts = pd.Series(rng.poisson(level * np.where(months >= "2020-01", 0.5, 1.0)), months)
    >>> result = StructuralTimeSeries(season=False).fit(CountSeries.from_monthly(counts), at="2020-01")
    >>> bool(result.counterfactual().averted_low > 0)
    True
    """

    trend: StructuralTrend = "local-level"
    season: bool = True
    transform: Literal["log"] | None = "log"

    def __post_init__(self) -> None:
        if self.trend not in ("local-level", "local-linear-trend"):
            raise SpecificationError(f"trend: expected 'local-level' or 'local-linear-trend', got {self.trend!r}")
        if self.transform not in ("log", None):
            raise SpecificationError(f"transform: expected 'log' or None, got {self.transform!r}")

    def fit(
        self,
        series: CountSeries | pd.Series[Any],
        at: DateLike | None = None,
        *,
        window: WindowLike | None = None,
        controls: Controls | None = None,
    ) -> StructuralResult:
        """Fit to the periods that end before the intervention, or to all of them.

        Parameters
        ----------
        series : CountSeries or pandas.Series
            A pandas Series needs a PeriodIndex of frequency M, Q or Y, NaN where missing; its values have no total
            (`CountSeries.from_periods` keeps counts as counts).
        at : DateLike, optional
            FIRST day (or month) of the new regime; the period in which it lies is the first that is not fitted.
            Default: none, every period is fitted and there is no counterfactual.
        window : WindowLike, optional
            The fitting window with the periods to forecast, both ends INCLUSIVE, whole periods; default the whole
            series.
        controls : mapping of str to CountSeries or pandas.Series, optional
            Series that the intervention did not touch, with a value in every period of the window.

        Returns
        -------
        StructuralResult

        Raises
        ------
        SeriesError
            If a value is not positive and logs are to be taken.
        SpecificationError
            If the intervention lies outside the window, a control has other windows than the series or gaps, or the
            periods before the intervention do not bear the model.
        FitError
            If no start converged, or the likelihood has no curvature at its optimum.
        """
        regular = read_regular(read_values(series), window)
        first = len(regular.windows) if at is None else _first_new_period(regular, at)
        y = transformed(regular.y, regular.labels, self.transform)
        X = _control_columns(controls or {}, regular, self.transform)
        model = StructuralModel(
            y=y[:first], controls=X[:first], trend=self.trend, season=self._season_length(regular.series)
        )
        return StructuralResult(
            at=None if at is None else date_label(at),
            first_new=first,
            regular=regular,
            model=model,
            fit=fit_structural(model),
            control_names=tuple(controls or {}),
            controls_ahead=X[first:],
            transform=self.transform,
        )

    def _season_length(self, series: CountSeries) -> int:
        length = 12 // MONTHS_PER_PERIOD[series.frequency]
        return length if self.season and length > 1 else 0


def _first_new_period(regular: RegularSeries, at: DateLike) -> int:
    day = first_day(at)
    if not regular.span.start < day <= regular.span.end:
        raise SpecificationError(
            f"the intervention of {day.isoformat()} does not lie inside {regular.span.start.isoformat()} to "
            f"{regular.span.end.isoformat()}, with periods before it: move the window"
        )
    return regular.place_of(day)


def _control_columns(controls: Controls, regular: RegularSeries, transform: Literal["log"] | None) -> FloatArray:
    """Values of the controls over the same periods, shape (n, k)."""
    columns = [_control_column(name, read_values(one), regular, transform) for name, one in controls.items()]
    return np.column_stack(columns) if columns else np.empty((len(regular.windows), 0))


def _control_column(
    name: str, control: CountSeries, regular: RegularSeries, transform: Literal["log"] | None
) -> FloatArray:
    if control.frequency != regular.series.frequency:
        raise SpecificationError(
            f"control {name} has frequency {control.frequency}, the series {regular.series.frequency}: give both by "
            "one period"
        )
    if not control.span.contains(regular.span):
        raise SpecificationError(
            f"control {name} has other windows than the series: {control.span} against {regular.span}; choose a window "
            "that both have"
        )
    same = read_regular(control, regular.span)
    if same.unknown:
        raise SpecificationError(
            f"control {name} has no value for {same.unknown[0]} ({len(same.unknown)} missing): a control needs one in "
            "every period of the window"
        )
    try:
        return transformed(same.y, same.labels, transform)
    except SeriesError as error:
        raise SeriesError(f"control {name}: {error}") from error
