"""Specification curve: every defensible choice, every estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.months import DateLike, WindowLike, first_day
from violence_stats.parallel import Progress
from violence_stats.robustness.choices import CurveChoices, Grid
from violence_stats.robustness.curve_fits import Kind, Prepared, Refused, fit_grid, prepare
from violence_stats.robustness.curve_grid import build_grid
from violence_stats.robustness.curve_result import SpecificationCurve
from violence_stats.robustness.event import AverageEffect, bare
from violence_stats.series import CountSeries


def specification_curve(
    series: CountSeries | pd.Series[Any],
    at: DateLike,
    *,
    window: WindowLike | None = None,
    case: CaseLike | None = None,
    choices: CurveChoices | None = None,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> SpecificationCurve:
    """Estimate the change at a date by every combination of defensible choices.

    Use it to see whether a finding rests on a choice that could as well have been made otherwise. The grid runs over
    publisher, vintage, start of the fit, day of the break, step or step and ramp, trend, season, what is done about a
    lockdown, family and errors. Each specification answers one question: by what factor the rate was changed, on
    average over the time after the date, against what the rest of its model expects. They are not independent evidence,
    and their number means nothing: the range and what moves it do.

    Parameters
    ----------
    series : CountSeries or pandas.Series
        Counts. Other publishers and vintages are read from the case.
    at : DateLike
        FIRST day (or month) of the new regime.
    window : WindowLike, optional
        Within which all are fitted, both ends INCLUSIVE. Default: the longest that the case names with the date and no
        other listed change in it, else from the listed change before to the one after.
    case : CaseLike, optional
        Whose publishers, vintages, listed dates, lockdown and bursts to take; by default the case that the series was
        loaded from. Without one, the choices are those that a series alone allows.
    choices : CurveChoices, optional
        To try fewer, or others.
    n_jobs, progress
        As for `violence_stats.parallel.run_each`.

    Returns
    -------
    SpecificationCurve
        What could not be run is counted in `not_run`, by reason.

    Raises
    ------
    SeriesError
        If the series holds rates, or is malformed.
    SpecificationError
        If the window does not hold the date, leaves less than a year before it, or nothing can be run.
    SelectionError
        If a publisher or vintage is asked for that the case does not have.

    References
    ----------
    Simonsohn, U., Simmons, J. P. & Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4,
    1208-1214. Steegen, S. et al. (2016). Increasing transparency through a multiverse analysis. Perspectives on
    Psychological Science 11, 702-712.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.period_range("2015-01", periods=48, freq="M")
    >>> counts = pd.Series([60 + (7 * k) % 5 for k in range(36)] + [30 + (7 * k) % 5 for k in range(12)], index=months)
    >>> curve = specification_curve(counts, "2018-01", choices=CurveChoices(seasons=("none",), errors=("iid",)))
    >>> curve.n_specifications, curve.shares["fall_clear"]
    (24, 1.0)
    """
    if not isinstance(series, CountSeries):
        series = CountSeries.from_periods(series)
    if not isinstance(choices, CurveChoices | None):
        raise SpecificationError(f"choices: expected CurveChoices(...), got {choices!r}")
    grid, notes = build_grid(series, at, window, case, choices or CurveChoices())
    refused = Refused(counted=Counter(), examples={})
    prepared = prepare(grid, refused)
    fitted = fit_grid(grid, prepared, refused, n_jobs=n_jobs, progress=progress)
    if not fitted:
        why = "; ".join(f"{n} because {reason}" for reason, n in refused.counted.items())
        raise SpecificationError(f"no specification can be run: {why}: give a wider window, or other choices")
    return SpecificationCurve(
        at=first_day(at),
        window=grid.window,
        table=_table(grid, fitted),
        not_run=pd.DataFrame(
            [(reason, n, refused.examples[reason]) for reason, n in refused.counted.most_common()],
            columns=["reason", "n_specifications", "example"],
        ),
        series=bare(series),
        notes=(*notes, *series.notes),
    )


def _table(grid: Grid, fitted: Sequence[tuple[Prepared, Kind, AverageEffect]]) -> pd.DataFrame:
    rows = [
        {
            **one.design.labels(),
            "family": family,
            "errors": errors,
            "end": grid.fitted_window(one.design).end,
            "n_windows": one.frame.series.n_windows,
            "n_terms": len(one.frame.design.names),
            **asdict(effect),
        }
        for one, (family, errors), effect in fitted
    ]
    table = pd.DataFrame(rows)
    ratio = np.exp(table["estimate"])
    return table.assign(
        rate_ratio=ratio,
        rate_ratio_low=np.exp(table["ci_low"]),
        rate_ratio_high=np.exp(table["ci_high"]),
        change_pct=100 * (ratio - 1),
    )
