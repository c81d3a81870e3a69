"""Days and misspelt months that look like several series: none of them is one, so no one is advised to take one."""

from __future__ import annotations

from collections.abc import Sequence

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.axis import TimeAxis
from violence_stats.ingest.columns import Column
from violence_stats.ingest.day_matrix import perhaps_days
from violence_stats.ingest.misspelt import misspelt_months, shown_months


def refuse_disguised(
    axis: TimeAxis, columns: Sequence[Column], *, take: str | None = None, taken: Sequence[Column] = ()
) -> None:
    """Refuse columns that may be days of a month or misspelt months.

    Parameters
    ----------
    take : str or None
        What the caller asked to take; None where that is left open.
    taken : sequence of Column
        The columns that answer to it.

    Raises
    ------
    DataError
        If nothing is asked for.
    SelectionError
        If one of them is asked for.
    """
    lines, where = "rows" if axis.grid.is_turned else "columns", axis.grid.where
    days = perhaps_days(axis, [one.index for one in columns])
    if days and (take is None or any(one.index in days for one in taken)):
        advice = (
            "if they are days of the month, head one for each day to the last of the longest month, blank where "
            "nothing is known; if they are not, give them names"
        )
        if take is None:
            raise DataError(
                f"{where}: expected one series or a total, got {len(days)} {lines} of counts numbered "
                f"{min(days.values())} to {max(days.values())}; {advice}"
            )
        raise SelectionError(f"take={take!r} may be a day of the month in {where}: {advice}")
    months = misspelt_months([one.name for one in columns]) if axis.kind == "year" else {}
    if months and (take is None or any(one.name in months for one in taken)):
        shown = shown_months(months)
        if take is None:
            raise DataError(
                f"{where}: expected one series or a total, got {len(columns)} {lines} of counts of which some look "
                f"like misspelt months: {shown}; correct them"
            )
        raise SelectionError(f"take={take!r} looks like a misspelt month in {where}: {shown}; correct them")
