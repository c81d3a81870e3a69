"""How much of a count a change of definition could take out: windows with a narrow count and a full one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from violence_stats.figures import Figure
from violence_stats.ledger.case import Case
from violence_stats.ledger.settings import Narrowing
from violence_stats.months import Window
from violence_stats.questions.episode_data import CountingBound, EpisodeData
from violence_stats.questions.identical_windows import figures_of
from violence_stats.questions.paired_counts import same_day

MONTHS_BEFORE = 24
"""How far before the start a share may be measured."""


def counting_bounds(case: Case, data: EpisodeData, as_of: date | None) -> tuple[CountingBound, ...]:
    """Find the bounds around an episode, from two years before its start to the last day known after it."""
    evidence = case.settings.evidence
    own = figures_of(case, case.measure, as_of=as_of)
    near = Window(same_day(data.start, -MONTHS_BEFORE), data.last)
    counted = {one.definition for one in data.windows_in(data.earliest, data.start)}
    bounds = []
    for measure in evidence.left_out:
        for part in figures_of(case, measure, as_of=as_of):
            full = [one for one in own if one.window == part.window and one.definition in counted]
            if near.contains(part.window) and full:
                bounds.append(_bound(measure, part, full, part.value))
    for pair in evidence.narrowings:
        for part in (one for one in own if one.definition == pair.narrow and near.contains(one.window)):
            full = [one for one in own if one.window == part.window and one.definition == pair.full]
            if full:
                bounds.append(_bound(narrowing_name(pair), part, full, None))
    return tuple(bounds)


def narrowing_name(pair: Narrowing) -> str:
    """Name what one of the case's definitions omits, by the codes of both."""
    return f"{pair.full} less {pair.narrow}"


def _bound(what: str, part: Figure, full: Sequence[Figure], left_out: int | None) -> CountingBound:
    """Take of several full counts the one that makes the share largest."""
    if left_out is None:
        whole = max(full, key=lambda one: one.value)
        lost = max(whole.value - part.value, 0)
    else:
        whole, lost = min(full, key=lambda one: one.value), left_out
    return CountingBound(
        what=what, window=part.window, left_out=lost, counted=whole.value, figures=(part.figure_id, whole.figure_id)
    )
