"""How often the interval of a ratio of ratios misses, where counts scatter more than Poisson or move together.

Run by ``make calibration`` as ``python -m violence_stats.questions.comparison_calibration``. A treated country and four
controls are drawn by the month; half a year is compared with the same half a year before, the dispersion estimated as
`compare_windows` does by default. All fall by the same share, the treated one by half as much again.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.design.matrix import Terms
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.months import Window
from violence_stats.questions.comparison_misses import ALL, ONE
from violence_stats.questions.window_ratio import Ratio
from violence_stats.questions.windows import compare_windows
from violence_stats.robustness.calibration.cells import Cell, whole_months
from violence_stats.robustness.calibration.methods import Intervals
from violence_stats.robustness.calibration.provenance import provenance
from violence_stats.robustness.calibration.simulation import Row, summarise
from violence_stats.robustness.calibration.tables import calibration_folder, write_tables
from violence_stats.robustness.calibration.worlds import level_world
from violence_stats.series import CountSeries

COMMAND = "make calibration"
PROVENANCE_NAME = "comparison.json"
CODE = (
    "fitting/simulate.py",
    "questions/chance.py",
    "questions/comparison_calibration.py",
    "questions/pairs.py",
    "questions/window_ratio.py",
    "questions/windows.py",
    "robustness/calibration/simulation.py",
)
SEED, RUNS = 20120301, 500

N_MONTHS, N_COMPARED = 48, 6
MEANS = (250.0, 400.0, 300.0, 1000.0, 2400.0)
"""Expected counts of a month before: the treated country's, then those of the controls."""
COMMON_FALL, OWN_FALL = 0.7, 0.5
THETAS = (
    Theta(1.0, 0.0, 0.0),
    Theta(2.0, 0.0, 0.0),
    Theta(5.0, 0.0, 0.0),
    Theta(2.0, 0.04, 0.0),
    Theta(2.0, 0.04, 0.5),
    Theta(2.0, 0.04, 0.8),
)
"""Independent counts, more and more dispersed; then months that move together."""
METHOD = "ratio of ratios"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComparisonCell(Cell):
    """Five countries of one scatter.

    Attributes
    ----------
    months : CountSeries
    """

    months: CountSeries


def comparison_cells() -> Iterator[ComparisonCell]:
    """Give one cell for each scatter."""
    months = whole_months(N_MONTHS)
    for theta in THETAS:
        world = level_world(months, Terms(interventions=(), trend=None, harmonics=0), per_period=MEANS[0], theta=theta)
        name = f"comparison, dispersion {theta.dispersion:g}, sigma2 {theta.sigma2:g}, rho {theta.rho:g}"
        yield ComparisonCell(
            name=name,
            family="comparison",
            geometry=f"{N_COMPARED} months against the same {N_COMPARED} a year before",
            design="ratio of ratios",
            truth="effect",
            mean_count=MEANS[0],
            world=world,
            months=months,
        )


def simulate_comparisons(cell: ComparisonCell, *, seed: int, runs: int) -> tuple[Row, ...]:
    """Simulate a cell: the treated country over one control, and over all together."""
    generator = np.random.default_rng([seed, zlib.crc32(cell.name.encode())])
    names = (ONE, ALL)
    limits = np.full((len(names), runs, 2), np.nan)
    for run in range(runs):
        drawn = [_draw(cell, generator, place) for place in range(len(MEANS))]
        try:
            ratios = _compare(cell.months.windows, drawn)
        except SpecificationError:
            continue
        limits[:, run] = [(log(one.low), log(one.high)) for one in ratios]
    return tuple(
        summarise(cell, METHOD, name, Intervals(low=both[:, 0], high=both[:, 1], truth=log(OWN_FALL)))
        for name, both in zip(names, limits, strict=True)
    )


def _draw(cell: ComparisonCell, generator: np.random.Generator, place: int) -> CountSeries:
    """Draw one country; the last months fall."""
    world = cell.world
    expected = world.expected * MEANS[place] / MEANS[0]
    after = np.arange(N_MONTHS) >= N_MONTHS - N_COMPARED
    fall = COMMON_FALL * (OWN_FALL if place == 0 else 1.0)
    y = simulate_counts(generator, np.where(after, fall, 1.0) * expected, world.window, world.period, world.theta)[0]
    return _series(cell.months, y)


def _series(months: CountSeries, y: FloatArray) -> CountSeries:
    index = pd.period_range(months.windows[0].start, periods=len(y), freq="M")
    return CountSeries.from_monthly(pd.Series(y, index=index))


def _compare(windows: Sequence[Window], drawn: Sequence[CountSeries]) -> tuple[Ratio, Ratio]:
    after, before = windows[-N_COMPARED:], windows[-N_COMPARED - 12 : -12]
    compared = compare_windows(
        drawn[0],
        window=(after[0].start, after[-1].end),
        baseline=(before[0].start, before[-1].end),
        controls={f"control {k}": one for k, one in enumerate(drawn[1:], start=1)},
    )
    if compared.together is None:
        raise SpecificationError("several controls give a ratio over all")
    return compared.treated.over(compared.controls[0]), compared.together


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code."""
    parser = argparse.ArgumentParser(description="Measure how often intervals of ratios of ratios miss.")
    parser.add_argument("--runs", type=int, default=RUNS, help="draws a cell (default 500)")
    parser.add_argument("--seed", type=int, default=SEED, help="seed of the whole table")
    parser.add_argument("--tables", type=Path, default=None, help="folder of the tables")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    for cell in comparison_cells():
        found = simulate_comparisons(cell, seed=options.seed, runs=options.runs)
        rows += found
        sys.stderr.write(f"{cell.name}: {', '.join(f'{row.term} {row.miss_pct:.1f}%' for row in found)}\n")
    made = provenance(command=COMMAND, seed=options.seed, runs=options.runs, code=CODE)
    write_tables(rows, made, options.tables or calibration_folder(), provenance_name=PROVENANCE_NAME)
    return 0


if __name__ == "__main__":
    sys.exit(main())
