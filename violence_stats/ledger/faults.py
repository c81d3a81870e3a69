"""What a check finds: a fault, and the verdict over all of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

import pandas as pd

Check: TypeAlias = Literal[
    "package",
    "checksum",
    "spreadsheet",
    "schema",
    "date",
    "count",
    "duplicate-id",
    "source",
    "reference",
    "window",
    "duplicate-figure",
    "reported",
    "note",
    "tie",
    "vintages",
    "inside",
    "year-to-date",
    "chain",
    "arithmetic",
    "annual-sum",
    "correction",
    "known-conflict",
    "settings",
]
"""The checks, each named by what it finds wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a case.

    Attributes
    ----------
    check : str
        The check that found it.
    file : str
        The file to look into.
    row : int or None
        Line of that file (the header is line 1); None where the whole file is meant.
    message : str
        What was expected, what came, and what to do.
    ids : tuple of str
        The figures that disagree, where two or more do: what a row of the known conflicts names.
    """

    check: Check
    file: str
    row: int | None
    message: str
    ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        return f"{place}  {self.check}  {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verification:
    """Every fault of a case.

    Attributes
    ----------
    faults : tuple of Fault
        In order of file and row; empty where the case is in order.
    n_tables, n_rows : int
        What was looked at.
    n_accepted : int
        Findings that the case's known conflicts accept, each with its reason.
    """

    faults: tuple[Fault, ...]
    n_tables: int
    n_rows: int
    n_accepted: int = 0

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return not self.faults

    def summary(self) -> str:
        """Say what is wrong, one line a fault, or that nothing is."""
        looked_at = f"{_counted(self.n_rows, 'row')} in {_counted(self.n_tables, 'table')}"
        found = "no fault" if self.ok else _counted(len(self.faults), "fault")
        verdict = f"{looked_at}: {found}; {_counted(self.n_accepted, 'known conflict')} accepted"
        return "\n".join([*map(str, self.faults), verdict]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a fault: check, file, row (missing where the whole file is meant), message, ids."""
        return pd.DataFrame(
            {
                "check": [one.check for one in self.faults],
                "file": [one.file for one in self.faults],
                "row": pd.array([one.row for one in self.faults], dtype="Int64"),
                "message": [one.message for one in self.faults],
                "ids": [" ".join(one.ids) for one in self.faults],
            }
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the verdict as plain values that JSON can hold."""
        return {
            "ok": self.ok,
            "n_tables": self.n_tables,
            "n_rows": self.n_rows,
            "n_accepted": self.n_accepted,
            "faults": [{**asdict(one), "ids": list(one.ids)} for one in self.faults],
        }


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")
