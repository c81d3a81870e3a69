"""Made-up episodes: pacts, policing and neither, some of which defy what was predicted of them.

A world takes the windows, the level before and the availability of a real episode and draws everything after it anew:
homicides with a latent AR(1) path and over-dispersion, the other measures with a drift of their own. The signatures and
rules then read it by the very code that reads the real episode, with its term for a lockdown,
which does nothing here. Neighbours and the bound on counting have no vote and are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.design.cells import cut_cells
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.months import MONTH_DAYS, ONE_DAY
from violence_stats.questions.episode_data import EpisodeData, OtherCounts
from violence_stats.questions.paired_counts import PairedCounts, same_day, same_windows

REVERSAL_MONTHS = (12.0, 24.0)
"""When a reversal begins and when it is complete."""

BURST_SHARE = 0.6
"""By how much a burst raises its window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeWorld:
    """What is true in a made-up episode; effects are log ratios.

    Attributes
    ----------
    kind : {'pact', 'policing', 'neither'}
    as_predicted : bool
        Whether the stated predictions hold in it.
    fall : float
        Of homicide, once it has come about.
    tau_months : float
        Time constant of the onset.
    undone : float
        Share of the fall that is undone two years after the start.
    n_bursts : int
        Windows after the start that a burst raises.
    other, enforcement, disappearances : float
        Effects on the other measures.
    places : float
        Further fall where police were deployed.
    slope : float
        Trend of homicide and other crime, by month, before and after.
    """

    name: str
    kind: Literal["pact", "policing", "neither"]
    as_predicted: bool
    fall: float = -0.7
    tau_months: float = 0.3
    undone: float = 0.0
    n_bursts: int = 0
    other: float = 0.0
    enforcement: float = 0.0
    disappearances: float = 0.0
    places: float = 0.0
    slope: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How counts scatter in a world.

    Attributes
    ----------
    theta : Theta
        Dispersion, latent variance and correlation of the homicides.
    drift_sd : float
        Standard deviation of the log ratio of two years of another measure.
    """

    name: str
    theta: Theta
    drift_sd: float


WORLDS = (
    EpisodeWorld(
        name="pact, as predicted",
        kind="pact",
        as_predicted=True,
        undone=0.9,
        n_bursts=2,
        enforcement=-0.4,
        disappearances=0.3,
    ),
    EpisodeWorld(
        name="policing, as predicted",
        kind="policing",
        as_predicted=True,
        tau_months=4.0,
        other=-0.4,
        enforcement=0.4,
        disappearances=-0.3,
        places=-0.4,
    ),
    EpisodeWorld(name="nothing happens", kind="neither", as_predicted=False, fall=0.0),
    EpisodeWorld(name="a trend goes on", kind="neither", as_predicted=False, fall=0.0, slope=-0.02),
    EpisodeWorld(name="homicide falls for another reason", kind="neither", as_predicted=False),
    EpisodeWorld(
        name="all crime falls for another reason", kind="neither", as_predicted=False, other=-0.4, disappearances=-0.3
    ),
    EpisodeWorld(
        name="pact that lasts, while police are busy",
        kind="pact",
        as_predicted=False,
        tau_months=4.0,
        other=-0.4,
        enforcement=0.4,
        disappearances=-0.3,
    ),
    EpisodeWorld(
        name="policing that fades, against gangs alone",
        kind="policing",
        as_predicted=False,
        undone=0.9,
        n_bursts=2,
        enforcement=-0.4,
        disappearances=0.3,
    ),
)
"""The worlds; the last two are as the other side predicts, and no rule on these signatures can read them right."""

NOISES = (
    Noise(name="quiet", theta=Theta(1.5, 0.01, 0.3), drift_sd=0.05),
    Noise(name="as assumed", theta=Theta(2.0, 0.0225, 0.5), drift_sd=0.10),
    Noise(name="rough", theta=Theta(4.0, 0.04, 0.8), drift_sd=0.20),
)


def draw_episode(
    template: EpisodeData, world: EpisodeWorld, noise: Noise, generator: np.random.Generator
) -> EpisodeData:
    """Draw an episode with the windows and the availability of a real one.

    Parameters
    ----------
    template : EpisodeData
        Gives windows, the level of the year before, and which measures have figures on which windows.
    generator : numpy.random.Generator
        Seeded by the caller.
    """
    first = same_day(template.start, -36)
    windows = template.windows_in(min(first, template.earliest), template.last)
    cells = cut_cells([one.window for one in windows], frequency="M", cuts=[template.start])
    middle = (cells.start.astype(np.int64) + cells.end.astype(np.int64)) / 2
    months = (middle - np.datetime64(template.start, "D").astype(np.int64)) / MONTH_DAYS
    rate = _daily_rate(template) * np.exp(_path(world, months))
    drawn = simulate_counts(generator, rate * cells.n_days, cells.window, cells.period - 1, noise.theta)[0]
    after = [place for place, one in enumerate(windows) if one.window.start >= template.start]
    for place in generator.choice(after, size=min(world.n_bursts, len(after)), replace=False):
        drawn[place] = round(drawn[place] * (1 + BURST_SHARE))
    series = replace(
        template.series,
        observations=tuple(
            replace(one, value=float(count), citations=()) for one, count in zip(windows, drawn, strict=True)
        ),
        notes=(),
    )
    data = replace(template, series=series, days=None, neighbours=None, counting=())
    return _draw_others(data, world, noise, generator)


def _path(world: EpisodeWorld, months: FloatArray) -> FloatArray:
    """Log of the rate over that of the year before, by months since the start."""
    since = np.maximum(months, 0.0)
    begun = np.where(months >= 0, 1 - np.exp(-since / world.tau_months), 0.0)
    first, last = REVERSAL_MONTHS
    left = 1 - world.undone * np.clip((since - first) / (last - first), 0.0, 1.0)
    return np.asarray(world.fall * begun * left + world.slope * (months + 6))


def _daily_rate(template: EpisodeData) -> float:
    windows = template.windows_in(same_day(template.start, -12), template.start - ONE_DAY)
    return sum(one.value for one in windows) / sum(one.window.n_days for one in windows)


def _draw_others(data: EpisodeData, world: EpisodeWorld, noise: Noise, generator: np.random.Generator) -> EpisodeData:
    def draw(one: OtherCounts, effect: float, slope: float = 0.0) -> OtherCounts:
        counts = _draw_pair(one.counts, effect, slope, noise, generator)
        return OtherCounts(counts=counts, homicides=_own(data, one, world, noise, generator))

    lost, places = data.disappearances, data.places
    return replace(
        data,
        other_crime=tuple(draw(one, world.other, world.slope) for one in data.other_crime),
        enforcement=tuple(draw(one, world.enforcement) for one in data.enforcement),
        disappearances=None if lost is None else draw(lost, world.disappearances),
        places=None if places is None else draw(places, world.fall + world.places, world.slope),
    )


def _own(
    data: EpisodeData, one: OtherCounts, world: EpisodeWorld, noise: Noise, generator: np.random.Generator
) -> PairedCounts | None:
    """Count the drawn homicides on the other measure's windows; draw them apart where the series does not reach."""
    if one.homicides is None:
        return None
    counted = same_windows(data.series, one.counts, one.homicides.dispersion)
    if counted is not None:
        return counted
    return _draw_pair(one.homicides, world.fall, world.slope, noise, generator)


def _draw_pair(
    pair: PairedCounts, effect: float, slope: float, noise: Noise, generator: np.random.Generator
) -> PairedCounts:
    """Draw a pair about the level of its own windows before, its years drifting about the effect."""
    years = _years_apart(pair.windows_before[0].start, pair.windows_after[0].start)
    step = 12 * years * slope
    level = float(pair.before)
    before = _scattered(level, pair.dispersion, generator)
    after = _scattered(
        level * math.exp(effect + step + noise.drift_sd * generator.standard_normal()), pair.dispersion, generator
    )
    earlier = pair.year_before
    if earlier is not None:
        start = level * math.exp(-step + noise.drift_sd * generator.standard_normal())
        earlier = replace(earlier, before=_scattered(start, pair.dispersion, generator), after=before)
    return replace(pair, before=before, after=after, year_before=earlier, figures=())


def _scattered(mean: float, dispersion: float, generator: np.random.Generator) -> int:
    if dispersion <= 1:
        return int(generator.poisson(mean))
    return int(generator.negative_binomial(mean / (dispersion - 1), 1 / dispersion))


def _years_apart(early: date, late: date) -> int:
    return max(1, round((late - early).days / 365.25))
