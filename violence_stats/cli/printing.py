"""What a command prints, and the code that it ends with."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from violence_stats.parallel import Progress

if TYPE_CHECKING:
    from violence_stats.ledger.records import Language

LANGUAGES: tuple[Language, ...] = ("en", "es")
DONE, FAILED, MISUSE = 0, 1, 2
"""Done; the data, a fit or a claim failed the check; misuse."""


PATIENCE_SECONDS = 2.0
"""A command that is done by then says nothing of how far it is."""


def show(result: Any, options: argparse.Namespace) -> None:
    """Print what a result says: for people, or for machines."""
    if options.json:
        print(as_json(result.to_dict()))
    else:
        print(result.summary(), end="")


def show_to_quote(result: Any, options: argparse.Namespace, sentence: Callable[[Language], str]) -> None:
    """Print what a result says and, under it, the sentence to quote; JSON has the sentence in both languages.

    Where only the sentence is asked for, nothing else is printed.
    """
    if options.json:
        print(as_json({**result.to_dict(), "sentence": {lang: sentence(lang) for lang in LANGUAGES}}))
    elif options.sentence:
        print(sentence(options.sentence))
    else:
        print(result.summary())
        print(sentence(options.lang))


def as_json(value: Any) -> str:
    """Write plain values as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def tell(line: str) -> None:
    """Say on standard error how far a command is, whatever it prints."""
    print(f"  {line}", file=sys.stderr, flush=True)


def tell_when_slow() -> Progress:
    """Give what says how far a command is once it has run for `PATIENCE_SECONDS`."""
    begun = monotonic()

    def say(line: str) -> None:
        if monotonic() - begun > PATIENCE_SECONDS:
            tell(line)

    return say
