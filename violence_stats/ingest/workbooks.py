"""The sheets of an xlsx, xls or ods file, read in a process of its own and handed on row by row."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from violence_stats.errors import DataError
from violence_stats.ingest import limits
from violence_stats.ingest.grid import CellRange, Value
from violence_stats.ingest.sheet_xml import WorkbookTraits, inspect_archive
from violence_stats.ingest.source_file import SourceFile

_PROGRAM = Path(__file__).with_name("sheet_process.py")
_LOCKED_NAMES = tuple(name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptionInfo"))


@dataclass(frozen=True, slots=True)
class SheetStart:
    """The beginning of a sheet; its rows follow."""

    name: str
    merged: tuple[CellRange, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not blank, its number counted from 1."""

    number: int
    cells: list[Value]


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The sheets of a file, in order, and which of them are hidden."""

    names: tuple[str, ...]
    hidden: tuple[str, ...]


def inspect_workbook(source: SourceFile) -> WorkbookTraits | None:
    """Check a spreadsheet against the limits; None for xls, whose cells show only their values.

    Raises
    ------
    DataError
        If it is damaged, locked or too large.
    """
    if source.kind == "zip":
        return inspect_archive(source)
    if source.n_bytes > limits.MAX_WORKBOOK_BYTES:
        raise source.fault(
            f"a spreadsheet of at most {limits.MAX_WORKBOOK_BYTES:,} bytes", f"{source.n_bytes:,}", "save it as csv"
        )
    content = source.path.read_bytes()
    if any(name in content for name in _LOCKED_NAMES):
        raise _locked(source)
    return None


def read_sheets(
    source: SourceFile, sheet: str | None, *, is_misnamed: bool
) -> Iterator[SheetNames | SheetStart | SheetRow]:
    """Give the names of the sheets, then each sheet that is not hidden (or the one named) and its rows.

    Parameters
    ----------
    is_misnamed : bool
        Whether the ending of the file's name is that of another kind.

    Raises
    ------
    DataError
        If the file is locked, damaged, or takes more memory or time than the limits allow.
    """
    request = {
        "path": str(source.path),
        "by_content": is_misnamed,
        "sheet": sheet,
        "sys_path": sys.path,
        "memory_bytes": _memory_bytes(source),
        "max_columns": limits.MAX_COLUMNS,
        "max_characters": limits.MAX_CELL_CHARACTERS,
    }
    with _process(request) as output:
        for line in output:
            try:
                message = json.loads(line)
            except ValueError:
                break
            if isinstance(message, list):
                yield SheetRow(message[0], [_value(one) for one in message[1]])
            elif "sheets" in message:
                names = message["sheets"]
                yield SheetNames(tuple(one for one, _ in names), tuple(one for one, hidden in names if hidden))
            elif "sheet" in message:
                yield SheetStart(message["sheet"], tuple(_range(one) for one in message["merged"]))
            elif "end" in message:
                return
            else:
                raise _fault(source, message["fault"], message["message"])
    raise _fault(source, "stopped", "")


def _memory_bytes(source: SourceFile) -> int:
    return limits.XLS_MEMORY_BYTES if source.kind == "xls" else limits.SHEET_MEMORY_BYTES


@contextmanager
def _process(request: dict[str, Any]) -> Iterator[IO[str]]:
    """Run the program on a request; it is ended when its output is no longer read, or when its time is over."""
    process = subprocess.Popen(  # noqa: S603  our own program, and no shell
        [sys.executable, "-I", str(_PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="surrogatepass",
    )
    watch = threading.Timer(limits.SHEET_SECONDS, process.kill)
    watch.start()
    try:
        with process:
            try:
                if process.stdin is None or process.stdout is None:
                    raise DataError("the process that opens spreadsheets has no input or output; start Python anew")
                _send(process.stdin, json.dumps(request))
                yield process.stdout
            finally:
                process.kill()
    finally:
        watch.cancel()


def _send(stdin: IO[str], text: str) -> None:
    try:
        stdin.write(text)
        stdin.close()
    except BrokenPipeError:
        return


def _value(cell: Any) -> Value:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["date"])
    value: Value = cell
    return value


def _range(corners: list[list[int]]) -> CellRange:
    (top, left), (bottom, right) = corners
    return CellRange(top + 1, left + 1, bottom + 1, right + 1)


def _locked(source: SourceFile) -> DataError:
    return source.fault(
        "a file that opens without a password",
        "a locked one",
        "open it with its password and save a copy without",
    )


def _fault(source: SourceFile, kind: str, message: str) -> DataError:
    if kind == "password":
        return _locked(source)
    if kind == "damaged":
        return source.fault(
            "a whole spreadsheet", f"a damaged or truncated one ({message[:200]!a})", "download or save it again"
        )
    return source.fault(
        f"a spreadsheet that opens within {_memory_bytes(source):,} bytes and {limits.SHEET_SECONDS} seconds",
        "a damaged or too large one",
        "save the sheet that holds the table as csv",
    )
