"""What a caller may tell `read_counts` about a table; everything left out is told from the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypedDict

from violence_stats.errors import SelectionError
from violence_stats.ingest.dated import DATES_MEAN, DatesMean
from violence_stats.ingest.thousands import ThousandsSign
from violence_stats.ingest.weeks import WEEK_SYSTEMS, WeekSystem

ZerosMean: TypeAlias = Literal["counted", "unknown"]
ZEROS_MEAN: tuple[ZerosMean, ...] = ("counted", "unknown")

_SIGNS = (".", ",", " ", "'")


class CountsOptions(TypedDict, total=False):
    """The options of `read_counts`, as keywords; `CountsSpecification` says what each means."""

    sheet: str | None
    cells: str | None
    take: str | None
    where: Mapping[str, str]
    year: int | None
    day_first: bool | None
    thousands: ThousandsSign | None
    weeks: WeekSystem | None
    dates: DatesMean | None
    cumulative: bool | None
    zeros: ZerosMean | None
    check_totals: bool
    measure: str
    country: str
    publisher: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsSpecification:
    """What is told about a table of counts.

    Parameters
    ----------
    sheet : str, optional
        Name of the sheet; by default the only one that holds a table of counts.
    cells : str, optional
        The block that holds the table and its headings, such as ``"A3:N20"``.
    take : str, optional
        Heading of the column (label of the row, where time runs across) to take, where there are several and no total.
    where : mapping of str to str, optional
        Rows of a long table to take: heading of a column to what its cells say, such as ``{"Sexo": "Total"}``.
    year : int, optional
        The year of a table that names months only.
    day_first : bool, optional
        Whether ``01/02/2020`` is 1 February; by default it is, and an error asks where months would be read as days.
    thousands : {'.', ',', ' ', "'"}, optional
        The sign between thousands, where the cells alone cannot tell.
    weeks : {'iso', 'epidemiological'}, optional
        How numbered weeks are counted; needed unless they are written as ``2024-W05``.
    dates : {'days', 'week-starts', 'week-ends', 'months', 'quarters', 'years'}, optional
        What dates that lie apart stand for; by default those that begin or end neighbouring months are those months.
    cumulative : bool, optional
        Whether counts run from the beginning of the year.
    zeros : {'counted', 'unknown'}, optional
        Whether zeros after the last count were counted; needed where all counts before them are far from 0.
    check_totals : bool, default True
        Whether a printed total that differs from its cells is an error; else the report lists it.
    measure, country, publisher, definition : str
        What the series is to be called.

    Raises
    ------
    SelectionError
        If an option cannot be what was given.
    """

    sheet: str | None = None
    cells: str | None = None
    take: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    day_first: bool | None = None
    thousands: ThousandsSign | None = None
    weeks: WeekSystem | None = None
    dates: DatesMean | None = None
    cumulative: bool | None = None
    zeros: ZerosMean | None = None
    check_totals: bool = True
    measure: str = "counts"
    country: str = ""
    publisher: str = ""
    definition: str = ""

    def __post_init__(self) -> None:
        if self.thousands is not None and self.thousands not in _SIGNS:
            raise SelectionError(f"thousands={self.thousands!r}: expected one of {', '.join(map(repr, _SIGNS))}")
        for name, value, known in (
            ("weeks", self.weeks, WEEK_SYSTEMS),
            ("dates", self.dates, DATES_MEAN),
            ("zeros", self.zeros, ZEROS_MEAN),
        ):
            if value is not None and value not in known:
                raise SelectionError(f"{name}={value!r}: expected one of {', '.join(map(repr, known))}")
        if self.year is not None and not (isinstance(self.year, int) and 1900 <= self.year <= 2100):
            raise SelectionError(f"year={self.year!r}: expected a year from 1900 to 2100")
