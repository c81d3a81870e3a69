"""What a picture of episodes says: their names, what each was, and how to read the marks."""

from __future__ import annotations

import math
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital, labels_for
from violence_stats.charts.lanes import LAST_PUBLISHERS
from violence_stats.charts.undoing_words import TEXT as UNDOING
from violence_stats.charts.undoing_words import describe_undoing
from violence_stats.charts.undoings import undoings
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.questions.episode_measure import EpisodeMeasure
from violence_stats.questions.episodes import Episodes

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Each episode from its start on, the year before being 100",
        "unit": "{what}, a day; the twelve months before the start = 100",
        "months": "Months since the start",
        "first": "first\nyear",
        "last": "last\nyear",
        "pact": "a pact",
        "policing": "policing",
        "mixed": "both at once",
        "contested": "contested",
        "read": "Each point is a published window. Bars: mean of the first twelve months and of the last twelve known "
        "(within 36), with 95% intervals; one that runs out of the picture ends in a triangle.",
        "definition": "What is counted changes on the way: {names}.",
        "source": "Source: {publishers}.",
        "alt": "{title}. {unit}. {episodes}.",
        "year": "{name} ({kind}): {first} in the first year ({first_low} to {first_high}), {last} in the last year "
        "known ({last_low} to {last_high})",
        "unmeasured": "{name} ({kind}): too few months for a mean",
    },
    "es": {
        "title": "Cada episodio desde su inicio, con el año anterior como 100",
        "unit": "{what}, por día; los doce meses anteriores al inicio = 100",
        "months": "Meses desde el inicio",
        "first": "primer\naño",
        "last": "último\naño",
        "pact": "un pacto",
        "policing": "policía",
        "mixed": "ambas cosas",
        "contested": "en disputa",
        "read": "Cada punto es un período publicado. Barras: promedio de los primeros doce meses y de los últimos doce "
        "conocidos (dentro de 36), con intervalos del 95\u00a0%; la que se sale de la imagen acaba en un triángulo.",
        "definition": "Lo que se cuenta cambia en el camino: {names}.",
        "source": "Fuente: {publishers}.",
        "alt": "{title}. {unit}. {episodes}.",
        "year": "{name} ({kind}): {first} en el primer año ({first_low} a {first_high}), {last} en el último año "
        "conocido ({last_low} a {last_high})",
        "unmeasured": "{name} ({kind}): muy pocos meses para un promedio",
    },
}


def kind_words(kind: str, lang: Language) -> str:
    """Say what an episode was; a kind that is not known goes by its own word."""
    return TEXT[lang].get(kind, kind)


def unit_words(episodes: Episodes, case: CaseLike | None, lang: Language) -> str:
    """Say what is counted, and against what."""
    series = episodes.measures[0].data.series
    return TEXT[lang]["unit"].format(what=labels_for(series, case, lang).what)


def source_words(episodes: Episodes, lang: Language) -> str:
    """Say how to read the picture, where the definition changes, and who counted."""
    text, shown = TEXT[lang], episodes.aligned()
    per_episode = shown.groupby("episode")["definition"].nunique().to_dict()
    changed = [one.name[lang] for one in primary(episodes) if per_episode.get(one.data.id, 0) > 1]
    care = [text["definition"].format(names=wording.listing(changed, lang))] if changed else []
    windows = set(shown["window"])
    counted = [one.publisher for one in primary(episodes)[0].data.series if str(one.window) in windows]
    named = [code for code in dict.fromkeys(counted) if code and code not in LAST_PUBLISHERS]
    source = [text["source"].format(publishers=wording.listing(named, lang))] if named else []
    undone = [UNDOING[lang]["read"]] if undoings(episodes) else []
    return " ".join([text["read"], *undone, *care, *source])


def describe_episodes(episodes: Episodes, case: CaseLike | None, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    text = TEXT[lang]
    said = [_in_words(one, lang) for one in primary(episodes)]
    said += [describe_undoing(one, lang) for one in undoings(episodes)]
    return text["alt"].format(title=text["title"], unit=unit_words(episodes, case, lang), episodes="; ".join(said))


def primary(episodes: Episodes) -> list[EpisodeMeasure]:
    """Give each episode once, from its primary start."""
    return [one for one in episodes.measures if one.is_primary]


def levels(one: EpisodeMeasure) -> list[tuple[float, float, float]]:
    """Give the mean of the first and of the last year with their intervals, the year before being 100."""
    return [
        (100 * math.exp(ratio.value), 100 * math.exp(ratio.low), 100 * math.exp(ratio.high))
        for _, ratio in one.persistence.details
    ]


def _in_words(one: EpisodeMeasure, lang: Language) -> str:
    text, means = TEXT[lang], levels(one)
    names = {"name": capital(one.name[lang]), "kind": kind_words(one.data.kind, lang)}
    if len(means) < 2:
        return text["unmeasured"].format(**names)
    numbers = {
        f"{name}{end}": wording.whole(value)
        for name, mean in zip(("first", "last"), means, strict=True)
        for end, value in zip(("", "_low", "_high"), mean, strict=True)
    }
    return text["year"].format(**names, **numbers)
