"""What counts do within regimes: dispersion and autocorrelation, from the partition that fits best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import IntArray
from violence_stats.breaks.count_segments import pearson_dispersion, regime_means
from violence_stats.breaks.count_simulation import CountProcess, fit_process, long_run_dispersion
from violence_stats.breaks.partition import Partitions
from violence_stats.breaks.windows import WindowSample
from violence_stats.fitting.ar1 import Ar1Fit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WithinRegimes:
    """Noise within the regimes of the best-fitting partition.

    Attributes
    ----------
    process : CountProcess
    pearson : float
        Variance over mean of single windows; 1 or more.
    long_run : float
        Variance over mean of the total of a regime of their mean length, autocorrelation included.
    """

    process: CountProcess
    pearson: float
    long_run: float


def fit_without(sample: WindowSample, breaks: IntArray) -> tuple[CountProcess, Ar1Fit]:
    """Fit mean, dispersion and autocorrelation with breaks at the starts of windows."""
    regime = np.searchsorted(breaks, sample.cells.window, side="right")
    return fit_process(sample.y, sample.cells, np.asarray(regime, dtype=np.int64))


def within_regimes(sample: WindowSample, partitions: Partitions) -> WithinRegimes:
    """Fit within the partition of least deviance over its degrees of freedom.

    With tight trimming the one with most breaks need not fit best: regimes that must be long cannot lie where they
    belong.
    """
    left = len(sample.y) - np.arange(1, len(partitions.cost) + 1)
    breaks = partitions.breaks[int(np.argmin(partitions.cost / left))]
    process, _ = fit_without(sample, breaks)
    means = regime_means(sample.y, sample.days, breaks)
    return WithinRegimes(
        process=process,
        pearson=max(1.0, float(pearson_dispersion(sample.y, means, len(breaks) + 1))),
        long_run=long_run_dispersion(process, sample.n_periods / (len(breaks) + 1)),
    )
