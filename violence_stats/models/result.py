"""A fitted interrupted time series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.errors import SpecificationError
from violence_stats.models.compare_errors import ErrorComparison, compare_error_models
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.effects import combined_effects
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.joint_draws import ALL, SEED, Uncertainty
from violence_stats.models.time_constant import TimeConstant
from violence_stats.models.without import Question, expect_without
from violence_stats.models.wording import result_text
from violence_stats.months import Window, WindowLike


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ITSResult:
    """What `InterruptedTimeSeries.fit` gives.

    Attributes
    ----------
    effects : pandas.DataFrame
        One row a term; columns ``estimate, std_error, ci_low, ci_high, p_value, rate_ratio, change_pct,
        rate_ratio_low, rate_ratio_high``. `estimate` and its interval are logs of rate ratios, `intercept` the log rate
        at trend 0; under the gaussian family they are in the unit of the values, and the ratios are NaN.
    frame : ModelFrame
        Counts, cells, design and exposure that were fitted.
    estimate : Estimate
        Coefficients, covariance and what goes with them.
    time_constant : TimeConstant or None
        Of the `Onset` or `Decay` whose time constant was estimated.
    """

    effects: pd.DataFrame
    frame: ModelFrame
    estimate: Estimate
    time_constant: TimeConstant | None = None

    @property
    def window(self) -> Window:
        """The fitting window, both ends INCLUSIVE."""
        return self.frame.span

    @property
    def n_windows(self) -> int:
        """Windows fitted."""
        return self.frame.series.n_windows

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to be told: changes of publisher, gaps, terms that rest on one window, boundaries."""
        return (*self.frame.notes, *self.estimate.notes)

    @property
    def interval_words(self) -> str:
        """How the intervals were made, and whether they allow for serial correlation."""
        return self.estimate.interval_words

    @property
    def covariance(self) -> pd.DataFrame:
        """Covariance of the estimates, by term."""
        return pd.DataFrame(self.estimate.cov, index=self.effects.index, columns=self.effects.index)

    @property
    def fitted(self) -> pd.DataFrame:
        """Observed and expected by window: ``start, end`` (INCLUSIVE), ``n_days, observed, fitted``."""
        windows = self.frame.series.windows
        return pd.DataFrame(
            {
                "start": [window.start for window in windows],
                "end": [window.end for window in windows],
                "n_days": [window.n_days for window in windows],
                "observed": self.frame.y,
                "fitted": self.estimate.fitted,
            },
            index=pd.Index([str(window) for window in windows], name="window"),
        )

    @property
    def dispersion(self) -> float:
        """What multiplies the variance of the family; the residual variance for gaussian."""
        return self.estimate.dispersion

    @property
    def aic(self) -> float:
        """Akaike's criterion; NaN where no likelihood is maximised (quasi-poisson, REML, prais-winsten)."""
        if self.frame.family == "quasi-poisson" or self.estimate.errors == "ar1":
            return float("nan")
        n_variances = int(self.frame.family in ("gaussian", "negative-binomial")) + (self.estimate.errors == "ar1-ml")
        return 2 * (len(self.estimate.beta) + n_variances) - 2 * self.estimate.log_likelihood

    def combine(self, weights: Mapping[str, float]) -> pd.Series[float]:
        """Give a weighted sum of terms with its interval.

        Parameters
        ----------
        weights : mapping of term to weight
            ``{"step 2020-03": 1, "ramp 2020-03": 7}`` is the whole effect seven periods after the start.

        Returns
        -------
        pandas.Series
            The columns of `effects`.

        Raises
        ------
        SpecificationError
            If a term is not in the model.
        """
        unknown = [term for term in weights if term not in self.effects.index]
        if unknown:
            raise SpecificationError(
                f"no term is called {unknown[0]!r}; the model has: {', '.join(self.effects.index)}"
            )
        row = np.array([[weights.get(term, 0.0) for term in self.effects.index]])
        label = " + ".join(f"{weight:g} {term}" for term, weight in weights.items())
        return combined_effects(
            row,
            pd.Index([label], name="term"),
            self.estimate,
            log_link=self.frame.family != "gaussian",
        ).iloc[0]

    def compare_errors(self, *, lags: int | None = None) -> ErrorComparison:
        """Fit the same model under every error model, side by side, with one line that says whether they disagree.

        Parameters
        ----------
        lags : int, optional
            Of ``newey-west``.

        Raises
        ------
        SpecificationError
            If the model has no intervention.
        """
        return compare_error_models(self.frame, lags=lags)

    def counterfactual(
        self,
        without: str,
        window: WindowLike | None = None,
        *,
        hold: str | Sequence[str] = (),
        uncertainty: Sequence[Uncertainty] = ALL,
        seed: int = SEED,
    ) -> Counterfactual:
        """Say what the model expects had an event not happened.

        Parameters
        ----------
        without : str
            The event by name or date; all its terms are taken away and the rest is kept as fitted. ``"2019-06"`` also
            finds interventions dated by a day of that month, if they start on one day.
        window : WindowLike, optional
            Both ends INCLUSIVE; whole fitted windows make it up. Default: from the event to the end.
        hold : str or sequence of str, optional
            Later events whose effects are held as fitted. A window past a later intervention is refused without it;
            pulses are always held.
        uncertainty : sequence of {'parameters', 'latent', 'counts'}, optional
            What the intervals hold: the coefficients, the latent path (given the windows before the event only), count
            noise. Default all three.
        seed : int, optional
            Of the joint draws behind the intervals.

        Raises
        ------
        SpecificationError
            If the event is unknown or ambiguous, or the window lies before it or reaches past another one.
        WindowError
            If whole fitted windows do not make up the window.
        """
        question = Question(
            without=without,
            window=window,
            hold=(hold,) if isinstance(hold, str) else tuple(hold),
            uncertainty=tuple(uncertainty),
            seed=seed,
        )
        return expect_without(self.frame, self.estimate, question)

    def summary(self) -> str:
        """Say the fit in plain text: the same bytes for the same fit."""
        return result_text(self.frame, self.estimate, self.effects)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a term, a copy of `effects`."""
        return self.effects.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the fit as plain values that JSON can hold; None where a number is not defined."""
        rows = self.effects.astype(object).where(self.effects.notna(), None)
        return {
            "window": str(self.window),
            "n_windows": self.n_windows,
            "family": self.frame.family,
            "errors": self.estimate.errors,
            "intervals": self.interval_words,
            "dispersion": self.dispersion,
            "nuisance": {name: value if np.isfinite(value) else None for name, value in self.estimate.nuisance.items()},
            "time_constant": None if self.time_constant is None else self.time_constant.to_dict(),
            "effects": rows.reset_index().to_dict(orient="records"),
            "notes": list(self.notes),
        }
