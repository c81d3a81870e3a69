"""Chapters that a case's data do not carry, each with the reason that its report gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from violence_stats.ledger.records import Words

Chapter: TypeAlias = Literal["claim", "unknown_dates", "fall", "episodes", "evidence", "outlook", "choices"]
"""Chapters that a report may have to leave out."""

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Omitted:
    """A chapter that is left out.

    Attributes
    ----------
    reason : Words
        Why, as the end of a sentence: a clause without a capital or a full stop.
    """

    chapter: Chapter
    reason: Words


def kept(part: Part | Omitted) -> Part | None:
    """Give what was computed for a chapter; None where it is left out."""
    return None if isinstance(part, Omitted) else part


def omitted(*parts: object) -> tuple[Omitted, ...]:
    """Pick those that are left out, in the order given."""
    return tuple(one for one in parts if isinstance(one, Omitted))
