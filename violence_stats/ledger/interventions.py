"""What a case says happened: interventions, the episodes that they start, and other dated stretches of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from violence_stats.ledger.records import Words
from violence_stats.months import Window

CONTESTED = "contested"
"""Kind of an intervention or episode whose nature, and whose date, is in dispute."""

DEFINITION = "definition"
"""Kind of an intervention that changes what is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDate:
    """A day on which an intervention may be said to start.

    Attributes
    ----------
    date : datetime.date
        FIRST day of the new regime.
    sources : tuple of str
        Ids of the events that give the day; empty where it is read off the counts themselves.
    """

    date: date
    name: Words
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """A dated change whose trace in the counts is in question.

    Attributes
    ----------
    id : str
        Usually its month, such as ``2001-03``.
    date : datetime.date
        FIRST day of the new regime; the primary date where there are several.
    name, label : Words
        The full name, and a short one for charts.
    kind : str
        What it is said to be, such as ``pact``, ``policing``, ``mixed``, ``contested`` or ``definition``.
    sources : tuple of str
        Ids of the events that it rests on.
    candidates : tuple of CandidateDate
        Every date that it can be given, the primary one included; empty where nobody doubts it.
    studies : tuple of str
        Studies among the case's published effects that estimate it.
    """

    id: str
    date: date
    name: Words
    label: Words
    kind: str
    sources: tuple[str, ...]
    candidates: tuple[CandidateDate, ...] = ()
    studies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A regime that starts with an intervention, to be measured like the others.

    Attributes
    ----------
    intervention : str
        Id of the intervention that starts it.
    kind : str
        As of an intervention.
    ends : tuple of str
        Ids of the events that date its end, which authors may disagree on; empty where it is not known to have ended.
    """

    id: str
    name: Words
    intervention: str
    kind: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A dated stretch of days, such as a lockdown or a burst of killings.

    Attributes
    ----------
    window : Window
        Both ends INCLUSIVE.
    sources : tuple of str
        Ids of the events that it rests on.
    deaths : int or None
        Of a burst, as those events give them; only where the ledger holds no figure of just these days.
    """

    id: str
    window: Window
    name: Words
    label: Words
    sources: tuple[str, ...]
    deaths: int | None = None
