"""The date of a record, and how sure the order of its day and month is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from violence_stats.ingest.grid import Value
from violence_stats.ingest.time_labels import (
    DayOrderError,
    day_and_month_numbers,
    read_time_label,
    serial_day,
    without_clock,
)

DayOrder: TypeAlias = Literal["certain", "told", "either", "swapped", "typed", "serial", "failed"]
"""``told``: numbers whose order the day itself shows (13/02); ``either``: both orders exist (01/02); ``swapped``: only
the order that was not asked for exists; ``typed``: a date cell of a spreadsheet; ``serial``: its bare number."""

_SERIALS = range(25_569, 55_153)
_MOST_CACHED = 200_000


@dataclass(frozen=True, slots=True)
class DayReading:
    """A date as it was read; None with the reason where it was not.

    Attributes
    ----------
    day : datetime.date or None
        For ``swapped`` the day in the order that exists.
    """

    day: date | None
    order: DayOrder
    why: str = ""


class DateColumn:
    """Reads the cells of one column, each spelling once.

    Parameters
    ----------
    day_first : bool
        Whether ``01/02/2020`` is 1 February.

    Attributes
    ----------
    readings : list of DayReading
        Each once; places in it stand for them.
    good_places : dict
        The place of each spelling that was met and reads in the order asked for, as long as they are not too many.
    """

    def __init__(self, *, day_first: bool) -> None:
        self._day_first = day_first
        self._places: dict[DayReading, int] = {}
        self.readings: list[DayReading] = []
        self.good_places: dict[Value, int] = {}

    def place(self, value: Value) -> int:
        """Read a cell and give the place of what it reads as."""
        bare = without_clock(value.strip()) if isinstance(value, str) else value
        known = self.good_places.get(bare)
        if known is not None:
            return known
        reading = self._read(bare)
        place = self._places.get(reading)
        if place is None:
            place = self._places[reading] = len(self.readings)
            self.readings.append(reading)
        if reading.order not in {"failed", "swapped"} and len(self.good_places) < _MOST_CACHED:
            self.good_places[bare] = place
            self.good_places[value] = place
        return place

    def _read(self, value: Value) -> DayReading:
        if value is None or value == "":
            return DayReading(None, "failed", "no date")
        if isinstance(value, date):
            return DayReading(value, "typed")
        if isinstance(value, int | float):
            return self._read_serial(value)
        return self._read_serial(int(value)) if len(value) == 5 and value.isdecimal() else self._read_text(value)

    def _read_serial(self, serial: float) -> DayReading:
        if _SERIALS.start <= serial < _SERIALS.stop:
            return DayReading(serial_day(int(serial)), "serial")
        return DayReading(None, "failed", "a number that is no date")

    def _read_text(self, text: str) -> DayReading:
        try:
            label = read_time_label(text, day_first=self._day_first)
        except DayOrderError:
            other = read_time_label(text, day_first=not self._day_first)
            if other is not None and other.window is not None:
                return DayReading(other.window.start, "swapped")
            return DayReading(None, "failed", "not a date")
        if label is None or label.window is None or not (label.kind == "day" or label.window.is_one_month):
            return DayReading(None, "failed", "no month in it" if label is not None else "not a date")
        return DayReading(label.window.start, self._order(text))

    def _order(self, text: str) -> DayOrder:
        numbers = day_and_month_numbers(text)
        if numbers is None:
            return "certain"
        if numbers[0] == numbers[1]:
            return "certain"
        return "either" if max(numbers) <= 12 else "told"
