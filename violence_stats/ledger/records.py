"""The rows of a case: what its tables and its register of claims hold, one frozen record each.

`Figure` and `Source` stand in `violence_stats.figures`, because series cite them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

from violence_stats.months import Window

Language: TypeAlias = Literal["en", "es"]
"""The languages that a case's texts are written in."""

Question: TypeAlias = Literal["claim", "episodes", "breaks", "evidence", "outlook"]
"""The question of the package that answers a claim."""

ClaimKind: TypeAlias = Literal["figure", "history", "explanation", "allegation", "forecast"]
"""A stated number, a reading of the past, a cause that is credited, an accusation, or an expectation."""

STOCKS = frozenset({"prison_population"})
"""Measures that are a number on a day: no count over a window, and never to be summed."""


class Words(TypedDict):
    """A text in each language."""

    en: str
    es: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated fact.

    Attributes
    ----------
    window : Window
        First and last day on which it may have happened, both INCLUSIVE.
    precision : str
        ``day``, ``month`` or ``year``: how exactly the source dates it.
    category : str
        What kind of fact it is, such as ``pact``, ``policing``, ``covid`` or ``definition``.
    """

    event_id: str
    window: Window
    precision: str
    category: str
    label: str
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """A window of the reference chain, with the arithmetic on figure ids that gives its count.

    Attributes
    ----------
    window : Window
        Both ends INCLUSIVE; links neither overlap nor leave a gap.
    value : int
        What the arithmetic comes out at.
    status : str
        As of a figure; ``derived`` where more than one figure enters.
    publisher, definition : str
        Those of the figures that enter, or ``mixed``.
    arithmetic : str
        Such as ``F0390 - F0405``.
    """

    window: Window
    value: int
    status: str
    publisher: str
    definition: str
    arithmetic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedChange:
    """A percentage change that was published, with or without the counts behind it.

    Attributes
    ----------
    window, baseline : Window
        The span it speaks of and the span it compares with, both ends INCLUSIVE.
    change_pct : float
        Percent; -62.5 is a fall by 62.5%.
    reported : str
        Day, month or year of publication.
    """

    country: str
    measure: str
    window: Window
    baseline: Window
    change_pct: float
    publisher: str
    reported: str
    source_id: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEffect:
    """An estimate from the literature.

    Attributes
    ----------
    event, measure : str
        What was studied, in the study's words.
    window : Window or None
        The span of its data, both ends INCLUSIVE; None where the study gives none.
    effect : str
        The scale: ``rate_ratio``, ``averted`` (a count), ``level_change``, ``change_pct`` or ``finding`` (no number).
    estimate, ci_low, ci_high : float or None
        None where the study gives none.
    """

    study: str
    event: str
    measure: str
    window: Window | None
    effect: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    source_id: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change to one cell of a figure, kept apart from the table so that the table stays as compiled.

    Attributes
    ----------
    figure_id, field : str
        The figure and its column.
    old : str
        What the table has to hold; anything else means that the row has changed and the correction is void.
    new : str
        What is read instead.
    """

    figure_id: str
    field: str
    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement under test, in the case's own words.

    Attributes
    ----------
    kind : {'figure', 'history', 'explanation', 'allegation', 'forecast'}
    question : {'claim', 'episodes', 'breaks', 'evidence', 'outlook'}
        The question of the package that answers it.
    text : Words
        The statement; one that is an allegation is attributed within each sentence.
    made_by : Words
        Who says so.
    reported_in : tuple of str
        Ids of the sources that carry it.
    made_on : str
        Day, month or year in which it was made; blank where unknown.
    disputed_by, dispute : Words or None
        Who contradicts it and how; None where nobody is known to.
    disputed_in : tuple of str
        Ids of the sources that carry the contradiction.
    window, baseline : Window or None
        The spans it compares, both ends INCLUSIVE; None where it names none.
    claimed_pct : float or None
        Percent change from `baseline` to `window`.
    interventions : tuple of str
        Ids of the case's interventions that it is about.
    """

    claim_id: str
    kind: ClaimKind
    question: Question
    text: Words
    made_by: Words
    reported_in: tuple[str, ...]
    made_on: str = ""
    disputed_by: Words | None = None
    dispute: Words | None = None
    disputed_in: tuple[str, ...] = ()
    window: Window | None = None
    baseline: Window | None = None
    claimed_pct: float | None = None
    interventions: tuple[str, ...] = ()
