"""Pairs of counts behind a percentage change: like with like, and mixed ones with their mixture named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from violence_stats.errors import SeriesError
from violence_stats.figures import Figure
from violence_stats.ledger.case import Case
from violence_stats.ledger.settings import Settings
from violence_stats.months import Window
from violence_stats.questions.counts import (
    Basis,
    Count,
    count_in_document,
    count_in_series,
    counts_by_vintage,
)
from violence_stats.series import CountSeries

PairKind: TypeAlias = Literal["series", "document", "publisher", "mixed"]
"""Both counts from the series asked about, printed in one document, or by one publisher at one time; or neither."""

Mixture: TypeAlias = Literal["publisher", "definition", "vintage", "basis"]
"""In what two counts differ: who counted, what was counted, when it was known, or how the count was put together (one
printed total against months added up)."""

BASES: tuple[Basis, ...] = ("one figure", "months")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two counts that a percentage change can be computed from.

    Attributes
    ----------
    kind : {'series', 'document', 'publisher', 'mixed'}
    mixture : tuple of str
        In what a mixed pair differs; empty where like stands with like.
    also : tuple of Pair
        Other ways of the same kind of block to the same two counts: corroboration, not further evidence.
    """

    kind: PairKind
    baseline: Count
    window: Count
    mixture: tuple[Mixture, ...] = ()
    also: tuple[Pair, ...] = ()

    @property
    def like_with_like(self) -> bool:
        """Whether the pair bears on a verdict."""
        return not self.mixture

    @property
    def known_on(self) -> date | None:
        """First day on which both counts were known; None where one carries no date."""
        days = (self.baseline.known_on, self.window.known_on)
        return None if None in days else max(day for day in days if day is not None)

    @property
    def is_digitised(self) -> bool:
        """Whether a figure read off a published chart enters."""
        return "digitised" in self.baseline.statuses + self.window.statuses


def pair_in_series(series: CountSeries, *, window: Window, baseline: Window) -> Pair:
    """Pair the totals of a series; mixed if it changes definition, or its publishers altogether, between the two.

    Raises
    ------
    WindowError
        If whole windows do not tile one of them, or a count is not known.
    SeriesError
        If the series holds rates, or counts 0 in the baseline.
    """
    pair = Pair(kind="series", baseline=count_in_series(series, baseline), window=count_in_series(series, window))
    if pair.baseline.value == 0:
        raise SeriesError(
            f"the baseline {baseline} counts 0 ({series.measure}), and nothing is a percentage of 0: "
            "choose a baseline with a count, or compare the counts themselves"
        )
    mixture = tuple(one for one in _mixture(pair.baseline, pair.window) if one in ("publisher", "definition"))
    return replace(pair, kind="mixed", mixture=mixture) if mixture else pair


def find_pairs(
    own: Pair, *, case: Case, country: str, measure: str, area: str = "", as_of: date | None = None
) -> tuple[Pair, ...]:
    """Find what else the case's ledger holds on the two windows of `own`, and set it beside it.

    Parameters
    ----------
    own : Pair
        Of the series asked about; it stands first in its block.
    as_of : datetime.date, optional
        Figures known by this day, INCLUSIVE; None for all.

    Returns
    -------
    tuple of Pair
        Like with like first, by the day on which both counts were known, then mixed. Pairs of the same counts and
        definition stand once. Disputed and derived figures never enter.

    Raises
    ------
    SelectionError
        If the ledger holds no figure of the country, measure and area.
    """
    figures = case.ledger.select(country=country, measure=measure, area=area, as_of=as_of)
    before, after = (_counts(figures, one.window, case.settings) for one in (own.baseline, own.window))
    like = [pair for one in before for other in after if one.value and (pair := _like_pair(one, other)) is not None]
    first = _merge([*([own] if own.like_with_like else []), *sorted(like, key=_order)])
    told = {_same_counts(one) for one in first}
    paired = {id(count) for pair in like for count in (pair.baseline, pair.window)}
    mixed = [
        Pair(kind="mixed", baseline=one, window=other, mixture=_mixture(one, other))
        for one in before
        for other in after
        if one.value and all(_is_told(count, paired) for count in (one, other))
    ]
    rest = [one for one in sorted(mixed, key=_order) if one.mixture and _same_counts(one) not in told]
    return (*first, *_merge([*([] if own.like_with_like else [own]), *rest]))


def like_pairs(figures: Iterable[Figure], *, window: Window, baseline: Window, settings: Settings) -> tuple[Pair, ...]:
    """Find every pair of counts of two windows that puts like with like among figures of one country and measure.

    Returns
    -------
    tuple of Pair
        By the day on which both counts were known; none merged, baselines of 0 left out.
    """
    among = tuple(figures)
    before, after = (_counts(among, one, settings) for one in (baseline, window))
    like = [pair for one in before for other in after if one.value and (pair := _like_pair(one, other)) is not None]
    return tuple(sorted(like, key=_order))


def _counts(figures: Iterable[Figure], window: Window, settings: Settings) -> list[Count]:
    """Give every count of a window that figures of one publisher and definition make up."""
    groups: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    documents: defaultdict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for one in figures:
        if window.contains(one.window):
            groups[one.publisher, one.definition].append(one)
            documents[one.source_id, one.publisher, one.definition].append(one)
    by_vintage = [
        count
        for basis in BASES
        for _, group in sorted(groups.items())
        for count in counts_by_vintage(group, window, basis, settings)
    ]
    printed = [count_in_document(group, window, settings) for _, group in sorted(documents.items())]
    return [*by_vintage, *(one for one in printed if one is not None)]


def _like_pair(baseline: Count, window: Count) -> Pair | None:
    if baseline.definitions != window.definitions or baseline.basis != window.basis:
        return None
    if baseline.basis == "document":
        same = baseline.source_id == window.source_id
        return Pair(kind="document", baseline=baseline, window=window) if same else None
    same = baseline.publishers == window.publishers and baseline.stood_with(window)
    return Pair(kind="publisher", baseline=baseline, window=window) if same else None


def _mixture(baseline: Count, window: Count) -> tuple[Mixture, ...]:
    differs: dict[Mixture, bool] = {
        "publisher": set(baseline.publishers).isdisjoint(window.publishers),
        "definition": len({*baseline.definitions, *window.definitions}) > 1,
        "vintage": not baseline.stood_with(window),
        "basis": baseline.basis != window.basis,
    }
    return tuple(name for name, yes in differs.items() if yes)


def _is_told(count: Count, paired: Collection[int]) -> bool:
    """Leave out of mixed pairs the vintages that were only passed through, and what a document repeats of others."""
    if count.basis == "document":
        return " + " in count.arithmetic
    return count.superseded_on is None or id(count) in paired


def _merge(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Keep the first of the pairs with the same counts and definition, and hang the others on it."""
    merged: dict[object, Pair] = {}
    for one in pairs:
        first = merged.get(_same_counts(one))
        merged[_same_counts(one)] = one if first is None else replace(first, also=(*first.also, one))
    return tuple(merged.values())


def _same_counts(pair: Pair) -> tuple[frozenset[str], int, int]:
    definitions = frozenset((*pair.baseline.definitions, *pair.window.definitions))
    return definitions, pair.baseline.value, pair.window.value


def _order(pair: Pair) -> tuple[date, bool, tuple[str, ...], int, int]:
    """Sort by day known; what one document prints comes before the same counts elsewhere."""
    day = pair.known_on or date.min
    return day, pair.kind != "document", pair.baseline.publishers, pair.baseline.value, pair.window.value
