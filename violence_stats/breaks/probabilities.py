"""The posterior of breaks as tables, and questions to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.arguments import check_whole
from violence_stats.breaks.bayes import BreakPosterior
from violence_stats.breaks.wording import number, table_lines
from violence_stats.errors import SpecificationError
from violence_stats.months import DateLike, Window, add_months, first_day, last_day_of_month

WORTH_PRINTING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakProbabilities:
    """Posterior over the number and the dates of breaks.

    Attributes
    ----------
    by_number : pandas.Series
        Probability of 0, 1, ... breaks.
    by_month : pandas.Series
        Probability that a new regime starts in each period, index a PeriodIndex; inside a long window spread by the
        composite likelihood.
    prior : str
        The prior in words.
    dispersion : float
        Variance over mean within a regime, as taken.
    sensitivity : pandas.DataFrame
        One row a prior: ``any_break`` (its probability), ``most_probable`` and ``expected`` number.
    false_breaks : pandas.DataFrame
        One row a lag-one correlation of the log rate: how often series without a break show any break with probability
        ``over_half`` and ``over_95_pct``, under this prior's kind of dispersion.
    posterior : BreakPosterior
        Over the edges of windows.
    first_days : tuple of datetime.date
        First day of each window.
    """

    by_number: pd.Series[float]
    by_month: pd.Series[float]
    prior: str
    dispersion: float
    sensitivity: pd.DataFrame
    false_breaks: pd.DataFrame
    posterior: BreakPosterior
    first_days: tuple[date, ...]

    @property
    def searched(self) -> Window:
        """The days searched, both ends INCLUSIVE."""
        return Window(self.first_days[0], self.by_month.index[-1].end_time.date())

    def probability(self, when: DateLike, within: int = 0) -> float:
        """Probability of at least one break within so many months of a date.

        Parameters
        ----------
        when : DateLike
            A month, or a day in it.
        within : int, default 0
            Months before and after, both INCLUSIVE.

        Notes
        -----
        Counts the edges of windows that lie in those months; a break inside a longer window counts at its nearer edge.

        Raises
        ------
        SpecificationError
            If the date lies outside the days searched, or `within` is no whole number of 0 or more.
        """
        check_whole("within", within, of="months")
        day, searched = first_day(when), self.searched
        if not searched.start <= day <= searched.end:
            raise SpecificationError(
                f"{day.isoformat()} was not searched, from {searched.start.isoformat()} to {searched.end.isoformat()}: "
                "choose a date inside"
            )
        low, high = add_months(day, -within), last_day_of_month(add_months(day, within))
        return self.posterior.any_among(np.array([low <= start <= high for start in self.first_days]))

    def to_dict(self) -> dict[str, Any]:
        """Give the posterior as plain values that JSON can hold."""
        return {
            "by_number": {str(k): float(p) for k, p in self.by_number.items()},
            "by_month": {str(k): float(p) for k, p in self.by_month.items()},
            "prior": self.prior,
            "dispersion": self.dispersion,
            "sensitivity": self.sensitivity.reset_index().to_dict(orient="records"),
            "false_breaks": self.false_breaks.reset_index().to_dict(orient="records"),
        }

    def lines(self) -> list[str]:
        """Say the posterior in plain text."""
        numbers = ", ".join(f"{k}: {p:.3f}" for k, p in self.by_number.items())
        likely = self.by_month[self.by_month >= WORTH_PRINTING]
        months = ", ".join(f"{month}: {p:.2f}" for month, p in likely.items()) or "none from .05"
        return [
            f"prior: {self.prior}; dispersion {number(self.dispersion)}",
            f"probability by number of breaks: {numbers}",
            f"probability by month, from {WORTH_PRINTING}: {months}",
            "",
            *table_lines(self.sensitivity),
            "",
            "how often series without a break show one:",
            *table_lines(self.false_breaks),
        ]
