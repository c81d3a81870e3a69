"""Collecting from a case what an episode is measured by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from violence_stats.errors import SelectionError, SpecificationError, WindowError
from violence_stats.ledger.case import Case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.ledger.settings import Control, Episode, Settings
from violence_stats.months import ONE_DAY, Window, add_months
from violence_stats.observations import Observation
from violence_stats.questions.chance import estimate_dispersion
from violence_stats.questions.counting_bounds import counting_bounds
from violence_stats.questions.episode_data import EpisodeData, OtherCounts
from violence_stats.questions.identical_windows import FEWEST_MONTHS, Sides, figures_of, find_pair, pair_windows
from violence_stats.questions.paired_counts import PairedCounts, same_day, same_windows
from violence_stats.questions.rules import PERSISTENCE_MONTHS
from violence_stats.questions.windows import WindowComparison, compare_windows
from violence_stats.series import CountSeries

MONTHS_BEFORE = 36
"""Three years of regime before: enough for a trend, short enough to be of one regime."""


def collect_episode(
    case: Case, episode: Episode, *, as_of: date | None = None, start: date | None = None
) -> EpisodeData:
    """Collect what is known of an episode.

    Parameters
    ----------
    as_of : datetime.date, optional
        Only what had been reported by this day, INCLUSIVE.
    start : datetime.date, optional
        Another FIRST day than the primary one of its intervention.

    Raises
    ------
    SelectionError
        If nothing of the episode was known by `as_of`.
    """
    data = collect_counts(case, episode, as_of=as_of, start=start)
    return _with_other_counts(case, data, Sides(start=data.start, limit=data.last), as_of)


def collect_counts(
    case: Case, episode: Episode, *, as_of: date | None = None, start: date | None = None
) -> EpisodeData:
    """Collect the counts and the spans of an episode alone, without any other measure.

    Raises
    ------
    SelectionError
        If nothing of the episode was known by `as_of`.
    """
    settings = case.settings
    begins = start or settings.intervention(episode.intervention).date
    series = chain_series(case, definition=None, as_of=as_of).known()
    previous = max((one for one in _other_starts(settings, episode) if one < begins), default=None)
    last = last_day_followed(settings, episode, series, begins)
    if last <= begins:
        raise SelectionError(f"{episode.id} starts on {begins.isoformat()}, and no count after it is known")
    lockdown = settings.lockdown
    return EpisodeData(
        id=episode.id,
        kind=episode.kind,
        start=begins,
        earliest=max(same_day(begins, -MONTHS_BEFORE), previous or date.min),
        last=last,
        series=series,
        lockdown=None if lockdown is None else lockdown.window,
        bursts=tuple(one.window for one in settings.bursts),
    )


def last_day_followed(settings: Settings, episode: Episode, series: CountSeries, begins: date) -> date:
    """Give the LAST day, INCLUSIVE, that a change is followed to: 36 months, the next episode, or the last count."""
    following = min((one for one in _other_starts(settings, episode) if one > begins), default=None)
    longest = same_day(begins, PERSISTENCE_MONTHS) - ONE_DAY
    return min(longest, series.span.end, *([] if following is None else [following - ONE_DAY]))


def _other_starts(settings: Settings, episode: Episode) -> list[date]:
    return [settings.intervention(one.intervention).date for one in settings.episodes if one != episode]


def _with_other_counts(case: Case, data: EpisodeData, sides: Sides, as_of: date | None) -> EpisodeData:
    evidence = case.settings.evidence
    free = Sides(start=sides.start, limit=_before_lockdown(sides, data.lockdown))
    missing = _others(case, data, [evidence.disappearances] if evidence.disappearances else [], sides, as_of)
    lost = missing[0] if missing else None
    return replace(
        data,
        days=_daily(case, data, as_of),
        other_crime=tuple(_others(case, data, evidence.other_crime, free, as_of)),
        other_crime_later=tuple(_later_crime(case, data, sides, as_of)),
        enforcement=tuple(_others(case, data, evidence.enforcement, sides, as_of)),
        disappearances=lost,
        recording_changed=lost is not None
        and any(_lies_between(one.date, lost.counts) for one in evidence.recording_breaks),
        places=_places(case, data, sides, as_of),
        places_selected=evidence.places is not None and evidence.places.selection is not None,
        neighbours=_neighbours(case, data, free),
        counting=counting_bounds(case, data, as_of),
    )


def _before_lockdown(sides: Sides, lockdown: Window | None) -> date:
    if lockdown is None or lockdown.start > sides.limit or lockdown.end < sides.start:
        return sides.limit
    return lockdown.start - ONE_DAY


def _others(
    case: Case, data: EpisodeData, measures: Iterable[str], sides: Sides, as_of: date | None
) -> list[OtherCounts]:
    found = []
    for measure in measures:
        pair = find_pair(figures_of(case, measure, as_of=as_of), sides, case.settings)
        if pair is not None:
            found.append(OtherCounts(counts=pair, homicides=_homicides(case, data, pair, as_of)))
    return found


def _later_crime(case: Case, data: EpisodeData, sides: Sides, as_of: date | None) -> Iterator[PairedCounts]:
    """Pair other crime on windows that hold days of the lockdown, and on the same days before the start."""
    if data.lockdown is None:
        return
    for measure in case.settings.evidence.other_crime:
        figures = figures_of(case, measure, as_of=as_of)
        held = [one for one in figures if one.window.end < sides.start or one.window.overlaps(data.lockdown)]
        pair = pair_windows(held, sides, case.settings)
        if pair is not None and not pair.contains_start:
            yield pair


def _homicides(case: Case, data: EpisodeData, pair: PairedCounts, as_of: date | None) -> PairedCounts | None:
    """Count the case's own measure on the same windows: by the chain, or by figures of just these windows."""
    dispersion, _ = estimate_dispersion(data.series, before=Window(data.start, data.last))
    on_chain = same_windows(data.series, pair, dispersion)
    if on_chain is not None or len(pair.windows_after) > 1:
        return on_chain
    own = [
        one
        for one in figures_of(case, case.measure, as_of=as_of)
        if one.window in (*pair.windows_before, *pair.windows_after)
    ]
    start = pair.windows_after[0].start
    return pair_windows(own, Sides(start=start, limit=pair.windows_after[0].end), case.settings) if own else None


def _lies_between(day: date, pair: PairedCounts) -> bool:
    return pair.windows_before[0].start < day <= pair.windows_after[-1].end


def _places(case: Case, data: EpisodeData, sides: Sides, as_of: date | None) -> OtherCounts | None:
    """Pair the places where police were deployed with all the rest of the country, on the same windows."""
    places = case.settings.evidence.places
    if places is None:
        return None
    pair = find_pair(figures_of(case, case.measure, area=places.area, as_of=as_of), sides, case.settings)
    if pair is None:
        return None
    whole = _homicides(case, data, pair, as_of)
    if whole is None or whole.before <= pair.before or whole.after <= pair.after:
        return OtherCounts(counts=pair)
    rest = replace(whole, before=whole.before - pair.before, after=whole.after - pair.after, year_before=None)
    return OtherCounts(counts=pair, homicides=rest)


def _daily(case: Case, data: EpisodeData, as_of: date | None) -> CountSeries | None:
    figures = figures_of(case, case.measure, as_of=as_of)
    by_day = {one.window.start: one for one in figures if one.window.n_days == 1}
    days = [data.start + k * ONE_DAY for k in range((data.last - data.start).days + 1)]
    if any(day not in by_day for day in days):
        return None
    return replace(
        data.series,
        observations=tuple(
            Observation(window=Window(day, day), value=float(by_day[day].value), arithmetic=by_day[day].figure_id)
            for day in days
        ),
    )


def _neighbours(case: Case, data: EpisodeData, free: Sides) -> WindowComparison | None:
    """Compare with as many controls as share a pair of windows: the months after the start, else calendar years."""
    best: WindowComparison | None = None
    for before, after in _neighbour_windows(free):
        kept = [one for one in case.settings.controls if _compared(case, data, [one], (before, after)) is not None]
        compared = _compared(case, data, kept, (before, after)) if kept else None
        if compared is not None and (best is None or len(compared.controls) > len(best.controls)):
            best = compared
    return best


def _neighbour_windows(free: Sides) -> list[tuple[Window, Window]]:
    first = free.start if free.start.day == 1 else add_months(free.start, 1)
    n_months = max((k for k in range(13) if add_months(first, k) - ONE_DAY <= free.limit), default=0)
    spans = []
    if n_months >= FEWEST_MONTHS:
        after = Window(first, add_months(first, n_months) - ONE_DAY)
        spans.append((Window(add_months(first, -12), add_months(first, n_months - 12) - ONE_DAY), after))
    year = free.start.year + (0 if (free.start.month, free.start.day) == (1, 1) else 1)
    if date(year, 12, 31) <= free.limit:
        early = free.start.year - 1
        spans.append((Window(date(early, 1, 1), date(early, 12, 31)), Window(date(year, 1, 1), date(year, 12, 31))))
    return spans


def _compared(
    case: Case, data: EpisodeData, controls: Sequence[Control], windows: tuple[Window, Window]
) -> WindowComparison | None:
    before, after = windows
    try:
        return compare_windows(data.series, window=after, baseline=before, controls=controls, case=case)
    except (SpecificationError, WindowError, SelectionError):
        return None
