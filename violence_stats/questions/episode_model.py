"""What the models of an episode's counts share: the windows that enter, terms for lockdown and bursts, an effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from violence_stats.design.interventions import Pulse
from violence_stats.errors import FitError, SeriesError, SpecificationError
from violence_stats.ledger.records import Words
from violence_stats.models.result import ITSResult
from violence_stats.observations import Observation
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.signature import Measured
from violence_stats.series import CountSeries

FIT_ERRORS = (SpecificationError, FitError, SeriesError)
"""What says that the counts cannot carry a model; such a signature is not applicable."""

NO_FIT = Words(
    en="the counts of the episode cannot carry the model",
    es="los conteos del episodio no permiten estimar el modelo",
)
NO_FALL = Words(
    en="there was no fall beyond the trend that could be timed",
    es="no hubo una caída más allá de la tendencia que pudiera fecharse",
)


def of_windows(data: EpisodeData, windows: Iterable[Observation]) -> CountSeries:
    """Make a series of some of the windows, in their order."""
    return replace(data.series, observations=tuple(windows), notes=())


def lockdown_term(data: EpisodeData, windows: Sequence[Observation]) -> list[Pulse]:
    """Give a term to the lockdown, where some of the windows hold days of it."""
    span = data.lockdown
    if span is None or not any(one.window.overlaps(span) for one in windows):
        return []
    first, last = max(span.start, windows[0].window.start), min(span.end, windows[-1].window.end)
    return [Pulse(first, last, name="lockdown")]


def figure_ids(windows: Iterable[Observation]) -> tuple[str, ...]:
    """Ids of the figures behind some windows."""
    return tuple(dict.fromkeys(cited.figure.figure_id for one in windows for cited in one.citations))


def effect_of(fit: ITSResult, term: str) -> Measured:
    """Give the log rate ratio of a term with its interval."""
    value, low, high = (
        float(fit.effects[column].to_numpy()[fit.effects.index.get_loc(term)])
        for column in ("estimate", "ci_low", "ci_high")
    )
    return Measured(value=value, low=low, high=high, unit="log rate ratio")
