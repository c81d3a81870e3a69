"""What changed between two ledgers: figures added, removed and edited, and counts that their publishers revised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import pandas as pd

from violence_stats.figures import Figure, Source

Kind: TypeAlias = Literal["added", "removed", "edited", "revised"]

Subject: TypeAlias = tuple[object, ...]
"""What a figure counts: country, area, measure, window, definition, publisher."""

_NOT_HELD = ("disputed", "derived")
_LISTED = 20
_COLUMNS = (
    "change",
    "figure_id",
    "other_id",
    "country",
    "area",
    "measure",
    "start",
    "end",
    "definition",
    "publisher",
    "value_before",
    "value_after",
    "fields",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure in the place of another.

    Attributes
    ----------
    before, after : Figure
        For an edit of one id, or for a revision by another figure of the same window.
    """

    before: Figure
    after: Figure

    @property
    def fields(self) -> tuple[str, ...]:
        """What differs, besides the id."""
        old, new = asdict(self.before), asdict(self.after)
        return tuple(name for name in old if name != "figure_id" and old[name] != new[name])

    def __str__(self) -> str:
        return (
            f"{_subject_words(self.after)}: {self.before.value:,} ({_origin(self.before)}) -> "
            f"{self.after.value:,} ({_origin(self.after)})"
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LedgerDiff:
    """What changed from one ledger to another.

    Attributes
    ----------
    added, removed : tuple of Figure
        Ids that only the later, or only the earlier ledger has.
    edited : tuple of Change
        Ids that both have with other content: the row itself was changed.
    revised : tuple of Change
        The latest count of each window before and after, of one publisher, measure and definition, where the two
        differ: what a publisher took back by publishing anew. Disputed and derived figures revise nothing.
    sources_added, sources_removed, sources_edited : tuple of str
        Ids of documents; between two vintages of one ledger, those that figures of one and not of the other come from.
    """

    added: tuple[Figure, ...]
    removed: tuple[Figure, ...]
    edited: tuple[Change, ...]
    revised: tuple[Change, ...]
    sources_added: tuple[str, ...]
    sources_removed: tuple[str, ...]
    sources_edited: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two ledgers hold the same."""
        figures = self.added or self.removed or self.edited
        return not (figures or self.sources_added or self.sources_removed or self.sources_edited)

    def summary(self) -> str:
        """Say how much changed, then revisions, edits and removals one a line, the first twenty of each."""
        return "".join(
            [
                f"figures: {len(self.added):,} added, {len(self.removed):,} removed, {len(self.edited):,} edited; "
                f"counts revised: {len(self.revised):,}\n",
                f"documents: {len(self.sources_added):,} added, {len(self.sources_removed):,} removed, "
                f"{len(self.sources_edited):,} edited\n",
                *_listed("revised", [str(one) for one in self.revised]),
                *_listed("edited", [f"{one.after.figure_id} {', '.join(one.fields)}: {one}" for one in self.edited]),
                *_listed("removed", [f"{one.figure_id} {_subject_words(one)}: {one.value:,}" for one in self.removed]),
            ]
        )

    def to_frame(self) -> pd.DataFrame:
        """Give one row a change.

        Returns
        -------
        pandas.DataFrame
            Columns: ``change`` (``added``, ``removed``, ``edited`` or ``revised``), ``figure_id``, ``other_id`` (of a
            revision, the figure before), ``country``, ``area``, ``measure``, ``start``, ``end``, ``definition``,
            ``publisher``, ``value_before``, ``value_after`` (missing where there is none), ``fields`` (what differs).
        """
        rows = [
            *(_row("added", one, after=one) for one in self.added),
            *(_row("removed", one, before=one) for one in self.removed),
            *(_row("edited", one.after, before=one.before, after=one.after) for one in self.edited),
            *(_row("revised", one.after, before=one.before, after=one.after) for one in self.revised),
        ]
        table = pd.DataFrame(rows, columns=_COLUMNS)
        return table.astype({"value_before": "Int64", "value_after": "Int64"})

    def to_dict(self) -> dict[str, Any]:
        """Give the changes as plain values that JSON can hold."""
        return {
            "added": [_plain(one) for one in self.added],
            "removed": [_plain(one) for one in self.removed],
            "edited": [_plain_change(one) for one in self.edited],
            "revised": [_plain_change(one) for one in self.revised],
            "sources_added": list(self.sources_added),
            "sources_removed": list(self.sources_removed),
            "sources_edited": list(self.sources_edited),
        }


def compare_records(
    before: tuple[Mapping[str, Figure], Mapping[str, Source]],
    after: tuple[Mapping[str, Figure], Mapping[str, Source]],
) -> LedgerDiff:
    """Say what changed between the figures and sources of two ledgers, each by id."""
    (old, old_sources), (new, new_sources) = before, after
    if old_sources is new_sources:  # two vintages of one ledger share its documents
        old_sources, new_sources = _cited(old, old_sources), _cited(new, new_sources)
    return LedgerDiff(
        added=tuple(one for key, one in new.items() if key not in old),
        removed=tuple(one for key, one in old.items() if key not in new),
        edited=tuple(Change(before=old[key], after=one) for key, one in new.items() if key in old and old[key] != one),
        revised=_revisions(old, new),
        sources_added=tuple(key for key in new_sources if key not in old_sources),
        sources_removed=tuple(key for key in old_sources if key not in new_sources),
        sources_edited=tuple(key for key, one in new_sources.items() if key in old_sources and old_sources[key] != one),
    )


def _cited(figures: Mapping[str, Figure], sources: Mapping[str, Source]) -> dict[str, Source]:
    used = {one.source_id for one in figures.values()}
    return {key: one for key, one in sources.items() if key in used}


def _revisions(old: Mapping[str, Figure], new: Mapping[str, Figure]) -> tuple[Change, ...]:
    before, after = _latest_by_subject(old.values()), _latest_by_subject(new.values())
    return tuple(
        Change(before=before[subject], after=one)
        for subject, one in after.items()
        if subject in before and before[subject].value != one.value
    )


def _latest_by_subject(figures: Iterable[Figure]) -> dict[Subject, Figure]:
    """Give the figure known last of each subject; between figures of one day the last in the ledger's order."""
    latest: dict[Subject, Figure] = {}
    for one in figures:
        if one.status in _NOT_HELD:
            continue
        subject = (one.country, one.area, one.measure, one.window, one.definition, one.publisher)
        held = latest.get(subject)
        if held is None or (one.known_on or date.min) >= (held.known_on or date.min):
            latest[subject] = one
    return latest


def _subject_words(figure: Figure) -> str:
    parts = (figure.country, figure.area, figure.measure, figure.window.label, figure.publisher, figure.definition)
    return " ".join(part for part in parts if part)


def _origin(figure: Figure) -> str:
    return f"{figure.figure_id}, {figure.reported or 'not dated'}"


def _listed(name: str, lines: list[str]) -> list[str]:
    more = [f"{name}: and {len(lines) - _LISTED:,} more\n"] if len(lines) > _LISTED else []
    return [f"{name}: {line}\n" for line in lines[:_LISTED]] + more


def _row(kind: Kind, one: Figure, *, before: Figure | None = None, after: Figure | None = None) -> tuple[object, ...]:
    """Give a line of the table for a figure, with what stood before and after."""
    fields = Change(before=before, after=after).fields if before is not None and after is not None else ()
    return (
        kind,
        one.figure_id,
        before.figure_id if kind == "revised" and before is not None else "",
        one.country,
        one.area,
        one.measure,
        one.window.start.isoformat(),
        one.window.end.isoformat(),
        one.definition,
        one.publisher,
        None if before is None else before.value,
        None if after is None else after.value,
        " ".join(fields),
    )


def _plain(figure: Figure) -> dict[str, Any]:
    known = figure.known_on
    return {
        **asdict(figure),
        "window": [figure.window.start.isoformat(), figure.window.end.isoformat()],
        "known_on": None if known is None else known.isoformat(),
    }


def _plain_change(change: Change) -> dict[str, Any]:
    return {"before": _plain(change.before), "after": _plain(change.after), "fields": list(change.fields)}
