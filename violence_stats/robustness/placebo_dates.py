"""Which dates a placebo may have: the regime around the real date, the lengths before and after, the months that fit.

Every fitted window has the same lengths before and after its date, the real one included, and holds no listed
intervention. The time after is cut short before anything else that is known to have happened, such as a lockdown, so
that no fit has what the others lack. What is left over is a trade: longer windows carry the model better, shorter ones
leave more dates. By default the windows are as long as 19 placebos allow (fewer cannot give a p-value of 0.05), no
shorter before the date than after it, with a year or more before, in which a season closes, and three at the most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from violence_stats.design.interventions import Intervention
from violence_stats.errors import SpecificationError
from violence_stats.ledger.settings import Settings
from violence_stats.months import (
    MONTHS_PER_PERIOD,
    ONE_DAY,
    Frequency,
    Window,
    add_months,
    months_between,
    period_starts,
)

ENOUGH_PLACEBOS = 19
"""One in twenty, counting the real date."""
FEWEST_PLACEBOS = 9
"""One in ten: with fewer, a rank says next to nothing."""
MOST_YEARS_BEFORE = 3
"""Longer windows a month apart are nearly the same data, so that their estimates hardly differ."""
SPARE_WINDOWS = 5
"""Windows beside those that the terms take up, the least that serially correlated errors need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known to have happened around an event.

    Attributes
    ----------
    start : datetime.date
        FIRST day of the event, as the model dates it.
    onset : datetime.date
        The earliest day on which the case says that it may have started.
    changes : tuple of datetime.date
        First days of the other listed changes.
    spells : tuple of Window
        Lockdowns, bursts and other passing changes, both ends INCLUSIVE.
    """

    start: date
    onset: date
    changes: tuple[date, ...]
    spells: tuple[Window, ...]

    @property
    def regime_start(self) -> date | None:
        """First day of the regime before the event; None if no change is listed before."""
        return max((day for day in self.changes if day < self.start), default=None)

    @property
    def regime_end(self) -> date | None:
        """Last day before the next listed change; None if there is none."""
        return min((day - ONE_DAY for day in self.changes if day > self.start), default=None)

    @property
    def undisturbed_until(self) -> date | None:
        """Last day after the event before anything else is known to have happened."""
        days = [*self.changes, *(spell.start for spell in self.spells)]
        return min((day - ONE_DAY for day in days if day > self.start), default=None)

    def obstacle(self, window: Window) -> str:
        """Say why a placebo cannot be fitted to a window; blank if it can."""
        if any(window.start < day <= window.end for day in (self.onset, self.start)):
            return "the event itself lies in their window"
        if any(window.start < day <= window.end for day in self.changes):
            return "another listed change lies in their window"
        if any(window.overlaps(spell) for spell in self.spells):
            return "a lockdown, a burst or another passing change lies in their window"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """Periods (months, quarters or years) fitted before a date and from it on."""

    before: int
    after: int

    @property
    def total(self) -> int:
        """Periods fitted."""
        return self.before + self.after


def surroundings(
    start: date, event: Sequence[Intervention], others: Iterable[Intervention], settings: Settings | None
) -> Surroundings:
    """Collect what a model and a case say about the time around an event.

    Parameters
    ----------
    start : datetime.date
    event : sequence of Intervention
        The model's terms of the event itself.
    others : iterable of Intervention
        The model's other terms: those that last are changes, those that end are disturbances.
    settings : Settings or None
        Of the case; an intervention that starts, by one of its dates, in the month of `start` is the event itself.
    """
    apart = [one for one in others if one not in event]
    changes = {one.first_day for one in apart if one.last_day is None}
    spells = [Window(one.first_day, one.last_day) for one in apart if one.last_day is not None]
    onset = start
    for listed in () if settings is None else settings.interventions:
        days = {listed.date, *(candidate.date for candidate in listed.candidates)}
        if any((day.year, day.month) == (start.year, start.month) for day in days):
            onset = min(onset, *days)
        else:
            changes.add(listed.date)
    if settings is not None:
        spells += [spell.window for spell in settings.bursts]
        spells += [settings.lockdown.window] if settings.lockdown is not None else []
    return Surroundings(start=start, onset=onset, changes=tuple(sorted(changes)), spells=tuple(sorted(set(spells))))


def regime(around: Surroundings, span: Window, frequency: Frequency) -> Window:
    """Give the whole periods of a series around an event in which no other change is listed.

    Raises
    ------
    SpecificationError
        If there is none.
    """
    first = span.start if around.regime_start is None else max(span.start, around.regime_start)
    last = span.end if around.regime_end is None else min(span.end, around.regime_end)
    starts = [day for day in period_starts(first, last + ONE_DAY, frequency) if day >= first]
    if len(starts) < 2:
        raise SpecificationError(
            f"no whole period lies between the changes around {around.start.isoformat()}: give a window"
        )
    return Window(starts[0], starts[-1] - ONE_DAY)


def choose_lengths(around: Surroundings, span: Window, frequency: Frequency, n_terms: int) -> Lengths:
    """Choose how long to fit before and after a date, as the module says.

    Parameters
    ----------
    around : Surroundings
    span : Window
        Where the windows may lie.
    frequency : {'M', 'Q', 'Y'}
    n_terms : int
        Coefficients of the model.

    Raises
    ------
    SpecificationError
        If the span leaves no room.
    """
    month = MONTHS_PER_PERIOD[frequency]
    year = 12 // month
    anchor = period_starts(around.start, around.start, frequency)[0]
    room = months_between(span.start, anchor) // month
    last = span.end if around.undisturbed_until is None else min(span.end, around.undisturbed_until)
    after = months_between(anchor, last + ONE_DAY) // month
    onset = period_starts(around.onset, around.onset, frequency)[0]
    total = months_between(span.start, onset) // month - ENOUGH_PLACEBOS + 1
    after = max(1, min(after, total - year, total // 2))
    before = max(year, n_terms + SPARE_WINDOWS - after, min(total - after, MOST_YEARS_BEFORE * year))
    if before > room:
        raise SpecificationError(
            f"{n_terms} terms need {before} periods before {around.start.isoformat()}, and {span} has {room}: give a "
            "wider window, or take terms away"
        )
    return Lengths(before=before, after=after)


def admissible_dates(
    around: Surroundings, span: Window, frequency: Frequency, lengths: Lengths
) -> tuple[list[date], Counter[str]]:
    """First days of the periods whose windows lie in the span and hold no change; how many of them do, by reason."""
    anchor = period_starts(around.start, around.start, frequency)[0]
    fitting: list[date] = []
    refused: Counter[str] = Counter()
    for day in period_starts(span.start, span.end, frequency):
        window = fitted_window(day, lengths, frequency)
        if day == anchor or not span.contains(window):
            continue
        obstacle = around.obstacle(window)
        if obstacle:
            refused[obstacle] += 1
        else:
            fitting.append(day)
    return fitting, refused


def fitted_window(period_start: date, lengths: Lengths, frequency: Frequency) -> Window:
    """Window fitted around a date, both ends INCLUSIVE."""
    month = MONTHS_PER_PERIOD[frequency]
    first = add_months(period_start, -lengths.before * month)
    return Window(first, add_months(period_start, lengths.after * month) - ONE_DAY)
