"""Take an event away from a fit: which windows, what is held, and what they would have counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from violence_stats.arguments import check_whole
from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.errors import SpecificationError
from violence_stats.models.count_scenario import count_scenario
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.counterfactual_words import PARTIAL, Setting
from violence_stats.models.estimate import Estimate
from violence_stats.models.expected_columns import central_interval, expected_columns
from violence_stats.models.frame import ModelFrame
from violence_stats.models.gaussian_scenario import gaussian_scenario
from violence_stats.models.held import held_interventions
from violence_stats.models.interval_words import edge_caveats
from violence_stats.models.joint_draws import ALL, N_DRAWS, SEED, JointDraws, Uncertainty, draw_jointly
from violence_stats.models.window_table import window_table
from violence_stats.months import Window, WindowLike, add_months, parse_window

FROZEN_AFTER_MONTHS = 12
"""A linear trend is a bold guess beyond a year; from there on a trend frozen at the event stands beside it."""
_WORDS: dict[Uncertainty, str] = {
    "parameters": "the coefficients",
    "latent": "serial correlation given the windows before the event",
    "counts": "count noise",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a fit.

    Attributes
    ----------
    without : str
        The event, as `DesignMatrix.event` finds it.
    window : WindowLike or None
        Both ends INCLUSIVE; None: from the window in which the event starts to the last.
    hold : str or sequence of str
        Later events whose effects are held as fitted; kept as a tuple.
    uncertainty : sequence of {'parameters', 'latent', 'counts'}
    seed : int
    """

    without: str
    window: WindowLike | None = None
    hold: str | Sequence[str] = ()
    uncertainty: Sequence[Uncertainty] = ALL
    seed: int = SEED

    def __post_init__(self) -> None:
        check_whole("seed", self.seed)
        object.__setattr__(self, "hold", (self.hold,) if isinstance(self.hold, str) else tuple(self.hold))


def expect_without(frame: ModelFrame, estimate: Estimate, question: Question) -> Counterfactual:
    """Take all terms of an event away and keep the rest as fitted.

    Raises
    ------
    SpecificationError
        If the event is not in the model or ambiguous, the window ends before it, or a later intervention that `hold`
        does not name has begun by the end of the window.
    WindowError
        If whole fitted windows do not make up the window.
    """
    removed = frame.design.event(question.without)
    start = min(one.first_day for one in removed)
    chosen = _choose_windows(frame, removed, question.window)
    end = frame.series.windows[chosen[-1]].end
    held = held_interventions(frame.design, removed, question.hold, until=end)
    notes = [*(f"{one.term} is held as fitted" for one in held if one.first_day > start), *frame.notes]
    X = frame.design.without(removed)
    found = _compare(frame, estimate, question, X, chosen)
    past_a_year = end >= add_months(start, FROZEN_AFTER_MONTHS)
    frozen = None
    if past_a_year and any(map(_is_trend, frame.design.names)):
        frozen = replace(_compare(frame, estimate, question, _freeze_trend(frame, X, removed), chosen), notes=())
    return replace(found, frozen_trend=frozen, notes=tuple(notes))


def _choose_windows(frame: ModelFrame, removed: Sequence[Intervention], window: WindowLike | None) -> list[int]:
    """Places of the windows asked for; by default all from the one in which the event starts."""
    start = min(one.first_day for one in removed)
    windows = frame.series.windows
    if window is None:
        return [k for k, one in enumerate(windows) if one.end >= start]
    wanted = {observation.window for observation in frame.series.tiles(window)}
    chosen = [k for k, one in enumerate(windows) if one in wanted]
    if windows[chosen[-1]].end < start:
        raise SpecificationError(
            f"{parse_window(window)} ends before {removed[0].term} starts on {start.isoformat()}: choose a later window"
        )
    return chosen


def _is_trend(name: str) -> bool:
    """Whether a column counts time: of one series, of the treated one, or of a unit named in brackets."""
    return name in ("trend", "treated trend") or name.startswith("trend (")


def _freeze_trend(frame: ModelFrame, X: FloatArray, removed: Sequence[Intervention]) -> FloatArray:
    """Let the trend count no further than the period in which the event starts."""
    start = frame.cells.period_of(min(one.first_day for one in removed))
    trend = np.array([_is_trend(name) for name in frame.design.names])
    return np.where(trend, np.minimum(X, start), X)


def _compare(
    frame: ModelFrame, estimate: Estimate, question: Question, X: FloatArray, chosen: list[int]
) -> Counterfactual:
    """Set observed beside expected; windows that end before the event stand as they were observed."""
    removed = frame.design.event(question.without)
    start = min(one.first_day for one in removed)
    ended = [k for k, window in enumerate(frame.series.windows) if window.end < start]
    affected = [k for k in chosen if k not in ended]
    set_up = gaussian_scenario if frame.family == "gaussian" else count_scenario
    scenario = set_up(frame, estimate, X, chosen=affected, known=ended)
    drawn = draw_jointly(scenario, estimate, uncertainty=question.uncertainty, seed=question.seed)
    expected = _with_observed(frame, drawn, chosen, n_before=len(chosen) - len(affected))
    observed, weight = frame.y[chosen], _weights(frame, chosen)
    total_low, total_high = central_interval(expected.draws @ weight)
    counted, total = float(weight @ observed), float(weight @ expected.mean)
    named = ", ".join(_WORDS[word] for word in ALL if word in question.uncertainty)
    return Counterfactual(
        event=question.without,
        terms=tuple(one.term for one in removed),
        window=Window(frame.series.windows[chosen[0]].start, frame.series.windows[chosen[-1]].end),
        kind=frame.series.kind,
        observed=counted,
        fitted=float(weight @ estimate.fitted[chosen]),
        expected=total,
        expected_low=float(total_low),
        expected_high=float(total_high),
        averted=total - counted,
        averted_low=float(total_low) - counted,
        averted_high=float(total_high) - counted,
        interval=f"{named}, from {N_DRAWS:,} joint draws (seed {question.seed}); {estimate.interval_words}",
        windows=_expected_table(frame, estimate, chosen, expected),
        notes=(),
        setting=_setting(frame, estimate, question, start),
    )


def _setting(frame: ModelFrame, estimate: Estimate, question: Question, start: date) -> Setting:
    partial = () if set(question.uncertainty) == set(ALL) else (PARTIAL,)
    return Setting(
        series=frame.series,
        start=start,
        adjusted=estimate.adjusts_for_correlation,
        caveats=(*partial, *edge_caveats(estimate)),
    )


def _with_observed(frame: ModelFrame, drawn: JointDraws, chosen: list[int], *, n_before: int) -> JointDraws:
    before = frame.y[chosen[:n_before]]
    return JointDraws(
        mean=np.concatenate([before, drawn.mean]),
        draws=np.concatenate([np.broadcast_to(before, (len(drawn.draws), n_before)), drawn.draws], axis=1),
    )


def _weights(frame: ModelFrame, chosen: list[int]) -> FloatArray:
    """1 for counts, which add up; shares of the time for rates."""
    if frame.series.kind == "count":
        return np.ones(len(chosen))
    share = frame.by_window(frame.cells.share_of_period)[chosen]
    return np.asarray(share / share.sum())


def _expected_table(frame: ModelFrame, estimate: Estimate, chosen: list[int], expected: JointDraws) -> pd.DataFrame:
    columns = expected_columns(frame.y[chosen], expected.mean, expected.draws)
    return window_table(frame, estimate, chosen).assign(**columns)
