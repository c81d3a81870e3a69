"""How large a change has to be before counts like these show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.ledger.records import Language
from violence_stats.models.wording import number_words
from violence_stats.months import Window
from violence_stats.robustness.event import AverageEffect, series_name
from violence_stats.robustness.result_words import tell_power
from violence_stats.series import CountSeries
from violence_stats.wording import check_language

NORMAL_REACH = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestEffect:
    """The smallest change that would be found often enough.

    Attributes
    ----------
    rate_ratio : float
        NaN where no change that was tried is found often enough.
    weaker, stronger : float
        Ends of its Monte Carlo interval at 95%, the smaller change first; NaN where those tried do not reach so far.
    """

    rate_ratio: float
    weaker: float
    stronger: float

    @property
    def change_pct(self) -> float:
        """The change in per cent, below 0 for a fall."""
        return 100 * (self.rate_ratio - 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PowerResult:
    """How often changes of several sizes would be found.

    Attributes
    ----------
    at : datetime.date
        FIRST day of the event.
    window : Window
        Fitted, both ends INCLUSIVE.
    table : pandas.DataFrame
        One row a change that was simulated, from none to the largest; columns ``rate_ratio, change_pct`` (the average
        over the time after the date), ``power`` (share of the worlds in which the test at `level` finds a change; at
        no change, of false alarms), ``mc_error`` (its Monte Carlo standard error), ``n_worlds``, ``n_failed`` (worlds
        whose fit did not settle; not among the others).
    level, power : float
        Of the test, and asked for.
    observed : AverageEffect
        What the series itself shows.
    nuisance : dict of str to float
        Dispersion, sigma2 and rho of the worlds.
    errors : str
        Of the model that was to find the changes.
    seed : int
    series : CountSeries
        What was counted, without its citations.
    not_run : pandas.DataFrame
        One row a change, from the first that too many worlds could not be fitted with on; columns ``change_pct,
        reason``.
    notes : tuple of str
    """

    at: date
    window: Window
    table: pd.DataFrame
    level: float
    power: float
    observed: AverageEffect
    nuisance: dict[str, float]
    errors: str
    seed: int
    series: CountSeries
    not_run: pd.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def false_alarm_rate(self) -> float:
        """Share of the worlds without a change in which the test finds one; `level` if it holds."""
        return float(self.table["power"].iloc[0])

    @property
    def smallest(self) -> SmallestEffect:
        """The smallest change found with the power asked for, by straight lines between those that were simulated.

        Power that falls from one change to a larger one by chance is evened out first.
        """
        size = np.log(self.table["rate_ratio"].to_numpy())
        power, error = self.table["power"].to_numpy(), self.table["mc_error"].to_numpy()
        reach = NORMAL_REACH * error
        middle, weaker, stronger = (
            float(np.exp(_crossing(size, power + shift, self.power))) for shift in (0.0, reach, -reach)
        )
        return SmallestEffect(rate_ratio=middle, weaker=weaker, stronger=stronger)

    def sentence(self, lang: Language = "en") -> str:
        """Say the smallest change, in one sentence.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        smallest, tried = self.smallest, float(self.table["change_pct"].iloc[-1])
        seen = not np.isnan(smallest.rate_ratio)
        return tell_power(
            change_pct=smallest.change_pct if seen else tried,
            rate_ratio=smallest.rate_ratio if seen else None,
            power=self.power,
            alarm=self.false_alarm_rate,
            lang=check_language(lang),
        )

    def summary(self) -> str:
        """Say the power in plain text: the same bytes for the same worlds."""
        worlds = ", ".join(f"{name} {value:.3g}" for name, value in self.nuisance.items())
        lines = [
            f"Power: {series_name(self.series)}, {self.at.isoformat()}, fitted on {self.window}",
            f"errors: {self.errors}, test at {self.level:g}; worlds with {worlds} (seed {self.seed})",
            self.sentence(),
            "",
            f"{'change':>8} {'rate ratio':>11} {'found':>8} {'+/-':>6} {'worlds':>7}",
        ]
        columns = ["change_pct", "rate_ratio", "power", "mc_error", "n_worlds"]
        lines += [
            f"{change:>+7.0f}% {number_words(ratio):>11} {100 * share:>7.1f}% {100 * error:>6.1f} {n:>7.0f}"
            for change, ratio, share, error, n in self.table[columns].to_numpy(dtype=float)
        ]
        lines += [f"not run: {row.change_pct:+.0f}%, because {row.reason}" for row in self.not_run.itertuples()]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a change, a copy of `table`."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the power as plain values that JSON can hold; None where a number is not defined."""
        smallest = self.smallest
        return {
            "at": self.at.isoformat(),
            "window": str(self.window),
            "level": self.level,
            "power": self.power,
            "smallest_rate_ratio": _number(smallest.rate_ratio),
            "smallest_rate_ratio_weaker": _number(smallest.weaker),
            "smallest_rate_ratio_stronger": _number(smallest.stronger),
            "false_alarm_rate": self.false_alarm_rate,
            "observed_rate_ratio": float(np.exp(self.observed.estimate)),
            "nuisance": self.nuisance,
            "errors": self.errors,
            "seed": self.seed,
            "changes": self.table.to_dict(orient="records"),
            "not_run": self.not_run.to_dict(orient="records"),
            "notes": list(self.notes),
        }


def _crossing(size: FloatArray, power: FloatArray, wanted: float) -> float:
    """Log ratio at which power first reaches what is wanted, the sizes running away from 0; NaN if it never does."""
    rising = np.maximum.accumulate(power)
    if rising[-1] < wanted:
        return float("nan")
    place = int(np.argmax(rising >= wanted))
    if place == 0:
        return float(size[0])
    share = (wanted - rising[place - 1]) / (rising[place] - rising[place - 1])
    return float(size[place - 1] + share * (size[place] - size[place - 1]))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
