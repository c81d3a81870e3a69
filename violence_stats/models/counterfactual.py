"""What a fitted model expects had an event not happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual_words import Setting, Totals, tell_counterfactual
from violence_stats.models.per_100k import table_per_100k
from violence_stats.models.wording import number_words
from violence_stats.months import Window
from violence_stats.series import SeriesKind
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counterfactual:
    """Observed against expected without an event, over a window.

    For a series of rates every value is a mean over the window, weighted by time, in place of a total.

    Attributes
    ----------
    event : str
        The event taken away.
    terms : tuple of str
        The terms taken away with it.
    window : Window
        Both ends INCLUSIVE.
    kind : {'count', 'rate'}
    observed : float
    fitted : float
        What the model expects with the event; NaN where it says nothing about that.
    expected, expected_low, expected_high : float
        What it expects without, and its interval. Windows that end before the event stand as they were observed.
    averted, averted_low, averted_high : float
        Expected minus observed: positive where fewer were counted than expected.
    interval : str
        What the intervals hold, and what not.
    windows : pandas.DataFrame
        The same by window: ``start, end`` (INCLUSIVE), ``n_days, observed, fitted``, and ``expected, averted,
        averted_to_date`` (cumulated from the first window) each with ``_low`` and ``_high``; index the window labels.
    notes : tuple of str
        What was held as fitted, and what else a reader has to be told.
    setting : Setting
        What `sentence` needs beside the numbers.
    frozen_trend : Counterfactual or None
        The same with the trend frozen at the event, where a window lies more than twelve months after it.
    """

    event: str
    terms: tuple[str, ...]
    window: Window
    kind: SeriesKind
    observed: float
    fitted: float
    expected: float
    expected_low: float
    expected_high: float
    averted: float
    averted_low: float
    averted_high: float
    interval: str
    windows: pd.DataFrame
    notes: tuple[str, ...]
    setting: Setting
    frozen_trend: Counterfactual | None = None

    @property
    def totals(self) -> Totals:
        """The numbers over the whole window."""
        return Totals(
            window=self.window,
            kind=self.kind,
            observed=self.observed,
            expected=self.expected,
            low=self.expected_low,
            high=self.expected_high,
        )

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Give what was counted beside what was to be expected, to quote, with the interval.

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
        frozen = None if self.frozen_trend is None else self.frozen_trend.totals
        names = names_for(self.setting.series, case)
        return tell_counterfactual(self.totals, self.setting, frozen, names, check_language(lang))

    def summary(self) -> str:
        """Say the result in a few lines."""
        write = number_words if self.kind == "rate" else "{:,.0f}".format
        lines = [
            f"without {self.event} ({', '.join(self.terms)}), {self.window}:",
            f"observed {write(self.observed)}; expected {write(self.expected)} "
            f"({write(self.expected_low)} to {write(self.expected_high)})",
            f"expected minus observed {write(self.averted)} ({write(self.averted_low)} to {write(self.averted_high)})",
            f"intervals: {self.interval}",
        ]
        if self.frozen_trend is not None:
            frozen = self.frozen_trend
            lines.insert(
                3,
                f"with the trend frozen at the event: expected {write(frozen.expected)} "
                f"({write(frozen.expected_low)} to {write(frozen.expected_high)})",
            )
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def per_100k(self, population: pd.Series[Any]) -> pd.DataFrame:
        """Give the windows as annual rates per 100,000 inhabitants.

        Parameters
        ----------
        population : pandas.Series
            Inhabitants by year (integer index), as `load_population` gives.

        Returns
        -------
        pandas.DataFrame
            ``start, end`` (INCLUSIVE) and the columns of `windows`, each with ``_per_100k``; what is cumulated has no
            rate and is left out.

        Raises
        ------
        SeriesError
            If the series holds rates already, or a window lies beyond the last year of `population`.
        """
        spans = [Window(*edges) for edges in zip(self.windows["start"], self.windows["end"], strict=True)]
        cumulated = [name for name in self.windows.columns if name.startswith("averted_to_date")]
        return table_per_100k(self.windows.drop(columns=cumulated), spans, self.kind, population)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a window, a copy of `windows`."""
        return self.windows.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold; None where a number is not defined."""
        numbers = ("observed", "fitted", "expected", "expected_low", "expected_high")
        rows = self.windows.reset_index()
        for edge in ("start", "end"):
            rows[edge] = [day.isoformat() for day in rows[edge]]
        totals = {name: getattr(self, name) for name in (*numbers, "averted", "averted_low", "averted_high")}
        return {
            "event": self.event,
            "terms": list(self.terms),
            "window": str(self.window),
            **{name: None if np.isnan(value) else value for name, value in totals.items()},
            "interval": self.interval,
            "frozen_trend": None if self.frozen_trend is None else self.frozen_trend.to_dict(),
            "windows": rows.astype(object).where(rows.notna(), None).to_dict(orient="records"),
            "notes": list(self.notes),
        }
