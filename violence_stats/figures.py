"""What the ledger is made of: a published figure and the document that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from violence_stats.months import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that publishes figures or facts.

    Attributes
    ----------
    date : str
        Day, month or year of publication as the ledger has it; blank where the document carries none.
    """

    source_id: str
    url: str
    title: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count over a window, as one document published it.

    Attributes
    ----------
    window : Window
        First and last day counted, both INCLUSIVE.
    value : int
        The count; for a stock (``prison_population``) the number on that day.
    area : str
        Blank for the whole country.
    definition : str
        What is counted; blank where the measure has one definition only.
    reported : str
        Day, month or year in which the source reported it; blank where unknown.
    known_on : datetime.date or None
        The day from which the figure counts as known: last day of the month or year of report, the source's date where
        that is blank, None where neither is known (then it is never known to an ``as_of``).
    status : str
        ``published``, ``compiled``, ``digitised``, ``derived``, ``preliminary`` or ``disputed``.
    """

    figure_id: str
    country: str
    area: str
    measure: str
    window: Window
    value: int
    definition: str
    publisher: str
    reported: str
    known_on: date | None
    status: str
    quality: str
    source_id: str
    note: str
