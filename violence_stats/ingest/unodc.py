"""The bulk table of intentional homicide that the UN Office on Drugs and Crime publishes."""

from __future__ import annotations

import os

import pandas as pd

from violence_stats.ingest.grid import Value
from violence_stats.ingest.known_tables import UNODC_HEADINGS
from violence_stats.ingest.report import KeptOutRow, LeftCells, ReadingReport, TakenCells
from violence_stats.ingest.source_file import find_source_file
from violence_stats.ingest.tidy_table import TidyTable, find_tidy_table
from violence_stats.ingest.time_labels import FIRST_YEAR, LAST_YEAR
from violence_stats.ingest.unodc_reading import UnodcReading
from violence_stats.months import parse_window

COLUMNS = (
    *("iso3_code", "country", "region", "subregion", "indicator", "dimension", "category", "sex", "age"),
    *("year", "unit of measurement", "value", "source"),
)


def read_unodc(path: str | os.PathLike[str], *, sheet: str | None = None) -> UnodcReading:
    """Read the UNODC bulk table of intentional homicide, xlsx or csv, as it is downloaded.

    Source: UNODC data portal, ``data_cts_intentional_homicide``. Definition: victims of unlawful death inflicted upon a
    person with the intent to cause death or serious injury. Known problems: a country's sources change over the years
    (column ``source``), figures of regions are estimates, and revisions replace earlier values without a mark.

    Returns
    -------
    UnodcReading
        With ``table``, ``report`` and ``series(country)``.

    Raises
    ------
    DataError
        If the file cannot be read or none of its rows does.
    SelectionError
        If it lacks the table's headings.
    """
    source = find_source_file(path)
    found = find_tidy_table(source, sheet, UNODC_HEADINGS)
    entries: list[tuple[object, ...]] = []
    kept_out: list[KeptOutRow] = []
    for number, cells in found.rows:
        year, value = _year(found.cell(cells, "year")), _number(found.cell(cells, "value"))
        if year is None or value is None:
            text = " | ".join("" if cell is None else str(cell) for cell in cells)[:80]
            kept_out.append(KeptOutRow(row=number, text=text, why="no year" if year is None else "no value"))
            continue
        texts = {name: str(found.cell(cells, name) or "") for name in COLUMNS}
        entries.append((*({**texts, "year": year, "value": value}[name] for name in COLUMNS), number))
    if not entries:
        raise source.fault("rows with a year and a value", "none", "download the table again")
    table = pd.DataFrame(entries, columns=[*COLUMNS, "row"])
    return UnodcReading(table=table, report=_report(source.name, found, table, kept_out))


def _report(file: str, found: TidyTable, table: pd.DataFrame, kept_out: list[KeptOutRow]) -> ReadingReport:
    unknown = [name for name in found.places if name not in COLUMNS]
    last = int(table["row"].max())
    years = parse_window((str(table["year"].min()), str(table["year"].max())))
    cells = f"{found.name(found.heading_row + 1, 'value')}:{found.name(last, 'value')}"
    return ReadingReport(
        file=file,
        sheet=found.sheet,
        form=found.form.words,
        layout=f"one row an entry; headings in row {found.heading_row}",
        taken=(TakenCells(window=years, value=float(len(table)), cells=cells, text="rows"),),
        left=tuple(LeftCells(cells=f"column {name}", text="", why="a column that is not known") for name in unknown),
        guesses=found.form.guesses,
        n_rows=len(table) + len(kept_out),
        n_counted=len(table),
        kept_out=tuple(kept_out),
    )


def _year(value: Value) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number % 1 == 0 and FIRST_YEAR <= number <= LAST_YEAR else None


def _number(value: Value) -> float | None:
    """Read a number; a comma stands for the decimal point in the table's European csv."""
    if isinstance(value, int | float):
        number = float(value)
    elif isinstance(value, str):
        try:
            number = float(value.replace(",", ".") if value.count(",") == 1 else value)
        except ValueError:
            return None
    else:
        return None
    return number if 0 <= number < 1e12 else None
