"""What pairs of counts say of a claimed percentage change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from violence_stats.questions.pairs import Pair
from violence_stats.questions.percentages import ClaimedChange, exact_change

Verdict: TypeAlias = Literal["confirmed", "close", "depends on the counts", "not confirmed", "cannot tell"]
"""What the like-with-like pairs say; mixed pairs have no say.

``confirmed``: at least one rounds to the claim, and each lies within `CLOSE_POINTS` of it. ``close``: none rounds to
it, each lies within. ``depends on the counts``: some lie within, others further off. ``not
confirmed``: each lies further off. ``cannot tell``: there is none.
"""

CLOSE_POINTS: Final = 0.5
"""Percentage points, INCLUSIVE: nearer than this, the claim and the counts differ by less than printing the change to
the whole percent would hide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A pair of counts beside the claim.

    Attributes
    ----------
    observed_pct : float
        Percentage change from the baseline's count to the window's.
    difference_points : float
        Observed minus claimed, in percentage points.
    rounds_to_claim : bool
        Whether the observed change, rounded to the decimals of the claim, is the claim.
    needed : tuple of int or None
        Smallest and largest count of the window that would round to the claim on this baseline, both INCLUSIVE; None if
        none does.
    """

    pair: Pair
    observed_pct: float
    difference_points: float
    rounds_to_claim: bool
    needed: tuple[int, int] | None

    @property
    def like_with_like(self) -> bool:
        """Whether the verdict rests on the pair."""
        return self.pair.like_with_like

    @property
    def is_within(self) -> bool:
        """Whether the observed change lies within `CLOSE_POINTS` of the claim, as every one that rounds to it does."""
        return abs(self.difference_points) <= CLOSE_POINTS


def compare(pair: Pair, claimed: ClaimedChange) -> Comparison:
    """Set a pair beside the claim."""
    observed = exact_change(pair.baseline.value, pair.window.value)
    return Comparison(
        pair=pair,
        observed_pct=float(observed),
        difference_points=float(observed - Fraction(claimed.pct)),
        rounds_to_claim=claimed.rounds_from(pair.baseline.value, pair.window.value),
        needed=claimed.needed_from(pair.baseline.value),
    )


def judge(comparisons: Sequence[Comparison]) -> Verdict:
    """Give the verdict of the like-with-like pairs among the comparisons."""
    like = [one for one in comparisons if one.like_with_like]
    within = [one for one in like if one.is_within]
    if not like:
        return "cannot tell"
    if not within:
        return "not confirmed"
    if len(within) < len(like):
        return "depends on the counts"
    return "confirmed" if any(one.rounds_to_claim for one in like) else "close"
