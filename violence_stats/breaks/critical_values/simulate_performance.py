"""Simulate how often the break tests reject true nulls and how often the intervals of dates hold the planted date.

Run ``python -m violence_stats.breaks.critical_values.simulate_performance`` (about ten minutes on one core); it writes
``performance.csv`` beside this program. Counts have mean 200 a month, dispersion 2 and a log rate of variance 0.02;
regular series are normal with autocorrelated errors. Windows are of one to four months, drawn anew for each series.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

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
from violence_stats.breaks.windows import WindowSample, read_windows
from violence_stats.errors import FitError
from violence_stats.fitting.hac import default_lags
from violence_stats.months import ONE_DAY, Window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

SEED = 1974
REPLICATIONS = 400
N_MONTHS, TRIM, LEVEL = 120, 0.15, 0.05
MEAN, PHI, SIGMA2 = 200.0, 2.0, 0.02
BREAK_AT = 70
COUNTS = BreakOptions(family="quasi-poisson", n_replicates=199)
MONTHS = pd.period_range("2001-01", periods=N_MONTHS, freq="M")


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the table: what is measured, on which series, and the function that measures it once."""

    quantity: str
    windows: str
    rho: float
    change_pct: float
    once: Callable[[np.random.Generator], bool]


def count_series(rng: np.random.Generator, windows: str, rho: float, change_pct: float) -> CountSeries:
    """Draw counts with one break at month `BREAK_AT`, or none where the change is 0."""
    place = np.arange(N_MONTHS)
    mean = MEAN * np.where(place >= BREAK_AT, 1 + change_pct / 100, 1.0)
    process = CountProcess(cell_mean=mean, window=place, period=place, phi=PHI, sigma2=SIGMA2, rho=rho)
    counts = simulate_counts(process, 1, rng)[0]
    if windows == "months":
        return CountSeries.from_monthly(pd.Series(counts, index=MONTHS))
    edges = [0]
    while edges[-1] < N_MONTHS - 4:
        edges.append(edges[-1] + int(rng.choice([1, 1, 1, 2, 4])))
    starts = [period.start_time.date() for period in MONTHS] + [MONTHS[-1].end_time.date() + ONE_DAY]
    return CountSeries(
        observations=tuple(
            Observation(window=Window(starts[a], starts[b] - ONE_DAY), value=float(counts[a:b].sum()))
            for a, b in zip(edges, [*edges[1:], N_MONTHS], strict=True)
        )
    )


def rejects_counts(rng: np.random.Generator, windows: str, rho: float, change_pct: float, with_break: bool) -> bool:
    """Whether the bootstrapped sup-LR test rejects, with noise fitted with the break or without it."""
    sample = read_windows(count_series(rng, windows, rho, change_pct), TRIM)
    test = further_break_test(sample, NO_BREAKS, COUNTS.n_replicates, rng)
    return (test.p_value() if with_break else test.p_value_null()) <= LEVEL


def covers_counts(rng: np.random.Generator, windows: str, rho: float, change_pct: float) -> bool:
    """Whether the bootstrap interval of the one break holds the planted month."""
    sample: WindowSample = read_windows(count_series(rng, windows, rho, change_pct), TRIM)
    dated = refine_breaks(sample, search_partitions(sample, 1).breaks[1])
    process, _ = fit_dated(sample, dated)
    errors = date_errors(sample, dated, process, COUNTS.n_replicates, int(rng.integers(2**31)))
    row = interval_table(sample, dated, errors, 1 - LEVEL).iloc[0]
    return bool(row["low"] <= MONTHS[BREAK_AT] <= row["high"])


def regular_values(rng: np.random.Generator, rho: float, change_pct: float) -> FloatArray:
    """Draw normal values of standard deviation 10 about 100, with one break or none."""
    noise = rng.standard_normal(N_MONTHS)
    noise[1:] *= np.sqrt(1 - rho**2)
    level = 100 * np.where(np.arange(N_MONTHS) >= BREAK_AT, 1 + change_pct / 100, 1.0)
    return np.asarray(level + 10 * lfilter([1.0], [1.0, -rho], noise))


def rejects_regular(rng: np.random.Generator, rho: float, errors: BreakErrors) -> bool:
    """Whether sup F rejects."""
    values = pd.Series(regular_values(rng, rho, 0.0), index=MONTHS)
    sample = read_regular(CountSeries.from_periods(values, kind="rate"), ("level",), TRIM, BreakOptions())
    return sup_f_linear(sample, errors, BreakOptions()).p_value <= LEVEL


def covers_regular(rng: np.random.Generator, rho: float, change_pct: float, method: str) -> bool:
    """Whether the interval of the one break, by Bai (1997) or the bootstrap, holds the planted month."""
    y = regular_values(rng, rho, change_pct)
    Z, X = np.ones((N_MONTHS, 1)), np.empty((N_MONTHS, 0))
    allowed = allowed_segments(np.ones(N_MONTHS), int(TRIM * N_MONTHS), 2)
    fit = search_breaks(y, Z, X, allowed, 1).fits[1]
    if method == "bootstrap":
        errors = bootstrap_date_errors(fit, Z, X, simulate_regimes(fit, y, 199, rng, serial=rho > 0))
        low, high = interval_from_errors(float(fit.breaks[0]), errors[0], 1 - LEVEL)
    else:
        low, high = date_intervals(fit, Z, IntervalChoices(lags=default_lags(N_MONTHS) if rho > 0 else None))[0]
    return bool(low <= BREAK_AT <= high)


def cells() -> Iterator[Cell]:
    """List every cell of the table."""
    coverage = "coverage, counts, bootstrap"
    kinds_of_noise = {True: "noise fitted with the break", False: "noise fitted without it"}
    for windows in ("months", "windows of 1 to 4 months"):
        for with_break, words in kinds_of_noise.items():
            for rho, change in (*product((0.0, 0.5, 0.8), (0.0,)), *product((0.0, 0.5), (-20.0, -40.0))):
                once = partial(rejects_counts, windows=windows, rho=rho, change_pct=change, with_break=with_break)
                yield Cell(f"rejections, counts, sup-LR, {words}", windows, rho, change, once)
        for rho, change in product((0.0, 0.5), (-20.0, -40.0)):
            yield Cell(
                coverage, windows, rho, change, partial(covers_counts, windows=windows, rho=rho, change_pct=change)
            )
    kinds: tuple[BreakErrors, ...] = ("iid", "newey-west")
    for errors, rho in product(kinds, (0.0, 0.5, 0.8)):
        name = f"rejections, least squares, sup F, {errors}"
        yield Cell(name, "months", rho, 0.0, partial(rejects_regular, rho=rho, errors=errors))
    for method, rho, change in product(("bai-1997", "bootstrap"), (0.0, 0.5), (-8.0, -15.0)):
        name = f"coverage, least squares, {method}"
        yield Cell(name, "months", rho, change, partial(covers_regular, rho=rho, change_pct=change, method=method))


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
    row = [cell.quantity, cell.windows, f"{N_MONTHS}", f"{cell.rho:g}", f"{cell.change_pct:g}"]
    return [*row, f"{share:.3f}", f"{error:.3f}", f"{REPLICATIONS}", f"{unsettled}"]


def main() -> None:
    """Write the table to a folder, by default the one of this program."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    path = parser.parse_args().to / "performance.csv"
    lines = [measure(cell, place) for place, cell in enumerate(cells())]
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
