"""Commands on the ledger of a case: what changed between two of them, and a package for others."""

from __future__ import annotations

import argparse
from typing import Any

import violence_stats as vs
from violence_stats.cli.printing import DONE, as_json, show
from violence_stats.cli.words import add_case_command
from violence_stats.errors import SelectionError
from violence_stats.ledger.checksums import read_descriptor


def add_ledger_commands(commands: Any) -> None:
    """Add the commands that compare ledgers and hand them on."""
    diff = add_case_command(
        commands,
        "diff",
        _diff,
        "say which figures were added, removed, edited or revised between two days, or two cases",
        "violence-stats diff --before 2020-07-31 --after 2020-12-31",
    )
    diff.add_argument("--before", metavar="DATE", help="the earlier vintage: what was known on this day")
    diff.add_argument("--after", metavar="DATE", help="the later vintage (default: all that is known)")
    diff.add_argument("--with", dest="other", metavar="CASE", help="another case, or an edited copy, as the later one")
    export = add_case_command(
        commands,
        "export",
        _export,
        "write the ledger as a Frictionless data package, safe to open in a spreadsheet",
        "violence-stats export SLV --to ledger/",
    )
    export.add_argument("--to", required=True, metavar="FOLDER", help="where to write")
    export.add_argument("--as-of", metavar="DATE", help="only what was known on this day")


def _diff(options: argparse.Namespace) -> int:
    if options.before is None and options.other is None:
        raise SelectionError("diff: expected --before DATE or --with CASE to compare with, got neither")
    ledger = vs.load_case(options.case).ledger
    later = ledger if options.other is None else vs.load_case(options.other).ledger
    show(_known(ledger, options.before).diff(_known(later, options.after)), options)
    return DONE


def _export(options: argparse.Namespace) -> int:
    case = vs.load_case(options.case)
    licenses = read_descriptor(case.folder).get("licenses", [])
    files = _known(case.ledger, options.as_of).export(options.to, title=case.settings.title["en"], licenses=licenses)
    if options.json:
        print(as_json({"files": [str(path) for path in files]}))
    else:
        print("".join(f"{path}\n" for path in files), end="")
    return DONE


def _known(ledger: Any, day: str | None) -> Any:
    """Give the ledger as it stood on a day, or as it is."""
    return ledger if day is None else ledger.as_of(day)
