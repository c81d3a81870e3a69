"""Strict reading: each fault is refused with file, row, column, what was expected and what to do."""

from __future__ import annotations

from datetime import date

import pytest

from violence_stats.errors import DataError
from violence_stats.ledger.reading import Row, iso_day, known_on, read_rows
from violence_stats.months import Window

COLUMNS = ("id", "start", "end", "value")


def row(**cells: str) -> Row:
    return Row("t.csv", 7, cells)


def test_rows_are_read_with_the_number_that_an_editor_shows() -> None:
    rows = read_rows(b'id,start,end,value\na,,,1\n"b, c",,,"say ""no"""\n', "t.csv", COLUMNS)
    assert [one.number for one in rows] == [2, 3]
    assert rows[1].cells == {"id": "b, c", "start": "", "end": "", "value": 'say "no"'}


def test_line_ends_of_any_system_are_read() -> None:
    assert read_rows(b"id,start,end,value\r\na,,,1\r\n", "t.csv", COLUMNS)[0].cells["value"] == "1"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"t\.csv: expected a header row, got an empty file"),
        (b"id,start,value\n", r"t\.csv row 1: expected the columns id,start,end,value, got id,start,value"),
        (b"id;start;end;value\na;;;1\n", r"row 1: .*got semicolons; the file looks re-saved by a spreadsheet"),
        (b"\xef\xbb\xbfid,start,end,value\n", r"t\.csv: .*byte order mark.*save it again as CSV UTF-8 without a mark"),
        (b"id,start,end,value\na,,,1\nS\xe3o,,,1\n", r"t\.csv row 3: expected UTF-8.*re-saved"),
        (b"id,start,end,value\na,,,1\nb,,1\n", r"t\.csv row 3: expected 4 cells, got 3; quote a cell"),
        (b"id,start,end,value\n\na,,,1\n", r"t\.csv row 2: expected 4 cells, got 0; .*no blank line"),
        (b'id,start,end,value\na,,,"1\n', r"t\.csv row 2: not readable as CSV"),
    ],
)
def test_a_malformed_file_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_rows(content, "t.csv", COLUMNS)


def test_cells_are_read_by_type() -> None:
    one = row(id="a", start="2020-02-01", end="2020-02-29", value="012", share="-62.5", blank="", when="2020-09")
    assert one.text("id") == "a"
    assert one.choice("id", ("a", "b")) == "a"
    assert one.whole("value") == 12
    assert one.decimal("share") == -62.5
    assert one.optional_decimal("blank") is None
    assert one.window() == Window(date(2020, 2, 1), date(2020, 2, 29))
    assert one.optional_window("blank", "blank") is None
    assert one.partial_date("when") == "2020-09"
    assert one.partial_date("blank") == ""


@pytest.mark.parametrize("value", ["-5", "12.0", "1,234", "1 234", "", "1e3", "NaN", "²"])
def test_a_count_is_digits_only(value: str) -> None:
    with pytest.raises(DataError, match=r"t\.csv row 7, column value: expected a whole number of 0 or more") as caught:
        row(value=value).whole("value")
    assert f"got {value!r}; correct it" in str(caught.value)


@pytest.mark.parametrize("value", ["inf", "nan", "62,5", ""])
def test_a_number_is_finite_with_a_point(value: str) -> None:
    with pytest.raises(DataError, match="expected a number with a decimal point"):
        row(value=value).decimal("value")


@pytest.mark.parametrize("day", ["31/01/2020", "2020-1-1", "20200101", "2020-02-30", "2020-W01-1", "2020-01", ""])
def test_a_day_is_iso(day: str) -> None:
    with pytest.raises(DataError, match=r"row 7, column start: expected a day as YYYY-MM-DD, got"):
        row(start=day, end="2020-12-31").window()


def test_a_reversed_window_says_which_cells() -> None:
    with pytest.raises(DataError, match=r"row 7, column end: expected a day not before 2020-02-01, got '2020-01-31'"):
        row(start="2020-02-01", end="2020-01-31").window()


def test_other_cells_are_refused() -> None:
    with pytest.raises(DataError, match=r"column id: expected some text, got ''; fill it in"):
        row(id="").text("id")
    with pytest.raises(DataError, match=r"column id: expected one of a, b, got 'c'"):
        row(id="c").choice("id", ("a", "b"))
    with pytest.raises(DataError, match=r"column when: expected YYYY, YYYY-MM, YYYY-MM-DD or a blank, got '2020-9'"):
        row(when="2020-9").partial_date("when")


def test_a_month_or_year_counts_as_known_on_its_last_day() -> None:
    assert known_on("2020-09-02") == date(2020, 9, 2)
    assert known_on("2020-02") == date(2020, 2, 29)
    assert known_on("2019") == date(2019, 12, 31)
    for text in ("", "2020-H1", "2020-13", "2020-02-30", "2020/02/01", "20200201", "soon"):
        assert known_on(text) is None


def test_an_iso_day_is_ten_characters() -> None:
    assert iso_day("2020-02-29") == date(2020, 2, 29)
    assert iso_day("2021-02-29") is None
