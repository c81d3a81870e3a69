"""Which of two paths what came lay nearer to, in words to quote, and what the paths are called."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import pandas as pd

from violence_stats import wording
from violence_stats.ledger.records import Language, Words

CLEARLY: Final = math.log(3)
"""Less than this between two log scores is not worth more than a bare mention (Kass & Raftery 1995)."""

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "pact": "as after {name}",
        "policing": "the level lasts",
        "lead": "What came lay nearer to the path “{better}” than to the path “{worse}”{until}.",
        "tie": "Neither path fared clearly better.",
        "until": ", up to the next episode ({label}) and over all windows alike",
        "until_only": ", up to the next episode ({label})",
        "inside": "the path “{path}” held {n_inside} of {n} windows within its 95%",
        "named": "The paths bear the names of what was predicted, not of causes: a pact that holds would look like the "
        "path on which the level lasts too.",
        "said": "Looking ahead from {day}, with what was known then: {lead} {inside}. {named}",
    },
    "es": {
        "pact": "como después de {name}",
        "policing": "el nivel se mantiene",
        "lead": "Lo que vino quedó más cerca del camino «{better}» que del camino «{worse}»{until}.",
        "tie": "A ningún camino le fue claramente mejor.",
        "until": ", tanto hasta el episodio siguiente ({label}) como en todos los períodos",
        "until_only": ", hasta el episodio siguiente ({label})",
        "inside": "el camino «{path}» tuvo {n_inside} de {n} períodos dentro de su 95\u00a0%",
        "named": "Los caminos llevan el nombre de lo que se predijo, no de causas: un pacto que se sostiene también se "
        "vería como el que mantiene el nivel.",
        "said": "Mirando hacia adelante desde el {day}, con lo que se sabía entonces: {lead} {inside}. {named}",
    },
}


def path_name(path: str, pact: Words, lang: Language) -> str:
    """Name a path by what it takes for granted; `pact` is the episode whose course one of them takes."""
    return _TEXT[lang][path].format(name=pact[lang])


def tell_better_path(scores: pd.DataFrame, pact: Words, following: Words | None, lang: Language) -> str:
    """Say which path fared better, judged up to the next episode.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `Outlook.scores` gives them.
    pact : Words
        Name of the episode whose course one path takes.
    following : Words or None
        Label of the next episode; None where none begins in the outlook.
    """
    text, judged = _TEXT[lang], scores["before_next"].sort_values(ascending=False, kind="stable")
    if judged.iloc[0] - judged.iloc[-1] < CLEARLY:
        return text["tie"]
    better, worse = str(judged.index[0]), str(judged.index[-1])
    alike = scores["all"][better] > scores["all"][worse]
    until = "" if following is None else text["until" if alike else "until_only"].format(label=following[lang])
    return text["lead"].format(better=path_name(better, pact, lang), worse=path_name(worse, pact, lang), until=until)


def tell_outlook(day: str, lead: str, inside: Mapping[str, tuple[int, int]], pact: Words, lang: Language) -> str:
    """Put together which path fared better, how often each held what came, and what their names do not mean.

    Parameters
    ----------
    inside : mapping of str to (int, int)
        By path: windows whose count lay within its 95%, and all windows.
    """
    text = _TEXT[lang]
    counted = [
        text["inside"].format(path=path_name(path, pact, lang), n_inside=n_inside, n=n)
        for path, (n_inside, n) in inside.items()
    ]
    return wording.plain_line(
        text["said"].format(
            day=day, lead=lead[:1].lower() + lead[1:], inside=wording.capital("; ".join(counted)), named=text["named"]
        )
    )
