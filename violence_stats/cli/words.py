"""The words that commands share: a case, how to print, and which series."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

from violence_stats.cli.printing import LANGUAGES

Run: TypeAlias = Callable[[argparse.Namespace], int]
"""What carries a command out and gives its exit code."""


def add_command(commands: Any, name: str, run: Run, what: str, example: str) -> argparse.ArgumentParser:
    """Add a command of its own words: its name, what it does, an example, and ``--json``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".", epilog=f"Example: {example}"
    )
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    parser.set_defaults(run=run)
    return parser


def add_case_command(commands: Any, name: str, run: Run, what: str, example: str) -> argparse.ArgumentParser:
    """Add a command on a case, which is the shipped one if none is named."""
    parser = add_command(commands, name, run, what, example)
    parser.add_argument(
        "case", nargs="?", default="SLV", help="a shipped case, or the folder of your own (default: SLV)"
    )
    return parser


def add_series_options(parser: argparse.ArgumentParser) -> None:
    """Let a command take another series than the case's reference series."""
    parser.add_argument("--publisher", help="one publisher's whole months instead of the reference series")
    parser.add_argument("--definition", help="what is counted, where the ledger holds several definitions")
    parser.add_argument("--as-of", metavar="DATE", help="only what was known on this day")
    parser.add_argument("--measure", help="another measure of the ledger, such as extortion")
    parser.add_argument("--country", help="another country of the ledger, by its ISO code")


def add_sentence_options(parser: argparse.ArgumentParser) -> None:
    """Let a command say what to quote in another language, or nothing else."""
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the sentence to quote, printed last")
    add_sentence_option(parser)


def add_sentence_option(parser: argparse.ArgumentParser) -> None:
    """Let a command print what to quote alone."""
    parser.add_argument("--sentence", choices=LANGUAGES, help="print only the sentence to quote, in this language")


def add_jobs_option(parser: argparse.ArgumentParser) -> None:
    """Let a command share its loops over many fits."""
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="processes that share loops over many fits: one by default, -1 for one a core; the answers are the same, "
        "and it pays where they take many seconds",
    )
