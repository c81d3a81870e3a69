"""The breaks: a step at each date that an intervention can be given, beside what others have published."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital, when
from violence_stats.ledger.records import Language
from violence_stats.questions import claim_text
from violence_stats.report.break_facts import BreakFacts, BreakFit
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Bullets, Cell, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import Chart, break_chart_name
from violence_stats.report.story.interval_checks import tell_interval_checks
from violence_stats.report.story.phrases import Texts, between, document_link, interval, interval_head, on_day
from violence_stats.report.story.studies import variants, why_different

_TEXT: Final[Texts] = {
    "en": {
        "model": "The model, fitted to the {n} windows of {window}, has a level, a straight trend, a yearly season and "
        "a step, that is, a change of level from one day on.",
        "ratio": "From {day} on, the rate was {ratio} times what level, trend and season led to expect ({interval}).",
        "expected": "{observed} were counted where {expected} would be expected without the step ({interval}).",
        "frozen": "With the trend stopped at the step instead, {expected} would be expected ({interval}).",
        "up": "The trend that runs through the fit is a rise by {trend} a month.",
        "down": "The trend that runs through the fit is a fall by {trend} a month.",
        "publishers": "Along the way the publisher changes {n} times.",
        "rho-limit": "With the step on {dates}, the correlation from month to month is at its limit of {rho}: a "
        "slow wandering of the rate and a change of level can hardly be told apart, so that interval leans on the "
        "limit.",
        "rho-zero": "With the step on {dates}, no correlation from month to month is seen.",
        "no-latent": "With the step on {dates}, no correlation from month to month is seen beyond the scatter of "
        "single windows.",
        "contested": "Which day the break is put on is part of the dispute: {primary} takes no side, and the table "
        "sets it beside the others.",
        "baseline": "The span that the claim compares with, {baseline}, contains the break, so part of it is "
        "already after.",
        "lockdown": "{name} ({window}): it has a term of its own in the model; only {n} windows touch it, so how much "
        "of the fall belongs to it is poorly known.",
        "published": "Beside published estimates",
        "estimate": "Estimate",
        "rate_ratio": "Rate ratio",
        "interval": "Interval",
        "ours": "This report, one national series",
        "as_published": "{low} to {high}, as published",
        "differ": "Why they can differ",
        "dates": "The step at each date",
        "start": "First day of the new level",
        "expected_head": "Expected {window} without the step",
        "counted_head": "Counted",
    },
    "es": {
        "model": "El modelo, ajustado a los {n} períodos de {window}, tiene un nivel, una tendencia en línea recta, "
        "una estacionalidad anual y un escalón, es decir, un cambio de nivel desde un día.",
        "ratio": "Desde {day}, la tasa fue {ratio} veces lo que hacían esperar nivel, tendencia y estacionalidad "
        "({interval}).",
        "expected": "Se contaron {observed} donde sin el escalón se esperarían {expected} ({interval}).",
        "frozen": "Si la tendencia se detuviera en el escalón, se esperarían {expected} ({interval}).",
        "up": "La tendencia que atraviesa el ajuste es un alza de {trend} al mes.",
        "down": "La tendencia que atraviesa el ajuste es una baja de {trend} al mes.",
        "publishers": "En el camino, la institución que cuenta cambia {n} veces.",
        "rho-limit": "Con el escalón el {dates}, la correlación de mes a mes está en su límite de {rho}: un vaivén "
        "lento de la tasa y un cambio de nivel apenas se distinguen, así que ese intervalo depende del límite.",
        "rho-zero": "Con el escalón el {dates}, no se ve correlación de mes a mes.",
        "no-latent": "Con el escalón el {dates}, no se ve correlación de mes a mes más allá de la dispersión de cada "
        "período.",
        "contested": "En qué día se pone el quiebre es parte de la disputa: {primary} no toma partido, y la tabla "
        "pone esa fecha junto a las otras.",
        "baseline": "El período con que compara la afirmación, {baseline}, contiene el quiebre, así que una parte "
        "ya es posterior.",
        "lockdown": "{name} ({window}): tiene un término propio en el modelo; solo {n} períodos la tocan, así que se "
        "sabe poco de cuánto de la baja le corresponde.",
        "published": "Junto a estimaciones publicadas",
        "estimate": "Estimación",
        "rate_ratio": "Razón de tasas",
        "interval": "Intervalo",
        "ours": "Este informe, una sola serie nacional",
        "as_published": "{low} a {high}, según se publicó",
        "differ": "Por qué pueden diferir",
        "dates": "El escalón en cada fecha",
        "start": "Primer día del nuevo nivel",
        "expected_head": "Esperado {window} sin el escalón",
        "counted_head": "Contado",
    },
}


def tell_break(facts: Facts, broken: BreakFacts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Measure one intervention: in words, as a picture, and beside other dates or other studies."""
    chart = charts[break_chart_name(broken)]
    name = broken.intervention.name[lang]
    return (
        Heading(f"{capital(when(broken.intervention.date, lang))}: {name[:1].lower()}{name[1:]}", 1),
        Paragraph(_in_words(broken, lang)),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        *(Bullets(items) for items in (_with_care(facts, broken, lang),) if items),
        *(_date_table(broken, lang) if len(broken.fits) > 1 else ()),
        *(_beside_published(facts, broken, lang) if broken.published else ()),
        *tell_interval_checks(broken, lang),
    )


def _in_words(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    text, fit = _TEXT[lang], broken.primary
    expected = (wording.whole(fit.whole.expected_low), wording.whole(fit.whole.expected_high))
    ratio = (wording.decimal(fit.rate_ratio_low, 2), wording.decimal(fit.rate_ratio_high, 2))
    return (
        text["model"].format(n=fit.result.n_windows, window=wording.window(broken.window, lang)),
        text["ratio"].format(
            day=on_day(fit.start, lang),
            ratio=wording.decimal(fit.rate_ratio, 2),
            interval=interval(fit.result, *ratio, lang),
        ),
        text["expected"].format(
            observed=wording.whole(fit.whole.observed),
            expected=wording.whole(fit.whole.expected),
            interval=interval(fit.result, *expected, lang),
        ),
        *_with_trend_stopped(fit, lang),
        text["up" if fit.trend_pct >= 0 else "down"].format(trend=wording.percent(abs(fit.trend_pct), lang)),
        *_publishers(broken, lang),
    )


def _with_trend_stopped(fit: BreakFit, lang: Language) -> tuple[str, ...]:
    """Set the frozen trend beside the running one, where the expectation reaches past twelve months."""
    frozen = fit.whole.frozen_trend
    if frozen is None:
        return ()
    edges = (wording.whole(frozen.expected_low), wording.whole(frozen.expected_high))
    shown = interval(fit.result, *edges, lang)
    return (_TEXT[lang]["frozen"].format(expected=wording.whole(frozen.expected), interval=shown),)


def _at_the_edge(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    """Name the dates at which the serial correlation came out at an end of its range."""
    sentences = []
    for kind in ("rho-limit", "rho-zero", "no-latent"):
        fits = [one for one in broken.fits if _boundary(one) == kind]
        if fits:
            dates = wording.listing([wording.day(one.start, lang) for one in fits], lang)
            rho = wording.decimal(fits[0].result.estimate.nuisance["rho"], 2)
            sentences.append(_TEXT[lang][kind].format(dates=dates, rho=rho))
    return tuple(sentences)


def _boundary(fit: BreakFit) -> str:
    latent = fit.result.estimate.ar1
    return "none" if latent is None else latent.boundary


def _with_care(facts: Facts, broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    """Say what has to be borne in mind: the dates in dispute, what else falls into the spans, and who counted."""
    text, fit, check = _TEXT[lang], broken.primary, facts.check
    sentences = []
    if len(broken.fits) > 1:
        sentences.append(text["contested"].format(primary=on_day(fit.start, lang)))
    if check is not None and check.baseline.start < fit.start <= check.baseline.end:
        sentences.append(text["baseline"].format(baseline=claim_text.against(check.baseline, lang)))
    sentences.extend(_at_the_edge(broken, lang))
    lockdown = facts.case.settings.lockdown
    if lockdown is not None and broken.window.contains(lockdown.window):
        touched = [one for one in fit.result.frame.series.windows if one.overlaps(lockdown.window)]
        span = wording.window(lockdown.window, lang)
        sentences.append(text["lockdown"].format(name=lockdown.name[lang], window=span, n=len(touched)))
    return tuple(sentences)


def _publishers(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    """Say how often the fitted windows change publisher; nothing where one counts throughout."""
    series = broken.primary.result.frame.series
    n_changes = sum(before.publisher != after.publisher for before, after in pairwise(series))
    return (_TEXT[lang]["publishers"].format(n=n_changes),) if n_changes else ()


def _date_table(broken: BreakFacts, lang: Language) -> tuple[Block, ...]:
    text = _TEXT[lang]
    headline = broken.primary.headline
    over = broken.primary.whole.window if headline is None else headline.window
    header = (
        text["start"],
        text["rate_ratio"],
        interval_head(broken.primary.result, lang),
        text["expected_head"].format(window=claim_text.when(over, lang)),
        interval_head(broken.primary.result, lang),
        text["counted_head"],
    )
    rows = tuple(_date_row(fit, lang) for fit in broken.fits)
    return (
        Table(
            caption=text["dates"], header=header, rows=rows, widths=(3.1, 1, 1.7, 1.8, 1.7, 1.1), right=(1, 2, 3, 4, 5)
        ),
    )


def _date_row(fit: BreakFit, lang: Language) -> tuple[Cell, ...]:
    found = fit.headline if fit.headline is not None else fit.whole
    return (
        f"{capital(wording.day(fit.start, lang))}: {fit.name[lang]}",
        wording.decimal(fit.rate_ratio, 2),
        between(wording.decimal(fit.rate_ratio_low, 2), wording.decimal(fit.rate_ratio_high, 2), lang),
        wording.whole(found.expected),
        between(wording.whole(found.expected_low), wording.whole(found.expected_high), lang),
        wording.whole(found.observed),
    )


def _beside_published(facts: Facts, broken: BreakFacts, lang: Language) -> tuple[Block, ...]:
    text, fit = _TEXT[lang], broken.primary
    low, high = wording.decimal(fit.rate_ratio_low, 2), wording.decimal(fit.rate_ratio_high, 2)
    rows: list[tuple[Cell, ...]] = [
        (text["ours"], wording.decimal(fit.rate_ratio, 2), interval(fit.result, low, high, lang))
    ]
    for effect, variant in zip(broken.published, variants(broken, lang), strict=True):
        source = facts.case.ledger.sources[effect.source_id]
        given = [wording.decimal(one, 2) for one in (effect.ci_low, effect.ci_high) if one is not None]
        shown = text["as_published"].format(low=given[0], high=given[1]) if len(given) == 2 else "–"
        estimate = "–" if effect.estimate is None else wording.decimal(effect.estimate, 2)
        link = document_link(source, lang)
        rows.append((replace(link, text=f"{link.text}: {variant}") if variant else link, estimate, shown))
    table = Table(
        caption=text["published"],
        header=(text["estimate"], text["rate_ratio"], text["interval"]),
        rows=tuple(rows),
        widths=(4.4, 1, 2.7),
        right=(1,),
    )
    reasons = why_different(broken, lang)
    return (table, Heading(text["differ"], 2), Bullets(reasons)) if reasons else (table,)
