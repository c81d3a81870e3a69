"""What stands behind the printed intervals: simulated misses, and what independent errors would say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from violence_stats.ledger.case import Case
from violence_stats.models.estimate import ErrorModel
from violence_stats.models.known_misses import printed_geometry
from violence_stats.models.result import ITSResult
from violence_stats.months import Window
from violence_stats.robustness.calibration.tables import FOLDER_NAME, read_table

OLDER: Final[ErrorModel] = "iid"
"""The error model that the printed one is set beside."""
DESIGN: Final = "step"
TABLE: Final = "printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissRates:
    """Shares of simulated 95% intervals that miss, in percent, in the geometry of one fit.

    Attributes
    ----------
    runs : int
        Simulated series a share.
    false_alarm_pct : float
        Where there is no step: intervals that exclude none.
    miss_pct : float
        Where there is a step of the fitted size: intervals that do not hold it.
    mc_error_pct : float
        The larger Monte Carlo standard error of the two, in percentage points.
    """

    runs: int
    false_alarm_pct: float
    miss_pct: float
    mc_error_pct: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalCheck:
    """What a reader of one printed interval should know of it.

    Attributes
    ----------
    older_ratio, older_low, older_high : float
        Rate ratio and interval with independent errors.
    disagree : bool
        Whether one of the two tells the step from none and the other does not.
    rates, older_rates : MissRates or None
        Of the printed interval, and with independent errors; None where the geometry has not been simulated.
    """

    older_ratio: float
    older_low: float
    older_high: float
    disagree: bool
    rates: MissRates | None
    older_rates: MissRates | None


def check_interval(case: Case, result: ITSResult, term: str, window: Window, start: date) -> IntervalCheck:
    """Set a fit's interval beside independent errors and beside the case's calibration table.

    Parameters
    ----------
    term : str
        The step's row in ``result.effects``.
    window : Window
        The fitting window.
    start : datetime.date
        FIRST day of the new level.
    """
    compared = result.compare_errors().table
    older = compared[compared.index.get_level_values("errors") == OLDER].droplevel("errors")
    geometry = printed_geometry(window, start)
    return IntervalCheck(
        older_ratio=float(older["rate_ratio"][term]),
        older_low=float(older["rate_ratio_low"][term]),
        older_high=float(older["rate_ratio_high"][term]),
        disagree=_excludes_none(older, term) != _excludes_none(result.effects, term),
        rates=_miss_rates(case, geometry, term, result.estimate.errors),
        older_rates=_miss_rates(case, geometry, term, OLDER),
    )


def _excludes_none(effects: pd.DataFrame, term: str) -> bool:
    return float(effects["ci_low"][term]) > 0 or float(effects["ci_high"][term]) < 0


def _miss_rates(case: Case, geometry: str, term: str, errors: str) -> MissRates | None:
    folder = case.folder / FOLDER_NAME
    if not (folder / f"{TABLE}.csv").is_file():
        return None
    table = read_table(TABLE, folder)
    chosen = (
        (table["geometry"] == geometry)
        & (table["design"] == DESIGN)
        & (table["term"] == term)
        & (table["method"] == errors)
    )
    by_truth = table[chosen].set_index("truth")
    if not {"none", "effect"} <= set(by_truth.index):
        return None
    return MissRates(
        runs=int(by_truth["runs"].min()),
        false_alarm_pct=float(by_truth["miss_pct"]["none"]),
        miss_pct=float(by_truth["miss_pct"]["effect"]),
        mc_error_pct=float(np.max(by_truth["mc_error_pct"])),
    )
