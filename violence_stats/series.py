"""A series: counts over windows, each with its publisher, definition and sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias

import pandas as pd

from violence_stats.errors import SeriesError
from violence_stats.months import DateLike, Frequency, WindowLike, parse_window
from violence_stats.observation_tables import citations_frame, windows_rows
from violence_stats.observations import Observation
from violence_stats.observed_windows import ObservedWindows, check_observations
from violence_stats.periods import read_period_index, read_period_values
from violence_stats.population import annual_rates_per_100k
from violence_stats.tiling import monthly_values, tile, total, whole_windows

SeriesKind: TypeAlias = Literal["count", "rate"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountSeries(ObservedWindows):
    """Counts over windows that do not overlap, in order of time.

    Windows may differ in length; nothing is interpolated. Made by `load_homicides`, `load_counts`, `from_monthly` or
    `from_periods`.

    Attributes
    ----------
    observations : tuple of Observation, length n_windows
    frequency : {'M', 'Q', 'Y'}
        The calendar period in which trends and ramps count.
    kind : {'count', 'rate'}
        A rate has no totals and takes the gaussian family only.
    case_id : str or None
        The case whose ledger the series comes from; None for a user's own.
    as_of : datetime.date or None
        The day whose knowledge the series holds; None for all that is known.
    notes : tuple of str
        What a reader of any result from this series has to be told.

    Raises
    ------
    SeriesError
        If there is no observation, two overlap, they are out of order, a value is negative or infinite, or a count is
        not whole.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.Series([3, 5, 4], index=pd.period_range("2020-01", periods=3, freq="M"))
    >>> CountSeries.from_monthly(counts).total("2020-02")
    5
    """

    country: str = ""
    measure: str = "counts"
    frequency: Frequency = "M"
    kind: SeriesKind = "count"
    case_id: str | None = None
    as_of: date | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_observations(self.observations, whole=self.kind == "count")

    @classmethod
    def from_monthly(
        cls,
        counts: pd.Series[Any],
        *,
        measure: str = "counts",
        country: str = "",
        publisher: str = "",
        definition: str = "",
        allow_missing: bool = False,
    ) -> CountSeries:
        """Make a series from a user's own monthly counts.

        Parameters
        ----------
        counts : pandas.Series of shape (n_months,)
            Whole non-negative numbers, index a PeriodIndex of frequency M, increasing, each month once, none left out.
        allow_missing : bool, default False
            Keep NaN, and months left out, as missing instead of refusing them.

        Raises
        ------
        SeriesError
            Naming the month at fault, what was expected and what to do.

        Examples
        --------
        >>> import pandas as pd
        >>> CountSeries.from_monthly(pd.Series([3, 5], index=pd.period_range("2020-01", periods=2, freq="M"))).n_windows
        2
        """
        frequency = read_period_index(counts, allow_missing=allow_missing)
        if frequency != "M":
            raise SeriesError(
                f"expected a monthly PeriodIndex, got frequency {frequency}: use CountSeries.from_periods"
            )
        return cls.from_periods(
            counts,
            measure=measure,
            country=country,
            publisher=publisher,
            definition=definition,
            allow_missing=allow_missing,
        )

    @classmethod
    def from_periods(
        cls,
        values: pd.Series[Any],
        *,
        kind: SeriesKind = "count",
        measure: str = "counts",
        country: str = "",
        publisher: str = "",
        definition: str = "",
        allow_missing: bool = False,
    ) -> CountSeries:
        """Make a series from values by month, quarter or year; trends then count in that period.

        Parameters
        ----------
        values : pandas.Series of shape (n_periods,)
            Index a PeriodIndex of frequency M, Q or Y (calendar quarters and years), increasing, each period once, none
            left out; whole non-negative numbers where `kind` is ``count``.
        kind : {'count', 'rate'}
        allow_missing : bool, default False
            Keep NaN, and periods left out, as missing instead of refusing them.

        Raises
        ------
        SeriesError
            Naming the period at fault, what was expected and what to do.

        Examples
        --------
        >>> import pandas as pd
        >>> yearly = pd.Series([89.8, 95.4], index=pd.period_range("1970", periods=2, freq="Y"))
        >>> CountSeries.from_periods(yearly, kind="rate").frequency
        'Y'
        """
        frequency = read_period_index(values, allow_missing=allow_missing)
        numbers = read_period_values(values, whole=kind == "count", allow_missing=allow_missing)
        observations = tuple(
            Observation(window=parse_window(period), value=number, publisher=publisher, definition=definition)
            for period, number in zip(values.index, numbers, strict=True)
        )
        return cls(observations=observations, country=country, measure=measure, frequency=frequency, kind=kind)

    @property
    def subject(self) -> str:
        """What is counted, and where."""
        return f"{self.measure} {self.country}".strip()

    def tiles(self, window: WindowLike) -> tuple[Observation, ...]:
        """Give the observations that make up `window` exactly.

        Parameters
        ----------
        window : WindowLike
            Both ends INCLUSIVE.

        Raises
        ------
        WindowError
            If whole windows do not tile it; the message names the window that does not fit and the nearest span
            that would.
        """
        return tile(parse_window(window), self.observations, self.measure)

    def total(self, window: WindowLike) -> int:
        """Sum the counts over a window.

        Parameters
        ----------
        window : WindowLike
            Both ends INCLUSIVE, such as ``"2019-H1"``.

        Raises
        ------
        WindowError
            If whole windows do not tile it, or a count in it is not known.
        SeriesError
            If the series holds rates.
        """
        if self.kind != "count":
            raise SeriesError("a series of rates has no totals; use the counts and the population")
        return total(parse_window(window), self.observations, self.measure)

    def monthly(self) -> pd.Series[float]:
        """Give the counts by calendar month, NaN where only a longer window is known.

        Returns
        -------
        pandas.Series
            Index a PeriodIndex of frequency M over the whole span.
        """
        return monthly_values(self.observations, self.measure)

    def rate(self, population: pd.Series[Any]) -> pd.Series[float]:
        """Give annualised rates per 100,000 inhabitants, window by window.

        Parameters
        ----------
        population : pandas.Series
            Inhabitants by year (integer index), as `load_population` gives; each month takes its year's figure.

        Returns
        -------
        pandas.Series
            ``rate_per_100k``, index the window labels, shape (n_windows,).

        Raises
        ------
        SeriesError
            If a window lies beyond the last year of `population`.
        """
        rates = annual_rates_per_100k(self.windows, self.values, population)
        return pd.Series(
            rates,
            index=pd.Index([str(window) for window in self.windows], name="window"),
            name="rate_per_100k",
        )

    def between(self, start: DateLike, end: DateLike) -> CountSeries:
        """Keep the windows from `start` to `end`, both INCLUSIVE.

        Raises
        ------
        WindowError
            If an edge cuts a window, or the span holds none.
        """
        return replace(self, observations=whole_windows(parse_window((start, end)), self.observations))

    def known(self) -> CountSeries:
        """Leave out the windows whose value is not known.

        Raises
        ------
        SeriesError
            If none is.
        """
        return replace(self, observations=tuple(one for one in self if not one.is_missing))

    def citations(self, window: WindowLike | None = None) -> pd.DataFrame:
        """List the figures and documents behind a window (default: the whole series).

        Parameters
        ----------
        window : WindowLike, optional
            Both ends INCLUSIVE.

        Returns
        -------
        pandas.DataFrame
            One row a figure: ``window``, ``figure_id``, ``sign``, ``start``, ``end``, ``value``, ``publisher``,
            ``reported``, ``status``, ``source_id``, ``title``, ``date``, ``url``. Empty for a user's own series.

        Raises
        ------
        WindowError
            If whole windows do not tile the window.
        """
        chosen = self.observations if window is None else self.tiles(window)
        return citations_frame(chosen)

    def to_dict(self) -> dict[str, Any]:
        """Give the series as plain values that JSON can hold; dates in ISO form, None where missing."""
        return {
            "country": self.country,
            "measure": self.measure,
            "kind": self.kind,
            "frequency": self.frequency,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "notes": list(self.notes),
            "windows": windows_rows(self.observations),
        }

    def summary(self) -> str:
        """Say in a few lines what the series covers."""
        months = sum(one.window.is_one_month for one in self.observations)
        lines = [
            f"{self.subject}: {self.n_windows} windows, {self.span.start.isoformat()} to {self.span.end.isoformat()}",
            f"whole months: {months}; other windows: {self.n_windows - months}; not known: {len(self.missing)}",
            f"runs of one publisher and definition: {len(self.segments)}",
        ]
        if self.as_of is not None:
            lines.insert(1, f"as known on {self.as_of.isoformat()}")
        return "\n".join([*lines, *self.notes]) + "\n"
