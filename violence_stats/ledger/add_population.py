"""Adding inhabitants by year to a case: compared with what is there, written whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import pandas as pd

from violence_stats.errors import DataError, SelectionError
from violence_stats.ledger.case import CaseLike, load_case, locate_case
from violence_stats.ledger.cells import plain_line, write_rows
from violence_stats.ledger.checksums import PACKAGE_FILE, read_descriptor, read_verified
from violence_stats.ledger.location import CaseFiles
from violence_stats.ledger.package import descriptor_content, restated_descriptor
from violence_stats.ledger.population_additions import PopulationAddition, PopulationConflict
from violence_stats.ledger.reading import Row, read_rows
from violence_stats.ledger.standing import faults_with, refuse_faults
from violence_stats.ledger.tables import COLUMNS, parse_population
from violence_stats.writing import hold_folder

POPULATION = "population.csv"

ExistingRule: TypeAlias = Literal["refuse", "keep", "replace"]
"""What becomes of a year that the case has already."""

EXISTING_RULES: tuple[ExistingRule, ...] = ("refuse", "keep", "replace")

_COUNTRY = re.compile(r"[A-Z]{3}")
_NAMED = 3


def add_population(
    case: CaseLike,
    population: pd.Series[Any],
    *,
    publisher: str,
    country: str | None = None,
    existing: ExistingRule = "refuse",
) -> PopulationAddition:
    """Add inhabitants by year to a case.

    Nothing is written unless the case is in order with them, and then all of it: ``population.csv`` and its checksum.

    Parameters
    ----------
    case : CaseLike
        The folder of a case.
    population : pandas.Series
        Inhabitants at mid-year, whole numbers above 0, index the years (int), each once, as in
        ``read_population(...).series``.
    publisher : str
        Who estimated them, and the series or document, such as ``"INE, proyecciones 2013-2030"``.
    country : str, optional
        ISO code; by default the case's own.
    existing : {'refuse', 'keep', 'replace'}, default 'refuse'
        What becomes of years that the case has already: an error that names them; they stay and only other years are
        added; or they take the new number.

    Returns
    -------
    PopulationAddition
        The rows that were added, and the years of which the case says, or said, something else.

    Raises
    ------
    DataError
        If a year stands there already (the message names the row and both numbers), the case would not verify, or its
        files are missing or have been edited.
    SelectionError
        If there is no such case, or the numbers are no inhabitants by year.
    OutputError
        If the folder cannot be written to, or (`LockedError`) another process is writing to it.

    Examples
    --------
    >>> import pandas as pd, tempfile
    >>> import violence_stats as vs
    >>> place = tempfile.TemporaryDirectory()
    >>> folder = vs.new_case(place.name + "/my-case", country="HND").folder
    >>> added = vs.add_population(folder, pd.Series({2020: 9_904_608, 2021: 10_062_994}), publisher="INE")
    >>> len(added.rows), int(vs.load_population("HND", case=folder).loc[2021])
    (2, 10062994)
    >>> place.cleanup()
    """
    if existing not in EXISTING_RULES:
        raise SelectionError(f"existing={existing!r}: expected one of {', '.join(map(repr, EXISTING_RULES))}")
    inhabitants = _inhabitants(population)
    files = locate_case(case)
    code = load_case(files.folder).country if country is None else country
    said = plain_line(publisher)
    for text, name, is_fit in ((code, "country", bool(_COUNTRY.fullmatch(code))), (said, "publisher", bool(said))):
        if not is_fit:
            expected = "an ISO code of three capital letters" if name == "country" else "who estimated the inhabitants"
            raise SelectionError(f"{name}={text!r}: expected {expected}")
    with hold_folder(files.folder) as writer:
        contents, addition = _plan(files, code, said, inhabitants, existing)
        if contents:
            writer.replace(contents)
    return addition


def _inhabitants(population: pd.Series[Any]) -> dict[int, int]:
    """Check that these are whole numbers by year, each once."""
    if not isinstance(population, pd.Series) or population.empty or population.index.has_duplicates:
        raise SelectionError(
            "population: expected inhabitants by year as a pandas Series, each year once, such as "
            f"pandas.Series({{2020: 6_300_000}}), got {type(population).__name__}"
            + (f" of {len(population)} rows" if isinstance(population, pd.Series) else "")
        )
    found: dict[int, int] = {}
    for year, number in zip(population.index.tolist(), population.tolist(), strict=True):
        if not (_is_whole(year) and _is_whole(number) and number > 0):
            raise SelectionError(
                f"population of {year!r}: expected a year and inhabitants, a whole number above 0, got {number!r}; "
                "correct it or leave the year out"
            )
        found[int(year)] = int(number)
    return dict(sorted(found.items()))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()


def _plan(
    files: CaseFiles, country: str, publisher: str, inhabitants: Mapping[int, int], existing: ExistingRule
) -> tuple[dict[str, bytes], PopulationAddition]:
    """Work out the new contents of each file that changes, and refuse what would leave a fault."""
    tables, loaded = read_verified(files.folder), load_case(files.folder)
    if POPULATION not in tables:
        raise DataError(f"{POPULATION} is missing: inhabitants are written there; add it to {PACKAGE_FILE}")
    rows = read_rows(tables[POPULATION], POPULATION, COLUMNS[POPULATION])
    there = {year: row for row in rows for code, year, _ in (parse_population(row),) if code == country}
    known = {year: there[year] for year in inhabitants if year in there}
    if known and existing == "refuse":
        raise _refusal(known, inhabitants)
    kept = known if existing == "keep" else {}
    new = [
        {"country": country, "year": str(year), "population": str(number), "publisher": publisher}
        for year, number in inhabitants.items()
        if year not in kept and not (year in known and _number(known[year]) == number)
    ]
    addition = PopulationAddition(
        case_id=loaded.case_id,
        country=country,
        publisher=publisher,
        rows=tuple(new),
        conflicts=tuple(
            PopulationConflict(year=year, value=inhabitants[year], other_value=_number(row), row=row.number)
            for year, row in known.items()
            if _number(row) != inhabitants[year]
        ),
        is_replaced=existing == "replace",
        n_same=sum(_number(row) == inhabitants[year] for year, row in known.items()),
    )
    return _contents(files, tables, rows, new) if new else {}, addition


def _contents(
    files: CaseFiles, tables: Mapping[str, bytes], rows: Sequence[Row], new: Sequence[Mapping[str, str]]
) -> dict[str, bytes]:
    """Write the table anew, in order of country and year, and state its checksum."""
    taken = {(row["country"], row["year"]) for row in new}
    kept = [row.cells for row in rows if (row.cells["country"], row.cells["year"]) not in taken]
    ordered = sorted([*kept, *new], key=lambda row: (row["country"], int(row["year"])))
    columns = COLUMNS[POPULATION]
    changed = {POPULATION: write_rows([dict(zip(columns, columns, strict=True)), *ordered], columns)}
    refuse_faults(faults_with(files, {**tables, **changed}), "table of inhabitants")
    restated = restated_descriptor(read_descriptor(files.folder), changed)
    return {**changed, PACKAGE_FILE: descriptor_content(restated)}


def _number(row: Row) -> int:
    return parse_population(row)[2]


def _refusal(known: Mapping[int, Row], inhabitants: Mapping[int, int]) -> DataError:
    said = [
        f"{POPULATION} row {row.number} has {_number(row):,} for {year}"
        + (" already" if _number(row) == inhabitants[year] else f", not {inhabitants[year]:,}")
        + f" ({row.cells['publisher']})"
        for year, row in sorted(known.items(), key=lambda item: _number(item[1]) == inhabitants[item[0]])
    ]
    more = f"; and {len(said) - _NAMED} more years" if len(said) > _NAMED else ""
    return DataError(
        f"nothing was added: {'; '.join(said[:_NAMED])}{more}; pass existing='keep' to add the other years only, "
        "existing='replace' to take the new numbers instead"
    )
