"""Every estimate of a specification curve with its interval, in order, and the choices behind them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import choice_rows, style
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.charts.labels import labels_for
from violence_stats.charts.ratio_axis import label_changes, padded
from violence_stats.charts.specification_curve_words import TEXT, curve_title, primary_words, source_words
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.robustness.curve_result import SpecificationCurve

HEIGHT_CM: Final = 6.2
PT_CM: Final = 2.54 / 72
MOST_TICKS: Final = 9


def plot_specification_curve(
    curve: SpecificationCurve, *, case: CaseLike | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw all estimates in order with the reach of their intervals, and under them who made which choice.

    Rate ratios stand on a logarithmic scale, labelled in per cent. The band reaches over the intervals of all estimates
    at a place. Under the axes each level of each choice has a row, as high as the share of the estimates at that place
    that made it, with the median of all that did.

    Parameters
    ----------
    curve : SpecificationCurve
        From `specification_curve`.
    case, ax, lang
        As for `plot_timeline`; under axes that are given, the rows need room.

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
    >>> from violence_stats import CurveChoices, specification_curve
    >>> months = pd.period_range("2015-01", periods=48, freq="M")
    >>> counts = pd.Series([60 + (7 * k) % 5 for k in range(48)], index=months)
    >>> curve = specification_curve(counts, "2018-01", choices=CurveChoices(seasons=("none",), errors=("iid",)))
    >>> float(plot_specification_curve(curve).get_xlim()[1])
    1.0
    """
    language = wording.check_language(lang)
    check_given(curve, SpecificationCurve, "specification_curve(...)")
    labels = labels_for(curve.series, case, language)
    rows = choice_rows.choice_rows(curve, language)
    reach = choice_rows.height_pt(rows)
    with open_frame(ax, HEIGHT_CM + reach * PT_CM) as frame:
        drawn = frame.ax
        _draw_estimates(drawn, curve)
        _set_scale(drawn, curve, language)
        choice_rows.draw_rows(drawn, rows, language)
        frame.dress(
            title=curve_title(curve, labels, language),
            unit=TEXT[language]["unit"],
            source=source_words(curve, language),
            below_pt=reach + 4,
        )
        _label(drawn, curve, language)
    return drawn


def curve_table(curve: SpecificationCurve) -> pd.DataFrame:
    """Give the numbers that the picture draws, one row a specification, in the order of the estimates."""
    table = curve.table.sort_values("estimate", kind="stable").reset_index(drop=True)
    numbers = table.select_dtypes("float").columns
    return table.round(dict.fromkeys(numbers, 4))


def _draw_estimates(ax: Axes, curve: SpecificationCurve) -> None:
    table = curve.table.sort_values("estimate", kind="stable")
    n = len(table)
    places = (np.arange(n) + 0.5) / n
    n_bands = choice_rows.n_places(curve)
    low = [part.min() for part in np.array_split(table["ci_low"].to_numpy(), n_bands)]
    high = [part.max() for part in np.array_split(table["ci_high"].to_numpy(), n_bands)]
    edges = np.linspace(0, 1, n_bands + 1)
    ax.fill_between(
        np.repeat(edges, 2)[1:-1], np.repeat(low, 2), np.repeat(high, 2), facecolor=style.PALE, alpha=0.6, linewidth=0
    )
    ax.plot(places, table["estimate"], color=style.OBSERVED, linewidth=1.6, solid_capstyle="butt")
    ax.axhline(0, color=style.INK, linewidth=0.8)
    ax.plot([_primary_place(curve)], [curve.primary["estimate"]], "D", color=style.ACCENT, markersize=6, zorder=4)


def _primary_place(curve: SpecificationCurve) -> float:
    """Place of the primary estimate among the sorted ones, 0 to 1."""
    order = np.argsort(curve.table["estimate"].to_numpy(), kind="stable")
    return float((np.argmin(order) + 0.5) / len(order))


def _set_scale(ax: Axes, curve: SpecificationCurve, lang: Language) -> None:
    low, high = padded([*curve.table["ci_low"], *curve.table["ci_high"]])
    ax.set_xlim(0, 1)
    ax.set_ylim(low, high)
    label_changes(ax.yaxis, low, high, lang, MOST_TICKS)
    ax.set_xticks([])


def _label(ax: Axes, curve: SpecificationCurve, lang: Language) -> None:
    place = _primary_place(curve)
    on_right = place > 0.5
    ax.annotate(
        primary_words(curve, lang),
        xy=(place, float(curve.primary["estimate"])),
        xytext=(-7 if on_right else 7, 8 if on_right else -8),
        textcoords="offset points",
        ha="right" if on_right else "left",
        va="bottom" if on_right else "top",
        fontsize=style.SMALL_PT,
        fontweight="bold",
        color=style.ACCENT,
        path_effects=style.halo(),
    )
    ax.annotate(
        TEXT[lang]["none"],
        xy=(0, 0),
        xytext=(3, 2),
        textcoords="offset points",
        fontsize=style.SMALL_PT,
        path_effects=style.halo(),
    )
