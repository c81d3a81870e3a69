"""Breaks at unknown dates: the global search beside strucchange, the bootstrap beside a loop of statsmodels fits."""

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
from violence_stats.breaks.count_simulation import CountProcess, simulate_counts
from violence_stats.breaks.count_statistics import further_break
from violence_stats.breaks.partition import allowed_segments

N_MONTHS, MAX_BREAKS, TRIM, N_REPLICATES = 252, 5, 0.15, 999

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
        yield f"{name}: {seconds:.3g} s; {name} / ours = {seconds / ours:.0f}"
    bootstrap = _median_seconds(_bootstrap, 5)
    loop = _statsmodels_loop()
    yield f"count sup-LR, {N_REPLICATES} replicates over all dates of {N_MONTHS} months, one core: {bootstrap:.3g} s"
    yield f"statsmodels loop (from one replicate): {loop:.4g} s; statsmodels / ours = {loop / bootstrap:.0f}"


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


def _other_searches() -> Iterator[tuple[str, float]]:
    """R's strucchange and Python's ruptures, each where it is installed."""
    rscript = shutil.which("Rscript")
    if rscript is not None:
        run = subprocess.run([rscript, "-e", _STRUCCHANGE], capture_output=True, text=True, check=False)
        if run.returncode == 0:
            yield "strucchange::breakpoints", float(run.stdout)
    if importlib.util.find_spec("ruptures") is not None:
        yield "ruptures.Dynp", _median_seconds(_ruptures, 1)


def _ruptures() -> object:
    ruptures = importlib.import_module("ruptures")
    y, Z = _trend_series()
    algorithm = ruptures.Dynp(model="linear", min_size=int(TRIM * N_MONTHS), jump=1).fit(np.column_stack([y, Z]))
    return [algorithm.predict(n_bkps=m) for m in range(1, MAX_BREAKS + 1)]


def _months() -> tuple[CountProcess, np.ndarray, np.ndarray]:
    place = np.arange(N_MONTHS)
    process = CountProcess(
        cell_mean=np.full(N_MONTHS, 300.0), window=place, period=place, phi=2.0, sigma2=0.02, rho=0.5
    )
    first = int(TRIM * N_MONTHS)
    return process, np.full(N_MONTHS, 30.4), np.arange(first, N_MONTHS - first + 1)


def _bootstrap() -> object:
    process, days, candidates = _months()
    draws = simulate_counts(process, N_REPLICATES, np.random.default_rng(2))
    return further_break(draws, days, np.array([], dtype=np.int64), candidates)


def _statsmodels_loop() -> float:
    """Seconds for all replicates, from one replicate with a Poisson GLM at every date."""
    process, days, candidates = _months()
    y = simulate_counts(process, 1, np.random.default_rng(3))[0]
    start = time.perf_counter()
    for date in candidates:
        step = np.column_stack([np.ones(N_MONTHS), np.arange(N_MONTHS) >= date])
        sm.GLM(y, step, family=sm.families.Poisson(), offset=np.log(days)).fit()
    return (time.perf_counter() - start) * N_REPLICATES
