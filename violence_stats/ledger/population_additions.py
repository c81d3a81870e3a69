"""What came of adding inhabitants to a case."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from violence_stats.ledger.additions import LINES_EACH


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationConflict:
    """A year of which the case says, or said, something else.

    Attributes
    ----------
    row : int
        Line of ``population.csv`` on which the other number stood; the header is line 1.
    """

    year: int
    value: int
    other_value: int
    row: int

    def __str__(self) -> str:
        return f"{self.year}: {self.value:,} beside {self.other_value:,} ({self.value / self.other_value - 1:+.1%})"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PopulationAddition:
    """Inhabitants that were added to a case.

    Attributes
    ----------
    country, publisher : str
    rows : tuple of dict
        Rows of ``population.csv`` that are new or changed, cells by column.
    conflicts : tuple of PopulationConflict
        Years of which the case held another number.
    is_replaced : bool
        Whether those took the new number; else they stay as they were.
    n_same : int
        Years that the case held with the same number; their rows stay as they were.
    """

    case_id: str
    country: str
    publisher: str
    rows: tuple[dict[str, str], ...]
    conflicts: tuple[PopulationConflict, ...] = ()
    is_replaced: bool = False
    n_same: int = 0

    def summary(self) -> str:
        """Say which years were added, which stood there, and which differ."""
        years = [one["year"] for one in self.rows]
        span = f" ({years[0]} to {years[-1]})" if len(years) > 1 else f" ({years[0]})" if years else ""
        lines = [
            f"added to {self.case_id}: inhabitants of {self.country} in {len(years)} year{'s' * (len(years) != 1)}"
            f"{span}, {self.publisher}"
        ]
        if self.n_same:
            lines.append(f"stood there with the same number: {self.n_same}")
        what = "replaced" if self.is_replaced else "kept as it stood"
        lines += [f"{what}: {one}" for one in self.conflicts[:LINES_EACH]]
        if len(self.conflicts) > LINES_EACH:
            lines.append(f"{what}: {len(self.conflicts) - LINES_EACH} more")
        return "\n".join(lines) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give the rows that are new or changed, cells as text."""
        return pd.DataFrame(list(self.rows), columns=["country", "year", "population", "publisher"])

    def to_dict(self) -> dict[str, Any]:
        """Give what was added as plain values that JSON can hold."""
        return {
            "case": self.case_id,
            "country": self.country,
            "publisher": self.publisher,
            "rows": [dict(one) for one in self.rows],
            "conflicts": [asdict(one) for one in self.conflicts],
            "is_replaced": self.is_replaced,
            "n_same": self.n_same,
        }
