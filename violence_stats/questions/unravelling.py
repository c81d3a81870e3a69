"""How an episode came undone, by each date that an author has it end: measured as its start is, for a rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import Any

import pandas as pd

from violence_stats.design.interventions import Step
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Event
from violence_stats.ledger.settings import Episode
from violence_stats.months import ONE_DAY
from violence_stats.questions import rules
from violence_stats.questions.average_levels import fit_levels
from violence_stats.questions.bursts import weigh_bursts
from violence_stats.questions.collect_episode import last_day_followed
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_model import FIT_ERRORS, lockdown_term, of_windows
from violence_stats.questions.onset import time_change
from violence_stats.questions.paired_counts import same_day
from violence_stats.questions.persistence import choose_spans, fit_spans
from violence_stats.questions.signature import Measured, finite
from violence_stats.questions.size import MONTHS_AFTER, measure_size

FEWEST_WINDOWS = 2
"""A level of fewer windows on one side of an end is no level."""

_MEASURED = ("size", "months_to_80_pct", "share_undone")
COLUMNS = [
    *("episode", "event_id", "end", "precision", "log_rate_ratio", "low", "high"),
    *(f"{name}{end}" for name in _MEASURED for end in ("", "_low", "_high")),
    *("bursts", "months_known"),
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EpisodeEnd:
    """A date on which an author has an episode end.

    Attributes
    ----------
    data : EpisodeData
        Of the episode, the end taken for its start, the episode's own start for the earliest day before.
    row : dict
        What was measured, by `COLUMNS`.
    """

    event_id: str
    data: EpisodeData
    row: dict[str, Any]

    @property
    def is_followed(self) -> bool:
        """Whether a count after it is known."""
        return self.data.last > self.data.start


def measure_end(case: Case, episode: Episode, data: EpisodeData, event_id: str) -> EpisodeEnd:
    """Measure the change from one end on; `data` is the episode's from its own start."""
    end = case.event(event_id).window.start
    last = last_day_followed(case.settings, episode, data.series, end)
    onward = replace(data, start=end, earliest=data.start, last=last)
    return EpisodeEnd(event_id=event_id, data=onward, row=_measured(case.event(event_id), data, onward))


def _measured(event: Event, data: EpisodeData, onward: EpisodeData) -> dict[str, Any]:
    end, last = onward.start, onward.last
    ratio = _after_end(data, end)
    row: dict[str, Any] = {
        "episode": data.id,
        "event_id": event.event_id,
        "end": end,
        "precision": event.precision,
        **_cells(("log_rate_ratio", "low", "high"), ratio),
    }
    if last <= end:
        return row
    bursts = weigh_bursts(onward).number
    found = {"size": _size(onward), "months_to_80_pct": _months(onward), "share_undone": _share_undone(onward)}
    for name, number in found.items():
        row |= _cells((name, f"{name}_low", f"{name}_high"), number)
    return row | {"bursts": None if bursts is None else bursts.value, "months_known": round(onward.months_known, 1)}


def ends_table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Put the rows of several ends together."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype(dict.fromkeys(COLUMNS[4:], float))


def ends_lines(ends: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """Say each end in one line."""
    lines = []
    for row in ends.to_dict(orient="records"):
        said = [
            f"{words} {row[name]:.2f} ({row[low]:.2f} to {_open(row[high])})"
            for words, name, low, high in (
                ("log rate ratio", "log_rate_ratio", "low", "high"),
                ("months to 80%", "months_to_80_pct", "months_to_80_pct_low", "months_to_80_pct_high"),
                ("share of the rise undone", "share_undone", "share_undone_low", "share_undone_high"),
            )
            if not isnan(row[name])
        ]
        text = ", ".join(said) or "cannot be measured"
        lines.append(f"{names[row['episode']]}, undone from {row['end'].isoformat()} (by {row['precision']}): {text}")
    return lines


def _open(high: float) -> str:
    return "not bounded" if isnan(high) else f"{high:.2f}"


def _cells(names: tuple[str, str, str], number: Measured | None) -> dict[str, float | None]:
    if number is None:
        return dict.fromkeys(names)
    return dict(zip(names, (number.value, finite(number.low), finite(number.high)), strict=True))


def _after_end(data: EpisodeData, end: date) -> Measured | None:
    """Compare the averages of the twelve months from the end on and of the months from the start to then."""
    during = data.calm_windows(data.start, end - ONE_DAY)
    after = data.calm_windows(end, same_day(end, MONTHS_AFTER) - ONE_DAY)
    if min(len(during), len(after)) < FEWEST_WINDOWS:
        return None
    windows = (*during, *after)
    try:
        step = Step(after[0].window.start, after[-1].window.end, name="after")
        return fit_levels(of_windows(data, windows), [step], lockdown_term(data, windows)).ratio("after")
    except FIT_ERRORS:
        return None


def _size(onward: EpisodeData) -> Measured | None:
    try:
        return measure_size(onward)
    except FIT_ERRORS:
        return None


def _months(onward: EpisodeData) -> Measured | None:
    try:
        found = time_change(onward, rises=True)
    except FIT_ERRORS:
        return None
    return None if found is None else found.months


def _share_undone(onward: EpisodeData) -> Measured | None:
    spans = choose_spans(onward)
    if spans.months < rules.FEWEST_MONTHS_TO_LAST or not (spans.before and spans.early and spans.late):
        return None
    try:
        levels = fit_spans(onward, spans)
    except FIT_ERRORS:
        return None
    return levels.share_undone("early", "late") if levels.ratio("early").low > 0 else None
