"""Verification of files that a spreadsheet program has opened and saved.

Kinds of test: by hand (each thing such a program does, done to one file; then all of them at once).
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ledger.sound_case import seal
from violence_stats.ledger.faults import Fault

UNDO = "restore figures.csv in the folder 'sound' from a copy, and make the change in a text editor"


def faults_of(folder: Path, name: str, content: bytes) -> tuple[Fault, ...]:
    (folder / name).write_bytes(content)
    seal(folder)
    return vs.verify_case(folder).faults


def sound(folder: Path, name: str = "figures.csv") -> str:
    return (folder / name).read_text("utf-8")


def with_semicolons(text: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda text: with_semicolons(text).encode(), "cells are separated by semicolons, not commas"),
        (lambda text: text.replace(",", "\t").encode(), "cells are separated by tabs, not commas"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "a byte order mark stands before the header"),
        (lambda text: b"\xff\xfe" + text.encode("utf-16-le"), "a byte order mark stands before the header"),
        (lambda text: text.replace("\n", "\r\n").encode(), "lines end in CR LF, not LF"),
        (lambda text: text.replace("misprint", "errata de imprenta: año").encode("cp1252"), "its text is not UTF-8"),
        (lambda text: (text + ",,,,,,,,,,,,,\n\n").encode(), "2 lines hold no cell, or separators only"),
    ],
    ids=["semicolons", "tabs", "mark", "utf-16", "cr-lf", "cp1252", "blank-lines"],
)
def test_another_form_is_recognised(folder: Path, content: object, words: str) -> None:
    assert callable(content)
    text = sound(folder).replace('"January, February"', "January to February")
    (fault,) = faults_of(folder, "figures.csv", content(text))
    assert (fault.check, fault.file) == ("spreadsheet", "figures.csv")
    assert words in fault.message
    assert UNDO in fault.message
    assert "Data > From Text/CSV, UTF-8, comma, all columns as text" in fault.message


@pytest.mark.parametrize(
    ("old", "new", "row", "words"),
    [
        ("2001-05-20,30", "20/05/2001,30", 11, "column end holds a date in local order, '20/05/2001'"),
        ("2001-05-20,30", "5/20/2001,30", 11, "column end holds a date in local order, '5/20/2001'"),
        ("2001-05-20,30", "20.5.01,30", 11, "column end holds a date in local order, '20.5.01'"),
        ("2001-05-20,30", "2001-5-20,30", 11, "column end holds a date with its leading zeros lost, '2001-5-20'"),
        ("2001-05-20,30", "37031,30", 11, "column end holds a date as a number of days, '37031'"),
        ("2001-05-20,30", "2001-05-20 00:00:00,30", 11, "column end holds a date with a time of day"),
        ("PNC,2001-03,", "PNC,mar-01,", 3, "column reported holds a month or day by name, 'mar-01'"),
        ("PNC,2001-03,", "PNC,2001-3,", 3, "column reported holds a date with its leading zeros lost, '2001-3'"),
        ("2001-05-31,9000", "2001-05-31,9.000", 14, "column value holds a number with a thousands mark, '9.000'"),
        ("2001-05-31,9000", '2001-05-31,"9,000"', 14, "column value holds a number with a thousands mark, '9,000'"),
        ("2001-05-20,30", "2001-05-20,30.0", 11, "column value holds a whole number with decimals, '30.0'"),
        ("2001-05-31,9000", "2001-05-31,9E+03", 14, "column value holds a number in scientific notation, '9E+03'"),
        ("F0010", "F10", 11, "column figure_id holds an identifier with its leading zeros lost, 'F10'"),
    ],
)
def test_a_changed_cell_is_recognised(folder: Path, old: str, new: str, row: int, words: str) -> None:
    text = sound(folder)
    assert text.count(old) == 1
    (fault,) = faults_of(folder, "figures.csv", text.replace(old, new).encode())
    assert (fault.check, fault.file, fault.row) == ("spreadsheet", "figures.csv", row)
    assert words in fault.message


def test_a_decimal_comma_is_recognised(folder: Path) -> None:
    text = sound(folder, "published_effects.csv").replace("0.8", '"0,8"')
    (fault,) = faults_of(folder, "published_effects.csv", text.encode())
    assert "column estimate holds a number with a decimal comma, '0,8'" in fault.message


def test_a_file_saved_whole_is_told_once_for_each_thing_done_to_it(folder: Path) -> None:
    local = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", sound(folder)).replace(",9000,", ",9.000,")
    content = b"\xef\xbb\xbf" + with_semicolons(local).replace("\n", "\r\n").encode()
    faults = faults_of(folder, "figures.csv", content)
    assert [(one.check, one.file) for one in faults] == [("spreadsheet", "figures.csv")] * 5
    assert "column start holds a date in local order, '01/01/2001' (and 39 more cells)" in faults[3].message
    assert all(UNDO in one.message for one in faults)


def test_an_identifier_that_fits_no_pattern_is_not_blamed_on_a_spreadsheet(folder: Path) -> None:
    (fault,) = faults_of(folder, "figures.csv", sound(folder).replace("F0010", "G0010").encode())
    assert fault.check == "schema"
