"""Rows of records that stand for several victims: the column that says how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from violence_stats.errors import DataError
from violence_stats.ingest.grid import Value
from violence_stats.ingest.month_names import fold

_HEADING = re.compile(
    r"(?:cantidad|cuenta|conteo|frecuencia|casos|victimas|muertos|muertes|fallecidos|homicidios|count|victims|deaths|killed"
    r"|n_?killed)(?: de (?:victimas|homicidios|casos|muertos|muertes|fallecidos|hechos))?"
    r"|(?:no\.?|num\.?|numero|total)(?: de)? (?:victimas|homicidios|casos|muertos|muertes|fallecidos)"
    r"|(?:number|no\.?) of (?:victims|deaths|cases|homicides)"
)
_WHOLE = re.compile(r"(\d{1,6})(?:[.,]0+)?")
_ONE: frozenset[Value] = frozenset({None, 1, "", "1", "1.0", "1,0"})


def says_amount(value: Value) -> bool:
    """Whether a heading says how many victims a row stands for.

    Examples
    --------
    >>> says_amount("CANTIDAD"), says_amount("No. de víctimas"), says_amount("Edad de la víctima")
    (True, True, False)
    """
    return isinstance(value, str) and _HEADING.fullmatch(fold(value)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountColumn:
    """The column that says how many victims a row stands for.

    Attributes
    ----------
    place : int
        Counted from 0.
    is_told : bool
        Whether the caller named it; else no row may stand for another number than one.
    """

    file: str
    heading: str
    place: int
    is_told: bool

    def of(self, number: int, cells: Sequence[Value]) -> int | None:
        """Give how many a row stands for; None where the cell says no number.

        Raises
        ------
        DataError
            If the column was not named and a row stands for another number than one.
        """
        value = cells[self.place] if self.place < len(cells) else None
        if value in _ONE:
            return None if self.is_told and value in (None, "") else 1
        match = _WHOLE.fullmatch(str(value).strip())
        if self.is_told:
            return int(match[1]) if match else None
        if match and int(match[1]) != 1:
            raise DataError(
                f"{self.file} row {number}: expected one victim a row, got {match[1]} in column {self.heading!r}; pass "
                f"count={self.heading!r} to count what it says, or count='' to count rows"
            )
        return 1


def find_amount_column(file: str, names: Sequence[str], asked: str | None, taken: Sequence[str]) -> AmountColumn | None:
    """Find the column, as it is named or, where nothing is asked, by its heading; None where there is none.

    Parameters
    ----------
    names : sequence of str
        The headings, in small letters without accents.
    asked : str or None
        The heading; blank to count rows.
    taken : sequence of str
        Headings that dates and groups stand under.
    """
    if asked == "":
        return None
    wanted = None if asked is None else fold(asked)
    for place, name in enumerate(names):
        if name == wanted or (wanted is None and name not in taken and says_amount(name)):
            return AmountColumn(
                file=file, heading=name if asked is None else asked, place=place, is_told=asked is not None
            )
    return None
