"""A controlled interrupted time series: what changed here beyond what changed in others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd

from violence_stats.design.identification import refuse_collinear, refuse_too_few
from violence_stats.design.transfer import Transfer
from violence_stats.errors import SpecificationError
from violence_stats.fitting.composite import sum_by_window, window_starts
from violence_stats.fitting.separation import refuse_separation
from violence_stats.models.controlled_result import ControlledResult
from violence_stats.models.effects import effects_table
from violence_stats.models.exposure import ExposureUnit
from violence_stats.models.frame import ModelFrame, build_frame
from violence_stats.models.options import (
    check_choices,
    check_model_options,
    read_interventions,
    read_model_series,
)
from violence_stats.models.panel import TREATED, ControlLevels, PanelFrame, match_windows, stack
from violence_stats.models.panel_errors import PanelErrors, fit_panel
from violence_stats.models.segmented import SegmentedRegression
from violence_stats.months import WindowLike, parse_window
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True)
class ControlledInterruptedTimeSeries(SegmentedRegression):
    """A segmented regression of a treated series and its controls together.

    Use it where neighbours saw the same shock, such as a lockdown, but not the intervention: the terms called
    ``treated ...`` are what changed in the treated series beyond the controls. It takes away what all units share and
    nothing else.

    Parameters
    ----------
    interventions : sequence of Intervention
        `Step`, `Ramp`, `Pulse`, or `Onset` and `Decay` with a time constant, each named by the FIRST day of the new
        regime; all units get them, the treated one a second time.
    trend : 'linear' or None, default 'linear'
        Counts 1, 2, ... by period from the first period of the fitting window.
    harmonics, month_effects
        As `InterruptedTimeSeries`; one season for all units.
    family : {'quasi-poisson', 'poisson', 'negative-binomial', 'gaussian'}
        As `InterruptedTimeSeries`.
    errors : {'ar1', 'newey-west', 'iid'}, default 'ar1'
        As `InterruptedTimeSeries`; correlation and dispersion are the same in all units, and correlation never crosses
        from one unit to another.
    lags : int, optional
        Lags of ``newey-west``.
    control_levels : {'own', 'shared'}, default 'own'
        ``own``: each unit has a level and a trend of its own. ``shared``: the controls have one of each, the treated
        unit's difference from them is ``treated`` and ``treated trend`` (Linden 2015, multiple-group model).
    exposure : 'days' or None, default 'days'
        As `InterruptedTimeSeries`.

    Raises
    ------
    SpecificationError
        If an option is not one of these.

    References
    ----------
    Linden (2015) Stata Journal 15:480. Lopez Bernal, Cummins & Gasparrini (2018) Int J Epidemiol 47:2082.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from violence_stats.design.interventions import Step
    >>> months, rng = pd.period_range("2018-01", periods=48, freq="M"), np.random.default_rng(1)
    >>> after = months >= "2020-01"
    >>> here = pd.Series(rng.poisson(200 * np.where(after, 0.3, 1.0)), months)
    >>> there = pd.Series(rng.poisson(300 * np.where(after, 0.6, 1.0)), months)
    >>> model = ControlledInterruptedTimeSeries([Step("2020-01")], trend=None)
    >>> result = model.fit(here, controls={"neighbour": there})
    >>> float(result.effects.loc["treated step 2020-01", "rate_ratio"].round(2))
    0.51
    """

    errors: PanelErrors = "ar1"
    lags: int | None = None
    control_levels: ControlLevels = "own"
    exposure: ExposureUnit = "days"

    def __post_init__(self) -> None:
        object.__setattr__(self, "interventions", read_interventions(self.interventions))
        if not self.interventions:
            raise SpecificationError("a controlled model compares what an intervention did: name at least one")
        free = [one.term for one in self.interventions if isinstance(one, Transfer) and one.is_free]
        if free:
            raise SpecificationError(
                f"a controlled model takes time constants as given, and {free[0]} has none: give time_constant_months"
            )
        check_choices({"control_levels": (self.control_levels, get_args(ControlLevels))})
        check_model_options(
            self.terms,
            family=self.family,
            errors=(self.errors, get_args(PanelErrors)),
            lags=self.lags,
            exposure=self.exposure,
        )

    def fit(
        self,
        series: CountSeries | pd.Series[Any],
        controls: Mapping[str, CountSeries | pd.Series[Any]],
        window: WindowLike | None = None,
        *,
        exposure: Mapping[str, pd.Series[Any]] | None = None,
    ) -> ControlledResult:
        """Fit the treated series and its controls.

        Parameters
        ----------
        series : CountSeries or pandas.Series
            The treated one; as `InterruptedTimeSeries.fit` takes it.
        controls : mapping of str to CountSeries or pandas.Series
            Each with counts that make up the windows of the treated series: shorter windows are added up.
        window : WindowLike, optional
            The fitting window, both ends INCLUSIVE; default the whole treated series.
        exposure : mapping of str to pandas.Series, optional
            For each control by its name, and for the treated series as ``"treated"``.

        Returns
        -------
        ControlledResult

        Raises
        ------
        SpecificationError
            If there is no control, a control has other windows than the treated series, or the windows cannot carry
            the terms.
        SeriesError
            If counts are missing or malformed, or an exposure does not fit them.
        WindowError
            If the window is malformed or cuts a count that is known only as a whole.
        FitError
            If the estimates are not finite or do not settle.
        """
        names = _read_names(controls, exposure)
        treated = read_model_series(series, self.family)
        if window is not None:
            span = parse_window(window)
            treated = treated.between(span.start, span.end)
        matched = {
            name: match_windows(name, read_model_series(one, self.family), treated) for name, one in controls.items()
        }
        units = {TREATED: treated, **matched}
        frames = {name: self._frame(units[name], None if exposure is None else exposure[name]) for name in names}
        panel = stack(frames, self.terms, self.control_levels)
        _refuse_unidentified(panel)
        estimate = fit_panel(panel, self.errors, self.lags)
        effects = effects_table(panel.names, estimate, log_link=self.family != "gaussian")
        return ControlledResult(effects=effects, panel=panel, estimate=estimate)

    def _frame(self, series: CountSeries, exposure: pd.Series[Any] | None) -> ModelFrame:
        return build_frame(series, self.terms, family=self.family, unit=self.exposure, window=None, exposure=exposure)


def _read_names(controls: Mapping[str, object], exposure: Mapping[str, object] | None) -> tuple[str, ...]:
    if not isinstance(controls, Mapping) or not controls:
        raise SpecificationError(f"controls: expected at least one series by name, got {controls!r}")
    if TREATED in controls:
        raise SpecificationError(f"no control can be called {TREATED!r}: give it its own name")
    names = (TREATED, *controls)
    if exposure is not None and set(exposure) != set(names):
        raise SpecificationError(
            f"exposure: expected one for each of {', '.join(names)}, got {', '.join(exposure) or 'none'}"
        )
    return names


def _refuse_unidentified(panel: PanelFrame) -> None:
    refuse_too_few(len(panel.y), panel.names)
    if panel.family == "gaussian":
        refuse_collinear(panel.names, panel.rows.X)
        return
    exposed = np.exp(panel.log_exposure)[:, None] * panel.X
    refuse_collinear(panel.names, sum_by_window(exposed, window_starts(panel.window)))
    refuse_separation(panel.y, panel.X, panel.window, panel.names)
