"""What a caller may tell `read_records` about a table of one row a victim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from violence_stats.months import WindowLike


class RecordsOptions(TypedDict, total=False):
    """The options of `read_records`, as keywords; `RecordsSpecification` says what each means."""

    sheet: str | None
    day_first: bool
    repair_swapped: bool | None
    window: WindowLike | None
    count: str | None
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsSpecification:
    """What is told about a table of records.

    Parameters
    ----------
    sheet : str, optional
        The sheet, where several have the headings asked for.
    day_first : bool, default True
        Whether ``01/02/2020`` is 1 February.
    repair_swapped : bool, optional
        Whether swapped dates are read the other way round; None keeps out and lists those of texts, and asks where a
        spreadsheet program has swapped its cells.
    window : WindowLike, optional
        Count only these days, both ends INCLUSIVE.
    count : str, optional
        Heading of the column that says how many victims a row stands for; blank counts rows, None asks where a column
        says another number than one.
    measure : str
        What the series is to be called.
    """

    sheet: str | None = None
    day_first: bool = True
    repair_swapped: bool | None = None
    window: WindowLike | None = None
    count: str | None = None
    measure: str = "counts"
