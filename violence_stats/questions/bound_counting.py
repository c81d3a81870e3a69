"""How much of a change could be a change of what is counted: the least favourable case."""

from __future__ import annotations

from collections.abc import Iterable

from violence_stats.errors import SelectionError, WindowError
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Words
from violence_stats.ledger.settings import CONTESTED, Episode, Settings
from violence_stats.months import DateLike, WindowLike, last_day, parse_window
from violence_stats.questions.collect_episode import collect_counts
from violence_stats.questions.counting import FEWEST_COUNTED
from violence_stats.questions.counting_bounds import counting_bounds, narrowing_name
from violence_stats.questions.counting_result import CountingBounds, NarrowerCount, change_pct, refilled
from violence_stats.questions.episode_data import CountingBound

YEAR_DAYS = 365


def bound_counting(
    case: CaseLike = SHIPPED_CASE,
    *,
    event: str | None = None,
    window: WindowLike | None = None,
    baseline: WindowLike | None = None,
    as_of: DateLike | None = None,
) -> CountingBounds:
    """Bound what a change of counting could explain of the change between two windows.

    Use it before a change is put down to anything that happened: part of it can lie in what was counted. Wherever a
    narrower count of the same days stands beside a full one, from two years before the episode on, it says what share
    such a count leaves out. The least favourable case takes the largest share and supposes that the lower of the two
    counts left as much out while the higher one held it all. Ways of leaving deaths out are taken one at a time, since
    they overlap.

    Parameters
    ----------
    case : str, pathlib.Path or Case, default "SLV"
    event : str, optional
        Id of the episode, or of the intervention that starts it, around which shares are looked for; by default the
        contested one, or the only one.
    window, baseline : WindowLike, optional
        The span and the earlier one that it is compared with, both ends INCLUSIVE; by default those that the case names
        ``headline`` and ``headline_baseline``.
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE.

    Returns
    -------
    CountingBounds
        Without rows where no narrower count stands beside a full one.

    Raises
    ------
    SelectionError
        If the case lists no such episode or names no such window, it is open which episode is meant, or nothing of it
        was known by `as_of`.
    WindowError
        If the windows share days, or whole windows of the counts do not make them up.

    Notes
    -----
    A bound is no estimate: it says how far the change could shrink, not that it does. Shares of windows with fewer than
    100 deaths are left to chance, and taken only where no larger window has both counts.

    Examples
    --------
    >>> import violence_stats as vs
    >>> found = vs.bound_counting("SLV", as_of="2020-09-30")
    >>> print(f"{found.change_pct:.1f}% as counted, {found.worst.change_pct:.1f}% at the least")
    -63.1% as counted, -55.6% at the least
    """
    loaded, known = load_case(case), None if as_of is None else last_day(as_of)
    settings = loaded.settings
    episode = _episode(settings, event)
    later = settings.window("headline") if window is None else parse_window(window)
    earlier = settings.window("headline_baseline") if baseline is None else parse_window(baseline)
    if earlier.overlaps(later):
        raise WindowError(f"the baseline {earlier} and the window {later} share days: give spans that do not overlap")
    data = collect_counts(loaded, episode, as_of=known)
    counts = data.series.total(earlier), data.series.total(later)
    bounds = counting_bounds(loaded, data, known)
    return CountingBounds(
        episode=episode.id,
        subject=names_for(data.series, loaded).subject,
        window=later,
        baseline=earlier,
        observed_baseline=counts[0],
        observed=counts[1],
        rows=tuple(_row(one, bounds, counts, settings) for one in largest_shares(bounds)),
        as_of=known,
    )


def largest_shares(bounds: Iterable[CountingBound]) -> list[CountingBound]:
    """Give of each way of leaving deaths out the largest share, of windows with enough deaths where there are any."""
    known = [one for one in bounds if 0 < one.left_out < one.counted]
    found = []
    for what in dict.fromkeys(one.what for one in known):
        own = [one for one in known if one.what == what]
        large = [one for one in own if one.counted >= FEWEST_COUNTED]
        found.append(max(large or own, key=lambda one: one.share))
    return sorted(found, key=lambda one: one.share, reverse=True)


def _episode(settings: Settings, event: str | None) -> Episode:
    if event is not None:
        return settings.episode(event)
    contested = [one for one in settings.episodes if one.kind == CONTESTED] or settings.episodes
    if len(contested) == 1:
        return contested[0]
    listed = ", ".join(one.id for one in settings.episodes) or "none"
    raise SelectionError(
        f"case {settings.case_id} lists no one episode around which counts would be looked for (it lists {listed}): "
        "name it as event"
    )


def _row(
    largest: CountingBound, bounds: Iterable[CountingBound], counts: tuple[float, float], settings: Settings
) -> NarrowerCount:
    years = [one for one in bounds if one.what == largest.what and one.window.n_days >= YEAR_DAYS and one.counted]
    return NarrowerCount(
        what=largest.what,
        name=_name(largest.what, settings),
        largest=largest,
        largest_year=max(years, key=lambda one: one.share, default=None),
        change_pct=change_pct(*refilled(*counts, largest.share)),
    )


def _name(what: str, settings: Settings) -> Words:
    """Name what is left out: a measure of the case, or what one of its definitions omits."""
    if what in settings.measures:
        return settings.measures[what]
    for pair in settings.evidence.narrowings:
        if what == narrowing_name(pair):
            narrow = settings.definitions[pair.narrow]
            return Words(en=f"what a count {narrow['en']} omits", es=f"lo que omite un conteo {narrow['es']}")
    return Words(en=what, es=what)
