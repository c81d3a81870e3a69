"""What a case names, beside its homicides, that a pact and policing would leave different traces in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from violence_stats.ledger.records import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingBreak:
    """A day on which a measure began to be recorded otherwise, so that counts before and after are not alike.

    Attributes
    ----------
    date : datetime.date
        FIRST day of the new recording.
    sources : tuple of str
        Ids of the events that it rests on.
    """

    date: date
    name: Words
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where police were deployed, as an area of the ledger.

    Attributes
    ----------
    selection : Words or None
        How the places were chosen by the very counts in question, which moves their counts by itself; None where they
        were not.
    """

    area: str
    selection: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Two definitions of the case's measure, of which one leaves out part of what the other counts."""

    narrow: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSettings:
    """What a case has to tell a pact from policing by, beside its homicides.

    Attributes
    ----------
    other_crime : tuple of str
        Measures of crime that a pact over homicide would leave alone.
    enforcement : tuple of str
        Measures of what police do and suffer, which a pact would lower.
    disappearances : str
        The measure of persons missing; blank where there is none.
    recording_breaks : tuple of RecordingBreak
        Of the disappearances.
    places : Places or None
    left_out : tuple of str
        Measures of deaths that a narrower count of the case's measure leaves out.
    narrowings : tuple of Narrowing
    """

    other_crime: tuple[str, ...] = ()
    enforcement: tuple[str, ...] = ()
    disappearances: str = ""
    recording_breaks: tuple[RecordingBreak, ...] = ()
    places: Places | None = None
    left_out: tuple[str, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
