"""One number for what changed at a date, whatever shape the model gives it: the average over the time after.

A step alone is its own average. A step and a ramp, or any other terms of one event, are averaged over the days from
their start (as long as one of them lasts), so that models of different shapes answer the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.design.labels import date_label
from violence_stats.design.matrix import DesignMatrix
from violence_stats.design.transfer import Transfer
from violence_stats.errors import FitError, SpecificationError
from violence_stats.models.effects import LEVEL
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.options import read_model_series
from violence_stats.months import DateLike
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageEffect:
    """The average change after a date, against what the rest of the model expects.

    Attributes
    ----------
    estimate, std_error, ci_low, ci_high : float
        Logs of rate ratios; in the unit of the values under the gaussian family.
    p_value : float
    boundary : bool
        Whether a variance parameter ended on an edge.
    """

    estimate: float
    std_error: float
    ci_low: float
    ci_high: float
    p_value: float
    boundary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one fit of many did not come out: a reason to count by, and the message."""

    reason: str
    message: str


def average_effect(weights: FloatArray, estimate: Estimate) -> AverageEffect:
    """Read the average effect off an estimate; `weights`, shape (p,), from `average_weights`.

    Raises
    ------
    FitError
        If its variance is not above 0, as that of a robust covariance need not be.
    """
    value, variance = float(weights @ estimate.beta), float(weights @ estimate.cov @ weights)
    if not variance > 0:
        raise FitError(
            f'errors="{estimate.errors}" give the average effect a variance of {variance:.3g}: expected one above 0; '
            "choose other errors, take terms away, or widen the window"
        )
    std_error = float(np.sqrt(variance))
    degrees_of_freedom = float(estimate.contrast_degrees_of_freedom(weights[None, :])[0])
    reach = float(student.ppf((1 + LEVEL) / 2, degrees_of_freedom)) * std_error
    return AverageEffect(
        estimate=value,
        std_error=std_error,
        ci_low=value - reach,
        ci_high=value + reach,
        p_value=float(2 * student.sf(abs(value) / std_error, degrees_of_freedom)),
        boundary=estimate.boundary,
    )


def average_weights(frame: ModelFrame, terms: Sequence[Intervention]) -> FloatArray:
    """Weights of the coefficients, shape (p,), whose sum is the average change over the days on which `terms` hold."""
    holds = np.logical_or.reduce([one.is_on(frame.cells) for one in terms])
    weight = np.where(holds, frame.cell_weight if frame.family == "gaussian" else frame.exposure, 0.0)
    average = weight @ frame.design.X / weight.sum()
    return np.where(frame.design.columns_of(terms), average, 0.0)


def event_of(model: InterruptedTimeSeries, at: DateLike) -> tuple[Intervention, ...]:
    """Find the terms of the event that starts at a date (or is called by that name).

    Raises
    ------
    SpecificationError
        If the model has none, or those that start then do so on different days.
    """
    given = tuple(model.interventions)
    design = DesignMatrix(names=(), X=np.empty((0, 0)), interventions=given)
    terms = design.event(at if isinstance(at, str) else date_label(at))
    if len({one.first_day for one in terms}) > 1:
        listed = ", ".join(f"{one.term} from {one.first_day.isoformat()}" for one in terms)
        raise SpecificationError(f"the terms of {at} start on different days ({listed}): give them one, or name one")
    return terms


def read_event(
    model: InterruptedTimeSeries, series: CountSeries | pd.Series[Any], at: DateLike
) -> tuple[tuple[Intervention, ...], CountSeries]:
    """Find the terms of an event, and read the counts as the model does, without their sources.

    Other processes need the counts alone.

    Raises
    ------
    SpecificationError
        If it is no model, a time constant is to be estimated, or the model has no such event.
    """
    check_model(model)
    _refuse_free_time_constant(model)
    event = event_of(model, at)
    return event, bare(read_model_series(series, model.family))


def check_model(model: object) -> None:
    """Ask for a model that has not been fitted.

    Raises
    ------
    SpecificationError
        If it is anything else, such as the result of a fit.
    """
    if not isinstance(model, InterruptedTimeSeries):
        raise SpecificationError(
            f"model: expected InterruptedTimeSeries(...), as before its fit, got {type(model).__name__}"
        )


def _refuse_free_time_constant(model: InterruptedTimeSeries) -> None:
    for one in model.interventions:
        if isinstance(one, Transfer) and one.is_free:
            raise SpecificationError(
                f"the time constant of {one.term} is to be estimated, which single windows and simulated series "
                "cannot carry: give time_constant_months, such as the estimate of a fit"
            )


def bare(series: CountSeries) -> CountSeries:
    """Give the series without its citations."""
    return replace(series, observations=tuple(replace(one, citations=()) for one in series))


def series_name(series: CountSeries) -> str:
    """Name what is counted, and where."""
    return series.subject
