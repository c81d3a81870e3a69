"""One episode from one start date: what was measured of it, as a row and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.naming import Names, names_for
from violence_stats.ledger.records import Language, Words
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_words import tell_episode, without_cause
from violence_stats.questions.signature import Measured, Weighed, finite
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EpisodeMeasure:
    """One episode from one start date.

    Attributes
    ----------
    size : Measured or None
        Log rate ratio of the first twelve months, with the trend from before going on; None where the counts cannot
        carry it.
    size_flat : Measured or None
        The same against a flat level before.
    size_one_definition : Measured or None
        The flat one within the definition of the first twelve months; None where the definition does not change.
    onset, persistence, bursts : Weighed
    """

    data: EpisodeData
    name: Words
    is_primary: bool
    size: Measured | None
    size_flat: Measured | None
    size_one_definition: Measured | None
    onset: Weighed
    persistence: Weighed
    bursts: Weighed

    def words(self, names: Names, lang: Language) -> str:
        """Say the same without the last sentence."""
        return tell_episode(
            self.data,
            names,
            name=self.name,
            size=self.size,
            onset=self.onset,
            undone=self.persistence,
            lang=lang,
        )

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Say how large the change was, how fast it came and how much was undone, with intervals, to quote.

        Parameters
        ----------
        lang : {'en', 'es'}
        case : CaseLike, optional
            Whose names to use, for a series from a folder; a series of a shipped case knows its own.

        Raises
        ------
        SelectionError
            If the language is another.
        """
        told = check_language(lang)
        return without_cause(self.words(names_for(self.data.series, case), told), told)

    def to_dict(self) -> dict[str, Any]:
        """Give one row of plain values."""
        row: dict[str, Any] = {
            "episode": self.data.id,
            "kind": self.data.kind,
            "start": self.data.start.isoformat(),
            "is_primary": self.is_primary,
            "months_known": round(self.data.months_known, 1),
        }
        numbers = {
            "size": self.size,
            "size_flat": self.size_flat,
            "size_one_definition": self.size_one_definition,
            "months_to_80_pct": self.onset.number,
            "share_undone": self.persistence.number,
            "bursts": self.bursts.number,
        }
        for name, number in numbers.items():
            row[name] = None if number is None else number.value
            if name != "bursts":
                row[f"{name}_low"] = None if number is None else finite(number.low)
                row[f"{name}_high"] = None if number is None else finite(number.high)
        return row


def measure_lines(one: EpisodeMeasure) -> list[str]:
    """Say one episode from one start in a few lines."""
    label = f"{one.name['en']}, from {one.data.start.isoformat()}"
    sizes = [("with trend", one.size), ("flat", one.size_flat), ("one definition, flat", one.size_one_definition)]
    lines = [f"{label} ({one.data.months_known:.0f} months known)"]
    lines += [f"  size, {what}: {size.words()}" for what, size in sizes if size is not None]
    for row in (one.onset, one.persistence, one.bursts):
        number = row.number.words() if row.number is not None else f"{row.reading}, {row.why()}"
        lines.append(f"  {row.signature.id}: {number}")
    return lines
