"""Simulate one cell: draw its world, let every method make its intervals, count the misses."""

from __future__ import annotations

import zlib
from dataclasses import asdict, dataclass

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.robustness.calibration.cells import Cell
from violence_stats.robustness.calibration.methods import METHODS, Intervals, Method, intervals_of
from violence_stats.robustness.calibration.target import Verdict, verdict

FIRST_RUNS = 20
"""Draws whose misses are kept apart, so that a part of any cell can be recomputed in seconds and compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table: one term of one cell under one method.

    Attributes
    ----------
    cell, family, geometry, design, truth, term, method : str
        ``truth`` is ``none`` (misses are false alarms) or ``effect``.
    n_windows : int
    mean_count : float
        Expected count of a period; NaN where it varies.
    dispersion, sigma2, rho : float
        True variance parameters.
    effect : float
        True value of the term.
    runs : int
        Draws with an interval.
    failed : int
        Draws without.
    missed : int
        Intervals that do not hold the truth.
    miss_pct, mc_error_pct : float
        Their share, and its Monte Carlo standard error.
    median_half_width : float
        Infinite where most intervals are open.
    first_missed : int
        Misses among the first `FIRST_RUNS` draws.
    verdict : {'above', 'within', 'cautious'}
        Against the target for the default, whatever the method.
    """

    cell: str
    family: str
    geometry: str
    design: str
    truth: str
    term: str
    method: str
    n_windows: int
    mean_count: float
    dispersion: float
    sigma2: float
    rho: float
    effect: float
    runs: int
    failed: int
    missed: int
    miss_pct: float
    mc_error_pct: float
    median_half_width: float
    first_missed: int
    verdict: Verdict

    def to_dict(self) -> dict[str, object]:
        """Give the line by column."""
        return asdict(self)


def simulate_cell(cell: Cell, *, seed: int, runs: int, methods: tuple[Method, ...] = METHODS) -> tuple[Row, ...]:
    """Simulate a cell.

    Parameters
    ----------
    cell : Cell
    seed : int
        Of the whole calibration; a cell's own stream follows from it and the cell's name.
    runs : int
        Draws. The first of a longer run are those of a shorter one.
    methods : tuple of str
    """
    draws = draw_world(cell, seed=seed, runs=runs)
    return tuple(
        summarise(cell, method, term, intervals)
        for method in methods
        for term, intervals in intervals_of(method, cell.world, draws).items()
    )


def draw_world(cell: Cell, *, seed: int, runs: int) -> FloatArray:
    """Draw counts from the cell's own stream, shape (runs, n_windows)."""
    generator = np.random.default_rng([seed, zlib.crc32(cell.name.encode())])
    world = cell.world
    return np.concatenate(
        [
            simulate_counts(generator, world.expected, world.window, world.period, world.theta, n_draws=size)
            for size in portions(runs)
        ]
    )


def portions(runs: int) -> list[int]:
    """Draw in portions of a fixed size, so that fewer runs are the beginning of more."""
    whole, rest = divmod(runs, FIRST_RUNS)
    return [FIRST_RUNS] * whole + ([rest] if rest else [])


def summarise(cell: Cell, method: str, term: str, intervals: Intervals) -> Row:
    """Count the misses of one quantity over all draws."""
    given, missed = intervals.given, intervals.missed
    runs = int(given.sum())
    share = missed.sum() / max(runs, 1)
    theta = cell.world.theta
    half_width = (intervals.high - intervals.low)[given] / 2
    miss_pct = round(100 * float(share), 1)
    mc_error_pct = round(100 * float(np.sqrt(share * (1 - share) / max(runs, 1))), 1)
    return Row(
        cell=cell.name,
        family=cell.family,
        geometry=cell.geometry,
        design=cell.design,
        truth=cell.truth,
        term=term,
        method=method,
        n_windows=cell.world.n_windows,
        mean_count=cell.mean_count,
        dispersion=round(theta.dispersion, 4),
        sigma2=round(theta.sigma2, 5),
        rho=round(theta.rho, 3),
        effect=round(intervals.truth, 5),
        runs=runs,
        failed=len(given) - runs,
        missed=int(missed.sum()),
        miss_pct=miss_pct,
        mc_error_pct=mc_error_pct,
        median_half_width=round(float(np.median(half_width)), 4) if runs else float("nan"),
        first_missed=int(missed[:FIRST_RUNS].sum()),
        verdict=verdict(miss_pct, mc_error_pct, n_windows=cell.world.n_windows, rho=theta.rho),
    )
