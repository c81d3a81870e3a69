"""The paths that were to be expected from one day on, against what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.arrays import FloatArray
from violence_stats.charts import steps, style
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.charts.outlook_words import (
    TEXT,
    burst_words,
    describe_outlook,
    next_start,
    outlook_title,
    path_words,
    source_words,
    unit_words,
)
from violence_stats.ledger.case import Case, CaseLike, load_case
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.records import Language
from violence_stats.months import Window, parse_window
from violence_stats.questions.outlook import Outlook

__all__ = ["describe_outlook", "outlook_table", "outlook_title", "plot_outlook"]

HEIGHT_CM: Final = 8.4
HEADROOM: Final = 1.2
"""Top of the scale over the highest path or count; bands may run out of it."""

PATHS: Final = {
    "pact": {"color": style.ACCENT, "linestyle": (0, (3, 1.2)), "linewidth": 1.5},
    "policing": {"color": style.INK, "linestyle": "solid", "linewidth": 1.3},
}
LABEL_UP: Final = {"pact": -4, "policing": 4}
"""Points from the end of a path to its label: that of a pact hangs, clear of those at the top."""

CLEAR_PT: Final = 2.5
"""From the name of a burst to its days, so that it stands clear of a line there."""

LABEL_PT: Final = 76.0
"""Width of a label."""

BANDS: Final = {
    "pact": {"facecolor": style.BAND, "alpha": 0.55, "linewidth": 0},
    "policing": {"facecolor": "none", "edgecolor": style.MUTED, "hatch": "////", "alpha": 0.45, "linewidth": 0},
}


def plot_outlook(outlook: Outlook, *, case: CaseLike = SHIPPED_CASE, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what either path gave to each window, and what was counted.

    Parameters
    ----------
    outlook : Outlook
        From `look_ahead`.
    case : CaseLike, default "SLV"
        That of the outlook, for the names.
    ax, lang
        As for `plot_timeline`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language or case is unknown.
    SpecificationError
        If it is given another result.

    Examples
    --------
    >>> import violence_stats as vs
    >>> ax = vs.plot_outlook(vs.look_ahead("2019-06", as_of="2020-09-30", until="2022-12"))
    >>> len(ax.lines)
    4
    """
    language = wording.check_language(lang)
    check_given(outlook, Outlook, "look_ahead(...)")
    loaded = load_case(case)
    shown = {str(path): group for path, group in outlook.windows.groupby("path", sort=True)}
    first = next(iter(shown.values()))
    windows = [parse_window(str(one)) for one in first["window"]]
    days = np.array([one.n_days for one in windows], dtype=float)
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        _draw_counts(drawn, windows, first, days)
        for path, group in shown.items():
            low, high, expected = (group[name].to_numpy(dtype=float) / days for name in ("low", "high", "expected"))
            steps.fill_between_steps(drawn, windows, low, high, **BANDS[path])
            steps.draw_steps(drawn, windows, expected, **PATHS[path])
        drawn.set_xlim(steps.axis_day(windows[0].start), steps.axis_day(windows[-1].end) + 1)
        steps.label_time(drawn, Window(windows[0].start, windows[-1].end), language)
        style.count_upwards(drawn, _top(shown, days))
        frame.dress(
            title=outlook_title(outlook, language),
            unit=unit_words(loaded, language),
            source=source_words(outlook, loaded, language),
        )
        _label(drawn, outlook, loaded, shown, days, language)
        _mark_bursts(drawn, outlook, loaded, windows, first["observed"].to_numpy(dtype=float) / days, language)
        steps.draw_marks(drawn, next_start(outlook, loaded, language), right_edge=windows[-1].end)
    return drawn


def outlook_table(outlook: Outlook) -> pd.DataFrame:
    """Give the numbers behind the picture: one row a window and path."""
    return outlook.to_frame().round({"months_since": 2, "expected": 2, "log_score": 3})


def _top(shown: dict[str, pd.DataFrame], days: FloatArray) -> float:
    highest = [
        group[name].to_numpy(dtype=float) / days for group in shown.values() for name in ("expected", "observed")
    ]
    return HEADROOM * float(np.max(highest))


def _draw_counts(ax: Axes, windows: Sequence[Window], table: pd.DataFrame, days: FloatArray) -> None:
    """Fill what was counted, and leave hollow what is of another definition."""
    rates = table["observed"].to_numpy(dtype=float) / days
    filled = np.where(table["same_definition"].to_numpy(dtype=bool), rates, np.nan)
    steps.fill_between_steps(ax, windows, np.zeros(len(rates)), filled, facecolor=style.PALE, linewidth=0)
    steps.draw_steps(ax, windows, rates, color=style.OBSERVED, linewidth=1.2)


def _label(
    ax: Axes, outlook: Outlook, case: Case, shown: dict[str, pd.DataFrame], days: FloatArray, lang: Language
) -> None:
    right = ax.get_xlim()[1]
    for path, group in shown.items():
        height = float(group["expected"].iloc[-1]) / days[-1]
        words = style.wrapped(path_words(outlook, case, path, lang), LABEL_PT, style.SMALL_PT, bold=True)
        _write(ax, words, (right, height), (-2, LABEL_UP[path]), str(PATHS[path]["color"]), "right")
    _write(ax, TEXT[lang]["observed"], (ax.get_xlim()[0], 0.0), (4, 4), style.OBSERVED, "left")


def _mark_bursts(
    ax: Axes, outlook: Outlook, case: Case, windows: Sequence[Window], rates: FloatArray, lang: Language
) -> None:
    """Point at the window of each named burst from above, each label to the left of its days."""
    top, left = ax.get_ylim()[1], ax.get_xlim()[0]
    for window, observed in outlook.bursts.drop_duplicates("window")[["window", "observed"]].to_numpy().tolist():
        span = parse_window(str(window))
        place = next((k for k, one in enumerate(windows) if one.overlaps(span)), None)
        if place is None:
            continue
        x = steps.axis_day(span.start)
        room = (x - left) * steps.points_per_day(ax) - 4
        left = x
        ax.annotate(
            style.wrapped(burst_words(span, observed, case, lang), room, style.SMALL_PT),
            xy=(x, rates[place]),
            xytext=(x - CLEAR_PT / steps.points_per_day(ax), 0.99 * top),
            ha="right",
            va="top",
            fontsize=style.SMALL_PT,
            linespacing=style.LINE_SPACING,
            arrowprops={"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.7, "relpos": (1, 0)},
            path_effects=style.halo(),
        )


def _write(
    ax: Axes, words: str, place: tuple[float, float], shift: tuple[float, float], colour: str, side: str
) -> None:
    ax.annotate(
        words,
        xy=place,
        xytext=shift,
        textcoords="offset points",
        ha=side,
        va="top" if shift[1] < 0 else "bottom",
        fontsize=style.SMALL_PT,
        fontweight="bold",
        linespacing=style.LINE_SPACING,
        color=colour,
        path_effects=style.halo(),
    )
