"""What a fit leaves over: residuals, their correlation, single windows, single years."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts.diagnostic_panels import draw_correlation, draw_moves, draw_residuals, draw_years
from violence_stats.charts.diagnostics_words import TEXT, diagnostics_title, source_words, unit_words
from violence_stats.charts.drawable import DrawnFit, DrawnResiduals
from violence_stats.charts.drawn_fits import Fit, drawn_fit
from violence_stats.charts.frame import Frame, open_frame
from violence_stats.charts.panels import head_panel, split_axes
from violence_stats.design.interventions import Pulse
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.diagnostic_words import MOVES
from violence_stats.models.diagnostics import Diagnostics

HEIGHT_CM: Final = 15.0
PLACES: Final = [
    (0.0, 0.77, 1.0, 0.18),
    (0.0, 0.48, 1.0, 0.18),
    (0.0, 0.0, 0.42, 0.36),
    (0.55, 0.0, 0.45, 0.36),
]
RESIDUALS_CM: Final = 9.0
RESIDUAL_PLACES: Final = [(0.0, 0.62, 1.0, 0.30), (0.0, 0.0, 1.0, 0.42)]


def plot_diagnostics(
    result: Fit,
    *,
    term: str | None = None,
    case: CaseLike | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """Draw what a fit leaves over, and what one effect owes to single windows and years.

    Four panels: residuals over time with the limit beyond which a window is called out; how far the effect moves
    without each window; the correlation left over between residuals; the effect with each calendar year left out. Each
    year costs a refit. An ARIMA or structural fit has two of them: its errors of prediction one period ahead, and the
    correlation left between those.

    Parameters
    ----------
    result : ITSResult, ARIMAResult or StructuralResult
    term : str, optional
        The intervention looked at; default the first that is no pulse, else the first. Only of an `ITSResult`.
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
        If the model has no such intervention, or none; or it is a controlled one, whose errors are of several series.

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
    fit = drawn_fit(result)
    if fit.diagnose is None:
        residuals = _residuals_alone(fit, term)
        with open_frame(ax, RESIDUALS_CM) as frame:
            _draw_two(frame.ax, residuals, language)
            _dress(frame, fit, TEXT[language]["unit_ahead"], case, language)
        return frame.ax
    chosen, found = chosen_term(fit, term), fit.diagnose()
    with open_frame(ax, HEIGHT_CM) as frame:
        _draw_four(frame.ax, fit, found, chosen, language)
        _dress(frame, fit, unit_words(fit, chosen, case, language), case, language)
    return frame.ax


def chosen_term(fit: DrawnFit, term: str | None) -> str:
    """Give the intervention to look at.

    Raises
    ------
    SpecificationError
        If the model has none, or none of this name.
    """
    interventions = fit.interventions
    names = [one.term for one in interventions]
    if term is not None and term not in names:
        raise SpecificationError(f"no intervention is called {term!r}; the model has: {', '.join(names) or 'none'}")
    if not names:
        raise SpecificationError("the model has no intervention, so there is no effect to look at: add one")
    return term or next((one.term for one in interventions if not isinstance(one, Pulse)), names[0])


def diagnostics_table(found: Diagnostics, term: str) -> pd.DataFrame:
    """Give the numbers behind the two panels over time, one row a window."""
    return found.windows[["start", "end", "observed", "fitted", "residual", f"{MOVES}{term}"]].reset_index(drop=True)


def _residuals_alone(fit: DrawnFit, term: str | None) -> DrawnResiduals:
    """Give the residuals of a fit that has no further diagnostics."""
    if fit.residuals is None:
        raise SpecificationError(
            f"a fit of {fit.model} has no diagnostics of its own: fit InterruptedTimeSeries to each of its series, and "
            "draw plot_diagnostics of those"
        )
    if term is not None:
        raise SpecificationError(f"term: the errors of a fit of {fit.model} belong to no one effect: leave it out")
    return fit.residuals


def _dress(frame: Frame, fit: DrawnFit, unit: str, case: CaseLike | None, lang: Language) -> None:
    frame.dress(title=diagnostics_title(fit, case, lang), unit=unit, source=source_words(fit, lang))


def _draw_two(ax: Axes, residuals: DrawnResiduals, lang: Language) -> None:
    ahead, correlation = split_axes(ax, RESIDUAL_PLACES)
    draw_residuals(ahead, residuals.table, lang)
    draw_correlation(correlation, residuals.autocorrelation, len(residuals.table))
    head_panel(ahead, TEXT[lang]["ahead"])
    head_panel(correlation, TEXT[lang]["autocorrelation"])


def _draw_four(ax: Axes, fit: DrawnFit, found: Diagnostics, term: str, lang: Language) -> None:
    residuals, moves, correlation, years = split_axes(ax, PLACES)
    draw_residuals(residuals, found.windows, lang)
    draw_moves(moves, found.windows, term, lang)
    draw_correlation(correlation, found.autocorrelation, len(found.windows))
    draw_years(years, fit.own_effects, term, found, is_log=fit.is_log, lang=lang)
    panels = {"residuals": residuals, "moves": moves, "autocorrelation": correlation, "years": years}
    for name, panel in panels.items():
        head_panel(panel, TEXT[lang][name])
