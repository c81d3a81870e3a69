"""How many fewer were counted than expected without an event: window by window, and added up."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from violence_stats import wording
from violence_stats.charts import steps, style
from violence_stats.charts.averted_words import TEXT, averted_title, band_words, span_words
from violence_stats.charts.drawable import check_drawable
from violence_stats.charts.frame import Frame, open_frame
from violence_stats.charts.panels import head_panel, split_axes
from violence_stats.errors import SpecificationError
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.months import ONE_DAY, Window

HEIGHT_CM: Final = 9.5
PLACES: Final = [(0.0, 0.60, 1.0, 0.33), (0.0, 0.0, 1.0, 0.45)]
ROOM_FOR_END: Final = 0.18
"""Least share of the width to the right of the last window that its number takes."""

BESIDE_PT: Final = 46.0
"""What the labels of the heights and the gap before the number take of the figure's width."""

END_PT: Final = 4.0
"""From the last window to its number."""

MANY_WINDOWS: Final = 100
"""With more of them bars and lines are drawn thinner."""

SHORT_YEARS: Final = 3
CLOSE_DAYS: Final = 150
"""A January closer to the start than this would run into its label."""


def plot_averted(counterfactual: Counterfactual, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw expected minus counted, by window and added up, each with its interval.

    The interval of the sum is joint: it adds up whole courses of what could have been, so that it is neither the sum of
    the windows' ends nor narrower for pretending that they are independent.

    Parameters
    ----------
    counterfactual : Counterfactual
        Of a series of counts, as `ITSResult.counterfactual` and those of controlled, ARIMA and structural fits give.
    ax, lang
        As for `plot_timeline`; the two panels are the axes' ``child_axes``.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.
    SpecificationError
        If the series holds rates, which do not add up.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats import InterruptedTimeSeries, Step
    >>> counts = pd.Series([31, 29, 31, 15, 16, 14], index=pd.period_range("2020-01", periods=6, freq="M"))
    >>> result = InterruptedTimeSeries([Step("2020-04")], trend=None).fit(counts)
    >>> len(plot_averted(result.counterfactual("2020-04")).child_axes)
    2
    """
    language = wording.check_language(lang)
    check_drawable(counterfactual, Counterfactual, "counterfactual()")
    if counterfactual.kind == "rate":
        raise SpecificationError(
            "rates do not add up to deaths averted: fit counts (CountSeries.from_periods makes them), or draw "
            "plot_counterfactual"
        )
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        windows, to_date = split_axes(drawn, PLACES)
        _draw_windows(windows, counterfactual.windows)
        _draw_to_date(to_date, counterfactual.windows)
        share = _room_for_end(frame, counterfactual, language)
        for panel, name in ((windows, "windows"), (to_date, "to_date")):
            _set_scale(panel, counterfactual, share, language)
            head_panel(panel, TEXT[language][name])
        windows.set_xticklabels([])
        frame.dress(
            title=averted_title(counterfactual, language),
            unit=span_words(counterfactual, language),
            source=band_words(counterfactual, language),
        )
        _label_end(to_date, counterfactual, language)
    return drawn


def averted_table(counterfactual: Counterfactual) -> pd.DataFrame:
    """Give the numbers behind the picture, one row a window."""
    names = ["averted", "averted_low", "averted_high"]
    sums = [f"averted_to_date{end}" for end in ("", "_low", "_high")]
    table = counterfactual.windows[["start", "end", "observed", "expected", *names, *sums]]
    return table.round(dict.fromkeys(["expected", *names, *sums], 2)).reset_index(drop=True)


def _draw_windows(ax: Axes, table: pd.DataFrame) -> None:
    thin = min(1.0, MANY_WINDOWS / len(table))
    for _, row in table.iterrows():
        left, right = steps.axis_day(row["start"]), steps.axis_day(row["end"] + ONE_DAY)
        height, middle = row["averted"], (left + right) / 2
        ax.bar(
            left, height, width=right - left, align="edge", color=style.PALE, edgecolor="white", linewidth=0.4 * thin
        )
        ax.plot([middle, middle], [row["averted_low"], row["averted_high"]], color=style.OBSERVED, linewidth=0.9 * thin)


def _draw_to_date(ax: Axes, table: pd.DataFrame) -> None:
    ends = [steps.axis_day(day + ONE_DAY) for day in table["end"]]
    days = [steps.axis_day(table["start"].iloc[0]), *ends]
    value, low, high = ([0.0, *table[f"averted_to_date{end}"]] for end in ("", "_low", "_high"))
    ax.fill_between(days, low, high, facecolor=style.BAND, alpha=0.75, linewidth=0)
    ax.plot(days, value, color=style.ACCENT, linewidth=1.4)


def _room_for_end(frame: Frame, found: Counterfactual, lang: Language) -> float:
    """Give the share of the width that the number at the end takes."""
    own_width = style.figure_of(frame.ax).get_figwidth() * 72 - BESIDE_PT
    width = own_width if frame.is_own else style.width_pt(frame.ax)
    words = style.text_width_pt(_end_words(found, lang), style.SMALL_PT, bold=True)
    return max(ROOM_FOR_END, (words + 2 * END_PT) / width)


def _set_scale(ax: Axes, found: Counterfactual, share: float, lang: Language) -> None:
    left, right = steps.axis_day(found.window.start), steps.axis_day(found.window.end + ONE_DAY)
    ax.set_xlim(left, left + (right - left) / (1 - share))
    _label_time(ax, found.window, lang)
    ax.plot([left, right], [0, 0], color=style.MUTED, linewidth=0.8, zorder=0)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: wording.whole(value)))
    ax.spines["bottom"].set_bounds(left, right)


def _label_time(ax: Axes, span: Window, lang: Language) -> None:
    """Label years; the first month and every January where the span is short."""
    if span.end.year - span.start.year >= SHORT_YEARS:
        steps.label_time(ax, span, lang)
        return
    januaries = [date(year, 1, 1) for year in range(span.start.year + 1, span.end.year + 1)]
    starts = [span.start, *(day for day in januaries if (day - span.start).days > CLOSE_DAYS)]
    ax.set_xticks(
        [steps.axis_day(day) for day in starts], labels=[wording.month(day, lang) for day in starts], ha="left"
    )


def _end_words(found: Counterfactual, lang: Language) -> str:
    ends = {end: wording.whole(found.windows[f"averted_to_date{end}"].iloc[-1]) for end in ("", "_low", "_high")}
    return TEXT[lang]["end"].format(number=ends[""], low=ends["_low"], high=ends["_high"])


def _label_end(ax: Axes, found: Counterfactual, lang: Language) -> None:
    last = found.windows.iloc[-1]
    ax.annotate(
        _end_words(found, lang),
        xy=(steps.axis_day(last["end"] + ONE_DAY), last["averted_to_date"]),
        xytext=(END_PT, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL_PT,
        fontweight="bold",
        color=style.ACCENT,
        linespacing=style.LINE_SPACING,
    )
