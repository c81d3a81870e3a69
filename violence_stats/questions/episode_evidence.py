"""The evidence on one episode: every signature measured, one vote a block, and what the overall rule makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Words
from violence_stats.ledger.settings import Episode
from violence_stats.questions import rules
from violence_stats.questions.bursts import weigh_bursts
from violence_stats.questions.collect_episode import collect_episode
from violence_stats.questions.counting import weigh_counting
from violence_stats.questions.disappearances import weigh_substitution
from violence_stats.questions.enforcement import weigh_enforcement
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.geography import weigh_geography
from violence_stats.questions.neighbours import weigh_neighbours
from violence_stats.questions.onset import weigh_onset
from violence_stats.questions.persistence import weigh_persistence
from violence_stats.questions.signature import Block, Overall, Weighed
from violence_stats.questions.specificity import weigh_specificity

ROWS: tuple[Callable[[EpisodeData], Weighed], ...] = (
    weigh_onset,
    weigh_persistence,
    weigh_bursts,
    weigh_specificity,
    weigh_enforcement,
    weigh_substitution,
    weigh_geography,
    weigh_neighbours,
    weigh_counting,
)
"""The table of the evidence, in order."""

KNOWN_KINDS: dict[str, Overall] = {"pact": "favours pact", "policing": "favours policing"}
"""Kinds of episodes whose nature is not in question, and how they ought to be read."""

VOTING: frozenset[Block] = frozenset(
    ("count shape", "other crime", "enforcement", "disappearances", "geography", "neighbours")
)
"""Blocks with a vote; the bound on counting has none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EpisodeEvidence:
    """The rows of one episode and what the overall rule makes of them.

    Attributes
    ----------
    rows : tuple of Weighed
    votes : mapping of block to vote
        ``pact``, ``policing``, ``both`` (its signatures contradict each other) or ``none``.
    verdict : Verdict
    """

    id: str
    kind: str
    name: Words
    rows: tuple[Weighed, ...]
    votes: Mapping[Block, rules.Vote]
    verdict: rules.Verdict

    @property
    def expected(self) -> Overall | None:
        """How an episode of this kind ought to be read; None where that is in question."""
        return KNOWN_KINDS.get(self.kind)

    @property
    def is_misread(self) -> bool:
        """Whether it is read as the opposite of what it was; ``mixed`` and ``cannot tell`` are no misreading."""
        return self.expected is not None and self.verdict.reading in set(KNOWN_KINDS.values()) - {self.expected}

    @property
    def n_applicable(self) -> int:
        """Signatures with a vote that have data."""
        return sum(one.reading != "not applicable" and one.signature.block in VOTING for one in self.rows)


def read_episode(case: Case, episode: Episode, as_of: date | None) -> EpisodeEvidence:
    """Collect, measure and read one episode.

    Raises
    ------
    SelectionError
        If nothing of it was known by `as_of`.
    """
    return read_data(collect_episode(case, episode, as_of=as_of), episode.name)


def read_data(data: EpisodeData, name: Words) -> EpisodeEvidence:
    """Measure every signature of an episode's data, made up or real, and apply the rules."""
    rows = tuple(weigh(data) for weigh in ROWS)
    votes: dict[Block, rules.Vote] = {
        block: rules.block_vote(one.reading for one in rows if one.signature.block == block)
        for block in dict.fromkeys(one.signature.block for one in rows)
        if block in VOTING
    }
    return EpisodeEvidence(
        id=data.id, kind=data.kind, name=name, rows=rows, votes=votes, verdict=rules.weigh_votes(votes)
    )
