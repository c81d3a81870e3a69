"""Messages of the library in the words of the command line."""

from __future__ import annotations

import re

_SWITCH = re.compile(r"\b(day_first|cumulative|check_totals|repair_swapped|areas)=(True|False)")
_NAMES = (
    "sheet|cells|take|year|thousands|weeks|dates|zeros|count|country|indicator|dimension|category|sex|age|existing|"
    "source_id"
)
_OPTION = re.compile(rf"\b({_NAMES})=(\w|['\"]|)")
_ROWS = re.compile(r"\bwhere=\{\"([^\"]*)\": \.\.\.\}")
_DAYS = re.compile(r"\bwindow=(?:\(\"([^\"]+)\", \"([^\"]+)\"\))?")
_READERS = (
    ("read_unodc(...) and name a country", "--unodc --country CODE"),
    ("read_population(...)", "--population"),
    ("read_records(date=...)", "--records HEADING"),
    ("read_records", "--records HEADING"),
)


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
    for reader, option in _READERS:
        message = message.replace(reader, option)
    return _OPTION.sub(lambda one: f"--{one[1].replace('_', '-')} {one[2]}".rstrip(), message)
