"""Two ledgers put together: the same content once, and an error where one id stands for two contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TypeVar

from violence_stats.errors import DataError
from violence_stats.figures import Figure, Source

Record = TypeVar("Record", Figure, Source)

_SHOWN = 3


def join_by_id(ours: Mapping[str, Record], theirs: Mapping[str, Record]) -> dict[str, Record]:
    """Put the records of two ledgers together: ours in their order, then those that only the other has.

    Raises
    ------
    DataError
        If an id stands for different content; the message gives both contents of the first few.
    """
    clashes = list(_clashes(ours, theirs))
    if clashes:
        more = f" (and {len(clashes) - _SHOWN} more)" if len(clashes) > _SHOWN else ""
        raise DataError(
            "the ledgers cannot be combined, since ids stand for different content in this one and the other: "
            f"{'; '.join(clashes[:_SHOWN])}{more}; number them anew in one of the two, or settle which is right"
        )
    return {**ours, **theirs}


def _clashes(ours: Mapping[str, Record], theirs: Mapping[str, Record]) -> Iterator[str]:
    """Name each id of two contents with the cells that differ, ours first."""
    for key, one in ours.items():
        other = theirs.get(key, one)
        if other != one:
            old, new = asdict(one), asdict(other)
            differing = (name for name in old if old[name] != new[name])
            yield f"{key} ({', '.join(f'{name} {_cell(old[name])} or {_cell(new[name])}' for name in differing)})"


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return "/".join(str(part) for part in value.values())
    return repr(value) if isinstance(value, str) else str(value)
