"""How thin the evidence is: numbers beside the limits of their rules, and counts that hold a lockdown."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from violence_stats import wording
from violence_stats.ledger.records import Language
from violence_stats.questions.bursts import find_bursts
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.paired_counts import PairedCounts
from violence_stats.questions.signature import Measured, Weighed
from violence_stats.report.content import Facts
from violence_stats.report.evidence_facts import EvidenceFacts
from violence_stats.report.story.phrases import Texts, between

_TEXT: Final[Texts] = {
    "en": {
        "thin": "Other crime: the vote hangs by a thread. Less the change of the year before, homicide stands at "
        "{value} times the course of other crime ({low} to {high}); the rule asks for an upper end below {limit}.",
        "before": "Other crime is compared on months before the lockdown only.",
        "later": "Windows that hold days of it give other ratios, which may be the lockdown's and do not vote: {each}.",
        "in": "{each} in {window}",
        "bound": "Enforcement: {n} of {n_all} measures that vote ({names}) are of a time after the start that holds "
        "the lockdown ({days} of {n_days} days). What fell there may be the lockdown's.",
        "blunt": "Bursts: the search is blunt. In half of the windows a count has to reach {reach} times what is "
        "expected, or more, before it stands out.",
        "places": "Places: {selection}.",
        "sides": "Each by itself: {each}.",
        "each": "{name} {value} times ({range})",
    },
    "es": {
        "thin": "Otros delitos: el voto pende de un hilo. Descontado el cambio del año anterior, los homicidios quedan "
        "en {value} veces el curso de los demás delitos ({low} a {high}); la regla pide un extremo superior menor que "
        "{limit}.",
        "before": "Los otros delitos se comparan solo en meses anteriores a la cuarentena.",
        "later": "Los períodos con días de ella dan otra cosa, que puede ser de la cuarentena y no vota: {each}.",
        "in": "{each} en {window}",
        "bound": "Actividad policial: {n} de {n_all} medidas que votan ({names}) son de un tiempo posterior que "
        "contiene la cuarentena ({days} de {n_days} días). Lo que bajó allí puede ser de la cuarentena.",
        "blunt": "Repuntes: la búsqueda es poco sensible. En la mitad de los períodos, un conteo tiene que llegar a "
        "{reach} veces lo esperado, o más, para sobresalir.",
        "places": "Lugares: {selection}.",
        "sides": "Cada una por separado: {each}.",
        "each": "{name}, {value} veces ({range})",
    },
}

LIMIT: Final = 1
"""Below this ratio the rule of other crime asks the upper end to lie."""

NEAR: Final = 0.95
"""An upper end above this lies near that limit."""

MOST_PLACES: Final = 6


def margins(facts: Facts, found: EvidenceFacts, lang: Language) -> tuple[str, ...]:
    """Give the sentences that say on how little the reading rests."""
    rows = {row.signature.id: row for row in found.now.rows}
    return (
        *_specificity(facts, rows["specificity"], found.own, lang),
        *_enforcement(facts, rows["enforcement"], found.own, lang),
        *_bursts(found.own, lang),
        *_places(facts, found.own, lang),
    )


def is_thin(found: EvidenceFacts) -> bool:
    """Whether a vote hangs by an end of an interval near its limit, or rests on counts of a lockdown."""
    rows = {row.signature.id: row for row in found.now.rows}
    net = dict(rows["specificity"].details).get("gap, net")
    near = rows["specificity"].reading == "favours pact" and net is not None and math.exp(net.high) > NEAR
    clean = [one.counts for one in found.own.enforcement if not one.counts.contains_start]
    held = any(_lockdown_days(one, found.own) for one in clean)
    return near or (held and rows["enforcement"].reading.startswith("favours"))


def _specificity(facts: Facts, row: Weighed, data: EpisodeData, lang: Language) -> tuple[str, ...]:
    """Set the net number beside the limit of the rule, where the vote is for a pact."""
    net = dict(row.details).get("gap, net")
    if net is None or row.reading != "favours pact":
        return ()
    value, low = (wording.decimal(math.exp(end), 2) for end in (net.value, net.low))
    thin = _TEXT[lang]["thin"].format(value=value, low=low, high=_unlike(math.exp(net.high), LIMIT), limit=LIMIT)
    before = not any(_lockdown_days(one.counts, data) for one in data.other_crime if not one.counts.contains_start)
    if not before or data.lockdown is None:
        return (thin,)
    return (" ".join((thin, _TEXT[lang]["before"], *_later_crime(facts, data, lang))),)


def _later_crime(facts: Facts, data: EpisodeData, lang: Language) -> tuple[str, ...]:
    """Say what other crime did in windows that hold the lockdown."""
    each = []
    for one in data.other_crime_later:
        number, name = one.log_ratio, facts.case.settings.measures[one.measure][lang]
        if number is None:
            continue
        spans = wording.listing([wording.window(span, lang) for span in one.windows_after], lang)
        each.append(_TEXT[lang]["in"].format(each=_each(name, number, lang), window=spans))
    return (_TEXT[lang]["later"].format(each=wording.listing(each, lang)),) if each else ()


def _unlike(value: float, limit: int) -> str:
    """Print a number with as many places as it takes to tell it from a limit, two at least."""
    for places in range(2, MOST_PLACES):
        if float(f"{value:.{places}f}") != limit:
            return wording.decimal(value, places)
    return wording.decimal(value, MOST_PLACES)


def _enforcement(facts: Facts, row: Weighed, data: EpisodeData, lang: Language) -> tuple[str, ...]:
    """Say how much of the enforcement counted holds the lockdown, and give each measure by itself."""
    clean = [one.counts for one in data.enforcement if not one.counts.contains_start]
    held = [one for one in clean if _lockdown_days(one, data)]
    names = facts.case.settings.measures
    said = []
    if held:
        longest = max(held, key=lambda one: _lockdown_days(one, data) / _days(one))
        said.append(
            _TEXT[lang]["bound"].format(
                n=len(held),
                n_all=len(clean),
                names=wording.listing([names[one.measure][lang] for one in held], lang),
                days=_lockdown_days(longest, data),
                n_days=_days(longest),
            )
        )
    each = [_each(names[name][lang], number, lang) for name, number in row.details]
    if len(each) > 1:
        said.append(_TEXT[lang]["sides"].format(each=wording.listing(each, lang)))
    return (" ".join(said),) if said else ()


def _each(name: str, number: Measured, lang: Language) -> str:
    shown, first, last = (wording.decimal(math.exp(end), 2) for end in (number.value, number.low, number.high))
    return _TEXT[lang]["each"].format(name=name, value=shown, range=between(first, last, lang))


def _bursts(data: EpisodeData, lang: Language) -> tuple[str, ...]:
    """Say how far a window has to rise before the search sees it."""
    found = find_bursts(data, data.windows_in(data.start, data.last))
    if found is None:
        return ()
    reach = float(np.median(found.limit / found.expected))
    return (_TEXT[lang]["blunt"].format(reach=wording.decimal(reach, 1)),)


def _places(facts: Facts, data: EpisodeData, lang: Language) -> tuple[str, ...]:
    """Say how the places were chosen, where their own counts chose them."""
    places = facts.case.settings.evidence.places
    if data.places is None or places is None or places.selection is None:
        return ()
    return (_TEXT[lang]["places"].format(selection=places.selection[lang]),)


def _days(pair: PairedCounts) -> int:
    return sum(one.n_days for one in pair.windows_after)


def _lockdown_days(pair: PairedCounts, data: EpisodeData) -> int:
    """Count the days after the start that the lockdown holds."""
    span = data.lockdown
    if span is None:
        return 0
    shared = (
        (min(one.end, span.end) - max(one.start, span.start)).days + 1
        for one in pair.windows_after
        if one.overlaps(span)
    )
    return sum(shared)
