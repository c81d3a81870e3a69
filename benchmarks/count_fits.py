"""Count regressions: one default fit on the shipped chain, and batches beside a loop over statsmodels."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import statsmodels.api as sm

from benchmarks.measurement import compare
from violence_stats.arrays import FloatArray, IntArray
from violence_stats.design.interventions import Step
from violence_stats.design.matrix import Terms
from violence_stats.fitting.ar1 import fit_ar1
from violence_stats.fitting.batched import BatchErrors, fit_batched
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.ledger.case import load_case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.models.frame import ModelFrame, build_frame

N_FITS, N_IN_LOOP, LAGS = 2000, 100, 4


def lines() -> Iterator[str]:
    """Time one fit and the batches, and give how many times faster a fit in a batch is than one in a loop."""
    frame = _chain_frame()
    yield (
        f"default errors, one fit of {len(frame.y)} windows and {frame.design.X.shape[1]} terms: "
        f"{' ms, of the processor '.join(f'{1000 * one:.1f}' for one in _median_seconds(frame, 21))} ms"
    )
    n = len(frame.y)
    months = np.arange(n)
    season = np.column_stack([np.cos(months * np.pi / 6), np.sin(months * np.pi / 6)])
    X = np.column_stack([np.ones(n), months / 12, months >= 90, season])
    dates = np.array([np.column_stack([X[:, :2], months >= 10 + k % 150, season]) for k in range(N_FITS)])
    y = np.random.default_rng(1).poisson(200 * np.exp(-0.5 * X[:, 2]), (N_FITS, n)).astype(float)
    yield from _compare(f"many series of {n} months", y, X, np.zeros(n), months)
    yield from _compare(f"many dates on {n} months", y[0], dates, np.zeros(n), months)
    cell = frame.exposure * frame.y.sum() / frame.exposure.sum()
    mu = sum_by_window(cell, frame.starts)
    counts = np.random.default_rng(1).poisson(mu, (N_FITS, n)).astype(float)
    yield from _compare(f"many series of {n} windows", counts, frame.design.X, frame.log_exposure, frame.cells.window)


def _chain_frame() -> ModelFrame:
    """Level, trend, season and a step at each intervention, on every window of the reference chain."""
    case = load_case()
    steps = tuple(Step(one.date) for one in case.settings.interventions if one.kind != "definition")
    terms = Terms(interventions=steps, trend="linear", harmonics=1)
    return build_frame(chain_series(case), terms, family="quasi-poisson", unit="days", window=None, exposure=None)


def _median_seconds(frame: ModelFrame, n_runs: int) -> list[float]:
    """Seconds by the clock and of the processor."""
    seconds = []
    for _ in range(n_runs):
        start, cpu = time.perf_counter(), time.process_time()
        fit_ar1(frame.y, frame.design.X, frame.log_exposure, frame.cells.window, frame.cells.period)
        seconds.append((time.perf_counter() - start, time.process_time() - cpu))
    return [float(one) for one in np.median(seconds, axis=0)]


def _compare(what: str, y: FloatArray, X: FloatArray, log_exposure: FloatArray, window: IntArray) -> Iterator[str]:
    """Compare with statsmodels on one row a window, the nearest it can come to windows of several cells."""
    starts = window_starts(window)
    rows = (X if X.ndim == 2 else X[0])[starts]
    offset = np.log(sum_by_window(np.exp(log_exposure), starts))
    series = np.resize(y, (N_IN_LOOP, y.shape[-1]))
    kinds: tuple[BatchErrors, ...] = ("iid", "newey-west")
    for errors in kinds:
        lags = LAGS if errors == "newey-west" else None
        measured = compare(
            f"{what}, {errors}: {N_FITS} fits in a batch",
            lambda errors=errors, lags=lags: fit_batched(y, X, log_exposure, window, errors=errors, lags=lags),
            f"{N_IN_LOOP} statsmodels fits",
            lambda errors=errors: _loop(series, rows, offset, errors),
        )
        by_clock, on_cpu = (ratio * N_FITS / N_IN_LOOP for ratio in (measured.ratio, measured.cpu_ratio))
        yield f"{measured.line()}; per fit {by_clock:.0f} times faster, {on_cpu:.0f} by processor time"


def _loop(y: FloatArray, X: FloatArray, offset: FloatArray, errors: BatchErrors) -> None:
    for row in y:
        model = sm.GLM(row, X, family=sm.families.Poisson(), offset=offset)
        if errors == "iid":
            model.fit(scale="X2")
        else:
            model.fit(cov_type="HAC", cov_kwds={"maxlags": LAGS, "use_correction": True}, use_t=True)
