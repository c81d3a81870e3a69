"""Simulate how often the break tests reject true nulls and how often the intervals of dates hold the planted date.

Run ``python -m violence_stats.breaks.critical_values.simulate_performance`` (about twenty minutes on one core). It
writes ``performance.csv`` beside this program. Counts have mean 200 a month, dispersion 2 and a log rate of variance
0.02; regular series are normal with autocorrelated errors. Windows are of one to four months, drawn anew for each
series.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from scipy.signal import lfilter

from violence_stats.arrays import FloatArray
from violence_stats.breaks.bai_perron import search_breaks
from violence_stats.breaks.count_breaks import fit_dated, search_partitions
from violence_stats.breaks.count_simulation import CountProcess, simulate_counts
from violence_stats.breaks.count_tables import date_errors, interval_table
from violence_stats.breaks.count_tests import NO_BREAKS, further_break_test
from violence_stats.breaks.date_bootstrap import bootstrap_date_errors, interval_from_errors, simulate_regimes
from violence_stats.breaks.date_intervals import IntervalChoices, date_intervals
from violence_stats.breaks.linear_breaks import sup_f_linear
from violence_stats.breaks.options import BreakErrors, BreakOptions
from violence_stats.breaks.partition import allowed_segments
from violence_stats.breaks.refine import refine_breaks
from violence_stats.breaks.regular import read_regular
from violence_stats.breaks.windows import read_windows
from violence_stats.errors import FitError
from violence_stats.fitting.hac import default_lags
from violence_stats.months import ONE_DAY, Window
from violence_stats.observations import Observation
from violence_stats.parallel import run_each
from violence_stats.series import CountSeries

Windows: TypeAlias = Literal["months", "windows of 1 to 4 months"]

SEED = 1974
REPLICATIONS = 400
N_MONTHS, TRIM, LEVEL = 120, 0.15, 0.05
OTHER_LENGTHS = (60, 204)
MEAN, PHI, SIGMA2 = 200.0, 2.0, 0.02
BREAK_AT = 70
WITH_BREAK = "rejections, counts, sup-LR, noise fitted with the break"
WITHOUT_BREAK = "rejections, counts, sup-LR, noise fitted without it"
COUNTS = BreakOptions(family="quasi-poisson", n_replicates=199)
START = "2001-01"
MONTHS = pd.period_range(START, periods=N_MONTHS, freq="M")


@dataclass(frozen=True, slots=True)
class World:
    """The series that are drawn: windows, length, lag-one correlation of the log rate, and the break's change."""

    windows: Windows
    rho: float
    change_pct: float = 0.0
    n_months: int = N_MONTHS


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the table: what is measured, on which series, and the function that measures it once."""

    quantity: str
    world: World
    once: Callable[[np.random.Generator], bool]


def count_series(rng: np.random.Generator, world: World) -> CountSeries:
    """Draw counts with one break at month `BREAK_AT`, or none where the change is 0."""
    n_months, months = world.n_months, pd.period_range(START, periods=world.n_months, freq="M")
    place = np.arange(n_months)
    mean = MEAN * np.where(place >= BREAK_AT, 1 + world.change_pct / 100, 1.0)
    process = CountProcess(cell_mean=mean, window=place, period=place, phi=PHI, sigma2=SIGMA2, rho=world.rho)
    counts = simulate_counts(process, 1, rng)[0]
    if world.windows == "months":
        return CountSeries.from_monthly(pd.Series(counts, index=months))
    edges = [0]
    while edges[-1] < n_months - 4:
        edges.append(edges[-1] + int(rng.choice([1, 1, 1, 2, 4])))
    starts = [period.start_time.date() for period in months] + [months[-1].end_time.date() + ONE_DAY]
    return CountSeries(
        observations=tuple(
            Observation(window=Window(starts[a], starts[b] - ONE_DAY), value=float(counts[a:b].sum()))
            for a, b in zip(edges, [*edges[1:], n_months], strict=True)
        )
    )


def rejects_counts(rng: np.random.Generator, world: World, with_break: bool) -> bool:
    """Whether the bootstrapped sup-LR test rejects, with noise fitted with the break or without it."""
    sample = read_windows(count_series(rng, world), TRIM)
    test = further_break_test(sample, NO_BREAKS, COUNTS.n_replicates, rng)
    return (test.p_value() if with_break else test.p_value_null()) <= LEVEL


def covers_counts(rng: np.random.Generator, world: World) -> bool:
    """Whether the bootstrap interval of the one break holds the planted month."""
    sample = read_windows(count_series(rng, world), TRIM)
    dated = refine_breaks(sample, search_partitions(sample, 1).breaks[1])
    process, _ = fit_dated(sample, dated)
    errors = date_errors(sample, dated, process, COUNTS.n_replicates, int(rng.integers(2**31)))
    row = interval_table(sample, dated, errors, 1 - LEVEL).iloc[0]
    return bool(row["low"] <= MONTHS[BREAK_AT] <= row["high"])


def regular_values(rng: np.random.Generator, world: World) -> FloatArray:
    """Draw normal values of standard deviation 10 about 100, with one break or none."""
    noise = rng.standard_normal(N_MONTHS)
    noise[1:] *= np.sqrt(1 - world.rho**2)
    level = 100 * np.where(np.arange(N_MONTHS) >= BREAK_AT, 1 + world.change_pct / 100, 1.0)
    return np.asarray(level + 10 * lfilter([1.0], [1.0, -world.rho], noise))


def rejects_regular(rng: np.random.Generator, world: World, errors: BreakErrors) -> bool:
    """Whether sup F rejects."""
    values = pd.Series(regular_values(rng, world), index=MONTHS)
    sample = read_regular(CountSeries.from_periods(values, kind="rate"), ("level",), TRIM, BreakOptions())
    return sup_f_linear(sample, errors, BreakOptions()).p_value <= LEVEL


def covers_regular(rng: np.random.Generator, world: World, method: str) -> bool:
    """Whether the interval of the one break, by Bai (1997) or the bootstrap, holds the planted month."""
    y = regular_values(rng, world)
    Z, X = np.ones((N_MONTHS, 1)), np.empty((N_MONTHS, 0))
    allowed = allowed_segments(np.ones(N_MONTHS), int(TRIM * N_MONTHS), 2)
    fit = search_breaks(y, Z, X, allowed, 1).fits[1]
    if method == "bootstrap":
        errors = bootstrap_date_errors(fit, Z, X, simulate_regimes(fit, y, 199, rng, serial=world.rho > 0))
        low, high = interval_from_errors(float(fit.breaks[0]), errors[0], 1 - LEVEL)
    else:
        low, high = date_intervals(fit, Z, IntervalChoices(lags=default_lags(N_MONTHS) if world.rho > 0 else None))[0]
    return bool(low <= BREAK_AT <= high)


def cells() -> Iterator[Cell]:
    """List every cell of the table."""
    for windows in get_args(Windows):
        sizes = [World(windows, rho, n_months=n) for n in (N_MONTHS, *OTHER_LENGTHS) for rho in (0.0, 0.5, 0.8)]
        broken = [World(windows, rho, change) for rho, change in product((0.0, 0.5), (-20.0, -40.0))]
        for with_break, name in ((True, WITH_BREAK), (False, WITHOUT_BREAK)):
            for world in (*sizes, *broken):
                yield Cell(name, world, partial(rejects_counts, world=world, with_break=with_break))
        for world in broken:
            yield Cell("coverage, counts, bootstrap", world, partial(covers_counts, world=world))
    kinds: tuple[BreakErrors, ...] = ("iid", "newey-west")
    for errors, rho in product(kinds, (0.0, 0.5, 0.8)):
        world = World("months", rho)
        once = partial(rejects_regular, world=world, errors=errors)
        yield Cell(f"rejections, least squares, sup F, {errors}", world, once)
    for method, rho, change in product(("bai-1997", "bootstrap"), (0.0, 0.5), (-8.0, -15.0)):
        world = World("months", rho, change)
        yield Cell(f"coverage, least squares, {method}", world, partial(covers_regular, world=world, method=method))


def measure(cell: Cell, place: int) -> list[str]:
    """Run one cell; series on which the errors do not settle are counted, not replaced."""
    hits, unsettled = 0, 0
    for replication in range(REPLICATIONS):
        try:
            hits += cell.once(np.random.default_rng([SEED, place, replication]))
        except FitError:
            unsettled += 1
    share = hits / (REPLICATIONS - unsettled)
    error = np.sqrt(max(share * (1 - share), 0.25 / REPLICATIONS) / REPLICATIONS)
    world = cell.world
    row = [cell.quantity, world.windows, f"{world.n_months}", f"{world.rho:g}", f"{world.change_pct:g}"]
    return [*row, f"{share:.3f}", f"{error:.3f}", f"{REPLICATIONS}", f"{unsettled}"]


def _measure_in_place(one: tuple[int, Cell]) -> list[str]:
    place, cell = one
    return measure(cell, place)


def main() -> None:
    """Write the table to a folder, by default the one of this program."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    parser.add_argument("--jobs", type=int, help="processes (default: one; -1: one a core)")
    options = parser.parse_args()
    path = options.to / "performance.csv"
    lines = run_each(_measure_in_place, list(enumerate(cells())), "cells", n_jobs=options.jobs, progress=print)
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write("# command: python -m violence_stats.breaks.critical_values.simulate_performance\n")
        handle.write(f"# seed: {SEED}; numpy: {np.__version__}; nominal {LEVEL:g} and {1 - LEVEL:g}; trim {TRIM:g}\n")
        handle.write(f"# counts: mean {MEAN:g} a month, dispersion {PHI:g}, variance of the log rate {SIGMA2:g}\n")
        writer = csv.writer(handle, lineterminator="\n")
        columns = ["quantity", "windows", "n_months", "rho", "change_pct", "share", "monte_carlo_error"]
        writer.writerow([*columns, "replications", "unsettled"])
        writer.writerows(lines)


if __name__ == "__main__":
    main()
