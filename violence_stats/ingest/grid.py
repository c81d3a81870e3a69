"""A sheet as cells: what each holds and what it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from violence_stats.errors import DataError

Value: TypeAlias = str | int | float | date | None
"""What a cell holds; None where it is blank."""

_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,7}):([A-Z]{1,3})([1-9]\d{0,7})")


def column_letters(column: int) -> str:
    """Name a column as spreadsheets do.

    Examples
    --------
    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def column_number(letters: str) -> int:
    """Give the number of a column from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True)
class CellRange:
    """A block of cells, all four edges INCLUSIVE, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first = f"{column_letters(self.left)}{self.top}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """Whether the block covers a cell."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def parse_range(text: str) -> CellRange:
    """Read a block of cells such as ``A3:N20``.

    Raises
    ------
    DataError
        If the text is no block of cells, or its corners are reversed.
    """
    match = _RANGE.fullmatch(text.strip().upper()) if isinstance(text, str) else None
    if match is None:
        raise DataError(f"cells={text!r}: expected a block of cells such as 'A3:N20'")
    block = CellRange(int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3]))
    if block.bottom < block.top or block.right < block.left:
        raise DataError(f"cells={text!r}: expected the upper left cell first, then the lower right one")
    return block


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """The cells of one sheet.

    Attributes
    ----------
    file, sheet : str
        `sheet` is blank where the file has no sheets.
    cells : mapping of (row, column) to value
        Both counted from 1; blank cells are left out.
    merged : tuple of CellRange
        Merged blocks, where the format says which.
    is_turned : bool
        Whether rows and columns are swapped against the file; names of cells are the file's all the same.
    """

    file: str
    sheet: str
    cells: Mapping[tuple[int, int], Value]
    merged: tuple[CellRange, ...] = ()
    is_turned: bool = False

    def at(self, row: int, column: int) -> Value:
        """Give what a cell holds; None where it is blank or outside the sheet."""
        return self.cells.get((row, column))

    def name(self, row: int, column: int) -> str:
        """Name a cell as the file's own spreadsheet does."""
        if self.is_turned:
            row, column = column, row
        return f"{column_letters(column)}{row}"

    def names(self, row_a: int, column_a: int, row_b: int, column_b: int) -> str:
        """Name a block from its two corners."""
        first, last = self.name(row_a, column_a), self.name(row_b, column_b)
        return first if first == last else f"{first}:{last}"

    @property
    def where(self) -> str:
        """The file, and the sheet where it has sheets."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file

    def fault(self, row: int, column: int, expected: str, advice: str) -> DataError:
        """Make the error that names this cell, what was expected in it, what it holds and what to do."""
        held = self.at(row, column)
        came = "a blank" if held is None else f"{str(held)[:80]!r}"
        return DataError(f"{self.where}, cell {self.name(row, column)}: expected {expected}, got {came}; {advice}")

    def row(self, row: int) -> dict[int, Value]:
        """Give the cells of a row by column, from left to right."""
        return dict(sorted((place[1], value) for place, value in self.cells.items() if place[0] == row))

    def within(self, block: CellRange) -> Grid:
        """Keep the cells of a block; they keep their names."""
        return replace(self, cells={place: value for place, value in self.cells.items() if block.holds(*place)})

    def turned(self) -> Grid:
        """Swap rows and columns."""
        return replace(
            self,
            cells={(column, row): value for (row, column), value in self.cells.items()},
            merged=tuple(CellRange(block.left, block.top, block.right, block.bottom) for block in self.merged),
            is_turned=not self.is_turned,
        )
