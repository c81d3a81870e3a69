"""How often the real date comes out first among its placebos where nothing happened.

Series of independent or serially correlated counts without any change, 38 months before a date and 8 after; the
estimate of a model on windows of 12 and 8 months, at the date and at the 19 earlier ones that fit, by the quasi-Poisson
regression. `placebo_size.csv` beside this module is what

    python -m tests.robustness.placebo_size

writes: in each row the share of the series in which the date comes out first of 20 (it should: 5%).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.batched import fit_batched
from violence_stats.fitting.simulate import simulate_counts

FILE = Path(__file__).with_suffix(".csv")
BEFORE, AFTER, ROOM = 12, 8, 38
MEAN, DISPERSION = 200.0, 5.0
N_WORLDS, SEED = 1000, 1
LATENT = ((0.0, 0.0), (0.5, 0.02), (0.8, 0.05), (0.95, 0.057))


class SizeCell(NamedTuple):
    """A model and a kind of series."""

    ramp: bool
    season: bool
    rho: float
    sigma2: float


CELLS = [SizeCell(ramp, season, *latent) for ramp in (False, True) for season in (False, True) for latent in LATENT]


def share_first(cell: SizeCell, n_worlds: int) -> float:
    """Share of the series in which the date comes out first."""
    months = np.arange(ROOM + AFTER)
    theta = Theta(DISPERSION, cell.sigma2, cell.rho)
    y = simulate_counts(
        np.random.default_rng(SEED), np.full(len(months), MEAN), months, months, theta, n_draws=n_worlds
    )
    dates = [*range(BEFORE, ROOM - AFTER + 1), ROOM]
    size = np.array([np.abs(_effects(cell, y, months, date)) for date in dates])
    return float(((size >= size[-1]).sum(axis=0) == 1).mean())


def _effects(cell: SizeCell, y: FloatArray, months: np.ndarray, date: int) -> FloatArray:
    """Average effect after a date in every series, shape (n_worlds,)."""
    inside = slice(date - BEFORE, date + AFTER)
    place = np.arange(BEFORE + AFTER)
    columns = [np.ones(len(place)), place + 1.0, (place >= BEFORE).astype(float)]
    if cell.ramp:
        columns.append(np.maximum(place - BEFORE, 0.0))
    if cell.season:
        angle = np.pi * months[inside] / 6
        columns += [np.sin(angle), np.cos(angle)]
    fits = fit_batched(y[:, inside], np.column_stack(columns), np.zeros(len(place)), place)
    average: FloatArray = fits.beta[:, 2]
    return average + fits.beta[:, 3] * (AFTER - 1) / 2 if cell.ramp else average


def size_table() -> pd.DataFrame:
    """Give one row a cell."""
    rows = [{**cell._asdict(), "first_pct": round(100 * share_first(cell, N_WORLDS), 1)} for cell in CELLS]
    return pd.DataFrame(rows)


if __name__ == "__main__":
    size_table().to_csv(FILE, index=False, lineterminator="\n")
