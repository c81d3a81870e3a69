"""The command line: the library's words, one command each.

Exit code 0: done; 1: the data, a fit or a claim failed the check; 2: misuse.
"""

from __future__ import annotations

import argparse
import codecs
import io
import os
import sys
from collections.abc import Sequence

from violence_stats.cli.cases import add_case_commands
from violence_stats.cli.ledgers import add_ledger_commands
from violence_stats.cli.printing import DONE, FAILED, MISUSE
from violence_stats.cli.questions import add_questions
from violence_stats.cli.words import Run
from violence_stats.errors import DataError, FitError, ViolenceStatsError

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the linear algebra libraries of Linux, Windows and macOS read their number of threads from."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; an error is one line on standard error.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the program's name; by default those of the process.
    """
    options = _parser().parse_args(arguments)
    _use_one_thread()
    _print_anything()
    run: Run = options.run
    try:
        return run(options)
    except ViolenceStatsError as error:
        print(f"violence-stats: {error}", file=sys.stderr)
        return FAILED if isinstance(error, DataError | FitError) else MISUSE
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _use_one_thread() -> None:
    """Keep linear algebra to one thread, so that sums are taken in one order and numbers come out the same.

    The libraries read this as they load: a process that has them already, or a user who set the variables, keeps what
    it has.
    """
    if "numpy" not in sys.modules:
        for name in THREAD_VARIABLES:
            os.environ.setdefault(name, "1")


def _print_anything() -> None:
    """Let names and bars be printed everywhere: as UTF-8 into files, with ``?`` where a terminal lacks a sign."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and codecs.lookup(stream.encoding).name != "utf-8":
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="violence-stats",
        description="Published homicide counts, each with its source, and what they can and cannot tell.",
        epilog="Example: violence-stats claim --window 2020-H1 --baseline 2019-H1 --claimed=-62.5",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_case_commands(commands)
    add_ledger_commands(commands)
    add_questions(commands)
    return parser
