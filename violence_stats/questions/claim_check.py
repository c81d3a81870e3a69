"""The result of checking a claimed percentage change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from violence_stats.ledger.records import Language
from violence_stats.months import Window
from violence_stats.questions import claim_table, claim_text
from violence_stats.questions.chance import ChanceRange
from violence_stats.questions.claim_names import ClaimNames
from violence_stats.questions.percentages import ClaimedChange
from violence_stats.questions.verdict import Comparison, Verdict
from violence_stats.wording import check_language, percent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClaimCheck:
    """A claimed percentage change beside the counts that it can be computed from. Made by `check_claim`.

    Attributes
    ----------
    window, baseline : Window
        The span that the claim speaks of and the span that it compares with, both ends INCLUSIVE.
    claimed : ClaimedChange
        The percentage, with the decimals that it was printed with.
    as_of : datetime.date or None
        The day whose knowledge was used; None for all that is known.
    own : Comparison
        The pair of the series asked about.
    comparisons : tuple of Comparison
        Like with like first, then mixed, nearest to the claim first.
    verdict : {'confirmed', 'close', 'depends on the counts', 'not confirmed', 'cannot tell'}
        Of the like-with-like pairs alone.
    chance : ChanceRange or None
        How far the percentage of the series asked about moves by chance; None where a count is 0.
    names : ClaimNames
        What things are called in each language.
    """

    window: Window
    baseline: Window
    claimed: ClaimedChange
    as_of: date | None
    own: Comparison
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    chance: ChanceRange | None
    names: ClaimNames

    @property
    def claimed_pct(self) -> float:
        """The claimed percentage change."""
        return float(self.claimed.pct)

    @property
    def observed_pct(self) -> float:
        """The percentage change of the series asked about."""
        return self.own.observed_pct

    @property
    def holds(self) -> bool:
        """Whether the verdict is ``confirmed`` or ``close``."""
        return self.verdict in ("confirmed", "close")

    @property
    def like_with_like(self) -> tuple[Comparison, ...]:
        """The pairs that the verdict rests on."""
        return tuple(one for one in self.comparisons if one.like_with_like)

    @property
    def mixed(self) -> tuple[Comparison, ...]:
        """Pairs whose two counts differ in publisher, definition, vintage or the way they were put together."""
        return tuple(one for one in self.comparisons if not one.like_with_like)

    @property
    def table(self) -> pd.DataFrame:
        """The same as `to_frame`."""
        return self.to_frame()

    def label(self, comparison: Comparison, lang: Language = "en") -> str:
        """Name a pair: who counted, how, and when it was known."""
        return claim_table.label(comparison.pair, self.names, check_language(lang))

    def sentence(self, lang: Language = "en") -> str:
        """Give one sentence to quote.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        return claim_text.sentence(
            self.comparisons,
            self.verdict,
            self.claimed,
            window=self.window,
            baseline=self.baseline,
            names=self.names,
            lang=check_language(lang),
        )

    def summary(self) -> str:
        """Give the verdict, every pair and the range of chance as text."""
        known = [] if self.as_of is None else [f"As known on {self.as_of.isoformat()}"]
        lines = [
            f"Claim: {self.names.measure['en']}, {self.window} against {self.baseline}: "
            + percent(self.claimed_pct, "en", self.claimed.decimals),
            *known,
            claim_table.line_of_verdict(self.verdict, self.comparisons),
            *claim_table.lines_of_pairs(self.comparisons, self.names),
            *claim_table.lines_of_chance(self.chance),
        ]
        return "\n".join(lines) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a pair.

        Returns
        -------
        pandas.DataFrame
            ``block`` (``like with like`` or ``mixed``), ``kind``, ``mixture``, ``publisher``, ``definition``,
            ``known_on`` (first day on which both counts were known), ``digitised``, ``baseline_count``,
            ``window_count``, ``observed_pct``, ``difference_points`` (observed minus claimed), ``rounds_to_claim``,
            ``needed_low``, ``needed_high`` (the counts of the window that would round to the claim, both INCLUSIVE),
            ``baseline_figures``, ``window_figures`` (arithmetic on figure ids), ``also`` (other ways to the same
            counts).
        """
        rows = pd.DataFrame([claim_table.row(one, self.names) for one in self.comparisons])
        return rows.astype({"needed_low": "Int64", "needed_high": "Int64"})

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold; dates in ISO form, None where there is none."""
        return {
            "window": str(self.window),
            "baseline": str(self.baseline),
            "claimed_pct": self.claimed_pct,
            "claimed_decimals": self.claimed.decimals,
            "observed_pct": self.observed_pct,
            "verdict": self.verdict,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "pairs": [_plain(claim_table.row(one, self.names)) for one in self.comparisons],
            "chance": None if self.chance is None else asdict(self.chance),
            "sentence": {"en": self.sentence("en"), "es": self.sentence("es")},
        }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
