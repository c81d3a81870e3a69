"""Simulate how often the posterior of breaks shows one in series without any, and write the table beside this program.

Run ``python -m violence_stats.breaks.critical_values.simulate_false_breaks`` (about ten minutes on one core). Series
have mean 200 a month, dispersion 2 and a log rate of variance 0.02 with autocorrelation 0, 0.5 or 0.8; the prior is
the default.
"""

from __future__ import annotations

import argparse
import csv
from itertools import product
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.breaks.break_prior import probability_of_any
from violence_stats.breaks.count_simulation import CountProcess, simulate_counts
from violence_stats.breaks.options import BreakPrior
from violence_stats.breaks.windows import WindowSample, read_windows
from violence_stats.parallel import run_each
from violence_stats.series import CountSeries

SEED = 2006
REPLICATIONS = 200
MEAN, PHI, SIGMA2 = 200.0, 2.0, 0.02
RHOS = (0.0, 0.5, 0.8)
Geometry: TypeAlias = tuple[int, float, int]
GEOMETRIES: tuple[Geometry, ...] = ((60, 0.15, 5), (120, 0.15, 5), (204, 0.15, 5), (120, 0.05, 8), (204, 0.05, 8))
"""Months, trimming, largest number of breaks."""
KINDS: tuple[Literal["long-run", "pearson"], ...] = ("long-run", "pearson")


def sample_of(counts: FloatArray, trim: float) -> WindowSample:
    """Take counts as months from January 2001."""
    months = pd.period_range("2001-01", periods=len(counts), freq="M")
    return read_windows(CountSeries.from_monthly(pd.Series(counts, index=months)), trim)


def simulate(n_months: int, rho: float, rng: np.random.Generator) -> FloatArray:
    """Series without a break, shape (REPLICATIONS, n_months)."""
    place = np.arange(n_months)
    process = CountProcess(
        cell_mean=np.full(n_months, MEAN), window=place, period=place, phi=PHI, sigma2=SIGMA2, rho=rho
    )
    return simulate_counts(process, REPLICATIONS, rng)


def rows(one: tuple[int, tuple[Geometry, float]]) -> list[list[str]]:
    """Give the rows of a place in the table, its geometry and correlation, one a dispersion."""
    place, ((n_months, trim, max_breaks), rho) = one
    series = simulate(n_months, rho, np.random.default_rng([SEED, place]))
    found = []
    for kind in KINDS:
        prior = BreakPrior(dispersion=kind)
        chance = np.array([probability_of_any(sample_of(y, trim), prior, max_breaks) for y in series])
        half, sure = float(np.mean(chance > 0.5)), float(np.mean(chance > 0.95))
        error = np.sqrt(max(half * (1 - half), 0.25 / REPLICATIONS) / REPLICATIONS)
        world = [kind, f"{n_months}", f"{trim}", f"{max_breaks}", f"{rho}"]
        found.append([*world, f"{half:.3f}", f"{sure:.3f}", f"{error:.3f}"])
    return found


def main() -> None:
    """Write the table to a folder, by default the one of this program."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    parser.add_argument("--jobs", type=int, help="processes (default: one; -1: one a core)")
    options = parser.parse_args()
    path = options.to / "false_breaks.csv"
    places = list(enumerate(product(GEOMETRIES, RHOS)))
    lines = [row for some in run_each(rows, places, "worlds", n_jobs=options.jobs, progress=print) for row in some]
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write("# command: python -m violence_stats.breaks.critical_values.simulate_false_breaks\n")
        handle.write(f"# seed: {SEED}; replications: {REPLICATIONS}; numpy: {np.__version__}\n")
        handle.write(f"# mean {MEAN:g} a month, dispersion {PHI:g}, variance of the log rate {SIGMA2:g}, no break\n")
        writer = csv.writer(handle, lineterminator="\n")
        columns = [
            "dispersion",
            "n_months",
            "trim",
            "max_breaks",
            "rho",
            "over_half",
            "over_95_pct",
            "monte_carlo_error",
        ]
        writer.writerow(columns)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
