"""What is a fall made of? The range of answers over every defensible model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

from violence_stats.errors import FitError, SpecificationError
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.models.decomposition import Decomposition
from violence_stats.months import DateLike, WindowLike, last_day, parse_window
from violence_stats.parallel import Progress, run_each
from violence_stats.questions.fall_choices import FallChoices
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


def decompose_fall(
    case: CaseLike = SHIPPED_CASE,
    *,
    as_of: DateLike | None = None,
    event: str | None = None,
    window: WindowLike | None = None,
    baseline: WindowLike | None = None,
    choices: FallChoices | None = None,
    n_jobs: int | None = None,
    progress: Progress | None = None,
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
    choices : FallChoices, optional
        Where the periods before start, and the draws behind the intervals.
    n_jobs, progress
        As for `violence_stats.parallel.run_each`.

    Returns
    -------
    FallDecomposition

    Raises
    ------
    SelectionError
        If the case lists no such event or names no such window, or no period before is left.
    SpecificationError
        If a period before would run across an earlier intervention, a later one begins by the end of the window, or no
        model can be fitted.
    WindowError
        If the baseline comes after the window, the two share days, or whole windows of the counts do not make them up.

    Notes
    -----
    Each model is a quasi-Poisson regression with a linear trend, one pair of harmonics and latent AR(1) errors, fitted
    to the end of the window. A ramp counts 1 in its first new month.

    Examples
    --------
    >>> import violence_stats as vs
    >>> fall = vs.decompose_fall("SLV", choices=vs.FallChoices(pre_starts=["2016-04"]))
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
    chosen = _read_choices(choices)
    grid = specifications(question, pre_period_starts(settings, question, chosen.pre_starts))
    answers = run_each(partial(_split, question, chosen), grid, "models of the fall", n_jobs=n_jobs, progress=progress)
    splits, failed = _sort_answers(dict(zip(grid, answers, strict=True)))
    table = _long_table(splits)
    ratios, left_out = neighbour_ratios(loaded, question) if question.lockdown is not None else ([], [])
    primary = next(iter(splits.values()))
    return FallDecomposition(
        case=loaded,
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


def _read_choices(choices: object) -> FallChoices:
    if not isinstance(choices, FallChoices | None):
        raise SpecificationError(f"choices: expected FallChoices(...), got {choices!r}")
    return choices or FallChoices()


def _split(question: FallQuestion, choices: FallChoices, one: FallSpecification) -> Decomposition | str:
    """Fit and split by one specification, or say why the counts cannot carry it."""
    try:
        fit = question.fit(one)
    except (FitError, SpecificationError) as error:
        return f"the counts cannot carry the model {one}: {error}"
    return fit.decompose(question.baseline, question.window, n_draws=choices.n_draws, seed=choices.seed)


def _sort_answers(
    answers: Mapping[FallSpecification, Decomposition | str],
) -> tuple[dict[FallSpecification, Decomposition], list[str]]:
    """Give the splits, and what the counts cannot carry.

    Raises
    ------
    SpecificationError
        If they carry none.
    """
    splits = {one: answer for one, answer in answers.items() if not isinstance(answer, str)}
    failed = [answer for answer in answers.values() if isinstance(answer, str)]
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
