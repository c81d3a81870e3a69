"""The first page: the claim, the verdict, the one chart, and what else the report finds."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.questions import claim_text
from violence_stats.questions.claim_check import ClaimCheck
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Bullets, Heading, Picture
from violence_stats.report.pictures import Chart
from violence_stats.report.story.choices import choices_line
from violence_stats.report.story.episodes import episodes_line
from violence_stats.report.story.evidence import evidence_line
from violence_stats.report.story.fall import fall_line
from violence_stats.report.story.no_claim import lead_without_claim, why_no_claim
from violence_stats.report.story.outlook import outlook_line
from violence_stats.report.story.phrases import Texts, called, date_list, interval, on_day

_TEXT: Final[Texts] = {
    "en": {
        "title_fall": "{what}: did they fall by {claim}?",
        "title_rise": "{what}: did they rise by {claim}?",
        "title_counts": "{what}: what the published counts show",
        "subtitle": "Published counts from {first} to {last}: {n_figures} figures from {n_documents} documents, "
        "each listed at the end.",
        "subtitle_1": "Published counts from {first} to {last}: {n_figures} figures from one document, each listed at "
        "the end.",
        "box": "The short answer, free to quote",
        "confirmed": "Yes. {measure}: {baseline_count} {baseline}, {window_count} {window}, {pct}.",
        "close": "Very nearly. {measure}: {baseline_count} {baseline}, {window_count} {window}, {pct}.",
        "depends on the counts": "It depends on which counts are taken. {measure}: {baseline_count} {baseline}, "
        "{window_count} {window}, {pct}.",
        "not confirmed": "No. {measure}: {baseline_count} {baseline}, {window_count} {window}, {pct}.",
        "cannot tell": "The published counts that are known cannot tell.",
        "why": "Counts say how many, not why.",
        "more": "Also in this report",
        "single": "{name}: from {day} on, the daily count was {ratio} times what the course until then led to "
        "expect ({interval}).",
        "contested": "{name}: the daily count was between {low} and {high} times what the course until then led to "
        "expect, depending on which of {n} dates the break is put on ({dates}).",
        "unknown": "Without any date given: the best-fitting breaks start new regimes in {dates}. Stricter "
        "tests, which allow for one month resembling the next, support {supported} of the {n}.",
        "unknown_1": "Without any date given: the best-fitting break starts a new regime in {dates}. Stricter "
        "tests, which allow for one month resembling the next, support {supported} of {n}.",
        "unknown_0": "Without any date given: no break is found.",
        "why_not": "Why: counts alone cannot tell. {statements}",
    },
    "es": {
        "title_fall": "{what}: ¿bajaron un {claim}?",
        "title_rise": "{what}: ¿subieron un {claim}?",
        "title_counts": "{what}: lo que muestran los conteos publicados",
        "subtitle": "Conteos publicados de {first} a {last}: {n_figures} cifras de {n_documents} documentos, todas "
        "enumeradas al final.",
        "subtitle_1": "Conteos publicados de {first} a {last}: {n_figures} cifras de un documento, todas enumeradas al "
        "final.",
        "box": "La respuesta breve, para citar",
        "confirmed": "Sí. {measure}: {baseline_count} {baseline}, {window_count} {window}, {pct}.",
        "close": "Casi exactamente. {measure}: {baseline_count} {baseline}, {window_count} {window}, {pct}.",
        "depends on the counts": "Depende de los conteos que se tomen. {measure}: {baseline_count} {baseline}, "
        "{window_count} {window}, {pct}.",
        "not confirmed": "No. {measure}: {baseline_count} {baseline}, {window_count} {window}, {pct}.",
        "cannot tell": "Los conteos publicados que se conocen no permiten saberlo.",
        "why": "Los conteos dicen cuántos, no por qué.",
        "more": "También en este informe",
        "single": "{name}: desde {day}, el conteo diario fue {ratio} veces lo que hacía esperar el curso anterior "
        "({interval}).",
        "contested": "{name}: el conteo diario fue entre {low} y {high} veces lo que hacía esperar el curso "
        "anterior, según en cuál de {n} fechas se ponga el quiebre ({dates}).",
        "unknown": "Sin dar ninguna fecha: los quiebres que mejor se ajustan inician nuevos regímenes en {dates}. "
        "Pruebas estadísticas más estrictas, que admiten que un mes se parezca al siguiente, respaldan {supported} de "
        "los {n}.",
        "unknown_1": "Sin dar ninguna fecha: el quiebre que mejor se ajusta inicia un nuevo régimen en {dates}. "
        "Pruebas estadísticas más estrictas, que admiten que un mes se parezca al siguiente, respaldan {supported} de "
        "{n}.",
        "unknown_0": "Sin dar ninguna fecha: no se halla ningún quiebre.",
        "why_not": "Por qué: los conteos por sí solos no permiten saberlo. {statements}",
    },
}


def title(facts: Facts, lang: Language) -> str:
    """Ask the report's question."""
    what, check = facts.case.settings.title[lang], facts.check
    if check is None:
        return _TEXT[lang]["title_counts"].format(what=what)
    pct = wording.percent(abs(check.claimed_pct), lang, check.claimed.decimals)
    name = "title_fall" if check.claimed_pct <= 0 else "title_rise"
    return _TEXT[lang][name].format(what=what, claim=pct)


def subtitle(facts: Facts, lang: Language) -> str:
    """Say what the report rests on."""
    cited = facts.figures.values()
    n_documents = len({source.source_id for _, source in cited})
    return _TEXT[lang]["subtitle_1" if n_documents == 1 else "subtitle"].format(
        first=wording.month(facts.chain.span.start, lang),
        last=wording.month(facts.last_day, lang),
        n_figures=len(cited),
        n_documents=n_documents,
    )


def tell_answer(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Give the verdict with its chart, then what else there is to know in a line each."""
    text, check = _TEXT[lang], facts.check
    chart = charts["timeline" if check is None else "claim"]
    lead = lead_without_claim(facts, lang) if check is None else verdict_line(facts, check, lang)
    said = why_no_claim(facts, lang) if check is None else check.sentence(lang)
    lines = (fall_line, episodes_line, evidence_line, outlook_line, choices_line)
    more = (
        *(_break_line(one, lang) for one in facts.breaks),
        *_without_dates(facts, lang),
        *(line for chapter in lines for line in chapter(facts, lang)),
        *_why_not(facts, lang),
    )
    return (
        Box(label=text["box"], lead=lead, sentences=(said, text["why"])),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *((Heading(text["more"], 1), Bullets(more)) if more else ()),
    )


def verdict_line(facts: Facts, check: ClaimCheck, lang: Language) -> str:
    """Give the verdict with the two counts of the report's own series."""
    pair = check.own.pair
    return _TEXT[lang][check.verdict].format(
        measure=capital(called(facts.case.settings.measures, facts.chain.measure, lang)),
        baseline_count=wording.whole(pair.baseline.value),
        window_count=wording.whole(pair.window.value),
        baseline=claim_text.when(check.baseline, lang),
        window=claim_text.when(check.window, lang),
        pct=wording.percent(check.observed_pct, lang, max(1, check.claimed.decimals)),
    )


def _break_line(broken: BreakFacts, lang: Language) -> str:
    name = broken.intervention.name[lang]
    ratios = sorted(wording.decimal(fit.rate_ratio, 2) for fit in broken.fits)
    if len(broken.fits) > 1:
        return _TEXT[lang]["contested"].format(
            name=name, low=ratios[0], high=ratios[-1], n=len(ratios), dates=date_list(broken, lang)
        )
    fit = broken.primary
    low, high = wording.decimal(fit.rate_ratio_low, 2), wording.decimal(fit.rate_ratio_high, 2)
    return _TEXT[lang]["single"].format(
        name=name, day=on_day(fit.start, lang), ratio=ratios[0], interval=interval(fit.result, low, high, lang)
    )


def _without_dates(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Name the breaks that a search without dates finds, and how many of them the stricter tests support."""
    search = facts.unknown
    if search is None:
        return ()
    n = search.found.n_breaks
    dates = wording.listing([wording.month(one.first_day, lang) for one in search.breaks], lang)
    said = _TEXT[lang]["unknown" if n > 1 else f"unknown_{n}"]
    return (said.format(dates=dates, n=n, supported=min(search.n_sequential, n)),)


def _why_not(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Repeat what is alleged and denied, in the register's own attributed sentences."""
    alleged = [one for one in facts.case.claims if one.kind == "allegation"]
    statements = [words[lang] for one in alleged for words in (one.text, one.dispute) if words is not None]
    return (_TEXT[lang]["why_not"].format(statements=" ".join(statements)),) if statements else ()
