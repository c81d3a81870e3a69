"""How often changes of several sizes would be found."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import style
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.charts.labels import labels_for
from violence_stats.charts.power_words import TEXT, observed_words, power_title, smallest_words, source_words
from violence_stats.charts.ratio_axis import label_changes
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.robustness.power_result import NORMAL_REACH, PowerResult

HEIGHT_CM: Final = 6.6
MOST_TICKS: Final = 9
OBSERVED_AT: Final = 0.3
"""Height of the label of what the counts show: under the curve, which is high where an effect is large."""


def plot_power(found: PowerResult, *, case: CaseLike | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the share of worlds in which a change is found, against its size.

    Changes run from none on the left to the largest on the right, on a logarithmic scale labelled in per cent; the
    baseline is zero.

    Parameters
    ----------
    found : PowerResult
        From `violence_stats.power`.
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
    >>> from violence_stats import InterruptedTimeSeries, PowerOptions, Step, power
    >>> months = pd.period_range("2015-01", periods=36, freq="M")
    >>> counts = pd.Series([60 + (7 * k) % 5 for k in range(36)], index=months)
    >>> model = InterruptedTimeSeries([Step("2017-01")], trend=None, errors="iid")
    >>> found = power(model, counts, "2017-01", options=PowerOptions(n_simulations=20))
    >>> float(plot_power(found).get_ylim()[1])
    1.05
    """
    language = wording.check_language(lang)
    check_given(found, PowerResult, "power(...)")
    labels = labels_for(found.series, case, language)
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        _draw_curve(drawn, found, language)
        frame.dress(
            title=power_title(found, labels, language),
            unit=TEXT[language]["unit"],
            source=source_words(found, language),
            below_pt=32,
        )
        _label(drawn, found, language)
    return drawn


def power_table(found: PowerResult) -> pd.DataFrame:
    """Give the numbers that the picture draws, one row a change."""
    return found.table.round({"rate_ratio": 4, "change_pct": 1, "power": 4, "mc_error": 4})


def _sizes(found: PowerResult) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Give the logs of the rate ratios, shape (n_changes,)."""
    return np.asarray(np.log(found.table["rate_ratio"].to_numpy(dtype=float)))


def _draw_curve(ax: Axes, found: PowerResult, lang: Language) -> None:
    size = _sizes(found)
    ax.errorbar(
        size,
        found.table["power"],
        yerr=NORMAL_REACH * found.table["mc_error"],
        color=style.OBSERVED,
        ecolor=style.MUTED,
        elinewidth=0.8,
        linewidth=1.4,
        marker="o",
        markersize=3.6,
    )
    ax.axhline(found.power, color=style.MUTED, linewidth=0.8, linestyle=(0, (4, 2)), zorder=0)
    last = float(size[-1])
    ax.set_xlim(-0.04 * last, 1.06 * last)
    label_changes(ax.xaxis, min(0.0, last), max(0.0, last), lang, MOST_TICKS)
    ax.set_xlabel(TEXT[lang]["across"], fontsize=style.SMALL_PT)
    ax.set_ylim(0, 1.05)
    ticks = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ax.set_yticks(ticks, labels=[wording.percent(100 * one, lang, 0) for one in ticks])


def _label(ax: Axes, found: PowerResult, lang: Language) -> None:
    """Name the smallest change at the line of the power asked for, and what the counts show at the foot."""
    last = float(_sizes(found)[-1])
    smallest = float(np.log(found.smallest.rate_ratio))
    if np.isfinite(smallest):
        ax.plot([smallest], [found.power], "o", color=style.ACCENT, markersize=6.5, markeredgewidth=0, zorder=4)
    marks = [(smallest if np.isfinite(smallest) else last, found.power, smallest_words(found, lang), style.ACCENT)]
    if 0 <= found.observed.estimate / last <= 1:
        ax.axvline(found.observed.estimate, color=style.INK, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=0)
        marks.append((found.observed.estimate, OBSERVED_AT, observed_words(found, lang), style.INK))
    for place, height, words, colour in marks:
        ax.annotate(
            words,
            xy=(place, height),
            xytext=(6, -4),
            textcoords="offset points",
            va="top",
            fontsize=style.SMALL_PT,
            fontweight="bold",
            color=colour,
            linespacing=style.LINE_SPACING,
            path_effects=style.halo(),
        )
