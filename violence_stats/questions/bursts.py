"""Bursts: windows, and days where every day is known, that scatter about a local level does not explain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from violence_stats.ledger.records import Words
from violence_stats.months import MONTH_DAYS
from violence_stats.observations import Observation
from violence_stats.questions import rules
from violence_stats.questions.burst_search import FEWEST_WINDOWS, BurstSearch, search_bursts
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_model import figure_ids
from violence_stats.questions.signature import Measured, Signature, Weighed, not_applicable

SIGNATURE = Signature(
    id="bursts",
    block="count shape",
    name=Words(en="bursts of killings", es="repuntes de homicidios"),
    pact=Words(en="coordinated bursts while it holds", es="repuntes coordinados mientras dura"),
    policing=Words(en="none", es="ninguno"),
)

LONGEST_DAYS = 31
"""A burst of days drowns in a window longer than a month; longer ones tell the level but are not searched."""

TOO_FEW = Words(
    en="fewer than twelve windows of a month or less are known after the start",
    es="se conocen menos de doce períodos de un mes o menos después del inicio",
)


def weigh_bursts(data: EpisodeData) -> Weighed:
    """Count the bursts after the start, beside those before it."""
    after = data.windows_in(data.start, data.last)
    before = data.windows_in(data.earliest, data.start)
    found = find_bursts(data, after)
    if found is None:
        return not_applicable(SIGNATURE, TOO_FEW)
    found_before = find_bursts(data, before)
    n_after = int(found.is_burst.sum())
    n_before = 0 if found_before is None else int(found_before.is_burst.sum())
    daily = None if data.days is None else find_bursts(data, tuple(data.days))
    n_days = 0 if daily is None else int(daily.is_burst.sum())
    dates = ", ".join(str(one.window) for one, yes in zip(after, found.is_burst, strict=True) if yes) or "none"
    reach = float(np.median(found.limit / found.expected))
    number = float(n_after + n_days)
    return Weighed(
        signature=SIGNATURE,
        number=Measured(value=number, low=number, high=number, unit="bursts"),
        ruling=rules.read_bursts(n_after + n_days, n_before, days_known=data.days is not None),
        basis=f"{len(after)} windows after the start: {dates}; {n_before} before it; family-wise limit "
        f"{rules.BURST_FAMILY_LEVEL:.0%}, dispersion {found.dispersion:.1f}, reached at {reach:.1f} times the expected "
        "count (median); a number that was found, without interval",
        citations=figure_ids(after),
    )


def find_bursts(data: EpisodeData, windows: Sequence[Observation]) -> BurstSearch | None:
    """Search some windows; None where too few of them are short enough."""
    tested = np.array([one.window.n_days <= LONGEST_DAYS for one in windows], dtype=bool)
    usable = np.array([not _in_lockdown(data, one) for one in windows], dtype=bool)
    if tested.sum() < FEWEST_WINDOWS or usable.sum() < FEWEST_WINDOWS:
        return None
    return search_bursts(
        np.array([one.value for one in windows]),
        np.array([one.window.n_days for one in windows], dtype=float),
        np.array([_middle(one.window.start, one.window.end) for one in windows]),
        usable,
        tested,
        family_level=rules.BURST_FAMILY_LEVEL,
    )


def _in_lockdown(data: EpisodeData, one: Observation) -> bool:
    return data.lockdown is not None and one.window.overlaps(data.lockdown)


def _middle(first: date, last: date) -> float:
    return (first.toordinal() + last.toordinal()) / 2 / MONTH_DAYS
