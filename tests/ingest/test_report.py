"""The report of a reading, in words, as a table and as plain values.

Kinds of test: by hand.
"""

from __future__ import annotations

import json

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from tests.ingest.spreadsheets import xlsx
from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.grid import column_letters, column_number, parse_range

TABLE = "Homicidios\nMes;2019;2020\nEnero;1.085;954\nFebrero;990;nd\nMarzo;1.010;900\nTotal;3.085;1.854\nFuente: x\n"


def test_in_words(write_file: WriteFile) -> None:
    assert vs.read_counts(write_file("t.csv", TABLE)).report.summary() == (
        "t.csv (csv, UTF-8, cells separated by semicolons)\n"
        "months down in A3:A5; years 2019 to 2020 across\n"
        "taken: 5 counts, 2019-01 to 2020-03\n"
        "not known:\n"
        "  2020-02 (C4)\n"
        "printed totals: 2; equal to their cells: 2\n"
        "left:\n"
        "  A1: 'Homicidios', a title or heading\n"
        "  A2:C2: 'Mes | 2019 | 2020', a title or heading\n"
        "  A7: 'Fuente: x', a note below the table\n"
        "assumed:\n"
        "  4 cells such as B3 (1.085) are read as thousands written with a point: 1,085\n"
        "  cells that hold 'nd' are read as not known, not as 0\n"
        "  days that no label covers stay unknown: 1 gaps, the first between 2019-03 and 2020-01\n"
    )


def test_as_a_table_and_as_plain_values(write_file: WriteFile) -> None:
    report = vs.read_counts(write_file("t.csv", TABLE)).report
    frame = report.to_frame()
    assert frame["what"].value_counts().to_dict() == {"taken": 6, "left": 3, "checked": 2}
    assert frame.loc[0, ["cells", "value"]].tolist() == ["B3", 1085]
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain["taken"][0] == {
        "start": "2019-01-01",
        "end": "2019-01-31",
        "value": 1085,
        "cells": "B3",
        "text": "1.085",
    }
    assert plain["checks"][0]["summed"] == 3085


def test_readings_as_plain_values(write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.xlsx", xlsx([["Mes", 2020], ["Enero", 5], ["Febrero", 6]])))
    assert json.loads(json.dumps(reading.to_dict()))["series"]["windows"][0]["value"] == 5
    assert reading.to_frame()["value"].tolist() == [5, 6]
    assert "taken: 2 counts" in reading.summary()


@pytest.mark.parametrize(
    "options", [{"thousands": "x"}, {"year": 20}, {"year": "2020"}, {"sheet": "Hoja1"}, {"where": {"x": "y"}}]
)
def test_options_that_cannot_be(options: dict[str, object], write_file: WriteFile) -> None:
    with pytest.raises(SelectionError, match=next(iter(options))):
        vs.read_counts(write_file("t.csv", TABLE), **options)
    with pytest.raises(TypeError, match="unexpected keyword"):
        vs.read_counts(write_file("t.csv", TABLE), sheets="Hoja1")


@pytest.mark.parametrize("cells", ["A3", "B2:A1", "A2:A1", "", "A0:B2", 3])
def test_blocks_that_cannot_be(cells: str, write_file: WriteFile) -> None:
    with pytest.raises(DataError, match="cells="):
        vs.read_counts(write_file("t.csv", TABLE), cells=cells)


def test_cells_are_named_as_spreadsheets_do() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 20_000, 7))
    assert str(parse_range(" a3:n20 ")) == "A3:N20"


@pytest.mark.parametrize("mark", ["p/", "p", "(p)", "*", "1/", "P/", "r/", "(prel.)"])
@pytest.mark.parametrize("across", [False, True])
def test_a_mark_after_a_month_is_told(write_file: WriteFile, mark: str, *, across: bool) -> None:
    label = f"Marzo {mark}"
    text = f"Año;Enero;Febrero;{label}\n2020;3;4;5\n" if across else f"Mes;2020\nEnero;3\nFebrero;4\n{label};5\n"
    reading = vs.read_counts(write_file("t.csv", text))
    assert reading.series.total("2020-03") == 5
    told = (
        f"{mark.lower()!r} after 1 of 3 labels, the first in {'D1' if across else 'A4'} ({label!r}), is read as a mark"
    )
    assert [told in guess for guess in reading.report.guesses] == [True]


@pytest.mark.parametrize("label", ["Marzo x", "Marzo a/", "Marzo pp", "Marzo/p/2", "Marzo p/ q/"])
def test_any_other_sign_after_a_month_is_refused(write_file: WriteFile, label: str) -> None:
    with pytest.raises(DataError, match="expected a month beside the count in B4"):
        vs.read_counts(write_file("t.csv", f"Mes;2020\nEnero;3\nFebrero;4\n{label};5\n"))
