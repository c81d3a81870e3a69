"""Counts written with points, commas or spaces between thousands, read together so that neighbours decide."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

from violence_stats.errors import DataError
from violence_stats.ingest.grid import Grid, Value

ThousandsSign: TypeAlias = Literal[".", ",", " ", "'"]
Place: TypeAlias = tuple[int, int]

BLANKS = frozenset(
    {"", "-", "--", "---", "–", "—", "…", "...", "..", ".", "*", "nd", "n/d", "n.d.", "n.d", "s/d", "s.d.", "sd", "na"}
    | {"n/a", "n.a.", "nan", "null", "none", "#n/a", "s/i", "sin dato", "sin datos", "no disponible"}
    | {"not available", "no data", "n. d.", "s. d."}
)
"""What stands, in lower case, where a count is not known. A dash is read so too: whether it means 0 is not known."""

_SPACES = "\u00a0\u2009\u202f\u2007 "
_MARKS = re.compile(r"(?:\s*(?:\*+|\([a-z0-9*]\)|[¹²³⁴⁵⁶⁷⁸⁹]+)|(?<=\d)\s*[pr]/?|\s+\d/)+\s*$", re.IGNORECASE)
_WHOLE = re.compile(r"\d+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., '])\d{3})(?:\1\d{3})*")
_WITH_DECIMALS = re.compile(r"(\d{1,3}(?:([., '])\d{3})(?:\2\d{3})*|\d+)([.,])(\d+)")
_MOST_DIGITS = 15
_NEAR = 30.0
"""A count may be this many times its neighbours' median, or this part of it, and still stand beside them."""

_NAMES = {".": "point", ",": "comma", " ": "space", "'": "apostrophe"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts by cell, and what had to be assumed to read them.

    Attributes
    ----------
    counts : mapping of place to int or None
        None where the cell says that no count is known.
    """

    counts: Mapping[Place, int | None]
    guesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A cell with one separator before three digits, or a spreadsheet number with decimals that may be thousands."""

    place: Place
    sign: str
    as_thousands: int
    is_typed: bool


def looks_like_number(value: Value) -> bool:
    """Whether a cell holds something that may be a count, however it is written."""
    if isinstance(value, int | float):
        return True
    if not isinstance(value, str):
        return False
    text = _bare(value)
    return bool(_WHOLE.fullmatch(text) or _GROUPED.fullmatch(text) or _WITH_DECIMALS.fullmatch(text))


def is_blank(value: Value) -> bool:
    """Whether a cell is empty or says that nothing is known."""
    return value is None or (isinstance(value, str) and value.strip().lower() in BLANKS)


def read_counts_together(grid: Grid, places: Sequence[Place], thousands: ThousandsSign | None) -> Numbers:
    """Read the cells of one table as whole numbers.

    Parameters
    ----------
    places : sequence of (row, column)
    thousands : {'.', ',', ' ', "'"} or None
        The sign between thousands where the caller knows it; None to tell it from the cells.

    Raises
    ------
    DataError
        Naming the cell that is no count, or whose thousands cannot be told from decimals.
    """
    certain: dict[Place, int | None] = {}
    doubtful: list[_Doubtful] = []
    guesses: set[str] = set()
    for place in places:
        found = _read_cell(grid, place, thousands, guesses)
        if isinstance(found, _Doubtful):
            doubtful.append(found)
        else:
            certain[place] = found
    if doubtful:
        _settle(grid, certain, doubtful, thousands, guesses)
        certain.update({one.place: one.as_thousands for one in doubtful})
    return Numbers({place: certain[place] for place in places}, tuple(sorted(guesses)))


def _read_cell(grid: Grid, place: Place, thousands: ThousandsSign | None, guesses: set[str]) -> int | _Doubtful | None:
    value = grid.at(*place)
    if is_blank(value):
        if value is not None:
            guesses.add(f"cells that hold {str(value).strip()!r} are read as not known, not as 0")
        return None
    if isinstance(value, float):
        return _read_float(grid, place, value)
    if isinstance(value, int):
        return _checked(grid, place, value)
    if not isinstance(value, str):
        raise grid.fault(*place, "a count", "correct the cell")
    text = _bare(value)
    if text != _spaced(value.strip()):
        guesses.add(f"marks after a count, such as in {value.strip()[:20]!r}, are left away as references to notes")
    return _read_text(grid, place, text, thousands)


def _read_text(grid: Grid, place: Place, text: str, thousands: ThousandsSign | None) -> int | _Doubtful:
    if len(text) > 2 * _MOST_DIGITS:
        raise grid.fault(*place, "a count", "correct the cell")
    if _WHOLE.fullmatch(text):
        return _checked(grid, place, int(text))
    if grouped := _GROUPED.fullmatch(text):
        sign = grouped[1]
        number = _checked(grid, place, int(text.replace(sign, "")))
        many_groups = text.count(sign) > 1
        if thousands is not None and sign != thousands:
            raise grid.fault(*place, f"{_NAMES[thousands]}s between thousands", "correct the cell or `thousands`")
        return number if many_groups or sign in " '" or thousands else _Doubtful(place, sign, number, is_typed=True)
    if decimal := _WITH_DECIMALS.fullmatch(text):
        if set(decimal[4]) == {"0"} and len(decimal[4]) != 3 and decimal[2] != decimal[3]:
            return _checked(grid, place, int(decimal[1].replace(decimal[2] or "", "") if decimal[2] else decimal[1]))
        raise grid.fault(*place, "a whole number", "if these are rates or averages, give the table of counts instead")
    raise grid.fault(*place, "a count", "correct the cell, or leave it blank where no count is known")


def _read_float(grid: Grid, place: Place, value: float) -> int | _Doubtful:
    scaled = value * 1000
    if not math.isfinite(value) or value < 0:
        raise grid.fault(*place, "a count of 0 or more", "correct the cell")
    if value >= 2**53:
        raise grid.fault(*place, f"a count of at most {_MOST_DIGITS} digits", "correct the cell")
    if value == int(value):
        return _checked(grid, place, int(value))
    if 1 <= value < 1000 and abs(scaled - round(scaled)) < 1e-6:
        return _Doubtful(place, ".", round(scaled), is_typed=False)
    raise grid.fault(*place, "a whole number", "if these are rates or averages, give the table of counts instead")


def _checked(grid: Grid, place: Place, number: int) -> int:
    if number < 0:
        raise grid.fault(*place, "a count of 0 or more", "correct the cell")
    if number >= 10**_MOST_DIGITS:
        raise grid.fault(*place, f"a count of at most {_MOST_DIGITS} digits", "correct the cell")
    return number


def _settle(
    grid: Grid,
    certain: Mapping[Place, int | None],
    doubtful: Sequence[_Doubtful],
    thousands: ThousandsSign | None,
    guesses: set[str],
) -> None:
    """Decide whether the doubtful cells are thousands, from one another and from the cells beside them."""
    signs = {one.sign for one in doubtful}
    if len(signs) > 1:
        first = {sign: next(one.place for one in doubtful if one.sign == sign) for sign in sorted(signs)}
        raise DataError(
            f"{grid.where}: expected one sign between thousands, got "
            + " and ".join(f"a {_NAMES[sign]} in {grid.name(*place)}" for sign, place in first.items())
            + "; correct the cells, or pass cells= with the part that is written one way"
        )
    sign = next(iter(signs))
    if thousands != sign:
        _refuse_unlikely(grid, certain, doubtful)
    example = doubtful[0]
    held = grid.at(*example.place)
    kind = "written" if example.is_typed else "turned into a decimal number by a spreadsheet program"
    guesses.add(
        f"{len(doubtful)} cells such as {grid.name(*example.place)} ({held}) are read as thousands {kind} with a "
        f"{_NAMES[sign]}: {example.as_thousands:,}"
    )


def _refuse_unlikely(grid: Grid, certain: Mapping[Place, int | None], doubtful: Sequence[_Doubtful]) -> None:
    neighbours = [number for number in certain.values() if number]
    if not neighbours:
        are_round = all(one.as_thousands % 1000 == 0 for one in doubtful)
        if all(one.is_typed for one in doubtful) and len(doubtful) > 1 and not are_round:
            return
        raise _cannot_tell(grid, doubtful[0], "no cell beside it that could tell")
    middle = median(neighbours)
    for one in doubtful:
        if not middle / _NEAR <= one.as_thousands <= middle * _NEAR:
            raise _cannot_tell(grid, one, f"cells beside it about {middle:,.0f}")


def _cannot_tell(grid: Grid, one: _Doubtful, why: str) -> DataError:
    return grid.fault(
        *one.place,
        f"a count, which may be {one.as_thousands:,} with a {_NAMES[one.sign]} between thousands ({why})",
        f'pass thousands="{one.sign}" if it is, or correct the cell',
    )


def _bare(text: str) -> str:
    """Take away marks that refer to a note, and make every kind of space one."""
    return _MARKS.sub("", _spaced(text.strip())).strip()


def _spaced(text: str) -> str:
    for space in _SPACES:
        text = text.replace(space, " ")
    return text.replace("’", "'")
