"""Groups of records that are parts of a country, as series of their own for a ledger, and what to say of the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import words
from violence_stats.ingest.counts import CountsReading
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.record_tally import BLANK_GROUP
from violence_stats.ingest.records import RecordsReading
from violence_stats.ingest.report import ReadingReport
from violence_stats.series import CountSeries

_NAMED = 3


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """The counts of one area, with the report of their reading."""

    area: str
    series: CountSeries
    report: ReadingReport


def find_areas(
    reading: CountsReading | RecordsReading, asked: bool | None, area: str
) -> tuple[tuple[AreaCounts, ...], tuple[str, ...]]:
    """Give the areas that are to be written beside all records, and notes of what is written and what is not.

    Parameters
    ----------
    asked : bool or None
        Whether the groups are areas; None tells it from the heading that records are grouped by.
    area : str
        The area of all records; blank is the whole country.

    Raises
    ------
    DataError
        If areas differ only in capitals, accents or spaces.
    SelectionError
        If `asked` and there are no groups, groups by several columns, or an area within an area.
    """
    headings = _headings(reading)
    if asked and (len(headings) != 1 or area):
        got = "an area of all records too" if len(headings) == 1 else f"{len(headings)} columns of groups"
        raise SelectionError(f"areas=True: expected records of a whole country grouped by one column, got {got}")
    if not isinstance(reading, RecordsReading) or not headings:
        return (), ()
    is_areas = len(headings) == 1 and not area and words.says_place(headings[0]) if asked is None else asked
    if not is_areas:
        named = ", ".join(headings)
        return (), (
            f"written are the months of all records; their groups by {named} are not, since a ledger counts by area "
            "(areas=True writes the groups of one column as areas)",
        )
    names = [str(one) for one in reading.table.columns]
    _refuse_spellings(names, headings[0])
    counts = tuple(_area(reading, headings[0], one) for one in names if one != BLANK_GROUP)
    written = f"written are the months of all records, and of {len(counts)} areas by {headings[0]}"
    if BLANK_GROUP not in names:
        return counts, (written,)
    unplaced = int(reading.table[BLANK_GROUP].sum())
    return counts, (f"{written}; records without one count toward the whole only: {unplaced:,}",)


def _headings(reading: CountsReading | RecordsReading) -> list[str]:
    names = reading.table.columns.names if isinstance(reading, RecordsReading) else []
    return [str(one) for one in names if one is not None]


def _refuse_spellings(names: list[str], heading: str) -> None:
    by_spelling: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_spelling[fold(name)].append(name)
    several = [" and ".join(map(repr, same)) for same in by_spelling.values() if len(same) > 1]
    if several:
        raise DataError(
            f"nothing was added: expected each {heading} to be spelt in one way, got {'; '.join(several[:_NAMED])}"
            + (f"; and {len(several) - _NAMED} more" if len(several) > _NAMED else "")
            + "; correct the file, or pass areas=False to write the months of all records only"
        )


def _area(reading: RecordsReading, heading: str, area: str) -> AreaCounts:
    taken = tuple(replace(one, cells=f"{one.cells}, {heading} {area}") for one in reading.report.taken)
    return AreaCounts(area, reading.group(area), replace(reading.report, taken=taken))
