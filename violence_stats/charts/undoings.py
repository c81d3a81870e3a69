"""How episodes came undone, as charts draw it: the counts around each date on which an author has one end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.ledger.records import Words
from violence_stats.questions.episodes import Episodes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EndCourse:
    """The counts around one date of an end.

    Attributes
    ----------
    end : datetime.date
    precision : str
        Of the date: ``day``, ``month`` or ``year``.
    months, share : FloatArray, shape (n_windows,)
        As `Episodes.aligned_ends` gives them.
    mean : (value, low, high)
        Of the twelve months from then on, the level before being 100.
    """

    end: date
    precision: str
    months: FloatArray
    share: FloatArray
    mean: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Undoing:
    """How one episode came undone.

    Attributes
    ----------
    episode : str
        Its id.
    courses : tuple of EndCourse
        By date, one a date.
    """

    episode: str
    name: Words
    courses: tuple[EndCourse, ...]

    @property
    def middle(self) -> EndCourse:
        """The course of the date in the middle, the earlier of two."""
        return self.courses[(len(self.courses) - 1) // 2]

    @property
    def others(self) -> tuple[EndCourse, ...]:
        """The courses of the other dates."""
        return tuple(one for one in self.courses if one is not self.middle)


def undoings(episodes: Episodes) -> list[Undoing]:
    """Give every episode of which an end that can be measured is named."""
    shown = episodes.aligned_ends()
    known = (
        episodes.ends[episodes.ends["log_rate_ratio"].notna()].sort_values("end").drop_duplicates(["episode", "end"])
    )
    names = {one.data.id: one.name for one in episodes.measures}
    return [
        Undoing(
            episode=str(episode),
            name=names[str(episode)],
            courses=tuple(_course(row, shown) for row in rows.to_dict(orient="records")),
        )
        for episode, rows in known.groupby("episode", sort=False)
    ]


def _course(row: dict[Any, Any], shown: pd.DataFrame) -> EndCourse:
    windows = shown[shown["event_id"] == row["event_id"]]
    value, low, high = (100 * float(np.exp(row[name])) for name in ("log_rate_ratio", "low", "high"))
    return EndCourse(
        end=row["end"],
        precision=str(row["precision"]),
        months=windows["months_since"].to_numpy(dtype=float),
        share=windows["share"].to_numpy(dtype=float),
        mean=(value, low, high),
    )
