"""What the break tests and searches give. A break is named by the FIRST period of the new regime, everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.breaks.break_words import NumberTests, OneBreak, Posterior, tell_breaks, tell_test
from violence_stats.breaks.probabilities import BreakProbabilities
from violence_stats.breaks.wording import table_lines
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Language
from violence_stats.months import Window
from violence_stats.series import CountSeries
from violence_stats.wording import check_language

DATE_WORDS = "dates name the FIRST period of the new regime"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakTest:
    """A test of no break against one break at an unknown date.

    Attributes
    ----------
    null, alternative : str
    statistic, p_value : float
        Of the supremum over the candidate dates, on the Wald (likelihood-ratio) scale: q times an F statistic. For
        counts over windows the fall in the deviance over the long-run dispersion about the best break.
    functionals : pandas.DataFrame
        Rows ``sup``, ``ave``, ``exp``; columns ``statistic, p_value``, and for counts over windows ``p_value_null``,
        with dispersion and autocorrelation fitted without the break.
    date : pandas.Period
        First period of the new regime at the supremum.
    process : pandas.DataFrame
        One row a candidate date: ``first_day`` and ``statistic``.
    subject : str
        What was counted, and where.
    window : Window
        Both ends INCLUSIVE.
    method : str
        Family, errors, trimming, and where the p-values come from.
    adjusts_for_correlation : bool
        Whether p-values allow for serial correlation.
    series : CountSeries
        What was tested.
    notes : tuple of str
        What a reader has to be told.
    """

    null: str
    alternative: str
    statistic: float
    p_value: float
    functionals: pd.DataFrame
    date: pd.Period
    process: pd.DataFrame
    subject: str
    window: Window
    method: str
    adjusts_for_correlation: bool
    series: CountSeries
    notes: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """One row a functional: ``statistic, p_value``."""
        return self.functionals.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the test as plain values that JSON can hold."""
        return {
            "null": self.null,
            "alternative": self.alternative,
            "functionals": {row.pop("functional"): row for row in _plain(self.functionals)},
            "date": str(self.date),
            "window": [self.window.start.isoformat(), self.window.end.isoformat()],
            "method": self.method,
            "notes": list(self.notes),
        }

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Say whether a break can be told from no break, and where one fits best, to quote.

        Parameters
        ----------
        lang : {'en', 'es'}
        case : CaseLike, optional
            Whose names to use, for a series from a folder; a series of a shipped case knows its own.

        Raises
        ------
        SelectionError
            If the language is another.
        """
        null = self.functionals["p_value_null"].iloc[0] if "p_value_null" in self.functionals else None
        first_day = self.process["first_day"].to_dict()[self.date]
        test = OneBreak(
            first_day=first_day, p_value=self.p_value, p_value_null=null, adjusted=self.adjusts_for_correlation
        )
        return tell_test(self.series, test, names_for(self.series, case), check_language(lang))

    def summary(self) -> str:
        """Say the test in plain text."""
        lines = [
            f"Break at an unknown date: {self.subject}, {_span_words(self.window)}",
            f"null: {self.null}; alternative: {self.alternative}",
            f"method: {self.method}",
            "",
            *table_lines(self.functionals),
            f"largest at {self.date} ({DATE_WORDS})",
        ]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundBreaks:
    """Breaks that a search found, with what speaks for them.

    Attributes
    ----------
    null, alternative : str
    statistic, p_value : float
        Of the test of no break; under ``method="bayes"`` the posterior probability of at least one break, and NaN.
    dates : tuple of pandas.Period
        First period of each new regime.
    intervals : pandas.DataFrame
        One row a break: ``first_day`` of the new regime, ``low, high`` (first and last period that the interval holds,
        both INCLUSIVE), ``confidence``, ``method``, ``inside`` (the long window in which the break falls; blank
        elsewhere).
    regimes : pandas.DataFrame
        One row a regime: ``start, end`` (days, INCLUSIVE), ``n_windows``, ``mean`` (per period) and its ``std_error``,
        and the coefficients with theirs. Standard errors take the dates as known.
    statistics : pandas.DataFrame
        One row a test: ``statistic, critical_value, p_value``; for counts over windows also ``p_value_null``, as in
        `BreakTest`.
    criteria : pandas.DataFrame
        By number of breaks: sum of squares or deviance, criteria, the dates that go with it.
    criterion : str
        How the number was chosen.
    posterior : BreakProbabilities or None
        Under ``method="bayes"``.
    subject, method : str
    adjusts_for_correlation : bool
        Whether p-values allow for serial correlation.
    series : CountSeries
        What was searched.
    notes : tuple of str
    """

    null: str
    alternative: str
    statistic: float
    p_value: float
    dates: tuple[pd.Period, ...]
    intervals: pd.DataFrame
    regimes: pd.DataFrame
    statistics: pd.DataFrame
    criteria: pd.DataFrame
    criterion: str
    posterior: BreakProbabilities | None
    subject: str
    method: str
    adjusts_for_correlation: bool
    series: CountSeries
    notes: tuple[str, ...] = ()

    @property
    def window(self) -> Window:
        """Days searched, both ends INCLUSIVE."""
        return self.series.span

    @property
    def n_breaks(self) -> int:
        """Number of breaks."""
        return len(self.dates)

    def to_frame(self) -> pd.DataFrame:
        """One row a break: its interval, the mean before and after, the change in per cent."""
        means = self.regimes["mean"].to_numpy(dtype=float)
        frame = self.intervals.copy()
        frame["mean_before"], frame["mean_after"] = means[:-1], means[1:]
        frame["change_pct"] = 100 * (means[1:] / means[:-1] - 1)
        return frame

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold."""
        return {
            "null": self.null,
            "alternative": self.alternative,
            "statistic": _plain_value(self.statistic),
            "p_value": _plain_value(self.p_value),
            "dates": [str(date) for date in self.dates],
            "breaks": _plain(self.to_frame()),
            "regimes": _plain(self.regimes),
            "statistics": _plain(self.statistics),
            "criteria": _plain(self.criteria),
            "criterion": self.criterion,
            "posterior": None if self.posterior is None else self.posterior.to_dict(),
            "window": [self.window.start.isoformat(), self.window.end.isoformat()],
            "method": self.method,
            "notes": list(self.notes),
        }

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Name the breaks with the intervals of their dates, and say how surely there are so many, to quote.

        Parameters
        ----------
        lang : {'en', 'es'}
        case : CaseLike, optional
            Whose names to use, for a series from a folder; a series of a shipped case knows its own.

        Raises
        ------
        SelectionError
            If the language is another.
        """
        surety: NumberTests | Posterior = NumberTests(
            statistics=self.statistics, p_value=self.p_value, adjusted=self.adjusts_for_correlation
        )
        if self.posterior is not None:
            surety = Posterior(probability=self.statistic, false_breaks=self.posterior.false_breaks)
        return tell_breaks(self.series, self.intervals, surety, names_for(self.series, case), check_language(lang))

    def summary(self) -> str:
        """Say the result in plain text."""
        found = ", ".join(map(str, self.dates)) or "none"
        lines = [
            f"Breaks at unknown dates: {self.subject}, {_span_words(self.window)}",
            f"null: {self.null}; alternative: {self.alternative}",
            f"method: {self.method}",
            f"breaks: {found} ({DATE_WORDS}); number chosen by {self.criterion}",
        ]
        blocks = [self.to_frame(), self.regimes, self.statistics, self.criteria]
        lines += [line for block in blocks if len(block) for line in ["", *table_lines(block)]]
        if self.posterior is not None:
            lines += ["", *self.posterior.lines()]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with the index as a column; periods and days as text, NaN as None."""
    rows = frame.reset_index().to_dict(orient="records")
    return [{str(name): _plain_value(value) for name, value in row.items()} for row in rows]


def _plain_value(value: Any) -> Any:
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    return str(value)


def _span_words(window: Window) -> str:
    return f"{window.start.isoformat()} to {window.end.isoformat()}"
