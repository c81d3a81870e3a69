"""What the default errors are held to."""

from __future__ import annotations

from typing import Literal, TypeAlias

import pandas as pd

Verdict: TypeAlias = Literal["above", "within", "cautious"]

LIMIT_PCT, LIMIT_HARD_PCT = 8.0, 10.0
"""Highest share of misses: with many windows and moderate correlation, and otherwise."""
MANY_WINDOWS, MODERATE_RHO = 120, 0.5
CAUTIOUS_PCT = 3.0
MONTE_CARLO_ERRORS = 2.0


def limit_pct(n_windows: int, rho: float) -> float:
    """Highest share of misses that the target allows, in percent."""
    return LIMIT_PCT if n_windows >= MANY_WINDOWS and rho <= MODERATE_RHO else LIMIT_HARD_PCT


def judge(row: pd.Series) -> Verdict:
    """Judge one line of a calibration table, Monte Carlo error allowed for."""
    allowance = MONTE_CARLO_ERRORS * row["mc_error_pct"]
    if row["miss_pct"] > limit_pct(int(row["n_windows"]), float(row["rho"])) + allowance:
        return "above"
    return "cautious" if row["miss_pct"] < CAUTIOUS_PCT else "within"
