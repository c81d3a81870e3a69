"""The cells that did not enter a series, so that none is left out unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from violence_stats.ingest import words
from violence_stats.ingest.axis import TimeAxis
from violence_stats.ingest.choosing import Choice
from violence_stats.ingest.columns import TableColumns
from violence_stats.ingest.day_matrix import day_heading
from violence_stats.ingest.report import LeftCells
from violence_stats.ingest.thousands import Place, is_blank, looks_like_number
from violence_stats.ingest.totals import total_label

_SHOWN = 60
_ROWS_ABOVE = 3


def refuse_unread_counts(choice: Choice, described: TableColumns) -> None:
    """Refuse counts of the series in a row whose label is no time, such as a month that is misspelt.

    Raises
    ------
    DataError
        Naming the label.
    """
    axis, grid = choice.axis, choice.axis.grid
    rows = {row for row, _ in grid.cells if row >= axis.first_row or _counts_above(choice, row)}
    for row in sorted(rows - set(axis.rows) - set(axis.others)):
        label = grid.at(row, axis.column)
        counted = [one.index for one in choice.columns if looks_like_number(grid.at(row, one.index))]
        if not counted or total_label(axis, row, described.year_columns) is not None:
            continue
        if words.says_no_count(label) or (label is None and row > axis.last_row + 1):
            continue
        if label is None and _label_before(axis, row):
            continue
        raise grid.fault(
            row,
            axis.column,
            f"a {'date' if axis.kind == 'day' else axis.kind} beside the count in {grid.name(row, counted[0])}",
            "correct the label, or pass cells= with a block that ends before it",
        )


def _counts_above(choice: Choice, row: int) -> bool:
    """Whether a row above the first label holds a text and numbers that are no years: it may be a misspelt label."""
    grid = choice.axis.grid
    label, values = grid.at(row, choice.axis.column), [grid.at(row, one.index) for one in choice.columns]
    numbers = [value for value in values if looks_like_number(value)]
    is_heading = words.says_date(label) or words.says_year(label) or words.says_code(label) or words.says_week(label)
    return bool(
        isinstance(label, str)
        and not is_heading
        and numbers
        and not all(words.years_in(str(value)) for value in numbers)
        and row > choice.axis.first_row - _ROWS_ABOVE
    )


def _label_before(axis: TimeAxis, row: int) -> bool:
    return isinstance(axis.grid.at(row, axis.column - 1), str)


def left_cells(choice: Choice, described: TableColumns, used: Collection[Place]) -> tuple[LeftCells, ...]:
    """List every cell that holds something and was neither taken, nor checked, nor read as a label."""
    axis = choice.axis
    labels = {(row, column) for row in axis.rows for column in (*axis.time_columns, *described.year_columns)}
    labels |= {(row, axis.column) for row in axis.others}
    labels |= {place for one in described.counts for place in day_heading(axis, one.index, one.day)}
    summed = {row for row, _ in used} - set(axis.rows)
    rest = [
        place
        for place, value in axis.grid.cells.items()
        if place not in labels and place not in used and not (place[0] in summed and words.is_total(value))
    ]
    columns = {one.index for one in described.counts}
    in_columns = sorted(place for place in rest if place[0] in axis.rows and place[1] in columns)
    beside = [
        place
        for place in sorted(set(rest) - set(in_columns))
        if not (place[0] in axis.rows and place[1] in described.attributes)
    ]
    return (*_by_column(choice, described, in_columns), *_by_row(axis, beside))


def _by_column(choice: Choice, described: TableColumns, places: list[Place]) -> Iterator[LeftCells]:
    grid, taken = choice.axis.grid, {one.index for one in choice.columns}
    reasons = {
        "left": "a rate, share, average, population or code",
        "cumulative": "counts from the beginning of the year",
        "total": "a total of several series",
        "subtotal": "a total of some series",
        "count": "another series",
    }
    for column in described.counts:
        rows = [place[0] for place in places if place[1] == column.index]
        if rows:
            why = "blank, or a row that was not asked for" if column.index in taken else reasons[column.role]
            cells = grid.names(rows[0], column.index, rows[-1], column.index)
            yield LeftCells(cells=cells, text=column.name[:_SHOWN], why=why)


def _by_row(axis: TimeAxis, places: list[Place]) -> Iterator[LeftCells]:
    """List the cells by row of the file, whichever way the grid is turned."""
    grid = axis.grid
    by_row: dict[int, list[Place]] = {}
    for row, column in places:
        by_row.setdefault(column if grid.is_turned else row, []).append((row, column))
    for _, cells in sorted(by_row.items()):
        text = " | ".join(str(grid.at(*place)) for place in cells[:8])
        yield LeftCells(cells=grid.names(*cells[0], *cells[-1]), text=text[:_SHOWN], why=_why(axis, cells, text))


def _why(axis: TimeAxis, places: list[Place], text: str) -> str:
    row, column = places[0]
    if row < axis.first_row or (axis.grid.is_turned and column <= axis.column):
        return "a title or heading"
    if total_label(axis, row) is not None:
        return "a total of other series"
    if row > axis.last_row:
        return "beside the table" if axis.grid.is_turned else "a note below the table"
    if all(is_blank(axis.grid.at(*place)) for place in places):
        return "says that nothing is known"
    return "a rate, share or average" if words.says_no_count(text) else "no label of time in its row"
