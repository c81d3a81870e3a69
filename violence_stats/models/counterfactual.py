"""What a fitted model expects had an event not happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from violence_stats.design.interventions import Intervention, Pulse
from violence_stats.errors import SpecificationError
from violence_stats.models.effects import LEVEL
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.wording import number_words
from violence_stats.months import Window, WindowLike, parse_window
from violence_stats.series import FloatArray, SeriesKind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counterfactual:
    """Observed against expected without an event, over a window.

    For a series of rates every value is a mean over the window, weighted by time, in place of a total.

    Attributes
    ----------
    event : str
        The event taken away.
    terms : tuple of str
        The terms taken away with it.
    window : Window
        Both ends INCLUSIVE.
    kind : {'count', 'rate'}
    observed : float
    fitted : float
        What the model expects with the event.
    expected, expected_low, expected_high : float
        What it expects without, and its interval.
    averted, averted_low, averted_high : float
        Expected minus observed: positive where fewer were counted than expected.
    interval : str
        What the intervals hold, and what not.
    windows : pandas.DataFrame
        The same by window: ``start, end`` (INCLUSIVE), ``n_days, observed, fitted, expected, expected_low,
        expected_high, averted``; index the window labels.
    notes : tuple of str
        What was held as fitted, and what else a reader has to be told.
    """

    event: str
    terms: tuple[str, ...]
    window: Window
    kind: SeriesKind
    observed: float
    fitted: float
    expected: float
    expected_low: float
    expected_high: float
    averted: float
    averted_low: float
    averted_high: float
    interval: str
    windows: pd.DataFrame
    notes: tuple[str, ...]

    def summary(self) -> str:
        """Say the result in a few lines."""
        write = number_words if self.kind == "rate" else "{:,.0f}".format
        lines = [
            f"without {self.event} ({', '.join(self.terms)}), {self.window}:",
            f"observed {write(self.observed)}; expected {write(self.expected)} "
            f"({write(self.expected_low)} to {write(self.expected_high)})",
            f"expected minus observed {write(self.averted)} ({write(self.averted_low)} to {write(self.averted_high)})",
            f"intervals: {self.interval}",
        ]
        return "\n".join([*lines, *self.notes]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a window, a copy of `windows`."""
        return self.windows.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold."""
        numbers = ("observed", "fitted", "expected", "expected_low", "expected_high")
        rows = self.windows.reset_index()
        for edge in ("start", "end"):
            rows[edge] = [day.isoformat() for day in rows[edge]]
        return {
            "event": self.event,
            "terms": list(self.terms),
            "window": str(self.window),
            **{name: getattr(self, name) for name in (*numbers, "averted", "averted_low", "averted_high")},
            "interval": self.interval,
            "windows": rows.to_dict(orient="records"),
            "notes": list(self.notes),
        }


def expect_without(
    frame: ModelFrame, estimate: Estimate, *, without: str, window: WindowLike | None, hold: Sequence[str]
) -> Counterfactual:
    """Take all terms of an event away and keep the rest as fitted.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
    without : str
        The event, as `DesignMatrix.event` finds it.
    window : WindowLike or None
        Both ends INCLUSIVE; whole fitted windows make it up. None: from that in which the event starts on.
    hold : sequence of str
        Later events whose effects are held as fitted.

    Raises
    ------
    SpecificationError
        If the event is not in the model or ambiguous, the window ends before it, or a later intervention that `hold`
        does not name has begun by the end of the window.
    WindowError
        If whole fitted windows do not make up the window.
    """
    removed = frame.design.event(without)
    chosen = _choose_windows(frame, removed, window)
    span = Window(frame.series.windows[chosen[0]].start, frame.series.windows[chosen[-1]].end)
    notes = _held_notes(frame, removed, span, hold)
    mean, slope = _expectation(frame, estimate.beta, frame.design.without(removed))
    total = _totalling(frame, chosen)
    rows = np.vstack([total, np.eye(len(total))[chosen]])
    expected = _with_interval(rows @ mean, rows @ slope, estimate, log_link=frame.family != "gaussian")
    observed = float(total @ frame.y)
    return Counterfactual(
        event=without,
        terms=tuple(one.term for one in removed),
        window=span,
        kind=frame.series.kind,
        observed=observed,
        fitted=float(total @ estimate.fitted),
        expected=float(expected[0, 0]),
        expected_low=float(expected[1, 0]),
        expected_high=float(expected[2, 0]),
        averted=float(expected[0, 0]) - observed,
        averted_low=float(expected[1, 0]) - observed,
        averted_high=float(expected[2, 0]) - observed,
        interval=f"uncertainty of the parameters only, by the delta method; {estimate.interval_words}",
        windows=_window_table(frame, estimate, chosen, expected[:, 1:]),
        notes=(*notes, *frame.notes),
    )


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


def _held_notes(frame: ModelFrame, removed: Sequence[Intervention], span: Window, hold: Sequence[str]) -> list[str]:
    """Refuse later interventions that are not held by name; say which are held."""
    start = min(one.first_day for one in removed)
    later = [one for one in frame.design.interventions if one not in removed and start < one.first_day <= span.end]
    held = {one.term for event in hold for one in frame.design.event(event)}
    loose = [one for one in later if not isinstance(one, Pulse) and one.term not in held]
    if loose:
        raise SpecificationError(
            f"{span} reaches past {loose[0].term} ({loose[0].first_day.isoformat()}): what would have happened then "
            f'without {removed[0].term} is not in the model; end the window earlier, or pass hold=["{loose[0].term}"] '
            "to keep its effect as fitted"
        )
    return [f"{one.term} is held as fitted" for one in later]


def _expectation(frame: ModelFrame, beta: FloatArray, X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give the expected value of each window under the design X, and its derivative by the coefficients."""
    if frame.family == "gaussian":
        slope = frame.by_window(frame.cell_weight[:, None] * X)
        return slope @ beta, slope
    cell = frame.exposure * np.exp(X @ beta)
    return frame.by_window(cell), frame.by_window(cell[:, None] * X)


def _totalling(frame: ModelFrame, chosen: Sequence[int]) -> FloatArray:
    """Weights over all windows that give the total of the chosen ones, or their mean by time for rates."""
    weight = np.zeros(frame.series.n_windows)
    weight[chosen] = 1.0
    if frame.series.kind == "rate":
        weight *= frame.by_window(frame.cells.share_of_period)
        weight /= weight.sum()
    return weight


def _with_interval(value: FloatArray, slope: FloatArray, estimate: Estimate, *, log_link: bool) -> FloatArray:
    """Value, low and high, shape (3, n): by the delta method, on the log scale under a log link."""
    std_error = np.sqrt(np.einsum("ij,jk,ik->i", slope, estimate.cov, slope))
    reach = student.ppf((1 + LEVEL) / 2, estimate.contrast_degrees_of_freedom(slope)) * std_error
    if log_link:
        return np.vstack([value, value * np.exp(-reach / value), value * np.exp(reach / value)])
    return np.vstack([value, value - reach, value + reach])


def _window_table(frame: ModelFrame, estimate: Estimate, chosen: Sequence[int], expected: FloatArray) -> pd.DataFrame:
    windows = [frame.series.windows[k] for k in chosen]
    return pd.DataFrame(
        {
            "start": [window.start for window in windows],
            "end": [window.end for window in windows],
            "n_days": [window.n_days for window in windows],
            "observed": frame.y[chosen],
            "fitted": estimate.fitted[chosen],
            "expected": expected[0],
            "expected_low": expected[1],
            "expected_high": expected[2],
            "averted": expected[0] - frame.y[chosen],
        },
        index=pd.Index([str(window) for window in windows], name="window"),
    )
