"""Truce or policing: every signature of an episode, one vote a block, and the rule that reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from violence_stats.errors import SelectionError
from violence_stats.ledger.case import Case, CaseLike, load_case
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.records import Language, Words
from violence_stats.ledger.settings import Episode
from violence_stats.months import DateLike, last_day
from violence_stats.parallel import Progress, run_each
from violence_stats.questions import rules
from violence_stats.questions.episode_evidence import EpisodeEvidence, read_episode
from violence_stats.questions.evidence_words import tell_evidence, tell_reading, tell_sides
from violence_stats.questions.signature import Overall, Weighed
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """Evidence on one episode, beside the same rules on the others. Made by `weigh_evidence`.

    Attributes
    ----------
    event : str
        As asked for.
    as_of : datetime.date or None
        The day whose knowledge was used; None for all that is known.
    episode : EpisodeEvidence
    sanity : tuple of EpisodeEvidence
        The same code on the other episodes, as they come out.
    not_known : tuple of str
        Other episodes of which nothing was known by `as_of`.
    publishers : tuple of str
        Who published the figures that enter the signatures, in the order of their rows.
    """

    event: str
    as_of: date | None
    episode: EpisodeEvidence
    sanity: tuple[EpisodeEvidence, ...]
    not_known: tuple[str, ...]
    publishers: tuple[str, ...]

    @property
    def reading(self) -> Overall:
        """``favours pact``, ``favours policing``, ``mixed`` or ``cannot tell``.

        ``cannot tell`` also where the same rules misread another episode whose nature is known.
        """
        return "cannot tell" if self.misread else self.episode.verdict.reading

    @property
    def rule(self) -> str:
        """The rule that gave the reading."""
        return self.rule_words["en"]

    @property
    def rule_words(self) -> Words:
        """The rule that gave the reading, in both languages."""
        return rules.SANITY_FAILED if self.misread else self.episode.verdict.rule

    @property
    def misread(self) -> tuple[str, ...]:
        """Other episodes that the same rules read as the opposite of what they were."""
        return tuple(one.id for one in self.sanity if one.is_misread)

    @property
    def rows(self) -> tuple[Weighed, ...]:
        """The signatures."""
        return self.episode.rows

    def to_frame(self, lang: Language = "en") -> pd.DataFrame:
        """Give one row a signature.

        Returns
        -------
        pandas.DataFrame
            ``block``, ``signature``, ``prediction_pact``, ``prediction_policing``, ``number``, ``ci_low``, ``ci_high``
            (NaN where there is none, it is not bounded, or the number was counted), ``unit``, ``reading``, ``why``,
            ``basis``, ``citations``.

        Raises
        ------
        SelectionError
            If the language is neither ``en`` nor ``es``.
        """
        return _frame(self.episode, check_language(lang))

    def leave_one_out(self) -> pd.DataFrame:
        """Give each block's vote, and the reading without it.

        Returns
        -------
        pandas.DataFrame
            Index ``block``; ``vote``, ``reading_without`` (that of all blocks where it does not vote).
        """
        verdict = self.episode.verdict
        rows = [
            {"block": block, "vote": vote, "reading_without": verdict.without.get(block, verdict.all_blocks)}
            for block, vote in self.episode.votes.items()
        ]
        return pd.DataFrame(rows, columns=["block", "vote", "reading_without"]).set_index("block")

    def sanity_frame(self) -> pd.DataFrame:
        """Give the other episodes as the same code reads them.

        Returns
        -------
        pandas.DataFrame
            Index ``episode``; ``kind``, ``n_signatures`` (that have data), ``expected`` (blank where it is in
            question), ``reading``, ``misread``.
        """
        rows = [
            {
                "episode": one.id,
                "kind": one.kind,
                "n_signatures": one.n_applicable,
                "expected": one.expected or "",
                "reading": one.verdict.reading,
                "misread": one.is_misread,
            }
            for one in self.sanity
        ]
        return pd.DataFrame(
            rows, columns=["episode", "kind", "n_signatures", "expected", "reading", "misread"]
        ).set_index("episode")

    def to_dict(self, lang: Language = "en") -> dict[str, Any]:
        """Give the result as plain values that JSON can hold; None where a number is missing or not bounded.

        Raises
        ------
        SelectionError
            If the language is neither ``en`` nor ``es``.
        """
        told = check_language(lang)
        return {
            "event": self.event,
            "episode": self.episode.id,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "reading": self.reading,
            "rule": self.rule_words[told],
            "reading_of_all_blocks": self.episode.verdict.all_blocks,
            "signatures": [one.to_dict(told) for one in self.rows],
            "leave_one_out": self.leave_one_out().reset_index().to_dict(orient="records"),
            "sanity": self.sanity_frame().reset_index().to_dict(orient="records"),
            "not_known": list(self.not_known),
        }

    def sentence(self, lang: Language = "en") -> str:
        """Say the reading, the rule that gave it, and which blocks take which side, to quote.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        told = check_language(lang)
        reading = tell_reading(self.episode.name, self.reading, self.rule_words, told)
        return tell_evidence(reading, tell_sides(self.episode.votes, told), self.as_of, told)

    def summary(self) -> str:
        """Say the evidence in plain text: the same bytes for the same data."""
        known = "" if self.as_of is None else f", as known on {self.as_of.isoformat()}"
        lines = [f"{self.episode.name['en']}{known}: {self.reading}", f"because {self.rule}", ""]
        lines += [_line(one) for one in self.rows]
        lines += ["", f"all blocks together: {self.episode.verdict.all_blocks}; leaving out one:"]
        lines += [f"  {block}: {row['reading_without']}" for block, row in self.leave_one_out().iterrows()]
        if self.sanity or self.not_known:
            lines += ["", "the same rules on other episodes:"]
        lines += [f"  {one.id} ({one.kind}): {one.verdict.reading}{_misread(one)}" for one in self.sanity]
        lines += [f"  {one}: not known yet" for one in self.not_known]
        return "\n".join(lines) + "\n"


def weigh_evidence(
    event: str,
    as_of: DateLike | None = None,
    case: CaseLike = SHIPPED_CASE,
    *,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> Evidence:
    """Weigh what tells a pact from policing in one episode, and say what cannot be told.

    Each signature was predicted for either side before it was looked at, gets a number with an interval, and is read by
    rules that stand in one file. Signatures that share their data stand in a block, and a block is one vote. The same
    code reads the other episodes of the case; where it reads one of known nature as its opposite, nothing is concluded.

    Parameters
    ----------
    event : str
        Id of the episode, or of the intervention that starts it, such as ``"2019-06"``.
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE; a month or year is read by its last day.
    case : CaseLike, default "SLV"
    n_jobs, progress
        As for `violence_stats.parallel.run_each`.

    Returns
    -------
    Evidence

    Raises
    ------
    SelectionError
        If the case has no such episode, or nothing of it was known by `as_of`.

    Notes
    -----
    A reading is not the probability that a pact existed. How often the rules read made-up worlds right and wrong is
    simulated (`load_error_rates`). The rules, and every change to them, are in ``docs/evidence-rules.md``.

    Examples
    --------
    >>> import violence_stats as vs
    >>> evidence = vs.weigh_evidence("2012-03")
    >>> list(evidence.to_frame()["signature"])[:3]
    ['onset', 'persistence', 'bursts']
    """
    loaded = load_case(case)
    then = None if as_of is None else last_day(as_of)
    asked = loaded.settings.episode(event)
    others = [one for one in loaded.settings.episodes if one != asked]
    own, *read = run_each(
        partial(_read_if_known, loaded, then), [asked, *others], "episodes", n_jobs=n_jobs, progress=progress
    )
    if isinstance(own, str):
        raise SelectionError(own)
    return Evidence(
        event=event,
        as_of=then,
        episode=own,
        sanity=tuple(one for one in read if not isinstance(one, str)),
        not_known=tuple(episode.id for episode, one in zip(others, read, strict=True) if isinstance(one, str)),
        publishers=_publishers(loaded, own),
    )


def _read_if_known(case: Case, as_of: date | None, episode: Episode) -> EpisodeEvidence | str:
    """Read an episode, or say why nothing of it was known."""
    try:
        return read_episode(case, episode, as_of)
    except SelectionError as error:
        return str(error)


def _publishers(case: Case, episode: EpisodeEvidence) -> tuple[str, ...]:
    cited = (figure_id for row in episode.rows for figure_id in row.citations)
    return tuple(dict.fromkeys(case.ledger.figures[figure_id].publisher for figure_id in cited))


def _frame(episode: EpisodeEvidence, lang: Language) -> pd.DataFrame:
    frame = pd.DataFrame([one.to_dict(lang) for one in episode.rows])
    numbers = ["number", "ci_low", "ci_high"]
    return frame.astype(dict.fromkeys(numbers, float))


def _line(one: Weighed) -> str:
    name = f"{one.signature.block} / {one.signature.id}"
    measured = "" if one.number is None else f" {one.number.words()}:"
    return f"{name}:{measured} {one.reading}, {one.why()}"


def _misread(one: EpisodeEvidence) -> str:
    return ", MISREAD" if one.is_misread else ""
