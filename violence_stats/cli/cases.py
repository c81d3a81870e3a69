"""Commands that make, fill and check a case."""

from __future__ import annotations

import argparse
import re
from typing import Any

import violence_stats as vs
from violence_stats.cli.documents import add_document_options, publisher_of
from violence_stats.cli.printing import DONE, FAILED, show
from violence_stats.cli.reading import add_read_command
from violence_stats.cli.words import add_case_command, add_command
from violence_stats.errors import SelectionError


def add_case_commands(commands: Any) -> None:
    """Add the commands that look after a case's files."""
    verify = add_case_command(commands, "verify", _verify, "list every fault in a case's data", "violence-stats verify")
    verify.add_argument("--update", action="store_true", help="accept the changes you made: rewrite the checksums")
    _add_new(commands)
    _add_add(commands)
    add_read_command(commands)


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
    add.add_argument("--value", required=True, type=_whole_number, help="the count, such as 1085")
    add_document_options(add)
    add.add_argument("--note", default="", help="what else the document says about the figure")
    add.add_argument("--id", default="", help="the figure's id (default: the next free one)")
    add.add_argument(
        "--arithmetic",
        default="",
        metavar="SUM",
        help="a row for the reference chain whose window no one published, such as 'NEW - F0012'",
    )


def _whole_number(text: str) -> int:
    """Read a count; a sign between thousands might as well be a decimal one."""
    if not re.fullmatch(r"-?[0-9]+", text):
        raise argparse.ArgumentTypeError(
            f"expected a whole number, such as 1085, got {text!r}; write it without a sign between thousands"
        )
    return int(text)


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
        publisher=publisher_of(options),
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
