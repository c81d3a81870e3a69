"""Tables as they lie on disk: every row that can be made out, whatever is wrong with the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from violence_stats.ledger.reading import Row

MARKS: Mapping[bytes, str] = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""Byte order marks, and the encoding that each announces."""

SPREADSHEET_ENCODING = "cp1252"
"""What spreadsheet programs write where they do not write UTF-8; it can decode almost any byte."""


@dataclass(frozen=True, slots=True)
class MisshapenRow:
    """A row whose cells cannot be told apart: too few, too many, or broken over lines.

    Attributes
    ----------
    line : int
        Line of the file on which it begins.
    cells : tuple of str
    n_lines : int
        Over how many lines it runs.
    """

    line: int
    cells: tuple[str, ...]
    n_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """What could be read of a file.

    Attributes
    ----------
    encoding : str
        What decoded it; ``utf-8`` as it should be.
    has_mark : bool
        Whether a byte order mark stands before the header.
    has_carriage_returns : bool
        Whether lines end in CR LF.
    delimiter : str
        What separates its cells: the one of comma, semicolon and tab that the header holds most of.
    blank_lines : tuple of int
        Lines that hold nothing, or separators only.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    misshapen: tuple[MisshapenRow, ...]
    blank_lines: tuple[int, ...]
    encoding: str
    has_mark: bool
    has_carriage_returns: bool
    delimiter: str

    def column(self, name: str) -> Iterator[tuple[int, str]]:
        """Give line and text of each cell of a column; nothing where the table lacks it."""
        return ((row.number, row.cells[name]) for row in self.rows if name in row.cells)

    def texts(self, name: str) -> set[str]:
        """Give what a column holds, together with all that stands in rows whose columns cannot be told."""
        return {text for _, text in self.column(name)} | {text for row in self.misshapen for text in row.cells}


def parse_table(file: str, content: bytes) -> RawTable:
    """Read whatever can be read of a table; never raises.

    Parameters
    ----------
    file : str
        Name of the file, for messages.
    content : bytes
        The file as it lies on disk.
    """
    text, encoding, has_mark = _decode(content)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    misshapen: list[MisshapenRow] = []
    blank_lines: list[int] = []
    for line, n_lines, cells in _records(text, delimiter):
        if line == 1:
            header = tuple(cells)
        elif not any(cells) and n_lines == 1:
            blank_lines.append(line)
        elif len(cells) != len(header) or n_lines > 1:
            misshapen.append(MisshapenRow(line, tuple(cells), n_lines))
        else:
            rows.append(Row(file, line, dict(zip(header, cells, strict=True))))
    return RawTable(
        file=file,
        header=header,
        rows=tuple(rows),
        misshapen=tuple(misshapen),
        blank_lines=tuple(blank_lines),
        encoding=encoding,
        has_mark=has_mark,
        has_carriage_returns="\r\n" in text,
        delimiter=delimiter,
    )


def _decode(content: bytes) -> tuple[str, str, bool]:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace"), encoding, True
    try:
        return content.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return content.decode(SPREADSHEET_ENCODING, errors="replace"), SPREADSHEET_ENCODING, False


def _records(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Give first line, number of lines and cells of each record; a field beyond the reader's limit ends the table."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last_line = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield last_line + 1, reader.line_num - last_line, []
            return
        yield last_line + 1, reader.line_num - last_line, cells
        last_line = reader.line_num
