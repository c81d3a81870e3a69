"""The assumptions about errors that a panel can be fitted under; correlation never crosses units."""

from __future__ import annotations

from typing import Literal, TypeAlias

from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1 import fit_ar1
from violence_stats.fitting.composite import window_starts
from violence_stats.fitting.counts import CountFit, fit_counts, variance
from violence_stats.fitting.gls_ar1 import fit_gls_ar1
from violence_stats.fitting.hac import linear_scores
from violence_stats.fitting.linear import fit_linear
from violence_stats.models.ar1_errors import ar1_counts_estimate, ar1_gaussian_estimate
from violence_stats.models.error_models import counts_estimate, linear_estimate, robust_estimate
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import refuse_uneven_windows
from violence_stats.models.panel import PanelFrame

PanelErrors: TypeAlias = Literal["ar1", "newey-west", "iid"]

# At the largest correlation that counts are given, 0.95, this many periods leave 4e-5 of it.
COUNTS_APART = 200
# Gaussian errors may come out at a correlation of 0.99999.
VALUES_APART = 1_000_000


def fit_panel(frame: PanelFrame, errors: PanelErrors, lags: int | None) -> Estimate:
    """Fit a panel under one error model, its variance parameters shared by all units.

    Raises
    ------
    SpecificationError, FitError
        If the data do not bear it.
    """
    if errors == "ar1":
        return _ar1_values(frame) if frame.family == "gaussian" else _ar1_counts(frame)
    return _values(frame, errors, lags) if frame.family == "gaussian" else _counts(frame, errors, lags)


def _values(frame: PanelFrame, errors: PanelErrors, lags: int | None) -> Estimate:
    rows = frame.rows
    fit = fit_linear(rows.y, rows.X)
    base = linear_estimate(fit, rows)
    if errors == "iid":
        return base
    return robust_estimate(base, linear_scores(rows.X, fit.residuals), fit.information, lags, frame.unit)


def _counts(frame: PanelFrame, errors: PanelErrors, lags: int | None) -> Estimate:
    fit = _fit_counts(frame)
    base = counts_estimate(fit)
    if errors == "iid":
        return base
    spread, Z = variance(fit.expected.mu, fit.alpha), fit.expected.Z
    scores = Z * ((frame.y - fit.expected.mu) / spread)[:, None]
    return robust_estimate(base, scores, Z.T @ (Z / spread[:, None]), lags, frame.unit)


def _fit_counts(frame: PanelFrame) -> CountFit:
    if frame.family == "gaussian":
        raise SpecificationError("the gaussian family has no count likelihood")
    return fit_counts(frame.y, frame.X, frame.log_exposure, frame.window, family=frame.family, names=frame.names)


def _ar1_values(frame: PanelFrame) -> Estimate:
    for one in frame.frames:
        refuse_uneven_windows(one, "ar1", gaps=True)
    rows = frame.rows
    period = frame.periods(VALUES_APART)[window_starts(frame.window)].astype(float)
    return ar1_gaussian_estimate(fit_gls_ar1(rows.y, rows.X, method="reml", period=period), rows, "reml")


def _ar1_counts(frame: PanelFrame) -> Estimate:
    fit = fit_ar1(
        frame.y,
        frame.X,
        frame.log_exposure,
        frame.window,
        frame.periods(COUNTS_APART),
        form="nugget" if frame.family == "negative-binomial" else "proportional",
    )
    return ar1_counts_estimate(fit, frame.y)
