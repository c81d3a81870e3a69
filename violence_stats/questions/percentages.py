"""A claimed percentage change against whole counts, in exact arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from violence_stats.errors import SelectionError

MOST_DECIMALS = 6
"""A claim with more decimals than this is a computed number, not one that was said or printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedChange:
    """A percentage change as it was printed.

    Attributes
    ----------
    pct : decimal.Decimal
        Negative for a fall.
    decimals : int
        How many the claim was printed with: it stands for every change that rounds to it.
    """

    pct: Decimal
    decimals: int

    @property
    def _half_unit(self) -> Fraction:
        return Fraction(1, 2 * 10**self.decimals)

    def rounds_from(self, baseline: int, count: int) -> bool:
        """Whether the change from `baseline` to `count` rounds to the claim; a tie may be rounded either way."""
        return abs(exact_change(baseline, count) - Fraction(self.pct)) <= self._half_unit

    def needed_from(self, baseline: int) -> tuple[int, int] | None:
        """Give the smallest and largest count that make the claim come out, both INCLUSIVE; None if none does."""
        low = baseline * (1 + (Fraction(self.pct) - self._half_unit) / 100)
        high = baseline * (1 + (Fraction(self.pct) + self._half_unit) / 100)
        smallest, largest = max(math.ceil(low), 0), math.floor(high)
        return (smallest, largest) if smallest <= largest else None


def read_claimed(claimed_pct: float | str) -> ClaimedChange:
    """Read a claimed change with the decimals that it is written with.

    Parameters
    ----------
    claimed_pct : int, float or str
        -62.5 has one decimal; -62 as an int has none, and -62.0, as a float, one. Text keeps what a float would lose:
        ``"-62.50"`` has two.

    Raises
    ------
    SelectionError
        If it is not a number, not finite, below -100, or has more decimals than a printed claim.

    Examples
    --------
    >>> read_claimed(-62.5).decimals, read_claimed("-62.50").decimals, read_claimed(-62).decimals
    (1, 2, 0)
    """
    try:
        number = Decimal(str(claimed_pct).strip().removesuffix("%").strip())
    except InvalidOperation:
        number = Decimal("nan")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, str) or number < -100:
        raise SelectionError(
            f"claimed_pct: expected a percentage of -100 or more, such as -62.5 where a fall by 62.5% is claimed, "
            f"got {claimed_pct!r}"
        )
    decimals = max(-exponent, 0)
    if decimals > MOST_DECIMALS:
        raise SelectionError(
            f"claimed_pct: expected the number as printed, with at most {MOST_DECIMALS} decimals, got {claimed_pct!r}"
        )
    return ClaimedChange(pct=number, decimals=decimals)


def exact_change(baseline: int, count: int) -> Fraction:
    """Give the percentage change from `baseline`, which is positive, to `count`."""
    return Fraction(100 * (count - baseline), baseline)
