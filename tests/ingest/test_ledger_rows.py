"""A reading as rows of a ledger.

Kinds of test: by hand; round trip (the rows make a table that the ledger's own parser reads).
"""

from __future__ import annotations

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.ledger_rows import LedgerLabels, make_ledger_rows
from violence_stats.ledger.cells import escape_formula
from violence_stats.ledger.reading import Row
from violence_stats.ledger.tables import COLUMNS, parse_figure, parse_source

LABELS = LedgerLabels(country="AAA", measure="homicides", publisher="POL", reported="2020-07-08", first_id=12)
TABLE = "Mes,2020\nEnero,5\nFebrero,nd\nMarzo,7\n"


def test_the_ledger_reads_the_rows(write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("../t.csv".rpartition("/")[2], TABLE))
    rows = make_ledger_rows(reading.series, reading.report, LABELS)
    source = parse_source(Row("sources.csv", 2, rows.source))
    figures = [parse_figure(Row("figures.csv", 2, row), {source.source_id: source}) for row in rows.figures]
    assert [(one.figure_id, str(one.window), one.value) for one in figures] == [
        ("F0012", "2020-01", 5),
        ("F0013", "2020-03", 7),
    ]
    assert figures[0].note == "read from t.csv, B2"
    assert [tuple(row) for row in rows.figures] == [COLUMNS["figures.csv"]] * 2


@pytest.mark.parametrize(
    ("file", "source_id"),
    [
        ("Año 2020 (final).xlsx", "ano-2020-final"),
        ("../../etc/passwd", "passwd"),
        ("..\\x.csv", "x"),
        ("=.csv", "file"),
    ],
)
def test_an_id_is_made_from_the_name_only(file: str, source_id: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", TABLE))
    report = type(reading.report)(file=file, sheet="", form="csv", layout="")
    assert make_ledger_rows(reading.series, report, LABELS).source["source_id"] == source_id


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_starts_a_formula(text: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", TABLE))
    labels = LedgerLabels(country="AAA", measure=text, publisher="POL", title=text)
    rows = make_ledger_rows(reading.series, reading.report, labels)
    assert rows.figures[0]["measure"] == rows.source["title"] == escape_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "aaa"},
        {"measure": ""},
        {"publisher": ""},
        {"status": "x"},
        {"quality": "x"},
        {"reported": "8 July"},
        {"source_id": "../x"},
        {"first_id": 0},
    ],
)
def test_labels_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(SelectionError, match=next(iter(wrong))):
        LedgerLabels(**({"country": "AAA", "measure": "m", "publisher": "P"} | wrong))


def test_a_series_without_counts(write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", TABLE))
    rates = type(reading.series)(observations=reading.series.observations, kind="rate")
    with pytest.raises(DataError, match="expected a series of counts"):
        make_ledger_rows(rates, reading.report, LABELS)
