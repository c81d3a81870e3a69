"""The estimates of every defensible specification, what they agree on, and the choices that move them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.ledger.records import Language
from violence_stats.models.wording import number_words
from violence_stats.months import Window
from violence_stats.robustness.choices import DIMENSIONS
from violence_stats.robustness.event import series_name
from violence_stats.robustness.result_words import tell_curve
from violence_stats.series import CountSeries
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpecificationCurve:
    """One estimate of the same change from each of many specifications.

    Attributes
    ----------
    at : datetime.date
        FIRST day of the new regime.
    window : Window
        Within which all are fitted, both ends INCLUSIVE.
    table : pandas.DataFrame
        One row a specification, the primary one first; columns ``publisher, vintage, start, date, shape, trend,
        season, lockdown, family, errors`` (the choices), ``end`` (last day of the fit), ``n_windows, n_terms``,
        ``estimate, std_error, ci_low, ci_high, p_value`` (of the average change of the log rate over the time after the
        date), ``rate_ratio, rate_ratio_low, rate_ratio_high, change_pct``, ``boundary`` (a variance parameter ended on
        an edge).
    not_run : pandas.DataFrame
        Specifications of the grid that could not be run: columns ``reason, n_specifications, example``.
    series : CountSeries
        What was counted, without its citations.
    notes : tuple of str
        Publishers that were no choice, and what is to be said of the series.
    """

    at: date
    window: Window
    table: pd.DataFrame
    not_run: pd.DataFrame
    series: CountSeries
    notes: tuple[str, ...] = ()

    @property
    def n_specifications(self) -> int:
        """Specifications that were run."""
        return len(self.table)

    @property
    def n_not_run(self) -> int:
        """Specifications of the grid that could not be."""
        return int(self.not_run["n_specifications"].sum())

    @property
    def primary(self) -> pd.Series[Any]:
        """The row of the primary choices."""
        return self.table.iloc[0]

    @property
    def shares(self) -> dict[str, float]:
        """Shares of the specifications, 0 to 1.

        ``fall`` and ``rise`` by the sign of the estimate; ``fall_clear`` and ``rise_clear`` where moreover the interval
        excludes no change.
        """
        table = self.table
        return {
            "fall": float((table["estimate"] < 0).mean()),
            "rise": float((table["estimate"] > 0).mean()),
            "fall_clear": float((table["ci_high"] < 0).mean()),
            "rise_clear": float((table["ci_low"] > 0).mean()),
        }

    @property
    def spread(self) -> dict[str, float]:
        """Rate ratios: ``lowest, lower_quartile, median, upper_quartile, highest``."""
        names = ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
        cuts = np.quantile(self.table["rate_ratio"], [0, 0.25, 0.5, 0.75, 1])
        return dict(zip(names, map(float, cuts), strict=True))

    @property
    def influence(self) -> pd.DataFrame:
        """What each choice does to the estimate, the one that moves it most first.

        Returns
        -------
        pandas.DataFrame
            Index ``choice``; columns ``n_levels``; ``lowest, highest`` (the levels with the lowest and the highest
            median) and ``rate_ratio_lowest, rate_ratio_highest`` (those medians); ``share_pct``: the share of the sum
            of squares of all estimates (logs) that lies between the means of this choice's levels, taken alone. The
            shares of a full grid add up to 100 or less, the rest being how choices act together.
        """
        total = float(((self.table["estimate"] - self.table["estimate"].mean()) ** 2).sum())
        rows = {name: self._influence_of(name, total) for name in DIMENSIONS if len(self.table[name].unique()) > 1}
        columns = ["n_levels", "lowest", "rate_ratio_lowest", "highest", "rate_ratio_highest", "share_pct"]
        table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("choice")
        return table.sort_values("share_pct", ascending=False, kind="stable")

    def _influence_of(self, name: str, total: float) -> list[object]:
        groups = self.table.groupby(name, sort=False)["estimate"]
        between = float((groups.size() * (groups.mean() - self.table["estimate"].mean()) ** 2).sum())
        medians = groups.median()
        return [
            len(medians),
            medians.idxmin(),
            float(np.exp(medians.min())),
            medians.idxmax(),
            float(np.exp(medians.max())),
            100 * between / total if total > 0 else 0.0,
        ]

    def sentence(self, lang: Language = "en") -> str:
        """Say what the curve says, in two sentences.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        return tell_curve(self.shares, self.spread, self.n_specifications, check_language(lang))

    def summary(self) -> str:
        """Say the curve in plain text: the same bytes for the same fits."""
        first = self.primary
        interval = f"{number_words(first['rate_ratio_low'])} to {number_words(first['rate_ratio_high'])}"
        lines = [
            f"Specification curve: {series_name(self.series)}, {self.at.isoformat()}, within {self.window}",
            self.sentence(),
            f"primary choices: rate ratio {number_words(first['rate_ratio'])} ({interval})",
            "",
            f"{'choice':<10} {'levels':>6} {'share of spread':>16}  medians",
        ]
        for name, row in self.influence.iterrows():
            medians = (
                f"{number_words(row['rate_ratio_lowest'])} ({row['lowest']}) to "
                f"{number_words(row['rate_ratio_highest'])} ({row['highest']})"
            )
            lines.append(f"{name:<10} {row['n_levels']:>6} {row['share_pct']:>15.1f}%  {medians}")
        lines.append("")
        lines += [f"not run: {row.n_specifications:,}, because {row.reason}" for row in self.not_run.itertuples()]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a specification, a copy of `table`."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give what the curve says, without its rows, as plain values that JSON can hold."""
        first = self.primary
        return {
            "at": self.at.isoformat(),
            "window": str(self.window),
            "n_specifications": self.n_specifications,
            "n_not_run": self.n_not_run,
            "not_run": self.not_run.to_dict(orient="records"),
            "shares": self.shares,
            "rate_ratio": self.spread,
            "primary": {
                **{name: first[name] for name in DIMENSIONS},
                **{name: float(first[name]) for name in ("rate_ratio", "rate_ratio_low", "rate_ratio_high")},
            },
            "influence": self.influence.reset_index().to_dict(orient="records"),
            "notes": list(self.notes),
        }
