"""Observed against expected over calendar periods, with intervals from joint draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.fitting.state_forecast import Forecast
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.effects import LEVEL
from violence_stats.models.regular import RegularSeries
from violence_stats.months import Window

N_DRAWS = 20_000
"""Draws behind an interval: its ends then move by about a fiftieth of a standard error from seed to seed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expectation:
    """What is expected in some periods.

    Attributes
    ----------
    mean : FloatArray, shape (h,)
    draws : FloatArray, shape (n_draws, h)
        Jointly, so that their sums scatter as sums do.
    words : str
        What the draws hold, and what not.
    """

    mean: FloatArray
    draws: FloatArray
    words: str


def expectation_of(
    forecast: Forecast, transform: Literal["log"] | None, rng: np.random.Generator, words: str
) -> Expectation:
    """Turn a forecast of values, or of their logs, into expected values with joint draws.

    Of logs the expected value is ``exp(mean + variance / 2)``, the mean of the exponential of a normal.
    """
    draws = forecast.draws(N_DRAWS, rng)
    if transform is None:
        return Expectation(mean=forecast.mean, draws=draws, words=words)
    mean: FloatArray = np.exp(forecast.mean + np.diag(forecast.cov) / 2)
    return Expectation(mean=mean, draws=np.exp(draws), words=words)


def compare_with_expectation(
    regular: RegularSeries,
    places: slice,
    expectation: Expectation,
    *,
    fitted: FloatArray,
    event: str,
    terms: tuple[str, ...],
    notes: tuple[str, ...] = (),
) -> Counterfactual:
    """Set what was counted beside what was expected.

    Parameters
    ----------
    regular : RegularSeries
    places : slice
        The periods, h of them; those without a value have none in the table, from there on to date neither.
    expectation : Expectation
    fitted : FloatArray, shape (n,)
        What the model expects with the event, all periods; NaN where it says nothing, and then in the total too.
    event : str
    terms : tuple of str
        The terms taken away.
    notes : tuple of str

    Raises
    ------
    WindowError
        If whole windows do not make up the periods, so that there is no total.
    """
    windows, observed = regular.windows[places], regular.y[places]
    share = 1.0 / len(windows) if regular.series.kind == "rate" else 1.0
    expected_low, expected_high = _interval(expectation.draws)
    total_low, total_high = _interval(share * expectation.draws.sum(axis=1))
    total, counted = share * float(expectation.mean.sum()), regular.total(places)
    running = np.cumsum(expectation.draws - observed, axis=1)
    running_low, running_high = _interval(running)
    averted = expectation.mean - observed
    return Counterfactual(
        kind=regular.series.kind,
        event=event,
        terms=terms,
        window=Window(windows[0].start, windows[-1].end),
        observed=counted,
        fitted=share * float(np.sum(fitted[places])),
        expected=total,
        expected_low=float(total_low),
        expected_high=float(total_high),
        averted=total - counted,
        averted_low=float(total_low) - counted,
        averted_high=float(total_high) - counted,
        interval=expectation.words,
        windows=pd.DataFrame(
            {
                "start": [window.start for window in windows],
                "end": [window.end for window in windows],
                "n_days": [window.n_days for window in windows],
                "observed": observed,
                "fitted": fitted[places],
                "expected": expectation.mean,
                "expected_low": expected_low,
                "expected_high": expected_high,
                "averted": averted,
                "averted_low": expected_low - observed,
                "averted_high": expected_high - observed,
                "averted_to_date": np.cumsum(averted),
                "averted_to_date_low": running_low,
                "averted_to_date_high": running_high,
            },
            index=regular.labels[places],
        ),
        notes=notes,
    )


def _interval(draws: FloatArray) -> FloatArray:
    """Give the ends of the central interval over the first axis."""
    return np.asarray(np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0))
