"""The search for identical windows either side of a date: months a year apart, else single windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from violence_stats.figures import Figure
from violence_stats.ledger.case import Case
from violence_stats.ledger.ledger import is_known
from violence_stats.ledger.settings import Settings
from violence_stats.ledger.vintages import latest
from violence_stats.months import ONE_DAY, Window, add_months, last_day_of_month
from violence_stats.questions.paired_counts import PairedCounts, same_day
from violence_stats.questions.pairs import Pair, like_pairs

MONTHS_AFTER = 12
FEWEST_MONTHS = 6
"""With fewer months than half a year, a figure of a longer window is preferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What a pair of windows has to respect.

    Attributes
    ----------
    start : datetime.date
        FIRST day of the new regime.
    limit : datetime.date
        LAST day that a window after it may hold.
    """

    start: date
    limit: date


def figures_of(case: Case, measure: str, *, area: str = "", as_of: date | None = None) -> tuple[Figure, ...]:
    """Give the usable figures of a measure in the case's own country; none where there are none."""
    return tuple(
        one
        for one in case.ledger.figures.values()
        if one.country == case.country
        and one.measure == measure
        and one.area == area
        and one.status not in ("disputed", "derived")
        and is_known(one, as_of)
    )


def find_pair(figures: Sequence[Figure], sides: Sides, settings: Settings) -> PairedCounts | None:
    """Find the pair of identical windows: months if there are enough, else single windows; None if there is neither."""
    return pair_months(figures, sides, settings) or pair_windows(figures, sides, settings)


def pair_months(figures: Sequence[Figure], sides: Sides, settings: Settings) -> PairedCounts | None:
    """Pair the months after the start with the same months a year before, by the publisher with most of them."""
    groups: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one in figures:
        if one.window.is_one_month:
            groups[one.publisher, one.definition].append(one)
    found = [pair for group in groups.values() if (pair := _pair_months(_by_month(group, settings), sides)) is not None]
    return max(found, key=lambda one: len(one.windows_after), default=None)


def _by_month(figures: Iterable[Figure], settings: Settings) -> dict[date, Figure]:
    months: defaultdict[date, list[Figure]] = defaultdict(list)
    for one in figures:
        months[one.window.start].append(one)
    return {month: latest(same, settings) for month, same in months.items()}


def _pair_months(months: Mapping[date, Figure], sides: Sides) -> PairedCounts | None:
    first = sides.start if sides.start.day == 1 else add_months(sides.start, 1)
    after = [
        month
        for k in range(MONTHS_AFTER)
        if last_day_of_month(month := add_months(first, k)) <= sides.limit
        and month in months
        and (early := months.get(add_months(month, -12))) is not None
        and early.window.end < sides.start
    ]
    if len(after) < FEWEST_MONTHS:
        return None
    earlier = [month for month in after if add_months(month, -24) in months]
    year_before = _months_pair(months, earlier, 12, before=sides.start) if len(earlier) >= FEWEST_MONTHS else None
    return replace(_months_pair(months, after, 0, before=sides.start), year_before=year_before)


def _months_pair(months: Mapping[date, Figure], after: Sequence[date], shift: int, *, before: date) -> PairedCounts:
    late = [months[add_months(month, -shift)] for month in after]
    early = [months[add_months(month, -shift - 12)] for month in after]
    return PairedCounts(
        measure=late[0].measure,
        publisher=late[0].publisher,
        before=sum(one.value for one in early),
        after=sum(one.value for one in late),
        windows_before=tuple(one.window for one in early),
        windows_after=tuple(one.window for one in late),
        dispersion=month_dispersion(months, before=before),
        figures=tuple(one.figure_id for one in (*early, *late)),
    )


def month_dispersion(months: Mapping[date, Figure], *, before: date) -> float:
    """Estimate variance over mean from adjoining months of the three years before a date (least 1)."""
    first = add_months(before, -36)
    known = {month: one for month, one in months.items() if first <= month and one.window.end < before}
    squares = []
    for month, early in known.items():
        late = known.get(add_months(month, 1))
        if late is not None and early.value + late.value > 0:
            days = early.window.n_days, late.window.n_days
            rate = (early.value + late.value) / sum(days)
            squares.append((early.value / days[0] - late.value / days[1]) ** 2 / (rate / days[0] + rate / days[1]))
    return max(1.0, sum(squares) / len(squares)) if squares else 1.0


def pair_windows(figures: Sequence[Figure], sides: Sides, settings: Settings) -> PairedCounts | None:
    """Pair single windows a year apart, or two.

    Those whose window before holds no day of the new regime come first, then near ones, then long ones; of several
    publishers, one that also counted the year before.
    """
    found: list[tuple[tuple[float, int, int, date], Pair, int]] = []
    for window in {one.window for one in figures if sides.start <= one.window.start and one.window.end <= sides.limit}:
        for years in (1, 2):
            early = years_earlier(window, years)
            overlap = max((early.end - sides.start).days + 1, 0) / early.n_days
            if early.start >= sides.start or window.overlaps(early):
                continue
            pairs = like_pairs(figures, window=window, baseline=early, settings=settings)
            usable = [one for one in pairs if _same_publisher(one) and one.baseline.value and one.window.value]
            if usable:
                chosen = min(
                    usable, key=lambda one: (_year_before(one, figures, years, settings) is None, *days_apart(one))
                )
                found.append(((overlap, years, -window.n_days, window.start), chosen, years))
    if not found:
        return None
    (overlap, *_), pair, years = min(found, key=lambda one: one[0])
    paired = _from_pair(pair, contains_start=overlap > 0, measure=figures[0].measure)
    earlier = _year_before(pair, figures, years, settings)
    if earlier is None:
        return paired
    return replace(paired, year_before=_from_pair(earlier, contains_start=False, measure=figures[0].measure))


def _year_before(pair: Pair, figures: Sequence[Figure], years: int, settings: Settings) -> Pair | None:
    """Pair the window before with the same days as many years earlier, by the same publisher."""
    window = pair.baseline.window
    pairs = like_pairs(figures, window=window, baseline=years_earlier(window, years), settings=settings)
    same = [one for one in pairs if one.window.publishers == pair.window.publishers and one.window.value]
    return min(same, key=days_apart, default=None)


def years_earlier(window: Window, years: int) -> Window:
    """Give the same days of an earlier year; the end of February stays the end of February."""
    return Window(_back(window.start, years), _back(window.end, years))


def _back(day: date, years: int) -> date:
    if (day + ONE_DAY).day == 1:
        return last_day_of_month(add_months(day, -12 * years))
    return same_day(day, -12 * years)


def _from_pair(pair: Pair, *, contains_start: bool, measure: str) -> PairedCounts:
    return PairedCounts(
        measure=measure,
        publisher=", ".join(pair.window.publishers),
        before=pair.baseline.value,
        after=pair.window.value,
        windows_before=(pair.baseline.window,),
        windows_after=(pair.window.window,),
        contains_start=contains_start,
        figures=tuple(one for count in (pair.baseline, pair.window) for one in count.arithmetic.split(" + ")),
    )


def _same_publisher(pair: Pair) -> bool:
    """One document may print two publishers side by side."""
    return pair.baseline.publishers == pair.window.publishers


def days_apart(pair: Pair) -> tuple[int, int]:
    """Days between the days on which its two counts became known; between equals the latest comes first."""
    known = [one.known_on or date.min for one in (pair.baseline, pair.window)]
    return abs((known[1] - known[0]).days), -max(known).toordinal()
