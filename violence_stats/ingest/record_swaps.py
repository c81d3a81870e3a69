"""Swapped days and months among the dates of records: found, told, and repaired only on request."""

from __future__ import annotations

from collections import Counter
from datetime import date

from violence_stats.errors import DataError
from violence_stats.ingest.record_dates import DayReading
from violence_stats.ingest.record_tally import SWAPPED, Group, RecordsAsked, Tally
from violence_stats.ingest.report import KeptOutRow

_FEW_TYPED = 20
"""Fewer date cells than this say nothing; 20 that all fall on days 1 to 12 by chance come once in 10^8."""

DayCounts = dict[Group, Counter[date]]


def settle_days(
    tally: Tally, asked: RecordsAsked, *, day_first: bool, repair: bool | None
) -> tuple[DayCounts, list[KeptOutRow]]:
    """Give the records by group and day, and the rows kept out.

    Parameters
    ----------
    repair : bool or None
        Whether swapped dates are read the other way round; None to ask where it matters for date cells.

    Raises
    ------
    DataError
        If most dates show the other order, or a spreadsheet has swapped what it could and `repair` is None.
    """
    orders = tally.n_by_order
    if orders["swapped"] > orders["told"]:
        raise _other_order(tally, asked, day_first=day_first)
    swaps_typed = _has_swapped_cells(tally)
    if swaps_typed and repair is None:
        raise _swapped_cells(tally, asked)
    counted: DayCounts = {}
    for group, readings in tally.counts.items():
        days: Counter[date] = Counter()
        for reading, n_rows in readings.items():
            day = _settled(reading, repair=bool(repair), swaps_typed=swaps_typed)
            if day is not None:
                days[day] += n_rows
        if days:
            counted[group] = days
    kept_out = [one for one in tally.kept_out if not (repair and one.why == SWAPPED)]
    return counted, kept_out


def _settled(reading: DayReading, *, repair: bool, swaps_typed: bool) -> date | None:
    if reading.day is None or (reading.order == "swapped" and not repair):
        return None
    if reading.order == "typed" and swaps_typed and repair:
        return date(reading.day.year, reading.day.day, reading.day.month)
    return reading.day


def _has_swapped_cells(tally: Tally) -> bool:
    """Tell whether a spreadsheet program read month first what it could: later days are text then, never date cells."""
    orders = tally.n_by_order
    days = {reading.day for readings in tally.counts.values() for reading in readings if reading.order == "typed"}
    early = all(day is not None and day.day <= 12 for day in days)
    return orders["typed"] >= _FEW_TYPED and early and orders["told"] > 0 and orders["either"] == 0


def _swapped_cells(tally: Tally, asked: RecordsAsked) -> DataError:
    orders = tally.n_by_order
    return DataError(
        f"{asked.where}: expected date cells on all days of the month, got {orders['typed']:,} that all fall on days "
        f"1 to 12 beside {orders['told']:,} texts of later days: a spreadsheet program has swapped day and month "
        "where it could; pass repair_swapped=True to swap them back, or repair_swapped=False if they are right as they "
        "stand"
    )


def _other_order(tally: Tally, asked: RecordsAsked, *, day_first: bool) -> DataError:
    orders = tally.n_by_order
    examples = ", ".join(f"row {one.row}: {one.text!r}" for one in tally.kept_out if one.why == SWAPPED)
    which = ("day", "month") if day_first else ("month", "day")
    return DataError(
        f"{asked.where}: expected the {which[0]} before the {which[1]}, got {orders['swapped']:,} dates that only "
        f"exist the other way round and {orders['told']:,} that do not ({examples[:120]}); "
        f"pass day_first={not day_first}"
    )


def swap_guesses(tally: Tally, *, repair: bool | None) -> tuple[str, ...]:
    """Say which dates were swapped and how many more may be, unseen."""
    orders = tally.n_by_order
    guesses: list[str] = []
    if orders["swapped"]:
        done = "read the other way round" if repair else "kept out"
        share = orders["swapped"] / (orders["swapped"] + orders["told"])
        guesses.append(
            f"{orders['swapped']:,} dates only exist with day and month swapped and are {done}; of "
            f"{orders['either']:,} that exist both ways about {share * orders['either']:,.0f} may be swapped too "
            "and count in a wrong month"
        )
    if orders["typed"] and _has_swapped_cells(tally):
        done = "swapped back" if repair else "taken as they stand"
        guesses.append(f"{orders['typed']:,} date cells look swapped by a spreadsheet program and are {done}")
    if orders["serial"]:
        guesses.append(f"{orders['serial']:,} dates are read from a spreadsheet's serial numbers")
    return tuple(guesses)
