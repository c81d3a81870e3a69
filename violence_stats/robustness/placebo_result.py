"""What moving a model to dates at which nothing is known to have happened gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from violence_stats.ledger.records import Language
from violence_stats.models.wording import number_words
from violence_stats.robustness.event import AverageEffect, series_name
from violence_stats.robustness.placebo_dates import Lengths
from violence_stats.robustness.result_words import tell_placebo
from violence_stats.series import CountSeries
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlaceboInTime:
    """An effect beside those that the same model finds where nothing is known to have happened.

    Attributes
    ----------
    at : datetime.date
        FIRST day of the event.
    real : AverageEffect
        Of the model at the real date, on a window of the placebos' lengths.
    table : pandas.DataFrame
        One row a date, the real one included; index ``date``, in order of time; columns ``is_real, start, end``
        (of the fitted window, both INCLUSIVE), ``estimate, std_error, ci_low, ci_high, p_value, rate_ratio,
        rate_ratio_low, rate_ratio_high, rank`` (1 is the largest in size).
    lengths : Lengths
        Periods fitted before each date and from it on.
    not_run : pandas.DataFrame
        Dates that no placebo could have: columns ``reason, n_dates, example`` (a message, where there is one).
    series : CountSeries
        What was counted, without its citations.
    notes : tuple of str
    """

    at: date
    real: AverageEffect
    table: pd.DataFrame
    lengths: Lengths
    not_run: pd.DataFrame
    series: CountSeries
    notes: tuple[str, ...] = ()

    @property
    def n_placebos(self) -> int:
        """Dates beside the real one."""
        return len(self.table) - 1

    @property
    def is_ratio(self) -> bool:
        """Whether effects are logs of rate ratios; if not, they are in the unit of the values."""
        return bool(self.table["rate_ratio"].notna().all())

    @property
    def rank(self) -> int:
        """Place of the real effect by size, 1 the largest; ties count against it."""
        return int(self.table.loc[self.table["is_real"], "rank"].iloc[0])

    @property
    def p_value(self) -> float:
        """Share of the dates, the real one among them, whose effect is at least as large."""
        return self.rank / (self.n_placebos + 1)

    @property
    def smallest_p(self) -> float:
        """The smallest p-value that so many placebos can give."""
        return 1 / (self.n_placebos + 1)

    def sentence(self, lang: Language = "en") -> str:
        """Say the rank and what it can say, in one sentence.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        return tell_placebo(
            self.at,
            rank=self.rank,
            n_placebos=self.n_placebos,
            p_value=self.p_value,
            smallest_p=self.smallest_p,
            lang=check_language(lang),
        )

    def summary(self) -> str:
        """Say the placebos in plain text: the same bytes for the same fits."""
        lines = [
            f"Placebo in time: {series_name(self.series)}, {self.at.isoformat()}",
            f"each fit: {self.lengths.before} periods before its date and {self.lengths.after} from it on",
            self.sentence(),
            "",
            f"{'date':<12} {'rate ratio':>12} {'interval':>23} {'rank':>5}",
        ]
        columns = (
            ("rate_ratio", "rate_ratio_low", "rate_ratio_high") if self.is_ratio else ("estimate", "ci_low", "ci_high")
        )
        if not self.is_ratio:
            lines[-1] = lines[-1].replace("rate ratio", "  estimate")
        for day, row in self.table.iterrows():
            value, low, high = (number_words(float(row[name])) for name in columns)
            mark = "  <- the event" if row["is_real"] else ""
            lines.append(f"{day!s:<12} {value:>12} {f'{low} to {high}':>23} {row['rank']:>5}{mark}")
        lines += [f"not run: {row.n_dates} dates, because {row.reason}" for row in self.not_run.itertuples()]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a date, a copy of `table`."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the placebos as plain values that JSON can hold; None where a number is not defined."""
        rows = self.table.astype(object).where(self.table.notna(), None).reset_index()
        for column in ("date", "start", "end"):
            rows[column] = [day.isoformat() for day in rows[column]]
        return {
            "at": self.at.isoformat(),
            "periods_before": self.lengths.before,
            "periods_after": self.lengths.after,
            "n_placebos": self.n_placebos,
            "rank": self.rank,
            "p_value": self.p_value,
            "smallest_p": self.smallest_p,
            "dates": rows.to_dict(orient="records"),
            "not_run": self.not_run.to_dict(orient="records"),
            "notes": list(self.notes),
        }
