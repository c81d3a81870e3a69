"""The episodes, the evidence on the contested one, and the paths looked ahead to: each None where a case lacks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from violence_stats.errors import DataError, SelectionError, ViolenceStatsError
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Words
from violence_stats.ledger.settings import CONTESTED, Episode, EvidenceSettings
from violence_stats.months import Window
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episodes import Episodes, measure_episodes
from violence_stats.questions.evidence import Evidence, weigh_evidence
from violence_stats.questions.evidence_calibration import load_error_rates
from violence_stats.questions.outlook import Outlook, look_ahead
from violence_stats.report.omitted import Omitted

NO_EPISODES: Final = Words(en="the case lists no episodes", es="el caso no enumera episodios")
ONE_EPISODE: Final = Words(
    en="the case lists one episode only, with nothing to set beside it",
    es="el caso enumera un solo episodio, sin otro al lado del cual ponerlo",
)
NOT_CONTESTED: Final = Words(
    en="none of the case's episodes is contested", es="ninguno de los episodios del caso está en disputa"
)
NO_EVIDENCE: Final = Words(
    en="the case holds no counts but its own to tell a pact from policing by",
    es="el caso no contiene más conteos que los suyos para distinguir un pacto de la labor policial",
)
UNREADABLE: Final = Words(en="its counts do not carry the measurements", es="sus conteos no sostienen las mediciones")
NO_OUTLOOK: Final = Words(
    en="the case names no span to look ahead to", es="el caso no nombra un período hacia el cual mirar"
)
NO_COURSE: Final = Words(
    en="the case has no earlier pact whose course could be set against what came",
    es="el caso no tiene un pacto anterior cuyo curso se pueda comparar con lo que vino",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EvidenceFacts:
    """What tells a pact from policing in the contested episode.

    Attributes
    ----------
    now : Evidence
    then : Evidence or None
        With only what was known on an earlier day; None where the case names none, or nothing was known.
    data : mapping of str to EpisodeData
        What each episode is measured by, from its primary start, by id.
    error_rates : pandas.DataFrame or None
        As `load_error_rates` gives them, of this episode; None where the case has no such table.
    """

    now: Evidence
    then: Evidence | None
    data: Mapping[str, EpisodeData]
    error_rates: pd.DataFrame | None

    @property
    def own(self) -> EpisodeData:
        """What the contested episode is measured by."""
        return self.data[self.now.episode.id]


def gather_episodes(case: Case, n_jobs: int | None = None) -> Episodes | Omitted:
    """Measure every episode of the case."""
    if not case.settings.episodes:
        return Omitted(chapter="episodes", reason=NO_EPISODES)
    try:
        found = measure_episodes(case, n_jobs=n_jobs)
    except ViolenceStatsError:
        return Omitted(chapter="episodes", reason=UNREADABLE)
    return found if found.measures else Omitted(chapter="episodes", reason=UNREADABLE)


def set_side_by_side(episodes: Episodes | Omitted) -> Episodes | Omitted:
    """Leave a comparison of episodes out where there is only one."""
    if isinstance(episodes, Omitted) or len({one.data.id for one in episodes.measures}) > 1:
        return episodes
    return Omitted(chapter="episodes", reason=ONE_EPISODE)


def gather_evidence(case: Case, episodes: Episodes | Omitted, known_on: date | None) -> EvidenceFacts | Omitted:
    """Weigh the evidence on the contested episode, with all that is known and with what was known on a day."""
    episode = contested(case)
    if episode is None:
        return Omitted(chapter="evidence", reason=NOT_CONTESTED if case.settings.episodes else NO_EPISODES)
    if case.settings.evidence == EvidenceSettings():
        return Omitted(chapter="evidence", reason=NO_EVIDENCE)
    if isinstance(episodes, Omitted):
        return Omitted(chapter="evidence", reason=UNREADABLE)
    now = _weigh(case, episode, None)
    if now is None:
        return Omitted(chapter="evidence", reason=UNREADABLE)
    return EvidenceFacts(
        now=now,
        then=None if known_on is None else _weigh(case, episode, known_on),
        data={one.data.id: one.data for one in episodes.measures if one.is_primary},
        error_rates=_error_rates(case, episode),
    )


def gather_outlook(case: Case, known_on: date | None, span: Window | None) -> Outlook | Omitted:
    """Set the paths from a day on against what came in the span after it."""
    episode = contested(case)
    if episode is None:
        return Omitted(chapter="outlook", reason=NOT_CONTESTED if case.settings.episodes else NO_EPISODES)
    if known_on is None or span is None:
        return Omitted(chapter="outlook", reason=NO_OUTLOOK)
    try:
        return look_ahead(episode.id, as_of=known_on, until=span.end, case=case)
    except ViolenceStatsError:
        return Omitted(chapter="outlook", reason=NO_COURSE)


def contested(case: Case) -> Episode | None:
    """Give the episode whose nature is in dispute; None where there is none."""
    return next((one for one in case.settings.episodes if one.kind == CONTESTED), None)


def _weigh(case: Case, episode: Episode, as_of: date | None) -> Evidence | None:
    try:
        return weigh_evidence(episode.id, as_of=as_of, case=case)
    except SelectionError:
        return None


def _error_rates(case: Case, episode: Episode) -> pd.DataFrame | None:
    try:
        table = load_error_rates(case)
    except DataError:
        return None
    own = table[table["episode"] == episode.id]
    return None if own.empty else own
