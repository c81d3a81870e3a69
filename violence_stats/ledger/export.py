"""A ledger written as a package that others can read: two tables and their description, safe to open in a spreadsheet.

The description follows the Frictionless Tabular Data Package: https://specs.frictionlessdata.io
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from violence_stats.errors import DataError, OutputError
from violence_stats.figures import Figure, Source
from violence_stats.ledger.cells import escape_formula, restore_formula, write_rows
from violence_stats.ledger.checksums import PACKAGE_FILE, read_descriptor, read_verified
from violence_stats.ledger.package import descriptor_content, restated_descriptor
from violence_stats.ledger.reading import Row, read_rows
from violence_stats.ledger.tables import COLUMNS, by_id, parse_figure, parse_source
from violence_stats.writing import hold_folder

FIGURES, SOURCES = "figures.csv", "sources.csv"
_MARK_OF_A_CASE = "case.toml"

_TEMPLATE = Path(__file__).parent / "template"

_ESCAPING = (
    "A cell that a spreadsheet program would run as a formula (it begins with =, +, -, @ or a tab) has an apostrophe "
    "before it, and so has one that begins with apostrophes and then such a sign: take one apostrophe away from either "
    "to have the text back."
)


def write_package(
    figures: Iterable[Figure],
    sources: Iterable[Source],
    folder: Path,
    *,
    title: str,
    licenses: Sequence[Mapping[str, str]],
) -> tuple[Path, ...]:
    """Write figures and sources with their description, all files or none.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is not there; files of the three names in it are replaced.
    licenses : sequence of mapping
        Each with ``name`` or ``path``, as a data package states them; may be empty.

    Raises
    ------
    OutputError
        If the folder cannot be written to, or holds a case, whose own tables have these names.
    """
    if (folder / _MARK_OF_A_CASE).exists():
        raise OutputError(
            f"the folder {str(folder)!r} holds a case, whose tables an export would replace: choose another"
        )
    contents = {
        FIGURES: _table(FIGURES, map(_figure_cells, figures)),
        SOURCES: _table(SOURCES, map(_source_cells, sources)),
    }
    descriptor = _describe(contents, title=title, licenses=licenses)
    with hold_folder(folder) as writer:
        writer.replace({**contents, PACKAGE_FILE: descriptor_content(descriptor)})
    return tuple(folder / name for name in (FIGURES, SOURCES, PACKAGE_FILE))


def read_exported(folder: Path) -> tuple[dict[str, Figure], dict[str, Source]]:
    """Read what `write_package` wrote, its cells as they were before they were escaped.

    Raises
    ------
    DataError
        If a file is missing or malformed, (`ChecksumError`) differs from its checksum, or belongs to a case.
    """
    if (folder / _MARK_OF_A_CASE).exists():
        raise DataError(
            f"the folder {str(folder)!r} holds a case, not an exported ledger: use load_case(folder).ledger"
        )
    contents = read_verified(folder)
    for name in (FIGURES, SOURCES):
        if name not in contents:
            raise DataError(f"{PACKAGE_FILE} lists no {name}: expected a ledger that was exported; export it again")
    sources = by_id(_restored(contents, SOURCES), "source_id", parse_source)
    figures = by_id(_restored(contents, FIGURES), "figure_id", lambda row: parse_figure(row, sources))
    return figures, sources


def _restored(contents: Mapping[str, bytes], name: str) -> list[Row]:
    return [
        Row(row.file, row.number, {column: restore_formula(text) for column, text in row.cells.items()})
        for row in read_rows(contents[name], name, COLUMNS[name])
    ]


def _table(name: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    columns = COLUMNS[name]
    escaped = [{column: escape_formula(row[column]) for column in columns} for row in rows]
    return write_rows([{column: column for column in columns}, *escaped], columns)


def _figure_cells(figure: Figure) -> dict[str, str]:
    return {
        **{name: str(getattr(figure, name)) for name in COLUMNS[FIGURES] if name not in ("start", "end")},
        "start": figure.window.start.isoformat(),
        "end": figure.window.end.isoformat(),
    }


def _source_cells(source: Source) -> dict[str, str]:
    return {name: getattr(source, name) for name in COLUMNS[SOURCES]}


def _describe(contents: Mapping[str, bytes], *, title: str, licenses: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Describe the tables as those of a new case, but for how a case names its ids, which a ledger is free in."""
    template = read_descriptor(_TEMPLATE)
    resources = [one for one in template["resources"] if one["path"] in contents]
    for resource in resources:
        for field in resource["schema"]["fields"]:
            field["constraints"] = _kept(field, resource["schema"]["primaryKey"])
    described = {
        "profile": template["profile"],
        "name": "ledger",
        "title": title,
        "description": f"Published counts, each with its window, publisher, date of report and document. {_ESCAPING}",
        **({"licenses": [dict(one) for one in licenses]} if licenses else {}),
        "sources": template["sources"],
        "resources": resources,
    }
    return restated_descriptor(described, contents)


def _kept(field: Mapping[str, Any], primary_key: Sequence[str]) -> dict[str, Any]:
    """Keep what holds of any ledger: what may not be blank, choices, bounds, forms of dates, ids of their own."""
    is_key = field["name"] in primary_key
    return {
        name: limit
        for name, limit in field.get("constraints", {}).items()
        if name in ("required", "enum", "minimum")
        or (name == "unique" and is_key)
        or (name == "pattern" and field["name"] in ("reported", "date"))
    }
