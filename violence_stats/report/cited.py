"""Which figures of the ledger stand behind a part of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from violence_stats.ledger.arithmetic import parse_arithmetic
from violence_stats.ledger.case import Case
from violence_stats.ledger.loaders import load_homicides
from violence_stats.ledger.vintages import latest
from violence_stats.months import parse_window
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_evidence import EpisodeEvidence
from violence_stats.questions.episodes import Episodes
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.identical_windows import figures_of
from violence_stats.questions.outlook import Outlook
from violence_stats.questions.paired_counts import PairedCounts
from violence_stats.report.choices_facts import ChoiceFacts
from violence_stats.report.evidence_facts import EvidenceFacts
from violence_stats.report.fall_facts import FallFacts
from violence_stats.robustness.choices import LATEST
from violence_stats.robustness.curve_grid import REFERENCE
from violence_stats.series import CountSeries


def ids_in(arithmetic: str) -> list[str]:
    """Give the ids in an arithmetic of figures; none where it is blank.

    Examples
    --------
    >>> ids_in("F0390 - F0405")
    ['F0390', 'F0405']
    """
    return [figure_id for _, figure_id in parse_arithmetic(arithmetic)] if arithmetic.strip() else []


def behind_fall(fall: FallFacts) -> Iterator[str]:
    """Give the figures behind a decomposition: counts as known earlier, of the neighbours, and of narrower counts."""
    if fall.then is not None:
        first = min(fall.then.specifications["pre_start"])
        known = fall.then.primary.series.between(first, fall.then.window.end)
        yield from (cited.figure.figure_id for window in known for cited in window.citations)
    for one in fall.neighbours:
        for arithmetic in one.to_frame()[["baseline_figures", "window_figures"]].to_numpy().ravel():
            yield from ids_in(str(arithmetic))
    if fall.counting is not None:
        yield from fall.counting.figure_ids


def behind_episodes(episodes: Episodes) -> Iterator[str]:
    """Give the figures behind the shape of the counts, and those of other measures on identical windows."""
    for one in episodes.measures:
        for row in (one.onset, one.persistence, one.bursts):
            yield from row.citations
        yield from behind_data(one.data)


def behind_evidence(facts: EvidenceFacts) -> Iterator[str]:
    """Give the figures behind every row, of every episode, as known now and then."""
    for weighed in (facts.now, facts.then):
        if weighed is not None:
            yield from (figure for one in _read(weighed) for row in one.rows for figure in row.citations)


def behind_outlook(case: Case, outlook: Outlook) -> Iterator[str]:
    """Give the figures of the named bursts; what came otherwise is the chain's."""
    own = figures_of(case, case.measure)
    for window in outlook.bursts["window"].unique() if len(outlook.bursts) else ():
        counted = [one for one in own if one.window == parse_window(str(window))]
        if counted:
            yield latest(counted, case.settings).figure_id


def behind_choices(case: Case, chain: CountSeries, found: ChoiceFacts) -> Iterator[str]:
    """Give the figures of the other publishers and days of knowledge that a specification curve tried."""
    curve = found.curve
    definition = next(one.definition for one in chain if one.window.overlaps(curve.window))
    for publisher, vintage in set(zip(curve.table["publisher"], curve.table["vintage"], strict=True)):
        as_of = None if vintage == LATEST else vintage
        series = (
            load_homicides(case, as_of=as_of)
            if publisher == REFERENCE
            else load_homicides(case, publisher=publisher, definition=definition, as_of=as_of)
        )
        inside = (one for one in series if one.window.overlaps(curve.window))
        yield from (cited.figure.figure_id for one in inside for cited in one.citations)


def behind_data(data: EpisodeData) -> Iterator[str]:
    """Give the figures of the other measures, with those of the year before."""
    others = (*data.other_crime, *data.enforcement, data.disappearances, data.places)
    yield from _behind_pairs(one.counts for one in others if one is not None)
    for bound in data.counting:
        yield from bound.figures


def _behind_pairs(pairs: Iterable[PairedCounts]) -> Iterator[str]:
    for pair in pairs:
        yield from pair.figures
        if pair.year_before is not None:
            yield from pair.year_before.figures


def _read(evidence: Evidence) -> tuple[EpisodeEvidence, ...]:
    return (evidence.episode, *evidence.sanity)
