"""Findings that were looked at and accepted, and acceptances that nothing calls for any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from violence_stats.ledger.checks.subject import KNOWN_CONFLICTS, Subject
from violence_stats.ledger.faults import Check, Fault

ACCEPTABLE: frozenset[Check] = frozenset({"reported", "tie", "vintages", "inside", "year-to-date"})
"""Checks whose findings may be right as published; what any other finds has to be put right."""


def settle(subject: Subject, faults: Sequence[Fault]) -> tuple[list[Fault], int]:
    """Take out the findings that the known conflicts accept, and add the rows of theirs that accept nothing.

    Returns
    -------
    faults : list of Fault
    n_accepted : int
        How many findings were taken out.
    """
    accepted = {key: line for line, key in _accepted(subject)}
    standing = [fault for fault in faults if _key(fault) not in accepted]
    found = {_key(fault) for fault in faults}
    unread = subject.unread_ids()
    idle = [
        Fault(
            check="known-conflict",
            file=KNOWN_CONFLICTS,
            row=line,
            message=f"expected a finding of {check!r} on {ids}, found none: the figures have changed or agree by now; "
            "remove the row, or correct its check or ids",
        )
        for (check, ids), line in accepted.items()
        if (check, ids) not in found and unread.isdisjoint(ids.split())
    ]
    return [*standing, *idle], len(faults) - len(standing)


def _accepted(subject: Subject) -> Iterator[tuple[int, tuple[str, str]]]:
    """Give line, check and ids of the rows that give a reason."""
    if KNOWN_CONFLICTS in subject.tables:
        for row in subject.tables[KNOWN_CONFLICTS].rows:
            if row.cells.get("why"):
                yield row.number, (row.cells.get("check", ""), row.cells.get("ids", ""))


def _key(fault: Fault) -> tuple[str, str]:
    return (fault.check, " ".join(fault.ids)) if fault.check in ACCEPTABLE else ("", "")
