"""The bulk table of intentional homicide that the UN Office on Drugs and Crime publishes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import pandas as pd

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.grid import Value
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.report import KeptOutRow, LeftCells, ReadingReport, TakenCells
from violence_stats.ingest.source_file import find_source_file
from violence_stats.ingest.tidy_table import TidyTable, find_tidy_table
from violence_stats.ingest.time_labels import FIRST_YEAR, LAST_YEAR
from violence_stats.months import parse_window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

COLUMNS = (
    *("iso3_code", "country", "region", "subregion", "indicator", "dimension", "category", "sex", "age"),
    *("year", "unit of measurement", "value", "source"),
)
VICTIMS = "Victims of intentional homicide"
TOTAL = "Total"
COUNTS = "Counts"
_REQUIRED = ("iso3_code", "country", "indicator", "dimension", "category", "sex", "age", "year", "value")
_NEAR_WHOLE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnodcReading:
    """The bulk table as it is published, one row an entry.

    Attributes
    ----------
    table : pandas.DataFrame
        Columns ``iso3_code, country, region, subregion, indicator, dimension, category, sex, age, year`` (int),
        ``unit of measurement, value`` (float), ``source``, ``row`` (its row in the file).
    """

    table: pd.DataFrame
    report: ReadingReport

    def series(
        self,
        country: str,
        *,
        indicator: str = VICTIMS,
        dimension: str = TOTAL,
        category: str = TOTAL,
        sex: str = TOTAL,
        age: str = TOTAL,
    ) -> CountSeries:
        """Give the yearly counts of a country.

        Parameters
        ----------
        country : str
            ISO code of three letters, or the name as the table has it.
        indicator, dimension, category, sex, age : str
            As the table has them; by default all victims.

        Returns
        -------
        CountSeries
            Of frequency Y; a year that the table lacks is left out, never filled.

        Raises
        ------
        SelectionError
            If no row answers; the message says what exists.
        DataError
            If a year has two counts, or a count is not whole: an estimate for a part of a country or of the world.
        """
        asked = {"indicator": indicator, "dimension": dimension, "category": category, "sex": sex, "age": age}
        chosen = self._of_country(country)
        for column, wanted in {**asked, "unit of measurement": COUNTS}.items():
            known = list(dict.fromkeys(chosen[column]))
            chosen = chosen[chosen[column].map(fold) == fold(wanted)]
            if chosen.empty:
                raise SelectionError(
                    f"{column}={wanted!r}: expected one of {', '.join(map(repr, known[:12]))} for {country}"
                )
        return self._yearly(chosen.sort_values(["year", "row"]), country)

    def _of_country(self, country: str) -> pd.DataFrame:
        wanted = fold(country)
        for column in ("iso3_code", "country"):
            chosen = self.table[self.table[column].map(fold) == wanted]
            if not chosen.empty:
                return chosen
        known = ", ".join(list(dict.fromkeys(self.table["iso3_code"]))[:12])
        raise SelectionError(f"country={country!r} is not in the table: expected a code such as {known}")

    def _yearly(self, chosen: pd.DataFrame, country: str) -> CountSeries:
        repeated = chosen[chosen["year"].duplicated(keep=False)]
        if not repeated.empty:
            rows = ", ".join(str(row) for row in repeated["row"].head(4))
            raise DataError(f"{self.report.file}: expected one count a year for {country}, got several in rows {rows}")
        broken = chosen[(chosen["value"] - chosen["value"].round()).abs() > _NEAR_WHOLE]
        if not broken.empty:
            first = broken.iloc[0]
            raise DataError(
                f"{self.report.file} row {first['row']}: expected a whole count of {country} in {first['year']}, got "
                f"{first['value']:g}: it is an estimate, not a count"
            )
        observations = tuple(
            Observation(
                window=parse_window(str(year)),
                value=float(round(value)),
                publisher="UNODC",
                definition=str(source),
                status="published",
            )
            for year, value, source in zip(chosen["year"], chosen["value"], chosen["source"], strict=True)
        )
        code = str(chosen["iso3_code"].iloc[0])
        return CountSeries(observations=observations, country=code, measure="homicides", frequency="Y")

    def summary(self) -> str:
        """Say what the table covers and how it was read."""
        countries = self.table["iso3_code"].nunique()
        years = f"{self.table['year'].min()} to {self.table['year'].max()}"
        return f"{len(self.table):,} rows, {countries} countries, {years}\n{self.report.summary()}"

    def to_frame(self) -> pd.DataFrame:
        """Give the table."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give table and report as plain values that JSON can hold."""
        return {"table": self.table.to_dict(orient="records"), "report": self.report.to_dict()}


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
    found = find_tidy_table(source, sheet, _REQUIRED)
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
