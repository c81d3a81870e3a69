"""The panels of a picture of diagnostics: residuals, single windows, correlation left over, single years."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from violence_stats.arrays import FloatArray
from violence_stats.charts import steps, style
from violence_stats.charts.diagnostics_words import TEXT
from violence_stats.charts.ratio_axis import label_changes, padded
from violence_stats.ledger.records import Language
from violence_stats.models.diagnostic_words import MOVES
from violence_stats.models.diagnostics import Diagnostics, outlier_limit
from violence_stats.months import ONE_DAY, Window

NORMAL_95: Final = 1.96
MOST_TICKS: Final = 4
MOST_YEARS: Final = 12
"""Names of years that stand above each other."""

_NOTE: Final[Any] = {"fontsize": style.SMALL_PT, "color": style.MUTED, "va": "center", "path_effects": style.halo()}


def _middles(table: pd.DataFrame) -> list[float]:
    return [
        (steps.axis_day(first) + steps.axis_day(last + ONE_DAY)) / 2
        for first, last in zip(table["start"], table["end"], strict=True)
    ]


def _set_time(ax: Axes, table: pd.DataFrame, lang: Language) -> None:
    span = Window(table["start"].iloc[0], table["end"].iloc[-1])
    ax.set_xlim(steps.axis_day(span.start), steps.axis_day(span.end + ONE_DAY))
    steps.label_time(ax, span, lang)
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


def draw_residuals(ax: Axes, table: pd.DataFrame, lang: Language) -> None:
    """Draw residuals by window, and name those beyond the limit that few series reach by chance."""
    limit = outlier_limit(len(table))
    ax.plot(_middles(table), table["residual"], "o", markersize=2.8, color=style.OBSERVED, markeredgewidth=0)
    for edge in (-limit, limit):
        ax.axhline(edge, color=style.ACCENT, linewidth=0.9, linestyle=(0, (4, 2)))
    reach = 1.1 * max(limit, float(table["residual"].abs().max()))
    ax.set_ylim(-reach, reach)
    _set_time(ax, table, lang)
    beyond = table["residual"].abs() > limit
    _name_windows(ax, table, list(table.index[beyond]), table["residual"])


def draw_moves(ax: Axes, table: pd.DataFrame, term: str, lang: Language) -> None:
    """Draw how far the effect of a term moves without each window, and name the one that moves it most."""
    values = table[f"{MOVES}{term}"]
    ax.vlines(_middles(table), 0, values, color=style.OBSERVED, linewidth=1.2)
    reach = 1.15 * max(float(values.abs().max()), np.finfo(float).tiny)
    ax.set_ylim(-reach, reach)
    _set_time(ax, table, lang)
    _name_windows(ax, table, [str(values.abs().idxmax())], values)


def draw_correlation(ax: Axes, autocorrelation: FloatArray, n_windows: int) -> None:
    """Draw the correlation left over, with the band that it keeps to where there is none."""
    lags = np.arange(1, len(autocorrelation) + 1)
    bound = NORMAL_95 / np.sqrt(n_windows)
    ax.axhspan(-bound, bound, color=style.BAND, alpha=0.75, linewidth=0)
    ax.axhline(0, color=style.MUTED, linewidth=0.8)
    ax.vlines(lags, 0, autocorrelation, color=style.OBSERVED, linewidth=2.2)
    reach = 1.15 * max(bound, float(np.abs(autocorrelation).max()))
    ax.set_ylim(-reach, reach)
    ax.set_xlim(0.4, lags[-1] + 0.6)
    ax.set_xticks([lag for lag in lags if lag == 1 or lag % 3 == 0 or len(lags) <= MOST_TICKS])
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5))


def draw_years(ax: Axes, effects: pd.DataFrame, term: str, found: Diagnostics, *, is_log: bool, lang: Language) -> None:
    """Draw the effect of a term with each calendar year left out."""
    estimate, ci_low, ci_high = (float(effects[name][term]) for name in ("estimate", "ci_low", "ci_high"))
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
    every = max(1, -(-len(named) // MOST_YEARS))
    ax.set_yticks(range(len(named)), labels=[str(year) if k % every == 0 else "" for k, year in enumerate(named)])
    if is_log:
        label_changes(ax.xaxis, low, high, lang, most=MOST_TICKS)
    else:
        ax.xaxis.set_major_locator(MaxNLocator(nbins=MOST_TICKS))
