"""An effect beside those that the same model finds at dates at which nothing is known to have happened."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import steps, style
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.charts.labels import labels_for
from violence_stats.charts.placebo_words import TEXT, placebo_title, real_words, source_words
from violence_stats.charts.ratio_axis import label_changes, padded
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.months import Window, add_months
from violence_stats.robustness.placebo_result import PlaceboInTime

HEIGHT_CM: Final = 6.2
MONTHS_AROUND: Final = 2
MOST_TICKS: Final = 10
LINE_PT: Final = 11.0
"""From one line of labels to the next."""
LABELS_PT: Final = 2 * LINE_PT + 6
"""Height kept free of intervals at the head of the axes, for one line on the placebos and one on the event."""
MOST_FOR_LABELS: Final = 0.6
"""Share of the height that they take at most, in low axes of a reader's own."""


def plot_placebo(
    found: PlaceboInTime, *, case: CaseLike | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw the effect at every date with its interval, the real one marked.

    Rate ratios stand on a logarithmic scale, labelled in per cent; the line is no change.

    Parameters
    ----------
    found : PlaceboInTime
        From `placebo_in_time`.
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
        If it is given another result.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats import InterruptedTimeSeries, Step, placebo_in_time
    >>> months = pd.period_range("2015-01", periods=48, freq="M")
    >>> counts = pd.Series([30 + (7 * k) % 5 for k in range(48)], index=months)
    >>> model = InterruptedTimeSeries([Step("2018-05")], trend=None, errors="iid")
    >>> ax = plot_placebo(placebo_in_time(model, counts, "2018-05"))
    >>> len(ax.collections)
    2
    """
    language = wording.check_language(lang)
    check_given(found, PlaceboInTime, "placebo_in_time(...)")
    labels = labels_for(found.series, case, language)
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        _draw_effects(drawn, found)
        _set_scale(drawn, found, language)
        frame.dress(
            title=placebo_title(found, labels, language),
            unit=TEXT[language]["unit" if found.is_ratio else "unit_values"],
            source=source_words(found, language),
        )
        _label(drawn, found, language)
    return drawn


def placebo_table(found: PlaceboInTime) -> pd.DataFrame:
    """Give the numbers that the picture draws, one row a date."""
    numbers = found.table.select_dtypes("number").columns
    return found.table.round(dict.fromkeys(numbers, 4)).reset_index()


def _draw_effects(ax: Axes, found: PlaceboInTime) -> None:
    for is_real, colour, width, marker in ((False, style.OBSERVED, 0.9, "o"), (True, style.ACCENT, 1.8, "D")):
        rows = found.table[found.table["is_real"] == is_real]
        places = [steps.axis_day(day) for day in rows.index]
        ax.vlines(places, rows["ci_low"], rows["ci_high"], color=style.PALE if not is_real else colour, linewidth=width)
        ax.plot(places, rows["estimate"], marker, color=colour, markersize=5 if is_real else 3.2, markeredgewidth=0)
    ax.axhline(0, color=style.MUTED, linewidth=0.8, zorder=0)


def _set_scale(ax: Axes, found: PlaceboInTime, lang: Language) -> None:
    days: list[date] = list(found.table.index)
    first, last = add_months(days[0], -MONTHS_AROUND), add_months(days[-1], MONTHS_AROUND)
    ax.set_xlim(steps.axis_day(first), steps.axis_day(last))
    steps.label_time(ax, Window(first, last), lang)
    low, high = padded([*found.table["ci_low"], *found.table["ci_high"]])
    ax.set_ylim(low, high)
    if found.is_ratio:
        label_changes(ax.yaxis, low, high, lang, MOST_TICKS)


def _label(ax: Axes, found: PlaceboInTime, lang: Language) -> None:
    """Say at the head of the axes, where no interval reaches, what the places are, the event over its own."""
    share = min(LABELS_PT / style.height_pt(ax), MOST_FOR_LABELS)
    low, high = ax.get_ylim()
    ax.set_ylim(low, low + (high - low) / (1 - share))
    place = steps.axis_day(found.at)
    ax.plot([place, place], [found.real.ci_high, high], color=style.ACCENT, linewidth=0.8, linestyle=(0, (1, 1.5)))
    on_right = place > sum(ax.get_xlim()) / 2
    _write(ax, ax.get_xlim()[0], TEXT[lang]["placebos"], 4, color=style.OBSERVED)
    _write(
        ax,
        place,
        real_words(found, lang),
        4 if on_right else -4,
        line=1,
        ha="right" if on_right else "left",
        color=style.ACCENT,
    )


def _write(ax: Axes, place: float, words: str, aside_pt: float, *, color: str, line: int = 0, ha: str = "left") -> None:
    ax.annotate(
        words,
        xy=(place, 1),
        xycoords=("data", "axes fraction"),
        xytext=(aside_pt, -2 - line * LINE_PT),
        textcoords="offset points",
        ha=ha,
        va="top",
        fontsize=style.SMALL_PT,
        fontweight="bold",
        color=color,
        path_effects=style.halo(),
    )
