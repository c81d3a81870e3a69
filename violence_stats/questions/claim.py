"""Is a claimed percentage change right, by which publisher, which vintage of its counts and which definition."""

from __future__ import annotations

from datetime import date

from violence_stats.errors import SelectionError, WindowError
from violence_stats.ledger.case import Case, CaseLike
from violence_stats.ledger.case_of_series import load_case_of
from violence_stats.months import DateLike, Window, WindowLike, last_day, parse_window
from violence_stats.questions.chance import chance_range
from violence_stats.questions.claim_check import ClaimCheck
from violence_stats.questions.claim_names import names_for
from violence_stats.questions.pairs import Pair, find_pairs, pair_in_series
from violence_stats.questions.percentages import read_claimed
from violence_stats.questions.verdict import Comparison, compare, judge
from violence_stats.series import CountSeries

__all__ = ["ClaimCheck", "check_claim"]


def check_claim(
    series: CountSeries,
    *,
    window: WindowLike,
    baseline: WindowLike,
    claimed_pct: float | str,
    case: CaseLike | None = None,
    as_of: DateLike | None = None,
) -> ClaimCheck:
    """Check a claimed percentage change between two spans against published counts.

    Like stands with like where both counts come from the series asked about, from one publisher at one time (its whole
    months added up, or its figures of exactly the spans), or from one document, and count the same thing. Every such
    pair that the case's ledger holds is set beside the claim, each vintage of a publisher's counts that was in force;
    the verdict rests on them. Pairs that mix publishers, definitions or vintages are listed apart, with their mixture
    named, because claims are often computed from them. Disputed and derived figures enter neither.

    Parameters
    ----------
    series : CountSeries
        As `load_homicides` or `load_counts` gives it; a user's own series is compared by itself.
    window, baseline : WindowLike
        The span of the claim and the earlier span that it compares with, of one length, both ends INCLUSIVE.
    claimed_pct : int, float or str
        Negative for a fall, with the decimals that were printed: -62.5, or ``"-62.50"``.
    case : str, pathlib.Path or Case, optional
        Whose ledger to search; by default that of the series. A user's own series needs one only to be set beside it.
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE; by default as the series was loaded.

    Returns
    -------
    ClaimCheck

    Raises
    ------
    WindowError
        If the spans are reversed, overlap or differ in length, or whole windows of the series do not tile them.
    SeriesError
        If the series holds rates, or its baseline counts 0.
    SelectionError
        If the claim is not a percentage, the case is not that of the series, or the series holds figures that were
        reported after `as_of`.

    Examples
    --------
    >>> import violence_stats as vs
    >>> homicides = vs.load_homicides("SLV")
    >>> claim = vs.check_claim(homicides, window="2020-H1", baseline="2019-H1", claimed_pct=-62.5)
    >>> claim.verdict, round(claim.observed_pct, 1)
    ('close', -62.6)
    """
    span, before = _read_spans(window, baseline)
    claimed = read_claimed(claimed_pct)
    loaded = _case_of(series, case)
    own = pair_in_series(series, window=span, baseline=before)
    then = _knowledge(series, own, as_of)
    pairs: tuple[Pair, ...] = (own,)
    if loaded is not None:
        pairs = find_pairs(own, case=loaded, as_of=then, **_what_is_counted(series, before))
    comparisons = [compare(one, claimed) for one in pairs]
    return ClaimCheck(
        window=span,
        baseline=before,
        claimed=claimed,
        as_of=then,
        own=compare(own, claimed),
        comparisons=tuple(sorted(comparisons, key=_place)),
        verdict=judge(comparisons),
        chance=chance_range(series, baseline=own.baseline.value, count=own.window.value, window=span),
        names=names_for(series, loaded),
    )


def _read_spans(window: WindowLike, baseline: WindowLike) -> tuple[Window, Window]:
    span, before = parse_window(window), parse_window(baseline)
    if before.start > span.start:
        raise WindowError(f"the baseline {before} comes after the window {span} that is compared with it: swap them")
    if before.overlaps(span):
        raise WindowError(f"the baseline {before} and the window {span} share days: give spans that do not overlap")
    if span.is_whole_months and before.is_whole_months:
        same_length = len(span.months) == len(before.months)
    else:
        same_length = abs(span.n_days - before.n_days) <= 1  # a leap day
    if not same_length:
        raise WindowError(
            f"the baseline {before} has {before.n_days} days and the window {span} has {span.n_days}, so that a "
            "percentage change of their counts says nothing: give spans of one length"
        )
    return span, before


def _case_of(series: CountSeries, case: CaseLike | None) -> Case | None:
    loaded = load_case_of(series, case)
    if loaded is not None and series.case_id not in (None, loaded.case_id):
        raise SelectionError(
            f"the series comes from case {series.case_id}, but case={loaded.case_id} was given: load the series from it"
        )
    return loaded


def _knowledge(series: CountSeries, own: Pair, as_of: DateLike | None) -> date | None:
    """Give the day whose knowledge counts; the series must know neither more nor less."""
    if as_of is None:
        return series.as_of
    day = last_day(as_of)
    cites = bool(own.baseline.arithmetic or own.window.arithmetic)
    knows_more = cites and (own.known_on is None or own.known_on > day)
    knows_less = series.as_of is not None and series.as_of < day
    if knows_more or knows_less:
        what = "figures that were not known on" if knows_more else "only what was known before"
        raise SelectionError(f'the series holds {what} {day.isoformat()}: load it with as_of="{day.isoformat()}" too')
    return day


def _what_is_counted(series: CountSeries, baseline: Window) -> dict[str, str]:
    areas = {cited.figure.area for one in series.tiles(baseline) for cited in one.citations}
    return {"country": series.country, "measure": series.measure, "area": areas.pop() if len(areas) == 1 else ""}


def _place(comparison: Comparison) -> tuple[bool, float]:
    """Keep like-with-like pairs as found, by time; sort mixed ones by their distance from the claim."""
    if comparison.like_with_like:
        return False, 0.0
    return True, abs(comparison.difference_points)
