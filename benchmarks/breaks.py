"""Breaks at unknown dates: the global search beside R's strucchange and Python's ruptures, the test beside statsmodels.

Both alternatives to the search are optional: where one is not installed, its line says so.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator

import numpy as np
import statsmodels.api as sm

from violence_stats.breaks.bai_perron import search_breaks
from violence_stats.breaks.count_simulation import simulate_counts
from violence_stats.breaks.count_tests import NO_BREAKS
from violence_stats.breaks.find import sup_f
from violence_stats.breaks.partition import allowed_segments
from violence_stats.breaks.windows import read_windows
from violence_stats.breaks.within import fit_without
from violence_stats.ledger.loaders import load_homicides
from violence_stats.series import CountSeries

N_MONTHS, MAX_BREAKS, TRIM = 252, 5, 0.15
CHAIN_TRIM, N_REPLICATES, N_MEASURED = 0.05, 999, 3

_STRUCCHANGE = """
suppressPackageStartupMessages(library(strucchange))
set.seed(1); t <- 1:252; y <- 50 + 0.1 * t - 25 * (t > 90) + 6 * rnorm(252)
seconds <- replicate(3, system.time(breakpoints(y ~ t, h = 0.15, breaks = 5))[["elapsed"]])
cat(median(seconds))
"""


def lines() -> Iterator[str]:
    """Time the search and the bootstrap, and give how many times faster they are than what they stand beside."""
    ours = _median_seconds(_search, 21)
    yield f"Bai-Perron, level and trend, {MAX_BREAKS} breaks, {N_MONTHS} months: {1000 * ours:.1f} ms"
    for name, seconds in _other_searches():
        yield f"{name}: not installed" if seconds is None else f"{name}: {seconds:.3g} s; {seconds / ours:.0f} x ours"
    chain = load_homicides()
    test = _median_seconds(lambda: sup_f(chain, trim=CHAIN_TRIM), 3)
    loop, n_dates = _statsmodels_loop(chain)
    yield f"count sup-LR on the chain, {n_dates} dates, 2 x {N_REPLICATES} replicates and their fits: {test:.3g} s"
    yield f"statsmodels loop of {N_REPLICATES} (from {N_MEASURED} of them): {loop:.4g} s; {loop / test:.0f} x ours"


def _median_seconds(run: Callable[[], object], n_runs: int) -> float:
    run()
    seconds = []
    for _ in range(n_runs):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return float(np.median(seconds))


def _trend_series() -> tuple[np.ndarray, np.ndarray]:
    t = np.arange(1.0, N_MONTHS + 1)
    y = 50 + 0.1 * t - 25 * (t > 90) + 6 * np.random.default_rng(1).standard_normal(N_MONTHS)
    return y, np.column_stack([np.ones(N_MONTHS), t])


def _search() -> object:
    y, Z = _trend_series()
    allowed = allowed_segments(np.ones(N_MONTHS), int(TRIM * N_MONTHS), 3)
    return search_breaks(y, Z, np.empty((N_MONTHS, 0)), allowed, MAX_BREAKS)


def _other_searches() -> Iterator[tuple[str, float | None]]:
    """Seconds of R's strucchange and of Python's ruptures, or None where one is not installed."""
    yield "strucchange::breakpoints", _strucchange()
    installed = importlib.util.find_spec("ruptures") is not None
    yield "ruptures.Dynp", _median_seconds(_ruptures, 1) if installed else None


def _strucchange() -> float | None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    run = subprocess.run([rscript, "-e", _STRUCCHANGE], capture_output=True, text=True, check=False)
    return float(run.stdout) if run.returncode == 0 else None


def _ruptures() -> object:
    ruptures = importlib.import_module("ruptures")
    y, Z = _trend_series()
    algorithm = ruptures.Dynp(model="linear", min_size=int(TRIM * N_MONTHS), jump=1).fit(np.column_stack([y, Z]))
    return [algorithm.predict(n_bkps=m) for m in range(1, MAX_BREAKS + 1)]


def _statsmodels_loop(chain: CountSeries) -> tuple[float, int]:
    """Seconds for all replicates, from a few of them with a Poisson GLM at every date, and the number of dates."""
    sample = read_windows(chain, CHAIN_TRIM)
    process, _ = fit_without(sample, NO_BREAKS)
    dates = sample.candidates(NO_BREAKS)
    draws = simulate_counts(process, N_MEASURED, np.random.default_rng(3))
    start = time.perf_counter()
    for y in draws:
        for date in dates:
            step = np.column_stack([np.ones(len(y)), np.arange(len(y)) >= date])
            sm.GLM(y, step, family=sm.families.Poisson(), offset=np.log(sample.days)).fit()
    return (time.perf_counter() - start) * N_REPLICATES / N_MEASURED, len(dates)
