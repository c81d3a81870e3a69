"""What the change from one window to another is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Language, Words
from violence_stats.models.decomposition_words import Split, change_words, tell_no_change, tell_parts
from violence_stats.models.effects import LEVEL
from violence_stats.months import Window
from violence_stats.series import CountSeries
from violence_stats.wording import as_known, check_language

PartKind: TypeAlias = Literal["trend", "season", "exposure", "event", "pulse", "remainder"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A part of the change, before it is measured.

    Attributes
    ----------
    name : str
    kind : {'trend', 'season', 'exposure', 'event', 'pulse', 'remainder'}
    window : Window or None
        Days of an event or pulse, both ends INCLUSIVE; an event that lasts runs to the end of the fit.
    """

    name: str
    kind: PartKind
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decomposition:
    """The log ratio of two windows' totals, split by Shapley values. Made by `ITSResult.decompose`.

    Attributes
    ----------
    window, baseline : Window
        Both ends INCLUSIVE.
    observed, observed_baseline : float
        What was counted.
    fitted, fitted_baseline : float
        What the model expects.
    parts : pandas.DataFrame
        One row a part, index ``part``: ``prior trend``, ``season``, ``exposure`` (days, and population where given),
        one row for each event and each pulse by its name, ``remainder`` (observed against fitted). Columns, each but
        the first three with ``_low`` and ``_high``:

        - ``kind``, and ``start``, ``end`` (INCLUSIVE) of an event or pulse, None elsewhere;
        - ``log_points``: natural logs; they add up to ``log_ratio``;
        - ``deaths``: counts; they add up to ``change``;
        - ``share_pct``: per cent of the log ratio; they add up to 100;
        - ``only_this_pct``: change of the baseline's total, in per cent, if only that had changed. These add up to
          nothing.
    draws : FloatArray, shape (n_draws, n_parts)
        Log points of each part under joint draws of the coefficients; each row adds up to ``log_ratio`` too.
    interval : str
        What the intervals hold, and what not.
    series : CountSeries
        The windows that were fitted.
    adjusts_for_correlation : bool
        Whether the intervals allow for serial correlation.
    caveats : tuple of Words
        What is to be known of them, in both languages.
    notes : tuple of str
        What a reader has to be told: events that the baseline already holds.
    """

    window: Window
    baseline: Window
    observed: float
    observed_baseline: float
    fitted: float
    fitted_baseline: float
    parts: pd.DataFrame
    draws: FloatArray
    interval: str
    series: CountSeries
    adjusts_for_correlation: bool
    caveats: tuple[Words, ...]
    notes: tuple[str, ...]

    @property
    def log_ratio(self) -> float:
        """Natural log of observed in the window over observed in the baseline."""
        return float(np.log(self.observed / self.observed_baseline))

    @property
    def change(self) -> float:
        """Observed in the window less observed in the baseline."""
        return self.observed - self.observed_baseline

    @property
    def change_pct(self) -> float:
        """The same in per cent of the baseline."""
        return 100 * self.change / self.observed_baseline

    def together(self, parts: Sequence[str]) -> pd.Series[float]:
        """Add up some parts, with a joint interval.

        Use it where parts are hard to tell apart, such as an event and a lockdown after it.

        Parameters
        ----------
        parts : sequence of str

        Returns
        -------
        pandas.Series
            ``log_points``, ``deaths`` and ``share_pct``, each with ``_low`` and ``_high``.

        Raises
        ------
        SpecificationError
            If a part is not there.
        """
        unknown = [name for name in parts if name not in self.parts.index]
        if unknown:
            raise SpecificationError(
                f"no part is called {unknown[0]!r}; expected some of {', '.join(self.parts.index)}"
            )
        value = float(self.parts.loc[list(parts), "log_points"].sum())
        drawn = self.draws[:, self.parts.index.isin(list(parts))].sum(axis=1)
        table = scaled_parts(np.array([value]), drawn[:, None], self.observed, self.observed_baseline)
        return table.iloc[0]

    @property
    def falls(self) -> bool:
        """Whether fewer were counted in the window than in the baseline."""
        return self.change < 0

    def change_words(self, lang: Language, case: CaseLike | None = None) -> str:
        """Say how the two windows differ, with both counts, without a stop."""
        return change_words(
            names_for(self.series, case).subject,
            window=self.window,
            baseline=self.baseline,
            observed=self.observed,
            before=self.observed_baseline,
            lang=lang,
        )

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Give the change and the share of each part of it, with intervals, to quote.

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
        said = self.change_words(check_language(lang), case)
        if not self.change:
            return as_known(tell_no_change(said, lang), self.series.as_of, lang)
        split = Split(
            parts=self.parts,
            series=self.series,
            names=names_for(self.series, case),
            baseline=self.baseline,
            falls=self.falls,
            adjusted=self.adjusts_for_correlation,
            caveats=self.caveats,
        )
        return as_known(tell_parts(split, said, lang), self.series.as_of, lang)

    def summary(self) -> str:
        """Say the decomposition in plain text."""
        width = max(len(name) for name in self.parts.index)
        lines = [
            f"{self.window} against {self.baseline}: {self.observed:,.0f} against {self.observed_baseline:,.0f} "
            f"{self.series.measure}, {self.change_pct:+.1f}%, log ratio {self.log_ratio:.4f}",
            "",
            f"{'part':<{width}} {'log points':>10} {'interval':>18} {'counts':>8} {'interval':>16} "
            f"{'share':>6} {'if only that':>12}",
        ]
        for name, row in self.parts.iterrows():
            log_interval = f"{row['log_points_low']:+z.3f} to {row['log_points_high']:+z.3f}"
            interval = f"{row['deaths_low']:+z,.0f} to {row['deaths_high']:+z,.0f}"
            lines.append(
                f"{name:<{width}} {row['log_points']:>+z10.3f} {log_interval:>18} {row['deaths']:>+z8,.0f} "
                f"{interval:>16} {row['share_pct']:>z5.0f}% {row['only_this_pct']:>+z11.1f}%"
            )
        lines += ["", "log points, counts and shares add up; the last column does not", f"intervals: {self.interval}"]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a part, a copy of `parts`."""
        return self.parts.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the decomposition as plain values that JSON can hold, without the draws."""
        rows = self.parts.reset_index()
        for edge in ("start", "end"):
            rows[edge] = [None if day is None else day.isoformat() for day in rows[edge]]
        rows = rows.astype(object).where(rows.notna(), None)
        numbers = ("observed", "observed_baseline", "fitted", "fitted_baseline", "log_ratio", "change", "change_pct")
        return {
            "window": str(self.window),
            "baseline": str(self.baseline),
            **{name: float(getattr(self, name)) for name in numbers},
            "parts": rows.to_dict(orient="records"),
            "interval": self.interval,
            "notes": list(self.notes),
        }


def scaled_parts(values: FloatArray, draws: FloatArray, observed: float, observed_baseline: float) -> pd.DataFrame:
    """Give log points in counts and in per cent of the log ratio too, with their intervals.

    Counts are log points times the logarithmic mean of the two totals (Ang 2005), which turns a log ratio into a
    difference whatever its size, so that the parts add up in either unit.

    Parameters
    ----------
    values : FloatArray, shape (n_parts,)
        Log points.
    draws : FloatArray, shape (n_draws, n_parts)
    observed, observed_baseline : float

    References
    ----------
    Ang, B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy Policy 33, 867-871.
    """
    log_ratio = float(np.log(observed / observed_baseline))
    logarithmic_mean = observed if log_ratio == 0 else (observed - observed_baseline) / log_ratio
    share = 100 / log_ratio if log_ratio else float("nan")
    columns: dict[str, FloatArray] = {}
    for name, factor in (("log_points", 1.0), ("deaths", logarithmic_mean), ("share_pct", share)):
        columns |= with_interval(name, factor * values, factor * draws)
    return pd.DataFrame(columns)


def with_interval(name: str, values: FloatArray, draws: FloatArray) -> dict[str, FloatArray]:
    """Give a column and the two of its central interval, from draws of shape (n_draws, n)."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return {name: values, f"{name}_low": low, f"{name}_high": high}
