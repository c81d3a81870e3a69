"""Small writers of spreadsheets, byte by byte, so that tests own every file that they read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from violence_stats.ingest.grid import column_letters

Cell = str | int | float | date | bool | None
Rows = Sequence[Sequence[Cell]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DATE_STYLE = 1


@dataclass(frozen=True)
class Formula:
    text: str
    value: float


def xlsx(
    sheets: Mapping[str, Rows] | Rows,
    *,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    sheet_xml: str | None = None,
    extra: Mapping[str, bytes] | None = None,
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """An xlsx file; `merged` applies to its first sheet, `sheet_xml` replaces that sheet's rows."""
    named = sheets if isinstance(sheets, Mapping) else {"Hoja1": sheets}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", _content_types(len(named)))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", _workbook(list(named), hidden))
        parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(named) + 1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations([*parts, ("styles", "styles.xml")]))
        archive.writestr("xl/styles.xml", _styles())
        for number, rows in enumerate(named.values(), 1):
            body = sheet_xml if sheet_xml is not None and number == 1 else _xlsx_rows(rows)
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(body, merged if number == 1 else ()))
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return held.getvalue()


def _content_types(n_sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number in range(1, n_sheets + 1)
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{sheets}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(names: Sequence[str], hidden: Sequence[str]) -> str:
    lines = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if name in hidden else "/>")
        for number, name in enumerate(names, 1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{lines}</sheets></workbook>'


def _styles() -> str:
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )


def _sheet(body: str, merged: Sequence[str]) -> str:
    blocks = "".join(f'<mergeCell ref="{block}"/>' for block in merged)
    ending = f'<mergeCells count="{len(merged)}">{blocks}</mergeCells>' if merged else ""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{ending}</worksheet>'


def _xlsx_rows(rows: Rows) -> str:
    return "".join(
        f'<row r="{number}">'
        + "".join(_xlsx_cell(f"{column_letters(place)}{number}", cell) for place, cell in enumerate(cells, 1))
        + "</row>"
        for number, cells in enumerate(rows, 1)
    )


def _xlsx_cell(name: str, cell: Cell | Formula) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return f'<c r="{name}"><f>{escape(cell.text)}</f><v>{cell.value}</v></c>'
    if isinstance(cell, bool):
        return f'<c r="{name}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{name}" s="{DATE_STYLE}"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{name}"><v>{cell}</v></c>'


ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Rows, *, name: str = "Hoja1", body: str | None = None, manifest: str = "") -> bytes:
    """An ods file with one sheet; `body` replaces its rows."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_KIND, compress_type=zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_KIND}"/>{manifest}'
            "</manifest:manifest>",
        )
        inner = _ods_rows(rows) if body is None else body
        archive.writestr(
            "content.xml",
            f"{HEAD}<office:document-content {ODS_SPACES}><office:body><office:spreadsheet>"
            f"<table:table table:name={quoteattr(name)}>{inner}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return held.getvalue()


def _ods_rows(rows: Rows) -> str:
    return "".join(
        "<table:table-row>" + "".join(_ods_cell(cell) for cell in cells) + "</table:table-row>" for cells in rows
    )


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">'
            f"<text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def xls(rows: Rows, *, name: str = "Hoja1", locked: bool = False) -> bytes:
    """An xls file (BIFF8 in a compound document) with one sheet of texts and numbers."""
    return compound_document({"Workbook": _biff(rows, name, locked=locked)})


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _biff(rows: Rows, name: str, *, locked: bool) -> bytes:
    globals_bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    lock = _record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48) if locked else b""
    codepage = _record(0x0042, struct.pack("<H", 1200))
    title = name.encode("utf-16-le")
    bound_length = 4 + 4 + 2 + 1 + 1 + len(title)
    start = len(globals_bof) + len(lock) + len(codepage) + bound_length + len(_record(0x000A))
    bound = _record(0x0085, struct.pack("<IHBB", start, 0, len(name), 1) + title)
    body = b"".join(
        _biff_cell(row, column, cell) for row, cells in enumerate(rows) for column, cell in enumerate(cells)
    )
    sheet_bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    width = max((len(cells) for cells in rows), default=0)
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    return globals_bof + lock + codepage + bound + _record(0x000A) + sheet_bof + size + body + _record(0x000A)


def _biff_cell(row: int, column: int, cell: Cell) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(cell), 1) + text)
    number = float((cell - date(1899, 12, 30)).days) if isinstance(cell, date) else float(cell)
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, number))


SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_document(streams: Mapping[str, bytes]) -> bytes:
    """A compound document (version 3) whose streams are padded so that none needs the mini stream."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors: list[bytes] = []
    table: list[int] = []
    starts: dict[str, int] = {}
    for name, content in padded.items():
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        starts[name] = len(sectors)
        table += [*range(len(sectors) + 1, len(sectors) + len(pieces)), END]
        sectors += pieces
    directory = _directory(padded, starts)
    first_directory = len(sectors)
    pieces = [directory[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(directory), SECTOR)]
    table += [*range(first_directory + 1, first_directory + len(pieces)), END]
    sectors += pieces
    first_fat = len(sectors)
    n_fat = 1
    while (len(table) + n_fat) * 4 > n_fat * SECTOR:
        n_fat += 1
    table += [FAT] * n_fat
    table += [FREE] * (n_fat * SECTOR // 4 - len(table))
    fat = struct.pack(f"<{len(table)}I", *table)
    places = [*range(first_fat, first_fat + n_fat)]
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, n_fat, first_directory, 0, 4096, END, 0, END, 0),
    )
    header += struct.pack("<109I", *places, *[FREE] * (109 - n_fat))
    return header + b"".join(sectors) + fat


def _directory(streams: Mapping[str, bytes], starts: Mapping[str, int]) -> bytes:
    entries = [_entry("Root Entry", 5, child=1, start=END, size=0)]
    for number, (name, content) in enumerate(streams.items(), 1):
        right = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, child=FREE, start=starts[name], size=len(content), right=right))
    while len(entries) % 4:
        entries.append(b"\0" * 66 + struct.pack("<BBIII", 0, 1, FREE, FREE, FREE) + b"\0" * 48)
    return b"".join(entries)


def _entry(name: str, kind: int, *, child: int, start: int, size: int, right: int = FREE) -> bytes:
    title = (name + "\0").encode("utf-16-le")
    return (
        title.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(title), kind, 1, FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
