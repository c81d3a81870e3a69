"""Text files in every encoding and with every sign between cells.

Kinds of test: by hand.
"""

from __future__ import annotations

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from violence_stats.errors import DataError

TABLE = "Año,Homicidios en “Cuscatlán”\n2019,5\n2020,6\n"
PLAIN = "Año,Homicidios en Cuscatlán\n2019,5\n2020,6\n"


@pytest.mark.parametrize(
    ("encoding", "text", "named"),
    [
        ("utf-8", TABLE, "UTF-8"),
        ("utf-8-sig", TABLE, "UTF-8 with a byte order mark"),
        ("utf-16", TABLE, "UTF-16"),
        ("cp1252", TABLE, "Windows-1252"),
        ("latin-1", PLAIN, "Latin-1"),
        ("cp1252", PLAIN, "Latin-1"),
    ],
)
def test_every_encoding(encoding: str, text: str, named: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", text.encode(encoding)))
    assert reading.series.total("2020") == 6
    assert reading.report.form == f"csv, {named}, cells separated by commas"
    assert text.split("\n", maxsplit=1)[0].split(",")[1][-11:] in reading.report.left[0].text


@pytest.mark.parametrize(
    ("content", "sign"),
    [
        ("mes;n\n2020-01;1,085\n2020-02;1,102\n2020-03;954\n", "semicolons"),
        ("mes\tn\n2020-01\t5\n2020-02\t6\n", "tabs"),
        ("mes|n\n2020-01|5\n2020-02|6\n", "bars"),
        ('mes,n\n2020-01,"1,085"\n2020-02,954\n', "commas"),
        ("sep=;\nmes;n\n2020-01;5\n2020-02;6\n", "semicolons"),
        ("mes;n\n2020-01;5\n2020-02;6\nFuente: a, b, c, d, e, f y g;\n", "semicolons"),
        ("mes;n\r2020-01;5\r2020-02;6\r", "semicolons"),
    ],
)
def test_every_sign_between_cells(content: str, sign: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", content))
    assert sign in reading.report.form
    assert reading.series.n_windows >= 2


def test_bytes_of_no_encoding_are_refused(write_file: WriteFile) -> None:
    with pytest.raises(DataError, match="UTF-8, Latin-1 or Windows-1252"):
        vs.read_counts(write_file("t.csv", b"mes,n\xed\x81\n2020-01,5\n"))
