"""Counts of one measure on identical windows either side of a date.

Identical windows are the same days of two years. Where a publisher gives months, they are the months after the date
with the same months a year before; else the figures of one publisher and definition, one year apart or two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scipy.stats import norm

from violence_stats.errors import WindowError
from violence_stats.months import ONE_DAY, Window, add_months
from violence_stats.questions.rules import UNMEASURED_LOG_SD
from violence_stats.questions.signature import Measured
from violence_stats.series import CountSeries

REACH = float(norm.ppf(0.975))


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedCounts:
    """A measure before and after, on identical windows.

    Attributes
    ----------
    before, after : int
        Counts over all the windows of either side.
    windows_before, windows_after : tuple of Window
        Both ends INCLUSIVE.
    dispersion : float
        Variance of a count over its mean; 1 is Poisson.
    log_sd : float
        Standard deviation, beside that, with which the log of the ratio moves without cause; an assumption.
    contains_start : bool
        Whether a window before holds days of the new regime.
    figures : tuple of str
        Ids of the figures that enter.
    year_before : PairedCounts or None
        The windows before against the same a year (or two) earlier: how the measure moved without the event.
    """

    measure: str
    publisher: str
    before: int
    after: int
    windows_before: tuple[Window, ...]
    windows_after: tuple[Window, ...]
    dispersion: float = 1.0
    log_sd: float = UNMEASURED_LOG_SD
    contains_start: bool = False
    figures: tuple[str, ...] = ()
    year_before: PairedCounts | None = None

    @property
    def log_ratio(self) -> Measured | None:
        """Log of the ratio of daily rates, after over before; None where a count is 0."""
        if self.before == 0 or self.after == 0:
            return None
        scatter = self.dispersion * (1 / self.before + 1 / self.after)
        return _normal(self._log_rate_ratio, scatter + self.log_sd**2)

    @property
    def net_log_ratio(self) -> Measured | None:
        """The same less the log ratio of the year before; None where a count is 0 or that year is not known.

        The windows before enter both ratios, with opposite signs, so that their scatter counts four times.
        """
        earlier = self.year_before
        if earlier is None or min(self.before, self.after, earlier.before) == 0:
            return None
        scatter = self.dispersion * (4 / self.before + 1 / self.after + 1 / earlier.before)
        return _normal(self._log_rate_ratio - earlier._log_rate_ratio, scatter + 2 * self.log_sd**2)

    @property
    def _log_rate_ratio(self) -> float:
        return math.log(self.after / _days(self.windows_after) * _days(self.windows_before) / self.before)

    @property
    def basis(self) -> str:
        """The windows, in words."""
        spans = f"{span_words(self.windows_after)} against {span_words(self.windows_before)}"
        return f"{self.measure} ({self.publisher}): {spans}, {self.after:,} against {self.before:,}"


def same_day(day: date, n_months: int) -> date:
    """Give the same day of another month; a day past its end runs on into the next one."""
    return add_months(day, n_months) + timedelta(days=day.day - 1)


def same_windows(series: CountSeries, pair: PairedCounts, dispersion: float) -> PairedCounts | None:
    """Count the series on the windows of another measure's pair; None where whole windows do not make them up."""
    try:
        before, after = (
            sum(series.total(window) for window in windows)
            for windows in (_joined(pair.windows_before), _joined(pair.windows_after))
        )
    except WindowError:
        return None
    return PairedCounts(
        measure=series.measure,
        publisher="chain",
        before=before,
        after=after,
        windows_before=pair.windows_before,
        windows_after=pair.windows_after,
        dispersion=dispersion,
        contains_start=pair.contains_start,
        year_before=None if pair.year_before is None else same_windows(series, pair.year_before, dispersion),
    )


def _joined(windows: Sequence[Window]) -> list[Window]:
    """Join windows that adjoin, so that a longer window of a series can make them up."""
    joined: list[Window] = []
    for one in windows:
        if joined and joined[-1].end + ONE_DAY == one.start:
            joined[-1] = Window(joined[-1].start, one.end)
        else:
            joined.append(one)
    return joined


def _days(windows: Iterable[Window]) -> int:
    return sum(one.n_days for one in windows)


def span_words(windows: Sequence[Window]) -> str:
    """Write the windows of one side."""
    if len(windows) == 1:
        return str(windows[0])
    return f"{len(windows)} months of {Window(windows[0].start, windows[-1].end)}"


def _normal(centre: float, variance: float) -> Measured:
    reach = REACH * math.sqrt(variance)
    return Measured(value=centre, low=centre - reach, high=centre + reach, unit="log ratio")
