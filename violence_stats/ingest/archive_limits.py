"""The archive of an xlsx or ods file, judged from its directory before anything in it is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from violence_stats.ingest import limits
from violence_stats.ingest.source_file import SourceFile

WorkbookKind: TypeAlias = Literal["xlsx", "ods"]

_ENCRYPTED = 0x1
_XLSX_PART = "xl/workbook.xml"
_ODS_PART = "content.xml"


def check_archive(archive: zipfile.ZipFile, source: SourceFile) -> WorkbookKind:
    """Refuse an archive that is locked, that unpacks to too much, or that is no spreadsheet.

    Raises
    ------
    DataError
        Naming the limit and the size, or what the archive holds instead.
    """
    members = archive.infolist()
    if len(members) > limits.MAX_MEMBERS:
        raise source.fault(
            f"at most {limits.MAX_MEMBERS:,} files in the archive", f"{len(members):,}", "save the table on its own"
        )
    for member in members:
        _check_member(member, source)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.MAX_UNPACKED_BYTES:
        raise source.fault(
            f"at most {limits.MAX_UNPACKED_BYTES:,} bytes unpacked",
            f"{unpacked:,}",
            "save the sheet that holds the table as csv",
        )
    return _workbook_kind({member.filename for member in members}, source)


def _check_member(member: zipfile.ZipInfo, source: SourceFile) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise source.fault("a file that opens without a password", "a locked archive", "save it without a password")
    parts = PurePosixPath(member.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0:1]:
        raise source.fault(
            "an archive whose files lie inside it",
            f"one named {member.filename[:80]!r}",
            "no spreadsheet program writes this: do not open it, ask for another copy",
        )
    large = member.file_size > limits.SMALL_MEMBER_BYTES
    if large and member.file_size > limits.MAX_RATIO * max(member.compress_size, 1):
        raise source.fault(
            f"files that unpack to at most {limits.MAX_RATIO} times their size",
            f"{member.filename[:80]!r}, {member.compress_size:,} bytes that unpack to {member.file_size:,}",
            "it looks like a decompression bomb: ask for another copy, or save the sheet as csv",
        )


def _workbook_kind(names: set[str], source: SourceFile) -> WorkbookKind:
    if _XLSX_PART in names:
        return "xlsx"
    if _ODS_PART in names:
        return "ods"
    if "xl/workbook.bin" in names:
        came, advice = "a binary workbook (xlsb)", "save it as xlsx"
    elif "word/document.xml" in names:
        came, advice = "a text document (docx)", "copy the table into a spreadsheet and save that"
    else:
        came, advice = "another archive", "unpack it and give the file inside"
    raise source.fault("an xlsx or ods spreadsheet", came, advice)
