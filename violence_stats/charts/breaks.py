"""Breaks that nobody dated: the series, its regimes, each date with its interval, and the posterior under it."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.breaks.probabilities import BreakProbabilities
from violence_stats.breaks.results import FoundBreaks
from violence_stats.charts import break_rows, definitions, posterior_strip, steps, style
from violence_stats.charts.breaks_words import TEXT, breaks_title, source_line
from violence_stats.charts.drawable import check_drawable
from violence_stats.charts.frame import open_frame
from violence_stats.charts.labels import labels_for
from violence_stats.charts.regimes import break_dates, regime_levels
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.months import ONE_DAY, Window

HEIGHT_CM: Final = 8.2
STRIP_CM: Final = 2.4

LABELS_BELOW_PT: Final = 20.0
"""How far the years reach under the axes."""


def plot_breaks(
    found: FoundBreaks,
    *,
    posterior: FoundBreaks | None = None,
    case: CaseLike | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw a series with the regimes that a search found, each break with its interval, and the posterior by month.

    The baseline is zero. A dot stands at the FIRST month of each new regime, a bar through it spans its interval.

    Parameters
    ----------
    found : FoundBreaks
        From `find_breaks`.
    posterior : FoundBreaks, optional
        Of the same series with ``method="bayes"``: its probabilities by month are drawn in a strip under the axes, an
        inset of them. By default the strip shows those of `found`, if it has any.
    case : CaseLike, optional
        Whose names to write and whose interventions to mark; by default the case that its series was loaded from.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default axes of a new figure 12 cm wide, made without pyplot.
    lang : {'en', 'es'}

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.
    SpecificationError
        If `posterior` holds no posterior, or is of another span than `found`.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats.breaks.find import find_breaks
    >>> months = pd.period_range("2020-01", periods=12, freq="M")
    >>> counts = pd.Series([30, 33, 29, 31, 34, 30, 12, 15, 11, 14, 13, 12], index=months)
    >>> found = find_breaks(counts, max_breaks=1, trim=0.25)
    >>> float(plot_breaks(found).get_ylim()[0])
    0.0
    """
    language = wording.check_language(lang)
    check_drawable(found, FoundBreaks, "find_breaks")
    shown, probabilities = found.series, posterior_of(found, posterior)
    labels = labels_for(shown, case, language)
    marks = [day for day, _ in labels.marks if shown.span.start <= day <= shown.span.end]
    below_pt = LABELS_BELOW_PT
    with open_frame(ax, HEIGHT_CM + (0.0 if probabilities is None else STRIP_CM)) as frame:
        drawn = frame.ax
        steps.draw_windows(drawn, shown, faint=True)
        _draw_levels(drawn, found)
        steps.label_time(drawn, shown.span, language)
        style.count_upwards(drawn, steps.top_of(shown))
        if probabilities is not None:
            below_pt = posterior_strip.draw_strip(drawn, probabilities.by_month, TEXT[language]["strip"])
        frame.dress(
            title=breaks_title(found, labels, language),
            unit=TEXT[language]["unit" if shown.kind == "count" else "unit_rate"],
            source=source_line(found, len(marks), language),
            below_pt=below_pt,
        )
        names = {code: TEXT[language]["shade"].format(definition=name) for code, name in labels.definitions.items()}
        definitions.shade_definitions(drawn, shown, names)
        break_rows.draw_breaks(drawn, found, steps.top_of(shown), language)
        _draw_marks(drawn, marks)
    return drawn


def breaks_table(found: FoundBreaks, posterior: FoundBreaks | None = None) -> pd.DataFrame:
    """Give the numbers that the picture draws, one row a thing drawn.

    Returns
    -------
    pandas.DataFrame
        Columns ``part, start, end, first_day, value``; days are INCLUSIVE. ``part`` is ``window`` (value: per day),
        ``regime`` (value: its level per day), ``break`` (start and end: its interval; first_day: of the new regime) or
        ``posterior`` (value: the probability that a regime starts in the month). Rates are not divided by days.
    """
    shown = found.series
    drawn: list[tuple[str, Window, date | None, float]]
    drawn = [("window", window, None, rate) for window, rate in zip(shown.windows, steps.per_day(shown), strict=True)]
    drawn += [("regime", one.window, None, one.level) for one in regime_levels(found)]
    drawn += [("break", one.interval, one.first_day, float("nan")) for one in break_dates(found)]
    probabilities = posterior_of(found, posterior)
    if probabilities is not None:
        drawn += [
            ("posterior", month, None, probability)
            for month, probability in posterior_strip.months_of(probabilities.by_month)
        ]
    rows = [(part, span.start, span.end, first_day, float(value)) for part, span, first_day, value in drawn]
    return pd.DataFrame(rows, columns=["part", "start", "end", "first_day", "value"]).round({"value": 4})


def posterior_of(found: FoundBreaks, posterior: FoundBreaks | None) -> BreakProbabilities | None:
    """Give the probabilities to draw: of `posterior`, else of `found`, else none.

    Raises
    ------
    SpecificationError
        If `posterior` holds none, or is of another span.
    """
    if posterior is None:
        return found.posterior
    if posterior.posterior is None:
        raise SpecificationError('posterior: expected a result of find_breaks(..., method="bayes")')
    if posterior.window != found.window:
        raise SpecificationError(f"posterior: expected the span of the search, {found.window}, got {posterior.window}")
    return posterior.posterior


def _draw_levels(ax: Axes, found: FoundBreaks) -> None:
    for one in regime_levels(found):
        edges = [steps.axis_day(one.window.start), steps.axis_day(one.window.end + ONE_DAY)]
        ax.plot(edges, [one.level] * 2, color=style.INK, linewidth=1.6, solid_capstyle="butt", zorder=3)


def _draw_marks(ax: Axes, days: list[date]) -> None:
    """Put a triangle on the foot of the axes at each named intervention."""
    places = np.array([steps.axis_day(day) for day in days])
    ax.plot(
        places,
        np.zeros(len(places)),
        linestyle="none",
        marker="^",
        markersize=5,
        markerfacecolor=style.ACCENT,
        markeredgecolor="white",
        markeredgewidth=0.5,
        clip_on=False,
        zorder=5,
    )
