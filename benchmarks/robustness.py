"""Robustness: the whole specification curve beside a loop over statsmodels, GLM with HAC errors, one fit at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import statsmodels.api as sm

from violence_stats.design.interventions import Pulse, Step
from violence_stats.design.matrix import Terms
from violence_stats.fitting.composite import sum_by_window
from violence_stats.ledger.case import load_case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.models.frame import ModelFrame, build_frame
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.months import month_of
from violence_stats.robustness.choices import CurveChoices
from violence_stats.robustness.curve import specification_curve
from violence_stats.robustness.placebo import placebo_in_time
from violence_stats.robustness.power import PowerOptions, power

EVENT, WINDOW = "2019-06", "june_2019_fit"
N_IN_LOOP, LAGS, N_WORLDS = 200, 3, 50
BATCHED = CurveChoices(families=("quasi-poisson",), errors=("newey-west", "iid"))


def lines() -> Iterator[str]:
    """Time the curve on one core, all errors and those that run in batches, and a placebo and a power beside it."""
    case = load_case()
    series, window = chain_series(case), case.settings.window(WINDOW)
    loop = _statsmodels_seconds(_frame(EVENT))
    for what, choices in (("batched errors", BATCHED), ("every choice", CurveChoices())):
        start = time.process_time()
        curve = specification_curve(series, EVENT, case=case, choices=choices)
        ours = (time.process_time() - start) / curve.n_specifications
        yield (
            f"specification curve, {what}: {curve.n_specifications} specifications in "
            f"{ours * curve.n_specifications:.1f} s of one core, {1000 * ours:.2f} ms each, choices, designs and table "
            f"included; statsmodels GLM with HAC errors, fit alone: {1000 * loop:.2f} ms; statsmodels / ours = "
            f"{loop / ours:.1f}"
        )
    model = InterruptedTimeSeries([Step(EVENT)], harmonics=1)
    start = time.perf_counter()
    found = placebo_in_time(model, series, EVENT, case=case)
    yield f"placebo in time, {found.n_placebos} dates, default errors: {time.perf_counter() - start:.2f} s"
    start = time.perf_counter()
    result = power(model, series, EVENT, window=window, options=PowerOptions(n_simulations=N_WORLDS))
    seconds = time.perf_counter() - start
    n_fits = N_WORLDS * len(result.table)
    yield f"power, {n_fits} fits with default errors: {seconds:.1f} s, {1000 * seconds / n_fits:.1f} ms each"


def _frame(event: str) -> ModelFrame:
    """Level, trend, season, step and lockdown in the window of the event."""
    case = load_case()
    spell = case.settings.lockdown
    pulses = () if spell is None else (Pulse(month_of(spell.window.start), spell.window.end),)
    terms = Terms(interventions=(Step(event), *pulses), trend="linear", harmonics=1)
    window = case.settings.window(WINDOW)
    return build_frame(chain_series(case), terms, family="quasi-poisson", unit="days", window=window, exposure=None)


def _statsmodels_seconds(frame: ModelFrame) -> float:
    """Seconds of one fit, one row a window."""
    rows = frame.design.X[frame.starts]
    offset = np.log(sum_by_window(frame.exposure, frame.starts))
    start = time.process_time()
    for _ in range(N_IN_LOOP):
        model = sm.GLM(frame.y, rows, family=sm.families.Poisson(), offset=offset)
        model.fit(cov_type="HAC", cov_kwds={"maxlags": LAGS, "use_correction": True}, use_t=True)
    return (time.process_time() - start) / N_IN_LOOP
