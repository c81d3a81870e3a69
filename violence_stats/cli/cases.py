"""Commands that make, fill and check a case, and read a file into it."""

from __future__ import annotations

import argparse
from typing import Any

import violence_stats as vs
from violence_stats.cli.printing import DONE, FAILED, show
from violence_stats.cli.words import add_case_command, add_command


def add_case_commands(commands: Any) -> None:
    """Add the commands that look after a case's files."""
    verify = add_case_command(commands, "verify", _verify, "list every fault in a case's data", "violence-stats verify")
    verify.add_argument("--update", action="store_true", help="accept the changes you made: rewrite the checksums")
    _add_read(commands)


def _add_read(commands: Any) -> None:
    read = add_command(
        commands,
        "read",
        _read,
        "read a spreadsheet or table of counts as it came, and say what was taken from which cells",
        "violence-stats read homicidios_2024.xlsx",
    )
    read.add_argument("file", help="csv, tsv, xls, xlsx or ods")


def _verify(options: argparse.Namespace) -> int:
    if options.update:
        vs.update_package(options.case)
    verification = vs.verify_case(options.case)
    show(verification, options)
    return DONE if verification.ok else FAILED


def _read(options: argparse.Namespace) -> int:
    reading = vs.read_counts(options.file)
    show(reading, options)
    if not options.json:
        print(vs.draw_text_chart(reading.series), end="")
    return DONE
