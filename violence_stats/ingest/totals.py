"""Printed totals beside the cells that they cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from violence_stats.errors import DataError
from violence_stats.ingest import words
from violence_stats.ingest.axis import TimeAxis
from violence_stats.ingest.choosing import Choice
from violence_stats.ingest.columns import Column, TableColumns
from violence_stats.ingest.grid import Grid, Value
from violence_stats.ingest.report import TotalCheck
from violence_stats.ingest.thousands import Place, looks_like_number

_LABELS_BEFORE = 8


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A cell that sums others.

    Attributes
    ----------
    spans : tuple of tuple of Place
        The cells that it may cover, the nearest first: those of its block, those of its year, all.
    """

    place: Place
    spans: tuple[tuple[Place, ...], ...]


def find_totals(choice: Choice, described: TableColumns) -> tuple[PrintedTotal, ...]:
    """Find the totals of the series over time, of each window over the series beside it, and to each date of a year."""
    return (
        *_over_time(choice, described),
        *_over_columns(choice, described),
        *_over_blocks(choice, described),
        *_to_date(choice, described),
    )


def _over_time(choice: Choice, described: TableColumns) -> Iterator[PrintedTotal]:
    grid, axis = choice.axis.grid, choice.axis
    all_rows = {place[0] for place in grid.cells}
    rows = sorted(all_rows - set(axis.rows))
    marked = {row for row in rows if row in axis.others or total_label(axis, row, described.year_columns) is not None}
    for column in choice.columns:
        for row in sorted(marked):
            if not looks_like_number(grid.at(row, column.index)):
                continue
            spans = _covered(choice, described, row, sorted(marked))
            if spans:
                cells = tuple(tuple((one, column.index) for one in span) for span in spans)
                yield PrintedTotal((row, column.index), cells)


def total_label(axis: TimeAxis, row: int, year_columns: Sequence[int] = ()) -> Value:
    """Give the text that makes a row a total; None where there is none."""
    places = {axis.column, *year_columns, *range(max(1, axis.column - _LABELS_BEFORE), axis.column)}
    texts = (axis.grid.at(row, column) for column in sorted(places))
    return next((text for text in texts if words.is_total(text)), None)


def _covered(choice: Choice, described: TableColumns, row: int, marked: Sequence[int]) -> list[tuple[int, ...]]:
    """List the rows that a total may cover."""
    axis, rows = choice.axis, choice.rows
    label = axis.others.get(row)
    if _is_part(axis, row):
        return _parts_covered(choice, described, row, [one for one in marked if not _is_part(axis, one)])
    text = total_label(axis, row, described.year_columns)
    year = next(iter(words.years_in(text)), None) if text is not None else label.year if label is not None else None
    spans = [_block(rows, row, [one for one in marked if not _is_part(axis, one)])]
    if year is not None:
        spans.insert(0, tuple(one for one in rows if described.years.get(one) == year))
    if label is None:
        spans.append(tuple(rows))
    return [span for span in dict.fromkeys(spans) if span]


def _is_part(axis: TimeAxis, row: int) -> bool:
    return row in axis.others and axis.others[row].kind in {"part", "span"}


def _parts_covered(choice: Choice, described: TableColumns, row: int, ends: Sequence[int]) -> list[tuple[int, ...]]:
    """List the months of one year, above a quarter or half or below it, that lie inside it."""
    axis, label = choice.axis, choice.axis.others[row]
    above = max((one for one in ends if one < row), default=0)
    below = min((one for one in ends if one > row), default=max(choice.rows, default=0) + 1)
    years = {one: described.years.get(one) or axis.rows[one].year for one in choice.rows}
    inside = [one for one in choice.rows if _inside(axis.rows[one].months, label.months)]
    inside = [one for one in inside if label.year in {None, years[one]}]
    before, after = [one for one in inside if above < one < row], [one for one in inside if row < one < below]
    spans = (
        tuple(one for one in before if years[one] == years[before[-1]]),
        tuple(one for one in after if years[one] == years[after[0]]),
    )
    return [span for span in spans if span]


def _inside(months: tuple[int, int], part: tuple[int, int]) -> bool:
    return part[0] <= months[0] and months[1] <= part[1]


def _block(rows: Sequence[int], total: int, marked: Sequence[int]) -> tuple[int, ...]:
    """Rows between the previous total and this one; where none lie there, those that follow it."""
    before = max((one for one in marked if one < total), default=0)
    above = tuple(one for one in rows if before < one < total)
    if above:
        return above
    after = min((one for one in marked if one > total), default=max(rows, default=0) + 1)
    return tuple(one for one in rows if total < one < after)


def _over_columns(choice: Choice, described: TableColumns) -> Iterator[PrintedTotal]:
    counts = [one for one in described.counts if one.role == "count"]
    for total in (one for one in described.counts if one.role == "total"):
        parts = [one for one in counts if total.year is None or one.year == total.year]
        if total.year is None and len(choice.columns) > 1:
            parts = [one for one in choice.columns if one.role == "count"]
        if parts:
            yield from _row_by_row(choice, total, parts)


def _over_blocks(choice: Choice, described: TableColumns) -> Iterator[PrintedTotal]:
    """Find totals of parts: each sums the columns since the one before it, or those up to the next."""
    grid, columns = choice.axis.grid, described.counts
    ends = [place for place, one in enumerate(columns) if one.role in {"subtotal", "total"}]
    for place in (place for place in ends if columns[place].role == "subtotal"):
        before = max((end for end in ends if end < place), default=-1)
        after = min((end for end in ends if end > place), default=len(columns))
        blocks = (columns[before + 1 : place], columns[place + 1 : after])
        parts = [[one for one in block if one.role == "count"] for block in blocks]
        for row in choice.rows:
            spans = tuple(tuple((row, one.index) for one in block) for block in parts if block)
            if spans and looks_like_number(grid.at(row, columns[place].index)):
                yield PrintedTotal((row, columns[place].index), spans)


def _row_by_row(choice: Choice, total: Column, parts: Sequence[Column]) -> Iterator[PrintedTotal]:
    grid = choice.axis.grid
    leaves = _without_sums(choice, parts)
    for row in choice.rows:
        if looks_like_number(grid.at(row, total.index)):
            spans = [tuple((row, one.index) for one in span) for span in (parts, leaves) if span]
            yield PrintedTotal((row, total.index), tuple(dict.fromkeys(spans)))


def _without_sums(choice: Choice, parts: Sequence[Column]) -> list[Column]:
    """Leave out columns that are, window by window, the sum of those after them: a region before its departments."""
    grid = choice.axis.grid
    values = [tuple(grid.at(row, one.index) for row in choice.rows) for one in parts]
    leaves: list[Column] = []
    place = 0
    while place < len(parts):
        n_inside = _n_summed(values[place:])
        leaves += parts[place + 1 : place + 1 + n_inside] or [parts[place]]
        place += 1 + n_inside
    return leaves


def _n_summed(columns: Sequence[tuple[Value, ...]]) -> int:
    """Count the columns after the first that sum to it in every window; 0 where none do."""
    sums = [0] * len(columns[0])
    for n_inside, column in enumerate(columns[1:], 1):
        if not all(isinstance(one, int) for one in (*columns[0], *column)):
            return 0
        sums = [known + one for known, one in zip(sums, column, strict=True) if isinstance(one, int)]
        if tuple(sums) == columns[0]:
            return n_inside
    return 0


def _to_date(choice: Choice, described: TableColumns) -> Iterator[PrintedTotal]:
    """Find counts from the beginning of the year beside the counts of its windows, which have to sum to them."""
    for printed in (one for one in described.counts if one.role == "cumulative" and one not in choice.columns):
        parts = [one for one in choice.columns if one.year == printed.year]
        if len(parts) != 1 or parts[0].role == "cumulative":
            continue
        slots = sorted((one for one in choice.slots if one.column == parts[0].index), key=lambda one: one.window)
        for _, same_year in groupby(slots, key=lambda one: one.window.start.year):
            year = list(same_year)
            begins = year[0].window.start
            if (begins.month, begins.day) != (1, 1):
                continue
            for length, last in enumerate(year, 1):
                if looks_like_number(choice.axis.grid.at(last.row, printed.index)):
                    span = tuple((one.row, one.column) for one in year[:length])
                    yield PrintedTotal((last.row, printed.index), (span,))


def check_totals(
    grid: Grid, totals: Sequence[PrintedTotal], values: Mapping[Place, int | None], *, is_strict: bool
) -> tuple[TotalCheck, ...]:
    """Compare each printed total with the sum of its cells.

    Raises
    ------
    DataError
        If `is_strict` and a total differs from every span that it may cover; the message names the cells.
    """
    checks: list[TotalCheck] = []
    for total in totals:
        found = [_check(grid, total.place, span, values) for span in total.spans]
        made = [one for one in found if one is not None]
        if made:
            checks.append(next((one for one in made if one.agrees), made[0]))
    wrong = [one for one in checks if not one.agrees]
    if wrong and is_strict:
        listed = "; ".join(
            f"{one.cell} prints {one.printed:,} but {one.summed_cells} sum to {one.summed:,}" for one in wrong[:5]
        )
        raise DataError(
            f"{grid.where}: expected printed totals equal to the sums of their cells, got {len(wrong)} that differ: "
            f"{listed}; correct the cell that is wrong, or pass check_totals=False to list them in the report"
        )
    return tuple(checks)


def _check(grid: Grid, place: Place, span: Sequence[Place], values: Mapping[Place, int | None]) -> TotalCheck | None:
    printed = values.get(place)
    if printed is None:
        return None
    numbers = [values.get(one) for one in span]
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    return TotalCheck(
        cell=grid.name(*place),
        printed=printed,
        summed=sum(known),
        summed_cells=grid.names(*span[0], *span[-1]) if len(span) > 1 else grid.name(*span[0]),
        is_whole=len(known) == len(numbers),
    )
