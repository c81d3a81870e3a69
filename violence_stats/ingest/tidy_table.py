"""A table with one row of headings and one entry a row, found by its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from violence_stats.errors import SelectionError
from violence_stats.ingest.grid import Value, column_letters
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.sheets import FileForm, NumberedRow, stream_sheets
from violence_stats.ingest.source_file import SourceFile

_HEADING_ROWS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyTable:
    """A table whose headings are known; its rows stream by.

    Attributes
    ----------
    places : mapping of str to int
        Column of each heading that is known, counted from 0; headings in lower case without accents.
    heading_row : int
        Counted from 1.
    """

    form: FileForm
    sheet: str
    places: Mapping[str, int]
    heading_row: int
    rows: Iterator[NumberedRow]

    def cell(self, cells: Sequence[Value], heading: str) -> Value:
        """Give the cell of a row under a heading; None where the row ends before it or lacks the column."""
        place = self.places.get(heading)
        value = cells[place] if place is not None and place < len(cells) else None
        return (value.strip() or None) if isinstance(value, str) else value

    def name(self, row: int, heading: str) -> str:
        """Name a cell as a spreadsheet does."""
        return f"{column_letters(self.places[heading] + 1)}{row}"


def find_tidy_table(source: SourceFile, sheet: str | None, required: Sequence[str]) -> TidyTable:
    """Find the first sheet with a row that has all headings required.

    Raises
    ------
    DataError
        If the file cannot be read.
    SelectionError
        If no sheet has such a row.
    """
    for form, name, rows in stream_sheets(source, sheet):
        for number, cells in islice(rows, _HEADING_ROWS):
            places = {fold(str(cell)): place for place, cell in enumerate(cells) if cell is not None}
            if all(heading in places for heading in required):
                return TidyTable(form=form, sheet=name, places=places, heading_row=number, rows=rows)
    raise SelectionError(
        f"{source.name}: expected a row with the headings {', '.join(required)}, got none among the first "
        f"{_HEADING_ROWS} rows of its sheets; give the file as its publisher offers it"
    )
