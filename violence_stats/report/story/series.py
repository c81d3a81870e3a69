"""What is known, window by window: the timeline, what it is made of, and the totals by year."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from violence_stats import wording
from violence_stats.charts.lanes import is_digitised
from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import Chart
from violence_stats.report.story.phrases import Texts, called

YEARS_ACROSS: Final = 4
"""Pairs of year and total side by side."""

_TEXT: Final[Texts] = {
    "en": {
        "heading": "What is known, window by window",
        "windows": "A count is known for {n_months} single months and for {n_other} longer or odd windows, where "
        "nobody published the months inside; nothing is filled in between.",
        "months": "A count is known for each of {n_months} months; nothing is filled in.",
        "longer": "A count is known for {n_other} windows, each longer than a month or odd; nothing is filled in.",
        "made": "{n_derived} of the {n} counts are differences between published totals, and {n_digitised} were "
        "read off a published chart.",
        "as_published": "Each count stands as it was published or compiled.",
        "changes": "The publisher changes {n_publishers} times along the way.",
        "one_publisher": "One publisher counts throughout: {publisher}.",
        "definition": "From {month} on the count is another one: {definition}.",
        "years": "Counts by calendar year",
        "year": "Year",
        "count": "Count",
        "different": "{year} and later years, in brackets, are counted otherwise: {definition}.",
    },
    "es": {
        "heading": "Lo que se sabe, período por período",
        "windows": "Se conoce el conteo de {n_months} meses sueltos y de {n_other} períodos más largos o "
        "irregulares, cuyos meses nadie publicó; nada se rellena entre ellos.",
        "months": "Se conoce el conteo de cada uno de {n_months} meses; nada se rellena.",
        "longer": "Se conoce el conteo de {n_other} períodos, cada uno más largo que un mes o irregular; nada se "
        "rellena.",
        "made": "De los {n} conteos, {n_derived} son diferencias entre totales publicados y {n_digitised} se "
        "leyeron en un gráfico publicado.",
        "as_published": "Cada conteo está tal como se publicó o compiló.",
        "changes": "En el camino, la institución que cuenta cambia {n_publishers} veces.",
        "one_publisher": "Una sola institución cuenta en toda la serie: {publisher}.",
        "definition": "Desde {month} el conteo es otro: {definition}.",
        "years": "Conteos por año calendario",
        "year": "Año",
        "count": "Conteo",
        "different": "{year} y los años posteriores, entre paréntesis, se cuentan de otro modo: {definition}.",
    },
}


def tell_series(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Show the series with its gaps and joints, unless the first page does, and give the totals of whole years."""
    text, chart = _TEXT[lang], charts["timeline"]
    return (
        Heading(text["heading"], 1),
        Paragraph((*_what_it_is_made_of(facts, lang), *_definitions(facts, lang))),
        *(() if facts.check is None else (Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),)),
        *_year_table(facts, lang),
    )


def _what_it_is_made_of(facts: Facts, lang: Language) -> tuple[str, ...]:
    text, series = _TEXT[lang], facts.timeline
    n_months = sum(one.window.is_one_month for one in series)
    n_derived = sum(one.status == "derived" for one in series)
    n_digitised = sum(is_digitised(one) for one in series)
    n_changes = sum(before.publisher != after.publisher for before, after in pairwise(series))
    publisher = called(facts.case.settings.publishers, series.observations[0].publisher, lang)
    known = "windows" if 0 < n_months < series.n_windows else "longer" if not n_months else "months"
    made = "made" if n_derived or n_digitised else "as_published"
    return (
        text[known].format(n_months=n_months, n_other=series.n_windows - n_months),
        text[made].format(n=series.n_windows, n_derived=n_derived, n_digitised=n_digitised),
        text["changes" if n_changes else "one_publisher"].format(n_publishers=n_changes, publisher=publisher),
    )


def _definitions(facts: Facts, lang: Language) -> tuple[str, ...]:
    changes = [after for before, after in pairwise(facts.timeline) if before.definition != after.definition]
    names = facts.case.settings.definitions
    return tuple(
        _TEXT[lang]["definition"].format(
            month=wording.month(one.window.start, lang), definition=called(names, one.definition, lang)
        )
        for one in changes
    )


def _year_table(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """Set years and totals in columns, those of another definition than the first in brackets."""
    text = _TEXT[lang]
    if facts.annual_totals.empty:
        return ()
    first = facts.chain.observations[0].definition
    other = {
        one.window.start.year: one.definition for one in reversed(facts.chain.observations) if one.definition != first
    }
    cells = [
        (str(year), f"({wording.whole(total)})" if year in other else wording.whole(total))
        for year, total in facts.annual_totals.items()
    ]
    n_rows = -(-len(cells) // YEARS_ACROSS)
    cells += [("", "")] * (n_rows * YEARS_ACROSS - len(cells))
    rows = [
        tuple(cell for column in range(YEARS_ACROSS) for cell in cells[column * n_rows + row]) for row in range(n_rows)
    ]
    table = Table(
        caption=text["years"],
        header=(text["year"], text["count"]) * YEARS_ACROSS,
        rows=tuple(rows),
        widths=(1.0, 1.0) * YEARS_ACROSS,
    )
    notes = [
        f"{one.year}: {one.reason[lang]}" for one in facts.case.settings.annual_sums if one.year in facts.annual_totals
    ]
    if other:
        name = called(facts.case.settings.definitions, other[min(other)], lang)
        notes.insert(0, text["different"].format(year=min(other), definition=name))
    return (table, Paragraph(tuple(notes), small=True)) if notes else (table,)
