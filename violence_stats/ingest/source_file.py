"""What kind of file lies at a path, told by its content and not by its name."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from violence_stats.errors import DataError

FileKind: TypeAlias = Literal["text", "zip", "xls"]

_HEAD_BYTES = 4096
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN = {
    b"%PDF": "a PDF; copy the table into a spreadsheet, check it against the page, and save that",
    b"\x1f\x8b": "a gzip archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
    b"\x89PNG": "a picture; type the table into a spreadsheet, check it, and save that",
    b"\xff\xd8\xff": "a picture; type the table into a spreadsheet, check it, and save that",
    b"{\\rtf": "a text document; copy the table into a spreadsheet and save that",
    b"SQLite format 3": "a database; export the table as CSV",
}
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A regular file that holds something.

    Attributes
    ----------
    name : str
        The last part of its path, as it can be printed: what reports and messages call it.
    kind : {'text', 'zip', 'xls'}
        By its first bytes: ``zip`` covers xlsx and ods.
    """

    path: Path
    name: str
    kind: FileKind
    n_bytes: int

    def fault(self, expected: str, came: str, advice: str) -> DataError:
        """Make the error that names this file, what was expected, what came and what to do."""
        return DataError(f"{self.name}: expected {expected}, got {came}; {advice}")

    @property
    def suffix(self) -> str:
        """The ending of its name, without the dot, in lower case."""
        return self.path.suffix.lstrip(".").lower()


def find_source_file(path: str | os.PathLike[str]) -> SourceFile:
    """Look at a path and tell what kind of file lies there.

    Raises
    ------
    DataError
        If nothing lies there, it is no regular file, it is empty, or it is of a kind that holds no table.
    """
    try:
        place = Path(path)
        name = _printable(place.name or str(place))
        status = place.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError(f"{name}: expected a file, got a folder or device; give the path of one file")
        with place.open("rb") as handle:
            head = handle.read(_HEAD_BYTES)
    except (TypeError, ValueError) as error:
        raise DataError(f"{path!r}: expected the path of a file ({error})") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"{name}: cannot be read ({reason}); check the path and its permissions") from error
    if not head:
        raise DataError(f"{name}: expected a table, got an empty file; download or save it again")
    return SourceFile(place, name, _kind(head, name), status.st_size)


def _printable(name: str) -> str:
    """Show a name without signs that would steer the terminal it is printed on."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def _kind(head: bytes, name: str) -> FileKind:
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_COMPOUND):
        return "xls"
    if head.startswith(_EMPTY_ZIP):
        raise _no_table(name, "an archive with nothing in it; download or save it again")
    for mark, what in _FOREIGN.items():
        if head.startswith(mark):
            raise _no_table(name, what)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise _no_table(name, "a web page or XML; open it in a spreadsheet program and save it as xlsx, ods or csv")
    if b"\0" in head and not head.startswith(_UTF16):
        raise _no_table(name, "binary content; open it in the program that made it and save it as xlsx, ods or csv")
    return "text"


def _no_table(name: str, what: str) -> DataError:
    return DataError(f"{name}: expected csv, tsv, xls, xlsx or ods by its content, got {what}")
