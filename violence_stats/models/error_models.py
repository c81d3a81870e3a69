"""The assumptions about errors that a model can be fitted under, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.counts import CountFit, fit_counts, variance
from violence_stats.fitting.gaussian import WeightedRows
from violence_stats.fitting.hac import linear_scores, newey_west
from violence_stats.fitting.linear import LinearFit, fit_linear
from violence_stats.fitting.prais_winsten import fit_prais_winsten
from violence_stats.models.ar1_errors import fit_ar1_counts, fit_ar1_gaussian
from violence_stats.models.estimate import ErrorModel, Estimate
from violence_stats.models.frame import ModelFrame, gaussian_rows, refuse_uneven_windows

EXACT = 1e-10
"""Root mean square of what a model leaves over, as a share of the largest value, that is rounding alone."""


def fit_frame(frame: ModelFrame, errors: ErrorModel, lags: int | None) -> Estimate:
    """Fit a model frame under one error model.

    Parameters
    ----------
    frame : ModelFrame
    errors : {'ar1', 'ar1-ml', 'iid', 'newey-west', 'prais-winsten'}
    lags : int or None
        For ``newey-west``: lags kept; None for the usual bandwidth.

    Raises
    ------
    SpecificationError, FitError
        If the data do not bear it.
    """
    if frame.family == "gaussian":
        _refuse_exact(gaussian_rows(frame))
    return _ESTIMATORS[errors](frame, lags)


def _refuse_exact(rows: WeightedRows) -> None:
    """Ask for values that scatter about the model: without any, an estimate has no error to be judged by."""
    n, p = rows.X.shape
    left = rows.y - rows.X @ np.linalg.lstsq(rows.X, rows.y)[0]
    if n > p and np.sqrt(np.mean(left**2)) <= EXACT * np.abs(rows.y).max():
        raise FitError(
            "the model goes through every value exactly, so that nothing is left to measure its error by: expected "
            "values that were counted, not computed or all the same; take terms away, or widen the window"
        )


def refit(frame: ModelFrame, like: Estimate) -> Estimate:
    """Fit other data, or another design, under the error model of an estimate.

    Raises
    ------
    SpecificationError, FitError
        If the data do not bear it, or the estimate comes from another kind of model.
    """
    for errors in get_args(ErrorModel):
        if errors == like.errors:
            return fit_frame(frame, errors, int(like.nuisance["lags"]) if "lags" in like.nuisance else None)
    raise SpecificationError(f'errors "{like.errors}" cannot be refitted to a model frame')


def _iid(frame: ModelFrame, lags: int | None) -> Estimate:
    del lags
    if frame.family == "gaussian":
        rows = gaussian_rows(frame)
        return linear_estimate(fit_linear(rows.y, rows.X), rows)
    return counts_estimate(_fit_counts(frame))


def _newey_west(frame: ModelFrame, lags: int | None) -> Estimate:
    if frame.family != "gaussian":
        return robust_counts(frame, _fit_counts(frame), lags)
    rows = gaussian_rows(frame)
    linear = fit_linear(rows.y, rows.X)
    scores = linear_scores(rows.X, linear.residuals)
    return robust_estimate(linear_estimate(linear, rows), scores, linear.information, lags)


def robust_counts(frame: ModelFrame, fit: CountFit, lags: int | None) -> Estimate:
    """Give a count regression the Newey-West covariance; `lags` as for `robust_estimate`."""
    spread = variance(fit.expected.mu, fit.alpha)
    Z = fit.expected.Z
    scores = Z * ((frame.y - fit.expected.mu) / spread)[:, None]
    return robust_estimate(counts_estimate(fit), scores, Z.T @ (Z / spread[:, None]), lags)


def _prais_winsten(frame: ModelFrame, lags: int | None) -> Estimate:
    del lags
    refuse_uneven_windows(frame, "prais-winsten")
    rows = gaussian_rows(frame)
    fit = fit_prais_winsten(rows.y, rows.X)
    n_left = fit.degrees_of_freedom
    return Estimate(
        errors="prais-winsten",
        beta=fit.coef,
        cov=fit.cov,
        degrees_of_freedom=np.full(len(fit.coef), n_left),
        fitted=(rows.y - fit.residuals) * rows.scale,
        dispersion=fit.sigma2,
        pearson_dispersion=float("nan"),
        log_likelihood=float("nan"),
        deviance=float(fit.residuals @ fit.residuals),
        nuisance={"rho": fit.rho},
        adjusts_for_correlation=True,
        method=f"Prais-Winsten, AR(1) errors with rho {fit.rho:.2f}, t with {n_left:.0f} degrees of freedom",
    )


def _ar1(frame: ModelFrame, lags: int | None) -> Estimate:
    del lags
    return fit_ar1_gaussian(frame, "reml") if frame.family == "gaussian" else fit_ar1_counts(frame)


def _ar1_ml(frame: ModelFrame, lags: int | None) -> Estimate:
    del lags
    return fit_ar1_gaussian(frame, "ml")


_ESTIMATORS: dict[ErrorModel, Callable[[ModelFrame, int | None], Estimate]] = {
    "ar1": _ar1,
    "ar1-ml": _ar1_ml,
    "iid": _iid,
    "newey-west": _newey_west,
    "prais-winsten": _prais_winsten,
}


def _fit_counts(frame: ModelFrame) -> CountFit:
    if frame.family == "gaussian":
        raise SpecificationError("the gaussian family has no count likelihood")
    return fit_counts(
        frame.y,
        frame.design.X,
        frame.log_exposure,
        frame.cells.window,
        family=frame.family,
        names=frame.design.names,
    )


def robust_estimate(
    base: Estimate, scores: FloatArray, information: FloatArray, lags: int | None, unit: IntArray | None = None
) -> Estimate:
    """Give an estimate the Newey-West covariance.

    Parameters
    ----------
    base : Estimate
        Under independent errors.
    scores : FloatArray, shape (n_windows, p)
    information : FloatArray, shape (p, p)
    lags : int or None
        None for the usual bandwidth.
    unit : IntArray, shape (n_windows,), optional
        Unit of each window, each unit in one run; correlation never crosses units.
    """
    robust = newey_west(scores, information, lags, unit)
    return replace(
        base,
        errors="newey-west",
        cov=robust.cov,
        degrees_of_freedom=np.full(len(base.beta), robust.degrees_of_freedom),
        nuisance={**base.nuisance, "lags": float(robust.lags)},
        adjusts_for_correlation=True,
        method=(
            f"Newey-West, Bartlett weights over {robust.lags} lags of one window, factor n/(n-k), "
            f"t with {robust.degrees_of_freedom:.0f} degrees of freedom"
        ),
    )


def counts_estimate(fit: CountFit) -> Estimate:
    """Read a count regression off as an estimate under independent errors."""
    limit = "the counts are no more dispersed than Poisson: the negative binomial is at its Poisson limit"
    return Estimate(
        errors="iid",
        beta=fit.beta,
        cov=fit.cov,
        degrees_of_freedom=np.full(len(fit.beta), np.inf),
        fitted=fit.expected.mu,
        dispersion=fit.dispersion,
        pearson_dispersion=fit.pearson_dispersion,
        log_likelihood=fit.log_likelihood,
        deviance=fit.deviance,
        nuisance={"theta": 1 / fit.alpha} if fit.alpha > 0 else {},
        adjusts_for_correlation=False,
        method="independent errors, normal distribution",
        notes=(limit,) if fit.at_poisson_limit else (),
    )


def linear_estimate(fit: LinearFit, rows: WeightedRows) -> Estimate:
    """Read a linear regression off as an estimate under independent errors."""
    rss = float(fit.residuals @ fit.residuals)
    return Estimate(
        errors="iid",
        beta=fit.coef,
        cov=fit.cov,
        degrees_of_freedom=np.full(len(fit.coef), fit.degrees_of_freedom),
        fitted=(rows.y - fit.residuals) * rows.scale,
        dispersion=fit.sigma2,
        pearson_dispersion=float("nan"),
        log_likelihood=_normal_log_likelihood(rss, rows.scale),
        deviance=rss,
        adjusts_for_correlation=False,
        method=f"independent errors, t with {fit.degrees_of_freedom:.0f} degrees of freedom",
    )


def _normal_log_likelihood(rss: float, scale: FloatArray) -> float:
    """At the maximum-likelihood variance; of the values themselves, so that a window's scale counts."""
    n = len(scale)
    return float(-0.5 * n * (np.log(2 * np.pi * rss / n) + 1) - np.log(scale).sum())
