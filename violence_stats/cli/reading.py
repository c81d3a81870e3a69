"""The command that reads a file as it came, and can write its counts into a case."""

from __future__ import annotations

import argparse
import re
from typing import Any

import violence_stats as vs
from violence_stats.cli.documents import add_document_options, publisher_of
from violence_stats.cli.printing import DONE, as_json
from violence_stats.cli.words import add_command
from violence_stats.errors import SelectionError, ViolenceStatsError

_COUNTS = ("sheet", "cells", "take", "year", "thousands", "day_first", "weeks", "dates", "cumulative", "check_totals")
_RECORDS = ("sheet", "day_first", "repair_swapped", "window")
_LABELS = ("area", "reported", "status", "quality", "source_id", "url", "title", "date")

_SWITCH = re.compile(r"\b(day_first|cumulative|check_totals|repair_swapped)=(True|False)")
_OPTION = re.compile(r"\b(sheet|cells|take|year|thousands|weeks|dates)=(\w|['\"]|)")
_ROWS = re.compile(r"\bwhere=\{\"([^\"]*)\": \.\.\.\}")
_DAYS = re.compile(r"\bwindow=(?:\(\"([^\"]+)\", \"([^\"]+)\"\))?")


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
    table = read.add_argument_group("the table, where the file leaves it open")
    table.add_argument("--sheet", help="the sheet that holds it")
    table.add_argument("--cells", metavar="BLOCK", help="the block with its headings, such as A3:N20")
    table.add_argument("--take", metavar="HEADING", help="the column (or row) to take, where there are several")
    table.add_argument(
        "--where", action="append", metavar="HEADING=TEXT", help="the rows to take, such as Sexo=Total; may be repeated"
    )
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
        "--check-totals",
        action=argparse.BooleanOptionalAction,
        help="whether a printed total that differs from its cells is an error (default: it is)",
    )
    _add_record_options(read)
    ledger = read.add_argument_group("into a case")
    ledger.add_argument("--to", metavar="FOLDER", help="the case to write the counts into, with the file as document")
    add_document_options(ledger)


def _add_record_options(read: argparse.ArgumentParser) -> None:
    records = read.add_argument_group("one row a victim, counted by month")
    records.add_argument("--records", metavar="HEADING", help="the column of dates of such a file")
    records.add_argument(
        "--by", action="append", metavar="HEADING", help="a column to count by, such as Municipio; may be repeated"
    )
    records.add_argument(
        "--repair-swapped",
        action=argparse.BooleanOptionalAction,
        help="whether dates that only exist with day and month swapped are read that way (default: kept out, listed)",
    )
    records.add_argument("--window", nargs=2, metavar=("FIRST", "LAST"), help="count these months or days only")


def _read(options: argparse.Namespace) -> int:
    try:
        reading = _reading(options)
    except ViolenceStatsError as error:
        raise type(error)(as_typed(str(error))) from error
    added = None if options.to is None else _write_reading(reading, options)
    if options.json:
        print(as_json(reading.to_dict() if added is None else {**reading.to_dict(), "added": added.to_dict()}))
        return DONE
    print(as_typed(reading.summary()), end="")
    if options.by:
        print(reading.table.to_string())
    print(vs.draw_text_chart(reading.series), end="")
    if added is not None:
        print(added.summary(), end="")
    return DONE


def _reading(options: argparse.Namespace) -> Any:
    """Read the file as a table of counts, or as records where their column of dates is named."""
    if options.records is None:
        _refuse(options, set(_RECORDS) - set(_COUNTS) | {"by"}, "give --records with the column of dates too")
        told = _told(options, (*_COUNTS, "measure", "country"))
        return vs.read_counts(options.file, where=dict(map(_condition, options.where or ())), **told)
    _refuse(options, set(_COUNTS) - set(_RECORDS) | {"where"}, "leave it out, since --records counts rows")
    told = _told(options, (*_RECORDS, "measure"))
    return vs.read_records(options.file, date=options.records, by=tuple(options.by or ()), **told)


def _told(options: argparse.Namespace, names: tuple[str, ...]) -> dict[str, Any]:
    told = {name: value for name in names if (value := getattr(options, name)) is not None}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def _refuse(options: argparse.Namespace, names: set[str], advice: str) -> None:
    for name in sorted(names):
        if getattr(options, name) is not None:
            raise SelectionError(f"--{name.replace('_', '-')} does not go with this kind of reading: {advice}")


def _condition(text: str) -> tuple[str, str]:
    heading, sign, wanted = text.partition("=")
    if not (sign and heading.strip()):
        raise SelectionError(f"--where {text!r}: expected a heading and what its cells say, such as Sexo=Total")
    return heading.strip(), wanted.strip()


def as_typed(message: str) -> str:
    """Say in the words of the command line what a message of the library says in those of Python.

    Examples
    --------
    >>> as_typed("pass day_first=False, or cells='A3:N20', or take= with one")
    "pass --no-day-first, or --cells 'A3:N20', or --take with one"
    """
    message = _SWITCH.sub(lambda one: ("--" if one[2] == "True" else "--no-") + one[1].replace("_", "-"), message)
    message = _ROWS.sub(r"--where '\1=...'", message)
    message = _DAYS.sub(lambda one: f"--window {one[1]} {one[2]}" if one[1] else "--window", message)
    message = message.replace("read_records(date=...)", "--records HEADING")
    return _OPTION.sub(lambda one: f"--{one[1]} {one[2]}".rstrip(), message)


def _write_reading(reading: Any, options: argparse.Namespace) -> Any:
    case = vs.load_case(options.to)
    labels = vs.LedgerLabels(
        country=options.country or case.country,
        measure=options.measure or case.measure,
        publisher=publisher_of(options),
        definition=case.settings.only_definition() if options.definition is None else options.definition,
        **{name: getattr(options, name) for name in _LABELS},
    )
    return vs.add_reading(options.to, reading, labels, chain=options.chain, accept=options.accept)
