"""Which encoding a text file is written in, told from all of its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from violence_stats.ingest import limits
from violence_stats.ingest.source_file import SourceFile

Encoding: TypeAlias = Literal["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]

ENCODING_NAMES: dict[Encoding, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}
_PIECE = limits.MAX_LINE_BYTES // 2
_C1 = bytes(range(0x80, 0xA0))
_NOT_WINDOWS = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_CONTROLS = bytes(sorted(set(range(0x20)) - set(b"\t\n\r\f\v\x1a")))


def find_encoding(source: SourceFile) -> Encoding:
    """Tell UTF-8, UTF-8 with a mark, UTF-16 with a mark, Windows-1252 and Latin-1 apart.

    UTF-8 is what its bytes can be checked for. Of the other two, Windows-1252 has signs such as curly quotes where
    Latin-1 has none; without one, both read the same and Latin-1 is named.

    Raises
    ------
    DataError
        If the bytes are none of these, such as binary content.
    """
    with source.path.open("rb") as handle:
        head = handle.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for piece in _pieces(source.path):
            _refuse_long_line(piece, source)
        return "utf-16"
    is_utf8 = _is_utf8_text(source)
    if is_utf8:
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    if _holds(source.path, _NOT_WINDOWS):
        raise source.fault(
            "UTF-8, Latin-1 or Windows-1252 text", "bytes that are none of them", "save it as csv in UTF-8"
        )
    return "cp1252" if _holds(source.path, _C1) else "latin-1"


def _is_utf8_text(source: SourceFile) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    for piece in _pieces(source.path):
        if len(piece.translate(None, _CONTROLS)) != len(piece):
            raise source.fault("text", "binary content", "save it as csv from the program that made it")
        _refuse_long_line(piece, source)
        is_utf8 = is_utf8 and _decodes(decoder, piece, is_last=False)
    return is_utf8 and _decodes(decoder, b"", is_last=True)


def _refuse_long_line(piece: bytes, source: SourceFile) -> None:
    """Refuse a piece in which no line ends: reading it would hold the whole line, cell by cell."""
    if len(piece) == _PIECE and b"\n" not in piece and b"\r" not in piece:
        raise source.fault(
            f"lines of at most {limits.MAX_LINE_BYTES:,} bytes", "a longer one", "save it with one row a line"
        )


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, is_last: bool) -> bool:
    try:
        decoder.decode(piece, is_last)
    except UnicodeDecodeError:
        return False
    return True


def _holds(path: Path, signs: bytes) -> bool:
    return any(len(piece.translate(None, signs)) != len(piece) for piece in _pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while piece := handle.read(_PIECE):
            yield piece
