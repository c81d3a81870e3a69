"""The same model with each calendar year left out: what an estimate owes to one year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from violence_stats.arrays import BoolArray
from violence_stats.design.identification import refuse_too_few
from violence_stats.errors import FitError, SpecificationError
from violence_stats.models.effects import effects_table
from violence_stats.models.error_models import refit
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame, refuse_unidentified
from violence_stats.months import Window


def without_each_year(frame: ModelFrame, estimate: Estimate) -> tuple[pd.DataFrame, dict[int, str]]:
    """Refit without the windows that touch a year, for each year in turn.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
        Of the whole frame; the refits have its error model.

    Returns
    -------
    effects : pandas.DataFrame
        The columns of `ITSResult.effects`; index ``term``, ``year_left_out``; interventions only.
    not_available : dict of int to str
        Years without which the model cannot be fitted, and why.
    """
    terms = [one.term for one in frame.design.interventions]
    tables: dict[int, pd.DataFrame] = {}
    not_available: dict[int, str] = {}
    for year in range(frame.span.start.year, frame.span.end.year + 1):
        this_year = Window(date(year, 1, 1), date(year, 12, 31))
        keep = np.array([not window.overlaps(this_year) for window in frame.series.windows])
        if keep.all():
            continue
        try:
            smaller = keep_windows(frame, keep)
            without = refit(smaller, estimate)
        except (SpecificationError, FitError) as error:
            not_available[year] = str(error)
        else:
            effects = effects_table(frame.design.names, without, log_link=frame.family != "gaussian")
            tables[year] = effects.loc[terms]
    if not tables:
        return pd.DataFrame(columns=["estimate", "ci_low", "ci_high", "rate_ratio"]), not_available
    stacked = pd.concat(tables, names=["year_left_out"]).swaplevel()
    return stacked.sort_index(level="year_left_out", sort_remaining=False).loc[terms], not_available


def keep_windows(frame: ModelFrame, keep: BoolArray) -> ModelFrame:
    """Keep some windows of a frame; trends count on as they did.

    Parameters
    ----------
    keep : BoolArray, shape (n_windows,)

    Raises
    ------
    SpecificationError
        If the windows left cannot carry the terms.
    FitError
        If an estimate would not be finite.
    """
    refuse_too_few(int(keep.sum()), frame.design.names)
    cells, in_kept = frame.cells, keep[frame.cells.window]
    place = np.cumsum(keep) - 1
    smaller = replace(
        frame,
        series=replace(
            frame.series,
            observations=tuple(one for one, kept in zip(frame.series, keep, strict=True) if kept),
        ),
        cells=replace(
            cells,
            start=cells.start[in_kept],
            end=cells.end[in_kept],
            window=place[cells.window[in_kept]],
            period=cells.period[in_kept],
        ),
        design=replace(frame.design, X=frame.design.X[in_kept]),
        exposure=frame.exposure[in_kept],
    )
    refuse_unidentified(smaller)
    return smaller
