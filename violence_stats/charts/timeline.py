"""The whole series at a glance: every window at its true width, who counted it, and what happened when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import definitions, lanes, steps, style
from violence_stats.charts.frame import open_frame
from violence_stats.charts.labels import Labels, capital, labels_for, when
from violence_stats.errors import SeriesError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.months import ONE_DAY
from violence_stats.series import CountSeries

HEIGHT_CM: Final = 9.0
HEADROOM: Final = 1.35
"""Top of the scale over the highest window, so that the labels of events stand clear of it."""

CROWDED: Final = 0.8
"""Share of the peak that windows beside it may reach for its label to stand there; else it stands above them."""

YEAR: Final = timedelta(days=365)

_TEXT: Final[dict[Language, dict[str, str]]] = {
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


def plot_timeline(
    series: CountSeries, *, case: CaseLike | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw every window of a series at its true width, as an average per day.

    Use it to see what is known by month and what only in longer windows, where the publisher or the definition
    changes, and where the case's interventions fall. The baseline is zero.

    Parameters
    ----------
    series : CountSeries
    case : CaseLike, optional
        Whose names and interventions to write; by default the case that the series was loaded from.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default the only axes of a new figure 12 cm wide, made without pyplot.
    lang : {'en', 'es'}

    Returns
    -------
    matplotlib.axes.Axes
        ``.figure.savefig(...)`` writes it.

    Raises
    ------
    SelectionError
        If the language is unknown.
    SeriesError
        If no window of the series has a value.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.Series([31, 56], index=pd.period_range("2021-01", periods=2, freq="M"))
    >>> plot_timeline(CountSeries.from_monthly(counts, measure="homicides")).get_ylim()[0]
    np.float64(0.0)
    """
    language = wording.check_language(lang)
    if len(series.missing) == series.n_windows:
        raise SeriesError("no window of the series has a value, so there is nothing to draw")
    labels = labels_for(series, case, language)
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        steps.draw_windows(drawn, series)
        steps.label_time(drawn, series.span, language)
        below_pt = lanes.draw_lanes(drawn, series, _TEXT[language])
        style.count_upwards(drawn, steps.top_of(series) * HEADROOM)
        frame.dress(
            title=timeline_title(series, labels, language),
            unit=_TEXT[language]["unit" if series.kind == "count" else "unit_rate"],
            source=_source_line(series, language),
            below_pt=below_pt,
        )
        _write_labels(drawn, series, labels, language)
    return drawn


def timeline_table(series: CountSeries) -> pd.DataFrame:
    """Give the numbers that the timeline draws: the series' rows with ``count_per_day`` after ``value``."""
    table = series.to_frame()
    table.insert(4, "count_per_day", steps.per_day(series).round(4))
    return table


def describe_timeline(series: CountSeries, labels: Labels, lang: Language) -> str:
    """Say what the timeline shows, for readers who cannot see it."""
    text = _TEXT[lang]
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
    for day, label in _marks_inside(series, labels):
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


def timeline_title(series: CountSeries, labels: Labels, lang: Language) -> str:
    """Give the title that the timeline carries."""
    first, last = series.span.start.year, series.span.end.year
    name = "title" if first < last else "title_year"
    return _TEXT[lang][name].format(what=labels.what, first=first, last=last)


def _source_line(series: CountSeries, lang: Language) -> str:
    text = _TEXT[lang]
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


def _marks_inside(series: CountSeries, labels: Labels) -> list[tuple[date, str]]:
    return [(day, label) for day, label in labels.marks if series.span.start <= day <= series.span.end]


def _write_labels(ax: Axes, series: CountSeries, labels: Labels, lang: Language) -> None:
    """Write what lies within the axes, once the layout has settled how wide they are."""
    text = _TEXT[lang]
    names = {code: text["shade"].format(definition=name) for code, name in labels.definitions.items()}
    definitions.shade_definitions(ax, series, names)
    marks = [
        (day, text["mark"].format(when=capital(when(day, lang)), label=label))
        for day, label in _marks_inside(series, labels)
    ]
    steps.draw_marks(ax, marks, right_edge=series.span.end)
    _label_peak(ax, series, lang)


def _label_peak(ax: Axes, series: CountSeries, lang: Language) -> None:
    rates = steps.per_day(series)
    peak = int(np.nanargmax(rates))
    if rates[peak] == 0:
        return
    window = series.windows[peak]
    middle = steps.axis_day(window.start) + window.n_days / 2
    left, right = ax.get_xlim()
    room = 0.25 * (right - left)
    on_left = middle > (left + right) / 2 or middle - left > room
    beside = [
        rate
        for rate, one in zip(rates, series.windows, strict=True)
        if one != window and 0 < (middle - steps.axis_day(one.start)) * (1 if on_left else -1) < room
    ]
    is_crowded = max(beside, default=0.0) > CROWDED * rates[peak]
    ax.annotate(
        _TEXT[lang]["peak"].format(
            month=capital(wording.window(window, lang)), count=wording.whole(series.observations[peak].value)
        ),
        xy=(steps.axis_day(window.start if on_left else window.end + ONE_DAY), rates[peak]),
        xytext=(-5 if on_left else 5, 0),
        textcoords="offset points",
        ha="right" if on_left else "left",
        va="bottom" if is_crowded else "top",
        fontsize=style.SMALL_PT,
        linespacing=style.LINE_SPACING,
        path_effects=style.halo(),
    )
