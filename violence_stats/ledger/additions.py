"""What is added to a case: a figure, the document that publishes it, and what came of adding them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

import pandas as pd

from violence_stats.errors import SelectionError
from violence_stats.ledger.reading import known_on
from violence_stats.ledger.tables import QUALITIES, STATUSES
from violence_stats.months import WindowLike

LINES_EACH = 12
"""Of conflicts and of accepted findings that a summary lists; `to_dict` holds them all."""

ChainRule: TypeAlias = Literal["extend", "leave"]
"""Whether the reference chain takes windows that continue it, or stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFigure:
    """A count over a window that is to be added, as its document published it.

    Parameters
    ----------
    window : WindowLike
        Both ends INCLUSIVE, such as ``"2025-12"`` or ``("2025-01-01", "2025-08-30")``.
    value : int
        0 or more.
    publisher : str
        Who counted, not who printed it.
    reported : str, default ""
        Day, month or year in which the document reported it; blank where that is not known.
    country, measure : str, optional
        By default what the case's reference chain counts.
    definition : str, optional
        What is counted; by default the only definition that ``case.toml`` names. Blank for a measure with one only.
    area : str, default ""
        Blank is the whole country.
    status : {'published', 'compiled', 'digitised', 'derived', 'preliminary', 'disputed'}
    quality : {'high', 'medium', 'low'}
    note : str, default ""
    figure_id : str, default ""
        By default the next free one.

    Raises
    ------
    SelectionError
        If one of them cannot be what was given.
    """

    window: WindowLike
    value: int
    publisher: str
    reported: str = ""
    country: str | None = None
    measure: str | None = None
    definition: str | None = None
    area: str = ""
    status: str = "published"
    quality: str = "high"
    note: str = ""
    figure_id: str = ""

    def __post_init__(self) -> None:
        whole = isinstance(self.value, int) and not isinstance(self.value, bool) and self.value >= 0
        faults = (
            (not whole, "value", "a whole number of 0 or more"),
            (not self.publisher.strip(), "publisher", "who counted"),
            (self.status not in STATUSES, "status", f"one of {', '.join(STATUSES)}"),
            (self.quality not in QUALITIES, "quality", f"one of {', '.join(QUALITIES)}"),
            (bool(self.reported) and known_on(self.reported) is None, "reported", "YYYY, YYYY-MM or YYYY-MM-DD"),
        )
        for at_fault, name, expected in faults:
            if at_fault:
                raise SelectionError(f"{name}={getattr(self, name)!r}: expected {expected}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """The document that publishes what is added.

    Parameters
    ----------
    url, title : str, default ""
        Where it stands and what it is called; one of them is needed, unless `source_id` names a document that the case
        has.
    date : str, default ""
        Day, month or year of publication.
    source_id : str, default ""
        By default made from the rest; a document that the case has already is found by its address.

    Raises
    ------
    SelectionError
        If nothing says which document it is, or the date is none.
    """

    url: str = ""
    title: str = ""
    date: str = ""
    source_id: str = ""

    def __post_init__(self) -> None:
        if not any(text.strip() for text in (self.url, self.title, self.source_id)):
            raise SelectionError(
                "source: expected the document that publishes the figure, got none; give its url or title"
            )
        if self.date and known_on(self.date) is None:
            raise SelectionError(f"date={self.date!r}: expected YYYY, YYYY-MM or YYYY-MM-DD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Another figure of the window that a new one covers, which says something else.

    Attributes
    ----------
    figure_id, other_id : str
        The new figure and the one that stands.
    row : int
        Line of ``figures.csv`` on which the other stands; the header is line 1.
    why : str
        In a few words: ``another publisher``, ``definition``, ``vintage`` or (of the same day) ``document``.
    """

    figure_id: str
    value: int
    other_id: str
    other_value: int
    row: int
    why: str
    words: str

    def __str__(self) -> str:
        return f"{self.figure_id} {self.value} beside {self.other_id} {self.other_value} ({self.why}: {self.words})"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Addition:
    """What was added to a case.

    Attributes
    ----------
    figures : tuple of dict
        Rows of ``figures.csv``, cells by column.
    source : dict
        The row of ``sources.csv``; `is_new_source` says whether it was added or stood there.
    chain : tuple of dict
        Rows that the reference chain gained.
    conflicts : tuple of Conflict
        Figures of the same windows that say something else; both stand.
    accepted : tuple of dict
        Rows that ``known_conflicts.csv`` gained, with the reason that was given.
    notes : tuple of str
        What was left undone, and why.
    """

    case_id: str
    figures: tuple[dict[str, str], ...]
    source: dict[str, str]
    is_new_source: bool
    chain: tuple[dict[str, str], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    accepted: tuple[dict[str, str], ...] = ()
    notes: tuple[str, ...] = field(default=())

    def summary(self) -> str:
        """Say what was added, what it stands beside, and what was left undone."""
        ids = [one["figure_id"] for one in self.figures]
        span = ids[0] if len(ids) == 1 else f"{ids[0]} to {ids[-1]}"
        document = "a new document" if self.is_new_source else "a document that stood there"
        lines = [
            f"added to {self.case_id}: {len(ids)} figure{'s' * (len(ids) != 1)} ({span}) from {document}, "
            f"{self.source['source_id']}",
            f"reference chain: {len(self.chain)} window{'s' * (len(self.chain) != 1)} added",
            *_listed("conflict", self.conflicts),
            *_listed("accepted", [f"{one['check']} {one['ids']}" for one in self.accepted]),
            *(f"note: {one}" for one in self.notes),
        ]
        return "\n".join(lines) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give the figures that were added, one row each, cells as text."""
        return pd.DataFrame(list(self.figures))

    def to_dict(self) -> dict[str, Any]:
        """Give what was added as plain values that JSON can hold."""
        return {
            "case": self.case_id,
            "figures": [dict(one) for one in self.figures],
            "source": dict(self.source),
            "is_new_source": self.is_new_source,
            "chain": [dict(one) for one in self.chain],
            "conflicts": [asdict(one) for one in self.conflicts],
            "accepted": [dict(one) for one in self.accepted],
            "notes": list(self.notes),
        }


def _listed(what: str, said: Sequence[object]) -> list[str]:
    more = len(said) - LINES_EACH
    return [*(f"{what}: {one}" for one in said[:LINES_EACH]), *([f"{what}: {more} more"] if more > 0 else [])]
