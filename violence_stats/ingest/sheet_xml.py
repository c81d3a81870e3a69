"""The XML of a spreadsheet, looked through in bounded pieces before another library opens it.

It finds what a reader of cell values cannot see (formulas, links, error values), refuses entities, and measures how far
each sheet reaches, because a single cell in the last corner makes a dense reader ask for 500 GB.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from violence_stats.ingest import limits
from violence_stats.ingest.archive_limits import WorkbookKind, check_archive
from violence_stats.ingest.grid import column_number
from violence_stats.ingest.source_file import SourceFile

_PIECE = 1 << 20
_OVERLAP = 4096
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br=[\"']([A-Za-z]{1,7})(\d{1,9})[\"']")
_XLSX_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_XLSX_ERROR = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\bt=[\"']e[\"']")
_XLSX_HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\b[^<>]*?\bhidden=[\"'](?:1|true)[\"']")
_ODS_HIDDEN = re.compile(rb"<table:table-(?:row|column)\b[^<>]*?\btable:visibility=[\"'](?:collapse|filter)[\"']")
_ODS_FORMULA = re.compile(rb"\btable:formula=")
_ODS_LINK = re.compile(rb"\btable:(?:table-source|filter-name)\b")
_ODS_LOCKED = re.compile(rb"<(?:\w+:)?encryption-data\b")
_ODS_STEP = re.compile(rb"<table:table[ >]|<table:(?P<tag>table-row|table-cell|covered-table-cell)\b(?P<with>[^<>]*)>")
_ROWS_REPEATED = re.compile(rb"number-rows-repeated=[\"'](\d{1,12})[\"']")
_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated=[\"'](\d{1,12})[\"']")
_ODS_VALUE = re.compile(rb"\b(?:office:value-type|table:formula|calcext:value-type)=")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookTraits:
    """What lies in a spreadsheet besides the values of its cells.

    Attributes
    ----------
    n_formulas, n_error_values : int
        Cells that are computed, and cells that show an error such as ``#REF!``.
    has_links : bool
        Whether it refers to other files.
    n_hidden : int
        Entries of rows and columns that are hidden.
    """

    kind: WorkbookKind
    n_formulas: int
    n_error_values: int
    has_links: bool
    n_hidden: int = 0


def inspect_archive(source: SourceFile) -> WorkbookTraits:
    """Check an xlsx or ods file against the limits and tell what it holds besides values.

    Raises
    ------
    DataError
        If it is damaged, locked, too large, or declares XML entities.
    """
    if source.n_bytes > limits.MAX_WORKBOOK_BYTES:
        raise source.fault(
            f"a spreadsheet of at most {limits.MAX_WORKBOOK_BYTES:,} bytes", f"{source.n_bytes:,}", "save it as csv"
        )
    try:
        with zipfile.ZipFile(source.path) as archive:
            kind = check_archive(archive, source)
            return _inspect_members(archive, kind, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise source.fault(
            "a whole spreadsheet", f"a damaged or truncated one ({str(error)[:200]!a})", "download or save it again"
        ) from error


def _inspect_members(archive: zipfile.ZipFile, kind: WorkbookKind, source: SourceFile) -> WorkbookTraits:
    n_formulas = n_errors = n_hidden = 0
    has_links = any(name.startswith("xl/externalLinks/") for name in archive.namelist())
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        in_sheet = member.filename.startswith("xl/worksheets/") or member.filename == "content.xml"
        extent = _OdsExtent() if kind == "ods" else _XlsxExtent()
        for piece, fresh in _pieces(archive, member):
            if _ENTITY.search(piece):
                raise source.fault(
                    "a spreadsheet without XML entities",
                    f"some in {member.filename[:80]!r}",
                    "no spreadsheet program writes these: ask for another copy, or save it as csv",
                )
            if kind == "ods" and member.filename == "META-INF/manifest.xml" and _ODS_LOCKED.search(piece):
                raise source.fault("a file that opens without a password", "a locked one", "save it without a password")
            if in_sheet:
                extent.take(piece, fresh)
                n_formulas += _n_from(_ODS_FORMULA if kind == "ods" else _XLSX_FORMULA, piece, fresh)
                n_hidden += _n_from(_ODS_HIDDEN if kind == "ods" else _XLSX_HIDDEN, piece, fresh)
                n_errors += 0 if kind == "ods" else _n_from(_XLSX_ERROR, piece, fresh)
                has_links = has_links or (kind == "ods" and bool(_ODS_LINK.search(piece)))
        _check_extent(extent.n_rows, extent.n_columns, source)
    return WorkbookTraits(
        kind=kind, n_formulas=n_formulas, n_error_values=n_errors, has_links=has_links, n_hidden=n_hidden
    )


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Give the member in pieces that begin with the end of the last one, and where what is new in them begins."""
    kept = b""
    with archive.open(member) as handle:
        while new := handle.read(_PIECE):
            yield kept + new, len(kept)
            kept = (kept + new)[-_OVERLAP:]


def _n_from(pattern: re.Pattern[bytes], piece: bytes, fresh: int) -> int:
    """Count matches that end in the new part, so that none is counted twice."""
    return sum(match.end() > fresh for match in pattern.finditer(piece))


class _XlsxExtent:
    """The last row and column of which a cell is written."""

    def __init__(self) -> None:
        self.n_rows = 0
        self.n_columns = 0

    def take(self, piece: bytes, fresh: int) -> None:
        del fresh
        for column, row in set(_XLSX_CELL.findall(piece)):
            self.n_rows = max(self.n_rows, int(row))
            self.n_columns = max(self.n_columns, column_number(column.decode("ascii")))


class _OdsExtent:
    """The last row and column that hold a value, repeated rows and columns counted."""

    def __init__(self) -> None:
        self.n_rows = 0
        self.n_columns = 0
        self._row = 0
        self._column = 0
        self._repeat = 0

    def take(self, piece: bytes, fresh: int) -> None:
        for match in _ODS_STEP.finditer(piece):
            if match.end() > fresh:
                self._step(match)

    def _step(self, match: re.Match[bytes]) -> None:
        tag, attributes = match["tag"], match["with"] or b""
        if tag == b"table-row":
            self._row += self._repeat
            self._column, self._repeat = 0, _repeats(_ROWS_REPEATED, attributes)
        elif tag is not None:
            self._column += _repeats(_COLUMNS_REPEATED, attributes)
            if _ODS_VALUE.search(attributes):
                self.n_rows = max(self.n_rows, self._row + self._repeat)
                self.n_columns = max(self.n_columns, self._column)
        else:
            self._row = self._column = self._repeat = 0


def _repeats(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _check_extent(n_rows: int, n_columns: int, source: SourceFile) -> None:
    if n_rows * n_columns > limits.MAX_SHEET_CELLS:
        raise source.fault(
            f"a sheet that spans at most {limits.MAX_SHEET_CELLS:,} cells",
            f"one of {n_rows:,} rows by {n_columns:,} columns",
            "delete the stray cells far from the table, or save it as csv",
        )
