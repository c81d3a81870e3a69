"""Observed against expected over calendar periods, with intervals from joint draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.fitting.state_forecast import Forecast
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.counterfactual_words import Setting
from violence_stats.models.expected_columns import central_interval, expected_columns
from violence_stats.models.regular import RegularSeries

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
    compared: RegularSeries,
    expectation: Expectation,
    *,
    fitted: FloatArray,
    event: str,
    terms: tuple[str, ...],
    setting: Setting,
    notes: tuple[str, ...] = (),
) -> Counterfactual:
    """Set what was counted beside what was expected.

    Parameters
    ----------
    compared : RegularSeries
        The periods, h of them; those without a value have none in the table, from there on to date neither.
    expectation : Expectation
    fitted : FloatArray, shape (h,)
        What the model expects with the event; NaN where it says nothing, and then in the total too.
    event : str
    terms : tuple of str
        The terms taken away.
    setting : Setting
    notes : tuple of str

    Raises
    ------
    WindowError
        If whole windows do not make up the periods, so that there is no total.
    """
    share = 1.0 / len(compared.windows) if compared.series.kind == "rate" else 1.0
    total_low, total_high = central_interval(share * expectation.draws.sum(axis=1))
    total, counted = share * float(expectation.mean.sum()), compared.total()
    return Counterfactual(
        kind=compared.series.kind,
        event=event,
        terms=terms,
        window=compared.span,
        observed=counted,
        fitted=share * float(np.sum(fitted)),
        expected=total,
        expected_low=float(total_low),
        expected_high=float(total_high),
        averted=total - counted,
        averted_low=float(total_low) - counted,
        averted_high=float(total_high) - counted,
        interval=expectation.words,
        windows=_table(compared, expectation, fitted),
        notes=notes,
        setting=setting,
    )


def _table(compared: RegularSeries, expectation: Expectation, fitted: FloatArray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "start": [window.start for window in compared.windows],
            "end": [window.end for window in compared.windows],
            "n_days": [window.n_days for window in compared.windows],
            "observed": compared.y,
            "fitted": fitted,
            **expected_columns(compared.y, expectation.mean, expectation.draws),
        },
        index=compared.labels,
    )
