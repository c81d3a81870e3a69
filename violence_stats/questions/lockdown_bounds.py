"""How much of a fall a lockdown may have been: bounds, each with what has to be assumed for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from violence_stats.errors import SelectionError, SpecificationError, WindowError
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Words
from violence_stats.ledger.settings import Control
from violence_stats.questions.fall_grid import FallQuestion
from violence_stats.questions.window_ratio import Ratio
from violence_stats.questions.windows import WindowComparison, compare_windows

BoundKind: TypeAlias = Literal["zero", "own", "neighbour", "neighbours"]

ASSUMPTIONS: dict[BoundKind, Words] = {
    "zero": Words(
        en="the lockdown changed nothing, and all that it may have done is counted as the event's",
        es="la cuarentena no cambió nada, y todo lo que pudo hacer se cuenta como del suceso",
    ),
    "own": Words(
        en="but for the lockdown the event was a step, at its full size before the lockdown began: what came on "
        "gradually is counted as the lockdown's",
        es="sin la cuarentena el suceso fue un escalón, completo antes de que ella empezara: lo que llegó poco a poco "
        "se cuenta como de la cuarentena",
    ),
    "neighbour": Words(
        en="all that changed between the same windows in that country was the lockdown, and it would have done the "
        "same here",
        es="todo lo que cambió entre los mismos períodos en ese país fue la cuarentena, y aquí habría hecho lo mismo",
    ),
    "neighbours": Words(
        en="all that changed between the same windows in these countries, on average, was the lockdown, and it would "
        "have done the same here",
        es="todo lo que cambió entre los mismos períodos en esos países, en promedio, fue la cuarentena, y aquí habría "
        "hecho lo mismo",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LockdownBound:
    """One answer to how much the lockdown was, in log points of the fall.

    Attributes
    ----------
    kind : {'zero', 'own', 'neighbour', 'neighbours'}
    name : str
        The countries it is read off; blank for the first two.
    low, high : float
        Lowest and highest estimate; the same where there is one only.
    interval_low, interval_high : float
        Outermost ends of the 95% intervals.
    event_low, event_high : float
        What the event is left with over the specifications that the bound applies to: estimates, not intervals.
    assumption : Words
        What has to be assumed.
    """

    kind: BoundKind
    name: str
    low: float
    high: float
    interval_low: float
    interval_high: float
    event_low: float
    event_high: float
    assumption: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourRatio:
    """What the counts of a neighbour, or of several on average, did between the two windows."""

    names: tuple[str, ...]
    ratio: Ratio


def neighbour_ratios(case: Case, question: FallQuestion) -> tuple[list[NeighbourRatio], list[str]]:
    """Give the ratio of each neighbour, of all of them together last, and who is left out."""
    found: dict[Control, WindowComparison] = {}
    left_out = []
    for control in case.settings.controls:
        try:
            found[control] = _compare(case, question, [control])
        except (SelectionError, SpecificationError, WindowError):
            left_out.append(control.country)
    singles = [one.controls[0] for one in found.values()]
    ratios = [NeighbourRatio(names=(one.name,), ratio=one.ratio) for one in singles]
    if len(ratios) > 1:
        together = _compare(case, question, list(found)).together
        if together is not None:
            own = question.series.total(question.window) / question.series.total(question.baseline)
            # the ratio of ratios turned round, so that its interval is for one country more, not for the mean
            turned = Ratio(value=own / together.value, low=own / together.high, high=own / together.low)
            ratios.append(NeighbourRatio(names=tuple(one.name for one in singles), ratio=turned))
    notes = [
        f"no like-with-like counts of both windows are known for {', '.join(left_out)}: no bound is read off there"
    ]
    return ratios, notes if left_out else []


def lockdown_bounds(
    ratios: Sequence[NeighbourRatio], own: Sequence[tuple[float, float, float]], events: dict[bool, list[float]]
) -> tuple[LockdownBound, ...]:
    """Put the bounds side by side.

    Parameters
    ----------
    ratios : sequence of NeighbourRatio
        As `neighbour_ratios` gives them.
    own : sequence of (estimate, low, high)
        The lockdown's log points under each specification with a term for it.
    events : dict of bool to list of float
        The event's log points under the specifications with (True) and without such a term.
    """
    zero, with_term = events[False], events[True]
    bounds = [_bound("zero", "", [(0.0, 0.0, 0.0)], zero)] if zero else []
    if own:
        bounds.append(_bound("own", "", own, with_term))
    for one in ratios if zero else ():
        value, low, high = (math.log(end) for end in (one.ratio.value, one.ratio.low, one.ratio.high))
        kind: BoundKind = "neighbour" if len(one.names) == 1 else "neighbours"
        bounds.append(_bound(kind, ", ".join(one.names), [(value, low, high)], [left - value for left in zero]))
    return tuple(bounds)


def _compare(case: Case, question: FallQuestion, controls: Sequence[Control]) -> WindowComparison:
    return compare_windows(
        question.series, window=question.window, baseline=question.baseline, controls=controls, case=case
    )


def _bound(
    kind: BoundKind, name: str, estimates: Sequence[tuple[float, float, float]], events: Sequence[float]
) -> LockdownBound:
    values, lows, highs = zip(*estimates, strict=True)
    return LockdownBound(
        kind=kind,
        name=name,
        low=min(values),
        high=max(values),
        interval_low=min(lows),
        interval_high=max(highs),
        event_low=min(events),
        event_high=max(events),
        assumption=ASSUMPTIONS[kind],
    )
