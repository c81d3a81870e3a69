"""Each fit as pictures see it: one function a kind of result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import TypeAlias

import numpy as np
import pandas as pd

from violence_stats.charts.drawable import Band, DrawnFit, DrawnResiduals, Lines
from violence_stats.design.interventions import Intervention, Step
from violence_stats.design.matrix import DesignMatrix
from violence_stats.errors import SpecificationError
from violence_stats.models.arima_result import ARIMAResult
from violence_stats.models.controlled_result import ControlledResult
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.estimate import Estimate
from violence_stats.models.panel import TREATED
from violence_stats.models.regular import RegularSeries
from violence_stats.models.result import ITSResult
from violence_stats.models.structural_result import StructuralResult
from violence_stats.months import WindowLike

Fit: TypeAlias = ITSResult | ControlledResult | ARIMAResult | StructuralResult


@singledispatch
def drawn_fit(result: object) -> DrawnFit:
    """Give what pictures of a fit draw.

    Raises
    ------
    SpecificationError
        If it is no fit.
    """
    raise SpecificationError(
        "expected a fit, as InterruptedTimeSeries, ControlledInterruptedTimeSeries, ARIMAInterruptedTimeSeries or "
        f"StructuralTimeSeries gives it, got {type(result).__name__}, of which there is no such picture"
    )


@drawn_fit.register
def _its(result: ITSResult) -> DrawnFit:
    frame, estimate = result.frame, result.estimate
    lines: Lines = "adjusted" if estimate.adjusts_for_correlation else "unadjusted"
    return DrawnFit(
        model="InterruptedTimeSeries",
        series=frame.series,
        windows=frame.series.windows,
        span=frame.span,
        n_windows=frame.series.n_windows,
        design=frame.design,
        fitted=result.fitted,
        band=_band(estimate),
        expect=lambda event, window, hold: result.counterfactual(event, window, hold=hold),
        is_log=frame.family != "gaussian",
        adjusted=estimate.adjusts_for_correlation,
        lines=lines if result.bootstrapped is None else "bootstrap",
        effects=result.effects.loc[[one.term for one in frame.design.interventions]],
        diagnose=result.diagnose,
    )


@drawn_fit.register
def _controlled(result: ControlledResult) -> DrawnFit:
    panel, estimate = result.panel, result.estimate
    own = panel.frames[0]
    terms = [one.term for one in panel.terms.interventions]
    beyond = result.effects.loc[[f"{TREATED} {term}" for term in terms]]
    return DrawnFit(
        model="ControlledInterruptedTimeSeries",
        series=own.series,
        windows=own.series.windows,
        span=own.span,
        n_windows=own.series.n_windows,
        design=_without_columns(panel.terms.interventions),
        fitted=_with_days(result.fitted.loc[[TREATED]].droplevel("unit")),
        band=_band(estimate),
        expect=lambda event, window, hold: result.counterfactual(event, window, hold=hold),
        is_log=panel.family != "gaussian",
        adjusted=estimate.adjusts_for_correlation,
        lines="within" if estimate.adjusts_for_correlation else "unadjusted",
        effects=beyond.set_axis(pd.Index(terms, name="term")),
        beside={"controls": result.effects.loc[terms]},
    )


@drawn_fit.register
def _arima(result: ARIMAResult) -> DrawnFit:
    design, regular = result.terms.design, result.regular
    residual = result.fit.residuals / np.sqrt(result.fit.sigma2)
    used_up = result.fit.order.n_differenced
    return DrawnFit(
        model="ARIMAInterruptedTimeSeries",
        series=regular.series,
        windows=regular.windows,
        span=regular.span,
        n_windows=result.fit.n_obs,
        design=design,
        fitted=_with_days(result.fitted),
        band="arima",
        expect=lambda event, window, hold: result.counterfactual(event, window, hold=hold),
        is_log=result.transform == "log",
        lines="arima",
        effects=result.effects.loc[[one.term for one in design.interventions]],
        one_step_ahead=True,
        residuals=DrawnResiduals(windows=regular.windows[used_up:], residual=residual[used_up:]),
    )


@drawn_fit.register
def _structural(result: StructuralResult) -> DrawnFit:
    regular = result.regular

    def expect(event: str, window: WindowLike | None, hold: str | Sequence[str]) -> Counterfactual:
        if hold:
            raise SpecificationError("hold: a structural model has no later events to hold: leave it out")
        if event != result.at:
            raise SpecificationError(f"without: the model was fitted before {result.at}, got {event!r}: leave it out")
        return result.counterfactual(window)

    return DrawnFit(
        model="StructuralTimeSeries",
        series=regular.series,
        windows=regular.windows,
        span=result.fitting_window,
        n_windows=result.fit.n_obs,
        design=_without_columns(() if result.at is None else (Step(result.at),)),
        fitted=_with_days(_observed(regular)),
        band="structural",
        expect=expect,
        is_log=result.transform == "log",
        residuals=DrawnResiduals(windows=regular.windows[: result.first_new], residual=result.fit.residuals),
    )


def _band(estimate: Estimate) -> Band:
    if not estimate.adjusts_for_correlation:
        return "unadjusted"
    return "path" if "rho" in estimate.nuisance else "no_path"


def _without_columns(interventions: tuple[Intervention, ...]) -> DesignMatrix:
    """Give interventions by event alone, where the model's own design has them otherwise."""
    return DesignMatrix(names=(), X=np.empty((0, 0)), interventions=interventions)


def _observed(regular: RegularSeries) -> pd.DataFrame:
    """Give the values by period, of which the model fits none by itself."""
    return pd.DataFrame(
        {
            "start": [window.start for window in regular.windows],
            "end": [window.end for window in regular.windows],
            "observed": regular.y,
            "fitted": np.nan,
        },
        index=regular.labels,
    )


def _with_days(table: pd.DataFrame) -> pd.DataFrame:
    """Put the days of each window after its ends."""
    days = [(last - first).days + 1 for first, last in zip(table["start"], table["end"], strict=True)]
    shown = table.copy()
    shown.insert(2, "n_days", days)
    return shown
