"""What a timeline says: its title, how to read its marks, and the text that stands for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np

from violence_stats import wording
from violence_stats.charts import lanes, steps
from violence_stats.charts.labels import Labels, capital, when
from violence_stats.ledger.records import Language
from violence_stats.series import CountSeries

YEAR: Final = timedelta(days=365)

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}, {first} to {last}",
        "title_year": "{what}, {first}",
        "unit": "Per day, average over each published window",
        "unit_rate": "Rate, each published window",
        "mark": "{when}: {label}",
        "shade": "shaded: {definition}",
        "reading": "Dark: whole months. Pale: longer or odd windows, of which only the average is known. ",
        "lanes": "Strips: who counted. ",
        "hollow": "Strips: who counted; hollow where the figure was read off a published chart. ",
        "UNSTATED": "not stated",
        "mixed": "mixed",
        "mixed_means": "Mixed: arithmetic on figures of more than one publisher. ",
        "missing": "Hatched: not known. ",
        "source": "Source: {publishers}.",
        "peak": "{month}:\n{count}",
        "alt": "{what}, {span}. Whole months: {n_months}; longer or odd windows: {n_other}. The highest is {peak} "
        "with {peak_rate} a day, the lowest {low} with {low_rate}.",
        "alt_mark": "{label}, {when}: {before} a day in the twelve months before, {after} in the twelve months after.",
    },
    "es": {
        "title": "{what}, {first} a {last}",
        "title_year": "{what}, {first}",
        "unit": "Por día, promedio de cada período publicado",
        "unit_rate": "Tasa de cada período publicado",
        "mark": "{when}: {label}",
        "shade": "sombreado: {definition}",
        "reading": "Oscuro: meses completos. Claro: períodos más largos o irregulares, de los que solo se conoce el "
        "promedio. ",
        "lanes": "Franjas: quién contó. ",
        "hollow": "Franjas: quién contó; huecas donde la cifra se leyó en un gráfico publicado. ",
        "UNSTATED": "no indicado",
        "mixed": "mixto",
        "mixed_means": "Mixto: aritmética con cifras de más de una institución. ",
        "missing": "Rayado: no se conoce. ",
        "source": "Fuente: {publishers}.",
        "peak": "{month}:\n{count}",
        "alt": "{what}, {span}. Meses completos: {n_months}; períodos más largos o irregulares: {n_other}. El más "
        "alto es {peak}, con {peak_rate} por día; el más bajo, {low}, con {low_rate}.",
        "alt_mark": "{label}, {when}: {before} por día en los doce meses anteriores, {after} en los doce siguientes.",
    },
}


def timeline_title(series: CountSeries, labels: Labels, lang: Language) -> str:
    """Give the title that the timeline carries."""
    first, last = series.span.start.year, series.span.end.year
    name = "title" if first < last else "title_year"
    return TEXT[lang][name].format(what=labels.what, first=first, last=last)


def describe_timeline(series: CountSeries, labels: Labels, lang: Language) -> str:
    """Say what the timeline shows, for readers who cannot see it."""
    text = TEXT[lang]
    rates = steps.per_day(series)
    high, low = int(np.nanargmax(rates)), int(np.nanargmin(rates))
    known = [one.window for one in series if not one.is_missing]
    n_months = sum(window.is_one_month for window in known)
    sentences = [
        text["alt"].format(
            what=labels.what,
            span=wording.window(series.span, lang),
            n_months=n_months,
            n_other=len(known) - n_months,
            peak=wording.window(series.windows[high], lang),
            peak_rate=wording.decimal(rates[high]),
            low=wording.window(series.windows[low], lang),
            low_rate=wording.decimal(rates[low], 2),
        )
    ]
    for day, label in marks_inside(series, labels):
        before = _average(series, day - YEAR, day - timedelta(days=1))
        after = _average(series, day, day + YEAR - timedelta(days=1))
        if before is not None and after is not None:
            change = {"before": wording.decimal(before), "after": wording.decimal(after)}
            sentences.append(text["alt_mark"].format(label=capital(label), when=when(day, lang), **change))
    return " ".join(sentences)


def _average(series: CountSeries, first: date, last: date) -> float | None:
    """Average per day over the known windows that lie wholly between two days, both INCLUSIVE."""
    inside = [one for one in series if first <= one.window.start and one.window.end <= last and not one.is_missing]
    if not inside:
        return None
    return sum(one.value for one in inside) / sum(one.window.n_days for one in inside)


def source_line(series: CountSeries, lang: Language) -> str:
    """Say how to read the marks, and who counted."""
    text = TEXT[lang]
    publishers = lanes.publishers_in_order(series)
    named = [code for code in publishers if code not in lanes.LAST_PUBLISHERS]
    has_hollow = any(map(lanes.is_digitised, series))
    parts = [
        (text["reading"], not all(window.is_one_month for window in series.windows)),
        (text["hollow" if has_hollow else "lanes"], bool(publishers)),
        (text["mixed_means"], "mixed" in publishers),
        (text["missing"], bool(series.missing)),
        (text["source"].format(publishers=wording.listing(named, lang)), bool(named)),
    ]
    return "".join(part for part, applies in parts if applies).strip()


def marks_inside(series: CountSeries, labels: Labels) -> list[tuple[date, str]]:
    """Give the interventions that fall within a series: first day and label."""
    return [(day, label) for day, label in labels.marks if series.span.start <= day <= series.span.end]
