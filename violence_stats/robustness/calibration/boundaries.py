"""What becomes of the intervals where variance parameters end on an edge: t beside the bootstrap.

Every draw is fitted; those on an edge are bootstrapped too. A line of the table is one term, one kind of edge and one
kind of interval; its draws are those that ended there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as t_distribution

from violence_stats.arrays import FloatArray
from violence_stats.errors import FitError
from violence_stats.fitting.ar1 import Ar1Fit, fit_ar1
from violence_stats.fitting.ar1_bootstrap import bootstrap_ar1
from violence_stats.ledger.case import Case
from violence_stats.robustness.calibration.cells import Cell, level_cell, printed_cells, whole_months
from violence_stats.robustness.calibration.methods import TAIL, Intervals
from violence_stats.robustness.calibration.simulation import Row, draw_world, summarise

INSIDE = "none"
EDGES = (INSIDE, "no-latent", "rho-zero", "rho-limit")
N_REPLICATES = 99
MOST_DRAWS = 200
RHOS = (0.0, 0.8)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoundaryCell(Cell):
    """A world whose fits are told apart by the edge they end on."""


def boundary_cells(case: Case) -> Iterator[BoundaryCell]:
    """Give the printed models of one intervention with their effects, and 60 months at two correlations."""
    for cell in printed_cells(case):
        if cell.truth == "effect" and " from " in cell.geometry:
            yield _as_boundary(cell)
    for rho in RHOS:
        yield _as_boundary(level_cell("months", "60 months", whole_months(60), 100.0, rho, "step"))


def _as_boundary(cell: Cell) -> BoundaryCell:
    return BoundaryCell(
        name=f"boundary, {cell.name}",
        family="boundary",
        geometry=cell.geometry,
        design=cell.design,
        truth=cell.truth,
        mean_count=cell.mean_count,
        world=cell.world,
    )


def simulate_boundaries(cell: BoundaryCell, *, seed: int, runs: int) -> tuple[Row, ...]:
    """Simulate a cell; ``truth`` of a line is the world's, its term names the edge."""
    world = cell.world
    draws = draw_world(cell, seed=seed, runs=min(runs, MOST_DRAWS))
    generator = np.random.default_rng([seed, 1])
    columns = [world.place(term) for term in world.tested]
    limits = {kind: np.full((2, len(draws), len(columns)), np.nan) for kind in ("t", "bootstrap")}
    edge = np.full(len(draws), "failed", dtype=object)
    for run, y in enumerate(draws):
        try:
            fit = fit_ar1(y, world.X, world.log_exposure, world.window, world.period)
        except FitError:
            continue
        edge[run] = fit.boundary
        limits["t"][:, run] = _t_interval(fit)[:, columns]
        if fit.boundary != INSIDE:
            limits["bootstrap"][:, run] = _bootstrap_interval(generator, cell, fit)[:, columns]
    return tuple(_rows(cell, limits, edge))


def _rows(cell: BoundaryCell, limits: Mapping[str, FloatArray], edge: NDArray[np.object_]) -> Iterator[Row]:
    for where, (kind, (low, high)) in product(EDGES, limits.items()):
        at = edge == where
        if not at.any() or (where == INSIDE and kind == "bootstrap"):
            continue
        for k, term in enumerate(cell.world.tested):
            there = Intervals(
                low=np.where(at, low[:, k], np.nan),
                high=np.where(at, high[:, k], np.nan),
                truth=float(cell.world.beta[cell.world.place(term)]),
            )
            row = summarise(cell, kind, f"{term}, {where}", there)
            yield replace(row, failed=int(at.sum()) - row.runs)


def _t_interval(fit: Ar1Fit) -> FloatArray:
    reach = t_distribution.ppf(TAIL, fit.degrees_of_freedom) * np.sqrt(np.diag(fit.cov))
    return np.array([fit.beta - reach, fit.beta + reach])


def _bootstrap_interval(generator: np.random.Generator, cell: BoundaryCell, fit: Ar1Fit) -> FloatArray:
    world = cell.world
    try:
        drawn = bootstrap_ar1(
            generator, world.X, world.log_exposure, world.window, world.period, fit=fit, n_draws=N_REPLICATES
        )
    except FitError:
        return np.full((2, len(fit.beta)), np.nan)
    return np.array(drawn.interval())
