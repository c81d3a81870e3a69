"""Commands that make, fill and check a case, and read a file into it."""

from __future__ import annotations

import argparse
from typing import Any

import violence_stats as vs
from violence_stats.cli.printing import DONE, FAILED, as_json, show
from violence_stats.cli.words import add_case_command, add_command
from violence_stats.errors import SelectionError

_LABELS = ("area", "reported", "status", "quality", "source_id", "url", "title", "date")


def add_case_commands(commands: Any) -> None:
    """Add the commands that look after a case's files."""
    verify = add_case_command(commands, "verify", _verify, "list every fault in a case's data", "violence-stats verify")
    verify.add_argument("--update", action="store_true", help="accept the changes you made: rewrite the checksums")
    _add_new(commands)
    _add_add(commands)
    _add_read(commands)


def _add_new(commands: Any) -> None:
    new = add_command(
        commands,
        "new",
        _new,
        "make a case of your own: a folder with empty tables and a README that walks through it",
        "violence-stats new my-case/ --country PER",
    )
    new.add_argument("folder", help="not there yet, or empty; its name becomes the case's id")
    new.add_argument("--country", required=True, metavar="CODE", help="ISO code of three letters")
    new.add_argument("--name", help="the country's name in English (default: as the package knows it, else the code)")
    new.add_argument("--name-es", metavar="NAME", help="the country's name in Spanish (default: as in English)")
    new.add_argument("--measure", default="homicides", help="what the case counts (default: homicides)")
    new.add_argument("--title", help="the case's title in English (default: what is counted, and where)")
    new.add_argument("--title-es", metavar="TITLE", help="the case's title in Spanish (default: as in English)")


def _add_add(commands: Any) -> None:
    add = add_command(
        commands,
        "add",
        _add,
        "add a figure with its document to a case, once it is checked",
        "violence-stats add my-case/ --window 2024-01 --value 231 --publisher POL --reported 2024-02-03 "
        "--url https://example.org/january",
    )
    add.add_argument("case", help="the folder of your case")
    add.add_argument(
        "--window", required=True, nargs="+", metavar="DATE", help="2024-01, or first and last day or month"
    )
    add.add_argument("--value", required=True, type=int, help="the count")
    _add_document_options(add)
    add.add_argument("--note", default="", help="what else the document says about the figure")
    add.add_argument("--id", default="", help="the figure's id (default: the next free one)")
    add.add_argument(
        "--arithmetic",
        default="",
        metavar="SUM",
        help="a row for the reference chain whose window no one published, such as 'NEW - F0012'",
    )


def _add_read(commands: Any) -> None:
    read = add_command(
        commands,
        "read",
        _read,
        "read a spreadsheet or table of counts as it came, and say what was taken from which cells",
        "violence-stats read homicidios_2024.xlsx --to my-case/ --publisher POL --reported 2025-01-15",
    )
    read.add_argument("file", help="csv, tsv, xls, xlsx or ods")
    table = read.add_argument_group("the table, where the file leaves it open")
    table.add_argument("--sheet", help="the sheet that holds it")
    table.add_argument("--cells", metavar="BLOCK", help="the block with its headings, such as A3:N20")
    table.add_argument("--take", metavar="HEADING", help="the column (or row) to take, where there are several")
    table.add_argument("--year", type=int, help="the year of a table that names months only")
    table.add_argument("--thousands", choices=(".", ",", " ", "'"), help="the sign between thousands")
    table.add_argument("--day-first", action=argparse.BooleanOptionalAction, help="whether 01/02/2020 is 1 February")
    table.add_argument(
        "--cumulative", action=argparse.BooleanOptionalAction, help="whether counts run from the beginning of the year"
    )
    ledger = read.add_argument_group("into a case")
    ledger.add_argument("--to", metavar="FOLDER", help="the case to write the counts into, with the file as document")
    _add_document_options(ledger)


def _add_document_options(parser: Any) -> None:
    """Let a command say who counted what, and which document says so."""
    parser.add_argument("--publisher", help="who counted, not who printed it")
    parser.add_argument("--country", help="ISO code (default: the case's)")
    parser.add_argument("--measure", help="what is counted (default: as the case's reference series)")
    parser.add_argument("--definition", help="which cases are counted (default: the only one that case.toml names)")
    parser.add_argument("--area", default="", help="part of the country (default: the whole)")
    parser.add_argument("--reported", default="", metavar="DATE", help="day, month or year of the report")
    parser.add_argument("--status", default="published", help="such as compiled or preliminary (default: published)")
    parser.add_argument("--quality", default="high", help="how sure the reading is: high (the default), medium or low")
    parser.add_argument("--url", default="", help="where the document stands")
    parser.add_argument("--title", default="", help="what it is called")
    parser.add_argument("--date", default="", help="its day, month or year (default: that of the report)")
    parser.add_argument("--source-id", default="", metavar="ID", help="its id, if the case has it already or is to")
    parser.add_argument(
        "--chain",
        default="extend",
        choices=("extend", "leave"),
        help="whether the reference chain takes the windows that continue it (default: extend)",
    )
    parser.add_argument(
        "--accept", default="", metavar="REASON", help="why findings that can be right as published are to stand"
    )


def _verify(options: argparse.Namespace) -> int:
    if options.update:
        vs.update_package(options.case)
    verification = vs.verify_case(options.case)
    show(verification, options)
    return DONE if verification.ok else FAILED


def _new(options: argparse.Namespace) -> int:
    made = vs.new_case(
        options.folder,
        country=options.country,
        name=_both(options.name, options.name_es),
        measure=options.measure,
        title=_both(options.title, options.title_es),
    )
    show(made, options)
    return DONE


def _both(english: str | None, spanish: str | None) -> Any:
    """Give a name in both languages, one standing in for the other; None where neither was given."""
    if english is None and spanish is None:
        return None
    return {"en": english or spanish, "es": spanish or english}


def _add(options: argparse.Namespace) -> int:
    if len(options.window) > 2:
        raise SelectionError(f"--window {' '.join(options.window)}: expected one window, or its first and last day")
    figure = vs.NewFigure(
        window=options.window[0] if len(options.window) == 1 else tuple(options.window),
        value=options.value,
        publisher=_publisher(options),
        reported=options.reported,
        country=options.country,
        measure=options.measure,
        definition=options.definition,
        area=options.area,
        status=options.status,
        quality=options.quality,
        note=options.note,
        figure_id=options.id,
    )
    source = vs.NewSource(
        url=options.url, title=options.title, date=options.date or options.reported, source_id=options.source_id
    )
    added = vs.add_figure(
        options.case, figure, source, chain=options.chain, arithmetic=options.arithmetic, accept=options.accept
    )
    show(added, options)
    return DONE


def _publisher(options: argparse.Namespace) -> str:
    if not options.publisher:
        raise SelectionError("--publisher: expected who counted, got nothing; give its code, such as POL")
    return str(options.publisher)


def _read(options: argparse.Namespace) -> int:
    asked = ("sheet", "cells", "take", "year", "thousands", "day_first", "cumulative", "measure", "country")
    told = {name: value for name in asked if (value := getattr(options, name)) is not None}
    reading = vs.read_counts(options.file, **told)
    added = None if options.to is None else _write_reading(reading, options)
    if options.json:
        print(as_json(reading.to_dict() if added is None else {**reading.to_dict(), "added": added.to_dict()}))
        return DONE
    show(reading, options)
    print(vs.draw_text_chart(reading.series), end="")
    if added is not None:
        print(added.summary(), end="")
    return DONE


def _write_reading(reading: Any, options: argparse.Namespace) -> Any:
    case = vs.load_case(options.to)
    labels = vs.LedgerLabels(
        country=options.country or case.country,
        measure=options.measure or case.measure,
        publisher=_publisher(options),
        definition=case.settings.only_definition() if options.definition is None else options.definition,
        **{name: getattr(options, name) for name in _LABELS},
    )
    return vs.add_reading(options.to, reading, labels, chain=options.chain, accept=options.accept)
