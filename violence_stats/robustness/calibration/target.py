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


def verdict(miss_pct: float, mc_error_pct: float, *, n_windows: int, rho: float) -> Verdict:
    """Judge a share of misses, Monte Carlo error allowed for."""
    if miss_pct > limit_pct(n_windows, rho) + MONTE_CARLO_ERRORS * mc_error_pct:
        return "above"
    return "cautious" if miss_pct < CAUTIOUS_PCT else "within"


def judge(row: pd.Series) -> Verdict:
    """Judge one line of a calibration table."""
    return verdict(row["miss_pct"], row["mc_error_pct"], n_windows=int(row["n_windows"]), rho=float(row["rho"]))
