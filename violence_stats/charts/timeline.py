"""The whole series at a glance: every window at its true width, who counted it, and what happened when."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import definitions, lanes, steps, style
from violence_stats.charts.frame import open_frame
from violence_stats.charts.labels import Labels, capital, labels_for, when
from violence_stats.charts.timeline_words import TEXT, describe_timeline, marks_inside, source_line, timeline_title
from violence_stats.errors import SeriesError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.months import ONE_DAY
from violence_stats.series import CountSeries

__all__ = ["describe_timeline", "plot_timeline", "timeline_table", "timeline_title"]

HEIGHT_CM: Final = 9.0
HEADROOM: Final = 1.35
"""Top of the scale over the highest window, so that the labels of events stand clear of it."""

CROWDED: Final = 0.8
"""Share of the peak that windows beside it may reach for its label to stand there; else it stands above them."""


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
        below_pt = lanes.draw_lanes(drawn, series, TEXT[language])
        style.count_upwards(drawn, steps.top_of(series) * HEADROOM)
        frame.dress(
            title=timeline_title(series, labels, language),
            unit=TEXT[language]["unit" if series.kind == "count" else "unit_rate"],
            source=source_line(series, language),
            below_pt=below_pt,
        )
        _write_labels(drawn, series, labels, language)
    return drawn


def timeline_table(series: CountSeries) -> pd.DataFrame:
    """Give the numbers that the timeline draws: the series' rows with ``count_per_day`` after ``value``."""
    table = series.to_frame()
    table.insert(4, "count_per_day", steps.per_day(series).round(4))
    return table


def _write_labels(ax: Axes, series: CountSeries, labels: Labels, lang: Language) -> None:
    """Write what lies within the axes, once the layout has settled how wide they are."""
    text = TEXT[lang]
    names = {code: text["shade"].format(definition=name) for code, name in labels.definitions.items()}
    definitions.shade_definitions(ax, series, names)
    marks = [
        (day, text["mark"].format(when=capital(when(day, lang)), label=label))
        for day, label in marks_inside(series, labels)
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
        TEXT[lang]["peak"].format(
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
