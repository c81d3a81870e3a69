"""How large an episode's change is: the level of the first twelve months against what came before."""

from __future__ import annotations

from datetime import date

from violence_stats.design.interventions import Intervention, Step
from violence_stats.design.matrix import Trend
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.result import ITSResult
from violence_stats.months import ONE_DAY
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_model import effect_of, lockdown_term, of_windows
from violence_stats.questions.paired_counts import same_day
from violence_stats.questions.signature import Measured

MONTHS_AFTER = 12
EFFECT = "episode"


def measure_size(data: EpisodeData, *, trend: Trend = "linear", definition: str | None = None) -> Measured:
    """Give the log rate ratio of the first twelve months.

    Parameters
    ----------
    trend : 'linear' or None
        Whether a trend from before goes on, or the level before is taken as flat.
    definition : str, optional
        Windows of this definition only.

    Raises
    ------
    SpecificationError, FitError, SeriesError
        If the counts cannot carry the model.
    """
    last = min(data.last, same_day(data.start, MONTHS_AFTER) - ONE_DAY)
    fit = fit_change(data, Step(data.start, name=EFFECT), last=last, trend=trend, definition=definition)
    return effect_of(fit, EFFECT)


def fit_change(
    data: EpisodeData, change: Intervention, *, last: date, trend: Trend, definition: str | None = None
) -> ITSResult:
    """Fit a level (and trend), a change, and the lockdown, to the windows up to a day that hold no named burst.

    Raises
    ------
    SpecificationError, FitError, SeriesError
        If the counts cannot carry the model.
    """
    windows = [
        one for one in data.calm_windows(data.earliest, last) if definition is None or one.definition == definition
    ]
    terms = [change, *lockdown_term(data, windows)]
    return InterruptedTimeSeries(terms, trend=trend).fit(of_windows(data, windows))
