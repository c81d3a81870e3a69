"""What the change is made of: ranges over every defensible model, bounds on the lockdown, and what was known when."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.questions import claim_text
from violence_stats.questions.fall_grid import FallSpecification
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.fall_words import (
    event_start,
    event_words,
    share_range,
    shares,
    tell_shares,
    tell_single_models,
)
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Bullets, Heading, Paragraph, Picture
from violence_stats.report.fall_facts import FallFacts
from violence_stats.report.pictures import FALL, Chart
from violence_stats.report.story.counting import tell_counting
from violence_stats.report.story.lockdown import tell_lockdown
from violence_stats.report.story.phrases import Texts, between

_TEXT: Final[Texts] = {
    "en": {
        "heading_fall": "What the fall is made of",
        "heading_rise": "What the rise is made of",
        "short": "In short",
        "counts": "The count was {before} {baseline} and {after} {window}.",
        "models": "How much of that was on its way before depends on the model, so {n} defensible ones were fitted. "
        "They differ {ways}.",
        "starts": "in the month in which the time before starts ({starts} of them, from {first} to {last})",
        "dates": "in the day on which the change of {event} is put ({dates})",
        "shapes": "in whether {change} comes at once (a step) or grows (a ramp)",
        "it": "it",
        "change": "the change of {event}",
        "lockdowns": "in whether the lockdown has a term of its own",
        "ranges": "The ranges are over models: they are no intervals, and no model is the right one.",
        "widest": "The smallest share for {event} comes out with {smallest}; the largest with {largest}.",
        "specification": "a time before that starts in {start} and a {shape} on {day}{lockdown}",
        "step": "step",
        "ramp": "ramp",
        "lockdown": ", with a term for the lockdown",
        "spell_more": "{name}: it worked the other way. Without it the count {window} would have been lower by "
        "{deaths}.",
        "spell_less": "{name}: without it the count {window} would have been higher by {deaths}.",
        "remainder": "No model finds a place for everything: {share} of the change stays unexplained.",
        "held": "The baseline already holds {days} days, of {n_days}, from {start} on: the share of {event} is only "
        "what changed beyond them.",
        "shapley": "Shares are of the logarithm of the ratio of the two counts. Each is averaged over every order in "
        "which the parts can be brought in (Shapley values), so that they add up to 100% within a model.",
        "then": "What was known by {day}",
        "then_counts": "With only what had been published by {day}, the second count was {after}, a change of {pct}.",
        "then_parts": "The trend from before made up {trend}, what came with {event} {own}: much the same ranges as "
        "today.",
        "then_parts_other": "The trend from before made up {trend}, what came with {event} {own}.",
        "then_neighbours": "No counts of both spans were known yet for {names}, so that the lockdown could be set "
        "beside fewer neighbours.",
    },
    "es": {
        "heading_fall": "De qué está hecha la baja",
        "heading_rise": "De qué está hecha el alza",
        "short": "En resumen",
        "counts": "El conteo fue de {before} {baseline} y de {after} {window}.",
        "models": "Cuánto de eso ya venía de antes depende del modelo, así que se ajustaron {n} defendibles. Difieren "
        "{ways}.",
        "starts": "en el mes en que empieza el tiempo anterior ({starts} posibles, de {first} a {last})",
        "dates": "en el día en que se pone el cambio de {event} ({dates})",
        "shapes": "en si {change} llega de golpe (un escalón) o crece (una rampa)",
        "it": "este",
        "change": "el cambio de {event}",
        "lockdowns": "en si la cuarentena tiene un término propio",
        "ranges": "Los rangos son entre modelos: no son intervalos, y ningún modelo es el correcto.",
        "widest": "La menor parte para {event} sale con {smallest}; la mayor, con {largest}.",
        "specification": "un tiempo anterior que empieza en {start} y {shape} el {day}{lockdown}",
        "step": "un escalón",
        "ramp": "una rampa",
        "lockdown": ", con término para la cuarentena",
        "spell_more": "{name}: actuó en sentido contrario. Sin él, el conteo {window} habría sido menor en {deaths}.",
        "spell_less": "{name}: sin él, el conteo {window} habría sido mayor en {deaths}.",
        "remainder": "Ningún modelo encuentra lugar para todo: {share} del cambio queda sin explicar.",
        "held": "La base ya contiene {days} días, de {n_days}, desde el {start}: la parte de {event} es solo lo que "
        "cambió más allá de ellos.",
        "shapley": "Las partes se toman del logaritmo de la razón de los dos conteos. Cada una se promedia sobre todos "
        "los órdenes en que las partes pueden entrar (valores de Shapley), de modo que suman 100\u00a0% dentro de un "
        "modelo.",
        "then": "Lo que se sabía el {day}",
        "then_counts": "Solo con lo publicado hasta el {day}, el segundo conteo era {after}, un cambio de {pct}.",
        "then_parts": "La tendencia anterior representaba {trend}; lo que llegó con {event}, {own}: casi los mismos "
        "rangos que hoy.",
        "then_parts_other": "La tendencia anterior representaba {trend}; lo que llegó con {event}, {own}.",
        "then_neighbours": "Aún no se conocían conteos de ambos períodos de {names}, de modo que la cuarentena podía "
        "compararse con menos vecinos.",
    },
}

SAME_POINTS: Final = 3.0
"""Ends of two ranges that differ by no more percentage points are called much the same."""


def tell_fall(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Split the change: the range of each part, the lockdown as bounds, what was known earlier, and the counting."""
    if facts.fall is None:
        return ()
    text, fall, chart = _TEXT[lang], facts.fall.now, charts[FALL]
    return (
        Heading(text["heading_fall" if fall.primary.change <= 0 else "heading_rise"], 1),
        Box(
            label=text["short"],
            lead=tell_shares(fall, lang),
            sentences=(_counts(fall, lang), _models(fall, lang), text["ranges"]),
            quiet=True,
        ),
        Bullets(_with_care(facts, fall, lang)),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *tell_lockdown(facts, fall, lang),
        *_known_then(facts, facts.fall, lang),
        *tell_counting(facts.fall.counting, lang),
    )


def fall_line(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Say what the change is made of in one line; nothing where it is not split."""
    if facts.fall is None:
        return ()
    fall, text = facts.fall.now, _TEXT[lang]
    way = "fall" if fall.primary.change <= 0 else "rise"
    return (f"{text[f'heading_{way}']}. {tell_shares(fall, lang)}",)


def _counts(fall: FallDecomposition, lang: Language) -> str:
    one = fall.primary
    return _TEXT[lang]["counts"].format(
        baseline=claim_text.when(fall.baseline, lang),
        window=claim_text.when(fall.window, lang),
        before=wording.whole(one.observed_baseline),
        after=wording.whole(one.observed),
    )


def _models(fall: FallDecomposition, lang: Language) -> str:
    text, table, event = _TEXT[lang], fall.specifications, event_words(fall, lang)
    starts = sorted(set(table["pre_start"]))
    first, last = wording.month(starts[0], lang), wording.month(starts[-1], lang)
    dates = [wording.day(day, lang) for day in dict.fromkeys(table["start"])]
    change = wording.contracted(text["it" if len(dates) > 1 else "change"].format(event=event))
    ways = [text["starts"].format(starts=len(starts), first=first, last=last)]
    if len(dates) > 1:
        ways.append(wording.contracted(text["dates"].format(event=event, dates=wording.listing(dates, lang))))
    ways.append(text["shapes"].format(change=change))
    if bool(table["lockdown"].any()):
        ways.append(text["lockdowns"])
    return text["models"].format(n=fall.n_specifications, ways=wording.listing(ways, lang))


def _with_care(facts: Facts, fall: FallDecomposition, lang: Language) -> tuple[str, ...]:
    text, event = _TEXT[lang], event_words(fall, lang)
    own = fall.ranges.T[fall.event]
    widest = text["widest"].format(
        event=event,
        smallest=_specification(fall, str(own["smallest_share"]), lang),
        largest=_specification(fall, str(own["largest_share"]), lang),
    )
    return (
        f"{widest} {tell_single_models(fall, lang)}",
        *_spells(facts, fall, lang),
        text["remainder"].format(share=share_range(fall, "remainder", lang)),
        *_held(fall, lang),
        text["shapley"],
    )


def _specification(fall: FallDecomposition, name: str, lang: Language) -> str:
    """Describe a model by what it differs in."""
    table, text = fall.specifications, _TEXT[lang]
    row = table[table["specification"] == name].iloc[0]
    one = FallSpecification(
        pre_start=row["pre_start"], start=row["start"], shape=row["shape"], lockdown=bool(row["lockdown"])
    )
    return text["specification"].format(
        start=wording.month(one.pre_start, lang),
        shape=text[one.shape],
        day=wording.day(one.start, lang),
        lockdown=text["lockdown"] if one.lockdown else "",
    )


def _spells(facts: Facts, fall: FallDecomposition, lang: Language) -> tuple[str, ...]:
    """Say what each named burst did to the second count."""
    said = []
    for spell in facts.case.settings.bursts:
        if spell.id in fall.ranges.index:
            row = fall.ranges.T[spell.id]
            low, high = (wording.whole(end) for end in sorted(abs(row[f"deaths_{end}"]) for end in ("low", "high")))
            deaths = between(low, high, lang)
            name = "spell_more" if row["deaths_low"] > 0 else "spell_less"
            window = claim_text.when(fall.window, lang)
            said.append(_TEXT[lang][name].format(name=capital(spell.name[lang]), window=window, deaths=deaths))
    return tuple(said)


def _held(fall: FallDecomposition, lang: Language) -> tuple[str, ...]:
    start = event_start(fall)
    if not fall.baseline.start < start <= fall.baseline.end:
        return ()
    said = _TEXT[lang]["held"].format(
        days=(fall.baseline.end - start).days + 1,
        n_days=fall.baseline.n_days,
        start=wording.day(start, lang),
        event=event_words(fall, lang),
    )
    return (wording.contracted(said),)


def _known_then(facts: Facts, found: FallFacts, lang: Language) -> tuple[Block, ...]:
    then = found.then
    if then is None or then.as_of is None:
        return ()
    text, day = _TEXT[lang], wording.day(then.as_of, lang)
    then_pct = wording.percent(then.primary.change_pct, lang)
    counts = text["then_counts"].format(day=day, after=wording.whole(then.primary.observed), pct=then_pct)
    parts = text["then_parts" if _much_the_same(found.now, then) else "then_parts_other"]
    known = {name for one in then.lockdown for name in one.name.split(", ") if name}
    missing = [one.controls[0].name for one in found.neighbours if one.controls[0].name not in known]
    countries = [facts.case.settings.countries[code][lang] for code in missing]
    neighbours = (text["then_neighbours"].format(names=wording.listing(countries, lang)),) if missing else ()
    return (
        Heading(text["then"].format(day=day), 2),
        Paragraph((counts, shares(then, parts, lang), *neighbours)),
    )


def _much_the_same(now: FallDecomposition, then: FallDecomposition) -> bool:
    """Whether the ranges of trend and event end within `SAME_POINTS` of one another."""
    columns = ["share_pct_low", "share_pct_high"]
    ends = [one.ranges.loc[["prior trend", one.event], columns].to_numpy(dtype=float) for one in (now, then)]
    return bool((abs(ends[0] - ends[1]) <= SAME_POINTS).all())
