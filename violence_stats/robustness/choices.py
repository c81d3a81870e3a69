"""The choices that an analyst of a date has to make, each with what may be defended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal, TypeAlias, get_args

from violence_stats.design.interventions import Intervention, Pulse, Ramp, Step
from violence_stats.design.matrix import Terms, Trend
from violence_stats.errors import SpecificationError
from violence_stats.fitting.counts import CountFamily
from violence_stats.ledger.settings import Spell
from violence_stats.models.estimate import ErrorModel
from violence_stats.months import ONE_DAY, DateLike, Window, month_of
from violence_stats.series import CountSeries

Season: TypeAlias = Literal["none", "1 harmonic", "2 harmonics", "month effects"]
Shape: TypeAlias = Literal["step", "step and ramp"]
Lockdown: TypeAlias = Literal["own term", "left out", "ignored"]

DIMENSIONS = (
    *("publisher", "vintage", "start", "date", "shape", "trend", "season", "lockdown"),
    *("family", "errors"),
)
"""Names of the choices, in the order in which the grid varies them."""
LATEST = "latest"
EVENT = "the event"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChoices:
    """What a specification curve varies; each tuple holds what is tried, the first being the primary choice.

    Attributes
    ----------
    publishers : tuple of str or None
        Codes of the case's ledger, beside the series itself. None: every one that counts the same by the same
        definition and has three quarters of the window's periods.
    vintages : tuple of DateLike or None
        Days whose knowledge is tried beside the latest. None: three months after the end of the window.
    starts : tuple of DateLike or None
        First periods of the fit. None: every year from the start of the window (six at the most, evenly apart), as long
        as a year, or six quarters or years, are left before the event.
    dates : tuple of DateLike or None
        First days of the new regime. None: `at`, and the other days that the case lists for it.
    shapes : tuple of {'step', 'step and ramp'}
        The estimate is always the average change over the time after the date.
    trends : tuple of {'linear', None}
    seasons : tuple of {'1 harmonic', '2 harmonics', 'month effects', 'none'}
    lockdowns : tuple of {'own term', 'left out', 'ignored'}
        ``own term``: a pulse of its own, and one for each burst. ``left out``: the fit ends with the last period before
        it. Only where the case has a lockdown after the event.
    families : tuple of {'quasi-poisson', 'negative-binomial'}
    errors : tuple of {'ar1', 'newey-west', 'iid'}
    """

    publishers: tuple[str, ...] | None = None
    vintages: tuple[DateLike, ...] | None = None
    starts: tuple[DateLike, ...] | None = None
    dates: tuple[DateLike, ...] | None = None
    shapes: tuple[Shape, ...] = ("step", "step and ramp")
    trends: tuple[Trend, ...] = ("linear", None)
    seasons: tuple[Season, ...] = ("1 harmonic", "2 harmonics", "month effects", "none")
    lockdowns: tuple[Lockdown, ...] = ("own term", "left out", "ignored")
    families: tuple[CountFamily, ...] = ("quasi-poisson", "negative-binomial")
    errors: tuple[ErrorModel, ...] = ("ar1", "newey-west", "iid")

    def __post_init__(self) -> None:
        allowed: dict[str, tuple[object, ...]] = {
            "shapes": get_args(Shape),
            "trends": ("linear", None),
            "seasons": get_args(Season),
            "lockdowns": get_args(Lockdown),
            "families": ("quasi-poisson", "negative-binomial"),
            "errors": ("ar1", "newey-west", "iid"),
        }
        for name in ("publishers", "vintages", "starts", "dates"):
            given = getattr(self, name)
            if given is not None and (isinstance(given, str) or not isinstance(given, Iterable)):
                raise SpecificationError(f'{name}: expected several, as ("...", "..."), or None, got {given!r}')
        for name, values in allowed.items():
            given = getattr(self, name)
            if isinstance(given, str) or not given or not set(given) <= set(values):
                raise SpecificationError(
                    f"{name}: expected one or more of {', '.join(map(repr, values))}, got {given!r}"
                )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """A series as one publisher counts it and one day knew it.

    Attributes
    ----------
    publisher, vintage : str
        Its code, or ``reference`` for several of them; an ISO date, or ``latest``.
    series : CountSeries
        Without what is not known, and without citations.
    """

    publisher: str
    vintage: str
    series: CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """Everything of a specification but its family and errors.

    Attributes
    ----------
    start, date : datetime.date
        FIRST days of the fit and of the new regime.
    """

    source: Source
    start: date
    date: date
    shape: Shape
    trend: Trend
    season: Season
    lockdown: Lockdown

    def labels(self) -> dict[str, str]:
        """Give the choices by name, as a table writes them."""
        return {
            "publisher": self.source.publisher,
            "vintage": self.source.vintage,
            "start": f"{self.start:%Y-%m}",
            "date": self.date.isoformat(),
            "shape": self.shape,
            "trend": self.trend or "none",
            "season": self.season,
            "lockdown": self.lockdown,
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """All choices, worked out for one series and date.

    Attributes
    ----------
    window : Window
        From the earliest start to the end of the fit, both ends INCLUSIVE.
    lockdown : Spell or None
    bursts : tuple of Spell
    """

    choices: CurveChoices
    sources: tuple[Source, ...]
    starts: tuple[date, ...]
    dates: tuple[date, ...]
    window: Window
    lockdown: Spell | None
    bursts: tuple[Spell, ...]

    @property
    def n_fits_each(self) -> int:
        """Specifications that share a design."""
        return len(self.choices.families) * len(self.choices.errors)

    def designs(self) -> Iterator[Design]:
        """Give every combination; the first is the primary one."""
        lockdowns: tuple[Lockdown, ...] = self.choices.lockdowns if self.lockdown is not None else ("ignored",)
        chosen = self.choices
        for source, start, day, shape, trend, season, lockdown in product(
            self.sources, self.starts, self.dates, chosen.shapes, chosen.trends, chosen.seasons, lockdowns
        ):
            yield Design(
                source=source, start=start, date=day, shape=shape, trend=trend, season=season, lockdown=lockdown
            )

    def fitted_window(self, design: Design) -> Window:
        """Window of a design, both ends INCLUSIVE."""
        end = self.window.end
        if design.lockdown == "left out" and self.lockdown is not None:
            end = month_of(self.lockdown.window.start) - ONE_DAY
        return Window(design.start, end)

    def terms(self, design: Design) -> Terms:
        """Terms of a design, beside the intercept."""
        return Terms(
            interventions=(*event_terms(design), *self._spells(design)),
            trend=design.trend,
            harmonics={"1 harmonic": 1, "2 harmonics": 2}.get(design.season, 0),
            month_effects=design.season == "month effects",
        )

    def _spells(self, design: Design) -> list[Intervention]:
        """Pulses of the lockdown and the bursts that the fit holds, unless they are ignored."""
        if design.lockdown == "ignored":
            return []
        window = self.fitted_window(design)
        spells = [*([self.lockdown] if self.lockdown is not None else []), *self.bursts]
        held = [one for one in spells if window.start < one.window.start <= window.end]
        return [Pulse(one.window.start, min(one.window.end, window.end), name=one.id) for one in held]


def event_terms(design: Design) -> tuple[Intervention, ...]:
    """Terms of the event in a design."""
    step = Step(design.date, name=EVENT)
    return (step,) if design.shape == "step" else (step, Ramp(design.date, name=f"slope of {EVENT}"))
