"""Any file that holds tables, as grids of cells or as a stream of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import limits
from violence_stats.ingest.delimited import DELIMITER_NAMES, TextForm, find_text_form, read_delimited
from violence_stats.ingest.encoding import ENCODING_NAMES
from violence_stats.ingest.grid import CellRange, Grid, Value
from violence_stats.ingest.report import LeftCells
from violence_stats.ingest.sheet_xml import WorkbookTraits
from violence_stats.ingest.source_file import SourceFile
from violence_stats.ingest.workbooks import SheetNames, SheetStart, inspect_workbook, read_sheets

NumberedRow: TypeAlias = tuple[int, Sequence[Value]]
"""The number of a row, counted from 1, and its cells."""

_TEXT_SUFFIXES = {"csv", "tsv", "txt", "tab", "asc"}
_SUFFIXES = {
    "text": _TEXT_SUFFIXES,
    "xls": {"xls", "xlt"},
    "xlsx": {"xlsx", "xlsm", "xltx", "xltm"},
    "ods": {"ods", "ots"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """What is known of a file besides its cells.

    Attributes
    ----------
    words : str
        Its kind and, for text, encoding and sign between cells.
    guesses : tuple of str
    left : tuple of LeftCells
        Sheets that were not looked at.
    """

    words: str
    guesses: tuple[str, ...]
    left: tuple[LeftCells, ...] = ()


@dataclass(frozen=True, slots=True)
class TableStart:
    """A sheet, or the whole of a text file, whose rows follow."""

    sheet: str
    merged: tuple[CellRange, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that is not blank, its number counted from 1."""

    number: int
    cells: list[Value]


def read_grids(source: SourceFile, sheet: str | None) -> tuple[FileForm, tuple[Grid, ...]]:
    """Read every sheet that is not hidden (or the one named) into cells.

    Raises
    ------
    DataError
        If the file cannot be read or holds more cells than a table of counts has.
    SelectionError
        If no sheet has the name asked for.
    """
    if source.kind == "text" and source.n_bytes > limits.MAX_TABLE_BYTES:
        raise source.fault(
            f"a table of counts of at most {limits.MAX_TABLE_BYTES:,} bytes",
            f"{source.n_bytes:,}",
            "count rows of one victim each with read_records",
        )
    form: FileForm | None = None
    starts: list[TableStart] = []
    cells: list[dict[tuple[int, int], Value]] = []
    n_cells = n_characters = 0
    for item in read_tables(source, sheet):
        if isinstance(item, FileForm):
            form = item
        elif isinstance(item, TableStart):
            starts.append(item)
            cells.append({})
        else:
            found = {(item.number, column): value for column, value in enumerate(item.cells, 1) if value is not None}
            cells[-1].update(found)
            n_cells += len(found)
            n_characters += sum(len(value) for value in found.values() if isinstance(value, str))
            if n_cells > limits.MAX_TABLE_CELLS or n_characters > limits.MAX_TABLE_CHARACTERS:
                raise source.fault(
                    f"a table of counts of at most {limits.MAX_TABLE_CELLS:,} cells and "
                    f"{limits.MAX_TABLE_CHARACTERS:,} characters",
                    "more",
                    "count rows of one victim each with read_records, or name one sheet",
                )
    if form is None or not any(cells):
        raise source.fault("a table", "no cell that holds something", "download or save it again")
    grids = (
        Grid(file=source.name, sheet=start.sheet, cells=held, merged=start.merged)
        for start, held in zip(starts, cells, strict=True)
        if held
    )
    return form, tuple(grids)


def read_tables(source: SourceFile, sheet: str | None) -> Iterator[FileForm | TableStart | TableRow]:
    """Give what is known of the file, then each sheet and its rows.

    Raises
    ------
    DataError
        If the file cannot be read.
    SelectionError
        If no sheet has the name asked for.
    """
    if source.kind == "text":
        yield from _read_text(source, sheet)
        return
    traits = inspect_workbook(source)
    kind = "xls" if traits is None else traits.kind
    for item in read_sheets(source, sheet, is_misnamed=bool(_suffix_guess(source, kind))):
        if isinstance(item, SheetNames):
            yield _workbook_form(source, traits, item, sheet)
        elif isinstance(item, SheetStart):
            yield TableStart(item.name, item.merged)
        else:
            yield TableRow(item.number, item.cells)


def _read_text(source: SourceFile, sheet: str | None) -> Iterator[FileForm | TableStart | TableRow]:
    if sheet is not None:
        raise SelectionError(f"sheet {sheet!r}: {source.name} is a text file and has no sheets; leave `sheet` out")
    form = find_text_form(source)
    yield _describe_text(source, form)
    yield TableStart("", ())
    for number, row in read_delimited(source, form):
        cells: list[Value] = [stripped if (stripped := cell.strip()) else None for cell in row]
        yield TableRow(number, cells)


def _describe_text(source: SourceFile, form: TextForm) -> FileForm:
    kind = "tsv" if form.delimiter == "\t" else "csv"
    words = f"{kind}, {ENCODING_NAMES[form.encoding]}, cells separated by {DELIMITER_NAMES[form.delimiter]}"
    return FileForm(words=words, guesses=_suffix_guess(source, "text"))


def stream_sheets(source: SourceFile, sheet: str | None) -> Iterator[tuple[FileForm, str, Iterator[NumberedRow]]]:
    """Give each sheet's rows as they stream by, cells of text files as they are written; none is held.

    Raises
    ------
    DataError, SelectionError
        As `read_tables`.
    """
    if source.kind == "text" and sheet is None:
        if source.n_bytes > limits.MAX_RECORD_BYTES:
            raise source.fault(f"at most {limits.MAX_RECORD_BYTES:,} bytes", f"{source.n_bytes:,}", "split the file")
        form = find_text_form(source)
        yield _describe_text(source, form), "", read_delimited(source, form)
        return
    for (form_of_file, name), rows in groupby(_tagged_rows(source, sheet), key=lambda tagged: (tagged[0], tagged[1])):
        yield form_of_file, name, ((row.number, row.cells) for _, _, row in rows)


def _tagged_rows(source: SourceFile, sheet: str | None) -> Iterator[tuple[FileForm, str, TableRow]]:
    form: FileForm | None = None
    name = ""
    for item in read_tables(source, sheet):
        if isinstance(item, FileForm):
            form = item
        elif isinstance(item, TableStart):
            name = item.sheet
        elif form is not None:
            yield form, name, item


def _workbook_form(source: SourceFile, traits: WorkbookTraits | None, names: SheetNames, sheet: str | None) -> FileForm:
    if sheet is not None and sheet not in names.names:
        raise SelectionError(f"sheet {sheet!r} is not in {source.name}: expected one of {', '.join(names.names)}")
    if not names.names:
        raise DataError(f"{source.name}: expected a sheet with cells, got none; save it again")
    kind = "xls" if traits is None else traits.kind
    guesses = list(_suffix_guess(source, kind))
    if traits is not None and traits.n_formulas:
        guesses.append(
            f"{traits.n_formulas} cells hold formulas: their last stored values are taken, nothing is computed"
        )
    if traits is not None and traits.has_links:
        guesses.append("the file refers to other files: none is opened, the last stored values are taken")
    if traits is not None and traits.n_hidden:
        guesses.append("rows or columns are hidden in the file: what they hold is read like the rest")
    if traits is not None and traits.n_error_values:
        guesses.append(f"{traits.n_error_values} cells show an error such as #REF! and are read as blank")
    unread = [name for name in names.names if name != sheet] if sheet is not None else list(names.hidden)
    why = "hidden sheet, read only when named" if sheet is None else "another sheet"
    left = tuple(LeftCells(cells=f"sheet {name}", text="", why=why) for name in unread)
    return FileForm(words=kind, guesses=tuple(guesses), left=left)


def _suffix_guess(source: SourceFile, kind: str) -> tuple[str, ...]:
    if source.suffix in _SUFFIXES[kind] or not source.suffix:
        return ()
    what = "text" if kind == "text" else kind
    return (f"the name ends in .{source.suffix[:10]}, the content is {what} and is read as that",)
