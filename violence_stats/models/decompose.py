"""Split the change from one window to another over the terms of a fitted model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.design.interventions import Intervention, Pulse
from violence_stats.design.labels import date_label
from violence_stats.errors import SpecificationError, WindowError
from violence_stats.models.aligned_windows import SAME, AlignedWindows, align_windows
from violence_stats.models.decomposition import Decomposition, Part, scaled_parts, with_interval
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.interval_words import edge_caveats
from violence_stats.models.joint_draws import draw_shifts
from violence_stats.models.shapley import shapley_values
from violence_stats.months import Window, WindowLike, first_day, parse_window

MOST_FACTORS = 12
"""Factors that may change between the windows: all sets of them are gone through, 4,096 of them."""
FEWEST_DRAWS = 100
"""With fewer, the ends of a 95% interval are a draw or two."""
_BLOCK = 1 << 21
"""Numbers held at a time while sets, draws and pieces are gone through, about 16 MB."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Factor:
    """A part of the design: its columns, shape (p,), all False for exposure; the pieces by which the windows differ.

    `difference` (m, p) is the row of the window less that of the baseline, 0 in the columns of other factors.
    """

    part: Part
    columns: BoolArray
    difference: FloatArray
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How many draws stand behind the intervals, and from which seed."""

    n_draws: int
    seed: int


def decompose(
    frame: ModelFrame, estimate: Estimate, *, baseline: WindowLike, window: WindowLike, draws: Draws
) -> Decomposition:
    """Split the log ratio of two totals by Shapley values.

    Raises
    ------
    SpecificationError
        If the link is not the log, a total is 0, or too many terms change.
    WindowError
        If the windows share days, or whole fitted windows do not make them up.
    """
    if frame.family == "gaussian":
        raise SpecificationError(
            'a log ratio is split by a model with a log link; family="gaussian" has none: fit counts, for example '
            'with family="quasi-poisson"'
        )
    before, after = parse_window(baseline), parse_window(window)
    if before.overlaps(after):
        raise WindowError(f"the baseline {before} and the window {after} share days: give spans that do not overlap")
    counted = [_total(frame, one) for one in (before, after)]
    aligned = align_windows(frame, before, after)
    factors = _factors(frame, aligned)
    # every draw is split like the estimate, which stands before the draws
    values, only = _split(estimate, frame, aligned, factors, draws)
    fitted = np.exp(_log_totals(aligned, frame, estimate.beta))
    remainder = np.log(counted[1] / counted[0]) - values.sum(axis=1, keepdims=True)
    values, only = np.hstack([values, remainder]), np.hstack([only, remainder])
    parts = [*(one.part for one in factors), Part(name="remainder", kind="remainder")]
    return Decomposition(
        window=after,
        baseline=before,
        observed=counted[1],
        observed_baseline=counted[0],
        fitted=float(fitted[1]),
        fitted_baseline=float(fitted[0]),
        parts=_table(parts, values, only, observed=counted[1], observed_baseline=counted[0]),
        draws=values[1:],
        interval=f"uncertainty of the coefficients, from {draws.n_draws:,} joint draws (seed {draws.seed}), the counts "
        f"taken as they are; {estimate.interval_words}",
        series=frame.series,
        adjusts_for_correlation=estimate.adjusts_for_correlation,
        caveats=edge_caveats(estimate),
        notes=(*_held_by_baseline(frame, aligned, factors, before), *frame.notes),
    )


def _total(frame: ModelFrame, window: Window) -> float:
    total = float(sum(one.value for one in frame.series.tiles(window)))
    if total == 0:
        raise SpecificationError(f"{window} counts 0, and no ratio can be made of that: choose a longer window")
    return total


def _factors(frame: ModelFrame, aligned: AlignedWindows) -> list[_Factor]:
    """Find what may have changed: trend, season, exposure, then the events and pulses in order of time."""
    names, design = frame.design.names, frame.design
    is_event = design.columns_of(design.interventions)
    is_trend = np.array([name == "trend" for name in names])
    is_season = ~is_event & ~is_trend & np.array([name != "intercept" for name in names])
    chosen = [
        (Part(name="prior trend", kind="trend"), is_trend),
        (Part(name="season", kind="season"), is_season),
        *((_event_part(group, frame), design.columns_of(group)) for group in _events(design.interventions)),
    ]
    factors = [_factor(frame, aligned, part, columns) for part, columns in chosen if columns.any()]
    factors.insert(
        sum(one.part.kind in ("trend", "season") for one in factors),
        _factor(frame, aligned, Part(name="exposure", kind="exposure"), np.zeros(len(names), dtype=bool)),
    )
    named = [one.part.name for one in factors]
    for name in {*named, "remainder"}:
        if named.count(name) + (name == "remainder") > 1:
            raise SpecificationError(f"two parts would be called {name!r}: give the intervention another name")
    if sum(one.moves for one in factors) > MOST_FACTORS:
        raise SpecificationError(
            f"more than {MOST_FACTORS} terms change between the windows: leave some out, or choose windows closer "
            "together"
        )
    return factors


def _events(interventions: Sequence[Intervention]) -> list[tuple[Intervention, ...]]:
    """Put the terms that start on one day together as an event; a pulse stands by itself."""
    groups: dict[object, list[Intervention]] = {}
    for one in sorted(interventions, key=lambda one: one.first_day):
        groups.setdefault(one.term if isinstance(one, Pulse) else first_day(one.start), []).append(one)
    return [tuple(group) for group in groups.values()]


def _event_part(group: Sequence[Intervention], frame: ModelFrame) -> Part:
    first = group[0]
    ends = [frame.span.end if one.last_day is None else one.last_day for one in group]
    is_pulse = isinstance(first, Pulse)
    name = first.term if is_pulse else first.name if first.name and len(group) == 1 else date_label(first.start)
    return Part(
        name=name,
        kind="pulse" if is_pulse else "event",
        window=Window(min(one.first_day for one in group), max(ends)),
    )


def _factor(frame: ModelFrame, aligned: AlignedWindows, part: Part, columns: BoolArray) -> _Factor:
    rows = np.where(columns, frame.design.X[aligned.rows], 0.0)
    difference = rows[1] - rows[0]
    moves = (
        bool(difference.any())
        if columns.any()
        else not np.allclose(aligned.exposure[0], aligned.exposure[1], rtol=SAME, atol=0)
    )
    return _Factor(part=part, columns=columns, difference=difference, moves=moves)


def _split(
    estimate: Estimate, frame: ModelFrame, aligned: AlignedWindows, factors: Sequence[_Factor], draws: Draws
) -> tuple[FloatArray, FloatArray]:
    """Give Shapley values, and log ratios if only that had changed: of the estimate, then of each draw."""
    moving = [k for k, one in enumerate(factors) if one.moves]
    shift = draw_shifts(
        estimate, _contrasts(aligned, frame, estimate, factors), np.random.default_rng(draws.seed), draws.n_draws
    )
    beta = np.vstack([estimate.beta, estimate.beta + shift])
    values, only = np.zeros((2, len(beta), len(factors)))
    size = max(1, _BLOCK // ((1 << len(moving)) * aligned.rows.shape[1]))
    for start in range(0, len(beta), size):
        block = slice(start, start + size)
        worth = _worth(aligned, frame, [factors[k] for k in moving], beta[block])
        values[block, moving] = shapley_values(worth).T
        only[block, moving] = worth[[1 << k for k in range(len(moving))]].T - worth[0][:, None]
    return values, only


def _worth(aligned: AlignedWindows, frame: ModelFrame, factors: Sequence[_Factor], beta: FloatArray) -> FloatArray:
    """Log total with every set of factors as in the window, the others as in the baseline, shape (2**k, n)."""
    product = np.exp(beta @ frame.design.X[aligned.rows[0]].T)[None] * aligned.exposure[0]
    for one in factors:
        change = np.exp(beta @ one.difference.T) if one.columns.any() else aligned.exposure[1] / aligned.exposure[0]
        product = np.concatenate([product, product * change])
    return np.asarray(np.log(product.sum(axis=-1)))


def _log_totals(aligned: AlignedWindows, frame: ModelFrame, beta: FloatArray) -> FloatArray:
    """Log of what the model expects in the baseline and in the window, shape (2,)."""
    cells = np.exp(frame.design.X[aligned.rows] @ beta) * aligned.exposure
    return np.asarray(np.log(cells.sum(axis=1)))


def _contrasts(
    aligned: AlignedWindows, frame: ModelFrame, estimate: Estimate, factors: Sequence[_Factor]
) -> FloatArray:
    """Give what each part turns on to first order, shape (k, p), for the degrees of freedom of the draws."""
    cells = np.exp(frame.design.X[aligned.rows] @ estimate.beta) * aligned.exposure
    weight = (cells / cells.sum(axis=1, keepdims=True)).mean(axis=0)
    rows = np.array([weight @ one.difference for one in factors if one.columns.any() and one.moves])
    return rows if len(rows) else np.eye(len(estimate.beta))


def _table(
    parts: Sequence[Part], values: FloatArray, only: FloatArray, *, observed: float, observed_baseline: float
) -> pd.DataFrame:
    percentages = 100 * np.expm1(only)
    table = scaled_parts(values[0], values[1:], observed, observed_baseline)
    table = table.assign(**with_interval("only_this_pct", percentages[0], percentages[1:]))
    spans = [part.window for part in parts]
    days = {
        "kind": [part.kind for part in parts],
        "start": pd.Series([None if span is None else span.start for span in spans], dtype=object),
        "end": pd.Series([None if span is None else span.end for span in spans], dtype=object),
    }
    table = pd.concat([pd.DataFrame(days), table], axis=1)
    return table.set_axis(pd.Index([part.name for part in parts], name="part"))


def _held_by_baseline(
    frame: ModelFrame, aligned: AlignedWindows, factors: Sequence[_Factor], baseline: Window
) -> list[str]:
    """Say which events had begun before the baseline ended."""
    rows = np.unique(aligned.rows[0])
    notes = []
    for one in factors:
        if one.part.window is None or not frame.design.X[np.ix_(rows, one.columns)].any():
            continue
        shared = (min(baseline.end, one.part.window.end) - max(baseline.start, one.part.window.start)).days + 1
        notes.append(
            f"{shared} of the {baseline.n_days} days of the baseline {baseline} already lie in {one.part.name}: its "
            "part is only what changed beyond them"
        )
    return notes
