"""Estimates with their intervals, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError
from violence_stats.models.estimate import Estimate

LEVEL = 0.95


def effects_table(names: Sequence[str], estimate: Estimate, *, log_link: bool) -> pd.DataFrame:
    """Give one row a term.

    Parameters
    ----------
    names : sequence of str, length p
    estimate : Estimate
    log_link : bool
        Whether ``exp(estimate)`` is a rate ratio; if not, the columns of ratios are NaN.

    Returns
    -------
    pandas.DataFrame
        Columns ``estimate, std_error, ci_low, ci_high, p_value, rate_ratio, change_pct, rate_ratio_low,
        rate_ratio_high``; index ``term``.
    """
    return combined_effects(np.eye(len(names)), pd.Index(names, name="term"), estimate, log_link=log_link)


def combined_effects(weights: FloatArray, index: pd.Index[str], estimate: Estimate, *, log_link: bool) -> pd.DataFrame:
    """Give one row for each linear combination of the coefficients.

    Parameters
    ----------
    weights : FloatArray, shape (n_rows, p)
    index : pandas.Index, length n_rows
    estimate : Estimate
    log_link : bool
    """
    value = weights @ estimate.beta
    degrees_of_freedom = estimate.contrast_degrees_of_freedom(weights)
    std_error = np.sqrt(np.einsum("ij,jk,ik->i", weights, estimate.cov, weights))
    reach = student.ppf((1 + LEVEL) / 2, degrees_of_freedom) * std_error
    on_log = np.vstack([value, value - reach, value + reach])
    ratio, low, high = np.exp(on_log) if log_link else np.full_like(on_log, np.nan)
    return pd.DataFrame(
        {
            "estimate": value,
            "std_error": std_error,
            "ci_low": value - reach,
            "ci_high": value + reach,
            "p_value": 2 * student.sf(np.abs(value) / std_error, degrees_of_freedom),
            "rate_ratio": ratio,
            "change_pct": 100 * (ratio - 1),
            "rate_ratio_low": low,
            "rate_ratio_high": high,
        },
        index=index,
    )


def combine_terms(
    weights: Mapping[str, float], names: pd.Index[str], estimate: Estimate, *, log_link: bool
) -> pd.Series[float]:
    """Give a weighted sum of terms with its interval.

    Parameters
    ----------
    weights : mapping of term to weight
    names : pandas.Index, length p
    estimate : Estimate
    log_link : bool

    Raises
    ------
    SpecificationError
        If a term is not in the model.
    """
    unknown = [term for term in weights if term not in names]
    if unknown:
        raise SpecificationError(f"no term is called {unknown[0]!r}; the model has: {', '.join(names)}")
    row = np.array([[weights.get(term, 0.0) for term in names]])
    label = " + ".join(f"{weight:g} {term}" for term, weight in weights.items())
    return combined_effects(row, pd.Index([label], name="term"), estimate, log_link=log_link).iloc[0]
