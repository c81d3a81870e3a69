"""Interventions: what changes, from which day, in which shape.

An intervention is named by the FIRST day of the new regime. A month, quarter or year stands for its first day where it
starts something and for its last day where it ends something.
"""

from __future__ import annotations

import calendar
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

import numpy as np

from violence_stats.arguments import check_whole
from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.design.cells import Cells
from violence_stats.design.labels import date_label
from violence_stats.errors import SpecificationError
from violence_stats.months import ONE_DAY, DateLike, add_months, first_day, last_day


@dataclass(frozen=True, slots=True)
class Intervention(ABC):
    """What every intervention has; use `Step`, `Ramp`, `Pulse` and their kin.

    Parameters
    ----------
    start : DateLike
        First month, or first day, of the new regime.
    name : str, optional
        Name of the term; default the shape and the date.
    lag_months : int, default 0
        Calendar months after `start` at which the effect begins; a day keeps its day of the month.
    washout_months : int, default 0
        Calendar months from there on that are left out of the fit, while the change comes about. Windows that
        touch them are left out whole; trends and ramps count on through them.
    """

    shape: ClassVar[str]

    start: DateLike
    name: str | None = field(default=None, kw_only=True)
    lag_months: int = field(default=0, kw_only=True)
    washout_months: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        first_day(self.start)
        if self.name is not None and not self.name.strip():
            raise SpecificationError("an intervention's name is blank: leave it out or write one")
        for what, months in (("lag_months", self.lag_months), ("washout_months", self.washout_months)):
            check_whole(what, months, of="calendar months")

    @property
    def term(self) -> str:
        """Name of its row in a table of effects."""
        lag = f" lag {self.lag_months}" if self.lag_months else ""
        return self.name or f"{self.shape} {date_label(self.start)}{lag}"

    @property
    def events(self) -> frozenset[str]:
        """Names by which the event can be taken away: its own name, and its date as written."""
        return frozenset({date_label(self.start), self.name or date_label(self.start)})

    @property
    def first_day(self) -> date:
        """First day of the new regime, after the lag."""
        return months_later(first_day(self.start), self.lag_months)

    @property
    def last_day(self) -> date | None:
        """Last day of it, INCLUSIVE; None where it lasts."""
        return None

    @property
    def washout(self) -> tuple[date, date] | None:
        """First and last day, both INCLUSIVE, of the months left out of the fit; None for none."""
        if self.washout_months == 0:
            return None
        return self.first_day, months_later(self.first_day, self.washout_months) - ONE_DAY

    @abstractmethod
    def column(self, cells: Cells) -> FloatArray:
        """Give the regressor, shape (n_cells,): 0 before the first day."""

    def is_on(self, cells: Cells) -> BoolArray:
        """Which cells lie between its first and its last day, shape (n_cells,)."""
        started = cells.start >= np.datetime64(self.first_day)
        return started if self.last_day is None else started & (cells.start <= np.datetime64(self.last_day))


@dataclass(frozen=True, slots=True)
class Level(Intervention):
    """What `Step` and `Pulse` share: another level from the first to the last day."""

    def __post_init__(self) -> None:
        Intervention.__post_init__(self)
        if self.last_day is not None and self.last_day < self.first_day:
            raise SpecificationError(
                f"{self.term} ends on {self.last_day.isoformat()}, before it starts on {self.first_day.isoformat()}: "
                "expected the first date before the last"
            )

    def column(self, cells: Cells) -> FloatArray:
        """1 from the first to the last day, else 0, shape (n_cells,)."""
        return np.asarray(self.is_on(cells).astype(float))


@dataclass(frozen=True, slots=True)
class Step(Level):
    """A change of level, for good or until `end`.

    Parameters
    ----------
    start : DateLike
        First month, or first day, of the new level.
    end : DateLike, optional
        Last month, or last day, of it, INCLUSIVE; default: it lasts.
    name, lag_months, washout_months
        As for every `Intervention`.

    Examples
    --------
    >>> Step("2019-06").term, Step("2019-06-20").term, Step("2019-06", name="plan").term
    ('step 2019-06', 'step 2019-06-20', 'plan')
    """

    shape: ClassVar[str] = "step"

    end: DateLike | None = None

    @property
    def last_day(self) -> date | None:
        """Last day of the new level, INCLUSIVE; None where it lasts."""
        return None if self.end is None else months_later(last_day(self.end), self.lag_months)


@dataclass(frozen=True, slots=True)
class Ramp(Intervention):
    """A change of slope, counted in periods from its start.

    Parameters
    ----------
    start : DateLike
        First month, or first day, of the new slope.
    zero_at : {'first-new', 'last-old'}, default 'first-new'
        ``first-new``: 0 in the first new period, 1 in the next (as Stata's itsa), so that a step beside it is the jump
        in the first new period. ``last-old``: 0 in the last old period, 1 in the first new one (as ``time - 36`` of
        Lopez Bernal et al. 2017).
    name, lag_months, washout_months
        As for every `Intervention`.

    Notes
    -----
    A start inside a period counts from that whole period: its days from `start` on have the value of that period.

    Examples
    --------
    >>> Ramp("2019-06").term
    'ramp 2019-06'
    """

    shape: ClassVar[str] = "ramp"

    zero_at: Literal["first-new", "last-old"] = "first-new"

    def __post_init__(self) -> None:
        Intervention.__post_init__(self)
        if self.zero_at not in ("first-new", "last-old"):
            raise SpecificationError(f"zero_at: expected 'first-new' or 'last-old', got {self.zero_at!r}")

    def column(self, cells: Cells) -> FloatArray:
        """Periods since the start, 0 before it, shape (n_cells,)."""
        in_first_period = 0.0 if self.zero_at == "first-new" else 1.0
        since = cells.period - cells.period_of(self.first_day) + in_first_period
        return np.where(self.is_on(cells), since, 0.0)


@dataclass(frozen=True, slots=True)
class Pulse(Level):
    """A passing change of level over some days or months: a lockdown, a burst, a strike.

    Parameters
    ----------
    start, end : DateLike
        First and last day (or month) of it, both INCLUSIVE.
    name, lag_months, washout_months
        As for every `Intervention`.

    Notes
    -----
    A pulse is a circumstance of the series: counterfactuals of other events keep it as fitted without being asked to. A
    regime with an end, such as a truce, is a `Step` with an end.

    Examples
    --------
    >>> Pulse("2020-03-21", "2020-06-13", name="lockdown").term
    'lockdown'
    """

    shape: ClassVar[str] = "pulse"

    end: DateLike

    @property
    def last_day(self) -> date:
        """Last day of it, INCLUSIVE."""
        return months_later(last_day(self.end), self.lag_months)


def cut_days(interventions: Iterable[Intervention]) -> list[date]:
    """First days of something new: where cells have to be cut."""
    days = []
    for one in interventions:
        days.append(one.first_day)
        if one.last_day is not None:
            days.append(one.last_day + ONE_DAY)
    return days


def months_later(day: date, n_months: int) -> date:
    """Find the same day of a later month; its last day where it is too short, or where `day` was a last day."""
    if n_months == 0:
        return day
    month = add_months(day, n_months)
    length = calendar.monthrange(month.year, month.month)[1]
    is_last = (day + ONE_DAY).day == 1
    return month.replace(day=length if is_last else min(day.day, length))
