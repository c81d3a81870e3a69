"""What joint draws say beside what was observed: expected and averted, by window and to date, with intervals."""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.models.effects import LEVEL


def expected_columns(observed: FloatArray, mean: FloatArray, draws: FloatArray) -> dict[str, FloatArray]:
    """Give ``expected, averted, averted_to_date`` (cumulated from the first window), each with ``_low`` and ``_high``.

    Parameters
    ----------
    observed : FloatArray, shape (h,)
        NaN where it is not known; averted is NaN there, and to date from there on.
    mean : FloatArray, shape (h,)
        What was expected.
    draws : FloatArray, shape (n_draws, h)
        Jointly, so that their sums scatter as sums do.
    """
    low, high = central_interval(draws)
    to_date_low, to_date_high = central_interval(np.cumsum(draws - observed, axis=1))
    return {
        "expected": mean,
        "expected_low": low,
        "expected_high": high,
        "averted": mean - observed,
        "averted_low": low - observed,
        "averted_high": high - observed,
        "averted_to_date": np.cumsum(mean - observed),
        "averted_to_date_low": to_date_low,
        "averted_to_date_high": to_date_high,
    }


def central_interval(draws: FloatArray) -> FloatArray:
    """Give the ends of the central interval over the first axis."""
    return np.asarray(np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0))
