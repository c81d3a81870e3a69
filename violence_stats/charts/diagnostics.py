"""What a fit leaves over: residuals, their correlation, single windows, single years."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from violence_stats import wording
from violence_stats.charts import steps, style
from violence_stats.charts.diagnostics_words import TEXT, diagnostics_title, source_words, unit_words
from violence_stats.charts.drawable import check_drawable
from violence_stats.charts.frame import open_frame
from violence_stats.charts.panels import head_panel, split_axes
from violence_stats.charts.ratio_axis import label_changes, padded
from violence_stats.design.interventions import Pulse
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.diagnostic_words import MOVES
from violence_stats.models.diagnostics import Diagnostics, outlier_limit
from violence_stats.models.result import ITSResult
from violence_stats.months import ONE_DAY, Window

HEIGHT_CM: Final = 15.0
PLACES: Final = [
    (0.0, 0.77, 1.0, 0.18),
    (0.0, 0.48, 1.0, 0.18),
    (0.0, 0.0, 0.42, 0.36),
    (0.55, 0.0, 0.45, 0.36),
]
NORMAL_95: Final = 1.96
MOST_TICKS: Final = 4
_NOTE: Final[Any] = {"fontsize": style.SMALL_PT, "color": style.MUTED, "va": "center"}


def plot_diagnostics(
    result: ITSResult,
    *,
    term: str | None = None,
    case: CaseLike | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw what a fit leaves over, and what one effect owes to single windows and years.

    Four panels: residuals over time with the limit beyond which a window is called out; how far the effect moves
    without each window; the correlation left over between residuals; the effect with each calendar year left out. Each
    year costs a refit.

    Parameters
    ----------
    result : ITSResult
    term : str, optional
        The intervention looked at; default the first that is no pulse, else the first.
    case, ax, lang
        As for `plot_timeline`; axes of your own should be 12 cm high or more. The panels are their ``child_axes``.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.
    SpecificationError
        If the model has no such intervention, or none.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats import InterruptedTimeSeries, Step
    >>> months = pd.period_range("2019-01", periods=24, freq="M")
    >>> counts = pd.Series([31, 29, 31, 30, 28, 32] * 2 + [15, 16, 14, 15, 16, 14] * 2, index=months)
    >>> result = InterruptedTimeSeries([Step("2020-01")], trend=None).fit(counts)
    >>> len(plot_diagnostics(result).child_axes)
    4
    """
    language = wording.check_language(lang)
    check_drawable(result, ITSResult, "InterruptedTimeSeries.fit")
    chosen = chosen_term(result, term)
    found = result.diagnose()
    text = TEXT[language]
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        residuals, moves, correlation, years = split_axes(drawn, PLACES)
        _draw_residuals(residuals, found)
        _draw_moves(moves, found.windows, chosen)
        _draw_correlation(correlation, found)
        _draw_years(years, result, found, chosen, language)
        panels = {"residuals": residuals, "moves": moves, "autocorrelation": correlation, "years": years}
        for name, panel in panels.items():
            head_panel(panel, text[name])
        frame.dress(
            title=diagnostics_title(result, case, language),
            unit=unit_words(result, chosen, case, language),
            source=source_words(result, language),
        )
    return drawn


def chosen_term(result: ITSResult, term: str | None) -> str:
    """Give the intervention to look at.

    Raises
    ------
    SpecificationError
        If the model has none, or none of this name.
    """
    interventions = result.frame.design.interventions
    names = [one.term for one in interventions]
    if term is not None and term not in names:
        raise SpecificationError(f"no intervention is called {term!r}; the model has: {', '.join(names) or 'none'}")
    if not names:
        raise SpecificationError("the model has no intervention, so there is no effect to look at: add one")
    return term or next((one.term for one in interventions if not isinstance(one, Pulse)), names[0])


def diagnostics_table(found: Diagnostics, term: str) -> pd.DataFrame:
    """Give the numbers behind the two panels over time, one row a window."""
    return found.windows[["start", "end", "observed", "fitted", "residual", f"{MOVES}{term}"]].reset_index(drop=True)


def _middles(table: pd.DataFrame) -> list[float]:
    return [
        (steps.axis_day(first) + steps.axis_day(last + ONE_DAY)) / 2
        for first, last in zip(table["start"], table["end"], strict=True)
    ]


def _set_time(ax: Axes, table: pd.DataFrame) -> None:
    span = Window(table["start"].iloc[0], table["end"].iloc[-1])
    ax.set_xlim(steps.axis_day(span.start), steps.axis_day(span.end + ONE_DAY))
    steps.label_years(ax, span)
    ax.axhline(0, color=style.MUTED, linewidth=0.8, zorder=0)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4))


def _name_windows(ax: Axes, table: pd.DataFrame, names: list[str], values: pd.Series) -> None:
    """Name windows beside their points, on the side with more room."""
    left, right = ax.get_xlim()
    places = dict(zip(table.index, _middles(table), strict=True))
    for name in names:
        on_left = places[name] > (left + right) / 2
        ax.annotate(
            name,
            xy=(places[name], float(values[name])),
            xytext=(-5 if on_left else 5, 0),
            textcoords="offset points",
            ha="right" if on_left else "left",
            va="center",
            fontsize=style.SMALL_PT,
            path_effects=style.halo(),
        )


def _draw_residuals(ax: Axes, found: Diagnostics) -> None:
    table, limit = found.windows, outlier_limit(len(found.windows))
    ax.plot(_middles(table), table["residual"], "o", markersize=2.8, color=style.OBSERVED, markeredgewidth=0)
    for edge in (-limit, limit):
        ax.axhline(edge, color=style.ACCENT, linewidth=0.9, linestyle=(0, (4, 2)))
    reach = 1.1 * max(limit, float(table["residual"].abs().max()))
    ax.set_ylim(-reach, reach)
    _set_time(ax, table)
    _name_windows(ax, table, list(found.outliers), table["residual"])


def _draw_moves(ax: Axes, table: pd.DataFrame, term: str) -> None:
    values = table[f"{MOVES}{term}"]
    ax.vlines(_middles(table), 0, values, color=style.OBSERVED, linewidth=1.2)
    reach = 1.15 * max(float(values.abs().max()), np.finfo(float).tiny)
    ax.set_ylim(-reach, reach)
    _set_time(ax, table)
    _name_windows(ax, table, [str(values.abs().idxmax())], values)


def _draw_correlation(ax: Axes, found: Diagnostics) -> None:
    lags = np.arange(1, len(found.autocorrelation) + 1)
    bound = NORMAL_95 / np.sqrt(len(found.windows))
    ax.axhspan(-bound, bound, color=style.BAND, alpha=0.75, linewidth=0)
    ax.axhline(0, color=style.MUTED, linewidth=0.8)
    ax.vlines(lags, 0, found.autocorrelation, color=style.OBSERVED, linewidth=2.2)
    reach = 1.15 * max(bound, float(np.abs(found.autocorrelation).max()))
    ax.set_ylim(-reach, reach)
    ax.set_xlim(0.4, lags[-1] + 0.6)
    ax.set_xticks([lag for lag in lags if lag == 1 or lag % 3 == 0 or len(lags) <= MOST_TICKS])
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5))


def _draw_years(ax: Axes, result: ITSResult, found: Diagnostics, term: str, lang: Language) -> None:
    estimate, ci_low, ci_high = (float(result.effects[name][term]) for name in ("estimate", "ci_low", "ci_high"))
    rows = found.years.loc[[term]].droplevel("term") if len(found.years) else found.years
    low, high = padded([ci_low, ci_high, *rows["ci_low"], *rows["ci_high"]])
    ax.axvspan(ci_low, ci_high, color=style.BAND, alpha=0.75, linewidth=0)
    ax.axvline(estimate, color=style.ACCENT, linewidth=1.1)
    ax.axvline(0, color=style.MUTED, linewidth=0.8)
    named = sorted({*rows.index, *found.years_not_available})
    for place, year in enumerate(named):
        if year in found.years_not_available:
            ax.annotate(TEXT[lang]["no_fit"], xy=(low, place), xytext=(4, 0), textcoords="offset points", **_NOTE)
            continue
        row = rows.loc[year]
        ax.plot([row["ci_low"], row["ci_high"]], [place, place], color=style.OBSERVED, linewidth=1.2)
        ax.plot(row["estimate"], place, "o", markersize=3.6, color=style.OBSERVED, markeredgewidth=0)
    ax.set_xlim(low, high)
    ax.set_ylim(max(len(named), 1) - 0.4, -0.6)
    ax.set_yticks(range(len(named)), labels=[str(year) for year in named])
    if result.frame.family == "gaussian":
        ax.xaxis.set_major_locator(MaxNLocator(nbins=MOST_TICKS))
    else:
        label_changes(ax.xaxis, low, high, lang, most=MOST_TICKS)
