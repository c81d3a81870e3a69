"""What a fall is made of, over every defensible model."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Language, Words
from violence_stats.models.decomposition import Decomposition
from violence_stats.months import Window
from violence_stats.questions.fall_words import tell_fall
from violence_stats.questions.lockdown_bounds import LockdownBound
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FallDecomposition:
    """The range of answers to what a fall is made of. Made by `decompose_fall`.

    Attributes
    ----------
    case : Case
        Whose counts and names these are.
    event : str
        Id of the event in the case.
    event_name : Words
    window, baseline : Window
        Both ends INCLUSIVE.
    ranges : pandas.DataFrame
        The headline: one row a part, over all specifications that have it; index ``part``. ``kind``,
        ``n_specifications``, and lowest and highest estimates ``log_points_low``, ``log_points_high``, ``deaths_low``,
        ``deaths_high``, ``share_pct_low``, ``share_pct_high`` (the range over models, no intervals), ``interval_low``,
        ``interval_high`` (outermost ends of the 95% intervals of the log points), ``largest_share``,
        ``smallest_share`` (the specifications behind the ends).
    specifications : pandas.DataFrame
        One row a specification and part: ``specification``, ``pre_start``, ``start``, ``shape``, ``lockdown``, then the
        columns of `Decomposition.parts`.
    lockdown : tuple of LockdownBound
        Empty where no lockdown lies in the window.
    correlation : float or None
        Of the estimates of a ramp and of the lockdown beside it, in one model: why they are not fitted together.
    primary : Decomposition
        By the primary date, the longest period before, a step, and a term for the lockdown. One of many, not the best.
    as_of : datetime.date or None
        The day whose knowledge was used; None for all that is known.
    notes : tuple of str
        What a reader has to be told.
    """

    case: Case
    event: str
    event_name: Words
    window: Window
    baseline: Window
    ranges: pd.DataFrame
    specifications: pd.DataFrame
    lockdown: tuple[LockdownBound, ...]
    correlation: float | None
    primary: Decomposition
    as_of: date | None
    notes: tuple[str, ...]

    @property
    def n_specifications(self) -> int:
        """Models fitted."""
        return int(self.specifications["specification"].nunique())

    def sentence(self, lang: Language = "en") -> str:
        """Say what the change is made of as ranges over models, and how unsure single ones are, to quote.

        Raises
        ------
        SelectionError
            If the language is another than ``en`` and ``es``.
        """
        return tell_fall(self, check_language(lang))

    def summary(self) -> str:
        """Say the ranges and the bounds in plain text."""
        first = self.primary
        known = "" if self.as_of is None else f", as known on {self.as_of.isoformat()}"
        width = max(len(str(name)) for name in self.ranges.index)
        lines = [
            f"{self.window} against {self.baseline}: {first.observed:,.0f} against {first.observed_baseline:,.0f}, "
            f"{first.change_pct:+.1f}%, log ratio {first.log_ratio:.4f}{known}",
            f"range over {self.n_specifications} models (start of the period before, date, step or ramp, lockdown):",
            f"{'part':<{width}} {'share of the log ratio':>24} {'counts':>18} {'outermost intervals':>22}",
        ]
        for name, row in self.ranges.iterrows():
            share = f"{row['share_pct_low']:z.0f}% to {row['share_pct_high']:z.0f}%"
            counts = f"{row['deaths_low']:+z,.0f} to {row['deaths_high']:+z,.0f}"
            outer = f"{row['interval_low']:+z.3f} to {row['interval_high']:+z.3f}"
            lines.append(f"{name:<{width}} {share:>24} {counts:>18} {outer:>22}")
        for one in self.lockdown:
            named = f" ({one.name})" if one.name else ""
            lines.append(
                f"lockdown, {one.kind}{named}: {one.low:+z.3f} to {one.high:+z.3f} log points, leaving the event "
                f"{one.event_low:+z.3f} to {one.event_high:+z.3f}, if {one.assumption['en']}"
            )
        if self.correlation is not None:
            lines.append(f"estimates of a ramp and of the lockdown beside it correlate by {self.correlation:.2f}")
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a part, a copy of `ranges`."""
        return self.ranges.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold."""
        return {
            "event": self.event,
            "event_name": dict(self.event_name),
            "window": str(self.window),
            "baseline": str(self.baseline),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "n_specifications": self.n_specifications,
            "ranges": _records(self.ranges.reset_index()),
            "lockdown": [asdict(one) for one in self.lockdown],
            "correlation": self.correlation,
            "primary": self.primary.to_dict(),
            "specifications": _records(self.specifications),
            "notes": list(self.notes),
        }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.astype(object).where(table.notna(), None)
    return [
        {str(name): value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        for row in plain.to_dict(orient="records")
    ]
