"""A fitted interrupted time series with ARIMA errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from violence_stats.fitting.ljung_box import LjungBox, ljung_box
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Language
from violence_stats.models.arima_expectation import CounterfactualMethod, expect_without
from violence_stats.models.arima_fitted import FittedArima
from violence_stats.models.arima_tables import transfer_interval
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.effect_words import tell_effects
from violence_stats.models.fit_words import arima_effects
from violence_stats.models.per_100k import table_per_100k
from violence_stats.models.plain_values import plain_records
from violence_stats.models.wording import number_words, table_lines
from violence_stats.months import WindowLike
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ARIMAResult(FittedArima):
    """What `ARIMAInterruptedTimeSeries.fit` gives: the fitted model and its tables.

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

    @property
    def fitted(self) -> pd.DataFrame:
        """Observed and one-step-ahead expectation by period: ``start, end`` (INCLUSIVE), ``observed, fitted``."""
        windows = self.regular.windows
        return pd.DataFrame(
            {
                "start": [window.start for window in windows],
                "end": [window.end for window in windows],
                "observed": self.regular.y,
                "fitted": self.one_step_ahead,
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
        return expect_without(self, without, window, method=method, hold=hold, seed=seed)

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Give what changed at each intervention, to quote: number, interval, and what it is measured against.

        Parameters
        ----------
        lang : {'en', 'es'}
        case : CaseLike, optional
            Whose names to use, for a series from a folder; a series of a shipped case knows its own.

        Raises
        ------
        SelectionError
            If the language is another.
        """
        names = names_for(self.regular.series, case)
        return tell_effects(arima_effects(self, self.effects, self.transfers, names), check_language(lang))

    def summary(self) -> str:
        """Say the fit in plain text: the same bytes for the same fit."""
        series = self.regular.series
        lines = [
            f"{self.fit.order} with interventions: {series.subject}, "
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
