"""A checked claim in words: the sentence to quote, in each language, and the names of the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from violence_stats.ledger.records import Language, Words
from violence_stats.months import Window
from violence_stats.questions.claim_names import ClaimNames
from violence_stats.questions.pairs import Mixture, Pair
from violence_stats.questions.percentages import ClaimedChange
from violence_stats.questions.verdict import Comparison, Verdict
from violence_stats.wording import during, is_half, is_one_name, listing, percent, plain_line, whole
from violence_stats.wording import window as window_words

MOST_PAIRS_IN_A_SENTENCE: Final = 4

_OPENING: dict[bool, Words] = {
    True: Words(
        en="Like with like, published counts of ",
        es="Según cifras publicadas y comparables entre sí, el número de ",
    ),
    False: Words(en="By the counts given, ", es="Según las cifras dadas, el número de "),
}
_FRAME = Words(
    en="{opening}{measure} {moved} {when} against {against} ({pairs}): {verdict}.",
    es="{opening}{measure} {moved} {when} frente a {against} ({pairs}): {verdict}.",
)
_CANNOT_TELL = Words(
    en="Published counts cannot tell whether {measure} changed by {pct}, as claimed, {when} against {against}: "
    "the counts of the two periods that are known differ in {mixture}.",
    es="Las cifras publicadas no permiten saber si el número de {measure} varió {pct}, como se afirma, {when} "
    "frente a {against}: las cifras conocidas de los dos períodos difieren en {mixture}.",
)
_VERDICTS: dict[Verdict, Words] = {
    "confirmed": Words(en="the claimed {claim} is confirmed", es="{claim} que se afirma se confirma"),
    "close": Words(
        en="close to the claimed {claim}, although no pair of counts rounds to it",
        es="cerca de {claim} que se afirma, aunque ningún par de cifras da ese porcentaje al redondear",
    ),
    "depends on the counts": Words(
        en="whether the claimed {claim} holds depends on which counts are taken",
        es="si se sostiene {claim} que se afirma depende de las cifras que se tomen",
    ),
    "not confirmed": Words(en="the claimed {claim} is not confirmed", es="{claim} que se afirma no se confirma"),
}
_MOVED: dict[tuple[str, int], Words] = {
    ("one", -1): Words(en="fell by {low}", es="bajó {low}"),
    ("one", 1): Words(en="rose by {low}", es="subió {low}"),
    ("one", 0): Words(en="changed by {low}", es="varió {low}"),
    ("range", -1): Words(en="fell by {low} to {high}", es="bajó entre {low} y {high}"),
    ("range", 1): Words(en="rose by {low} to {high}", es="subió entre {low} y {high}"),
    ("range", 0): Words(en="changed by between {low} and {high}", es="varió entre {low} y {high}"),
}
_CHANGE: dict[int, Words] = {
    -1: Words(en="fall of {pct}", es="la baja de {pct}"),
    1: Words(en="rise of {pct}", es="el alza de {pct}"),
    0: Words(en="change of {pct}", es="el cambio de {pct}"),
}
_PAIR = Words(en="{baseline} to {window}", es="de {baseline} a {window}")
_DIGITISED = Words(en="with figures digitised from a chart", es="con datos digitalizados de un gráfico")
_MORE = Words(en="and {n} more pairs of counts", es="y otros {n} pares de cifras")
MIXTURES: dict[Mixture, Words] = {
    "publisher": Words(en="publisher", es="institución que cuenta"),
    "definition": Words(en="definition", es="definición"),
    "vintage": Words(en="vintage", es="fecha de los datos"),
    "basis": Words(en="how they were put together", es="forma de componer la cifra"),
}


def sentence(
    comparisons: Sequence[Comparison],
    verdict: Verdict,
    claimed: ClaimedChange,
    *,
    window: Window,
    baseline: Window,
    names: ClaimNames,
    lang: Language,
) -> str:
    """Word the verdict with the counts that it rests on, in one sentence."""
    like = [one for one in comparisons if one.like_with_like]
    places = max(1, claimed.decimals)
    parts = {
        "measure": names.measure[lang],
        "when": when(window, lang),
        "against": against(baseline, lang),
    }
    if verdict == "cannot tell":
        pct = percent(float(claimed.pct), lang, claimed.decimals)
        mixture = listing([MIXTURES[name][lang] for name in comparisons[0].pair.mixture], lang)
        return plain_line(_CANNOT_TELL[lang].format(**parts, pct=pct, mixture=mixture))
    text = _FRAME[lang].format(
        **parts,
        opening=_OPENING[names.is_published][lang],
        moved=_moved([one.observed_pct for one in like], places, lang),
        pairs=_pairs(_told(like), len(like), names, lang),
        verdict=_VERDICTS[verdict][lang].format(claim=_change(claimed, lang)),
    )
    return plain_line(text)


def _change(claimed: ClaimedChange, lang: Language) -> str:
    sign = (claimed.pct > 0) - (claimed.pct < 0)
    return _CHANGE[sign][lang].format(pct=percent(float(abs(claimed.pct)), lang, claimed.decimals))


def _moved(changes: Sequence[float], places: int, lang: Language) -> str:
    """Say from where to where the changes run, as falls or rises where all of them are."""
    signs = {(change > 0) - (change < 0) for change in changes}
    sign = signs.pop() if len(signs) == 1 else 0
    shown = sorted(changes if sign == 0 else map(abs, changes))
    low, high = (("+" if sign == 0 < one else "") + percent(one, lang, places) for one in (shown[0], shown[-1]))
    return _MOVED["one" if low == high else "range", sign][lang].format(low=low, high=high)


def _told(like: Sequence[Comparison]) -> list[Comparison]:
    """Choose what a sentence can hold: all pairs, or the first, the extremes and the nearest to the claim."""
    if len(like) <= MOST_PAIRS_IN_A_SENTENCE:
        return list(like)
    extremes = [min(like, key=lambda one: one.observed_pct), max(like, key=lambda one: one.observed_pct)]
    nearest = min(like, key=lambda one: abs(one.difference_points))
    return [one for one in like if one in (like[0], *extremes, nearest)]


def _pairs(told: Sequence[Comparison], n_like: int, names: ClaimNames, lang: Language) -> str:
    by_name: dict[str, list[str]] = {}
    for one in told:
        pair = one.pair
        counts = _PAIR[lang].format(baseline=whole(pair.baseline.value), window=whole(pair.window.value))
        by_name.setdefault(_name(pair, names, lang), []).append(counts)
    groups = [f"{name}: {listing(counts, lang)}" for name, counts in by_name.items()]
    if n_like > len(told):
        groups.append(_MORE[lang].format(n=n_like - len(told)))
    return "; ".join(groups)


def _name(pair: Pair, names: ClaimNames, lang: Language) -> str:
    marked = f", {_DIGITISED[lang]}" if pair.is_digitised else ""
    return f"{who(pair, names, lang)}{marked}"


def who(pair: Pair, names: ClaimNames, lang: Language) -> str:
    """Name who counted: the series, a publisher, or the two of the pair."""
    if pair.baseline.basis == "series":
        return names.series[lang]
    sides = [
        listing([names.publisher(code, lang) for code in one.publishers], lang) for one in (pair.baseline, pair.window)
    ]
    return " / ".join(dict.fromkeys(sides))


def when(window: Window, lang: Language) -> str:
    """Say in which span, with its preposition."""
    return during(window, lang)


def against(window: Window, lang: Language) -> str:
    """Name a span to compare with, with its article where it takes one."""
    words = window_words(window, lang)
    if is_half(window):
        return f"the {words}" if lang == "en" else f"el {words}"
    if lang == "es" and window.n_days == 1:
        return f"el {words}"
    if lang == "es" and not is_one_name(window):
        return f"el período de {words}"
    return words
