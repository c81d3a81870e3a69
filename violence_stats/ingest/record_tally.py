"""Records counted as they stream by, by group and date; nothing else of a row is kept unless it is kept out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import limits
from violence_stats.ingest.grid import Value
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.record_amounts import AmountColumn, find_amount_column
from violence_stats.ingest.record_dates import DateColumn, DayOrder, DayReading
from violence_stats.ingest.report import KeptOutRow, LeftCells
from violence_stats.ingest.sheets import FileForm, NumberedRow, stream_sheets
from violence_stats.ingest.source_file import SourceFile

Group = tuple[str, ...]

_NO_NUMBER = "no number of victims"
BLANK_GROUP = "(blank)"
_HEADING_ROWS = 50
_SHOWN = 80
_EARLY_ROWS = 10_000
_MOSTLY = 0.9


@dataclass(frozen=True, slots=True)
class _RecordColumns:
    """Where the columns that are read lie, counted from 0."""

    date: int
    by: tuple[int, ...]
    amount: AmountColumn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted.

    Attributes
    ----------
    counts : mapping of group to mapping of DayReading to int
    n_by_order : Counter
        Rows by how sure the order of their day and month is.
    kept_out : list of KeptOutRow
        Rows whose date does not read in the order asked for; a swapped one says so in `why`.
    """

    sheet: str
    form: FileForm
    n_rows: int
    counts: Mapping[Group, Mapping[DayReading, int]]
    n_by_order: Counter[DayOrder]
    kept_out: list[KeptOutRow]
    other_sheets: tuple[LeftCells, ...] = ()


SWAPPED = "a date only with day and month the other way round"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsAsked:
    """What is asked of a table of records: the headings of its dates, groups and numbers, and where it is."""

    source: SourceFile
    sheet: str | None
    date: str
    by: Group
    count: str | None = None

    @property
    def where(self) -> str:
        """The file and column, as a message names them."""
        return f"{self.source.name}, column {self.date}"


def tally_records(asked: RecordsAsked, dates: DateColumn) -> Tally:
    """Count the rows below the headings by group and date.

    Raises
    ------
    DataError
        If the file cannot be read, nearly no date of the first rows reads, or the groups are too many.
    SelectionError
        If no sheet, or more than one, has a row with the headings asked for.
    """
    found: list[Tally] = []
    others: list[LeftCells] = []
    seen: list[Sequence[Value]] = []
    for form, sheet, rows in stream_sheets(asked.source, asked.sheet):
        columns = _find_columns(asked, rows, seen)
        if columns is None:
            others.append(LeftCells(cells=f"sheet {sheet}", text="", why="none of the headings asked for"))
        else:
            n_rows, counts, kept_out = _count(asked, columns, rows, dates)
            orders: Counter[DayOrder] = Counter()
            for readings in counts.values():
                for reading, n_in_group in readings.items():
                    orders[reading.order] += n_in_group
            found.append(
                Tally(sheet=sheet, form=form, n_rows=n_rows, counts=counts, n_by_order=orders, kept_out=kept_out)
            )
    if len(found) > 1:
        names = ", ".join(repr(one.sheet) for one in found)
        raise SelectionError(
            f"{asked.where}: expected one sheet with these headings, got {names}; pass sheet= with one"
        )
    if not found:
        widest = max(seen, key=len, default=())
        headings = ", ".join(repr(str(cell)[:40]) for cell in widest[:40] if cell)
        wanted = ", ".join(map(repr, (asked.date, *asked.by, *([asked.count] if asked.count else []))))
        raise SelectionError(
            f"{asked.source.name}: expected a row with the headings {wanted} among the first {_HEADING_ROWS}, "
            f"got {headings or 'none'}; name the columns as the file does"
        )
    return replace(found[0], other_sheets=tuple(others))


def _find_columns(
    asked: RecordsAsked, rows: Iterator[NumberedRow], seen: list[Sequence[Value]]
) -> _RecordColumns | None:
    wanted = [fold(name) for name in (asked.date, *asked.by, *([asked.count] if asked.count else []))]
    for number, cells in islice(rows, _HEADING_ROWS):
        seen.append(cells)
        names = [fold(str(cell)) if cell is not None else "" for cell in cells]
        if not all(name in names for name in wanted):
            continue
        for name in wanted:
            if names.count(name) > 1:
                raise SelectionError(
                    f"{asked.source.name} row {number}: expected one column called {name!r}, got "
                    f"{names.count(name)}; rename one"
                )
        places = [names.index(name) for name in wanted]
        amount = find_amount_column(asked.source.name, names, asked.count, wanted)
        return _RecordColumns(places[0], tuple(places[1 : 1 + len(asked.by)]), amount)
    return None


def _count(
    asked: RecordsAsked, columns: _RecordColumns, rows: Iterator[NumberedRow], dates: DateColumn
) -> tuple[int, dict[Group, dict[DayReading, int]], list[KeptOutRow]]:
    """Count row by row; a row whose date and groups were met before takes the short way, two look-ups."""
    groups = _Groups(asked, columns.by)
    days = dates.good_places
    by_raw = groups.by_raw
    pick = itemgetter(*columns.by) if columns.by else _nothing
    amounts = columns.amount
    kept_out: list[KeptOutRow] = []
    n_rows = 0
    for number, cells in rows:
        n_rows += 1
        try:
            day = days[cells[columns.date]]
            of_group = by_raw[pick(cells)]
        except (KeyError, IndexError):
            value = cells[columns.date] if columns.date < len(cells) else None
            day = dates.place(value)
            of_group = groups.counts(cells)
            if dates.readings[day].order in {"failed", "swapped"}:
                kept_out.append(_kept_out(number, value, dates.readings[day]))
                if n_rows == _EARLY_ROWS and len(kept_out) > _MOSTLY * n_rows:
                    raise unreadable(kept_out, n_rows, asked.where) from None
        amount = 1 if amounts is None else amounts.of(number, cells)
        if amount is None:
            if dates.readings[day].order not in {"failed", "swapped"}:
                kept_out.append(KeptOutRow(row=number, text=str(cells)[:_SHOWN], why=_NO_NUMBER))
            continue
        of_group[day] = of_group.get(day, 0) + amount
    return n_rows, groups.by_reading(dates), kept_out


def _nothing(_: Sequence[Value]) -> Group:
    return ()


def _kept_out(number: int, value: Value, reading: DayReading) -> KeptOutRow:
    why = SWAPPED if reading.order == "swapped" else reading.why
    return KeptOutRow(row=number, text="" if value is None else str(value)[:_SHOWN], why=why)


class _Groups:
    """Rows by group and by place of their date, the cells of a group as they are written leading to the same counts."""

    def __init__(self, asked: RecordsAsked, by: tuple[int, ...]) -> None:
        self._asked = asked
        self._by = by
        self._by_group: dict[Group, dict[int, int]] = {}
        self.by_raw: dict[object, dict[int, int]] = {}

    def counts(self, cells: Sequence[Value]) -> dict[int, int]:
        """Give the counts of the group that a row is in."""
        group = tuple(_group(cells, place) for place in self._by)
        counts = self._by_group.get(group)
        if counts is None:
            counts = self._by_group[group] = {}
            _refuse_many(self._by_group, self._asked)
        if len(self.by_raw) < limits.MAX_GROUPS and all(place < len(cells) for place in self._by):
            self.by_raw[itemgetter(*self._by)(cells) if self._by else ()] = counts
        return counts

    def by_reading(self, dates: DateColumn) -> dict[Group, dict[DayReading, int]]:
        """Give the rows of each group by what their date was read as, those without a date left out."""
        return {
            group: {dates.readings[place]: n for place, n in counts.items() if dates.readings[place].day is not None}
            for group, counts in self._by_group.items()
        }


def _group(cells: Sequence[Value], place: int) -> str:
    value = cells[place] if place < len(cells) else None
    return (str(value).strip() if value is not None else "") or BLANK_GROUP


def unreadable(kept_out: Sequence[KeptOutRow], n_rows: int, where: str) -> DataError:
    """Make the error that says that most dates do not read."""
    examples = "; ".join(f"row {one.row}: {one.text!r} ({one.why})" for one in kept_out[:3])
    return DataError(
        f"{where}: expected dates, got {len(kept_out):,} of {n_rows:,} rows that do not read as one ({examples}); name "
        "another column, or pass day_first=False if the month stands first"
    )


def _refuse_many(counts: Mapping[Group, object], asked: RecordsAsked) -> None:
    if len(counts) > limits.MAX_GROUPS:
        raise DataError(
            f"{asked.source.name}: expected at most {limits.MAX_GROUPS:,} different values of {', '.join(asked.by)}, "
            "got more; group by a column of kinds or places, not of names or ids"
        )
