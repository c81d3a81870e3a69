"""What the options of every interrupted time series have in common, checked in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import pandas as pd

from violence_stats.arguments import check_whole
from violence_stats.design.interventions import Intervention
from violence_stats.design.matrix import Terms
from violence_stats.errors import SpecificationError
from violence_stats.models.frame import Family
from violence_stats.series import CountSeries

TRENDS = ("linear", None)
EXPOSURE_UNITS = ("days", None)


def check_choices(choices: Mapping[str, tuple[object, Sequence[object]]]) -> None:
    """Ask that each option is one of those allowed.

    Parameters
    ----------
    choices : mapping of str to (value, allowed values)

    Raises
    ------
    SpecificationError
        Naming the first that is not.
    """
    for what, (value, allowed) in choices.items():
        if value not in allowed:
            raise SpecificationError(f"{what}: expected one of {', '.join(map(repr, allowed))}, got {value!r}")


def check_model_options(
    terms: Terms, *, family: object, errors: tuple[str, Sequence[str]], lags: int | None, exposure: object
) -> None:
    """Check what a segmented regression of one group or of several takes.

    Parameters
    ----------
    terms : Terms
        As they were asked for, of any type yet.
    errors : (value, allowed values)

    Raises
    ------
    SpecificationError
        If an option is not one of those allowed, or two exclude each other.
    """
    check_choices(
        {
            "trend": (terms.trend, TRENDS),
            "family": (family, get_args(Family)),
            "errors": errors,
            "exposure": (exposure, EXPOSURE_UNITS),
        }
    )
    check_whole("harmonics", terms.harmonics, of="pairs")
    if terms.harmonics and terms.month_effects:
        raise SpecificationError("harmonics and month_effects describe the same season: choose one")
    chosen = errors[0]
    if lags is not None:
        check_whole("lags", lags)
    if lags is not None and chosen != "newey-west":
        raise SpecificationError(f'lags belong to errors="newey-west", not to "{chosen}": leave them out')
    if chosen == "ar1" and family == "poisson":
        raise SpecificationError(
            'errors="ar1" estimates the dispersion, which family="poisson" fixes at 1: use family="quasi-poisson", '
            'or errors="iid"'
        )


def read_interventions(interventions: object) -> tuple[Intervention, ...]:
    """Check that these are interventions, and give them as a tuple.

    Raises
    ------
    SpecificationError
        If they are not.
    """
    if not isinstance(interventions, list | tuple):
        raise SpecificationError(f"interventions: expected a list, such as [Step('2019-06')], got {interventions!r}")
    for one in interventions:
        if not isinstance(one, Intervention):
            raise SpecificationError(f"interventions: expected Step, Ramp, Pulse, Onset or Decay, got {one!r}")
    return tuple(interventions)


def read_model_series(series: CountSeries | pd.Series[Any], family: Family) -> CountSeries:
    """Take a series as it is, or a plain one by period: rates under the gaussian family, else counts."""
    if isinstance(series, CountSeries):
        return series
    return CountSeries.from_periods(series, kind="rate" if family == "gaussian" else "count")
