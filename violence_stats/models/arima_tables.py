"""The tables and notes of a fitted ARIMA model."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import norm

from violence_stats.fitting.arima import ArimaFit
from violence_stats.models.arima_terms import ArimaTerms, time_constant_months
from violence_stats.models.effects import LEVEL
from violence_stats.models.estimate import Estimate
from violence_stats.models.wording import number_words


def read_estimate(fit: ArimaFit) -> Estimate:
    """Read the coefficients off as an estimate."""
    nan = float("nan")
    m = fit.delta.size
    return Estimate(
        errors="arima",
        beta=fit.beta,
        cov=fit.cov[m:, m:],
        degrees_of_freedom=np.full(fit.beta.size, np.inf),
        fitted=np.empty(0),
        dispersion=fit.sigma2,
        pearson_dispersion=nan,
        log_likelihood=fit.loglik,
        deviance=nan,
        adjusts_for_correlation=True,
        method="observed information, normal distribution",
    )


def noise_table(fit: ArimaFit) -> pd.DataFrame:
    """Give the ARMA parameters with normal intervals."""
    reach = float(norm.ppf((1 + LEVEL) / 2)) * fit.arma_std_error
    return pd.DataFrame(
        {
            "estimate": fit.arma,
            "std_error": fit.arma_std_error,
            "ci_low": fit.arma - reach,
            "ci_high": fit.arma + reach,
        },
        index=pd.Index(fit.order.names, name="parameter", dtype=object),
    )


def transfer_table(fit: ArimaFit, terms: ArimaTerms) -> pd.DataFrame:
    """Give rates and time constants; the interval is normal on the logit of the rate, NaN at the edge of its range."""
    reach = float(norm.ppf((1 + LEVEL) / 2)) * fit.delta_std_error / (fit.delta * (1 - fit.delta))
    rates = fit.delta, expit(logit(fit.delta) - reach), expit(logit(fit.delta) + reach)
    months, low, high = (
        [time_constant_months(float(rate), terms.cells.frequency) for rate in column] for column in rates
    )
    return pd.DataFrame(
        {
            "rate": fit.delta,
            "std_error": fit.delta_std_error,
            "time_constant_months": months,
            "months_low": low,
            "months_high": high,
        },
        index=pd.Index([one.term for one in terms.free], name="term", dtype=object),
    )


def transfer_interval(row: pd.Series[float]) -> str:
    """Say the interval of a time constant, or why there is none."""
    if np.isnan(row["months_low"]):
        return "no interval: at the edge of its range"
    return f"{number_words(row['months_low'])} to {number_words(row['months_high'])}"


def search_notes(fit: ArimaFit) -> list[str]:
    """Say what a reader has to know of the search: a lone optimum, parameters at an edge."""
    notes = []
    if fit.n_agreeing == 1 and fit.n_starts > 1:
        notes.append(
            f"only one of {fit.n_starts} searches reached the best likelihood: the fit may not be the best there is"
        )
    if fit.boundary:
        notes.append(
            f"{', '.join(fit.boundary)} came out at the edge of its range: held there, and the errors of the other "
            "parameters are conditional on that; a difference or an order less may fit better"
        )
    return notes
