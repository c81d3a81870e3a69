"""One episode in words to quote: how large the change was, how fast it came, how much of it was undone."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from violence_stats import wording
from violence_stats.ledger.naming import Names
from violence_stats.ledger.records import Language, Words
from violence_stats.models.change_words import Change
from violence_stats.months import ONE_DAY, Window
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.paired_counts import same_day
from violence_stats.questions.signature import Measured, Weighed
from violence_stats.questions.size import MONTHS_AFTER

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "episode": "{name}: {size}; {onset}; {undone}.",
        "level": "the level of {subject}",
        "than": "the trend from before would have given",
        "no_size": "{when}, the counts cannot tell how far {level} changed",
        "onset": "80% of the fall came within {value} months ({interval})",
        "no_onset": "how fast it came cannot be told: {why}",
        "undone": "{value} of the fall was undone in the last twelve months known ({interval})",
        "further": "in the last twelve months known it was not undone but went further: {value} of the fall undone "
        "({interval})",
        "unclear": "the counts cannot tell whether any of it was undone in the last twelve months known: the estimate "
        "is {value} of the fall ({interval})",
        "no_undone": "how lasting it was cannot be told: {why}",
        "to": "{low} to {high}",
        "open": "{low} or more",
        "why": "{said} The counts do not say why.",
    },
    "es": {
        "episode": "{name}: {size}; {onset}; {undone}.",
        "level": "el nivel de {subject}",
        "than": "de lo que habría dado la tendencia anterior",
        "no_size": "{when}, los conteos no permiten saber cuánto cambió {level}",
        "onset": "el 80\u00a0% de la caída llegó en {value} meses ({interval})",
        "no_onset": "no se puede saber con qué rapidez llegó: {why}",
        "undone": "{value} de la caída se deshizo en los últimos doce meses conocidos ({interval})",
        "further": "en los últimos doce meses conocidos no se deshizo, sino que siguió: {value} de la caída deshecho "
        "({interval})",
        "unclear": "los conteos no permiten saber si algo de ella se deshizo en los últimos doce meses conocidos: la "
        "estimación es {value} de la caída ({interval})",
        "no_undone": "no se puede saber cuánto duró: {why}",
        "to": "{low} a {high}",
        "open": "{low} o más",
        "why": "{said} Los conteos no dicen por qué.",
    },
}


def tell_episode(
    data: EpisodeData,
    names: Names,
    *,
    name: Words,
    size: Measured | None,
    onset: Weighed,
    undone: Weighed,
    lang: Language,
) -> str:
    """Say one episode, each number with its interval, and of what cannot be told why not."""
    text = _TEXT[lang]
    said = text["episode"].format(
        name=wording.capital(name[lang]),
        size=_size(data, names, size, lang),
        onset=_row(onset, "onset", "no_onset", _months, lang),
        undone=_row(undone, _undone(undone), "no_undone", lambda share: _share(share, lang), lang),
    )
    return wording.plain_line(said)


def without_cause(said: str, lang: Language) -> str:
    """Add that counts do not say why."""
    return _TEXT[lang]["why"].format(said=said)


def _size(data: EpisodeData, names: Names, size: Measured | None, lang: Language) -> str:
    text = _TEXT[lang]
    first_year = Window(data.start, min(data.last, same_day(data.start, MONTHS_AFTER) - ONE_DAY))
    when = wording.during(first_year, lang)
    level = text["level"].format(subject=names.subject[lang])
    if size is None:
        return text["no_size"].format(when=when, level=level)
    change = Change(value=size.value, low=size.low, high=size.high, is_ratio=True)
    return change.tell(when, level, text["than"], lang)


def _undone(row: Weighed) -> str:
    """Choose how to say a share that was undone: as one, as a further fall, or as neither for certain."""
    number = row.number
    if number is None or not number.excludes(0):
        return "unclear"
    return "undone" if number.value > 0 else "further"


def _months(months: float) -> str:
    return wording.decimal(months, 1)


def _share(share: float, lang: Language) -> str:
    return wording.percent(100 * share, lang, 0)


def _row(row: Weighed, name: str, without: str, printed: Callable[[float], str], lang: Language) -> str:
    """Say a number with its interval; where there is none, the reason that the rules give."""
    text, number = _TEXT[lang], row.number
    if number is None:
        return text[without].format(why=row.why(lang))
    low = printed(number.low)
    ends = text["open"].format(low=low)
    if math.isfinite(number.high):
        ends = text["to"].format(low=low, high=printed(number.high))
    return text[name].format(value=printed(number.value), interval=wording.interval(ends, lang))
