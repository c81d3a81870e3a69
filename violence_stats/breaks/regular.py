"""A regular series as arrays: one value a period, with the regressors that break and those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.breaks.limits import LimitDesign
from violence_stats.breaks.options import BreakOptions, Regressor
from violence_stats.breaks.partition import allowed_segments, check_trim
from violence_stats.errors import SeriesError, SpecificationError
from violence_stats.fitting.linear import fit_linear
from violence_stats.months import MONTHS_PER_PERIOD, ONE_DAY, Window, WindowLike, parse_window
from violence_stats.series import CountSeries

PERIOD_NAMES = {"M": "months", "Q": "quarters", "Y": "years"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegularSample:
    """What a linear search works on.

    Attributes
    ----------
    series : CountSeries
        Inside the window.
    y : FloatArray, shape (n,)
    periods : pandas.PeriodIndex, length n
    Z, X : FloatArray, shapes (n, q) and (n, p)
        Regressors whose coefficients break, and common ones; trend counts 1, 2, ... from the first period.
    breaking, common : tuple of str
        Their names.
    design : LimitDesign
    trim : float
    shortest : int
        Least length of a regime in periods.
    allowed : array of bool, shape (n + 1, n + 1)
        Segments that may be regimes.
    """

    series: CountSeries
    y: FloatArray
    periods: pd.PeriodIndex
    Z: FloatArray
    X: FloatArray
    breaking: tuple[str, ...]
    common: tuple[str, ...]
    design: LimitDesign
    trim: float
    shortest: int
    allowed: BoolArray

    @property
    def candidates(self) -> IntArray:
        """First observations of a new regime that one break may have."""
        return np.arange(self.shortest, len(self.y) - self.shortest + 1)

    @property
    def shares(self) -> tuple[float, float]:
        """Share of the series before the first and before the last candidate."""
        n = len(self.y)
        return self.shortest / n, (n - self.shortest) / n


def read_series(series: CountSeries | pd.Series[Any], window: WindowLike | None) -> CountSeries:
    """Take a CountSeries or a pandas Series, cut to the window, without gaps or unknown counts.

    Raises
    ------
    SeriesError
        If a value is malformed, or none is known for some days inside the window.
    WindowError
        If the window is malformed or cuts a count that is known only as a whole.
    """
    if not isinstance(series, CountSeries):
        numeric = isinstance(series, pd.Series) and pd.api.types.is_numeric_dtype(series.dtype)
        whole = not numeric or bool((series % 1 == 0).all())
        series = CountSeries.from_periods(series, kind="count" if whole else "rate")
    if window is not None:
        span = parse_window(window)
        series = series.between(span.start, span.end)
    for before, after in zip(series.observations[:-1], series.observations[1:], strict=True):
        if after.window.start != before.window.end + ONE_DAY:
            gap = Window(before.window.end + ONE_DAY, after.window.start - ONE_DAY)
            raise SeriesError(f"no count is known for {gap}: a search for breaks needs every day; end or start there")
    if series.missing:
        raise SeriesError(
            f"no count is known for {series.missing[0]}: a search for breaks needs every window; end or start there"
        )
    if len(np.unique(series.values)) == 1 and series.n_windows > 1 and is_regular(series):
        raise SpecificationError(
            f"all {series.n_windows} values are {series.observations[0].value:g}: a constant series has no break"
        )
    return series


def is_regular(series: CountSeries) -> bool:
    """Whether every window is one whole period of the series' frequency."""
    return all(one.is_whole_months and len(one.months) == _step(series) for one in series.windows)


def read_regular(
    series: CountSeries, regressors: Sequence[Regressor], trim: float, options: BreakOptions
) -> RegularSample:
    """Build the regressors and the allowed regimes.

    Raises
    ------
    SpecificationError
        If the series is not regular, the regressors are unknown or fit perfectly, or trimming leaves no date or
        regimes that cannot carry the coefficients.
    """
    if not is_regular(series):
        odd = next(one for one in series.windows if not one.is_whole_months or len(one.months) != _step(series))
        raise SpecificationError(
            f"{odd} is not one of the {PERIOD_NAMES[series.frequency]} of a regular series: use "
            'family="quasi-poisson" for counts over windows'
        )
    breaking, common, design = _read_regressors(regressors, options.breaking)
    n = series.n_windows
    columns = {"level": np.ones(n), "trend": np.arange(1.0, n + 1)}
    Z = np.column_stack([columns[name] for name in breaking])
    seasonal = _harmonics(series, options.harmonics)
    X = np.column_stack([*(columns[name] for name in common), np.empty((n, 0)), *seasonal.values()])
    shortest = read_shortest(trim, n, Z.shape[1], series.frequency)
    if n <= 2 * Z.shape[1] + X.shape[1]:
        raise SpecificationError(
            f"{n} {PERIOD_NAMES[series.frequency]} cannot carry the {2 * Z.shape[1] + X.shape[1]} coefficients of two "
            "regimes: widen the window or drop regressors"
        )
    refuse_perfect_fit(series.values, np.hstack([Z, X]))
    step = _step(series)
    starts = [pd.Period(one.start, freq=series.frequency) for one in series.windows]
    return RegularSample(
        series=series,
        y=series.values,
        periods=pd.PeriodIndex(starts),
        Z=Z,
        X=X,
        breaking=breaking,
        common=(*common, *seasonal),
        design=design,
        trim=trim,
        shortest=shortest,
        allowed=allowed_segments(np.full(n, float(step)), float(shortest * step), Z.shape[1] + 1),
    )


def _step(series: CountSeries) -> int:
    return MONTHS_PER_PERIOD[series.frequency]


def _read_regressors(
    regressors: Sequence[Regressor], breaking: Sequence[Regressor] | None
) -> tuple[tuple[str, ...], tuple[str, ...], LimitDesign]:
    """Split the regressors into those that break and common ones, and name the limiting distribution."""
    given = tuple(regressors) if not isinstance(regressors, str) else (regressors,)
    if given not in (("level",), ("level", "trend")):
        raise SpecificationError(f'regressors: expected ("level",) or ("level", "trend"), got {given!r}')
    moved = given if breaking is None else tuple(name for name in given if name in breaking)
    if not moved or (breaking is not None and not set(breaking) <= set(given)):
        raise SpecificationError(f"breaking: expected some of {given!r}, got {breaking!r}")
    common = tuple(name for name in given if name not in moved)
    designs: dict[tuple[str, ...], LimitDesign] = {
        ("level", "trend"): "level, trend",
        ("level",): "level | trend",
        ("trend",): "trend | level",
    }
    return moved, common, "stationary" if given == ("level",) else designs[moved]


def _harmonics(series: CountSeries, n_pairs: int) -> dict[str, FloatArray]:
    step = _step(series)
    if n_pairs * 2 * step > 12:
        raise SpecificationError(
            f"harmonics={n_pairs} does not fit {12 // step} periods a year: expected at most {6 // step}"
        )
    turn = 2 * np.pi * np.array([(one.start.month - 1) / 12 for one in series.windows])
    return {
        f"{name} {k}": wave(k * turn)
        for k in range(1, n_pairs + 1)
        for name, wave in (("sine", np.sin), ("cosine", np.cos))
        if not (name == "sine" and k * 2 * step == 12)
    }


def read_shortest(trim: float, n: int, q: int, frequency: str) -> int:
    """Least length of a regime in periods.

    Raises
    ------
    SpecificationError
        If no date is left, or a regime cannot carry q coefficients.
    """
    name = PERIOD_NAMES[frequency]
    check_trim(trim)
    shortest = int(trim * n + 1e-9)
    if 2 * shortest > n:
        raise SpecificationError(f"trim={trim:g} leaves no date in {n} {name}: expected at most 0.5")
    if shortest <= q:
        raise SpecificationError(
            f"trim={trim:g} of {n} {name} allows regimes of {shortest}, too short for {q} coefficient"
            f"{'s' if q > 1 else ''} and an error: widen the window or raise trim"
        )
    return shortest


def refuse_perfect_fit(y: FloatArray, design: FloatArray) -> None:
    """Refuse values that the regressors fit without a residual.

    Raises
    ------
    SpecificationError
    """
    ssr = float(np.sum(fit_linear(y, design).residuals ** 2))
    if ssr <= 1e-20 * float(y @ y):
        raise SpecificationError("the regressors fit every value exactly without a break: there is nothing to test")
