"""Cells as they are written: whatever text comes, a row stays a row and nothing runs in a spreadsheet.

Kinds of test: property (hypothesis).
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from violence_stats.ledger.cells import append_rows, plain_line, write_rows
from violence_stats.ledger.raw import parse_table

COLUMNS = ("one", "two")
ANY_TEXT = st.text(max_size=40)


@given(ANY_TEXT, ANY_TEXT)
def test_a_row_of_plain_lines_is_read_back_as_one_row(first: str, second: str) -> None:
    row = {"one": plain_line(first), "two": plain_line(second)}
    table = parse_table("t.csv", append_rows(b"one,two\n", [row], COLUMNS))
    if any(row.values()):
        assert [dict(one.cells) for one in table.rows] == [row]
    assert table.misshapen == ()


@given(ANY_TEXT)
def test_a_plain_line_is_printable_and_no_formula(text: str) -> None:
    line = plain_line(text)
    assert line.isprintable()
    assert not line.startswith(("=", "+", "-", "@"))


@given(ANY_TEXT)
def test_words_are_kept(text: str) -> None:
    kept = plain_line(text).removeprefix("'").split()
    assert "".join(kept).replace("'", "") == "".join(sign for sign in text if sign.isprintable() and sign not in " '")


def test_a_table_whose_last_line_is_open_is_ended_first() -> None:
    assert append_rows(b"one,two\na,b", [{"one": "c", "two": "d,e"}], COLUMNS) == b'one,two\na,b\nc,"d,e"\n'
    assert write_rows([], COLUMNS) == b""
