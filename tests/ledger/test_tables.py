"""Rows to records, and corrections with the guard that fails once the row has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.ledger.conftest import TABLES, WriteCase
from violence_stats.errors import DataError
from violence_stats.ledger.case import load_case
from violence_stats.ledger.reading import read_rows
from violence_stats.ledger.records import Correction
from violence_stats.ledger.tables import COLUMNS, apply_corrections, by_id, parse_figure, parse_source
from violence_stats.months import Window


def figures_with(old: str, new: str) -> dict[str, str | None]:
    assert old in TABLES["figures.csv"]
    return {"figures.csv": TABLES["figures.csv"].replace(old, new)}


def test_a_figure_is_read(case_folder: Path) -> None:
    figure = load_case(case_folder).ledger.figures["A7"]
    assert (figure.value, figure.window) == (8, Window(date(2001, 4, 1), date(2001, 4, 30)))
    assert (figure.publisher, figure.definition, figure.status, figure.quality) == ("POL", "all", "digitised", "medium")


def test_a_blank_date_of_report_takes_the_sources(case_folder: Path) -> None:
    figures = load_case(case_folder).ledger.figures
    assert figures["A2"].known_on == date(2001, 3, 5)
    assert figures["A3"].known_on == date(2001, 6, 30)
    assert figures["A7"].known_on == date(2001, 5, 20)
    assert figures["A8"].known_on is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("A1,AAA", ",AAA", r"figures\.csv row 2, column figure_id: expected some text"),
        ("A2,AAA", "A1,AAA", r"row 3, column figure_id: expected an id of its own \(row 2 has it\)"),
        (",10,all", ",-10,all", r"row 2, column value: expected a whole number of 0 or more"),
        (",10,all", ",10.5,all", r"row 2, column value"),
        ("2001-01-01,2001-01-31,10", "2001-01-31,2001-01-01,10", r"row 2, column end: expected a day not before"),
        ("2001-01-01,2001-01-31,10", "01/01/2001,2001-01-31,10", r"row 2, column start: expected a day as YYYY-MM-DD"),
        ("2001-02-05,published,high,dated", "2001-02-05,guessed,high,dated", r"row 2, column status: expected one of"),
        ("2001-02-05,published,high,dated", "2001-02-05,published,good,dated", r"row 2, column quality"),
        ("2001-02-05,published,high,dated", "5 February,published,high,dated", r"row 2, column reported"),
        (
            "2001-02-05,published,high,dated",
            "2001-02-05,published,high,lost",
            r"source_id: expected the id of a row in",
        ),
    ],
)
def test_a_faulty_figure_is_refused(write_case: WriteCase, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_case(write_case(figures_with(old, new)))


def test_other_tables_are_read(case_folder: Path) -> None:
    case = load_case(case_folder)
    assert case.event("curfew").window == Window(date(2001, 4, 2), date(2001, 4, 9))
    assert case.reported_changes[0].change_pct == -12.5
    assert case.reported_changes[0].baseline == Window(date(2001, 1, 1), date(2001, 1, 31))
    effect, finding = case.published_effects
    assert (effect.estimate, effect.ci_low, effect.ci_high) == (0.8, 0.5, 1.2)
    assert (finding.window, finding.estimate) == (None, None)


def test_a_correction_changes_what_is_read_and_nothing_else(write_case: WriteCase) -> None:
    correction = "id,field,old,new,why\nA1,value,10,11,misread\nA1,note,,corrected,to say so\n"
    case = load_case(write_case({"corrections.csv": correction}))
    assert (case.ledger.figures["A1"].value, case.ledger.figures["A1"].note) == (11, "corrected")
    assert case.ledger.figures["A2"].value == 12
    assert case.corrections[0] == Correction(figure_id="A1", field="value", old="10", new="11", why="misread")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("A1,value,9,11,misread", r"A1 expects value to be '9', but figures\.csv row 2 has '10'; look at the document"),
        ("A99,value,9,11,misread", r"A99 is corrected, but figures\.csv has no such figure"),
        ("A1,figure_id,A1,B1,renamed", r"corrections\.csv row 2, column field: expected one of country"),
        ("A1,value,10,11,", r"corrections\.csv row 2, column why: expected some text"),
        ("A1,value,10,-11,misread", r"figures\.csv row 2, column value: expected a whole number"),
    ],
)
def test_a_void_correction_is_refused(write_case: WriteCase, line: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_case(write_case({"corrections.csv": f"id,field,old,new,why\n{line}\n"}))


def test_two_corrections_of_one_cell_follow_each_other() -> None:
    rows = read_rows(TABLES["figures.csv"].encode(), "figures.csv", COLUMNS["figures.csv"])
    chained = [
        Correction(figure_id="A1", field="value", old="10", new="11", why="first"),
        Correction(figure_id="A1", field="value", old="11", new="12", why="second"),
    ]
    sources = by_id(
        read_rows(TABLES["sources.csv"].encode(), "sources.csv", COLUMNS["sources.csv"]), "source_id", parse_source
    )
    assert parse_figure(apply_corrections(rows, chained)[0], sources).value == 12
    assert rows[0].cells["value"] == "10"
