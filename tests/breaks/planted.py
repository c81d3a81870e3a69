"""Series of counts with breaks where we put them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from violence_stats.breaks.count_simulation import CountProcess, simulate_counts
from violence_stats.months import ONE_DAY, Window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

START = "2008-01"


def months(n_months: int) -> pd.PeriodIndex:
    return pd.period_range(START, periods=n_months, freq="M")


def monthly_process(rates: Sequence[float], rho: float = 0.0, phi: float = 2.0, sigma2: float = 0.005) -> CountProcess:
    """One process with these expected counts by month."""
    place = np.arange(len(rates))
    return CountProcess(
        cell_mean=np.asarray(rates, dtype=float), window=place, period=place, phi=phi, sigma2=sigma2, rho=rho
    )


def draw(process: CountProcess, seed: int, n_series: int = 1) -> np.ndarray:
    return simulate_counts(process, n_series, np.random.default_rng(seed))


def by_month(counts: np.ndarray) -> CountSeries:
    return CountSeries.from_monthly(pd.Series(counts, index=months(len(counts))))


def joined(counts: np.ndarray, first_months: Sequence[int]) -> CountSeries:
    """Sum months into windows that start with the months numbered here, the first of them 0."""
    starts = [period.start_time.date() for period in months(len(counts) + 1)]
    edges = [*first_months, len(counts)]
    return CountSeries(
        observations=tuple(
            Observation(window=_window(starts[a], starts[b]), value=float(counts[a:b].sum()))
            for a, b in pairwise(edges)
        )
    )


def _window(start: date, after: date) -> Window:
    return Window(start, after - ONE_DAY)


def random_edges(n_months: int, rng: np.random.Generator) -> list[int]:
    """Windows of one to four months."""
    edges = [0]
    while edges[-1] < n_months - 4:
        edges.append(edges[-1] + int(rng.choice([1, 1, 1, 2, 4])))
    return edges
