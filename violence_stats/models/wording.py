"""A fit in plain text."""

from __future__ import annotations

import numpy as np
import pandas as pd

from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame


def result_text(frame: ModelFrame, estimate: Estimate, effects: pd.DataFrame, interval_words: str) -> str:
    """Say a fit in plain text: data, errors, one line a term.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
    effects : pandas.DataFrame
        As `ITSResult.effects`.
    interval_words : str
        How its intervals were made.
    """
    span = f"{frame.span.start.isoformat()} to {frame.span.end.isoformat()}"
    lines = [
        f"Interrupted time series: {frame.series.subject}, {span}",
        f"{frame.series.n_windows} windows, {len(effects)} terms, family {frame.family}, {_scale_words(frame)}",
        f"errors: {estimate.errors}; dispersion {estimate.dispersion:.3g}{_nuisance_words(estimate)}",
        "",
        *table_lines(effects, log_link=frame.family != "gaussian"),
        "",
        f"intervals: {interval_words}",
    ]
    return "\n".join(lines) + "\n"


def _scale_words(frame: ModelFrame) -> str:
    if frame.family != "gaussian":
        return f"log rate per {frame.unit}"
    return "values as given" if frame.series.kind == "rate" else f"counts per {frame.unit}"


def _nuisance_words(estimate: Estimate) -> str:
    return "".join(f", {name} {value:.4g}" for name, value in estimate.nuisance.items())


def table_lines(effects: pd.DataFrame, *, log_link: bool) -> list[str]:
    """Write one line a term: rate ratio (estimate without a log link), interval and p."""
    width = max(len("term"), *(len(str(term)) for term in effects.index))
    columns = ("rate_ratio", "rate_ratio_low", "rate_ratio_high") if log_link else ("estimate", "ci_low", "ci_high")
    head = f"{'term':<{width}} {columns[0].replace('_', ' '):>12} {'interval':>23} {'p':>7}"
    lines = [head]
    for term, row in effects.iterrows():
        value, low, high = (float(row[name]) for name in columns)
        interval = f"{number_words(low)} to {number_words(high)}"
        lines.append(f"{term:<{width}} {number_words(value):>12} {interval:>23} {p_words(float(row['p_value'])):>7}")
    return lines


def number_words(value: float) -> str:
    """Four significant digits, no exponent between a ten-thousandth and a million."""
    if value != 0 and not 1e-4 <= abs(value) < 1e6:
        return f"{value:.3e}"
    digits = 3 if value == 0 else max(0, 3 - int(np.floor(np.log10(abs(value)))))
    return f"{value:.{digits}f}"


def p_words(p_value: float) -> str:
    """Write a p-value with three decimals, or as below a thousandth."""
    return "<0.001" if p_value < 0.001 else f"{p_value:.3f}"
