"""The bulk table of intentional homicide as it was read, and the yearly counts of a country in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, TypedDict, Unpack

import pandas as pd

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.counts import CountsReading
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.read_series import name_gaps
from violence_stats.ingest.report import LeftCells, ReadingReport, TakenCells
from violence_stats.months import parse_window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

VICTIMS = "Victims of intentional homicide"
TOTAL = "Total"
COUNTS = "Counts"
UNODC = "UNODC"

_OTHERS = "other countries, indicators, groups or units"
_NEAR_WHOLE = 1e-6


class UnodcOptions(TypedDict, total=False):
    """Which entries of the table make up a series, as keywords; `UnodcEntries` says what each means."""

    indicator: str
    dimension: str
    category: str
    sex: str
    age: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnodcEntries:
    """Which entries of the table make up a series; the texts are the table's own.

    Parameters
    ----------
    indicator, dimension, category : str
        By default all victims of intentional homicide.
    sex, age : str
        By default all.
    """

    indicator: str = VICTIMS
    dimension: str = TOTAL
    category: str = TOTAL
    sex: str = TOTAL
    age: str = TOTAL


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

    def series(self, country: str, **entries: Unpack[UnodcOptions]) -> CountSeries:
        """Give the yearly counts of a country.

        Parameters
        ----------
        country : str
            ISO code of three letters, or the name as the table has it.
        **entries
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
        return self.reading(country, **entries).series

    def reading(self, country: str, **entries: Unpack[UnodcOptions]) -> CountsReading:
        """Give the yearly counts of a country with a report of their own, as `add_reading` takes it.

        Parameters and errors as of `series`.
        """
        chosen = self._chosen(country, UnodcEntries(**entries))
        series = self._yearly(chosen)
        letters = self.report.taken[0].cells.partition(":")[0].rstrip("0123456789")
        taken = tuple(
            TakenCells(
                window=one.window, value=one.value, cells=f"{letters}{row} ({one.definition})", text=f"{value:g}"
            )
            for one, row, value in zip(series, chosen["row"], chosen["value"], strict=True)
        )
        others = len(self.table) - len(taken)
        left = [
            *([LeftCells(cells=f"{others:,} rows", text="", why=_OTHERS)] if others else []),
            *(LeftCells(cells=f"row {one.row}", text=one.text, why=one.why) for one in self.report.kept_out),
        ]
        report = replace(
            self.report,
            taken=taken,
            left=(*self.report.left, *left),
            guesses=(*self.report.guesses, *name_gaps(taken)),
            n_rows=0,
            n_counted=0,
            kept_out=(),
        )
        return CountsReading(series=series, report=report)

    def _chosen(self, country: str, entries: UnodcEntries) -> pd.DataFrame:
        chosen = self._of_country(country)
        for column, wanted in {**asdict(entries), "unit of measurement": COUNTS}.items():
            known = list(dict.fromkeys(chosen[column]))
            chosen = chosen[chosen[column].map(fold) == fold(wanted)]
            if chosen.empty:
                raise SelectionError(
                    f"{column}={wanted!r}: expected one of {', '.join(map(repr, known[:12]))} for {country}"
                )
        chosen = chosen.sort_values(["year", "row"])
        self._refuse_unclear(chosen, country)
        return chosen

    def _of_country(self, country: str) -> pd.DataFrame:
        wanted = fold(country)
        for column in ("iso3_code", "country"):
            chosen = self.table[self.table[column].map(fold) == wanted]
            if not chosen.empty:
                return chosen
        known = ", ".join(list(dict.fromkeys(self.table["iso3_code"]))[:12])
        raise SelectionError(f"country={country!r} is not in the table: expected a code such as {known}")

    def _refuse_unclear(self, chosen: pd.DataFrame, country: str) -> None:
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

    def _yearly(self, chosen: pd.DataFrame) -> CountSeries:
        observations = tuple(
            Observation(
                window=parse_window(str(year)),
                value=float(round(value)),
                publisher=UNODC,
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
