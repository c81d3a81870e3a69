"""What a signature is: two predictions written down beforehand, a number with its interval, and what it favours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from violence_stats.ledger.records import Language, Words

Block: TypeAlias = Literal[
    "count shape", "other crime", "enforcement", "disappearances", "geography", "neighbours", "bound"
]
"""Signatures that rest on the same counts stand in one block, and a block is one vote."""

Reading: TypeAlias = Literal["favours pact", "favours policing", "cannot tell"]

Overall: TypeAlias = Literal["favours pact", "favours policing", "mixed", "cannot tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A number with its 95% interval.

    Attributes
    ----------
    value, low, high : float
        An end that the data do not bound is infinite; both ends are the value where it was counted, without interval.
    unit : str
        Such as ``months`` or ``log ratio``.
    """

    value: float
    low: float
    high: float
    unit: str

    def excludes(self, value: float) -> bool:
        """Whether the interval lies wholly on one side of `value`."""
        return self.low > value or self.high < value

    @property
    def has_interval(self) -> bool:
        """Whether the number is an estimate, not one that was counted."""
        return self.low < self.high

    def words(self) -> str:
        """Print the number, its interval where it has one, and the unit.

        Examples
        --------
        >>> Measured(value=1.3, low=0, high=float("inf"), unit="months").words()
        '1.30 (0.00 or more) months'
        >>> Measured(value=2, low=2, high=2, unit="bursts").words()
        '2 bursts'
        """
        if not self.has_interval:
            return f"{self.value:g} {self.unit}"
        ends = f"{self.low:.2f} to {self.high:.2f}" if math.isfinite(self.high) else f"{self.low:.2f} or more"
        return f"{self.value:.2f} ({ends}) {self.unit}"

    def minus(self, other: Measured) -> Measured:
        """Give the difference to an independent number of the same unit, errors taken as normal."""
        centre = self.value - other.value
        below = math.hypot(self.value - self.low, other.high - other.value)
        above = math.hypot(self.high - self.value, other.value - other.low)
        return Measured(value=centre, low=centre - below, high=centre + above, unit=self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a rule makes of a number, and why, in words without numbers."""

    reading: Reading
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """Why a signature has nothing to measure in an episode."""

    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One row of the evidence, before it is measured.

    Attributes
    ----------
    id : str
        Such as ``onset``.
    block : str
        The vote that it belongs to; ``bound`` has none.
    name, pact, policing : Words
        What it is, and what either side predicts.
    """

    id: str
    block: Block
    name: Words
    pact: Words
    policing: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A signature as measured in one episode.

    Attributes
    ----------
    signature : Signature
    number : Measured or None
        None where it is not applicable.
    ruling : Ruling or NotApplicable
    basis : str
        Which counts and windows, and how the interval was made.
    citations : tuple of str
        Ids of the figures that enter; empty for made-up data.
    details : mapping of str to Measured
        The numbers beside the main one.
    """

    signature: Signature
    number: Measured | None
    ruling: Ruling | NotApplicable
    basis: str = ""
    citations: tuple[str, ...] = ()
    details: tuple[tuple[str, Measured], ...] = ()

    @property
    def reading(self) -> str:
        """``favours pact``, ``favours policing``, ``cannot tell`` or ``not applicable``."""
        return "not applicable" if isinstance(self.ruling, NotApplicable) else self.ruling.reading

    def why(self, lang: Language = "en") -> str:
        """Give the reason in words."""
        return (self.ruling.reason if isinstance(self.ruling, NotApplicable) else self.ruling.why)[lang]

    def to_dict(self, lang: Language = "en") -> dict[str, Any]:
        """Give the row as plain values."""
        number = self.number
        ends = (None, None) if number is None or not number.has_interval else (finite(number.low), finite(number.high))
        return {
            "block": self.signature.block,
            "signature": self.signature.id,
            "prediction_pact": self.signature.pact[lang],
            "prediction_policing": self.signature.policing[lang],
            "number": None if number is None else number.value,
            "ci_low": ends[0],
            "ci_high": ends[1],
            "unit": "" if number is None else number.unit,
            "reading": self.reading,
            "why": self.why(lang),
            "basis": self.basis,
            "citations": list(self.citations),
        }


def not_applicable(signature: Signature, reason: Words, basis: str = "") -> Weighed:
    """Make the row of a signature that has nothing to measure."""
    return Weighed(signature=signature, number=None, ruling=NotApplicable(reason=reason), basis=basis)


def finite(value: float) -> float | None:
    """Give the value, or None where it is not finite."""
    return value if math.isfinite(value) else None
