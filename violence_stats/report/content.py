"""Everything that a report says in numbers, computed once for all languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

import pandas as pd

from violence_stats.errors import SelectionError, SeriesError, WindowError
from violence_stats.figures import Figure, Source
from violence_stats.ledger.case import Case, CaseLike, load_case
from violence_stats.ledger.loaders import load_homicides
from violence_stats.ledger.records import Claim, Words
from violence_stats.months import ONE_DAY, Window, add_months, last_day_of_month, month_of
from violence_stats.questions.claim import ClaimCheck, check_claim
from violence_stats.questions.episodes import Episodes
from violence_stats.questions.outlook import Outlook
from violence_stats.report.break_facts import BreakFacts, fit_breaks
from violence_stats.report.choices_facts import ChoiceFacts, gather_choices
from violence_stats.report.cited import (
    behind_choices,
    behind_episodes,
    behind_evidence,
    behind_fall,
    behind_outlook,
    ids_in,
)
from violence_stats.report.evidence_facts import (
    EvidenceFacts,
    gather_episodes,
    gather_evidence,
    gather_outlook,
    set_side_by_side,
)
from violence_stats.report.fall_facts import FallFacts, gather_fall
from violence_stats.report.omitted import Omitted, kept, omitted
from violence_stats.report.unknown_dates import UnknownDates, search_unknown_dates
from violence_stats.series import CountSeries

Progress: TypeAlias = Callable[[str], None]

OUTLOOK: Final = "outlook"
"""Window of the case that a report looks ahead to, from the day before it."""


NO_CLAIM: Final = Words(
    en="the case's register holds no claim with two windows and a percentage",
    es="el registro del caso no contiene ninguna afirmación con dos períodos y un porcentaje",
)
NO_COUNTS: Final = Words(
    en="the counts that are known do not make up the windows of the claim",
    es="los conteos que se conocen no completan los períodos de la afirmación",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facts:
    """What a report has to say.

    Attributes
    ----------
    chain : CountSeries
        The whole reference chain.
    timeline : CountSeries
        The part of it that the report draws.
    claim : Claim or None
        The one that gives the report its title; None where the case has none that can be checked.
    check : ClaimCheck or None
        Of that claim.
    breaks : tuple of BreakFacts
        In order of time.
    unknown : UnknownDates or None
        Breaks of the timeline at dates that nobody gave; None where it cannot be searched.
    annual_totals : pandas.Series
        Counts by calendar year (integer index), for the years that whole windows make up.
    fall : FallFacts or None
        What the change between the claim's windows is made of.
    episodes : Episodes or None
        Every episode of the case, measured alike.
    evidence : EvidenceFacts or None
        What tells a pact from policing in the contested episode.
    outlook : Outlook or None
        The paths from an earlier day on against what came.
    choices : ChoiceFacts or None
        How far a break depends on what is chosen in measuring it.
    omitted : tuple of Omitted
        The chapters whose part is None, with the reason.
    """

    case: Case
    chain: CountSeries
    timeline: CountSeries
    claim: Claim | None
    check: ClaimCheck | None
    breaks: tuple[BreakFacts, ...]
    unknown: UnknownDates | None
    annual_totals: pd.Series[Any]
    fall: FallFacts | None
    episodes: Episodes | None
    evidence: EvidenceFacts | None
    outlook: Outlook | None
    choices: ChoiceFacts | None
    omitted: tuple[Omitted, ...]

    @property
    def known_on(self) -> date | None:
        """The earlier day whose knowledge the report goes back to; None where the case names none."""
        return known_day(self.case)

    @property
    def last_day(self) -> date:
        """The last day that the data cover: the report's date."""
        return self.chain.span.end

    @property
    def figures(self) -> dict[str, tuple[Figure, Source]]:
        """Every figure that enters any part of the report, by id, with its document."""
        cited = {one.figure.figure_id: (one.figure, one.source) for window in self.chain for one in window.citations}
        ledger = self.case.ledger
        for figure_id in self._beside_the_chain():
            figure = ledger.figures[figure_id]
            cited.setdefault(figure_id, (figure, ledger.sources[figure.source_id]))
        return cited

    def _beside_the_chain(self) -> Iterator[str]:
        """Give the ids of figures that enter somewhere else than the chain."""
        for pair in () if self.check is None else self.check.comparisons:
            yield from (one for side in (pair.pair.baseline, pair.pair.window) for one in ids_in(side.arithmetic))
        if self.fall is not None:
            yield from behind_fall(self.fall)
        if self.episodes is not None:
            yield from behind_episodes(self.episodes)
        if self.evidence is not None:
            yield from behind_evidence(self.evidence)
        if self.outlook is not None:
            yield from behind_outlook(self.case, self.outlook)
        if self.choices is not None:
            yield from behind_choices(self.case, self.chain, self.choices)

    def twelve_months_from(self, day: date) -> tuple[Window, int]:
        """Count the twelve months that start with the month of `day`.

        Raises
        ------
        WindowError
            If whole windows do not make them up.
        """
        window = Window(month_of(day), last_day_of_month(add_months(day, 11)))
        return window, self.chain.total(window)


def gather_facts(case: CaseLike, progress: Progress, n_jobs: int | None = None) -> Facts:
    """Compute everything that the report says.

    Parameters
    ----------
    progress : callable
        Told in a few words what is being done.
    n_jobs : int, optional
        Processes that share loops over many fits.

    Raises
    ------
    DataError
        If the case's files are missing, edited or inconsistent, or its reference chain has no window yet.
    """
    progress("reading the case")
    loaded = load_case(case)
    chain = load_homicides(loaded)
    progress("checking the claim")
    headline = _check_headline(loaded, chain)
    claim, check = (None, None) if isinstance(headline, Omitted) else headline
    progress("fitting the breaks")
    breaks = fit_breaks(loaded, chain)
    span = loaded.settings.windows.get("timeline", chain.span)
    timeline = chain.between(span.start, span.end)
    progress("searching for breaks at unknown dates")
    unknown = search_unknown_dates(loaded, timeline)
    progress("splitting the fall")
    then, outlook_span = known_day(loaded), loaded.settings.windows.get(OUTLOOK)
    fall = gather_fall(loaded, then, n_jobs)
    progress("measuring the episodes")
    episodes = gather_episodes(loaded, n_jobs)
    progress("weighing the evidence")
    evidence = gather_evidence(loaded, episodes, then)
    episodes = set_side_by_side(episodes)
    progress("looking ahead")
    outlook = gather_outlook(loaded, then, outlook_span)
    progress("varying the choices")
    choices = gather_choices(loaded, chain, breaks, n_jobs=n_jobs, progress=progress)
    return Facts(
        case=loaded,
        chain=chain,
        timeline=timeline,
        claim=claim,
        check=check,
        breaks=breaks,
        unknown=unknown,
        annual_totals=_annual_totals(chain),
        fall=kept(fall),
        episodes=kept(episodes),
        evidence=kept(evidence),
        outlook=kept(outlook),
        choices=kept(choices),
        omitted=omitted(headline, fall, episodes, evidence, outlook, choices),
    )


def known_day(case: Case) -> date | None:
    """Give the day before the case's outlook begins: what came after it was not known then."""
    outlook = case.settings.windows.get(OUTLOOK)
    return None if outlook is None else outlook.start - ONE_DAY


def _check_headline(case: Case, chain: CountSeries) -> tuple[Claim, ClaimCheck] | Omitted:
    """Check the first claim of the register that names two windows and a percentage."""
    claim = case.checkable_claim
    if claim is None or claim.window is None or claim.baseline is None or claim.claimed_pct is None:
        return Omitted(chapter="claim", reason=NO_CLAIM)
    try:
        check = check_claim(
            chain, window=claim.window, baseline=claim.baseline, claimed_pct=claim.claimed_pct, case=case
        )
    except (SelectionError, SeriesError, WindowError):
        return Omitted(chapter="claim", reason=NO_COUNTS)
    return claim, check


def _annual_totals(chain: CountSeries) -> pd.Series[Any]:
    totals: dict[int, int] = {}
    for year in range(chain.span.start.year, chain.span.end.year + 1):
        try:
            totals[year] = chain.total(str(year))
        except WindowError:
            continue
    return pd.Series(totals, name="count", dtype="int64").rename_axis("year")
