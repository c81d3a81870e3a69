"""Errors with serial correlation and over-dispersion together: the default."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.ar1 import Ar1Fit, fit_ar1
from violence_stats.fitting.ar1_forms import WIDE_SPAN, rate_span
from violence_stats.fitting.counts import log_likelihood
from violence_stats.fitting.gaussian import WeightedRows
from violence_stats.fitting.gls_ar1 import GlsAr1Fit, fit_gls_ar1
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame, gaussian_rows, refuse_uneven_windows

_BOUNDARY_NOTES = {
    "no-latent": "no serial correlation is seen beyond over-dispersion (latent variance at 0)",
    "rho-zero": "month-to-month correlation is at 0: the latent path is noise from month to month",
    "rho-limit": (
        "month-to-month correlation is at its limit of 0.95: a slow wandering of the rate and a change of level can "
        'hardly be told apart here, so intervals by t lean on that limit; at_boundary="bootstrap" makes those of the '
        "effects by refitting worlds, and docs/calibration.md says how often either misses"
    ),
}


def fit_ar1_counts(frame: ModelFrame) -> Estimate:
    """Fit counts with a latent AR(1) path on the log rate, by penalised quasi-likelihood and REML.

    Raises
    ------
    SpecificationError
        If there are too few windows for three variance parameters.
    """
    fit = fit_ar1(
        frame.y,
        frame.design.X,
        frame.log_exposure,
        frame.cells.window,
        frame.cells.period - 1,
        form="nugget" if frame.family == "negative-binomial" else "proportional",
    )
    estimate = ar1_counts_estimate(fit, frame.y)
    return replace(estimate, notes=(*estimate.notes, *_span_notes(frame, fit)))


def ar1_counts_estimate(fit: Ar1Fit, y: FloatArray) -> Estimate:
    """Read a count regression with a latent path off as an estimate; `y` are the counts, shape (n_windows,)."""
    name = "phi" if fit.form == "proportional" else "1/theta"
    words = "over-dispersion" if fit.form == "proportional" else "negative-binomial noise"
    return Estimate(
        errors="ar1",
        beta=fit.beta,
        cov=fit.cov,
        degrees_of_freedom=fit.degrees_of_freedom,
        fitted=fit.fitted,
        dispersion=fit.theta.dispersion if fit.form == "proportional" else 1.0,
        pearson_dispersion=_pearson(y, fit),
        log_likelihood=fit.log_likelihood,
        deviance=2 * (log_likelihood(y, y) - log_likelihood(y, fit.fitted)),
        nuisance={name: fit.theta.dispersion, "sigma2": fit.theta.sigma2, "rho": fit.theta.rho},
        adjusts_for_correlation=True,
        method=f"latent AR(1) path and {words} by REML, t with Satterthwaite degrees of freedom",
        notes=(_BOUNDARY_NOTES[fit.boundary],) if fit.boundary != "none" else (),
        boundary=fit.boundary != "none",
        ar1=fit,
    )


def fit_ar1_gaussian(frame: ModelFrame, method: Literal["reml", "ml"]) -> Estimate:
    """Fit values by period with AR(1) errors, by generalised least squares.

    Raises
    ------
    SpecificationError
        If a window is not one whole calendar period, or there are too few.
    """
    refuse_uneven_windows(frame, "ar1", gaps=True)
    rows = gaussian_rows(frame)
    period = frame.cells.period[frame.starts].astype(float)
    return ar1_gaussian_estimate(fit_gls_ar1(rows.y, rows.X, method=method, period=period), rows, method)


def ar1_gaussian_estimate(fit: GlsAr1Fit, rows: WeightedRows, method: Literal["reml", "ml"]) -> Estimate:
    """Read generalised least squares off as an estimate."""
    limit = f"rho came out at {fit.rho:.5f}: the errors hardly return to their mean, so do not quote these intervals"
    return Estimate(
        errors="ar1" if method == "reml" else "ar1-ml",
        beta=fit.coef,
        cov=fit.cov,
        degrees_of_freedom=np.full(len(fit.coef), fit.degrees_of_freedom),
        fitted=(rows.y - fit.residuals) * rows.scale,
        dispersion=fit.sigma2,
        pearson_dispersion=float("nan"),
        log_likelihood=fit.loglik,
        deviance=float(fit.residuals @ fit.residuals),
        nuisance={"rho": fit.rho},
        adjusts_for_correlation=True,
        method=f"AR(1) errors by {method.upper()}, t with {fit.degrees_of_freedom:.0f} degrees of freedom",
        notes=(limit,) if fit.boundary else (),
        boundary=fit.boundary,
    )


def _span_notes(frame: ModelFrame, fit: Ar1Fit) -> list[str]:
    span = rate_span(fit.fitted, frame.log_exposure, frame.cells.window)
    if span < WIDE_SPAN:
        return []
    return [
        f"expected rates span {span:.0f}-fold, so it matters how the variance grows with them: compare_variances() "
        "fits it in proportion to the rate and to its square"
    ]


def _pearson(y: FloatArray, fit: Ar1Fit) -> float:
    return float(((y - fit.fitted) ** 2 / fit.fitted).sum() / (len(y) - len(fit.beta)))
