"""Interrupted time series: a level, a trend, a season, and what changes at each intervention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import pandas as pd

from violence_stats.design.interventions import Intervention
from violence_stats.design.matrix import Terms, Trend
from violence_stats.design.transfer import Transfer
from violence_stats.errors import SpecificationError
from violence_stats.models.effects import effects_table
from violence_stats.models.error_models import fit_frame
from violence_stats.models.estimate import ErrorModel
from violence_stats.models.exposure import ExposureUnit
from violence_stats.models.frame import Family, build_frame
from violence_stats.models.result import ITSResult
from violence_stats.models.time_constant import fit_time_constant, free_transfer
from violence_stats.months import WindowLike
from violence_stats.series import CountSeries

FIRST_GUESS_MONTHS = 3.0


@dataclass(frozen=True, slots=True)
class InterruptedTimeSeries:
    """A segmented regression for counts (or rates) over windows of any length.

    Use it when the dates of the changes are given. Time is cut into cells at the starts of calendar periods, the edges
    of windows and the days on which interventions start or end; the expected count of a window is the sum over its
    cells of exposure times ``exp(x'b)`` (composite link). On whole months it is the ordinary generalised linear model.

    Parameters
    ----------
    interventions : sequence of Intervention
        `Step`, `Ramp`, `Pulse`, `Onset`, `Decay`; each named by the FIRST day of the new regime. One time constant of
        an `Onset` or `Decay` may be left open, to be estimated.
    trend : 'linear' or None, default 'linear'
        Counts 1, 2, ... by period (month, quarter, year) from the first period of the fitting window, so that
        `intercept` is the log rate one period before it.
    harmonics : int, default 0
        Pairs of sine and cosine with the year as period, by the position of the month (quarter) in the year.
    month_effects : bool, default False
        One level for each month (quarter) of the year but the first, in place of harmonics.
    family : {'quasi-poisson', 'poisson', 'negative-binomial', 'gaussian'}
        Gaussian has an identity link: the mean value per period, windows weighted by their length in periods, the days
        in a period not counted. Over whole periods it is least squares on the values.
    errors : {'ar1', 'iid', 'newey-west', 'prais-winsten', 'ar1-ml'}, default 'ar1'
        ``ar1`` allows for serial correlation and over-dispersion together: for counts a latent AR(1) path on the log
        rate (REML, Satterthwaite's t; negative-binomial: noise in proportion to the rate), for gaussian AR(1) errors
        over whole periods by REML (``ar1-ml``: by maximum likelihood). ``iid`` intervals are not adjusted for serial
        correlation: normal distribution for the count families, t for gaussian. ``newey-west``: Bartlett weights,
        factor n/(n-k), t. ``prais-winsten``: gaussian, whole periods.
    lags : int, optional
        Lags of ``newey-west``; default the whole part of ``4 (n/100)^(2/9)``.
    exposure : 'days' or None, default 'days'
        ``days``: rates are per day. None: per calendar period, whatever its days (a cell that is part of a period
        counts for its share). A series of exposure given to `fit` multiplies either.

    Raises
    ------
    SpecificationError
        If an option is not one of these, or two exclude each other.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats.design.interventions import Step
    >>> months = pd.period_range("2020-01", periods=6, freq="M")
    >>> counts = pd.Series([31, 29, 31, 15, 16, 14], index=months)
    >>> result = InterruptedTimeSeries([Step("2020-04")], trend=None).fit(counts)
    >>> float(result.effects.loc["step 2020-04", "rate_ratio"].round(3))
    0.495
    """

    interventions: Sequence[Intervention]
    trend: Trend = "linear"
    harmonics: int = 0
    month_effects: bool = False
    family: Family = "quasi-poisson"
    errors: ErrorModel = "ar1"
    lags: int | None = None
    exposure: ExposureUnit = "days"

    def __post_init__(self) -> None:
        object.__setattr__(self, "interventions", read_interventions(self.interventions))
        for what, value, allowed in (
            ("trend", self.trend, ("linear", None)),
            ("family", self.family, get_args(Family)),
            ("errors", self.errors, get_args(ErrorModel)),
            ("exposure", self.exposure, ("days", None)),
        ):
            if value not in allowed:
                raise SpecificationError(f"{what}: expected one of {', '.join(map(repr, allowed))}, got {value!r}")
        if self.harmonics < 0:
            raise SpecificationError(f"harmonics: expected 0 or more pairs, got {self.harmonics}")
        if self.harmonics and self.month_effects:
            raise SpecificationError("harmonics and month_effects describe the same season: choose one")
        if self.lags is not None and self.errors != "newey-west":
            raise SpecificationError(f'lags belong to errors="newey-west", not to "{self.errors}": leave them out')
        if self.errors in ("prais-winsten", "ar1-ml") and self.family != "gaussian":
            raise SpecificationError(f'errors="{self.errors}" is for family="gaussian", not "{self.family}"')
        if self.errors == "ar1" and self.family == "poisson":
            raise SpecificationError(
                'errors="ar1" estimates the dispersion, which family="poisson" fixes at 1: use family="quasi-poisson", '
                'or errors="iid"'
            )

    @property
    def terms(self) -> Terms:
        """The terms, beside the intercept."""
        return Terms(
            interventions=tuple(self.interventions),
            trend=self.trend,
            harmonics=self.harmonics,
            month_effects=self.month_effects,
        )

    def fit(
        self,
        series: CountSeries | pd.Series[Any],
        window: WindowLike | None = None,
        exposure: pd.Series[Any] | None = None,
    ) -> ITSResult:
        """Fit the model.

        Parameters
        ----------
        series : CountSeries or pandas.Series
            A pandas Series needs a PeriodIndex of frequency M, Q or Y; its values are counts, or under the gaussian
            family values of any kind that have no total (`CountSeries.from_periods` keeps counts as counts).
        window : WindowLike, optional
            The fitting window, both ends INCLUSIVE; default the whole series.
        exposure : pandas.Series, optional
            Multiplies the days (or periods): by period on a PeriodIndex, or by year on integers.

        Returns
        -------
        ITSResult

        Raises
        ------
        SeriesError
            If counts are missing or malformed, or the exposure does not fit them.
        SpecificationError
            If the windows cannot carry the terms: too few, an intervention outside, collinear terms.
        WindowError
            If the window is malformed or cuts a count that is known only as a whole.
        FitError
            If the estimates are not finite (all counts zero, separation) or do not settle.
        """
        free = free_transfer(self.interventions)
        frame = build_frame(
            self._read_series(series),
            self.terms if free is None else _with_first_guess(self.terms, free),
            family=self.family,
            unit=self.exposure,
            window=window,
            exposure=exposure,
        )
        time_constant = None
        if free is None:
            estimate = fit_frame(frame, self.errors, self.lags)
        else:
            frame, estimate, time_constant = fit_time_constant(frame, free, self.errors, self.lags)
        effects = effects_table(frame.design.names, estimate, log_link=self.family != "gaussian")
        return ITSResult(effects=effects, frame=frame, estimate=estimate, time_constant=time_constant)

    def _read_series(self, series: CountSeries | pd.Series[Any]) -> CountSeries:
        if isinstance(series, CountSeries):
            return series
        return CountSeries.from_periods(series, kind="rate" if self.family == "gaussian" else "count")


def _with_first_guess(terms: Terms, free: Transfer) -> Terms:
    """Give the free intervention some time constant, so that the design can be checked before it is estimated."""
    guess = free.with_time_constant(FIRST_GUESS_MONTHS)
    return replace(terms, interventions=tuple(guess if one is free else one for one in terms.interventions))


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
