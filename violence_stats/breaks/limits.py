"""P-values and critical values of the break tests, by what breaks, how many coefficients, and trimming.

sup F without a trend is exact (`bessel`); everything else is read from the simulated tables in `critical_values`.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

from violence_stats.arrays import FloatArray
from violence_stats.breaks.bessel import sup_f_p_value

LimitDesign: TypeAlias = Literal["stationary", "level, trend", "level | trend", "trend | level"]
"""What breaks, and after the bar what is common to all regimes. Stationary: no trend in the model."""

_Curves: TypeAlias = dict[tuple[str, int, str], tuple[FloatArray, FloatArray]]


@lru_cache(maxsize=2)
def _read_table(name: str) -> tuple[FloatArray, _Curves]:
    """Upper-tail probabilities, and by design, q and statistic the trimmings with their quantiles."""
    text = (files("violence_stats.breaks.critical_values") / name).read_text(encoding="utf-8")
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    tails = np.array(rows[0][4:], dtype=float)
    found: dict[tuple[str, int, str], list[list[float]]] = {}
    for design, q, trim, statistic, *quantiles in rows[1:]:
        found.setdefault((design, int(q), statistic), []).append([float(trim), *map(float, quantiles)])
    tables = {key: np.array(lines) for key, lines in found.items()}
    return tails, {key: (table[:, 0], table[:, 1:]) for key, table in tables.items()}


def _curve(name: str, design: LimitDesign, q: int, statistic: str, trim: float) -> tuple[FloatArray, FloatArray] | None:
    """Tails and quantiles at a trimming, straight between tabulated ones in the log odds; None beyond the table."""
    tails, curves = _read_table(name)
    if (design, q, statistic) not in curves:
        return None
    trims, quantiles = curves[design, q, statistic]
    if not trims[0] - 1e-9 <= trim <= trims[-1] + 1e-9:
        return None
    odds = np.log(trims / (1 - trims))
    at = np.log(trim / (1 - trim))
    return tails, np.array([np.interp(at, odds, column) for column in quantiles.T])


def _p_from(curve: tuple[FloatArray, FloatArray] | None, value: float) -> float:
    if curve is None or not np.isfinite(value):
        return float("nan")
    tails, quantiles = curve
    if value <= quantiles[0]:
        return float(tails[0])
    if value >= quantiles[-1]:
        return float(tails[-1])
    log_odds = PchipInterpolator(quantiles, np.log(tails / (1 - tails)))(value)
    return float(1 / (1 + np.exp(-log_odds)))


def one_break_p_value(
    functional: Literal["sup", "ave", "exp"], value: float, design: LimitDesign, q: int, shares: tuple[float, float]
) -> float:
    """P-value of sup, ave or exp F.

    Parameters
    ----------
    functional : {'sup', 'ave', 'exp'}
    value : float
        On the Wald scale: q times F statistics.
    design : LimitDesign
    q : int
        Coefficients that break.
    shares : tuple of two floats
        Share of the series before the first and before the last candidate date. The tables are for the symmetric
        trimming of the same odds ratio, on which sup F alone depends exactly.

    Returns
    -------
    float
        NaN where the trimming or q is beyond the tables. At 0.0001, the end of the tables: at most that.
    """
    if functional == "sup" and design == "stationary":
        return sup_f_p_value(value, q, *shares)
    first, last = shares
    root = np.sqrt(last * (1 - first) / (first * (1 - last)))
    return _p_from(_curve("one_break.csv", design, q, f"{functional} F", round(float(1 / (1 + root)), 4)), value)


def many_breaks_p_value(statistic: str, value: float, design: LimitDesign, q: int, trim: float) -> float:
    """P-value of ``sup F(m)`` or ``UDmax(m)``; NaN beyond the tables. At 0.001, the end of the tables: at most that."""
    return _p_from(_curve("many_breaks.csv", design, q, statistic, trim), value)


def many_breaks_critical_value(statistic: str, level: float, design: LimitDesign, q: int, trim: float) -> float:
    """Critical value of ``sup F(m)``, ``UDmax(m)`` or ``WDmax(m) at <level>``; NaN beyond the tables.

    Parameters
    ----------
    statistic : str
    level : float
        Size of the test.
    design, q, trim
        As tabulated.
    """
    curve = _curve("many_breaks.csv", design, q, statistic, trim)
    if curve is None:
        return float("nan")
    tails, quantiles = curve
    return float(np.interp(np.log(level), np.log(tails[::-1]), quantiles[::-1]))


def one_break_critical_value(level: float, design: LimitDesign, q: int, shares: tuple[float, float]) -> float:
    """Value that sup F exceeds with probability `level`; NaN beyond the tables."""
    if np.isnan(one_break_p_value("sup", 1.0, design, q, shares)):
        return float("nan")
    return float(brentq(lambda x: one_break_p_value("sup", x, design, q, shares) - level, 1e-3, 400.0, xtol=1e-6))
