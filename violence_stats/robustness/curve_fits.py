"""Fit every specification of a grid: in batches where the algebra allows it, one by one in a loop where it does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TypeAlias

import numpy as np
from scipy.stats import t as student

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError, SpecificationError, ViolenceStatsError
from violence_stats.fitting.batched import BatchErrors, fit_batched
from violence_stats.fitting.counts import CountFamily, fit_counts
from violence_stats.models.ar1_errors import fit_ar1_counts
from violence_stats.models.effects import LEVEL
from violence_stats.models.error_models import counts_estimate, robust_counts
from violence_stats.models.estimate import ErrorModel, Estimate
from violence_stats.models.frame import ModelFrame, build_frame
from violence_stats.parallel import Progress, run_each
from violence_stats.robustness.choices import Design, Grid, event_terms
from violence_stats.robustness.event import AverageEffect, Failure, average_effect, average_weights

DID_NOT_COME_OUT = "the estimates did not come out"
TOO_SHORT = "the publisher, or that vintage of its figures, ends before the window does"
TOO_MANY_TERMS = "the windows cannot carry or tell apart so many terms"
Kind: TypeAlias = tuple[CountFamily, ErrorModel]
BATCHED: dict[Kind, BatchErrors] = {
    ("quasi-poisson", "newey-west"): "newey-west",
    ("quasi-poisson", "iid"): "iid",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A design that its counts can carry, ready to be fitted.

    Attributes
    ----------
    frame : ModelFrame
        Of the quasi-Poisson family.
    weights : FloatArray, shape (p,)
        Of the average effect.
    """

    design: Design
    frame: ModelFrame
    weights: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Refused:
    """Specifications that were not run.

    Attributes
    ----------
    counted : Counter
        Specifications by reason.
    examples : dict of str to str
        One message a reason.
    """

    counted: Counter[str]
    examples: dict[str, str]

    def add(self, reason: str, example: str, n_specifications: int = 1) -> None:
        """Count some more."""
        self.counted[reason] += n_specifications
        self.examples.setdefault(reason, example)


def prepare(grid: Grid, refused: Refused) -> list[Prepared]:
    """Build every design; count those that the counts cannot carry."""
    prepared = []
    for design in grid.designs():
        try:
            frame = _frame(grid, design)
        except ViolenceStatsError as error:
            refused.add(_why(error), str(error), grid.n_fits_each)
            continue
        weights = average_weights(frame, event_terms(design))
        prepared.append(Prepared(design=design, frame=frame, weights=weights))
    return prepared


def fit_grid(
    grid: Grid,
    prepared: Sequence[Prepared],
    refused: Refused,
    *,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> list[tuple[Prepared, Kind, AverageEffect]]:
    """Fit every family and errors to every design, in the order of the grid; count what does not come out."""
    kinds: list[Kind] = [(family, errors) for family in grid.choices.families for errors in grid.choices.errors]
    found: dict[tuple[int, Kind], AverageEffect | Failure] = {}
    for kind in kinds:
        if kind in BATCHED:
            for place, effect in enumerate(_fit_batches(prepared, BATCHED[kind])):
                found[place, kind] = effect
    single = [kind for kind in kinds if kind not in BATCHED]
    if single:
        work = partial(_fit_singly, single)
        distinct, number = tell_apart(prepared)
        answers = run_each(work, distinct, "designs of the curve", n_jobs=n_jobs, progress=progress)
        for place, which in enumerate(number):
            for kind, effect in answers[which].items():
                found[place, kind] = effect
    fitted = []
    for place, one in enumerate(prepared):
        for kind in kinds:
            effect = found[place, kind]
            if isinstance(effect, Failure):
                refused.add(effect.reason, effect.message)
            else:
                fitted.append((one, kind, effect))
    return fitted


def tell_apart(prepared: Sequence[Prepared]) -> tuple[list[Prepared], list[int]]:
    """Give the designs that differ in their numbers, and which of them each one is.

    Two publishers or vintages of the same counts are choices of their own, but one regression.
    """
    places: dict[bytes, int] = {}
    distinct: list[Prepared] = []
    number = []
    for one in prepared:
        numbers = (one.frame.y, one.frame.design.X, one.frame.exposure, one.frame.cells.window, one.frame.cells.period)
        key = b"|".join(values.tobytes() for values in (*numbers, one.weights))
        if key not in places:
            places[key] = len(distinct)
            distinct.append(one)
        number.append(places[key])
    return distinct, number


def _frame(grid: Grid, design: Design) -> ModelFrame:
    window = grid.fitted_window(design)
    series, source = design.source.series, design.source
    if series.span.end < window.end:
        raise _TooShortError(f"{source.publisher}, {source.vintage}: no counts after {series.span.end.isoformat()}")
    return build_frame(series, grid.terms(design), family="quasi-poisson", unit="days", window=window, exposure=None)


class _TooShortError(SpecificationError):
    """A source ends before the window does."""


def _why(error: ViolenceStatsError) -> str:
    if isinstance(error, _TooShortError):
        return TOO_SHORT
    if isinstance(error, FitError):
        return DID_NOT_COME_OUT
    if isinstance(error, SpecificationError):
        return TOO_MANY_TERMS
    return "the counts do not fit the window"


def _fit_batches(prepared: Sequence[Prepared], errors: BatchErrors) -> list[AverageEffect | Failure]:
    """Fit together what shares its windows, cells and number of terms."""
    groups: dict[tuple[bytes, bytes, int], list[int]] = defaultdict(list)
    for place, one in enumerate(prepared):
        cells = one.frame.cells
        groups[cells.start.tobytes(), cells.end.tobytes(), one.frame.design.X.shape[1]].append(place)
    effects: dict[int, AverageEffect | Failure] = {}
    for places in groups.values():
        effects |= dict(zip(places, _fit_batch([prepared[place] for place in places], errors), strict=True))
    return [effects[place] for place in range(len(prepared))]


def _fit_batch(group: Sequence[Prepared], errors: BatchErrors) -> list[AverageEffect | Failure]:
    first = group[0].frame
    fits = fit_batched(
        np.array([one.frame.y for one in group]),
        np.array([one.frame.design.X for one in group]),
        first.log_exposure,
        first.cells.window,
        errors=errors,
    )
    weights = np.array([one.weights for one in group])
    value = np.einsum("ij,ij->i", weights, fits.beta)
    std_error = np.sqrt(np.einsum("ij,ijk,ik->i", weights, fits.cov, weights))
    reach = student.ppf((1 + LEVEL) / 2, fits.degrees_of_freedom) * std_error
    p_value = 2 * student.sf(np.abs(value) / std_error, fits.degrees_of_freedom)
    return [
        AverageEffect(
            estimate=float(value[k]),
            std_error=float(std_error[k]),
            ci_low=float(value[k] - reach[k]),
            ci_high=float(value[k] + reach[k]),
            p_value=float(p_value[k]),
            boundary=False,
        )
        if fits.converged[k]
        else Failure(reason=DID_NOT_COME_OUT, message="a quasi-Poisson regression of a batch did not settle")
        for k in range(len(group))
    ]


def _fit_singly(kinds: Sequence[Kind], one: Prepared) -> dict[Kind, AverageEffect | Failure]:
    """Fit the kinds that no batch takes; one regression serves all errors that do not enter it."""
    effects: dict[Kind, AverageEffect | Failure] = {}
    for family in dict.fromkeys(family for family, _ in kinds):
        frame = replace(one.frame, family=family)
        estimate = _estimator(frame, family)
        for kind in kinds:
            if kind[0] == family:
                try:
                    effects[kind] = average_effect(one.weights, estimate(kind[1]))
                except ViolenceStatsError as error:
                    effects[kind] = Failure(reason=_why(error), message=str(error))
    return effects


def _estimator(frame: ModelFrame, family: CountFamily) -> Callable[[ErrorModel], Estimate]:
    counts = cache(partial(fit_counts, frame.y, frame.design.X, frame.log_exposure, frame.cells.window, family=family))

    def estimate(errors: ErrorModel) -> Estimate:
        if errors == "ar1":
            return fit_ar1_counts(frame)
        return counts_estimate(counts()) if errors == "iid" else robust_counts(frame, counts(), None)

    return estimate
