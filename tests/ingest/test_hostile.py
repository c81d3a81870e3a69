"""Broken and hostile files: only the package's own errors come out, and each says what to do.

Kinds of test: by hand (one file a hazard); memory is held to a stated bound in a process of its own.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from tests.ingest.spreadsheets import Formula, compound_document, ods, xls, xlsx
from violence_stats.errors import DataError
from violence_stats.ingest import limits

TABLE = [["Mes", 2020], ["Enero", 5], ["Febrero", 6]]
MEMORY_MB = 400
"""Peak of this process and the one that opens the sheet; a plain start takes about 100."""


def bomb() -> bytes:
    held = io.BytesIO(xlsx(TABLE))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * (64 * limits.MEBIBYTE))
    return held.getvalue()


def many_members() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(limits.MAX_MEMBERS + 1):
            archive.writestr(f"{number}", b"")
    return held.getvalue()


def entities() -> bytes:
    body = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    return xlsx(TABLE, extra={"xl/extra.xml": body.encode()})


def flagged_locked(content: bytes) -> bytes:
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


LOCKED_ODS = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
HAZARDS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("t.csv", lambda: b"", "an empty file"),
    "blank": ("t.csv", lambda: b"\n\n , \n", "no cell that holds something"),
    "binary": ("t.csv", lambda: bytes(range(256)) * 20, "binary content"),
    "late binary": ("t.csv", lambda: b"mes,n\n" * 2000 + b"\0\0", "binary content"),
    "PDF": ("t.xlsx", lambda: b"%PDF-1.7\n", "a PDF; copy the table"),
    "picture": ("t.xls", lambda: b"\x89PNG\r\n\x1a\n", "a picture"),
    "web page": ("t.xls", lambda: b"  <html><table></table></html>", "a web page or XML"),
    "truncated xlsx": ("t.xlsx", lambda: xlsx(TABLE)[:-200], "damaged or truncated"),
    "truncated ods": ("t.ods", lambda: ods(TABLE)[:300], "damaged or truncated"),
    "truncated xls": ("t.xls", lambda: xls(TABLE)[:700], "damaged or truncated"),
    "locked xlsx": (
        "t.xlsx",
        lambda: compound_document({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
        "without a password",
    ),
    "locked archive": ("t.xlsx", lambda: flagged_locked(xlsx(TABLE)), "without a password"),
    "locked ods": ("t.ods", lambda: ods(TABLE, manifest=LOCKED_ODS), "without a password"),
    "locked xls": ("t.xls", lambda: xls(TABLE, locked=True), "without a password"),
    "other archive": ("t.xlsx", lambda: xlsx(TABLE).replace(b"xl/workbook.xml", b"xl/workbook.xmk"), "another archive"),
    "bomb": ("t.xlsx", bomb, "decompression bomb"),
    "many members": ("t.xlsx", many_members, "at most 10,000 files"),
    "entities": ("t.xlsx", entities, "XML entities"),
    "path parts": ("t.xlsx", lambda: xlsx(TABLE, extra={"../../evil.xml": b"x"}), "whose files lie inside it"),
    "absolute path": ("t.xlsx", lambda: xlsx(TABLE, extra={"/etc/evil.xml": b"x"}), "whose files lie inside it"),
    "last corner": (
        "t.xlsx",
        lambda: xlsx(
            [], sheet_xml='<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        "1,048,576 rows by 16,384 columns",
    ),
    "repeated rows": (
        "t.ods",
        lambda: ods(
            [],
            body='<table:table-row table:number-rows-repeated="10000000"><table:table-cell office:value-type="float" '
            'office:value="1" table:number-columns-repeated="1000"/></table:table-row>',
        ),
        "10,000,000 rows by 1,000 columns",
    ),
    "open quote": ("t.csv", lambda: b'mes,n\n"2020-01,5\n' + b"2020-02,6\n" * 20_000, "a quote that is opened"),
    "no dates": ("t.csv", lambda: b"a,b\nc,d\n", "expected dates, months or years"),
    "no counts": ("t.csv", lambda: b"mes,b\n2020-01,d\n2020-02,e\n", "expected counts beside the dates"),
    "wide": ("t.csv", lambda: b"a," * 20_000 + b"\n", "at most 16,384 cells"),
}


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_hazard_ends_in_our_own_error(hazard: str, write_file: WriteFile) -> None:
    name, make, message = HAZARDS[hazard]
    path = write_file(name, make())
    with pytest.raises(DataError, match=message) as raised:
        vs.read_counts(path)
    assert str(raised.value).startswith(name)
    assert str(path.parent) not in str(raised.value)


def test_no_file_and_no_regular_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent.csv: cannot be read \(No such file"):
        vs.read_counts(tmp_path / "absent.csv")
    with pytest.raises(DataError, match="expected a file, got a folder or device"):
        vs.read_counts(tmp_path)
    with pytest.raises(DataError, match="expected the path of a file"):
        vs.read_counts("a\0b")


@pytest.mark.skipif(os.name == "nt", reason="no such names on this system")
def test_a_name_does_not_steer_the_terminal(write_file: WriteFile) -> None:
    with pytest.raises(DataError, match=r"^\?\[31mt\.csv: expected a table, got an empty file"):
        vs.read_counts(write_file("\x1b[31mt.csv", b""))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "t.csv"
    os.mkfifo(pipe)
    with pytest.raises(DataError, match="folder or device"):
        vs.read_counts(pipe)


@pytest.mark.parametrize(("name", "kind"), [("t.csv", "xlsx"), ("t.xls", "xlsx"), ("t.xlsx", "ods"), ("t.ods", "xls")])
def test_a_wrong_ending_is_read_by_content_and_said(name: str, kind: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file(name, {"xlsx": xlsx, "ods": ods, "xls": xls}[kind](TABLE)))
    assert reading.series.values.tolist() == [5, 6]
    assert f"the content is {kind} and is read as that" in reading.report.guesses[0]


def test_formulas_links_and_errors_give_values_only_and_are_said(write_file: WriteFile) -> None:
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Mes</t></is></c><c r="B1"><v>2020</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Enero</t></is></c><c r="B2"><f>[1]Hoja1!A1+1</f><v>7</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Febrero</t></is></c>'
        '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>Marzo</t></is></c><c r="B4"><v>9</v></c></row>'
    )
    content = xlsx([], sheet_xml=sheet, extra={"xl/externalLinks/externalLink1.xml": b"<a/>"})
    reading = vs.read_counts(write_file("t.xlsx", content))
    assert [one.value for one in reading.report.taken] == [7, None, 9]
    said = " ".join(reading.report.guesses)
    assert "2 cells hold formulas: their last stored values are taken" in said
    assert "refers to other files: none is opened" in said
    assert "1 cells show an error such as #REF!" in said


def test_a_formula_as_text_stays_text(write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", "mes,n,nota\n2020-01,5,\"=cmd|'/c calc'!A0\"\n2020-02,6,+1\n"))
    assert reading.series.values.tolist() == [5, 6]


def test_the_writers_of_these_tests_write_what_is_read(write_file: WriteFile) -> None:
    rows = [["Mes", 2020], ["Enero", Formula("1+4", 5)], ["Febrero", 6]]
    assert vs.read_counts(write_file("t.xlsx", xlsx(rows))).series.total("2020-01") == 5


MEASURE = """
import resource, sys
import violence_stats as vs
from violence_stats.errors import DataError
try:
    print(vs.read_counts(sys.argv[1]).series.values.tolist())
except DataError as error:
    print(error)
# ru_maxrss of the process itself would count the test runner that started it, by which it was forked.
(own,) = (int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024)
"""


def blank_rows_csv() -> bytes:
    return b"mes,n\n2020-01,5\n" + b",\n" * 10_000_000 + b"2020-02,6\n"


def blank_rows_ods() -> bytes:
    blank = '<table:table-row table:number-rows-repeated="10000000"><table:table-cell/></table:table-row>'
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p xmlns:text="t">{month}</text:p>'
        f'</table:table-cell><table:table-cell office:value-type="float" office:value="{n}"/></table:table-row>'
        for month, n in (("2020-01", 5), ("2020-02", 6))
    )
    return ods([], body=rows + blank)


def nested_bomb() -> bytes:
    return xlsx([], sheet_xml="<row>" + "<c><v>1</v></c>" * 2_000_000 + "</row>")


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux gives it")
@pytest.mark.parametrize(
    ("name", "make"), [("t.csv", blank_rows_csv), ("t.ods", blank_rows_ods), ("t.xlsx", nested_bomb)]
)
def test_memory_stays_within_its_bound(name: str, make: Callable[[], bytes], write_file: WriteFile) -> None:
    command = [sys.executable, "-c", MEASURE, str(write_file(name, make()))]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    *_, peak = done.stdout.split()
    assert float(peak) < MEMORY_MB, done.stdout
