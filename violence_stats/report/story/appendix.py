"""Every figure that enters the report, with its document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from violence_stats import wording
from violence_stats.figures import Figure, Source
from violence_stats.ledger.records import Language
from violence_stats.months import Window
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.story.pairs import list_mixed
from violence_stats.report.story.phrases import Texts, called, document_link

_TEXT: Final[Texts] = {
    "en": {
        "heading": "Appendix: every figure used",
        "note": "A window of the series that rests on one figure has that figure's days and count; the others are "
        "arithmetic on figures. {days}",
        "note_whole": "Each window of the series is one figure. {days}",
        "days": "Days are written by year, month or day, both ends included; 2020-H1 is the first "
        "half of 2020 and 2011-01/08 is January to August 2011. The number beside a figure is that of its document, "
        "whose name leads to its address.",
        "windows": "Windows of the series that are arithmetic on figures",
        "window": "Days",
        "count": "Count",
        "made": "Arithmetic",
        "figure": "Figure",
        "publisher": "Publisher",
        "status": "Status",
        "number": "No.",
        "document": "Document",
        "documents": "The documents",
        "published": "published",
        "compiled": "compiled",
        "digitised": "digitised",
        "derived": "derived",
        "preliminary": "preliminary",
        "group": "The figures: {measure}, {country}{area}{definition}",
        "deployed": ", where police were deployed",
    },
    "es": {
        "heading": "Anexo: todas las cifras usadas",
        "note": "Un período de la serie que descansa en una sola cifra tiene los días y el conteo de esa cifra; los "
        "demás son aritmética de cifras. {days}",
        "note_whole": "Cada período de la serie es una cifra. {days}",
        "days": "Los días se escriben por año, mes o día, con ambos extremos incluidos; "
        "2020-H1 es el primer semestre de 2020 y 2011-01/08 es de enero a agosto de 2011. El número junto a una "
        "cifra es el de su documento, cuyo nombre lleva a su dirección.",
        "windows": "Períodos de la serie que son aritmética de cifras",
        "window": "Días",
        "count": "Conteo",
        "made": "Aritmética",
        "figure": "Cifra",
        "publisher": "Institución",
        "status": "Estado",
        "number": "N.º",
        "document": "Documento",
        "documents": "Los documentos",
        "published": "publicada",
        "compiled": "compilada",
        "digitised": "digitalizada",
        "derived": "derivada",
        "preliminary": "preliminar",
        "group": "Las cifras: {measure}, {country}{area}{definition}",
        "deployed": ", donde se desplegó la policía",
    },
}


def tell_appendix(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """List the mixed pairs, the windows that are arithmetic, every figure, and every document once."""
    text = _TEXT[lang]
    cited = [pair for _, pair in sorted(facts.figures.items())]
    numbers = {
        source_id: number for number, source_id in enumerate(dict.fromkeys(one.source_id for _, one in cited), 1)
    }
    documents = {source.source_id: source for _, source in cited}
    arithmetic = _arithmetic(facts, lang)
    return (
        Heading(text["heading"], 1),
        *list_mixed(facts, lang),
        Paragraph((text["note" if arithmetic else "note_whole"].format(days=text["days"]),)),
        *arithmetic,
        *_figure_tables(facts, cited, numbers, lang),
        Table(
            caption=text["documents"],
            header=(text["number"], text["document"]),
            rows=tuple((str(number), document_link(documents[name], lang)) for name, number in numbers.items()),
            widths=(1, 20),
            right=(0,),
            small=True,
        ),
    )


def _arithmetic(facts: Facts, lang: Language) -> tuple[Block, ...]:
    text = _TEXT[lang]
    windows = [one for one in facts.chain if len(one.citations) > 1]
    if not windows:
        return ()
    table = Table(
        caption=text["windows"],
        header=(text["window"], text["count"], text["made"]),
        rows=tuple((days_in_iso(one.window), wording.whole(one.value), one.arithmetic) for one in windows),
        widths=(1.6, 0.6, 5),
        right=(1,),
        small=True,
    )
    return (table,)


def _figure_tables(
    facts: Facts, cited: Sequence[tuple[Figure, Source]], numbers: Mapping[str, int], lang: Language
) -> Iterator[Table]:
    """Give a table for each measure, country and definition: the chain's own first, then the case's, then others."""
    text, chain = _TEXT[lang], facts.chain
    own = chain.observations[0].definition
    groups: defaultdict[tuple[bool, bool, str, str, str, bool, str], list[tuple[Figure, Source]]] = defaultdict(list)
    for figure, source in cited:
        abroad, other = figure.country != facts.case.country, figure.measure != chain.measure
        narrower = figure.definition not in ("", own)
        key = (abroad, other, figure.measure, figure.country, figure.area, narrower, figure.definition)
        groups[key].append((figure, source))
    for key in sorted(groups):
        first = groups[key][0][0]
        yield Table(
            caption=_group_words(facts, first, lang),
            header=(text["figure"], text["window"], text["count"], text["publisher"], text["status"], text["number"]),
            rows=tuple(_figure_row(figure, numbers[source.source_id], lang) for figure, source in groups[key]),
            widths=(1.15, 3.1, 1.0, 2.0, 2.0, 0.8),
            right=(2, 5),
            small=True,
            across=2,
        )


def _group_words(facts: Facts, figure: Figure, lang: Language) -> str:
    """Name what the figures of a table count, where, and by which definition if it is not the chain's first."""
    text, settings = _TEXT[lang], facts.case.settings
    places = settings.evidence.places
    deployed = places is not None and figure.area == places.area
    narrower = figure.definition not in ("", facts.chain.observations[0].definition)
    return text["group"].format(
        measure=called(settings.measures, figure.measure, lang),
        country=called(settings.countries, figure.country, lang),
        area=text["deployed"] if deployed else f", {figure.area}" if figure.area else "",
        definition=f", {called(settings.definitions, figure.definition, lang)}" if narrower else "",
    )


def _figure_row(figure: Figure, number: int, lang: Language) -> tuple[str, ...]:
    return (
        figure.figure_id,
        days_in_iso(figure.window),
        wording.whole(figure.value),
        figure.publisher,
        _TEXT[lang].get(figure.status, figure.status),
        str(number),
    )


def days_in_iso(window: Window) -> str:
    """Write a window alike in every language, as ISO 8601 does: the end without a year that is that of the start."""
    first, slash, last = window.label.partition("/")
    return f"{first}{slash}{last.removeprefix(first[:5])}"
