"""A structural model fitted before an intervention, and what it expects after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.stats import norm

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.structural import StructuralFit, forecast_structural
from violence_stats.fitting.structural_model import StructuralModel
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.counterfactual_words import Setting
from violence_stats.models.effects import LEVEL
from violence_stats.models.expectation import compare_with_expectation, expectation_of
from violence_stats.models.plain_values import plain_records
from violence_stats.models.regular import RegularSeries
from violence_stats.models.wording import number_words
from violence_stats.months import Window, WindowLike

WORDS = (
    "level, slope, season and controls as they stand before the intervention, what moves them later and the noise of "
    "each period; variances as fitted"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StructuralResult:
    """What `StructuralTimeSeries.fit` gives.

    Attributes
    ----------
    at : str or None
        The intervention, as it was dated; None where every period was fitted.
    first_new : int
        Position of the first period that was not fitted.
    regular : RegularSeries
        All periods of the window.
    model : StructuralModel
        The periods before the intervention.
    fit : StructuralFit
    control_names : tuple of str, length k
    controls_ahead : FloatArray, shape (h, k)
        Controls from the first new period on, logs if they were taken.
    transform : 'log' or None
    """

    at: str | None
    first_new: int
    regular: RegularSeries
    model: StructuralModel
    fit: StructuralFit
    control_names: tuple[str, ...]
    controls_ahead: FloatArray
    transform: Literal["log"] | None

    @property
    def fitting_window(self) -> Window:
        """The periods fitted, both ends INCLUSIVE."""
        return Window(self.regular.span.start, self.regular.windows[self.first_new - 1].end)

    @property
    def loglik(self) -> float:
        """Log-likelihood of the periods after the diffuse start."""
        return self.fit.loglik

    @property
    def variances(self) -> pd.DataFrame:
        """What moves each component: ``variance, std_error`` (observed information; NaN for a variance at 0)."""
        return pd.DataFrame(
            {"variance": self.fit.variance, "std_error": self.fit.variance_std_error},
            index=pd.Index(self.fit.names, name="component"),
        )

    @property
    def control_effects(self) -> pd.DataFrame:
        """Coefficients of the controls: ``estimate, std_error, ci_low, ci_high``; elasticities under logs."""
        reach = float(norm.ppf((1 + LEVEL) / 2)) * self.fit.control_std_error
        return pd.DataFrame(
            {
                "estimate": self.fit.control_coef,
                "std_error": self.fit.control_std_error,
                "ci_low": self.fit.control_coef - reach,
                "ci_high": self.fit.control_coef + reach,
            },
            index=pd.Index(self.control_names, name="control", dtype=object),
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to be told: missing periods, changes of publisher, how the search went, boundaries."""
        notes = []
        if self.fit.n_agreeing == 1 and self.fit.n_starts > 1:
            notes.append(
                f"only one of {self.fit.n_starts} searches reached the best likelihood: the fit may not be the best "
                "there is"
            )
        if self.fit.boundary:
            notes.append(f"does not wander, its variance came out at 0: {', '.join(self.fit.boundary)}")
        return (*self.regular.notes, *notes)

    def counterfactual(self, window: WindowLike | None = None, *, seed: int = 0) -> Counterfactual:
        """Say what was to be expected without the intervention.

        Parameters
        ----------
        window : WindowLike, optional
            Both ends INCLUSIVE, whole periods after the fitted ones; default all of them.
        seed : int, default 0
            Of the joint draws behind the intervals.

        Raises
        ------
        SpecificationError
            If there was no intervention, or the window begins before it.
        WindowError
            If whole periods do not make up the window, or its count is not known.
        """
        if self.at is None:
            raise SpecificationError("every period was fitted, so there is nothing to compare: pass at= to fit")
        if window is None:
            window = Window(self.regular.windows[self.first_new].start, self.regular.span.end)
        places = self.regular.places_in(window)
        if places.start < self.first_new:
            raise SpecificationError(
                f"{self.regular.windows[places][0]} was fitted: choose a window from "
                f"{self.regular.windows[self.first_new]} on"
            )
        forecast = forecast_structural(self.model, self.fit, self.controls_ahead[: places.stop - self.first_new])
        expectation = expectation_of(
            forecast.part(places.start - self.first_new), self.transform, np.random.default_rng(seed), WORDS
        )
        return compare_with_expectation(
            self.regular.part(places),
            expectation,
            fitted=np.full(places.stop - places.start, np.nan),
            event=self.at,
            terms=(f"all that changed from {self.at} on",),
            setting=Setting(series=self.regular.series, start=self.regular.windows[self.first_new].start),
            notes=self.notes,
        )

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Give what was counted after the intervention beside what was to be expected, to quote, with the interval.

        Parameters
        ----------
        lang : {'en', 'es'}
        case : CaseLike, optional
            Whose names to use, for a series from a folder; a series of a shipped case knows its own.

        Raises
        ------
        SelectionError
            If the language is another.
        SpecificationError
            If there was no intervention.
        WindowError
            If a period after it has no known value: pass a window without to `counterfactual`, and ask that.
        """
        return self.counterfactual().sentence(lang, case=case)

    def summary(self) -> str:
        """Say the fit in plain text: the same bytes for the same fit."""
        series = self.regular.series
        lines = [
            f"Structural model ({self.model.trend}{', season' if self.model.season else ''}): "
            f"{series.subject}, fitted from {self.fitting_window.start.isoformat()} to "
            f"{self.fitting_window.end.isoformat()}{'' if self.at is None else f', before {self.at}'}",
            f"{self.fit.n_obs} periods observed; {'log values' if self.transform == 'log' else 'values as given'}; "
            f"log-likelihood {self.loglik:.3f}",
            *(
                f"variance of the {name}: {row['variance']:.4g} (standard error {row['std_error']:.2g})"
                for name, row in self.variances.iterrows()
            ),
            *(
                f"control {name}: {number_words(row['estimate'])} ({number_words(row['ci_low'])} to "
                f"{number_words(row['ci_high'])})"
                for name, row in self.control_effects.iterrows()
            ),
        ]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a period after the intervention, as ``counterfactual().windows``.

        Raises
        ------
        SpecificationError
            If there was no intervention; `variances` and `control_effects` are tables then too.
        WindowError
            If a period after it has no known value: pass a window without to `counterfactual`.
        """
        return self.counterfactual().to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Give the fit as plain values that JSON can hold; None where a number is not defined."""
        return {
            "at": self.at,
            "fitting_window": str(self.fitting_window),
            "trend": self.model.trend,
            "season": self.model.season,
            "transform": self.transform,
            "n_observed": self.fit.n_obs,
            "loglik": self.loglik,
            "variances": plain_records(self.variances),
            "controls": plain_records(self.control_effects),
            "notes": list(self.notes),
        }
