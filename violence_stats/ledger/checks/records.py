"""Rows made into records, corrections applied; what keeps a row from being one is a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from violence_stats.errors import DataError
from violence_stats.figures import Figure, Source
from violence_stats.ledger.checks.subject import CHAIN, CORRECTIONS, FIGURES
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.raw import RawTable
from violence_stats.ledger.reading import Row
from violence_stats.ledger.records import ChainLink
from violence_stats.ledger.tables import (
    apply_corrections,
    parse_correction,
    parse_event,
    parse_figure,
    parse_link,
    parse_population,
    parse_published_effect,
    parse_reported_change,
    parse_source,
)

Record = TypeVar("Record")
Numbered: TypeAlias = tuple[tuple[int, Record], ...]

_OTHER_PARSERS: dict[str, Callable[[Row], object]] = {
    "sources.csv": parse_source,
    "events.csv": parse_event,
    "population.csv": parse_population,
    "reported_changes.csv": parse_reported_change,
    "published_effects.csv": parse_published_effect,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What could be read of the tables, and what could not.

    Attributes
    ----------
    figures : tuple of (int, Figure)
        Line and figure, corrections applied.
    links : tuple of (int, ChainLink)
        Line and link of the reference chain.
    misfits : tuple of Fault
        Corrections that do not fit the table of figures.
    unreadable : tuple of Fault
        Rows that could not be read; most of them the check of the cells explains better.
    """

    figures: Numbered[Figure]
    links: Numbered[ChainLink]
    misfits: tuple[Fault, ...]
    unreadable: tuple[Fault, ...]


def read_records(tables: Mapping[str, RawTable]) -> Records:
    """Read the rows that can be read.

    Parameters
    ----------
    tables : mapping of str to RawTable
        By path within the folder of the package.
    """
    figure_rows, misfits, unread = _corrected(_rows(tables, FIGURES), _rows(tables, CORRECTIONS))
    sources = _stand_ins(figure_rows) | {
        one.source_id: one for _, one in _read(_rows(tables, "sources.csv"), parse_source, unread)
    }
    figures = _read(figure_rows, lambda row: parse_figure(row, sources), unread)
    links = _read(_rows(tables, CHAIN), parse_link, unread)
    for path, parse in _OTHER_PARSERS.items():
        _read(_rows(tables, path), parse, unread)
    return Records(figures=figures, links=links, misfits=tuple(misfits), unreadable=tuple(unread))


def _rows(tables: Mapping[str, RawTable], path: str) -> tuple[Row, ...]:
    return tables[path].rows if path in tables else ()


def _read(rows: Sequence[Row], parse: Callable[[Row], Record], unread: list[Fault]) -> Numbered[Record]:
    """Give line and record of the rows that parse, and add to `unread` the others, bar missing columns."""
    records: list[tuple[int, Record]] = []
    for row in rows:
        try:
            records.append((row.number, parse(row)))
        except KeyError:
            continue
        except DataError as error:
            unread.append(Fault(check="schema", file=row.file, row=row.number, message=str(error)))
    return tuple(records)


def _corrected(rows: Sequence[Row], corrections: Sequence[Row]) -> tuple[Sequence[Row], list[Fault], list[Fault]]:
    """Apply each correction that fits; give the rows, the corrections that do not fit, and those that do not parse."""
    misfits: list[Fault] = []
    unread: list[Fault] = []
    if not rows or "figure_id" not in rows[0].cells:
        return rows, misfits, unread
    for line, correction in _read(corrections, parse_correction, unread):
        try:
            rows = apply_corrections(rows, [correction])
        except (DataError, KeyError) as error:
            misfits.append(Fault(check="correction", file=CORRECTIONS, row=line, message=str(error)))
    return rows, misfits, unread


def _stand_ins(figure_rows: Sequence[Row]) -> dict[str, Source]:
    """Give a blank document for every id that figures name, so that an unknown one hides no other fault."""
    named = {row.cells.get("source_id", "") for row in figure_rows}
    return {source_id: Source(source_id=source_id, url="", title="", date="") for source_id in named}
