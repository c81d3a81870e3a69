"""What a reader did: which cells it took, which it left, what it checked and what it had to assume."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from violence_stats.months import Window

_SHOWN = 12
_COLUMNS = ("what", "cells", "text", "start", "end", "value", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenCells:
    """A count of the series, and the cells that give it.

    Attributes
    ----------
    window : Window
        Both ends INCLUSIVE.
    value : float or None
        None where the cell is blank or says that nothing is known.
    cells : str
        Such as ``B7``; ``B7 - B6`` for a difference.
    text : str
        What the cell holds, as it is written.
    """

    window: Window
    value: float | None
    cells: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftCells:
    """Cells that did not enter the series, and why."""

    cells: str
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCheck:
    """A printed total beside the sum of the cells that it covers.

    Attributes
    ----------
    summed_cells : str
        The cells summed, such as ``B3:B14``.
    is_whole : bool
        Whether every cell summed holds a count; else the total may exceed the sum.
    """

    cell: str
    printed: int
    summed: int
    summed_cells: str
    is_whole: bool = True

    @property
    def agrees(self) -> bool:
        """Whether the total is the sum, or may be for all that is known."""
        return self.printed == self.summed or (not self.is_whole and self.printed > self.summed)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOutRow:
    """A row of a table of records that was not counted."""

    row: int
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadingReport:
    """How a file was read.

    Attributes
    ----------
    file, sheet : str
        `sheet` is blank where the file has no sheets.
    form : str
        The kind of file and, for text, its encoding and the sign between cells.
    layout : str
        How the table lies in the sheet.
    taken : tuple of TakenCells
        One a window of the series.
    left : tuple of LeftCells
    checks : tuple of TotalCheck
        Printed totals that were compared with the cells.
    guesses : tuple of str
        What had to be assumed; look at each.
    n_rows, n_counted : int
        Rows of records below the headings, and those that were counted; 0 for a table of counts.
    kept_out : tuple of KeptOutRow
        Every row of records that was not counted.
    """

    file: str
    sheet: str
    form: str
    layout: str
    taken: tuple[TakenCells, ...] = ()
    left: tuple[LeftCells, ...] = ()
    checks: tuple[TotalCheck, ...] = ()
    guesses: tuple[str, ...] = ()
    n_rows: int = 0
    n_counted: int = 0
    kept_out: tuple[KeptOutRow, ...] = ()

    def summary(self) -> str:
        """Say in words what was taken, left, checked and assumed; long lists are cut, `to_frame` has them whole."""
        place = f"{self.file}, sheet {self.sheet}" if self.sheet else self.file
        lines = [f"{place} ({self.form})", self.layout, *self._taken_lines()]
        if self.n_rows:
            lines.append(f"rows: {self.n_rows:,}; counted: {self.n_counted:,}; kept out: {len(self.kept_out):,}")
        agreeing = sum(check.agrees for check in self.checks)
        if self.checks:
            lines.append(f"printed totals: {len(self.checks)}; equal to their cells: {agreeing}")
        lines += [
            f"  {check.cell} prints {check.printed:,}, {check.summed_cells} sum to {check.summed:,}"
            for check in self.checks
            if not check.agrees
        ]
        lines += _cut("kept out:", [f"row {one.row}: {one.text!r}, {one.why}" for one in self.kept_out])
        lines += _cut("left:", [f"{one.cells}: {one.text!r}, {one.why}" for one in self.left])
        if self.guesses:
            lines += ["assumed:", *(f"  {guess}" for guess in self.guesses)]
        return "\n".join(lines) + "\n"

    def _taken_lines(self) -> list[str]:
        if not self.taken:
            return []
        known = [one for one in self.taken if one.value is not None]
        lines = [f"taken: {len(known)} counts, {self.taken[0].window} to {self.taken[-1].window}"]
        blank = [f"{one.window} ({one.cells})" for one in self.taken if one.value is None]
        return [*lines, *_cut("not known:", blank)]

    def to_frame(self) -> pd.DataFrame:
        """Give one row an entry: what (taken, left, checked, kept out), cells, text, start, end, value, why."""
        rows: list[tuple[object, ...]] = [
            ("taken", one.cells, one.text, one.window.start, one.window.end, one.value, "") for one in self.taken
        ]
        rows += [
            ("checked", one.cell, f"{one.printed}", None, None, one.summed, f"sum of {one.summed_cells}")
            for one in self.checks
        ]
        rows += [("left", one.cells, one.text, None, None, None, one.why) for one in self.left]
        rows += [("kept out", f"row {one.row}", one.text, None, None, None, one.why) for one in self.kept_out]
        return pd.DataFrame(rows, columns=list(_COLUMNS))

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values that JSON can hold."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "form": self.form,
            "layout": self.layout,
            "taken": [
                {
                    "start": one.window.start.isoformat(),
                    "end": one.window.end.isoformat(),
                    "value": one.value,
                    "cells": one.cells,
                    "text": one.text,
                }
                for one in self.taken
            ],
            "left": [asdict(one) for one in self.left],
            "checks": [asdict(one) for one in self.checks],
            "guesses": list(self.guesses),
            "n_rows": self.n_rows,
            "n_counted": self.n_counted,
            "kept_out": [asdict(one) for one in self.kept_out],
        }


def _cut(title: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = [f"  and {len(items) - _SHOWN:,} more"] if len(items) > _SHOWN else []
    return [title, *(f"  {item}" for item in items[:_SHOWN]), *more]
