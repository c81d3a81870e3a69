"""Episodes measured alike: how large, how fast, how lasting, with which bursts, by one specification for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from violence_stats.errors import SelectionError
from violence_stats.ledger.case import Case, CaseLike, load_case
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import Episode
from violence_stats.months import ONE_DAY, DateLike, last_day
from violence_stats.parallel import Progress, run_each
from violence_stats.questions.aligned_course import course_of_end, course_of_start
from violence_stats.questions.bursts import weigh_bursts
from violence_stats.questions.collect_episode import collect_episode
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_measure import EpisodeMeasure, measure_lines
from violence_stats.questions.episode_model import FIT_ERRORS
from violence_stats.questions.episode_words import without_cause
from violence_stats.questions.onset import weigh_onset
from violence_stats.questions.paired_counts import same_day
from violence_stats.questions.persistence import weigh_persistence
from violence_stats.questions.signature import Measured
from violence_stats.questions.size import MONTHS_AFTER, measure_size
from violence_stats.questions.unravelling import EpisodeEnd, ends_lines, ends_table, measure_end
from violence_stats.wording import as_known, check_language

COURSE_COLUMNS = ["episode", "window", "months_since", "share", "count", "definition"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Episodes:
    """Every episode of a case, measured by the same code. Made by `measure_episodes`.

    Attributes
    ----------
    case : Case
        Whose episodes and names these are.
    measures : tuple of EpisodeMeasure
        One for each start date that an episode can be given, the primary one first.
    ends : pandas.DataFrame
        One row for each date on which an author has an episode end, which is measured as a start is, the months since
        the episode's own start being those before: ``episode``, ``event_id``, ``end``, ``precision``,
        ``log_rate_ratio``, ``low``, ``high`` (the twelve months from then on, by plain averages); ``size`` (with the
        trend from before going on), ``months_to_80_pct`` (of a rise), ``share_undone`` (of a rise), each with ``_low``
        and ``_high``; ``bursts``, ``months_known``. NaN where it cannot be measured or is not bounded.
    onward : tuple of EpisodeEnd
        The counts around each of these dates, in their order; those that no count follows are left out.
    not_known : tuple of str
        Episodes of which nothing was known by `as_of`.
    """

    case: Case
    as_of: date | None
    measures: tuple[EpisodeMeasure, ...]
    ends: pd.DataFrame
    onward: tuple[EpisodeEnd, ...]
    not_known: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Give one row an episode and start date.

        Returns
        -------
        pandas.DataFrame
            ``episode``, ``kind``, ``start``, ``is_primary``, ``months_known``; ``size``, ``size_flat``,
            ``size_one_definition`` (log rate ratios), ``months_to_80_pct``, ``share_undone``, each with ``_low`` and
            ``_high``; ``bursts``. NaN where it cannot be measured or is not bounded.
        """
        frame = pd.DataFrame([one.to_dict() for one in self.measures])
        texts = ["episode", "kind", "start", "is_primary"]
        return frame.astype({name: float for name in frame.columns if name not in texts})

    def aligned(self) -> pd.DataFrame:
        """Give every episode's counts from its start on, as a share of the level of the twelve months before.

        Returns
        -------
        pandas.DataFrame
            One row a window from twelve months before the start on: ``episode``, ``window``, ``months_since`` (of its
            middle, since the primary start), ``share`` (daily rate over that of the twelve months before), ``count``,
            ``definition``. None of an episode without counts in those twelve months.
        """
        rows = [row for one in self.measures if one.is_primary for row in course_of_start(one.data)]
        return pd.DataFrame(rows, columns=COURSE_COLUMNS)

    def aligned_ends(self) -> pd.DataFrame:
        """Give the counts around every date on which an author has an episode end, as a share of the level before.

        Returns
        -------
        pandas.DataFrame
            One row a window from twelve months before the end on, or from the episode's own start if that is later:
            The columns of `aligned`, then ``event_id`` and ``end`` (its FIRST day): ``months_since`` is since the end,
            ``share`` the daily rate over that from the episode's own start to the end.
        """
        rows = [
            {"event_id": one.event_id, "end": one.data.start, **row}
            for one in self.onward
            for row in course_of_end(one.data)
        ]
        return pd.DataFrame(rows, columns=[*COURSE_COLUMNS, "event_id", "end"])

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold; None where a number is missing."""
        ends = self.ends.astype(object).where(self.ends.notna(), None)
        ends = ends.assign(end=[end.isoformat() for end in ends["end"]])
        return {
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "episodes": [one.to_dict() for one in self.measures],
            "ends": ends.to_dict(orient="records"),
            "not_known": list(self.not_known),
        }

    def sentence(self, lang: Language = "en") -> str:
        """Say every episode from its primary start, one sentence each, with intervals, to quote.

        Raises
        ------
        SelectionError
            If the language is another than ``en`` and ``es``.
        """
        told = check_language(lang)
        primary = [one for one in self.measures if one.is_primary]
        said = " ".join(one.words(names_for(one.data.series, self.case), told) for one in primary)
        return without_cause(as_known(said, self.as_of, told), told)

    def summary(self) -> str:
        """Say each episode in a few lines: the same bytes for the same data."""
        lines = [line for one in self.measures for line in measure_lines(one)]
        lines += ends_lines(self.ends, {one.data.id: one.name["en"] for one in self.measures})
        return "\n".join([*lines, *(f"{one}: not known yet" for one in self.not_known)]) + "\n"


def measure_episodes(
    case: CaseLike = SHIPPED_CASE,
    *,
    as_of: DateLike | None = None,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> Episodes:
    """Measure every episode of a case by one specification.

    Size: the first twelve months against the 36 before (fewer where another episode lies between), with a trend and
    without, latent AR(1) errors. Onset: months until 80% of the effect. Persistence: the share undone within 36 months,
    up to the next episode. Bursts: windows beyond a family-wise 1% limit.

    Parameters
    ----------
    case : CaseLike, default "SLV"
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE.
    n_jobs, progress
        As for `violence_stats.parallel.run_each`.

    Returns
    -------
    Episodes

    Raises
    ------
    SelectionError
        If the case lists no episodes, or nothing of any was known by `as_of`.

    Examples
    --------
    >>> import violence_stats as vs
    >>> table = vs.measure_episodes("SLV").to_frame()
    >>> bool(table.loc[table["is_primary"], "size_high"].iloc[0] < 0)
    True
    """
    loaded = load_case(case)
    then = None if as_of is None else last_day(as_of)
    listed = loaded.settings.episodes
    if not listed:
        raise SelectionError(
            f"case {loaded.case_id} lists no episodes to measure: give its case.toml an [[episodes]] table for each"
        )
    found = run_each(partial(_measure, loaded, then), listed, "episodes", n_jobs=n_jobs, progress=progress)
    known = [one for one in found if one is not None]
    if not known:
        by = "" if then is None else f" by {then.isoformat()}"
        raise SelectionError(
            f"no count after the start of any episode of case {loaded.case_id} was known{by}: "
            f"{'add later counts' if then is None else 'ask for a later day'}"
        )
    return Episodes(
        case=loaded,
        as_of=then,
        measures=tuple(measure for measures, _ in known for measure in measures),
        ends=ends_table([end.row for _, ends in known for end in ends]),
        onward=tuple(end for _, ends in known for end in ends if end.is_followed),
        not_known=tuple(episode.id for episode, one in zip(listed, found, strict=True) if one is None),
    )


def _measure(case: Case, as_of: date | None, episode: Episode) -> tuple[list[EpisodeMeasure], list[EpisodeEnd]] | None:
    """Measure one episode from each of its starts, and from each of its ends; None where nothing of it was known."""
    try:
        measures = [_measure_from(case, episode, as_of, start) for start in _starts(case, episode)]
    except SelectionError:
        return None
    return measures, [measure_end(case, episode, measures[0].data, end) for end in episode.ends]


def _starts(case: Case, episode: Episode) -> list[date]:
    """Give every day that the episode may be said to start on, the primary one first."""
    intervention = case.settings.intervention(episode.intervention)
    return [intervention.date, *sorted({one.date for one in intervention.candidates} - {intervention.date})]


def _measure_from(case: Case, episode: Episode, as_of: date | None, start: date) -> EpisodeMeasure:
    data = collect_episode(case, episode, as_of=as_of, start=start)
    narrowed = _narrowed(data)
    return EpisodeMeasure(
        data=data,
        name=episode.name,
        is_primary=start == case.settings.intervention(episode.intervention).date,
        size=_size(data, flat=False),
        size_flat=_size(data, flat=True),
        size_one_definition=_size(data, flat=True, definition=narrowed) if narrowed else None,
        onset=weigh_onset(data),
        persistence=weigh_persistence(data),
        bursts=weigh_bursts(data),
    )


def _size(data: EpisodeData, *, flat: bool, definition: str | None = None) -> Measured | None:
    try:
        return measure_size(data, trend=None if flat else "linear", definition=definition)
    except FIT_ERRORS:
        return None


def _narrowed(data: EpisodeData) -> str | None:
    """Give the definition of the last of the first twelve months, where another is fitted beside it."""
    last = min(data.last, same_day(data.start, MONTHS_AFTER) - ONE_DAY)
    definitions = [one.definition for one in data.calm_windows(data.earliest, last)]
    return definitions[-1] if len(set(definitions)) > 1 else None
