"""A checked claim as rows and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from violence_stats.ledger.records import Language, Words
from violence_stats.questions.chance import STD_ERRORS, ChanceRange
from violence_stats.questions.claim_names import ClaimNames
from violence_stats.questions.claim_text import MIXTURES, who
from violence_stats.questions.counts import Basis, Count
from violence_stats.questions.pairs import Pair
from violence_stats.questions.verdict import CLOSE_POINTS, Comparison, Verdict
from violence_stats.wording import NO_BREAK, day, decimal, listing, percent, whole

Cell: TypeAlias = str | int | float | bool | date | None

_BASES: dict[Basis, Words] = {
    "series": Words(en="as in the series", es="como en la serie"),
    "months": Words(en="months added up", es="suma de los meses"),
    "one figure": Words(en="one figure", es="una sola cifra"),
    "document": Words(en="printed in one document", es="publicadas en un mismo documento"),
}
_DIGITISED = Words(en="with digitised figures", es="con datos digitalizados")
_KNOWN = Words(en="as known on {day}", es="al {day}")
_AGAINST = Words(en="{window}, against {baseline}", es="{window}, frente a {baseline}")


def label(pair: Pair, names: ClaimNames, lang: Language) -> str:
    """Name a pair: who counted, how the count was put together, and when it was known."""
    if pair.kind == "mixed" and pair.baseline.basis != "series":
        sides = [_side(one, names, lang) for one in (pair.window, pair.baseline)]
        return _AGAINST[lang].format(window=sides[0], baseline=sides[1])
    name = who(pair, names, lang)
    if pair.baseline.basis == "series":
        parts = [name]
    else:
        parts = [name, _BASES[pair.window.basis][lang], *_known(pair.known_on, lang)]
    return ", ".join([*parts, *([_DIGITISED[lang]] if pair.is_digitised else [])])


def _side(count: Count, names: ClaimNames, lang: Language) -> str:
    name = listing([names.publisher(code, lang) for code in count.publishers], lang)
    details = [_BASES[count.basis][lang], *_known(count.known_on, lang)]
    return f"{name} ({', '.join(details)})"


def _known(day_known: date | None, lang: Language) -> list[str]:
    return [] if day_known is None else [_KNOWN[lang].format(day=day(day_known, lang))]


def row(comparison: Comparison, names: ClaimNames) -> dict[str, Cell]:
    """Give a pair as one row of the table; its columns are described by `ClaimCheck.to_frame`."""
    pair = comparison.pair
    low, high = comparison.needed if comparison.needed is not None else (None, None)
    return {
        "block": "like with like" if comparison.like_with_like else "mixed",
        "kind": pair.kind,
        "mixture": ", ".join(pair.mixture),
        "publisher": _both(pair.baseline.publishers, pair.window.publishers),
        "definition": _both(pair.baseline.definitions, pair.window.definitions),
        "known_on": pair.known_on,
        "digitised": pair.is_digitised,
        "baseline_count": pair.baseline.value,
        "window_count": pair.window.value,
        "observed_pct": comparison.observed_pct,
        "difference_points": comparison.difference_points,
        "rounds_to_claim": comparison.rounds_to_claim,
        "needed_low": low,
        "needed_high": high,
        "baseline_figures": pair.baseline.arithmetic,
        "window_figures": pair.window.arithmetic,
        "also": "; ".join(_plain(label(one, names, "en")) for one in pair.also),
    }


def _both(baseline: Sequence[str], window: Sequence[str]) -> str:
    """List the codes of the two counts together where they share one, else against each other."""
    if set(baseline).isdisjoint(window):
        return f"{', '.join(baseline)} / {', '.join(window)}"
    return ", ".join(dict.fromkeys((*baseline, *window)))


def lines_of_pairs(comparisons: Sequence[Comparison], names: ClaimNames) -> list[str]:
    """Give the pairs as text, in two blocks."""
    like = [one for one in comparisons if one.like_with_like]
    mixed = [one for one in comparisons if not one.like_with_like]
    lines = ["", "Like with like"]
    lines += [line for one in like for line in _lines(one, names)] or ["  none"]
    if mixed:
        lines += ["", "Mixed: no evidence for or against the claim"]
        lines += [line for one in mixed for line in _lines(one, names)]
    return lines


def _lines(comparison: Comparison, names: ClaimNames) -> list[str]:
    pair = comparison.pair
    counts = f"{whole(pair.baseline.value)} to {whole(pair.window.value)}"
    points = f"{decimal(comparison.difference_points, 2)} points from the claim"
    verdict = "rounds to it" if comparison.rounds_to_claim else _needed(comparison.needed)
    lines = [
        f"  {counts}: {percent(comparison.observed_pct, 'en', 2)}, {points}; {verdict}",
        f"      {_plain(label(pair, names, 'en'))}",
    ]
    if pair.like_with_like:
        lines += [f"      also {_plain(label(one, names, 'en'))}" for one in pair.also]
    else:
        lines.append(f"      differ in {listing([MIXTURES[name]['en'] for name in pair.mixture], 'en')}")
    return lines


def _needed(needed: tuple[int, int] | None) -> str:
    if needed is None:
        return "no count would round to it"
    low, high = needed
    return f"it would need {whole(low)}" if low == high else f"it would need {whole(low)} to {whole(high)}"


def line_of_verdict(verdict: Verdict, comparisons: Sequence[Comparison]) -> str:
    """Give the verdict with what it rests on."""
    like = [one for one in comparisons if one.like_with_like]
    rounding, within = sum(one.rounds_to_claim for one in like), sum(one.is_within for one in like)
    return (
        f"Verdict: {verdict} (like-with-like pairs: {len(like)}; that round to the claim: {rounding}; "
        f"within {CLOSE_POINTS:g} points of it: {within})"
    )


def lines_of_chance(chance: ChanceRange | None) -> list[str]:
    """Say how far the percentage moves by chance, and under which model."""
    if chance is None:
        return ["", "Chance: no range, because one of the counts of the series is 0"]
    source = (
        f"estimated from {chance.n_pairs} pairs of adjoining months before the window"
        if chance.n_pairs
        else "Poisson, because too few adjoining months before the window are known"
    )
    return [
        "",
        f"Chance: counts drawn anew at the same rates would give {percent(chance.low_pct, 'en')} to "
        f"{percent(chance.high_pct, 'en')}",
        f"  ({STD_ERRORS:g} standard errors either way, not adjusted for serial correlation; variance "
        f"{chance.dispersion:.1f} times the mean, {source}).",
        "  It says how much such a percentage moves by chance, not whether the claim is right.",
    ]


def _plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")
