"""The data of one fit: counts, cells, design and exposure, checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.design.cells import Cells, cut_cells
from violence_stats.design.identification import refuse_collinear, refuse_outside, refuse_too_few, thin_terms
from violence_stats.design.interventions import cut_days
from violence_stats.design.matrix import DesignMatrix, Terms, build_design
from violence_stats.errors import FitError, SeriesError, SpecificationError
from violence_stats.fitting.composite import Expected, expected_counts, sum_by_window, window_starts
from violence_stats.fitting.gaussian import WeightedRows, weighted_rows
from violence_stats.fitting.separation import refuse_separation
from violence_stats.models.exposure import ExposureUnit, cell_exposure
from violence_stats.models.provenance import publisher_notes, series_notes
from violence_stats.months import ONE_DAY, Window, WindowLike, parse_window
from violence_stats.series import CountSeries

Family: TypeAlias = Literal["poisson", "quasi-poisson", "negative-binomial", "gaussian"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModelFrame:
    """What is fitted.

    Attributes
    ----------
    series : CountSeries
        The windows that are fitted; those in a washout are left out.
    span : Window
        The fitting window, both ends INCLUSIVE; trends count from its first period.
    cells : Cells
    design : DesignMatrix
    exposure : FloatArray, shape (n_cells,)
        Days, or share of the calendar period, times the exposure given.
    family : {'poisson', 'quasi-poisson', 'negative-binomial', 'gaussian'}
    unit : str
        What rates are per: ``day``, ``month``, ``quarter`` or ``year``, and unit of exposure where one is given.
    notes : tuple of str
        What a reader of the fit has to be told about its data.
    """

    series: CountSeries
    span: Window
    cells: Cells
    design: DesignMatrix
    exposure: FloatArray
    family: Family
    unit: str
    notes: tuple[str, ...]

    @property
    def y(self) -> FloatArray:
        """Observed values, shape (n_windows,)."""
        return np.array([one.value for one in self.series])

    @property
    def log_exposure(self) -> FloatArray:
        """Log of `exposure`, shape (n_cells,)."""
        return np.log(self.exposure)

    @property
    def starts(self) -> IntArray:
        """First cell of each window, shape (n_windows,)."""
        return window_starts(self.cells.window)

    @property
    def cell_weight(self) -> FloatArray:
        """What a cell's mean counts for in its window's expected value under the gaussian family, shape (n_cells,).

        Its exposure for counts; its share of the window's time for rates.
        """
        if self.series.kind == "count":
            return self.exposure
        share = self.cells.share_of_period
        return np.asarray(share / self.by_window(share)[self.cells.window])

    def expected(self, beta: FloatArray) -> Expected:
        """Give what cells and windows are expected to count at coefficients, shape (p,), with the derivatives."""
        return expected_counts(beta, self.design.X, self.log_exposure, self.cells.window)

    def by_window(self, values: FloatArray) -> FloatArray:
        """Sum cell values (n_cells, ...) by window."""
        return sum_by_window(values, self.starts)


def build_frame(
    series: CountSeries,
    terms: Terms,
    *,
    family: Family,
    unit: ExposureUnit,
    window: WindowLike | None,
    exposure: pd.Series[Any] | None,
) -> ModelFrame:
    """Choose the windows, cut them into cells, build the design and refuse what the data cannot carry.

    Raises
    ------
    SeriesError
        If a count is missing or the exposure does not fit.
    SpecificationError
        If the terms ask too much of the windows.
    WindowError
        If `window` cuts a window whose count is known only as a whole.
    FitError
        If the counts under a term are all zero, so that its estimate is not finite.
    """
    _refuse_rates(series, family, exposure)
    span = series.span if window is None else parse_window(window)
    inside = series.between(span.start, span.end)
    kept, washout_notes = _leave_out_washout(inside, terms)
    _refuse_missing(kept)
    cells = cut_cells(kept.windows, frequency=series.frequency, cuts=cut_days(terms.interventions), origin=span.start)
    refuse_outside(cells, terms.interventions)
    design = build_design(cells, terms)
    refuse_too_few(kept.n_windows, design.names)
    frame = ModelFrame(
        series=kept,
        span=span,
        cells=cells,
        design=design,
        exposure=cell_exposure(cells, None if family == "gaussian" else unit, exposure),
        family=family,
        unit=_unit_name(cells, None if family == "gaussian" else unit, is_given=exposure is not None),
        notes=(
            *series_notes(kept),
            *publisher_notes(inside),
            *_gap_notes(inside),
            *washout_notes,
            *thin_terms(design, cells, kept.windows),
        ),
    )
    refuse_unidentified(frame)
    return frame


def refuse_unidentified(frame: ModelFrame) -> None:
    """Ask that the windows tell the terms apart, and that no estimate runs to minus infinity.

    Raises
    ------
    SpecificationError
        If terms are collinear, by name.
    FitError
        If all counts are zero, or all those that could tell a term apart.
    """
    weight = frame.cell_weight if frame.family == "gaussian" else frame.exposure
    refuse_collinear(frame.design.names, frame.by_window(weight[:, None] * frame.design.X))
    if frame.family != "gaussian":
        _refuse_separation(frame)


def gaussian_rows(frame: ModelFrame) -> WeightedRows:
    """Give the least-squares rows of a gaussian model frame."""
    return weighted_rows(
        frame.y,
        frame.design.X,
        frame.cell_weight,
        frame.by_window(frame.cells.share_of_period),
        frame.cells.window,
    )


def refuse_uneven_windows(frame: ModelFrame, errors: str, *, gaps: bool = False) -> None:
    """Ask for one window a calendar period; none missing, unless `gaps` are taken.

    Raises
    ------
    SpecificationError
        Naming the first window that is no whole period, or lies after a gap.
    """
    shares = frame.by_window(frame.cells.share_of_period)
    periods = frame.cells.period[frame.starts]
    uneven = ~np.isclose(shares, 1.0)
    if not gaps:
        uneven |= np.diff(periods, prepend=periods[0] - 1) != 1
    if uneven.any():
        at_fault = frame.series.windows[int(np.flatnonzero(uneven)[0])]
        wanted = "one window a calendar period" + ("" if gaps else ", none missing")
        raise SpecificationError(
            f'errors="{errors}" with family="gaussian" needs {wanted}; {at_fault} is not the next whole one: '
            'use a count family, errors="newey-west", or another window'
        )


def _refuse_rates(series: CountSeries, family: Family, exposure: pd.Series[Any] | None) -> None:
    if series.kind == "count":
        return
    if family != "gaussian":
        raise SpecificationError(f'family "{family}" is for counts; the series holds rates: use family="gaussian"')
    if exposure is not None:
        raise SpecificationError("the series holds rates already: leave exposure out, or fit the counts")


def _refuse_missing(series: CountSeries) -> None:
    if series.missing:
        listed = ", ".join(str(window) for window in series.missing[:3])
        more = f" and {len(series.missing) - 3} more" if len(series.missing) > 3 else ""
        raise SeriesError(
            f"no count is known for {listed}{more}: choose a window without them, or leave them out of the series "
            "(counts.dropna() with allow_missing=True); a fit takes gaps and says so"
        )


def _leave_out_washout(series: CountSeries, terms: Terms) -> tuple[CountSeries, list[str]]:
    notes, kept = [], list(series.observations)
    for one in terms.interventions:
        if one.washout is not None:
            washed = Window(*one.washout)
            left_out = [observation for observation in kept if observation.window.overlaps(washed)]
            kept = [observation for observation in kept if not observation.window.overlaps(washed)]
            notes.append(f"washout of {one.term}: {len(left_out)} windows from {washed} are left out of the fit")
    if not kept:
        raise SpecificationError("the washout leaves no window to fit: shorten it or widen the window")
    return replace(series, observations=tuple(kept)), notes


def _gap_notes(series: CountSeries) -> list[str]:
    gaps = [
        Window(before.end + ONE_DAY, after.start - ONE_DAY)
        for before, after in pairwise(series.windows)
        if after.start != before.end + ONE_DAY
    ]
    if not gaps:
        return []
    return [f"no counts are known for {', '.join(map(str, gaps))}: the fit leaves these days out"]


def _refuse_separation(frame: ModelFrame) -> None:
    y, names = frame.y, frame.design.names
    if not y.any():
        raise FitError(
            f"all {len(y)} counts from {frame.span.start.isoformat()} to {frame.span.end.isoformat()} are 0, so the "
            "log rate has no finite estimate: choose a window with counts"
        )
    refuse_separation(y, frame.design.X, frame.cells.window, names)


def _unit_name(cells: Cells, unit: ExposureUnit, *, is_given: bool) -> str:
    own = "day" if unit == "days" else {"M": "month", "Q": "quarter", "Y": "year"}[cells.frequency]
    return f"{own} and unit of exposure" if is_given else own
