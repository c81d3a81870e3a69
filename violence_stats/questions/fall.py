"""What is a fall made of? The range of answers over every defensible model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from violence_stats.errors import FitError, SpecificationError
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.models.decomposition import Decomposition
from violence_stats.models.joint_draws import SEED
from violence_stats.months import DateLike, WindowLike, last_day, parse_window
from violence_stats.questions.fall_grid import (
    FallQuestion,
    FallSpecification,
    ask_about_fall,
    pre_period_starts,
    ramp_lockdown_correlation,
    specifications,
)
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.lockdown_bounds import (
    LockdownBound,
    NeighbourRatio,
    lockdown_bounds,
    neighbour_ratios,
)

N_DRAWS = 2_000
"""Draws behind the intervals of one specification: their ends move by about a fifteenth of a standard error."""


def decompose_fall(
    case: CaseLike = SHIPPED_CASE,
    *,
    as_of: DateLike | None = None,
    event: str | None = None,
    window: WindowLike | None = None,
    baseline: WindowLike | None = None,
    pre_starts: Sequence[DateLike] | None = None,
    seed: int = SEED,
) -> FallDecomposition:
    """Split a fall over trend, season, event, lockdown and bursts, by every defensible model, and give the range.

    One model gives one split, and another as good gives another. The headline is therefore the range over where the
    period before starts, on which day the event is said to start (the case lists the candidates), and whether it came
    as a step or as a ramp. The lockdown is given as bounds, and bursts of killings have terms of their own.

    Parameters
    ----------
    case : str, pathlib.Path or Case, default "SLV"
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE.
    event : str, optional
        Id of an intervention that the case lists; by default the last to begin by the end of the window, changes of
        definition left aside.
    window, baseline : WindowLike, optional
        The span and the earlier one that it is compared with, both ends INCLUSIVE; by default those that the case names
        ``headline`` and ``headline_baseline``.
    pre_starts : sequence of DateLike, optional
        First months of the fit. By default every half-year from the first whole month of the regime before, as long as
        a year is left before the event.
    seed : int, optional
        Of the draws behind the intervals.

    Returns
    -------
    FallDecomposition

    Raises
    ------
    SelectionError
        If the case lists no such event or names no such window, or no period before is left.
    SpecificationError
        If a period before would run across an earlier intervention, or no model can be fitted.
    WindowError
        If whole windows of the counts do not make up the windows.

    Notes
    -----
    Each model is a quasi-Poisson regression with a linear trend, one pair of harmonics and latent AR(1) errors, fitted
    to the end of the window. A ramp counts 1 in its first new month.

    Examples
    --------
    >>> import violence_stats as vs
    >>> fall = vs.decompose_fall("SLV", pre_starts=["2016-04"])
    >>> fall.n_specifications
    9
    """
    loaded = load_case(case)
    known = None if as_of is None else last_day(as_of)
    settings = loaded.settings
    question = ask_about_fall(
        settings,
        chain_series(loaded, definition=None, as_of=known),
        event=event,
        window=settings.window("headline") if window is None else parse_window(window),
        baseline=settings.window("headline_baseline") if baseline is None else parse_window(baseline),
    )
    grid = specifications(question, pre_period_starts(settings, question, pre_starts))
    splits, failed = _split_by_each(question, grid, seed)
    table = _long_table(splits)
    ratios, left_out = neighbour_ratios(loaded, question) if question.lockdown is not None else ([], [])
    primary = next(iter(splits.values()))
    return FallDecomposition(
        event=question.event.id,
        event_name=question.event.name,
        window=question.window,
        baseline=question.baseline,
        ranges=_ranges(table),
        specifications=table,
        lockdown=_bounds(question, table, ratios) if question.lockdown is not None else (),
        correlation=ramp_lockdown_correlation(question, grid[0].pre_start),
        primary=primary,
        as_of=known,
        notes=(*failed, *left_out, *dict.fromkeys(note for one in splits.values() for note in one.notes)),
    )


def _split_by_each(
    question: FallQuestion, grid: Sequence[FallSpecification], seed: int
) -> tuple[dict[FallSpecification, Decomposition], list[str]]:
    """Fit and split by each specification; say which the counts cannot carry.

    Raises
    ------
    SpecificationError
        If they carry none.
    """
    splits: dict[FallSpecification, Decomposition] = {}
    failed = []
    for one in grid:
        try:
            fit = question.fit(one)
        except (FitError, SpecificationError) as error:
            failed.append(f"the counts cannot carry the model {one}: {error}")
            continue
        splits[one] = fit.decompose(question.baseline, question.window, n_draws=N_DRAWS, seed=seed)
    if not splits:
        raise SpecificationError(failed[0])
    return splits, failed


def _long_table(splits: Mapping[FallSpecification, Decomposition]) -> pd.DataFrame:
    tables = [
        split.parts.drop(columns=["start", "end"])
        .reset_index()
        .assign(
            specification=str(one),
            pre_start=one.pre_start,
            start=one.start,
            shape=one.shape,
            lockdown=one.lockdown,
        )
        for one, split in splits.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    keys = ["specification", "pre_start", "start", "shape", "lockdown"]
    return table[[*keys, *(column for column in table.columns if column not in keys)]]


def _ranges(table: pd.DataFrame) -> pd.DataFrame:
    rows = {}
    for part, found in table.groupby("part", sort=False):
        share = found["share_pct"].to_numpy()
        row: dict[str, object] = {"kind": found["kind"].iloc[0], "n_specifications": len(found)}
        for column in ("log_points", "deaths", "share_pct"):
            row |= {f"{column}_low": found[column].min(), f"{column}_high": found[column].max()}
        row |= {"interval_low": found["log_points_low"].min(), "interval_high": found["log_points_high"].max()}
        names = found["specification"].to_numpy()
        rows[str(part)] = row | {"smallest_share": names[share.argmin()], "largest_share": names[share.argmax()]}
    ranges = pd.DataFrame.from_dict(rows, orient="index").rename_axis("part")
    is_remainder = ranges["kind"] == "remainder"
    return pd.concat([ranges[~is_remainder], ranges[is_remainder]])


def _bounds(question: FallQuestion, table: pd.DataFrame, ratios: Sequence[NeighbourRatio]) -> tuple[LockdownBound, ...]:
    name = "" if question.lockdown is None else question.lockdown.id
    own = table[table["part"] == name]
    event = table[table["part"] == question.event.id]
    columns = ["log_points", "log_points_low", "log_points_high"]
    return lockdown_bounds(
        ratios,
        [(value, low, high) for value, low, high in own[columns].to_numpy().tolist()],
        {with_term: event.loc[event["lockdown"] == with_term, "log_points"].tolist() for with_term in (True, False)},
    )
