"""The two paths from one day on: the level that was known, the course of a pact, and the counts that a path gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.months import MONTH_DAYS, ONE_DAY
from violence_stats.observations import Observation
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_model import lockdown_term, of_windows
from violence_stats.questions.paired_counts import same_day

Path: TypeAlias = Literal["pact", "policing"]
Course: TypeAlias = tuple[tuple[float, float], ...]
"""Months since the start at which a stretch begins, and its log ratio to the level known, in order."""

PATHS: tuple[Path, ...] = ("pact", "policing")
LEVEL_MONTHS = 12
HALF_YEAR = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What was known of the level on the day.

    Attributes
    ----------
    daily_rate : float
    log_sd : float
        Standard error of its log.
    dispersion, sigma : float
        Of a count about its rate, and of the latent path of the log rate.
    """

    daily_rate: float
    log_sd: float
    dispersion: float
    sigma: float


def pact_course(template: EpisodeData, months_known: float, *, ends: date) -> Course:
    """Give the course of a pact by half-years: months since its start at which each begins, and its log ratio.

    The ratio is to the level of its first `months_known` months, so that the course goes on from what is known of the
    episode in question. It stops at `ends`, the FIRST day of the next episode, and stays there.
    """
    after = template.windows_in(template.start, min(template.series.span.end, ends - ONE_DAY))
    known = [one for one in after if months_since(template, one.window.end + ONE_DAY) <= months_known]
    level = _daily_rate(known)
    course = []
    first = months_known
    last = months_since(template, after[-1].window.end)
    while first < last:
        inside = [one for one in after if first <= middle_month(template, one) < first + HALF_YEAR]
        if inside:
            course.append((first, math.log(_daily_rate(inside) / level)))
        first += HALF_YEAR
    return tuple(course)


def fit_level(data: EpisodeData) -> Level:
    """Estimate the level of the last twelve months known, and how counts scatter about it."""
    windows = data.calm_windows(same_day(data.last + ONE_DAY, -LEVEL_MONTHS), data.last)
    fit = InterruptedTimeSeries(lockdown_term(data, windows), trend=None).fit(of_windows(data, windows))
    nuisance = fit.estimate.nuisance
    return Level(
        daily_rate=math.exp(float(fit.estimate.beta[0])),
        log_sd=math.sqrt(float(fit.estimate.cov[0, 0])),
        dispersion=nuisance["phi"],
        sigma=math.sqrt(nuisance["sigma2"]),
    )


def months_since(template: EpisodeData, day: date) -> float:
    """Months from the start of an episode to a day."""
    return (day - template.start).days / MONTH_DAYS


def middle_month(template: EpisodeData, one: Observation) -> float:
    """Months from the start of an episode to the middle of a window."""
    return (months_since(template, one.window.start) + months_since(template, one.window.end)) / 2


def _daily_rate(windows: Sequence[Observation]) -> float:
    return sum(one.value for one in windows) / sum(one.window.n_days for one in windows)


def log_ratio(path: Path, course: Course, months: float) -> float:
    """Log of a path's rate over the level known, by months since the start."""
    if path == "policing" or not course:
        return 0.0
    begun = [ratio for first, ratio in course if first <= months]
    return begun[-1] if begun else course[0][1]


def count_distribution(expected: float, level: Level) -> tuple[float, float]:
    """Give size and probability of the path's distribution of a count."""
    spread = math.expm1(level.sigma**2 + level.log_sd**2)
    variance = level.dispersion * expected + expected**2 * spread
    excess = max(variance / expected, 1.0 + 1e-9)
    return expected / (excess - 1), 1 / excess
