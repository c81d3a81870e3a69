"""The assumptions about errors that a model can be fitted under, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from violence_stats.errors import SpecificationError
from violence_stats.fitting.counts import CountFit, fit_counts, variance
from violence_stats.fitting.gaussian import WeightedRows, weighted_rows
from violence_stats.fitting.hac import linear_scores, newey_west
from violence_stats.fitting.linear import LinearFit, fit_linear
from violence_stats.fitting.prais_winsten import fit_prais_winsten
from violence_stats.models.estimate import ErrorModel, Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.series import FloatArray


def fit_frame(frame: ModelFrame, errors: ErrorModel, lags: int | None) -> Estimate:
    """Fit a model frame under one error model.

    Parameters
    ----------
    frame : ModelFrame
    errors : {'iid', 'newey-west', 'prais-winsten'}
    lags : int or None
        For ``newey-west``: lags kept; None for the usual bandwidth.

    Raises
    ------
    SpecificationError, FitError
        If the data do not bear it.
    """
    return _ESTIMATORS[errors](frame, lags)


def _iid(frame: ModelFrame, lags: int | None) -> Estimate:
    del lags
    if frame.family == "gaussian":
        rows = gaussian_rows(frame)
        return _from_linear(fit_linear(rows.y, rows.X), rows)
    return _from_counts(_fit_counts(frame))


def _newey_west(frame: ModelFrame, lags: int | None) -> Estimate:
    if frame.family == "gaussian":
        rows = gaussian_rows(frame)
        linear = fit_linear(rows.y, rows.X)
        base, scores, information = (
            _from_linear(linear, rows),
            linear_scores(rows.X, linear.residuals),
            linear.information,
        )
    else:
        fit = _fit_counts(frame)
        spread = variance(fit.expected.mu, fit.alpha)
        Z = fit.expected.Z
        base, scores = _from_counts(fit), Z * ((frame.y - fit.expected.mu) / spread)[:, None]
        information = Z.T @ (Z / spread[:, None])
    robust = newey_west(scores, information, lags)
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


_ESTIMATORS: dict[ErrorModel, Callable[[ModelFrame, int | None], Estimate]] = {
    "iid": _iid,
    "newey-west": _newey_west,
    "prais-winsten": _prais_winsten,
}


def gaussian_rows(frame: ModelFrame) -> WeightedRows:
    """Give the least-squares rows of a gaussian model frame."""
    return weighted_rows(
        frame.y,
        frame.design.X,
        frame.cell_weight,
        frame.by_window(frame.cells.share_of_period),
        frame.cells.window,
    )


def refuse_uneven_windows(frame: ModelFrame, errors: str) -> None:
    """Ask for one window a calendar period, none missing.

    Raises
    ------
    SpecificationError
        Naming the first window that is no whole period, or lies after a gap.
    """
    shares = frame.by_window(frame.cells.share_of_period)
    periods = frame.cells.period[frame.starts]
    uneven = ~np.isclose(shares, 1.0) | (np.diff(periods, prepend=periods[0] - 1) != 1)
    if uneven.any():
        at_fault = frame.series.windows[int(np.flatnonzero(uneven)[0])]
        raise SpecificationError(
            f'errors="{errors}" needs one window a calendar period, none missing; {at_fault} is not the next whole '
            'one: use errors="iid" or "newey-west", or choose a window without it'
        )


def _fit_counts(frame: ModelFrame) -> CountFit:
    if frame.family == "gaussian":
        raise SpecificationError("the gaussian family has no count likelihood")
    return fit_counts(frame.y, frame.design.X, frame.log_exposure, frame.cells.window, family=frame.family)


def _from_counts(fit: CountFit) -> Estimate:
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


def _from_linear(fit: LinearFit, rows: WeightedRows) -> Estimate:
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
