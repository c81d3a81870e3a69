"""The command that reads a file as it came, and can write its counts into a case."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any

import violence_stats as vs
from violence_stats.cli.documents import add_document_options, publisher_of
from violence_stats.cli.printing import DONE, as_json
from violence_stats.cli.reading_kinds import LABELS, read_file
from violence_stats.cli.typed import as_typed
from violence_stats.cli.words import add_command
from violence_stats.errors import SelectionError, ViolenceStatsError

_CODE = re.compile(r"[A-Z]{3}")
_YEARS_SHOWN = 30


def add_read_command(commands: Any) -> None:
    """Add the command."""
    read = add_command(
        commands,
        "read",
        _read,
        "read a spreadsheet or table as it came, and say what was taken from which cells",
        "violence-stats read homicidios_2024.xlsx --to my-case/ --publisher POL --reported 2025-01-15",
    )
    read.add_argument("file", help="csv, tsv, xls, xlsx or ods")
    _add_table_options(read)
    _add_record_options(read)
    _add_bulk_options(read)
    _add_case_options(read)


def _add_table_options(read: argparse.ArgumentParser) -> None:
    table = read.add_argument_group("the table, where the file leaves it open")
    table.add_argument("--sheet", help="the sheet that holds it")
    table.add_argument("--cells", metavar="BLOCK", help="the block with its headings, such as A3:N20")
    table.add_argument("--take", metavar="HEADING", help="the column (or row) to take, where there are several")
    table.add_argument(
        "--where", action="append", metavar="HEADING=TEXT", help="the rows to take, such as Sexo=Total; may be repeated"
    )
    _add_meaning_options(table)


def _add_meaning_options(table: Any) -> None:
    """Let a user say what dates, signs and zeros of a table stand for, where it can be read in two ways."""
    table.add_argument("--year", type=int, help="the year of a table that names months only")
    table.add_argument("--thousands", metavar="SIGN", choices=(".", ",", " ", "'"), help="the sign between thousands")
    table.add_argument("--day-first", action=argparse.BooleanOptionalAction, help="whether 01/02/2020 is 1 February")
    table.add_argument(
        "--weeks",
        choices=("iso", "epidemiological"),
        help="how numbered weeks are counted: Monday to Sunday, or Sunday to Saturday as health ministries do",
    )
    table.add_argument(
        "--dates",
        choices=("days", "week-starts", "week-ends", "months", "quarters", "years"),
        help="what dates that lie apart stand for",
    )
    table.add_argument(
        "--cumulative", action=argparse.BooleanOptionalAction, help="whether counts run from the beginning of the year"
    )
    table.add_argument(
        "--zeros",
        choices=("counted", "unknown"),
        help="whether zeros after the last count were counted, where all before them are far from 0",
    )
    table.add_argument(
        "--check-totals",
        action=argparse.BooleanOptionalAction,
        help="whether a printed total that differs from its cells is an error (default: it is)",
    )


def _add_case_options(read: argparse.ArgumentParser) -> None:
    ledger = read.add_argument_group("into a case")
    ledger.add_argument("--to", metavar="FOLDER", help="the case to write the counts into, with the file as document")
    ledger.add_argument(
        "--areas",
        action=argparse.BooleanOptionalAction,
        help="whether groups of --records are written too, as areas (default: where --by is a municipality or such)",
    )
    ledger.add_argument(
        "--existing",
        choices=("refuse", "keep", "replace"),
        help="what becomes of years of --population that the case has already (default: refuse)",
    )
    add_document_options(ledger)


def _add_record_options(read: argparse.ArgumentParser) -> None:
    records = read.add_argument_group("one row a victim, counted by month")
    records.add_argument("--records", metavar="HEADING", help="the column of dates of such a file")
    records.add_argument(
        "--by", action="append", metavar="HEADING", help="a column to count by, such as Municipio; may be repeated"
    )
    records.add_argument(
        "--count", metavar="HEADING", help="the column that says how many victims a row stands for (default: one)"
    )
    records.add_argument(
        "--repair-swapped",
        action=argparse.BooleanOptionalAction,
        help="whether dates that only exist with day and month swapped are read that way (default: kept out, listed)",
    )
    records.add_argument("--window", nargs=2, metavar=("FIRST", "LAST"), help="count these months or days only")


def _add_bulk_options(read: argparse.ArgumentParser) -> None:
    bulk = read.add_argument_group("tables of many countries; --country says which")
    bulk.add_argument("--unodc", action="store_true", help="the bulk table of intentional homicide of the UNODC")
    for name in ("indicator", "dimension", "category", "sex", "age"):
        default = "victims of intentional homicide" if name == "indicator" else "all"
        bulk.add_argument(f"--{name}", metavar="TEXT", help=f"of --unodc, as the table has it (default: {default})")
    bulk.add_argument("--population", action="store_true", help="inhabitants by year, for rates")


def _read(options: argparse.Namespace) -> int:
    try:
        reading = read_file(options)
        added = None if options.to is None else _write(reading, options)
    except ViolenceStatsError as error:
        raise type(error)(as_typed(str(error))) from error
    if options.json:
        print(as_json(reading.to_dict() if added is None else {**reading.to_dict(), "added": added.to_dict()}))
        return DONE
    print(as_typed(reading.summary()), end="")
    if options.by:
        print(reading.table.to_string())
    print(_chart(reading, options), end="")
    if added is not None:
        print(as_typed(added.summary()), end="")
    return DONE


def _chart(reading: Any, options: argparse.Namespace) -> str:
    if not options.population:
        return vs.draw_text_chart(reading.series)
    return vs.draw_text_chart(reading.as_counts(last=_YEARS_SHOWN), max_rows=_YEARS_SHOWN)


def _write(reading: Any, options: argparse.Namespace) -> Any:
    write: Callable[[Any, argparse.Namespace], Any] = _write_population if options.population else _write_counts
    return write(reading, options)


def _write_counts(reading: Any, options: argparse.Namespace) -> Any:
    case = vs.load_case(options.to)
    labels = vs.LedgerLabels(
        country=(reading.series.country if options.unodc else options.country) or case.country,
        measure=options.measure or case.measure,
        publisher="UNODC" if options.unodc and not options.publisher else publisher_of(options),
        definition=case.settings.only_definition() if options.definition is None else options.definition,
        url=options.url,
        title=options.title,
        **{name: getattr(options, name) for name in LABELS},
    )
    return vs.add_reading(options.to, reading, labels, chain=options.chain, accept=options.accept, areas=options.areas)


def _write_population(reading: Any, options: argparse.Namespace) -> Any:
    if options.country is not None and not _CODE.fullmatch(options.country):
        raise SelectionError(
            f"--country {options.country!r}: expected the ISO code of three capital letters under which the case is to "
            "hold the inhabitants; where the file names the country otherwise, give its rows with --cells"
        )
    document = ", ".join(text for text in (publisher_of(options), options.title, options.url) if text)
    return vs.add_population(
        options.to, reading.series, publisher=document, country=options.country, existing=options.existing or "refuse"
    )
