"""Interrupted time series with ARIMA errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.design.matrix import Trend
from violence_stats.errors import SeriesError, SpecificationError
from violence_stats.fitting.arima import fit_arima
from violence_stats.fitting.arima_filter import ArimaOrder
from violence_stats.models.arima_result import ARIMAResult
from violence_stats.models.arima_tables import noise_table, read_estimate, transfer_table
from violence_stats.models.arima_terms import build_arima_terms
from violence_stats.models.effects import effects_table
from violence_stats.models.options import read_interventions
from violence_stats.models.regular import read_regular, read_values
from violence_stats.months import WindowLike
from violence_stats.series import CountSeries

Transform: TypeAlias = Literal["log"] | None


@dataclass(frozen=True, slots=True)
class ARIMAInterruptedTimeSeries:
    """A regression on interventions whose errors follow a seasonal ARIMA model.

    Use it beside `InterruptedTimeSeries` as a second opinion on long, whole-period series, or to reproduce studies of
    this kind. It needs even periods: a period whose own count is not known is left out of the likelihood, and said.

    Parameters
    ----------
    interventions : sequence of Intervention
        `Step`, `Ramp`, `Pulse`, `Onset`, `Decay`, each named by the FIRST day of the new regime. One dated by a day
        inside a period counts there for its share of the days. Time constants that are not given are estimated.
    order : (p, d, q), default (1, 0, 0)
        Autoregressive order, differences, moving-average order.
    seasonal_order : (P, D, Q, s), default (0, 0, 0, 0)
        The same at lags of s periods, such as ``(0, 1, 1, 12)``.
    trend : 'linear' or None, default None
        Counts 1, 2, ... by period; under differences a drift.
    transform : 'log' or None, default 'log'
        ``log``: effects are logs of rate ratios. None: effects are in the unit of the values.

    Raises
    ------
    SpecificationError
        If an order is negative, a seasonal order lacks its period, or an option is not one of these.

    References
    ----------
    Box & Tiao (1975) JASA 70:70. Schaffer, Dobbins & Pearson (2021) BMC Med Res Methodol 21:58.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from violence_stats.design.interventions import Step
    >>> noise = np.random.default_rng(1).standard_normal(60)
    >>> values = pd.Series(20 + noise - 5 * (np.arange(60) >= 40), pd.period_range("2015-01", periods=60, freq="M"))
    >>> model = ARIMAInterruptedTimeSeries([Step("2018-05")], order=(1, 0, 0), transform=None)
    >>> float(model.fit(values).effects.loc["step 2018-05", "estimate"].round(1))
    -5.2
    """

    interventions: Sequence[Intervention]
    order: tuple[int, int, int] = (1, 0, 0)
    seasonal_order: tuple[int, int, int, int] = (0, 0, 0, 0)
    trend: Trend = None
    transform: Transform = "log"

    def __post_init__(self) -> None:
        object.__setattr__(self, "interventions", read_interventions(self.interventions))
        object.__setattr__(self, "order", _read_orders("order", self.order, "(p, d, q)"))
        object.__setattr__(self, "seasonal_order", _read_orders("seasonal_order", self.seasonal_order, "(P, D, Q, s)"))
        if any(self.seasonal_order[:3]) and self.seasonal_order[3] < 2:
            raise SpecificationError(
                f"seasonal_order: expected a season of 2 periods or more, got {self.seasonal_order[3]}: "
                "12 for months, 4 for quarters"
            )
        if self.trend not in ("linear", None):
            raise SpecificationError(f"trend: expected 'linear' or None, got {self.trend!r}")
        if self.transform not in ("log", None):
            raise SpecificationError(f"transform: expected 'log' or None, got {self.transform!r}")

    @property
    def arima_order(self) -> ArimaOrder:
        """Both orders together."""
        return ArimaOrder(order=self.order, seasonal=self.seasonal_order)

    def fit(self, series: CountSeries | pd.Series[Any], window: WindowLike | None = None) -> ARIMAResult:
        """Fit by maximum likelihood, from several starts.

        Parameters
        ----------
        series : CountSeries or pandas.Series
            A pandas Series needs a PeriodIndex of frequency M, Q or Y, NaN where missing; its values have no total
            (`CountSeries.from_periods` keeps counts as counts).
        window : WindowLike, optional
            The fitting window, both ends INCLUSIVE, whole periods; default the whole series.

        Returns
        -------
        ARIMAResult

        Raises
        ------
        SeriesError
            If a value is not positive and logs are to be taken.
        SpecificationError
            If the window is not made of whole periods, the terms do not fit it, or the order asks for more than the
            periods bear.
        FitError
            If no start converged, or the likelihood has no curvature at its optimum.
        """
        counts = read_values(series)
        interventions = tuple(self.interventions)
        regular = read_regular(counts, window, interventions=interventions)
        terms = build_arima_terms(regular, interventions, self.arima_order, self.trend)
        y = transformed(regular.y, regular.labels, self.transform)
        fit = fit_arima(y, terms.rated, order=self.arima_order)
        return ARIMAResult(
            effects=effects_table(terms.names, read_estimate(fit), log_link=self.transform == "log"),
            noise=noise_table(fit),
            transfers=transfer_table(fit, terms),
            regular=regular,
            terms=terms,
            fit=fit,
            y=y,
            transform=self.transform,
        )


def transformed(values: FloatArray, labels: pd.Index[str], transform: Transform) -> FloatArray:
    """Take logs if asked to, NaN where missing.

    Raises
    ------
    SeriesError
        If a value has no log, naming its period.
    """
    if transform is None:
        return values
    if np.any(values <= 0):
        worst = labels[int(np.flatnonzero(values <= 0)[0])]
        raise SeriesError(f"{worst}: a value of 0 has no log; use transform=None, or longer periods")
    return np.log(values)


def _read_orders(name: str, orders: object, form: str) -> tuple[int, ...]:
    length = form.count(",") + 1
    if (
        not isinstance(orders, tuple | list)
        or len(orders) != length
        or not all(isinstance(one, int) and one >= 0 for one in orders)
    ):
        raise SpecificationError(f"{name}: expected {form}, whole numbers of 0 or more, got {orders!r}")
    return tuple(orders)
