"""A fitted interrupted time series with ARIMA errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.arima import ArimaFit
from violence_stats.fitting.ljung_box import LjungBox, ljung_box
from violence_stats.models.arima_expectation import expect_by_effects, expect_by_forecast
from violence_stats.models.arima_tables import (
    noise_table,
    read_estimate,
    search_notes,
    transfer_interval,
    transfer_table,
)
from violence_stats.models.arima_terms import ArimaTerms, held_terms
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.effects import effects_table
from violence_stats.models.expectation import compare_with_expectation
from violence_stats.models.options import check_choices
from violence_stats.models.per_100k import table_per_100k
from violence_stats.models.plain_values import plain_records
from violence_stats.models.regular import RegularSeries
from violence_stats.models.wording import number_words, table_lines
from violence_stats.months import Window, WindowLike

CounterfactualMethod: TypeAlias = Literal["forecast", "effects"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ARIMAResult:
    """What `ARIMAInterruptedTimeSeries.fit` gives.

    Attributes
    ----------
    effects : pandas.DataFrame
        One row a term; columns as in `ITSResult.effects`. Under ``transform="log"`` `estimate` is a log of a rate
        ratio, else in the unit of the values, and the ratios are NaN. Normal intervals.
    noise : pandas.DataFrame
        ARMA parameters (signs as in R): ``estimate, std_error, ci_low, ci_high``; NaN errors for one at the edge of its
        range.
    transfers : pandas.DataFrame
        One row a term whose time constant is estimated: ``rate`` (what is left of a decay one period later) and its
        ``std_error``, ``time_constant_months`` with its interval ``months_low, months_high``; NaN errors and interval
        for a rate at the edge of its range.
    regular : RegularSeries
        The values by period.
    terms : ArimaTerms
    fit : ArimaFit
    y : FloatArray, shape (n,)
        The response, logs if they were taken.
    transform : 'log' or None
    """

    effects: pd.DataFrame
    noise: pd.DataFrame
    transfers: pd.DataFrame
    regular: RegularSeries
    terms: ArimaTerms
    fit: ArimaFit
    y: FloatArray
    transform: Literal["log"] | None

    @classmethod
    def of(
        cls,
        *,
        regular: RegularSeries,
        terms: ArimaTerms,
        fit: ArimaFit,
        y: FloatArray,
        transform: Literal["log"] | None,
    ) -> ARIMAResult:
        """Make the tables of a fit."""
        estimate = read_estimate(fit)
        return cls(
            effects=effects_table(terms.names, estimate, log_link=transform == "log"),
            noise=noise_table(fit),
            transfers=transfer_table(fit, terms),
            regular=regular,
            terms=terms,
            fit=fit,
            y=y,
            transform=transform,
        )

    @property
    def window(self) -> Window:
        """The fitting window, both ends INCLUSIVE."""
        return self.regular.span

    @property
    def regressors(self) -> FloatArray:
        """Regressors by period at the fitted time constants, shape (n, k)."""
        return self.terms.regressors(self.fit.delta)

    @property
    def loglik(self) -> float:
        """Log-likelihood of the differenced response, as R's ``arima`` counts it."""
        return self.fit.loglik

    @property
    def aic(self) -> float:
        """Akaike's criterion; the innovation variance counts as a parameter."""
        return self.fit.aic

    @property
    def aicc(self) -> float:
        """Akaike's criterion, corrected for few periods."""
        return self.fit.aicc

    @property
    def bic(self) -> float:
        """Schwarz's criterion."""
        return self.fit.bic

    @property
    def innovation_variance(self) -> float:
        """Variance of the innovations, maximum likelihood."""
        return self.fit.sigma2

    @property
    def fitted(self) -> pd.DataFrame:
        """Observed and one-step-ahead expectation by period: ``start, end`` (INCLUSIVE), ``observed, fitted``."""
        windows = self.regular.windows
        return pd.DataFrame(
            {
                "start": [window.start for window in windows],
                "end": [window.end for window in windows],
                "observed": self.regular.y,
                "fitted": self._one_step,
            },
            index=self.regular.labels,
        )

    def per_100k(self, population: pd.Series[Any]) -> pd.DataFrame:
        """Give observed and one-step-ahead expectation as annual rates per 100,000 inhabitants, by period.

        Parameters
        ----------
        population : pandas.Series
            Inhabitants by year (integer index), as `load_population` gives.

        Returns
        -------
        pandas.DataFrame
            ``start, end`` (INCLUSIVE), ``observed_per_100k, fitted_per_100k``; index as `fitted`.

        Raises
        ------
        SeriesError
            If the series holds rates already, or a period lies beyond the last year of `population`.
        """
        regular = self.regular
        return table_per_100k(self.fitted, regular.windows, regular.series.kind, population)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to be told: missing periods, changes of publisher, how the search went, boundaries."""
        return (*self.regular.notes, *search_notes(self.fit))

    def ljung_box(self, lags: int = 24, *, n_fitted: int = 0) -> LjungBox:
        """Test the residuals for what autocorrelation is left.

        Parameters
        ----------
        lags : int, default 24
        n_fitted : int, default 0
            ARMA parameters to take off the degrees of freedom; 0 as R's ``Box.test`` has it by default.

        Raises
        ------
        SpecificationError
            If the periods do not bear so many lags.
        """
        return ljung_box(self.fit.residuals, lags, n_fitted=n_fitted)

    def counterfactual(
        self,
        without: str,
        window: WindowLike | None = None,
        *,
        method: CounterfactualMethod = "forecast",
        hold: str | Sequence[str] = (),
        seed: int = 0,
    ) -> Counterfactual:
        """Say what was to be expected had an event not happened.

        Parameters
        ----------
        without : str
            The event by name or date.
        window : WindowLike, optional
            Both ends INCLUSIVE, whole periods; default from the period in which the event starts to the end.
        method : {'forecast', 'effects'}, default 'forecast'
            ``forecast``: fit the same model to the periods before the event alone and forecast; its interval holds the
            innovations, the state at the end and the coefficients, ARMA parameters as fitted there. ``effects``: take
            the estimated effect off what was observed; its interval holds the uncertainty of the effect only.
        hold : str or sequence of str, optional
            Later events whose effects are held as fitted; a window past one is refused without it. Pulses always are.
        seed : int, default 0
            Of the draws behind the intervals.

        Raises
        ------
        SpecificationError
            If the method or the event is unknown, the event is ambiguous, a later one is not held, or the periods
            before the event do not bear the model.
        WindowError
            If whole periods with known values do not make up the window.
        FitError
            If the fit before the event does not come out.
        """
        check_choices({"method": (method, get_args(CounterfactualMethod))})
        removed = self.terms.design.event(without)
        first = self.regular.place_of(min(one.first_day for one in removed))
        if window is None:
            window = Window(self.regular.windows[first].start, self.regular.span.end)
        places = self.regular.places_in(window)
        span = Window(self.regular.windows[places][0].start, self.regular.windows[places][-1].end)
        if places.start < first:
            raise SpecificationError(
                f"{span} begins before {removed[0].term} does: choose a window from {self.regular.windows[first]} on"
            )
        held = held_terms(self.terms.design, removed, span, (hold,) if isinstance(hold, str) else tuple(hold))
        rng = np.random.default_rng(seed)
        expectation = (
            expect_by_forecast(self, first, places, held, rng)
            if method == "forecast"
            else expect_by_effects(self, removed, places, rng)
        )
        return compare_with_expectation(
            self.regular,
            places,
            expectation,
            fitted=self._one_step,
            event=without,
            terms=tuple(one.term for one in removed),
            notes=(*(f"{one.term} is held as fitted" for one in held), *self.notes),
        )

    @property
    def _one_step(self) -> FloatArray:
        expected = self.y - self.fit.residuals
        return np.asarray(np.exp(expected) if self.transform == "log" else expected)

    def summary(self) -> str:
        """Say the fit in plain text: the same bytes for the same fit."""
        series = self.regular.series
        lines = [
            f"{self.fit.order} with interventions: {f'{series.measure} {series.country}'.strip()}, "
            f"{self.window.start.isoformat()} to {self.window.end.isoformat()}",
            f"{self.fit.n_obs} periods observed, {self.fit.n_effective} once differenced; "
            f"{'log values' if self.transform == 'log' else 'values as given'}",
            f"log-likelihood {self.loglik:.3f}, AIC {self.aic:.3f}, AICc {self.aicc:.3f}, BIC {self.bic:.3f}",
            "",
            *(table_lines(self.effects, log_link=self.transform == "log") if len(self.effects) else ["no terms"]),
            "",
            *(
                f"{name} {row['estimate']:.4f} (standard error {row['std_error']:.4f})"
                for name, row in self.noise.iterrows()
            ),
            *(
                f"{term}: time constant {number_words(row['time_constant_months'])} months ({transfer_interval(row)})"
                for term, row in self.transfers.iterrows()
            ),
            "intervals: observed information, normal distribution; too narrow where correlation is strong "
            "(docs/calibration.md)",
        ]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a term, a copy of `effects`."""
        return self.effects.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the fit as plain values that JSON can hold; None where a number is not defined."""
        return {
            "window": str(self.window),
            "order": list(self.fit.order.order),
            "seasonal_order": list(self.fit.order.seasonal),
            "transform": self.transform,
            "n_observed": self.fit.n_obs,
            "loglik": self.loglik,
            "aic": self.aic,
            "aicc": self.aicc,
            "bic": self.bic,
            "innovation_variance": self.innovation_variance,
            "effects": plain_records(self.effects),
            "noise": plain_records(self.noise),
            "transfers": plain_records(self.transfers),
            "notes": list(self.notes),
        }
