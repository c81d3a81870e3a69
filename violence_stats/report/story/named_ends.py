"""When an episode ended: the dates that documents give, beside what the series shows."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Language
from violence_stats.months import months_between
from violence_stats.report.document import Block, Cell, Heading, Paragraph, Table
from violence_stats.report.story.beside_dates import cells, heads, note
from violence_stats.report.story.phrases import Texts, document_link
from violence_stats.report.unknown_dates import EpisodeEnd, UnknownDates

_TEXT: Final[Texts] = {
    "en": {
        "heading": "Dates given for the end: {name}",
        "range": "Documents date its end from {first} to {last}, {months} months apart (dates given only to the year "
        "left out).",
        "found": "Between its start and the next named intervention the search finds {breaks}.",
        "break": "a break at {month} (a monthly average of {before}, then {after})",
        "none": "Between its start and the next named intervention the search finds no break.",
        "bayes": "The Bayesian search puts its breaks there at {months}.",
        "bayes_none": "The Bayesian search puts no break there.",
        "care": "A series can date a change of its level; that anything ended then is what the documents say, each for "
        "itself.",
        "table": "Dates given for the end, the nearest break found after the start, and its probability",
        "given": "Date given",
        "document": "Document",
    },
    "es": {
        "heading": "Fechas que se dan para el fin: {name}",
        "range": "Los documentos fechan su fin de {first} a {last}, con {months} meses de diferencia (sin las fechas "
        "que solo dan el año).",
        "found": "Entre su inicio y la siguiente intervención nombrada, la búsqueda halla {breaks}.",
        "break": "un quiebre en {month} (un promedio mensual de {before} y, después, de {after})",
        "none": "Entre su inicio y la siguiente intervención nombrada, la búsqueda no halla ningún quiebre.",
        "bayes": "La búsqueda bayesiana pone allí sus quiebres en {months}.",
        "bayes_none": "La búsqueda bayesiana no pone allí ningún quiebre.",
        "care": "Una serie puede fechar un cambio de su nivel; que algo terminara entonces es lo que dicen los "
        "documentos, cada uno por su cuenta.",
        "table": "Fechas que se dan para el fin, el quiebre hallado más cercano después del inicio, y su probabilidad",
        "given": "Fecha que se da",
        "document": "Documento",
    },
}


def tell_end(case: Case, search: UnknownDates, end: EpisodeEnd, lang: Language) -> tuple[Block, ...]:
    """Set the dates that documents give for the end of an episode beside the breaks after its start."""
    text = _TEXT[lang]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            capital(wording.window(one.event.window, lang)),
            document_link(case.ledger.sources[one.event.source_id], lang),
            *cells(one.beside, lang),
        )
        for one in end.ends
    )
    return (
        Heading(text["heading"].format(name=end.episode.name[lang]), 2),
        Paragraph((*_range(end, lang), _found(search, end, lang), _bayes(end, lang), text["care"])),
        Table(
            caption=text["table"],
            header=(text["given"], text["document"], *heads(lang)),
            rows=rows,
            widths=(2.2, 4.3, 1.6, 1.1, 1.2, 1.2),
            right=(3, 4, 5),
            small=True,
        ),
        Paragraph((note(lang),), small=True),
    )


def _range(end: EpisodeEnd, lang: Language) -> tuple[str, ...]:
    if end.range is None:
        return ()
    first, last = end.range
    sentence = _TEXT[lang]["range"].format(
        first=wording.month(first.start, lang),
        last=wording.month(last.start, lang),
        months=months_between(first.start, last.start),
    )
    return (sentence,)


def _found(search: UnknownDates, end: EpisodeEnd, lang: Language) -> str:
    text = _TEXT[lang]
    rows = zip(search.breaks, search.found.to_frame().to_dict(orient="records"), strict=True)
    said = [
        text["break"].format(
            month=wording.month(one.first_day, lang),
            before=wording.whole(row["mean_before"]),
            after=wording.whole(row["mean_after"]),
        )
        for one, row in rows
        if one in end.found
    ]
    return text["found"].format(breaks=wording.listing(said, lang)) if said else text["none"]


def _bayes(end: EpisodeEnd, lang: Language) -> str:
    if not end.found_by_bayes:
        return _TEXT[lang]["bayes_none"]
    months = [wording.month(one.first_day, lang) for one in end.found_by_bayes]
    return _TEXT[lang]["bayes"].format(months=wording.listing(months, lang))
