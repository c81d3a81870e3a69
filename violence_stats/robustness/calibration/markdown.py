"""Prose and tables in Markdown, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def prose_and_table(text: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, n_text: int) -> Iterator[str]:
    """Give some lines of prose, and a table under them; arguments as of `table`."""
    yield from text.split("\n")
    yield ""
    yield from table(columns, rows, n_text=n_text)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, n_text: int) -> Iterator[str]:
    """Give a table.

    Parameters
    ----------
    columns : sequence of str
        Their headings.
    rows : iterable of sequence of str
        One cell a column.
    n_text : int
        How many columns, the first ones, hold words; the others hold numbers and stand to the right.
    """
    yield _row(columns)
    yield _row(["---"] * n_text + ["---:"] * (len(columns) - n_text))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
