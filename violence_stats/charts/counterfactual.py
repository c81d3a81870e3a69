"""Observed, fitted, and what a model expects had an event not happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.arrays import FloatArray
from violence_stats.charts import steps, style
from violence_stats.charts.counterfactual_words import TEXT, counterfactual_title, difference, source_line
from violence_stats.charts.drawable import DrawnFit
from violence_stats.charts.drawn_fits import Fit, drawn_fit
from violence_stats.charts.frame import open_frame
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.months import WindowLike

HEIGHT_CM: Final = 8.0
HEADROOM: Final = 1.55
"""Top of the scale over the band, so that the labels above it stand clear of each other."""

CLEARANCE: Final = 1.05
"""Top of the scale over the highest count before the event."""

CLEAR_PT: Final = 4.0
"""From the line of the event to the name of the expectation."""


def plot_counterfactual(
    result: Fit,
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
    result : ITSResult, ControlledResult, ARIMAResult or StructuralResult
        Of a controlled fit the treated series is drawn, against what its controls went through; of a structural one
        there is no fit beside the expectation, and an ARIMA fit is what each period led to expect of the next.
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
    fit = drawn_fit(result)
    event = fit.only_event() if without is None else without
    found = fit.expect(event, window, hold)
    table = _drawn_table(fit, found)
    series = fit.series
    with open_frame(ax, HEIGHT_CM) as frame:
        drawn = frame.ax
        steps.draw_windows(drawn, series, faint=True)
        _draw_expectation(drawn, fit, table)
        steps.label_time(drawn, series.span, language)
        observed, high = (float(np.nanmax(row)) for row in _heights(fit, table, ["observed", "expected_high"]))
        style.count_upwards(drawn, max(observed * CLEARANCE, high * HEADROOM) or 1.0)
        frame.dress(
            title=counterfactual_title(result, event, case, language),
            unit=TEXT[language]["unit" if series.kind == "count" else "unit_rate"],
            source=source_line(fit, case, language),
        )
        steps.draw_marks(drawn, [(fit.first_day(event), difference(found, language))], right_edge=series.span.end)
        _label_lines(drawn, fit, table, language)
    return drawn


def counterfactual_table(result: Fit, found: Counterfactual) -> pd.DataFrame:
    """Give the numbers that the picture draws: every fitted window, with the expectation where there is one."""
    return _drawn_table(drawn_fit(result), found)


def _drawn_table(fit: DrawnFit, found: Counterfactual) -> pd.DataFrame:
    columns = ["expected", "expected_low", "expected_high", "averted"]
    table = fit.fitted.join(found.windows[columns])
    return table.round(dict.fromkeys(("fitted", *columns), 2)).reset_index(drop=True)


def _draw_expectation(ax: Axes, fit: DrawnFit, table: pd.DataFrame) -> None:
    fitted, expected, low, high = _heights(fit, table, ["fitted", "expected", "expected_low", "expected_high"])
    steps.fill_between_steps(ax, fit.windows, low, high, facecolor=style.BAND, alpha=0.75, linewidth=0)
    steps.draw_steps(ax, fit.windows, fitted, color=style.INK, linewidth=1.1)
    steps.draw_steps(ax, fit.windows, expected, color=style.ACCENT, linewidth=1.4, linestyle=(0, (3, 1.2)))


def _heights(fit: DrawnFit, table: pd.DataFrame, names: list[str]) -> FloatArray:
    """Columns of the table as drawn: per day for counts, as they are for rates; shape (n_names, n_windows)."""
    values = table[names].to_numpy(dtype=float).T
    if fit.series.kind == "rate":
        return values
    heights: FloatArray = values / table["n_days"].to_numpy(dtype=float)
    return heights


def _label_lines(ax: Axes, fit: DrawnFit, table: pd.DataFrame, lang: Language) -> None:
    """Name the expectation above its band, the fit under its end and the counts at the foot."""
    text = TEXT[lang]
    high, fitted = _heights(fit, table, ["expected_high", "fitted"])
    left, right = ax.get_xlim()
    first = fit.windows[int(np.argmax(~np.isnan(high)))]
    room = (right - steps.axis_day(first.start)) * steps.points_per_day(ax) - CLEAR_PT
    expected = style.wrapped(text["as_controls" if fit.as_controls else "expected"], room, style.SMALL_PT, bold=True)
    labels = [
        (expected, (right, float(np.nanmax(high))), (-2, 3), style.ACCENT),
        (text["observed"], (left, 0.0), (4, 5), style.OBSERVED),
    ]
    if not np.isnan(fitted).all():
        end = float(fitted[np.isfinite(fitted)][-1])
        labels.insert(
            1, (text["one_step_ahead" if fit.one_step_ahead else "fitted"], (right, end), (-2, -10), style.INK)
        )
    for name, place, shift, colour in labels:
        ax.annotate(
            name,
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
