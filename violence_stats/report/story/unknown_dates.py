"""When the series breaks if nobody names a date: the breaks found, and how they stand beside named dates."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital, when
from violence_stats.charts.regimes import BreakDate
from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Cell, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import UNKNOWN_DATES, Chart
from violence_stats.report.story.beside_dates import cells, heads, note
from violence_stats.report.story.break_evidence import tell_evidence
from violence_stats.report.story.named_ends import tell_end
from violence_stats.report.story.phrases import Texts
from violence_stats.report.unknown_dates import NEAR_MONTHS, UnknownDates

_TEXT: Final[Texts] = {
    "en": {
        "heading": "When did it break? Dates that nobody named",
        "unsearchable": "The series cannot be searched for breaks: it is too short, does not change, or has gaps.",
        "searched": "The counts of {n} windows, {span}, are searched for breaks in the daily rate without giving any "
        "date: up to {most} breaks, and no regime (the time between two breaks) shorter than {shortest} months.",
        "found": "Breaks found: {n}. Each is named by the FIRST month of its new regime.",
        "care": "How strong the evidence for that number is, and for each date, is said below; where a break falls "
        "together with a named date, the counts say when, not why.",
        "breaks": "The breaks found",
        "first": "First month of the new regime",
        "interval": "Interval of that month ({pct})",
        "before": "Monthly average before",
        "after": "Monthly average after",
        "change": "Change",
        "inside": "The break of {month} falls inside {window}, whose count is known only as a whole; its interval "
        "covers that window.",
        "beside": "Beside the dates that are named",
        "near": "Of {m} named interventions, {k} have a break found within {near} months.",
        "near_only": "The one named intervention has a break found within {near} months.",
        "far_only": "The one named intervention has no break found within {near} months.",
        "lonely": "No named intervention lies that near to the breaks found at {dates}.",
        "definition": "One of the interventions, “{name}” ({when}), changes what is counted, so part of a break near "
        "it can lie in the counting.",
        "edges": "The search dates a break to the edge of a published window, so a change late in a month shows as a "
        "break in the next one.",
        "table": "Each named intervention and the nearest break found",
        "intervention": "Intervention",
        "holds": "Date in its interval",
        "yes": "yes",
        "no": "no",
    },
    "es": {
        "heading": "¿Cuándo se quebró? Fechas que nadie nombró",
        "unsearchable": "No se pueden buscar quiebres en la serie: es demasiado corta, no cambia o tiene huecos.",
        "searched": "En los conteos de {n} períodos, {span}, se buscan quiebres de la tasa diaria sin dar ninguna "
        "fecha: hasta {most} quiebres, y ningún régimen (el tiempo entre dos quiebres) de menos de {shortest} meses.",
        "found": "Quiebres hallados: {n}. Cada uno se nombra por el PRIMER mes de su nuevo régimen.",
        "care": "Qué tan fuerte es la evidencia de ese número y de cada fecha se dice más abajo; donde un quiebre "
        "coincide con una fecha nombrada, los conteos dicen cuándo, no por qué.",
        "breaks": "Los quiebres hallados",
        "first": "Primer mes del nuevo régimen",
        "interval": "Intervalo de ese mes ({pct})",
        "before": "Promedio mensual antes",
        "after": "Promedio mensual después",
        "change": "Cambio",
        "inside": "El quiebre de {month} cae dentro de {window}, cuyo conteo solo se conoce entero; su intervalo "
        "abarca ese período.",
        "beside": "Junto a las fechas que se nombran",
        "near": "De {m} intervenciones nombradas, {k} tienen un quiebre hallado a {near} meses o menos.",
        "near_only": "La única intervención nombrada tiene un quiebre hallado a {near} meses o menos.",
        "far_only": "La única intervención nombrada no tiene ningún quiebre hallado a {near} meses o menos.",
        "lonely": "Ninguna intervención nombrada está así de cerca de los quiebres hallados en {dates}.",
        "definition": "Una de las intervenciones, «{name}» ({when}), cambia lo que se cuenta, así que una parte de un "
        "quiebre cercano puede estar en la forma de contar.",
        "edges": "La búsqueda fecha un quiebre en el borde de un período publicado, de modo que un cambio al final de "
        "un mes aparece como quiebre en el siguiente.",
        "table": "Cada intervención nombrada y el quiebre hallado más cercano",
        "intervention": "Intervención",
        "holds": "Fecha en su intervalo",
        "yes": "sí",
        "no": "no",
    },
}


def tell_unknown_dates(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Give the breaks found without a date, set them beside named dates, and say how strong the evidence is."""
    text, search = _TEXT[lang], facts.unknown
    if search is None:
        return (Heading(text["heading"], 1), Paragraph((text["unsearchable"],)))
    chart = charts[UNKNOWN_DATES]
    return (
        Heading(text["heading"], 1),
        Paragraph(_what_was_done(search, lang)),
        *_found_table(search, lang),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *_beside_interventions(search, lang),
        *tell_evidence(search, lang),
        *(block for one in search.episodes for block in tell_end(facts.case, search, one, lang)),
    )


def _what_was_done(search: UnknownDates, lang: Language) -> tuple[str, ...]:
    text = _TEXT[lang]
    return (
        text["searched"].format(
            n=search.series.n_windows,
            span=wording.window(search.series.span, lang),
            most=search.most_breaks,
            shortest=wording.whole(search.shortest_months),
        ),
        text["found"].format(n=search.found.n_breaks),
        text["care"],
    )


def _found_table(search: UnknownDates, lang: Language) -> tuple[Block, ...]:
    if not search.breaks:
        return ()
    text = _TEXT[lang]
    rows = search.found.to_frame().to_dict(orient="records")
    pct = wording.percent(100 * search.breaks[0].confidence, lang, 0)
    table = Table(
        caption=text["breaks"],
        header=(text["first"], text["interval"].format(pct=pct), text["before"], text["after"], text["change"]),
        rows=tuple(
            (
                capital(wording.month(one.first_day, lang)),
                capital(wording.window(one.interval, lang)),
                wording.whole(row["mean_before"]),
                wording.whole(row["mean_after"]),
                wording.percent(row["change_pct"], lang, 0),
            )
            for one, row in zip(search.breaks, rows, strict=True)
        ),
        widths=(2, 3, 1.4, 1.4, 1.1),
        right=(2, 3, 4),
    )
    notes = tuple(_inside(search, one, lang) for one in search.breaks)
    kept = tuple(note for note in notes if note)
    return (table, Paragraph(kept, small=True)) if kept else (table,)


def _inside(search: UnknownDates, one: BreakDate, lang: Language) -> str:
    """Name the window inside which a break falls; blank where it lies at an edge."""
    for window in search.series.windows:
        if window.start < one.first_day <= window.end:
            month = wording.month(one.first_day, lang)
            return _TEXT[lang]["inside"].format(month=month, window=wording.window(window, lang))
    return ""


def _beside_interventions(search: UnknownDates, lang: Language) -> tuple[Block, ...]:
    if not search.interventions or not search.breaks:
        return ()
    text = _TEXT[lang]
    header = (text["intervention"], *heads(lang)[:2], text["holds"], *heads(lang)[2:])
    rows: list[tuple[Cell, ...]] = []
    for intervention, beside in search.interventions:
        name = f"{capital(when(intervention.date, lang))}: {intervention.name[lang]}"
        nearest, apart, *probabilities = cells(beside, lang)
        rows.append((name, nearest, apart, text["yes" if beside.in_interval else "no"], *probabilities))
    return (
        Heading(text["beside"], 2),
        Paragraph(_in_words(search, lang)),
        Table(
            caption=text["table"],
            header=header,
            rows=tuple(rows),
            widths=(4, 1.7, 1.3, 1.2, 1.3, 1.3),
            right=(2, 3, 4, 5),
        ),
        Paragraph((note(lang),), small=True),
    )


def _in_words(search: UnknownDates, lang: Language) -> tuple[str, ...]:
    text = _TEXT[lang]
    near = [one for _, one in search.interventions if one.months is not None and abs(one.months) <= NEAR_MONTHS]
    name = "near" if len(search.interventions) > 1 else "near_only" if near else "far_only"
    sentences = [text[name].format(m=len(search.interventions), k=len(near), near=NEAR_MONTHS)]
    if search.lonely:
        dates = wording.listing([wording.month(one.first_day, lang) for one in search.lonely], lang)
        sentences.append(text["lonely"].format(dates=dates))
    sentences.append(text["edges"])
    sentences += [
        text["definition"].format(name=one.name[lang], when=when(one.date, lang))
        for one, _ in search.interventions
        if one.kind == "definition"
    ]
    return tuple(sentences)
