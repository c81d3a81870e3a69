"""What the evidence rests on: which rows have figures on both sides of which episode, and the counts compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.months import Window
from violence_stats.questions.episode_data import EpisodeData, OtherCounts
from violence_stats.questions.episode_evidence import VOTING
from violence_stats.questions.paired_counts import PairedCounts
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.evidence_facts import EvidenceFacts
from violence_stats.report.story.phrases import Texts, ratio

_TEXT: Final[Texts] = {
    "en": {
        "available": "First: what can be measured at all",
        "only": "A row counts only where the same days were counted on both sides, by one publisher. Of the {n} rows "
        "with a vote, {shares} can be measured.",
        "share": "{k} for {name}",
        "table": "Measures with figures on identical windows on both sides",
        "row": "Row",
        "windows": "{before} / {after} windows",
        "measures": "{n}",
        "inside": "{n}, and {k} whose baseline holds the start",
        "recorded": "{n}, recorded otherwise after",
        "selected": "{n}, places chosen by their counts",
        "none": "–",
        "counting": "{n} windows",
        "neighbours": "{n} countries",
        "neighbour": "1 country",
        "shape": "Shape of the counts (onset, persistence, bursts)",
        "specificity": "Other crime",
        "enforcement": "Enforcement",
        "substitution": "Disappearances",
        "geography": "Places",
        "abroad": "Neighbours",
        "bound": "Bound on counting",
        "compared": "What was compared",
        "compared_table": "The counts behind {name}",
        "measure": "Measure (publisher)",
        "before": "Before",
        "after": "After",
        "ratio": "Ratio (95% interval)",
        "places": "homicides where police were deployed",
        "held": ", baseline holds the start",
        "cell": "{count}: {window}",
        "months": "{n} months, {window}",
        "interval": "Intervals are those of over-dispersed counts, with an assumed drift of {drift} of the ratio: "
        "counts drift in ways that adjoining months do not show. Ratios are of daily rates.",
    },
    "es": {
        "available": "Primero: qué se puede medir",
        "only": "Una fila vale solo donde los mismos días se contaron a ambos lados, por una misma institución. De las "
        "{n} filas con voto, se pueden medir {shares}.",
        "share": "{k} en {name}",
        "table": "Medidas con cifras en períodos idénticos a ambos lados",
        "row": "Fila",
        "windows": "{before} / {after} períodos",
        "measures": "{n}",
        "inside": "{n}, y {k} cuya base contiene el inicio",
        "recorded": "{n}, registradas de otro modo después",
        "selected": "{n}, lugares elegidos por sus conteos",
        "none": "–",
        "counting": "{n} períodos",
        "neighbours": "{n} países",
        "neighbour": "1 país",
        "shape": "Forma de los conteos (inicio, permanencia, repuntes)",
        "specificity": "Otros delitos",
        "enforcement": "Actividad policial",
        "substitution": "Desapariciones",
        "geography": "Lugares",
        "abroad": "Vecinos",
        "bound": "Cota del conteo",
        "compared": "Qué se comparó",
        "compared_table": "Los conteos detrás de {name}",
        "measure": "Medida (institución)",
        "before": "Antes",
        "after": "Después",
        "ratio": "Razón (intervalo del 95\u00a0%)",
        "places": "homicidios donde se desplegó la policía",
        "held": ", la base contiene el inicio",
        "cell": "{count}: {window}",
        "months": "{n} meses, {window}",
        "interval": "Los intervalos son de conteos con sobredispersión, con una deriva supuesta de {drift} de la "
        "razón: los conteos derivan de formas que los meses vecinos no muestran. Las razones son de tasas diarias.",
    },
}


def tell_available(facts: Facts, found: EvidenceFacts, lang: Language) -> tuple[Block, ...]:
    """Say, before any value, which rows can be measured for which episode."""
    text = _TEXT[lang]
    read = (found.now.episode, *found.now.sanity)
    order = [one.id for one in facts.case.settings.episodes if one.id in found.data]
    n_rows = sum(row.signature.block in VOTING for row in found.now.rows)
    shares = [
        text["share"].format(k=one.n_applicable, name=one.name[lang])
        for one in sorted(read, key=lambda one: order.index(one.id))
    ]
    episodes = [found.data[name] for name in order]
    return (
        Heading(text["available"], 2),
        Paragraph((text["only"].format(n=n_rows, shares=wording.listing(shares, lang)),)),
        Table(
            caption=text["table"],
            header=(text["row"], *(capital(wording.month(one.start, lang)) for one in episodes)),
            rows=tuple(
                (text[name], *(cell(one, lang) for one in episodes))
                for name, cell in (
                    ("shape", _shape),
                    ("specificity", lambda one, lang: _paired(one.other_crime, lang)),
                    ("enforcement", lambda one, lang: _paired(one.enforcement, lang)),
                    ("substitution", _lost),
                    ("geography", _placed),
                    ("abroad", _abroad),
                    ("bound", _bound),
                )
            ),
            widths=(2.2, *([1.7] * len(episodes))),
            small=True,
        ),
    )


def _shape(data: EpisodeData, lang: Language) -> str:
    before, after = data.windows_in(data.earliest, data.start), data.windows_in(data.start, data.last)
    return _TEXT[lang]["windows"].format(before=len(before), after=len(after))


def _paired(others: Sequence[OtherCounts], lang: Language) -> str:
    clean = sum(not one.counts.contains_start for one in others)
    inside = len(others) - clean
    if not others:
        return _TEXT[lang]["none"]
    return _TEXT[lang]["inside" if inside else "measures"].format(n=clean, k=inside)


def _lost(data: EpisodeData, lang: Language) -> str:
    if data.disappearances is None:
        return _TEXT[lang]["none"]
    return _TEXT[lang]["recorded" if data.recording_changed else "measures"].format(n=1)


def _placed(data: EpisodeData, lang: Language) -> str:
    if data.places is None:
        return _TEXT[lang]["none"]
    return _TEXT[lang]["selected" if data.places_selected else "measures"].format(n=1)


def _abroad(data: EpisodeData, lang: Language) -> str:
    n = 0 if data.neighbours is None else len(data.neighbours.controls)
    return _TEXT[lang]["none" if n == 0 else "neighbour" if n == 1 else "neighbours"].format(n=n)


def _bound(data: EpisodeData, lang: Language) -> str:
    n = len(data.counting)
    return _TEXT[lang]["counting" if n else "none"].format(n=n)


def tell_compared(facts: Facts, found: EvidenceFacts, lang: Language) -> tuple[Block, ...]:
    """Give every pair of counts of the contested episode, with the windows."""
    text, data = _TEXT[lang], found.own
    rows = tuple(_compared_rows(facts, data, lang))
    if not rows:
        return ()
    drift = wording.percent(100 * max(pair.log_sd for pair in _pairs(data)), lang, 0)
    return (
        Heading(text["compared"], 2),
        Table(
            caption=text["compared_table"].format(name=found.now.episode.name[lang]),
            header=tuple(text[name] for name in ("measure", "before", "after", "ratio")),
            rows=rows,
            widths=(2.6, 2.3, 2.3, 1.7),
            right=(3,),
            small=True,
        ),
        Paragraph((text["interval"].format(drift=drift),), small=True),
    )


def _pairs(data: EpisodeData) -> Iterator[PairedCounts]:
    others = (*data.other_crime, *data.enforcement, data.disappearances, data.places)
    yield from (one.counts for one in others if one is not None)


def _compared_rows(facts: Facts, data: EpisodeData, lang: Language) -> Iterator[tuple[str, ...]]:
    text, names = _TEXT[lang], facts.case.settings.measures
    for pair in _pairs(data):
        placed = data.places is not None and pair is data.places.counts
        what = text["places"] if placed else names[pair.measure][lang]
        held = text["held"] if pair.contains_start else ""
        yield (
            f"{capital(what)} ({pair.publisher}){held}",
            _cell(pair.before, pair.windows_before, lang),
            _cell(pair.after, pair.windows_after, lang),
            ratio(pair.log_ratio, lang),
        )


def _cell(count: int, windows: Sequence[Window], lang: Language) -> str:
    span = Window(windows[0].start, windows[-1].end)
    words = wording.window(span, lang)
    if len(windows) > 1 and sum(one.n_days for one in windows) < span.n_days:
        words = _TEXT[lang]["months"].format(n=len(windows), window=words)
    return _TEXT[lang]["cell"].format(count=wording.whole(count), window=words)
