"""Observed, fitted, and what a model expects had an event not happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.arrays import FloatArray
from violence_stats.charts import steps, style
from violence_stats.charts.labels import capital, labels_for, spell_name, when
from violence_stats.charts.lanes import LAST_PUBLISHERS
from violence_stats.design.interventions import Pulse
from violence_stats.design.labels import date_label
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.result import ITSResult
from violence_stats.months import Window, WindowLike

HEIGHT_CM: Final = 8.0
HEADROOM: Final = 1.55
"""Top of the scale over the band, so that the labels above it stand clear of each other."""

CLEARANCE: Final = 1.05
"""Top of the scale over the highest count before the event."""


_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}, with and without a break in {when}",
        "title_day": "{what}, with and without a break on {when}",
        "since": "from {when} on",
        "since_day": "from {when} on",
        "unit": "Per day, average over each window",
        "unit_rate": "Rate, each window",
        "observed": "observed",
        "fitted": "fitted",
        "expected": "expected without the break",
        "fewer": "{number} fewer than expected\n({low} to {high})",
        "more": "{number} more than expected\n({low} to {high})",
        "band": "Band: {interval}. ",
        "adjusted": "95% interval, allowing for serial correlation",
        "unadjusted": "uncertainty of the model's parameters, not adjusted for serial correlation",
        "source": "Fitted to {n} windows, {span}.",
        "held": " Kept as fitted: {pulses}.",
        "publishers": " Source: {publishers}.",
        "alt": "{what}, {span}. {since}, {observed} were counted and {expected} would be expected without the break "
        "({low} to {high}; {interval}): {difference}.",
        "alt_fewer": "{number} fewer",
        "alt_more": "{number} more",
    },
    "es": {
        "title": "{what}, con y sin un quiebre en {when}",
        "title_day": "{what}, con y sin un quiebre el {when}",
        "since": "desde {when}",
        "since_day": "desde el {when}",
        "unit": "Por día, promedio de cada período",
        "unit_rate": "Tasa de cada período",
        "observed": "observado",
        "fitted": "ajustado",
        "expected": "esperado sin el quiebre",
        "fewer": "{number} menos de lo esperado\n({low} a {high})",
        "more": "{number} más de lo esperado\n({low} a {high})",
        "band": "Banda: {interval}. ",
        "adjusted": "intervalo del 95\u00a0% que admite correlación serial",
        "unadjusted": "incertidumbre de los parámetros del modelo, sin ajuste por correlación serial",
        "source": "Ajustado a {n} períodos, {span}.",
        "held": " Se mantiene como ajustado: {pulses}.",
        "publishers": " Fuente: {publishers}.",
        "alt": "{what}, {span}. {since} se contaron {observed} y sin el quiebre se esperarían {expected} ({low} a "
        "{high}; {interval}): {difference}.",
        "alt_fewer": "{number} menos",
        "alt_more": "{number} más",
    },
}


def plot_counterfactual(
    result: ITSResult,
    *,
    without: str | None = None,
    window: WindowLike | None = None,
    hold: str | Sequence[str] = (),
    case: CaseLike | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw what was counted, what the model fits, and what it expects had an event not happened.

    The band is the interval of the expectation as the model gives it, and the line under the picture says what it
    holds. The baseline is zero.

    Parameters
    ----------
    result : ITSResult
    without : str, optional
        The event to take away, as `ITSResult.counterfactual` reads it; may be left out where the model has only one
        beside pulses.
    window : WindowLike, optional
        Where to draw and sum up the expectation, both ends INCLUSIVE; default: from the event to the end of the fit.
    hold : str or sequence of str, optional
        Later events kept as fitted.
    case, ax, lang
        As for `plot_timeline`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.
    SpecificationError
        If `without` is left out and the model has no event or several, or names none of them.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats.design.interventions import Step
    >>> from violence_stats.models.its import InterruptedTimeSeries
    >>> counts = pd.Series([31, 29, 31, 15, 16, 14], index=pd.period_range("2020-01", periods=6, freq="M"))
    >>> result = InterruptedTimeSeries([Step("2020-04")], trend=None).fit(counts)
    >>> len(plot_counterfactual(result).lines)
    4
    """
    language = wording.check_language(lang)
    event = only_event(result) if without is None else without
    found = result.counterfactual(event, window, hold=hold)
    table = counterfactual_table(result, found)
    series = result.frame.series
    with style.chart_style():
        drawn = style.new_axes(HEIGHT_CM) if ax is None else ax
        steps.draw_windows(drawn, series, faint=True)
        _draw_expectation(drawn, result, table)
        steps.label_years(drawn, series.span)
        observed, high = (float(np.nanmax(row)) for row in _heights(result, table, ["observed", "expected_high"]))
        style.count_upwards(drawn, max(observed * CLEARANCE, high * HEADROOM) or 1.0)
        style.dress(
            drawn,
            title=counterfactual_title(result, event, case, language),
            unit=_TEXT[language]["unit" if series.kind == "count" else "unit_rate"],
            source=_source_line(result, case, language),
            below_pt=20,
            own_figure=ax is None,
        )
        steps.draw_marks(drawn, [(event_day(result, event), _difference(found, language))], right_edge=series.span.end)
        _label_lines(drawn, result, table, language)
    return drawn


def counterfactual_table(result: ITSResult, found: Counterfactual) -> pd.DataFrame:
    """Give the numbers that the picture draws: every fitted window, with the expectation where there is one."""
    columns = ["expected", "expected_low", "expected_high", "averted"]
    table = result.fitted.join(found.windows[columns])
    return table.round(dict.fromkeys(("fitted", *columns), 2)).reset_index(drop=True)


def counterfactual_title(result: ITSResult, event: str, case: CaseLike | None, lang: Language) -> str:
    """Give the title that the picture carries."""
    day = event_day(result, event)
    name = "title" if day.day == 1 else "title_day"
    return _TEXT[lang][name].format(what=labels_for(result.frame.series, case, lang).what, when=when(day, lang))


def describe_counterfactual(result: ITSResult, found: Counterfactual, case: CaseLike | None, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    text = _TEXT[lang]
    name = "alt_fewer" if found.averted >= 0 else "alt_more"
    return text["alt"].format(
        what=labels_for(result.frame.series, case, lang).what,
        span=wording.window(result.window, lang),
        since=capital(since(event_day(result, found.event), lang)),
        observed=wording.whole(found.observed),
        expected=wording.whole(found.expected),
        low=wording.whole(found.expected_low),
        high=wording.whole(found.expected_high),
        interval=interval_words(result, lang),
        difference=text[name].format(number=wording.whole(abs(found.averted))),
    )


def since(day: date, lang: Language) -> str:
    """Say from when on an event holds."""
    return _TEXT[lang]["since" if day.day == 1 else "since_day"].format(when=when(day, lang))


def interval_words(result: ITSResult, lang: Language) -> str:
    """Say what an interval of the fit holds; 95% only where it allows for serial correlation."""
    return _TEXT[lang]["adjusted" if result.estimate.adjusts_for_correlation else "unadjusted"]


def only_event(result: ITSResult) -> str:
    """Name the only event of a model beside its pulses.

    Raises
    ------
    SpecificationError
        If there is none, or more than one.
    """
    events = {date_label(one.start) for one in result.frame.design.interventions if not isinstance(one, Pulse)}
    if len(events) != 1:
        listed = ", ".join(sorted(events)) or "none"
        raise SpecificationError(f"say which event to take away, such as without='2019-06'; the model has: {listed}")
    return events.pop()


def event_day(result: ITSResult, event: str) -> date:
    """Give the first day of an event."""
    return min(one.first_day for one in result.frame.design.event(event))


def _draw_expectation(ax: Axes, result: ITSResult, table: pd.DataFrame) -> None:
    windows = result.frame.series.windows
    fitted, expected, low, high = _heights(result, table, ["fitted", "expected", "expected_low", "expected_high"])
    steps.fill_between_steps(ax, windows, low, high, facecolor=style.BAND, alpha=0.75, linewidth=0)
    steps.draw_steps(ax, windows, fitted, color=style.INK, linewidth=1.1)
    steps.draw_steps(ax, windows, expected, color=style.ACCENT, linewidth=1.4, linestyle=(0, (3, 1.2)))


def _heights(result: ITSResult, table: pd.DataFrame, names: list[str]) -> FloatArray:
    """Columns of the table as drawn: per day for counts, as they are for rates; shape (n_names, n_windows)."""
    values = table[names].to_numpy(dtype=float).T
    if result.frame.series.kind == "rate":
        return values
    heights: FloatArray = values / table["n_days"].to_numpy(dtype=float)
    return heights


def _label_lines(ax: Axes, result: ITSResult, table: pd.DataFrame, lang: Language) -> None:
    """Name the expectation above its band, the fit under its end and the counts at the foot."""
    text = _TEXT[lang]
    high, fitted = _heights(result, table, ["expected_high", "fitted"])
    left, right = ax.get_xlim()
    first = result.frame.series.windows[int(np.argmax(~np.isnan(high)))]
    room = (right - steps.axis_day(first.start)) * steps.points_per_day(ax)
    for words, place, shift, colour in (
        (style.wrapped(text["expected"], room, style.SMALL_PT), (right, float(np.nanmax(high))), (-2, 3), style.ACCENT),
        (text["fitted"], (right, float(fitted[-1])), (-2, -10), style.INK),
        (text["observed"], (left, 0.0), (4, 5), style.OBSERVED),
    ):
        ax.annotate(
            words,
            xy=place,
            xytext=shift,
            textcoords="offset points",
            ha="left" if place[0] == left else "right",
            fontsize=style.SMALL_PT,
            fontweight="bold",
            color=colour,
            linespacing=style.LINE_SPACING,
            path_effects=style.halo(),
        )


def _difference(found: Counterfactual, lang: Language) -> str:
    low, high = sorted((abs(found.averted_low), abs(found.averted_high)))
    if found.averted_low < 0 < found.averted_high:
        low, high = found.averted_low, found.averted_high
    name = "fewer" if found.averted >= 0 else "more"
    return _TEXT[lang][name].format(
        number=wording.whole(abs(found.averted)), low=wording.whole(low), high=wording.whole(high)
    )


def _source_line(result: ITSResult, case: CaseLike | None, lang: Language) -> str:
    text = _TEXT[lang]
    series = result.frame.series
    named = list(dict.fromkeys(one.publisher for one in series if one.publisher not in ("", *LAST_PUBLISHERS)))
    pulses = [one for one in result.frame.design.interventions if isinstance(one, Pulse)]
    parts = [
        text["band"].format(interval=interval_words(result, lang)),
        text["source"].format(n=result.n_windows, span=wording.window(result.window, lang)),
    ]
    if pulses:
        spells = [f"{spell_name(series, one, case, lang)} ({_span(one, lang)})" for one in pulses]
        parts.append(text["held"].format(pulses=wording.listing(spells, lang)))
    if named:
        parts.append(text["publishers"].format(publishers=wording.listing(named, lang)))
    return "".join(parts)


def _span(pulse: Pulse, lang: Language) -> str:
    return wording.window(Window(pulse.first_day, pulse.last_day), lang)
