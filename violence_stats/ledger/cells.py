"""Cells of a table as they are written: nothing that a spreadsheet program would run, and quoted where it has to be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

TableRow = Mapping[str, str]
"""Cells by column, as text."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def escape_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet program would take for a formula.

    A text that is such a one behind apostrophes of its own gets one too, so that `restore_formula` gives any text back.

    Examples
    --------
    >>> escape_formula("=2+3"), escape_formula("Norte")
    ("'=2+3", 'Norte')
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_SIGNS) else text


def restore_formula(text: str) -> str:
    """Take the apostrophe away that `escape_formula` put before a text.

    Examples
    --------
    >>> restore_formula("'=2+3"), restore_formula("'Norte'")
    ('=2+3', "'Norte'")
    """
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA_SIGNS) else text


def plain_line(text: str) -> str:
    """Put a text on one line, without what cannot be printed, and escape what looks like a formula."""
    one_line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return escape_formula(one_line)


def write_rows(rows: Iterable[TableRow], columns: tuple[str, ...]) -> bytes:
    r"""Write rows as lines of a table: commas, UTF-8, ending in ``\n``, quotes only where they are needed."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([row[column] for column in columns] for row in rows)
    return stream.getvalue().encode("utf-8")


def append_rows(content: bytes, rows: Iterable[TableRow], columns: tuple[str, ...]) -> bytes:
    """Put rows at the end of a table, whether or not its last line is ended."""
    ended = content if content.endswith(b"\n") else content + b"\n"
    return ended + write_rows(rows, columns)
