"""What a picture of an outlook says: the two paths, what came, and how to read it."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.charts.ratio_axis import named_publishers
from violence_stats.ledger.case import Case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.ledger.records import Language
from violence_stats.months import Window, parse_window
from violence_stats.questions.outlook import Outlook
from violence_stats.questions.outlook_words import path_name

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Two paths from {day} on, and what came",
        "unit": "{what}, a day",
        "observed": "counted",
        "burst": "{observed} killed: {name}",
        "read": "Bands hold 95% of what a path gave to a window. Both start from the level of the last twelve months "
        "known on {day}: {rate} a day.",
        "definition": "From {month} on the counts are of a narrower definition (hollow).",
        "source": "Source: {publishers}.",
        "alt": "{title}. {unit}: {paths}.",
        "path": "{name}: {n_inside} of {n} windows within its 95%",
    },
    "es": {
        "title": "Dos caminos desde el {day}, y lo que vino",
        "unit": "{what}, por día",
        "observed": "contado",
        "burst": "{observed} muertes: {name}",
        "read": "Las bandas contienen el 95\u00a0% de lo que un camino daba a un período. Ambos parten del nivel de "
        "los últimos doce meses conocidos el {day}: {rate} por día.",
        "definition": "Desde {month} los conteos son de una definición más estrecha (huecos).",
        "source": "Fuente: {publishers}.",
        "alt": "{title}. {unit}: {paths}.",
        "path": "{name}: {n_inside} de {n} períodos dentro de su 95\u00a0%",
    },
}


def outlook_title(outlook: Outlook, lang: Language) -> str:
    """Give the title that the picture carries."""
    return TEXT[lang]["title"].format(day=wording.day(outlook.as_of, lang))


def unit_words(case: Case, lang: Language) -> str:
    """Say what is counted."""
    return TEXT[lang]["unit"].format(what=capital(case.settings.measures[case.measure][lang]))


def path_words(outlook: Outlook, case: Case, path: str, lang: Language) -> str:
    """Name a path by what it takes for granted."""
    return path_name(path, case.settings.episode(outlook.pact_template).name, lang)


def source_words(outlook: Outlook, case: Case, lang: Language) -> str:
    """Say what the bands hold, where both paths start, where the counts change, and who counted."""
    text, shown = TEXT[lang], outlook.windows
    read = text["read"].format(day=wording.day(outlook.as_of, lang), rate=wording.decimal(outlook.level.daily_rate, 1))
    other = shown.loc[~shown["same_definition"], "window"]
    parts = [read]
    if not other.empty:
        parts.append(text["definition"].format(month=wording.month(parse_window(str(other.iloc[0])).start, lang)))
    span = Window(parse_window(str(shown["window"].iloc[0])).start, parse_window(str(shown["window"].iloc[-1])).end)
    publishers = named_publishers(chain_series(case, definition=None), span, lang)
    if publishers:
        parts.append(text["source"].format(publishers=publishers))
    return " ".join(parts)


def burst_words(window: Window, observed: float, case: Case, lang: Language) -> str:
    """Say how many were killed in a named burst."""
    names = [one.label[lang] for one in case.settings.bursts if one.window == window]
    name = names[0] if names else wording.window(window, lang)
    return TEXT[lang]["burst"].format(observed=wording.whole(observed), name=name)


def next_start(outlook: Outlook, case: Case, lang: Language) -> list[tuple[date, str]]:
    """Give the start of the next episode and its label; nothing where none begins in the outlook."""
    windows = [parse_window(str(one)) for one in outlook.windows["window"]]
    episode = case.settings.episode(outlook.event)
    start = case.settings.intervention(episode.intervention).date
    starts = [case.settings.intervention(one.intervention) for one in case.settings.episodes]
    coming = [one for one in starts if start < one.date and windows[0].start <= one.date <= windows[-1].end]
    return [(one.date, one.label[lang]) for one in sorted(coming, key=lambda one: one.date)[:1]]


def describe_outlook(outlook: Outlook, case: Case, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    text = TEXT[lang]
    paths = [
        text["path"].format(name=path_words(outlook, case, str(path), lang), n_inside=n_inside(group), n=len(group))
        for path, group in outlook.windows.groupby("path", sort=True)
    ]
    return text["alt"].format(title=outlook_title(outlook, lang), unit=unit_words(case, lang), paths="; ".join(paths))


def n_inside(group: pd.DataFrame) -> int:
    """Count the windows of a path whose count lies within its 95%."""
    return int(((group["observed"] >= group["low"]) & (group["observed"] <= group["high"])).sum())
