"""Tables read as they lie, whatever is wrong with them.

Kinds of test: by hand.
"""

from __future__ import annotations

from violence_stats.ledger.raw import parse_table


def test_rows_carry_the_line_on_which_they_begin() -> None:
    table = parse_table("t.csv", b'a,b\n1,"x, y"\n\n2,"one\ntwo"\n3,z\n')
    assert table.header == ("a", "b")
    assert [(row.number, row.cells["b"]) for row in table.rows] == [(2, "x, y"), (6, "z")]
    assert table.blank_lines == (3,)
    assert [(row.line, row.cells, row.n_lines) for row in table.misshapen] == [(4, ("2", "one\ntwo"), 2)]


def test_a_quote_left_open_swallows_no_more_than_its_row_says() -> None:
    table = parse_table("t.csv", b'a,b\n1,"x\n' + b"2,y\n" * 50_000)
    assert not table.rows
    assert [row.line for row in table.misshapen] == [2]


def test_an_empty_file_is_an_empty_table() -> None:
    table = parse_table("t.csv", b"")
    assert (table.header, table.rows, table.misshapen) == ((), (), ())


def test_texts_of_a_column_hold_what_misshapen_rows_may_say() -> None:
    table = parse_table("t.csv", b"a,b\n1,2\n3\n")
    assert table.texts("a") == {"1", "3"}
    assert list(table.column("c")) == []
