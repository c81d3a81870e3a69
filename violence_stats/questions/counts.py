"""The counts of a window that a ledger holds, each with the days on which it stood."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from violence_stats.figures import Figure
from violence_stats.ledger.ledger import is_known
from violence_stats.ledger.settings import Settings
from violence_stats.ledger.vintages import latest
from violence_stats.months import ONE_DAY, Window, last_day_of_month
from violence_stats.series import CountSeries

Basis: TypeAlias = Literal["series", "months", "one figure", "document"]
"""How the count comes about: from the series asked about, whole months added up, one figure of exactly the window, or
figures of one document that make the window up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count over a window, with what it rests on.

    Attributes
    ----------
    window : Window
        Both ends INCLUSIVE.
    publishers, definitions, statuses : tuple of str
        Of the figures that enter, in order of appearance.
    arithmetic : str
        Figure ids, such as ``F0390 - F0405 + F0410``; blank on a user's own series.
    known_on : datetime.date or None
        First day on which the count stood; None where its figures carry no date.
    superseded_on : datetime.date or None
        First day on which another had taken its place; None while it stands.
    source_id : str
        The document of a count of that basis, else blank.
    """

    window: Window
    value: int
    basis: Basis
    publishers: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    arithmetic: str = ""
    known_on: date | None = None
    superseded_on: date | None = None
    source_id: str = ""

    def stood_with(self, other: Count) -> bool:
        """Whether there was a day on which both stood."""
        return _before(self.known_on, other.superseded_on) and _before(other.known_on, self.superseded_on)


def _before(known: date | None, superseded: date | None) -> bool:
    return superseded is None or (known or date.min) < superseded


def count_in_series(series: CountSeries, window: Window) -> Count:
    """Give the total of a window that whole windows of the series tile.

    Raises
    ------
    WindowError
        If they do not, or a count is not known.
    SeriesError
        If the series holds rates.
    """
    value = series.total(window)
    tiles = series.tiles(window)
    figures = [cited.figure for one in tiles for cited in one.citations]
    days = [one.known_on for one in figures]
    return Count(
        window=window,
        value=value,
        basis="series",
        publishers=_distinct([one.publisher for one in figures] or [one.publisher for one in tiles]),
        definitions=_distinct(one.definition for one in tiles),
        statuses=_distinct(one.status for one in figures),
        arithmetic=" + ".join(one.arithmetic for one in tiles if one.arithmetic),
        known_on=None if None in days else max((day for day in days if day is not None), default=None),
    )


def counts_by_vintage(figures: Sequence[Figure], window: Window, basis: Basis, settings: Settings) -> list[Count]:
    """Follow one publisher's count of a window through its revisions, each month taking the figure reported last.

    Parameters
    ----------
    figures : sequence of Figure
        Of one publisher and definition.
    basis : {'months', 'one figure'}
    """
    parts = _parts(window) if basis == "months" else [window]
    used = [one for one in figures if one.window in parts]
    counts: list[Count] = []
    for day in sorted({one.known_on or date.min for one in used}):
        chosen = [_latest_of(part, used, day, settings) for part in parts]
        known = [one for one in chosen if one is not None]
        if len(known) < len(parts) or (counts and counts[-1].value == sum(one.value for one in known)):
            continue
        if counts:
            counts[-1] = _superseded(counts[-1], day)
        counts.append(_sum_of(known, window, basis))
    return counts


def _parts(window: Window) -> list[Window]:
    """Cut the window into its months; none if it does not consist of at least two whole ones."""
    if not window.is_whole_months or window.is_one_month:
        return []
    return [Window(month, last_day_of_month(month)) for month in window.months]


def _latest_of(part: Window, figures: Sequence[Figure], day: date, settings: Settings) -> Figure | None:
    known = [one for one in figures if one.window == part and (one.known_on is None or is_known(one, day))]
    return latest(known, settings) if known else None


def count_in_document(figures: Sequence[Figure], window: Window, settings: Settings) -> Count | None:
    """Give the count that one document's figures inside a window make up, the fewest that do; None if none does."""
    path = _fewest_tiles(figures, window, settings)
    if path is None:
        return None
    count = _sum_of(path, window, "document")
    return _superseded(count, count.known_on + ONE_DAY) if count.known_on is not None else count


def _fewest_tiles(figures: Sequence[Figure], window: Window, settings: Settings) -> list[Figure] | None:
    """Search from the first day on, breadth first, so that the shortest chain of adjoining figures is found."""
    by_start: dict[date, dict[Window, list[Figure]]] = {}
    for one in figures:
        by_start.setdefault(one.window.start, {}).setdefault(one.window, []).append(one)
    queue: deque[tuple[date, list[Figure]]] = deque([(window.start, [])])
    reached = {window.start}
    while queue:
        day, path = queue.popleft()
        for span, same in sorted(by_start.get(day, {}).items()):
            longer = [*path, latest(same, settings)]
            if span.end == window.end:
                return longer
            if span.end + ONE_DAY not in reached:
                reached.add(span.end + ONE_DAY)
                queue.append((span.end + ONE_DAY, longer))
    return None


def _sum_of(figures: Sequence[Figure], window: Window, basis: Basis) -> Count:
    days = [one.known_on for one in figures if one.known_on is not None]
    return Count(
        window=window,
        value=sum(one.value for one in figures),
        basis=basis,
        publishers=_distinct(one.publisher for one in figures),
        definitions=_distinct(one.definition for one in figures),
        statuses=_distinct(one.status for one in figures),
        arithmetic=" + ".join(one.figure_id for one in figures),
        known_on=max(days, default=None),
        source_id=figures[0].source_id if basis == "document" else "",
    )


def _superseded(count: Count, day: date) -> Count:
    return replace(count, superseded_on=day)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
