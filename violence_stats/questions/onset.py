"""Onset: how long the fall took to come about, by a profile over its start and its time constant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from scipy.stats import chi2

from violence_stats.arrays import DayArray, FloatArray
from violence_stats.design.cells import cut_cells
from violence_stats.design.interventions import Step
from violence_stats.design.transfer import Onset
from violence_stats.fitting.composite import window_starts
from violence_stats.ledger.records import Words
from violence_stats.models.result import ITSResult
from violence_stats.months import MONTH_DAYS, ONE_DAY
from violence_stats.observations import Observation
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_model import FIT_ERRORS, NO_FALL, NO_FIT, effect_of, figure_ids, lockdown_term
from violence_stats.questions.onset_profile import onset_column, profile_deviance
from violence_stats.questions.paired_counts import same_day
from violence_stats.questions.signature import Measured, Signature, Weighed, not_applicable
from violence_stats.questions.size import EFFECT, fit_change

SIGNATURE = Signature(
    id="onset",
    block="count shape",
    name=Words(en="how fast the fall came", es="rapidez de la caída"),
    pact=Words(en="about one month", es="alrededor de un mes"),
    policing=Words(
        en="as fast as it is deployed; mass arrest can be abrupt too",
        es="al ritmo del despliegue; las detenciones masivas también pueden ser abruptas",
    ),
)

MONTHS_AFTER = 24
DELAYS = (0.0, 0.5, 1.0, 1.5, 2.0)
"""Months after the date at which the fall may begin."""

TIME_CONSTANTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0)
"""Months in which 63% of the effect comes about; at 12, 80% takes 19 months and hardly differs from a trend."""

Grid: TypeAlias = list[tuple[date, float]]
"""First day and time constant, in months, of each onset."""

LIMIT = float(chi2.ppf(0.95, 1))
EIGHTY_PCT = float(np.log(5.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long a change took.

    Attributes
    ----------
    months : Measured
        From the start until 80% of the effect.
    scale : float
        By how much latent AR(1) errors widen the variance of the effect.
    windows : tuple of Observation
        What was fitted.
    """

    months: Measured
    scale: float
    windows: tuple[Observation, ...]


def weigh_onset(data: EpisodeData) -> Weighed:
    """Measure the months until 80% of the effect, and read them."""
    try:
        found = time_change(data)
    except FIT_ERRORS:
        return not_applicable(SIGNATURE, NO_FIT)
    if found is None:
        return not_applicable(SIGNATURE, NO_FALL)
    return Weighed(
        signature=SIGNATURE,
        number=found.months,
        ruling=rules.read_onset(found.months),
        basis=f"{found.windows[0].window.start.isoformat()} to {_last(data).isoformat()}, trend and onset; profile "
        f"deviance over {found.scale:.1f}, by how much latent AR(1) errors widen the variance of the fall",
        citations=figure_ids(found.windows),
    )


def time_change(data: EpisodeData, *, rises: bool = False) -> Timing | None:
    """Measure how long a fall, or a rise, took; None where there is none beyond the trend.

    Raises
    ------
    SpecificationError, FitError, SeriesError
        If the counts cannot carry the model.
    """
    last = _last(data)
    windows = data.calm_windows(data.earliest, last)
    grid, deviance = _profile(data, windows, last, rises=rises)
    best = int(np.argmin(deviance))
    begin, tau = grid[best]
    change = Onset(begin, tau, name=EFFECT) if tau else Step(begin, name=EFFECT)
    fit = fit_change(data, change, last=last, trend="linear")
    effect = effect_of(fit, EFFECT)
    if not np.isfinite(deviance[best]) or not (effect.low > 0 if rises else rules.has_fallen(effect)):
        return None
    scale = variance_scale(fit)
    return Timing(months=_interval(data, grid, deviance, scale), scale=scale, windows=windows)


def _last(data: EpisodeData) -> date:
    return min(data.last, same_day(data.start, MONTHS_AFTER) - ONE_DAY)


def variance_scale(fit: ITSResult) -> float:
    """By how much the variance of the fall exceeds that of a Poisson fit: dispersion and serial correlation."""
    frame = fit.frame
    mu = np.asarray(fit.estimate.fitted)
    Z = frame.expected(fit.estimate.beta).Z
    poisson = np.linalg.inv(Z.T @ (Z / mu[:, None]))
    place = list(frame.design.names).index(EFFECT)
    return max(1.0, float(fit.estimate.cov[place, place] / poisson[place, place]))


def _profile(data: EpisodeData, windows: Sequence[Observation], last: date, *, rises: bool) -> tuple[Grid, FloatArray]:
    """Give the beginnings and time constants, and the Poisson deviance of each; infinite for one the other way."""
    step = fit_change(data, Step(data.start, name=EFFECT), last=last, trend="linear")
    begins = [data.start + timedelta(days=round(delay * MONTH_DAYS)) for delay in DELAYS]
    pulses = lockdown_term(data, windows)
    edges = [day for one in pulses for day in (one.first_day, one.last_day + ONE_DAY)]
    cells = cut_cells([one.window for one in windows], frequency=data.series.frequency, cuts=[*begins, *edges])
    base = np.column_stack([np.ones(cells.n_cells), cells.period, *(one.column(cells) for one in pulses)])
    grid = [(begin, tau) for begin in begins for tau in TIME_CONSTANTS]
    columns = np.array([onset_column(_days_since(cells.start, begin), cells.n_days, tau) for begin, tau in grid])
    estimates = step.effects["estimate"]
    guess = np.array([*(estimates[name] for name in ("intercept", "trend", *(one.term for one in pulses), EFFECT))])
    y = np.array([one.value for one in windows])
    starts = window_starts(cells.window)
    deviance, effect = profile_deviance(y, base, columns, np.log(cells.n_days), starts, guess)
    return grid, np.where(effect > 0 if rises else effect < 0, deviance, np.inf)


def _days_since(starts: DayArray, begin: date) -> FloatArray:
    return np.asarray((starts - np.datetime64(begin)).astype(np.int64), dtype=float)


def _interval(data: EpisodeData, grid: Grid, deviance: FloatArray, scale: float) -> Measured:
    """End the interval at the first values of the grid that are ruled out; open where none is."""
    months = np.array([(begin - data.start).days / MONTH_DAYS + tau * EIGHTY_PCT for begin, tau in grid])
    best = int(np.argmin(deviance))
    inside = months[deviance - deviance[best] <= LIMIT * scale]
    low = months[months < inside.min()].max(initial=0.0)
    high = months[months > inside.max()].min(initial=np.inf)
    longest = TIME_CONSTANTS[-1] * EIGHTY_PCT
    return Measured(
        value=float(months[best]), low=float(low), high=float(high) if high < longest else math.inf, unit="months"
    )
