"""Strict reading of a table: bytes to rows, rows to cells; a fault names file, row, column and what to do."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from violence_stats.errors import DataError, WindowError
from violence_stats.months import Window, last_day

_RESAVED = (
    "the file looks re-saved by a spreadsheet program; restore it, or save it again as CSV UTF-8 without a mark, "
    "separated by commas, with dates as 2020-01-31"
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its cells as text by column.

    Attributes
    ----------
    number : int
        As an editor or a spreadsheet counts: the header is row 1.
    """

    file: str
    number: int
    cells: Mapping[str, str]

    def fault(self, column: str, expected: str, advice: str = "correct it") -> DataError:
        """Make the error that names this cell, what was expected in it, what it holds and what to do."""
        return DataError(
            f"{self.file} row {self.number}, column {column}: expected {expected}, got {self.cells[column]!r}; {advice}"
        )

    def text(self, column: str) -> str:
        """Give a cell that may not be blank."""
        value = self.cells[column]
        if not value:
            raise self.fault(column, "some text", "fill it in")
        return value

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """Give a cell that holds one of a few words."""
        value = self.cells[column]
        if value not in allowed:
            raise self.fault(column, "one of " + ", ".join(allowed))
        return value

    def whole(self, column: str) -> int:
        """Give a whole number of 0 or more, written in digits only."""
        value = self.cells[column]
        if not (value.isascii() and value.isdigit()):
            raise self.fault(column, "a whole number of 0 or more in digits only")
        return int(value)

    def decimal(self, column: str) -> float:
        """Give a finite number with a decimal point."""
        try:
            value = float(self.cells[column])
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.fault(column, "a number with a decimal point")
        return value

    def optional_decimal(self, column: str) -> float | None:
        """Give a finite number, or None where the cell is blank."""
        return self.decimal(column) if self.cells[column] else None

    def window(self, start: str = "start", end: str = "end") -> Window:
        """Give the window from one column's day to another's, both INCLUSIVE."""
        first, last = self._day(start), self._day(end)
        try:
            return Window(first, last)
        except WindowError as error:
            raise self.fault(end, f"a day not before {first.isoformat()}", "swap or correct the two dates") from error

    def optional_window(self, start: str = "start", end: str = "end") -> Window | None:
        """Give the window, or None where both cells are blank."""
        return self.window(start, end) if self.cells[start] or self.cells[end] else None

    def partial_date(self, column: str) -> str:
        """Give a day, month or year as it is written, or a blank."""
        value = self.cells[column]
        if value and known_on(value) is None:
            raise self.fault(column, "YYYY, YYYY-MM, YYYY-MM-DD or a blank")
        return value

    def _day(self, column: str) -> date:
        day = iso_day(self.cells[column])
        if day is None:
            raise self.fault(column, "a day as YYYY-MM-DD")
        return day


@cache
def iso_day(text: str) -> date | None:
    """Read ``YYYY-MM-DD`` and nothing else; None for any other text, and for 9999-12-31, which no day follows."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < date.max else None


@cache
def known_on(text: str) -> date | None:
    """Give the day from which something dated to a day, month or year counts as known: the last it covers.

    None for a blank or a text that is no such date.
    """
    if len(text) not in (4, 7, 10) or not text.replace("-", "").isdigit():
        return None
    try:
        return last_day(text)
    except WindowError:
        return None


def read_rows(content: bytes, file: str, columns: tuple[str, ...]) -> list[Row]:
    """Read a comma-separated table in UTF-8 whose first row is exactly `columns`.

    Raises
    ------
    DataError
        Naming file, row and what was expected; a file that a spreadsheet program has re-saved is told how to undo it.
    """
    reader = csv.reader(io.StringIO(_decode(content, file), newline=""), strict=True)
    rows: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1:
                _check_header(cells, file, columns)
            elif len(cells) != len(columns):
                raise DataError(
                    f"{file} row {number}: expected {len(columns)} cells, got {len(cells)}; quote a cell that holds a "
                    "comma, and leave no blank line"
                )
            else:
                rows.append(Row(file, number, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        raise DataError(f"{file} row {number + 1}: not readable as CSV ({error}); correct its quotes") from error
    if number == 0:
        raise DataError(f"{file}: expected a header row, got an empty file; restore it")
    return rows


def _decode(content: bytes, file: str) -> str:
    if content.startswith(_BYTE_ORDER_MARK):
        raise DataError(f"{file}: expected plain UTF-8, got a byte order mark before the header; {_RESAVED}")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise DataError(f"{file} row {row}: expected UTF-8 text, got other bytes; {_RESAVED}") from error


def _check_header(cells: list[str], file: str, columns: tuple[str, ...]) -> None:
    if tuple(cells) == columns:
        return
    if len(cells) == 1 and ";" in cells[0]:
        raise DataError(f"{file} row 1: expected columns separated by commas, got semicolons; {_RESAVED}")
    raise DataError(
        f"{file} row 1: expected the columns {','.join(columns)}, got {','.join(cells)}; correct the header"
    )
