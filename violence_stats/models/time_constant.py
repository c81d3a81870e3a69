"""How gradual an effect was: the time constant of one `Onset` or `Decay`, by the profile of the likelihood.

The model is refitted over a grid of time constants; the estimate maximises the (quasi-)log-likelihood, and its interval
holds the values at which that lies within half a squared t quantile of the maximum. Standard errors of the other terms
allow for its uncertainty, by the derivative of its column as a further regressor.

References
----------
Venzon, D. J. & Moolgavkar, S. H. (1988). A method for computing profile-likelihood-based confidence intervals. Applied
Statistics 37, 87-94.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import t as student

from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.design.matrix import DesignMatrix
from violence_stats.design.transfer import Transfer
from violence_stats.errors import FitError, SpecificationError
from violence_stats.ledger.records import Language
from violence_stats.models.comparison_words import tell_months
from violence_stats.models.effects import LEVEL
from violence_stats.models.error_models import fit_frame
from violence_stats.models.estimate import ErrorModel, Estimate, first_terms
from violence_stats.models.frame import ModelFrame, refuse_unidentified
from violence_stats.months import MONTH_DAYS
from violence_stats.wording import check_language

SHORTEST_MONTHS = 0.1
"""Below it an effect is whole within its first month to five digits: the grid goes straight to 0."""
N_GRID = 24
LONGEST_SPAN = 3.0
"""The grid ends at so many times the months after the start: there the effect is a straight line in these data."""
PRECISION = 1e-3
AS_KNOWN = "standard errors take the time constant as known"
DIFFERENCE = 1e-3
"""Relative step of the numerical derivative of a column by the time constant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeConstant:
    """An estimated time constant, in months.

    Attributes
    ----------
    term : str
    months : float
        63% of an onset is reached, or of a decay gone, after so many months.
    low, high : float
        Ends of its interval; `high` is infinite where the likelihood stays within reach to the end of the grid.
    adjusts_for_correlation : bool
        Whether the interval allows for serial correlation.
    """

    term: str
    months: float
    low: float
    high: float
    adjusts_for_correlation: bool

    def sentence(self, lang: Language = "en") -> str:
        """Say in one line the estimate, its interval, and what the ends mean.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        known, adjusted = check_language(lang), self.adjusts_for_correlation
        return tell_months(self.term, self.months, self.low, self.high, known, adjusted=adjusted)

    def to_dict(self) -> dict[str, Any]:
        """Give the time constant as plain values that JSON can hold; None for an open end."""
        return {
            "term": self.term,
            "months": self.months,
            "low": self.low,
            "high": self.high if np.isfinite(self.high) else None,
        }


def free_transfer(interventions: Iterable[Intervention]) -> Transfer | None:
    """Find the intervention whose time constant is to be estimated.

    Raises
    ------
    SpecificationError
        If there is more than one.
    """
    free = [one for one in interventions if isinstance(one, Transfer) and one.is_free]
    if len(free) > 1:
        raise SpecificationError(
            f"{' and '.join(one.term for one in free)} leave their time constant open, and a fit estimates one: "
            "give the others time_constant_months"
        )
    return free[0] if free else None


def fit_time_constant(
    frame: ModelFrame, free: Transfer, errors: ErrorModel, lags: int | None
) -> tuple[ModelFrame, Estimate, TimeConstant]:
    """Estimate a time constant, and the model at it.

    Parameters
    ----------
    frame : ModelFrame
        With `free` at any time constant.
    free : Transfer
    errors : ErrorModel
    lags : int or None

    Raises
    ------
    SpecificationError
        If the error model has no likelihood to profile.
    FitError
        If no time constant can be fitted.
    """
    profile = _Profile(frame=frame, free=free, errors=_errors_with_likelihood(frame, errors), lags=lags)
    span = float((frame.cells.end[-1] - np.datetime64(free.first_day)).astype(int)) / MONTH_DAYS
    grid = np.concatenate([[0.0], np.geomspace(SHORTEST_MONTHS, LONGEST_SPAN * max(span, 1.0), N_GRID)])
    heights = np.array([profile.height(months) for months in grid])
    if not np.isfinite(heights).any():
        raise FitError(f"no time constant of {free.term} could be fitted: give time_constant_months, or use a Step")
    months = _highest(profile.height, grid, heights)
    at_best = frame_with(frame, free.with_time_constant(months))
    estimate, is_plain = _allow_for_time_constant(at_best, free.with_time_constant(months), errors, lags)
    freedom = estimate.degrees_of_freedom[at_best.design.names.index(free.term)]
    quasi = frame.family == "quasi-poisson" and profile.errors == "iid"
    unit = max(estimate.dispersion, 1.0) if quasi else 1.0
    floor = profile.height(months) - unit * student.ppf((1 + LEVEL) / 2, freedom) ** 2 / 2
    place = int(np.searchsorted(grid, months))
    if grid[min(place, len(grid) - 1)] != months:
        grid, heights = np.insert(grid, place, months), np.insert(heights, place, profile.height(months))
    low, high = _reach(profile.height, grid, heights, float(floor))
    found = TimeConstant(
        term=free.term,
        months=months,
        low=low,
        high=high,
        adjusts_for_correlation=profile.errors in ("ar1", "ar1-ml"),
    )
    notes = (*estimate.notes, found.sentence(), *((AS_KNOWN,) if is_plain else ()))
    return at_best, replace(estimate, notes=notes), found


def frame_with(frame: ModelFrame, transfer: Transfer) -> ModelFrame:
    """Give a model frame with another shape of one of its interventions."""
    return replace(frame, design=frame.design.with_intervention(transfer, transfer.column(frame.cells)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Profile:
    frame: ModelFrame
    free: Transfer
    errors: ErrorModel
    lags: int | None

    def height(self, months: float) -> float:
        """Log-likelihood at a time constant; minus infinity where the model cannot be fitted with it."""
        frame = frame_with(self.frame, self.free.with_time_constant(months))
        try:
            refuse_unidentified(frame)
            return fit_frame(frame, self.errors, self.lags).log_likelihood
        except (SpecificationError, FitError):
            return -np.inf


def _errors_with_likelihood(frame: ModelFrame, errors: ErrorModel) -> ErrorModel:
    """Restricted likelihoods do not compare designs, and sandwiches have none of their own."""
    if errors == "prais-winsten":
        raise SpecificationError(
            'errors="prais-winsten" has no likelihood to estimate a time constant by: use errors="ar1", or give '
            "time_constant_months"
        )
    if errors == "newey-west":
        return "iid"
    return "ar1-ml" if errors == "ar1" and frame.family == "gaussian" else errors


def _highest(height: Callable[[float], float], grid: FloatArray, heights: FloatArray) -> float:
    """Refine the highest point of the grid between its neighbours; 0 stands as it is."""
    best = int(np.argmax(heights))
    if best == 0:
        return 0.0
    left, right = np.log(max(grid[best - 1], grid[best] / 2)), np.log(grid[min(best + 1, len(grid) - 1)])
    found = minimize_scalar(
        lambda log_months: -height(float(np.exp(log_months))),
        bounds=(left, right),
        method="bounded",
        options={"xatol": PRECISION},
    )
    return float(np.exp(found.x)) if -found.fun > heights[best] else float(grid[best])


def _reach(
    height: Callable[[float], float], grid: FloatArray, heights: FloatArray, floor: float
) -> tuple[float, float]:
    """Outermost time constants whose height is at least `floor`: 0 and infinity where the grid's ends are."""
    inside = np.flatnonzero(heights >= floor)
    first, last = int(inside[0]), int(inside[-1])
    low, high = 0.0, np.inf
    if first > 0 and np.isfinite(heights[first - 1]):
        low = brentq(lambda months: height(months) - floor, grid[first - 1], grid[first], rtol=PRECISION)
    if last < len(grid) - 1 and np.isfinite(heights[last + 1]):
        high = brentq(lambda months: height(months) - floor, grid[last], grid[last + 1], rtol=PRECISION)
    return float(low), float(high)


def _allow_for_time_constant(
    frame: ModelFrame, transfer: Transfer, errors: ErrorModel, lags: int | None
) -> tuple[Estimate, bool]:
    """Fit with the derivative by the time constant as a further regressor; without it where the data cannot bear it."""
    plain, months = fit_frame(frame, errors, lags), transfer.time_constant_months
    if not months:
        return plain, True
    step = DIFFERENCE * months
    later, sooner = (transfer.with_time_constant(months + move).column(frame.cells) for move in (step, -step))
    effect = plain.beta[frame.design.names.index(transfer.term)]
    names = (*frame.design.names, f"time constant of {transfer.term}")
    X = np.column_stack([frame.design.X, effect * (later - sooner) / (2 * step)])
    wider = replace(frame, design=DesignMatrix(names=names, X=X, interventions=frame.design.interventions))
    try:
        refuse_unidentified(wider)
        return first_terms(fit_frame(wider, errors, lags), len(plain.beta)), False
    except (SpecificationError, FitError):
        return plain, True
