"""The kinds of file that are read, and the options that go with each."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

import violence_stats as vs
from violence_stats.errors import SelectionError

LABELS = ("area", "reported", "status", "quality", "source_id", "date")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is asked for, and the options that only some kinds take."""

    option: str
    takes: frozenset[str]


_TABLE = frozenset(
    {"sheet", "cells", "take", "where", "year", "thousands", "day_first", "weeks", "dates", "cumulative", "zeros"}
    | {"check_totals", *LABELS, "measure", "definition", "chain", "accept"}
)
_LEDGER = frozenset({*LABELS, "measure", "definition", "chain", "accept"})
_ENTRIES = frozenset({"indicator", "dimension", "category", "sex", "age"})
_KINDS = {
    "records": Kind(
        "--records", frozenset({"sheet", "by", "day_first", "repair_swapped", "window", "areas", "count"}) | _LEDGER
    ),
    "unodc": Kind("--unodc", frozenset({"sheet"}) | _ENTRIES | _LEDGER),
    "population": Kind("--population", frozenset({"sheet", "cells", "thousands", "existing"})),
}
_A_TABLE = Kind("a table of counts", _TABLE)
_DEFAULTS: dict[str, object] = {"status": "published", "quality": "high", "chain": "extend"}


def read_file(options: argparse.Namespace) -> Any:
    """Read the file as the kind that is asked for.

    Raises
    ------
    SelectionError
        If two kinds are asked for, or an option is given that does not go with the kind.
    """
    asked = [name for name in _KINDS if getattr(options, name)]
    if len(asked) > 1:
        raise SelectionError(f"{' and '.join(_KINDS[name].option for name in asked)}: expected one of them")
    _refuse_others(options, _KINDS[asked[0]] if asked else _A_TABLE)
    if options.population:
        return vs.read_population(options.file, **_told(options, "country", "sheet", "cells", "thousands"))
    if options.unodc:
        return _read_unodc(options)
    if options.records is not None:
        told = _told(options, "sheet", "day_first", "repair_swapped", "window", "measure", "count")
        return vs.read_records(options.file, date=options.records, by=tuple(options.by or ()), **told)
    names = sorted(_TABLE - _LEDGER - {"where"})
    where = dict(map(_condition, options.where or ()))
    return vs.read_counts(options.file, where=where, **_told(options, *names, "measure", "country"))


def _read_unodc(options: argparse.Namespace) -> Any:
    reading = vs.read_unodc(options.file, **_told(options, "sheet"))
    if options.country is None:
        known = ", ".join(list(dict.fromkeys(reading.table["iso3_code"]))[:12])
        raise SelectionError(f"--unodc: expected a country of the table, got none; pass --country, one of {known}")
    return reading.reading(options.country, **_told(options, *sorted(_ENTRIES)))


def _refuse_others(options: argparse.Namespace, kind: Kind) -> None:
    """Refuse options that go with other kinds only."""
    for name in sorted({*_TABLE, *(one for other in _KINDS.values() for one in other.takes)} - kind.takes):
        if getattr(options, name) in (None, "", _DEFAULTS.get(name)):
            continue
        others = [one.option for one in (*_KINDS.values(), _A_TABLE) if name in one.takes]
        raise SelectionError(
            f"--{name.replace('_', '-')} does not go with {kind.option}, only with {' or '.join(others)}: leave it out"
            + (f", or give {others[0]} too" if kind is _A_TABLE else "")
        )


def _told(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    told = {name: value for name in names if (value := getattr(options, name)) is not None}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def _condition(text: str) -> tuple[str, str]:
    heading, sign, wanted = text.partition("=")
    if not (sign and heading.strip()):
        raise SelectionError(f"--where {text!r}: expected a heading and what its cells say, such as Sexo=Total")
    return heading.strip(), wanted.strip()
