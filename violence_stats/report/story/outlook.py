"""Looking ahead from an earlier day: two paths, what came, and how each fared."""

from __future__ import annotations

import math
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.charts.outlook_words import n_inside, next_start, path_words
from violence_stats.ledger.records import Event, Language
from violence_stats.ledger.settings import Spell
from violence_stats.months import Window, parse_window
from violence_stats.questions.outlook import Outlook
from violence_stats.questions.outlook_words import tell_better_path
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Bullets, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import OUTLOOK, Chart
from violence_stats.report.story.phrases import Texts, document_link

_TEXT: Final[Texts] = {
    "en": {
        "heading": "Looking ahead from {day}",
        "short": "In short",
        "paths": "Two paths, from what was known on {day} alone: on one, the level of the last twelve months ({rate} a "
        "day) lasts, as policing was said to do; on the other it moves as it did after the start of {template}, by "
        "half-years, as a pact was said to.",
        "named": "The paths bear the names of what was predicted, not of causes: a pact that holds would look like the "
        "first path too.",
        "scored": "Each window is scored by the log of the chance that a path gave to the count that came: higher is "
        "better. Windows that move together are not independent witnesses, so the sums say which path fared better, "
        "not by what odds.",
        "table": "The scores of both paths",
        "path": "Path",
        "all": "All {n} windows",
        "before": "Before: {label}",
        "same": "Counted as before",
        "inside": "Inside its 95%",
        "of": "{n_inside} of {n}",
        "after": "From {day} on ({label}), what came lies below both paths.",
        "bursts": "Bursts of days",
        "burst": "{name}: {observed} killed. {paths}.",
        "chance": "the path “{path}” expected {expected}; it gave as many or more a chance of {chance} on these days, "
        "and of {anywhere} at most on some run of as many days up to the end",
        "tiny": "under {pct}",
        "documents": "The ledger has no count of just these days; the deaths are as these documents give them:",
    },
    "es": {
        "heading": "Una mirada adelante desde el {day}",
        "short": "En resumen",
        "paths": "Dos caminos, solo con lo que se sabía el {day}: en uno se mantiene el nivel de los últimos doce "
        "meses ({rate} por día), como se decía de la labor policial; en el otro se mueve como después del inicio de "
        "{template}, por semestres, como se decía de un pacto.",
        "named": "Los caminos llevan el nombre de lo que se predijo, no de causas: un pacto que se sostiene también se "
        "vería como el primero.",
        "scored": "Cada período se puntúa con el logaritmo de la probabilidad que un camino daba al conteo que vino: "
        "más alto es mejor. Los períodos que se mueven juntos no son testigos independientes, así que las sumas dicen "
        "a qué camino le fue mejor, no con qué ventaja.",
        "table": "Los puntajes de ambos caminos",
        "path": "Camino",
        "all": "Los {n} períodos",
        "before": "Antes: {label}",
        "same": "Contados como antes",
        "inside": "Dentro de su 95\u00a0%",
        "of": "{n_inside} de {n}",
        "after": "Desde el {day} ({label}), lo que vino queda por debajo de ambos caminos.",
        "bursts": "Repuntes de días",
        "burst": "{name}: {observed} muertes. {paths}.",
        "chance": "el camino «{path}» esperaba {expected}; daba a tantas o más una probabilidad de {chance} en esos "
        "días, y de {anywhere} como máximo en alguna racha de tantos días hasta el final",
        "tiny": "menos de {pct}",
        "documents": "El registro no tiene un conteo de solo estos días; las muertes son las que dan estos documentos:",
    },
}

SMALLEST: Final = 1e-5
"""Chances below this are tails of a model that nobody can check; they are printed as below it."""


def tell_outlook(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Set both paths against what came, with their scores, and the bursts that neither saw coming."""
    if facts.outlook is None:
        return ()
    text, found, chart = _TEXT[lang], facts.outlook, charts[OUTLOOK]
    day = wording.day(found.as_of, lang)
    template = facts.case.settings.episode(found.pact_template).name[lang]
    rate = wording.decimal(found.level.daily_rate, 1)
    return (
        Heading(text["heading"].format(day=day), 1),
        Box(
            label=text["short"],
            lead=outlook_lead(facts, lang)[0],
            sentences=(text["paths"].format(day=day, rate=rate, template=template), text["named"]),
            quiet=True,
        ),
        Paragraph((text["scored"], *_after_next(facts, found, lang))),
        _score_table(facts, found, lang),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *_bursts(facts, found, lang),
    )


def outlook_lead(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Say which path fared better, judged up to the next episode; nothing where there is no outlook."""
    found = facts.outlook
    if found is None:
        return ()
    return (tell_better_path(found.scores(), found.pact_name, found.following, lang),)


def outlook_line(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Say in one line which path fared better; nothing where there is no outlook."""
    if facts.outlook is None:
        return ()
    heading = _TEXT[lang]["heading"].format(day=wording.day(facts.outlook.as_of, lang))
    return (f"{heading}. {outlook_lead(facts, lang)[0]}",)


def _after_next(facts: Facts, found: Outlook, lang: Language) -> tuple[str, ...]:
    """Say where all that came after the next episode began lies below both paths' 95%."""
    coming = next_start(found, facts.case, lang)
    if not coming:
        return ()
    start, label = coming[0]
    later = found.windows[[parse_window(str(one)).start >= start for one in found.windows["window"]]]
    if later.empty or not (later["observed"] < later["low"]).all():
        return ()
    return (_TEXT[lang]["after"].format(day=wording.day(start, lang), label=label),)


def _score_table(facts: Facts, found: Outlook, lang: Language) -> Table:
    text = _TEXT[lang]
    coming = next_start(found, facts.case, lang)
    columns = ["all", *(["before_next"] if coming else []), "same_definition"]
    heads = [text["all"].format(n=found.windows["window"].nunique())]
    heads += [text["before"].format(label=label) for _, label in coming]
    inside = {str(path): n_inside(group) for path, group in found.windows.groupby("path", sort=True)}
    rows = [
        (
            capital(path_words(found, facts.case, str(path), lang)),
            *(wording.decimal(score, 1) for score in row[columns]),
            text["of"].format(n_inside=inside[str(path)], n=f"{row['n_windows']:.0f}"),
        )
        for path, row in found.scores().iterrows()
    ]
    return Table(
        caption=text["table"],
        header=(text["path"], *heads, text["same"], text["inside"]),
        rows=tuple(rows),
        widths=(2.4, *([1.3] * len(columns)), 1.3),
        right=tuple(range(1, len(columns) + 2)),
    )


def _bursts(facts: Facts, found: Outlook, lang: Language) -> tuple[Block, ...]:
    if found.bursts.empty:
        return ()
    text = _TEXT[lang]
    spells = {str(one.window): one for one in facts.case.settings.bursts}
    windows = list(dict.fromkeys(found.bursts["window"]))
    uncounted = [spells[one] for one in windows if one in spells and spells[one].deaths is not None]
    documents = Bullets(
        tuple(document_link(facts.case.ledger.sources[one], lang) for one in _sources(facts, uncounted))
    )
    return (
        Heading(text["bursts"], 2),
        Bullets(tuple(_burst(facts, found, one, lang) for one in windows)),
        *((Paragraph((text["documents"],)), documents) if uncounted else ()),
    )


def _sources(facts: Facts, spells: list[Spell]) -> list[str]:
    """Give the documents of the events that date and count a burst, each once."""
    events: list[Event] = [facts.case.event(one) for spell in spells for one in spell.sources]
    return list(dict.fromkeys(one.source_id for one in events))


def _burst(facts: Facts, found: Outlook, window: str, lang: Language) -> str:
    text = _TEXT[lang]
    rows = found.bursts[found.bursts["window"] == window].sort_values("chance", kind="stable").to_dict(orient="records")
    paths = [
        text["chance"].format(
            path=path_words(found, facts.case, str(row["path"]), lang),
            expected=wording.whole(float(row["expected"])),
            chance=chance_words(float(row["chance"]), lang),
            anywhere=chance_words(float(row["chance_anywhere"]), lang),
        )
        for row in rows
    ]
    observed = wording.whole(float(rows[0]["observed"]))
    return text["burst"].format(
        name=_name(facts, parse_window(window), lang), observed=observed, paths=capital("; ".join(paths))
    )


def chance_words(chance: float, lang: Language) -> str:
    """Write a chance in per cent with two digits; very small ones as less than the smallest printed."""
    if chance < SMALLEST:
        return _TEXT[lang]["tiny"].format(pct=wording.percent(100 * SMALLEST, lang, 3))
    places = max(0, 1 - math.floor(math.log10(100 * chance)))
    return wording.percent(100 * chance, lang, places)


def _name(facts: Facts, window: Window, lang: Language) -> str:
    names = [one.name[lang] for one in facts.case.settings.bursts if one.window == window]
    return capital(names[0]) if names else capital(wording.window(window, lang))
