"""Dates, intervals, numbers and sensitivity of the Bayesian search, as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.breaks.bayes import BreakPosterior
from violence_stats.breaks.break_prior import NUMBER_WORDS, dispersion_under, posterior_under
from violence_stats.breaks.count_tables import interval_frame, partition_dates
from violence_stats.breaks.options import BreakPrior
from violence_stats.breaks.partition import Partitions, best_partitions
from violence_stats.breaks.refine import DatedBreak
from violence_stats.breaks.windows import WindowSample
from violence_stats.breaks.within import WithinRegimes


def best_dates(posterior: BreakPosterior) -> Partitions:
    """Find the most probable dates for each number of breaks."""
    mass = np.concatenate([[0.0], posterior.log_mass[1:], [0.0]])
    return best_partitions(-(posterior.segment + mass[:, None]), len(posterior.number) - 1)


def credible_intervals(
    sample: WindowSample, posterior: BreakPosterior, dated: tuple[DatedBreak, ...], level: float
) -> pd.DataFrame:
    """Give the shortest interval about each break, from the posterior halfway to its neighbours."""
    edges = [0, *(one.edge for one in dated), len(sample.y)]
    bounds = []
    for one, before, after in zip(dated, edges[:-2], edges[2:], strict=True):
        at = min(one.edge, len(sample.y) - 1)
        first, last = (before + at) // 2 + 1, (at + after) // 2
        low, high = shortest_about(posterior.edge[first : last + 1], at - first, level)
        bounds.append((sample.starts[first + low], sample.starts[first + high]))
    return interval_frame(sample, dated, bounds, level, "posterior")


def shortest_about(mass: FloatArray, place: int, level: float) -> tuple[int, int]:
    """First and last place of the shortest run that holds `place` and a share of the mass."""
    total = np.concatenate([[0.0], np.cumsum(mass)])
    wanted = level * total[-1]
    runs = [
        (high - low, low, high)
        for low in range(place + 1)
        for high in range(place, len(mass))
        if total[high + 1] - total[low] >= wanted
    ]
    _, low, high = min(runs, default=(0, place, place))
    return low, high


def number_table(sample: WindowSample, posterior: BreakPosterior, best: Partitions, chosen: int) -> pd.DataFrame:
    """One row a number of breaks: its probability and its most probable dates."""
    return pd.DataFrame(
        {
            "probability": posterior.number,
            "log_evidence": posterior.log_evidence,
            "chosen": np.arange(len(posterior.number)) == chosen,
            "dates": partition_dates(sample, best),
        },
        index=pd.RangeIndex(len(posterior.number), name="breaks"),
    )


def sensitivity_table(sample: WindowSample, within: WithinRegimes, prior: BreakPrior, max_breaks: int) -> pd.DataFrame:
    """Give the posterior under other priors, one changed at a time."""
    others: dict[str, BreakPrior] = {"as taken": prior}
    others |= {f"number {name}": replace(prior, number=name) for name in NUMBER_WORDS if name != prior.number}
    others |= {f"rate shape x {factor:g}": replace(prior, rate_shape=prior.rate_shape * factor) for factor in (0.25, 4)}
    kinds: tuple[Literal["long-run", "pearson"], ...] = ("long-run", "pearson")
    others |= {f"dispersion {kind}": replace(prior, dispersion=kind) for kind in kinds if kind != prior.dispersion}
    taken = dispersion_under(within, prior)
    others |= {f"dispersion x {factor:g}": replace(prior, dispersion=taken * factor) for factor in (0.5, 2.0)}
    rows = {}
    for name, other in others.items():
        dispersion = dispersion_under(within, other)
        number = posterior_under(sample, other, dispersion, max_breaks).number
        rows[name] = (dispersion, float(1 - number[0]), int(np.argmax(number)), float(number @ np.arange(len(number))))
    columns = ["dispersion", "any_break", "most_probable", "expected"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("prior")
