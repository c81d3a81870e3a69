"""What pictures of a fit draw, whichever model gave it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.charts.ratio_axis import named_publishers
from violence_stats.design.interventions import Intervention, Pulse
from violence_stats.design.labels import date_label
from violence_stats.design.matrix import DesignMatrix
from violence_stats.errors import SpecificationError
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.diagnostics import MAX_LAGS, WINDOWS_PER_LAG, Diagnostics
from violence_stats.months import Window, WindowLike
from violence_stats.series import CountSeries

Band: TypeAlias = Literal["path", "no_path", "unadjusted", "arima", "structural"]
"""What the interval of an expectation holds."""

Lines: TypeAlias = Literal["adjusted", "unadjusted", "bootstrap", "within", "arima"]
"""What the intervals of effects hold."""

Expect: TypeAlias = "Callable[[str, WindowLike | None, str | Sequence[str]], Counterfactual]"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnResiduals:
    """One-step-ahead errors of a fit.

    Attributes
    ----------
    windows : tuple of Window, length n
    residual : FloatArray, shape (n,)
        In standard deviations; NaN where there is none.
    """

    windows: tuple[Window, ...]
    residual: FloatArray

    @property
    def table(self) -> pd.DataFrame:
        """One row a window that has one: ``start, end, residual``; index the window labels."""
        known = [(window, one) for window, one in zip(self.windows, self.residual, strict=True) if np.isfinite(one)]
        rows = [{"start": window.start, "end": window.end, "residual": float(one)} for window, one in known]
        return pd.DataFrame(rows, index=pd.Index([str(window) for window, _ in known], name="window"))

    @property
    def autocorrelation(self) -> FloatArray:
        """Correlation 1, 2, ... windows apart, over as many lags as `ITSResult.diagnose` looks at."""
        known = np.isfinite(self.residual)
        n_lags = max(1, min(MAX_LAGS, int(known.sum()) // WINDOWS_PER_LAG))
        centred = np.where(known, self.residual - np.nanmean(self.residual), 0.0)
        products = [float(centred[lag:] @ centred[:-lag]) for lag in range(1, n_lags + 1)]
        return np.array(products) / float(centred @ centred)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnFit:
    """A fit as pictures see it.

    Attributes
    ----------
    model : str
        Of which model, as messages name it.
    series : CountSeries
        Whose course is drawn; of several fitted together, the one that was treated.
    windows : tuple of Window, length n
        Those of `fitted`.
    span : Window
        The fitting window, both ends INCLUSIVE.
    n_windows : int
        Fitted, of one series.
    design : DesignMatrix
        Of which the interventions and events are read.
    fitted : pandas.DataFrame
        One row a window: ``start, end, n_days, observed, fitted``, NaN where the model says nothing.
    band : Band
    expect : callable
        Event, window and what is held, to what was to be expected without the event.
    is_log : bool
        Whether effects are logs of rate ratios.
    adjusted : bool
        Whether intervals allow for serial correlation.
    lines : Lines
    effects : pandas.DataFrame or None
        One row an intervention, ``estimate, ci_low, ci_high``; None where a model has no such terms.
    beside : mapping of str to pandas.DataFrame
        Effects of the same terms on others, by who they are.
    one_step_ahead : bool
        Whether each fitted value is what the windows before it led to expect.
    diagnose : callable or None
        Gives what single windows and years do to the effects.
    residuals : DrawnResiduals or None
        Where there is no more than that.
    """

    model: str
    series: CountSeries
    windows: tuple[Window, ...]
    span: Window
    n_windows: int
    design: DesignMatrix
    fitted: pd.DataFrame
    band: Band
    expect: Expect
    is_log: bool = True
    adjusted: bool = True
    lines: Lines = "adjusted"
    effects: pd.DataFrame | None = None
    beside: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    one_step_ahead: bool = False
    diagnose: Callable[[], Diagnostics] | None = None
    residuals: DrawnResiduals | None = None

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """In the order of the model."""
        return self.design.interventions

    @property
    def as_controls(self) -> bool:
        """Whether what is expected is what the controls went through."""
        return bool(self.beside)

    @property
    def own_effects(self) -> pd.DataFrame:
        """The effects, where the model has terms for them.

        Raises
        ------
        SpecificationError
            If it has none, saying what to draw instead.
        """
        if self.effects is None:
            raise SpecificationError(
                f"a fit of {self.model} has no term for an intervention, so there is no effect to draw: draw "
                "plot_counterfactual of it, or plot_averted of its counterfactual()"
            )
        return self.effects

    def first_day(self, event: str) -> date:
        """Give the first day of an event."""
        return min(one.first_day for one in self.design.event(event))

    def only_event(self) -> str:
        """Name the only event beside pulses.

        Raises
        ------
        SpecificationError
            If there is none, or more than one.
        """
        events = {date_label(one.start) for one in self.interventions if not isinstance(one, Pulse)}
        if not events:
            raise SpecificationError(
                f"this fit of {self.model} has no event to take away: fit one with an intervention (at= of a "
                "structural model), or name a pulse by without="
            )
        if len(events) > 1:
            raise SpecificationError(
                f"say which event to take away, such as without='2019-06'; the model has: {', '.join(sorted(events))}"
            )
        return events.pop()

    def publishers(self, lang: Language) -> str:
        """List who counted, blank where the series names nobody."""
        return named_publishers(self.series, self.span, lang)


def check_drawable(value: object, kind: type, made_by: str) -> None:
    """Ask for the result that a picture is drawn of.

    Raises
    ------
    SpecificationError
        If it is something else.
    """
    if not isinstance(value, kind):
        raise SpecificationError(
            f"expected {kind.__name__}, as {made_by} gives it, got {type(value).__name__}, of which there is no such "
            "picture"
        )
