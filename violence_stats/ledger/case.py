"""A case: everything that a folder says about one country, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pandas as pd

from violence_stats.errors import DataError, SelectionError
from violence_stats.ledger.checksums import PACKAGE_FILE, read_file, read_verified
from violence_stats.ledger.claims import read_claims
from violence_stats.ledger.ledger import Ledger
from violence_stats.ledger.location import SHIPPED_CASE, CaseFiles, files_in, shipped_case, shipped_cases
from violence_stats.ledger.reading import Row, read_rows
from violence_stats.ledger.records import ChainLink, Claim, Correction, Event, PublishedEffect, ReportedChange
from violence_stats.ledger.settings import Settings
from violence_stats.ledger.settings_file import SETTINGS_FILE, read_settings
from violence_stats.ledger.tables import (
    COLUMNS,
    REQUIRED,
    apply_corrections,
    by_id,
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A country's ledger with all that is needed to read it.

    Attributes
    ----------
    folder : pathlib.Path
        Where its data package lies.
    country, measure : str
        What the reference chain counts.
    chain : tuple of ChainLink
        The reference chain, in order of time; empty until a case has its first figures.
    population : mapping of str to pandas.Series
        Mid-year inhabitants by country; index the year.
    corrections : tuple of Correction
        The changes that were made to the table of figures on reading.
    """

    case_id: str
    folder: Path
    country: str
    measure: str
    ledger: Ledger
    chain: tuple[ChainLink, ...]
    events: tuple[Event, ...]
    population: Mapping[str, pd.Series[Any]]
    claims: tuple[Claim, ...]
    reported_changes: tuple[ReportedChange, ...]
    published_effects: tuple[PublishedEffect, ...]
    corrections: tuple[Correction, ...]
    settings: Settings

    def event(self, event_id: str) -> Event:
        """Give the event of that id.

        Raises
        ------
        SelectionError
            If the case has none.
        """
        return _find(self.events, event_id, lambda one: one.event_id, f"case {self.case_id} has no event")

    def claim(self, claim_id: str) -> Claim:
        """Give the claim of that id.

        Raises
        ------
        SelectionError
            If the case has none; the message lists the ids.
        """
        return _find(self.claims, claim_id, lambda one: one.claim_id, f"case {self.case_id} has no claim")

    @property
    def checkable_claim(self) -> Claim | None:
        """The first claim of the register with two windows and a percentage; None where there is none."""
        for one in self.claims:
            if one.window is not None and one.baseline is not None and one.claimed_pct is not None:
                return one
        return None

    def summary(self) -> str:
        """Say in a few lines what the case holds."""
        ends = [self.chain[0].window.start, self.chain[-1].window.end] if self.chain else []
        span = "".join(f", {day}" if place == 0 else f" to {day}" for place, day in enumerate(ends))
        return (
            f"{self.settings.title['en']} (case {self.case_id})\n"
            f"ledger: {len(self.ledger.figures)} figures from {len(self.ledger.sources)} documents\n"
            f"reference chain: {self.measure} {self.country}, {len(self.chain)} windows{span}\n"
            f"events: {len(self.events)}; claims: {len(self.claims)}; corrections: {len(self.corrections)}\n"
        )


CaseLike: TypeAlias = "str | Path | Case"
"""The id of a case that ships, a folder that holds one, or a case already loaded."""


def load_case(case: CaseLike = SHIPPED_CASE) -> Case:
    """Load a case: one that ships, or a folder of your own.

    Parameters
    ----------
    case : CaseLike, default "SLV"
        The id of a case that ships, or a folder that holds ``datapackage.json``, its tables and ``case.toml``; a Case
        is given back as it is.

    Raises
    ------
    SelectionError
        If there is neither a case nor a folder of that name.
    DataError
        If a file is missing, malformed or inconsistent.
    ChecksumError
        If a file differs from its checksum.

    Examples
    --------
    >>> import violence_stats as vs
    >>> vs.load_case("SLV").measure
    'homicides'
    """
    if isinstance(case, Case):
        return case
    return _read_case(locate_case(case))


def locate_case(case: CaseLike) -> CaseFiles:
    """Say where the files of a case lie, without reading them.

    Raises
    ------
    SelectionError
        If there is neither a case nor a folder of that name.
    """
    if isinstance(case, Case):
        return files_in(case.folder)
    if case == SHIPPED_CASE:
        return shipped_case()
    shipped = shipped_cases()
    if not isinstance(case, (str, Path)):
        raise SelectionError(
            f"case: expected {' or '.join(map(repr, shipped))}, or the path of a folder, got {type(case).__name__}"
        )
    if str(case) in shipped:
        return shipped[str(case)]
    if not Path(case).is_dir():
        raise SelectionError(
            f"no case {str(case)!r}: expected {' or '.join(map(repr, shipped))}, which ship with the package, or a "
            f"folder that holds {PACKAGE_FILE} and {SETTINGS_FILE}; `violence-stats new` makes one"
        )
    return files_in(Path(case))


def case_behind(case_id: str | None, case: CaseLike | None) -> CaseLike | None:
    """Give the case that a series' names are taken from.

    Returns
    -------
    CaseLike or None
        The case given; else the shipped one that the series comes from; None for a series of one's own, or from a
        folder, since a series does not know where that lies.
    """
    if case is not None:
        return case
    return case_id if case_id is not None and case_id in shipped_cases() else None


def _read_case(files: CaseFiles) -> Case:
    rows = _read_tables(files.folder)
    if files.claims is None:  # reading has put in place what a writer that was stopped had ready
        files = files_in(files.folder)
    corrections = tuple(map(parse_correction, rows["corrections.csv"]))
    sources = by_id(rows["sources.csv"], "source_id", parse_source)
    figure_rows = apply_corrections(rows["figures.csv"], corrections)
    figures = by_id(figure_rows, "figure_id", lambda row: parse_figure(row, sources))
    chain = tuple(map(parse_link, rows["chain.csv"]))
    events = by_id(rows["events.csv"], "event_id", parse_event)
    settings = read_settings(
        read_file(files.folder, SETTINGS_FILE, "a case needs one beside its tables; restore it, or write one"),
        last_day=chain[-1].window.end if chain else None,
        event_ids=events,
    )
    return Case(
        case_id=settings.case_id,
        folder=files.folder,
        country=settings.country,
        measure=settings.measure,
        ledger=Ledger(figures=figures, sources=sources),
        chain=chain,
        events=tuple(events.values()),
        population=_population(rows["population.csv"]),
        claims=_claims(files, sources, settings),
        reported_changes=tuple(map(parse_reported_change, rows["reported_changes.csv"])),
        published_effects=tuple(map(parse_published_effect, rows["published_effects.csv"])),
        corrections=corrections,
        settings=settings,
    )


def _read_tables(folder: Path) -> dict[str, list[Row]]:
    contents = read_verified(folder)
    for file in COLUMNS:
        if file not in contents and (file in REQUIRED or (folder / file).exists()):
            raise DataError(
                f"{PACKAGE_FILE} lists no {file}; describe it there, then run `violence-stats verify --update`"
            )
    return {
        file: read_rows(contents[file], file, columns) if file in contents else [] for file, columns in COLUMNS.items()
    }


def _population(rows: list[Row]) -> dict[str, pd.Series[Any]]:
    by_country: dict[str, dict[int, int]] = {}
    for row in rows:
        country, year, inhabitants = parse_population(row)
        years = by_country.setdefault(country, {})
        if year in years:
            raise row.fault("year", f"each year of {country} once", "remove one of the rows")
        years[year] = inhabitants
    return {
        country: pd.Series(
            list(years.values()), index=pd.Index(years, name="year"), name="population", dtype="int64"
        ).sort_index()
        for country, years in by_country.items()
    }


def _claims(files: CaseFiles, source_ids: Mapping[str, object], settings: Settings) -> tuple[Claim, ...]:
    if files.claims is None:
        return ()
    content = read_file(files.claims.parent, files.claims.name, "restore it")
    return read_claims(content, source_ids=source_ids, intervention_ids={one.id for one in settings.interventions})


def _find(records: tuple[Record, ...], wanted: str, id_of: Callable[[Record], str], what: str) -> Record:
    for one in records:
        if id_of(one) == wanted:
            return one
    raise SelectionError(f"{what} {wanted!r}: expected one of {', '.join(map(id_of, records)) or 'none'}")
