"""The episodes side by side: how large, how fast, how lasting, with which bursts, and what their shape cannot tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import CONTESTED
from violence_stats.questions import rules
from violence_stats.questions.bound_counting import largest_shares
from violence_stats.questions.episode_measure import EpisodeMeasure
from violence_stats.questions.episodes import Episodes
from violence_stats.questions.signature import Measured
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Bullets, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import EPISODES, Chart
from violence_stats.report.story.counting import deaths_words
from violence_stats.report.story.episode_ends import tell_ends
from violence_stats.report.story.phrases import Texts, between, ratio, spanning

_TEXT: Final[Texts] = {
    "en": {
        "heading": "The episodes side by side",
        "short": "In short",
        "alike": "The shape of the counts does not tell the episodes apart.",
        "apart": "The shapes of the counts differ, within what their intervals allow.",
        "how": "Every episode is measured by the same code: the counts of the 36 months before (fewer where another "
        "episode lies between), those after it up to the next one, 36 at most.",
        "same_onset": "How fast: one and the same onset, {low} to {high} months until 80% of the fall, lies in the "
        "interval of every episode that fell.",
        "no_same_onset": "How fast: no single onset lies in the intervals of all of them.",
        "no_bursts": "Bursts: in none of them does a month stand out beyond chance.",
        "bursts": "Bursts: months stand out beyond chance in {names}.",
        "same_undone": "How lasting: one and the same share undone in the last year, {low} to {high}, lies in the "
        "interval of each where it can be measured.",
        "no_same_undone": "How lasting: no single share undone lies in the intervals of all of them.",
        "both": "An abrupt fall came with a pact ({pact} months in {pact_name}) and with policing ({policing} months "
        "in {policing_name}).",
        "wide": "The intervals are wide because one month of killings resembles the next, which the models allow for.",
        "mixed": "{name}: not one thing but two at once ({what}), measured as one episode and called mixed.",
        "definition": "{name}: what is counted changes on the way. Within one definition the first year stands at "
        "{own} times the level before, across them at {flat}.",
        "table": "The episodes by the same measures; rates against the level before, 95% intervals in brackets",
        "episode": "Episode, first day",
        "trend": "First year, trend going on",
        "flat": "First year, level before flat",
        "onset": "Months to 80%",
        "undone": "Undone in the last year",
        "none": "–",
        "others": "{name}: with the other dates that it is given ({dates}), the first year stands {trend} times the "
        "level before, the trend going on.",
        "note": "A rate of 0.51 is about half. The last year is that of the 36 months; more than 100% undone would be "
        "a level above the one before, less than 0% a further fall. A dash: it cannot be measured, since too little is "
        "known or the first year does not lie below the one before beyond chance.",
        "left_out": "The largest share known to be left out is {share}: {deaths}.",
    },
    "es": {
        "heading": "Los episodios, uno junto a otro",
        "short": "En resumen",
        "alike": "La forma de los conteos no permite distinguir los episodios.",
        "apart": "Las formas de los conteos difieren, dentro de lo que admiten sus intervalos.",
        "how": "Todos los episodios se miden con el mismo código: los conteos de los 36 meses anteriores (menos, si "
        "otro episodio queda en medio) y los posteriores hasta el siguiente, 36 como máximo.",
        "same_onset": "Rapidez: un mismo inicio, de {low} a {high} meses hasta el 80\u00a0% de la caída, está en el "
        "intervalo de todos los episodios que cayeron.",
        "no_same_onset": "Rapidez: ningún inicio está en los intervalos de todos.",
        "no_bursts": "Repuntes: en ninguno sobresale un mes más allá del azar.",
        "bursts": "Repuntes: sobresalen meses más allá del azar en {names}.",
        "same_undone": "Permanencia: una misma parte deshecha en el último año, de {low} a {high}, está en el "
        "intervalo de cada uno en que se puede medir.",
        "no_same_undone": "Permanencia: ninguna parte deshecha está en los intervalos de todos.",
        "both": "Una caída abrupta llegó con un pacto ({pact} meses en {pact_name}) y con la labor policial "
        "({policing} meses en {policing_name}).",
        "wide": "Los intervalos son anchos porque un mes de homicidios se parece al siguiente, lo que los modelos "
        "admiten.",
        "mixed": "{name}: no es una sola cosa, sino dos a la vez ({what}), que se miden como un solo episodio mixto.",
        "definition": "{name}: lo que se cuenta cambia en el camino. Dentro de una sola definición, el primer año está "
        "en {own} veces el nivel anterior; entre las dos, en {flat}.",
        "table": "Los episodios con las mismas medidas; tasas frente al nivel anterior, intervalos del 95\u00a0% entre "
        "paréntesis",
        "episode": "Episodio, primer día",
        "trend": "Primer año, si la tendencia sigue",
        "flat": "Primer año, nivel anterior plano",
        "onset": "Meses hasta el 80\u00a0%",
        "undone": "Deshecho en el último año",
        "none": "–",
        "others": "{name}: con las otras fechas que se le dan ({dates}), el primer año está {trend} veces el nivel "
        "anterior, si la tendencia sigue.",
        "note": "Una tasa de 0.51 es más o menos la mitad. El último año es el de los 36 meses; más de 100\u00a0% "
        "deshecho sería un nivel por encima del anterior, y menos de 0\u00a0%, una caída mayor. Un guion: no se puede "
        "medir, porque se conoce muy poco o el primer año no queda por debajo del anterior más allá del azar.",
        "left_out": "La mayor proporción que se sabe que queda fuera es {share}: {deaths}.",
    },
}


def tell_episodes(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Show the episodes on one scale, give their measures, and say what their shape cannot tell."""
    if facts.episodes is None:
        return ()
    text, found, chart = _TEXT[lang], facts.episodes, charts[EPISODES]
    return (
        Heading(text["heading"], 1),
        Box(
            label=text["short"],
            lead=text["alike" if _alike(found) else "apart"],
            sentences=(*_shape(found, lang), _bursts(found, lang)),
            quiet=True,
        ),
        Paragraph((text["how"], text["wide"])),
        _table(found, lang),
        Paragraph((text["note"],), small=True),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *(Bullets(said) for said in (_one_by_one(facts, found, lang),) if said),
        *tell_ends(facts, found, lang),
    )


def episodes_line(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Say in one line whether the episodes can be told apart; nothing where there are none."""
    if facts.episodes is None:
        return ()
    text = _TEXT[lang]
    return (f"{text['heading']}. {text['alike' if _alike(facts.episodes) else 'apart']}",)


def _alike(found: Episodes) -> bool:
    """Whether one onset and one share undone fit all, and no burst is found in any."""
    shared = (common(_onsets(found)), common(_undone(found)))
    return None not in shared and not any(_has_bursts(one) for one in _primary(found))


def common(numbers: Sequence[Measured]) -> tuple[float, float] | None:
    """Give the values that lie in every interval; None where there is none, or no bound to them."""
    if not numbers:
        return None
    low, high = max(one.low for one in numbers), min(one.high for one in numbers)
    return (low, high) if low <= high and math.isfinite(low) and math.isfinite(high) else None


def _onsets(found: Episodes) -> list[Measured]:
    return [one.onset.number for one in _primary(found) if one.onset.number is not None]


def _undone(found: Episodes) -> list[Measured]:
    return [one.persistence.number for one in _primary(found) if one.persistence.number is not None]


def _shape(found: Episodes, lang: Language) -> tuple[str, ...]:
    """Say for either measure whether one value fits every episode, and whether pact and policing both fell at once."""
    text = _TEXT[lang]
    onset, undone = common(_onsets(found)), common(_undone(found))
    said = [text["no_same_onset"], text["no_same_undone"]]
    if onset is not None:
        low, high = (wording.decimal(end) for end in onset)
        said[0] = text["same_onset"].format(low=low, high=high)
    if undone is not None:
        low, high = (wording.percent(100 * end, lang, 0) for end in undone)
        said[1] = text["same_undone"].format(low=low, high=high)
    return (said[0], *_abrupt_both(found, lang), said[1])


def _abrupt_both(found: Episodes, lang: Language) -> tuple[str, ...]:
    """Set an abrupt pact beside an abrupt episode of policing, where the case has both."""
    abrupt = {
        one.data.kind: (one.name[lang], wording.decimal(one.onset.number.value))
        for one in _primary(found)
        if one.onset.number is not None and one.onset.number.value <= rules.SLOW_MONTHS
    }
    if not {"pact", "policing"} <= set(abrupt):
        return ()
    (pact_name, pact), (policing_name, policing) = abrupt["pact"], abrupt["policing"]
    said = _TEXT[lang]["both"].format(pact=pact, pact_name=pact_name, policing=policing, policing_name=policing_name)
    return (said,)


def _bursts(found: Episodes, lang: Language) -> str:
    names = [one.name[lang] for one in _primary(found) if _has_bursts(one)]
    text = _TEXT[lang]
    return text["bursts"].format(names=wording.listing(names, lang)) if names else text["no_bursts"]


def _has_bursts(one: EpisodeMeasure) -> bool:
    return one.bursts.number is not None and one.bursts.number.value > 0


def _primary(found: Episodes) -> list[EpisodeMeasure]:
    return [one for one in found.measures if one.is_primary]


def _table(found: Episodes, lang: Language) -> Table:
    """Give each episode from its primary start, and the contested one from each of its dates."""
    text = _TEXT[lang]
    shown = [one for one in found.measures if one.is_primary or one.data.kind == CONTESTED]
    return Table(
        caption=text["table"],
        header=tuple(text[name] for name in ("episode", "trend", "flat", "onset", "undone")),
        rows=tuple(_row(one, lang) for one in shown),
        widths=(2.6, 1.9, 1.9, 1.6, 1.9),
        right=(1, 2, 3, 4),
        small=True,
    )


def _row(one: EpisodeMeasure, lang: Language) -> tuple[str, ...]:
    day = wording.day(one.data.start, lang)
    return (
        f"{capital(one.name[lang])}, {day}" if one.is_primary else capital(day),
        ratio(one.size, lang),
        ratio(one.size_flat, lang),
        _plain(one.onset.number, lang, percent=False),
        _plain(one.persistence.number, lang, percent=True),
    )


def _plain(number: Measured | None, lang: Language, *, percent: bool) -> str:
    if number is None:
        return _TEXT[lang]["none"]
    value, low, high = (
        "∞" if math.isinf(end) else wording.percent(100 * end, lang, 0) if percent else wording.decimal(end, 1)
        for end in (number.value, number.low, number.high)
    )
    return f"{value} ({between(low, high, lang)})"


def _one_by_one(facts: Facts, found: Episodes, lang: Language) -> tuple[str, ...]:
    """Say what has to be known of single episodes: mixed ones, other dates, changes of definition."""
    text, said = _TEXT[lang], []
    for one in _primary(found):
        name = capital(one.name[lang])
        if one.data.kind == "mixed":
            start = facts.case.settings.episode(one.data.id).intervention
            what = facts.case.settings.intervention(start).name[lang]
            said.append(text["mixed"].format(name=name, what=what[:1].lower() + what[1:]))
        others = [other for other in found.measures if other.data.id == one.data.id and not other.is_primary]
        ratios = sorted(math.exp(other.size.value) for other in others if other.size is not None)
        if ratios and one.data.kind != CONTESTED:
            dates = wording.listing([wording.day(other.data.start, lang) for other in others], lang)
            trend = spanning(wording.decimal(ratios[0], 2), wording.decimal(ratios[-1], 2), lang)
            said.append(text["others"].format(name=name, dates=dates, trend=trend))
        if one.size_one_definition is not None:
            own, flat = ratio(one.size_one_definition, lang), ratio(one.size_flat, lang)
            said.append(" ".join((text["definition"].format(name=name, own=own, flat=flat), *_left_out(one, lang))))
    return tuple(said)


def _left_out(one: EpisodeMeasure, lang: Language) -> tuple[str, ...]:
    """Bound what the narrower count leaves out."""
    bounds = largest_shares(one.data.counting)
    if not bounds:
        return ()
    share = wording.percent(100 * bounds[0].share, lang)
    return (_TEXT[lang]["left_out"].format(share=share, deaths=deaths_words(bounds[0], lang)),)
