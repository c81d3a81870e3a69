"""Rows to records: the columns of each table of a case, and what a cell of each may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from violence_stats.errors import DataError
from violence_stats.figures import Figure, Source
from violence_stats.ledger.reading import Row, known_on
from violence_stats.ledger.records import ChainLink, Correction, Event, PublishedEffect, ReportedChange

STATUSES = ("published", "compiled", "digitised", "derived", "preliminary", "disputed")
QUALITIES = ("high", "medium", "low")
PRECISIONS = ("day", "month", "year")

COLUMNS: dict[str, tuple[str, ...]] = {
    "figures.csv": (
        "figure_id",
        "country",
        "area",
        "measure",
        "start",
        "end",
        "value",
        "definition",
        "publisher",
        "reported",
        "status",
        "quality",
        "source_id",
        "note",
    ),
    "sources.csv": ("source_id", "url", "title", "date"),
    "chain.csv": ("start", "end", "value", "status", "publisher", "definition", "figures"),
    "events.csv": ("event_id", "start", "end", "precision", "category", "label", "source_id"),
    "population.csv": ("country", "year", "population", "publisher"),
    "reported_changes.csv": (
        "country",
        "measure",
        "start",
        "end",
        "base_start",
        "base_end",
        "change_pct",
        "publisher",
        "reported",
        "source_id",
        "note",
    ),
    "published_effects.csv": (
        "study",
        "event",
        "measure",
        "start",
        "end",
        "effect",
        "estimate",
        "ci_low",
        "ci_high",
        "source_id",
        "note",
    ),
    "corrections.csv": ("id", "field", "old", "new", "why"),
}
REQUIRED = ("figures.csv", "sources.csv", "chain.csv")

Record = TypeVar("Record")


def parse_source(row: Row) -> Source:
    """Read a document."""
    return Source(
        source_id=row.text("source_id"), url=row.cells["url"], title=row.cells["title"], date=row.partial_date("date")
    )


def parse_figure(row: Row, sources: Mapping[str, Source]) -> Figure:
    """Read a figure; its day of knowledge is that of its report, or its source's where the report is not dated.

    Raises
    ------
    DataError
        Naming the cell at fault, a source that is not among `sources` included.
    """
    source = sources.get(row.cells["source_id"])
    if source is None:
        raise row.fault("source_id", "the id of a row in sources.csv", "add the source or correct the id")
    reported = row.partial_date("reported")
    return Figure(
        figure_id=row.text("figure_id"),
        country=row.text("country"),
        area=row.cells["area"],
        measure=row.text("measure"),
        window=row.window(),
        value=row.whole("value"),
        definition=row.cells["definition"],
        publisher=row.text("publisher"),
        reported=reported,
        known_on=known_on(reported or source.date),
        status=row.choice("status", STATUSES),
        quality=row.choice("quality", QUALITIES),
        source_id=source.source_id,
        note=row.cells["note"],
    )


def parse_link(row: Row) -> ChainLink:
    """Read a window of the reference chain; whether its arithmetic comes out is not looked at here."""
    return ChainLink(
        window=row.window(),
        value=row.whole("value"),
        status=row.choice("status", STATUSES),
        publisher=row.text("publisher"),
        definition=row.cells["definition"],
        arithmetic=row.text("figures"),
    )


def parse_event(row: Row) -> Event:
    """Read a dated fact."""
    return Event(
        event_id=row.text("event_id"),
        window=row.window(),
        precision=row.choice("precision", PRECISIONS),
        category=row.text("category"),
        label=row.text("label"),
        source_id=row.text("source_id"),
    )


def parse_population(row: Row) -> tuple[str, int, int]:
    """Read country, year and inhabitants."""
    return row.text("country"), row.whole("year"), row.whole("population")


def parse_reported_change(row: Row) -> ReportedChange:
    """Read a percentage change that was published."""
    return ReportedChange(
        country=row.text("country"),
        measure=row.text("measure"),
        window=row.window(),
        baseline=row.window("base_start", "base_end"),
        change_pct=row.decimal("change_pct"),
        publisher=row.text("publisher"),
        reported=row.partial_date("reported"),
        source_id=row.text("source_id"),
        note=row.cells["note"],
    )


def parse_published_effect(row: Row) -> PublishedEffect:
    """Read an estimate from the literature."""
    return PublishedEffect(
        study=row.text("study"),
        event=row.text("event"),
        measure=row.text("measure"),
        window=row.optional_window(),
        effect=row.text("effect"),
        estimate=row.optional_decimal("estimate"),
        ci_low=row.optional_decimal("ci_low"),
        ci_high=row.optional_decimal("ci_high"),
        source_id=row.text("source_id"),
        note=row.cells["note"],
    )


def parse_correction(row: Row) -> Correction:
    """Read a change to one cell of a figure; `old` and `new` may be blank, the reason may not."""
    editable = COLUMNS["figures.csv"][1:]
    return Correction(
        figure_id=row.text("id"),
        field=row.choice("field", editable),
        old=row.cells["old"],
        new=row.cells["new"],
        why=row.text("why"),
    )


def by_id(rows: Sequence[Row], column: str, parse: Callable[[Row], Record]) -> dict[str, Record]:
    """Read rows into records by the id in `column`.

    Raises
    ------
    DataError
        If two rows have the same id.
    """
    first_row: dict[str, int] = {}
    records: dict[str, Record] = {}
    for row in rows:
        record_id = row.cells[column]
        if record_id in first_row:
            raise row.fault(column, f"an id of its own (row {first_row[record_id]} has it)", "number one of them anew")
        first_row[record_id] = row.number
        records[record_id] = parse(row)
    return records


def apply_corrections(rows: Sequence[Row], corrections: Sequence[Correction]) -> list[Row]:
    """Change the cells that the corrections name.

    Parameters
    ----------
    rows : sequence of Row
        Of ``figures.csv``.

    Raises
    ------
    DataError
        If a correction names no figure, or the cell no longer holds what the correction expects.
    """
    changed = list(rows)
    place = {row.cells["figure_id"]: number for number, row in enumerate(rows)}
    for one in corrections:
        if one.figure_id not in place:
            raise DataError(
                f"corrections.csv: {one.figure_id} is corrected, but figures.csv has no such figure; "
                "correct the id or remove the correction"
            )
        row = changed[place[one.figure_id]]
        if row.cells[one.field] != one.old:
            raise DataError(
                f"corrections.csv: the correction of {one.figure_id} expects {one.field} to be {one.old!r}, but "
                f"figures.csv row {row.number} has {row.cells[one.field]!r}; look at the document again, then remove "
                "or rewrite the correction"
            )
        changed[place[one.figure_id]] = Row(row.file, row.number, {**row.cells, one.field: one.new})
    return changed
