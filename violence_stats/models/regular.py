"""A series as one value a calendar period, for models that need even steps of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.errors import SpecificationError, WindowError
from violence_stats.models.provenance import publisher_notes, series_notes
from violence_stats.months import (
    MONTHS_PER_PERIOD,
    ONE_DAY,
    Window,
    WindowLike,
    add_months,
    parse_window,
    period_starts,
)
from violence_stats.series import CountSeries

LISTED = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegularSeries:
    """One value a period, NaN where none is known.

    Attributes
    ----------
    series : CountSeries
        What the values come from.
    windows : tuple of Window, length n
        Whole calendar periods, in order, none left out.
    y : FloatArray, shape (n,)
    notes : tuple of str
        What a reader has to be told, the missing periods among it.
    """

    series: CountSeries
    windows: tuple[Window, ...]
    y: FloatArray
    notes: tuple[str, ...]

    @property
    def span(self) -> Window:
        """From the first day to the last, both INCLUSIVE."""
        return Window(self.windows[0].start, self.windows[-1].end)

    @property
    def observed(self) -> BoolArray:
        """Which periods have a value, shape (n,)."""
        return np.isfinite(self.y)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the periods without a value."""
        return tuple(str(window) for window, seen in zip(self.windows, self.observed, strict=True) if not seen)

    @property
    def labels(self) -> pd.Index[str]:
        """Names of the periods."""
        return pd.Index([str(window) for window in self.windows], name="window")

    def place_of(self, day: date) -> int:
        """Position of the first period that ends on `day` or later; n past the end."""
        return sum(window.end < day for window in self.windows)

    def places_in(self, window: WindowLike) -> slice:
        """Positions of the periods that make up a window.

        Raises
        ------
        WindowError
            If whole periods do not make it up.
        """
        span = parse_window(window)
        inside = [k for k, one in enumerate(self.windows) if one.overlaps(span)]
        if not inside or self.windows[inside[0]].start != span.start or self.windows[inside[-1]].end != span.end:
            raise WindowError(
                f"{span} is not made up of whole periods between {self.windows[0]} and {self.windows[-1]}"
            )
        return slice(inside[0], inside[-1] + 1)

    def part(self, places: slice) -> RegularSeries:
        """Keep the periods at some positions."""
        return replace(self, windows=self.windows[places], y=self.y[places])

    def refuse_missing(self) -> None:
        """Ask for a value in each period.

        Raises
        ------
        WindowError
            Naming those without one.
        """
        if self.unknown:
            raise WindowError(
                f"no value of the whole period is known for {_listed(self.unknown)}: choose a window without"
            )

    def total(self) -> float:
        """Give the sum of counts (the mean of rates), from longer windows where periods are not known.

        Raises
        ------
        WindowError
            If whole windows do not make the periods up.
        """
        if self.series.kind == "rate":
            self.refuse_missing()
            return float(self.y.mean())
        return float(self.series.total(self.span))


def read_values(series: CountSeries | pd.Series[Any]) -> CountSeries:
    """Take a series as it is, or a plain one by period as values that have no total, NaN where missing."""
    if isinstance(series, CountSeries):
        return series
    return CountSeries.from_periods(series, kind="rate", allow_missing=True)


def read_regular(
    series: CountSeries, window: WindowLike | None, *, interventions: tuple[Intervention, ...] = ()
) -> RegularSeries:
    """Read a series by calendar period.

    Parameters
    ----------
    series : CountSeries
    window : WindowLike or None
        Whole periods, both ends INCLUSIVE; None for the whole series.
    interventions : tuple of Intervention
        Periods in the washout of one are set to missing.

    Raises
    ------
    SpecificationError
        If the window does not consist of whole periods.
    WindowError
        If the window lies outside the series.
    """
    span = series.span if window is None else parse_window(window)
    inside = series.between(span.start, span.end)
    step = MONTHS_PER_PERIOD[series.frequency]
    starts = period_starts(span.start, span.end, series.frequency)
    windows = tuple(Window(start, add_months(start, step) - ONE_DAY) for start in starts)
    if windows[0].start != span.start or windows[-1].end != span.end:
        raise SpecificationError(
            f"{span.start.isoformat()} to {span.end.isoformat()} does not consist of whole calendar periods, which "
            f"this model needs: choose a window from {windows[0].start.isoformat()} or later"
        )
    values = np.array([_value(inside, one) for one in windows])
    washed = _washed(windows, interventions)
    values[washed] = np.nan
    return RegularSeries(
        series=inside,
        windows=windows,
        y=values,
        notes=(*series_notes(inside), *publisher_notes(inside), *_missing_notes(windows, values, washed)),
    )


def _value(series: CountSeries, window: Window) -> float:
    """Sum of the windows that make up the period; NaN if a longer one reaches into it or a part is not known."""
    try:
        tiles = series.tiles(window)
    except WindowError:
        return float("nan")
    if series.kind == "rate":
        return tiles[0].value if len(tiles) == 1 else float("nan")
    return float(sum(one.value for one in tiles))


def _washed(windows: tuple[Window, ...], interventions: tuple[Intervention, ...]) -> BoolArray:
    spells = [Window(*one.washout) for one in interventions if one.washout is not None]
    return np.array([any(window.overlaps(spell) for spell in spells) for window in windows], dtype=bool)


def _missing_notes(windows: tuple[Window, ...], values: FloatArray, washed: BoolArray) -> list[str]:
    notes = []
    unknown = [
        str(window) for window, value, out in zip(windows, values, washed, strict=True) if np.isnan(value) & ~out
    ]
    if unknown:
        notes.append(
            f"no value of the whole period is known for {_listed(unknown)}: the likelihood leaves "
            f"{'it' if len(unknown) == 1 else 'them'} out"
        )
    if washed.any():
        notes.append(f"{int(washed.sum())} periods in a washout are left out")
    return notes


def _listed(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - LISTED} more" if len(labels) > LISTED else ""
    return ", ".join(labels[:LISTED]) + more
