"""Bounds on what a change of counting could explain of a change between two windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from violence_stats.ledger.records import Language, Words
from violence_stats.models.decomposition_words import change_words
from violence_stats.months import Window
from violence_stats.questions.counting_words import tell_bound
from violence_stats.questions.episode_data import CountingBound
from violence_stats.wording import as_known, check_language


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowerCount:
    """One way of leaving deaths out, and what it could do.

    Attributes
    ----------
    what : str
        A measure of the case, or the codes of a full and a narrow definition.
    name : Words
    largest : CountingBound
        The window on which it leaves out the largest share.
    largest_year : CountingBound or None
        The same of windows as long as a year; None where there is none.
    change_pct : float
        Change between the two windows, had the lower count left out the largest share and the higher one nothing.
    """

    what: str
    name: Words
    largest: CountingBound
    largest_year: CountingBound | None
    change_pct: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountingBounds:
    """What a change of counting could explain, at most. Made by `bound_counting`.

    Attributes
    ----------
    episode : str
        Id of the episode around which shares were looked for.
    subject : Words
        What is counted, and where.
    window, baseline : Window
        Both ends INCLUSIVE.
    observed, observed_baseline : float
        Counts of the two.
    rows : tuple of NarrowerCount
        The largest share first; empty where no narrower count stands beside a full one.
    as_of : datetime.date or None
        The day whose knowledge was used; None for all that is known.
    """

    episode: str
    subject: Words
    window: Window
    baseline: Window
    observed: float
    observed_baseline: float
    rows: tuple[NarrowerCount, ...]
    as_of: date | None = None

    @property
    def change_pct(self) -> float:
        """Change between the windows as they were counted."""
        return change_pct(self.observed_baseline, self.observed)

    @property
    def worst(self) -> NarrowerCount | None:
        """The least favourable way of counting; None where none is known."""
        return self.rows[0] if self.rows else None

    @property
    def figure_ids(self) -> tuple[str, ...]:
        """Figures of the ledger behind the shares."""
        shares = [one for row in self.rows for one in (row.largest, row.largest_year) if one is not None]
        return tuple(dict.fromkeys(figure_id for one in shares for figure_id in one.figures))

    def to_frame(self) -> pd.DataFrame:
        """Give one row a way of leaving deaths out.

        Returns
        -------
        pandas.DataFrame
            Index ``what``; of the window with the largest share ``window, left_out, counted, share_pct, figures``;
            ``year`` and ``year_share_pct`` of the year with the largest (blank and NaN where none is known);
            ``change_pct`` then.
        """
        columns = ["window", "left_out", "counted", "share_pct", "figures", "year", "year_share_pct", "change_pct"]
        rows = {one.what: _columns(one) for one in self.rows}
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("what")

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold; None for a share that is not known."""
        return {
            "episode": self.episode,
            "window": str(self.window),
            "baseline": str(self.baseline),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "observed": self.observed,
            "observed_baseline": self.observed_baseline,
            "change_pct": self.change_pct,
            "least_change_pct": None if self.worst is None else self.worst.change_pct,
            "narrower_counts": [
                {
                    "what": one.what,
                    "name": dict(one.name),
                    "largest": _plain(one.largest),
                    "largest_year": None if one.largest_year is None else _plain(one.largest_year),
                    "change_pct": one.change_pct,
                }
                for one in self.rows
            ],
        }

    def sentence(self, lang: Language = "en") -> str:
        """Say the change as counted and how far the least favourable way of counting could move it, to quote.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        told, worst = check_language(lang), self.worst
        change = change_words(
            self.subject,
            window=self.window,
            baseline=self.baseline,
            observed=self.observed,
            before=self.observed_baseline,
            lang=told,
        )
        least = None if worst is None else (worst.name, worst.largest, worst.change_pct)
        said = tell_bound(change, least, falls=self.observed < self.observed_baseline, lang=told)
        return as_known(said, self.as_of, told)

    def summary(self) -> str:
        """Say the bounds in plain text: the same bytes for the same data."""
        known = "" if self.as_of is None else f", as known on {self.as_of.isoformat()}"
        lines = [
            f"{self.window} against {self.baseline}: {self.observed:,.0f} against {self.observed_baseline:,.0f}, "
            f"{self.change_pct:+.1f}%{known}"
        ]
        if self.worst is None:
            return f"{lines[0]}\nno narrower count stands beside a full one around {self.episode}\n"
        side = "later" if self.observed < self.observed_baseline else "earlier"
        lines += [
            f"at the least {self.worst.change_pct:+.1f}%, had the {side} count alone left out as much as is known to "
            "have been left out at most:"
        ]
        for one in self.rows:
            year = "" if one.largest_year is None else f"; in a whole year {_share_words(one.largest_year)}"
            lines.append(f"  {one.name['en']}: {_share_words(one.largest)}{year}; change then {one.change_pct:+.1f}%")
        return "\n".join(lines) + "\n"


def change_pct(baseline: float, observed: float) -> float:
    """Give the change between two counts in per cent."""
    return 100 * (observed / baseline - 1)


def refilled(baseline: float, observed: float, share: float) -> tuple[float, float]:
    """Give both counts with a share, 0 to 1 of the full count, put back into the lower one.

    Examples
    --------
    >>> refilled(200.0, 90.0, 0.1)
    (200.0, 100.0)
    """
    return (baseline, observed / (1 - share)) if observed < baseline else (baseline / (1 - share), observed)


def _columns(one: NarrowerCount) -> list[object]:
    share, year = one.largest, one.largest_year
    return [
        *(str(share.window), share.left_out, share.counted, 100 * share.share, " ".join(share.figures)),
        *(("", float("nan")) if year is None else (str(year.window), 100 * year.share)),
        one.change_pct,
    ]


def _plain(one: CountingBound) -> dict[str, Any]:
    return {
        "window": str(one.window),
        "left_out": one.left_out,
        "counted": one.counted,
        "share_pct": 100 * one.share,
        "figures": list(one.figures),
    }


def _share_words(one: CountingBound) -> str:
    return f"{100 * one.share:.1f}% ({one.left_out:,} of {one.counted:,} in {one.window})"
