"""A csv or tsv file, row by row, with the sign that separates its cells found from its content."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from violence_stats.errors import DataError
from violence_stats.ingest import limits
from violence_stats.ingest.encoding import Encoding, find_encoding
from violence_stats.ingest.source_file import SourceFile

DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "  ": "two spaces or more"}

_PREFERENCE = ("\t", ";", "|", ",")
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 1 << 17
_SPACES = "  "
_END = "\x1f\x1fend"
"""A last line of our own: a row of itself, unless a quote is still open; no file of text holds its signs."""

_RUN_OF_SPACES = re.compile(r" {2,}")
_MARK = re.compile(r"sep=([,;|\t])\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written.

    Attributes
    ----------
    skips : int
        Lines before the table that only say which sign separates the cells.
    """

    encoding: Encoding
    delimiter: str
    skips: int


def find_text_form(source: SourceFile) -> TextForm:
    """Find the encoding and the sign between the cells.

    Raises
    ------
    DataError
        If the file is not text.
    """
    encoding = find_encoding(source)
    try:
        with source.path.open(encoding=encoding, newline="") as handle:
            sample = handle.read(_SAMPLE_CHARACTERS)
    except UnicodeError as error:
        raise _not_text(source, error) from error
    if mark := _MARK.match(sample):
        return TextForm(encoding, mark[1], 1)
    return TextForm(encoding, _delimiter(sample), 0)


def _delimiter(sample: str) -> str:
    """Choose the sign that cuts the most rows into the same number of cells, then the one that makes most cells."""
    best, best_score = ",", (0, 0)
    for sign in (*_PREFERENCE, _SPACES):
        widths = Counter(n_cells for n_cells in _widths(sample, sign) if n_cells > 1)
        if widths:
            width, n_rows = widths.most_common(1)[0]
            if (n_rows, width) > best_score:
                best, best_score = sign, (n_rows, width)
    return best


def _widths(sample: str, sign: str) -> list[int]:
    reader = _cells(io.StringIO(sample, newline=""), sign)
    try:
        return [len(cells) for cells in islice(reader, _SAMPLE_ROWS) if any(cells)]
    except csv.Error:
        return []


def _cells(lines: Iterable[str], sign: str) -> Iterable[list[str]]:
    """Cut lines into cells: by a sign and quotes, or where a table that was typed is aligned by spaces."""
    if sign == _SPACES:
        return (_RUN_OF_SPACES.split(line.rstrip()) for line in lines)
    return csv.reader(lines, delimiter=sign)


def read_delimited(source: SourceFile, form: TextForm) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not blank, each with its number counted from 1.

    Raises
    ------
    DataError
        If a cell does not end (an open quote) or a row is wider than any table.
    """
    number = 0
    try:
        with source.path.open(encoding=form.encoding, newline="") as handle:
            lines = _BoundedLines(handle, source)
            for number, cells in enumerate(_cells(lines, form.delimiter), 1):
                lines.n_left = limits.MAX_LINE_BYTES
                if cells == [_END]:
                    return
                if number <= form.skips or not any(cells):
                    continue
                if len(cells) > limits.MAX_COLUMNS:
                    raise DataError(
                        f"{source.name} row {number}: expected at most {limits.MAX_COLUMNS:,} cells, got "
                        f"{len(cells):,}; check which sign separates the cells"
                    )
                yield number, cells
            raise DataError(
                f"{source.name} row {number}: expected a quote that ends, got one that runs to the end of the file; "
                "take it away, or close it where its cell ends"
            )
    except UnicodeError as error:
        raise _not_text(source, error) from error
    except csv.Error as error:
        raise DataError(
            f"{source.name} row {number + 1}: expected cells, got text that does not end ({error}); look for a quote "
            "that is opened and not closed"
        ) from error
    except OSError as error:
        raise DataError(f"{source.name}: cannot be read to its end ({error.strerror}); copy it to this disk") from error


class _BoundedLines:
    """The lines of a file and our last one, as long as a row between quotes does not run over too many of them."""

    def __init__(self, lines: Iterable[str], source: SourceFile) -> None:
        self._lines = iter(lines)
        self._source = source
        self.n_left = limits.MAX_LINE_BYTES

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.n_left -= len(line)
            if self.n_left < 0:
                raise self._source.fault(
                    f"rows of at most {limits.MAX_LINE_BYTES:,} characters",
                    "a longer one",
                    "look for a quote that is opened and not closed",
                )
            yield line
        yield _END


def _not_text(source: SourceFile, error: UnicodeError) -> DataError:
    return source.fault("text", f"bytes that are none ({error})"[:200], "save it as csv in UTF-8")
