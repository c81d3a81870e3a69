"""What a case says about itself: names, order of precedence, interventions, windows, controls and tolerances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from violence_stats.errors import SelectionError
from violence_stats.ledger.evidence_settings import EvidenceSettings, Narrowing, Places, RecordingBreak
from violence_stats.ledger.interventions import CONTESTED, DEFINITION, CandidateDate, Episode, Intervention, Spell
from violence_stats.ledger.records import Words
from violence_stats.months import Window

__all__ = [
    "CONTESTED",
    "DEFINITION",
    "FIT_SUFFIX",
    "MIXED",
    "AnnualTolerance",
    "CandidateDate",
    "Control",
    "Episode",
    "EvidenceSettings",
    "Intervention",
    "Narrowing",
    "Places",
    "RecordingBreak",
    "Settings",
    "Spell",
]

FIT_SUFFIX = "_fit"
"""A window of the case whose name ends so is where the intervention that starts inside it is fitted."""

MIXED = "mixed"
"""Publisher or definition of a window that more than one enter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A country to compare with, and the publisher whose counts are taken."""

    country: str
    publisher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualTolerance:
    """A year in which the reference chain does not add up to a published annual count, and why.

    Attributes
    ----------
    tolerance : int
        Largest distance accepted between the chain's sum and the nearest annual count that is published, not disputed,
        and of the chain's definition. It is 0 in every year that is not listed.
    """

    year: int
    tolerance: int
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a case, as its ``case.toml`` gives them.

    Attributes
    ----------
    country, measure : str
        What the reference chain counts.
    publisher_order, status_order, quality_order : tuple of str
        Precedence between figures reported on the same day: by publisher, then status, then quality (first is best,
        one that is not listed comes last), then by figure id.
    countries, measures, publishers, definitions : mapping of str to Words
        Names of the codes that the tables use.
    interventions : tuple of Intervention
        In order of time.
    windows : mapping of str to Window
        Spans that analyses refer to by name.
    lockdown : Spell or None
    bursts : tuple of Spell
    evidence : EvidenceSettings
        Empty where the case names none.
    """

    case_id: str
    country: str
    measure: str
    title: Words
    publisher_order: tuple[str, ...]
    status_order: tuple[str, ...]
    quality_order: tuple[str, ...]
    countries: Mapping[str, Words]
    measures: Mapping[str, Words]
    publishers: Mapping[str, Words]
    definitions: Mapping[str, Words]
    interventions: tuple[Intervention, ...]
    episodes: tuple[Episode, ...]
    windows: Mapping[str, Window]
    lockdown: Spell | None
    bursts: tuple[Spell, ...]
    controls: tuple[Control, ...]
    annual_sums: tuple[AnnualTolerance, ...]
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)

    def intervention(self, intervention_id: str) -> Intervention:
        """Give the intervention of that id.

        Raises
        ------
        SelectionError
            If the case lists none; the message names those that it lists.
        """
        for one in self.interventions:
            if one.id == intervention_id:
                return one
        known = ", ".join(one.id for one in self.interventions) or "none"
        raise SelectionError(f"case {self.case_id} lists no intervention {intervention_id!r}: expected one of {known}")

    def episode(self, wanted: str) -> Episode:
        """Give the episode of that id, or the one that the intervention of that id starts.

        Raises
        ------
        SelectionError
            If the case lists none; the message names those that it lists.
        """
        for one in self.episodes:
            if wanted in (one.id, one.intervention):
                return one
        known = ", ".join(f"{one.intervention} ({one.id})" for one in self.episodes) or "none"
        raise SelectionError(f"case {self.case_id} lists no episode {wanted!r}: expected one of {known}")

    @property
    def fitted(self) -> tuple[tuple[Intervention, Window], ...]:
        """The interventions that start inside a fitting window of the case, each with that window, in order of time."""
        return tuple(
            (intervention, window)
            for intervention in self.interventions
            for name, window in self.windows.items()
            if name.endswith(FIT_SUFFIX) and window.start < intervention.date <= window.end
        )

    def only_definition(self) -> str:
        """Give the definition that figures have unless another is named: the only one that the case gives a name.

        Raises
        ------
        SelectionError
            If it names several or none.
        """
        names = [one for one in self.definitions if one != MIXED]
        if len(names) != 1:
            raise SelectionError(
                f"definition: case {self.case_id} names {len(names)} ({', '.join(names) or 'none'}): say which the "
                'figure is of, or "" for a measure that has one only'
            )
        return names[0]

    def window(self, name: str) -> Window:
        """Give the span of that name.

        Raises
        ------
        SelectionError
            If the case names none; the message lists the names.
        """
        if name not in self.windows:
            known = ", ".join(self.windows) or "none"
            raise SelectionError(f"case {self.case_id} has no window named {name!r}: expected one of {known}")
        return self.windows[name]
