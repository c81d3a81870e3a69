"""Residuals of a fit as its own error model sees them: made independent, and each window left out in turn.

With V the covariance of the window values under the fit, Z the derivative of their expectation and
``P = V^-1 - V^-1 Z (Z' V^-1 Z)^-1 Z' V^-1``, leaving out window i moves the estimates by
``-(Z' V^-1 Z)^-1 Z' V^-1 e_i (P r)_i / P_ii`` to first order, and ``(P r)_i / sqrt(P_ii)`` is its residual from the fit
to the others over its standard error (Martin 1992; for independent errors the deletion residual of Cook 1977).

References
----------
Cook, R. D. (1977). Technometrics 19, 15-18. Martin, R. J. (1992). Leverage, influence and residuals in regression
models when observations are correlated. Communications in Statistics A 21, 1183-1212.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from violence_stats.arrays import FloatArray
from violence_stats.fitting.counts import variance
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame, gaussian_rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Residuals:
    """Residuals by window.

    Attributes
    ----------
    whitened : FloatArray, shape (n_windows,)
        Independent with variance one under the fit, in order of time: each is what its window adds to those before.
    deletion : FloatArray, shape (n_windows,)
        Residual from the fit to all other windows over its standard error.
    moves : FloatArray, shape (n_windows, p)
        By how many of its standard errors each coefficient moves when the window is left out, to first order.
    """

    whitened: FloatArray
    deletion: FloatArray
    moves: FloatArray


def fit_residuals(frame: ModelFrame, estimate: Estimate) -> Residuals:
    """Work out the residuals of a fit."""
    V, Z = value_covariance(frame, estimate), _slope(frame, estimate)
    root = np.linalg.cholesky(V)
    white_Z = solve_triangular(root, Z, lower=True)
    white = solve_triangular(root, frame.y - estimate.fitted, lower=True)
    back = solve_triangular(root, np.eye(len(root)), lower=True)
    cov = np.linalg.inv(white_Z.T @ white_Z)
    hat = white_Z @ cov @ white_Z.T
    P = back.T @ (np.eye(len(root)) - hat) @ back
    weighted, own = P @ (frame.y - estimate.fitted), np.diag(P)
    moves = -(cov @ white_Z.T @ back).T * (weighted / own)[:, None]
    return Residuals(
        whitened=white,
        deletion=weighted / np.sqrt(own),
        moves=moves / np.sqrt(np.diag(estimate.cov)),
    )


def value_covariance(frame: ModelFrame, estimate: Estimate) -> FloatArray:
    """Give the covariance of the window values under the fit, shape (n_windows, n_windows)."""
    if frame.family == "gaussian":
        return _gaussian_covariance(frame, estimate)
    fit = estimate.ar1
    if fit is None:
        alpha = 1 / estimate.nuisance["theta"] if "theta" in estimate.nuisance else 0.0
        return np.diag(estimate.dispersion * variance(estimate.fitted, alpha))
    own = fit.theta.dispersion * fit.fitted
    if fit.form == "nugget":
        own = variance(fit.fitted, fit.theta.dispersion)
    if fit.theta.sigma2 == 0:
        return np.diag(own)
    cell = frame.exposure * np.exp(frame.design.X @ estimate.beta)
    G = np.zeros((len(own), int(frame.cells.period.max()) + 1))
    np.add.at(G, (frame.cells.window, frame.cells.period), cell)
    periods = np.arange(G.shape[1])
    R = fit.theta.rho ** np.abs(periods[:, None] - periods[None, :])
    return np.asarray(np.diag(own) + fit.theta.sigma2 * G @ R @ G.T)


def _gaussian_covariance(frame: ModelFrame, estimate: Estimate) -> FloatArray:
    scale = gaussian_rows(frame).scale
    if "rho" not in estimate.nuisance:
        return np.diag(estimate.dispersion * scale**2)
    period, rho = frame.cells.period[frame.starts], estimate.nuisance["rho"]
    R = rho ** np.abs(period[:, None] - period[None, :])
    return np.asarray(estimate.stationary_variance * R * np.outer(scale, scale))


def _slope(frame: ModelFrame, estimate: Estimate) -> FloatArray:
    """Differentiate the expected values by the coefficients, shape (n_windows, p)."""
    if frame.family == "gaussian":
        return frame.by_window(frame.cell_weight[:, None] * frame.design.X)
    cell = frame.exposure * np.exp(frame.design.X @ estimate.beta)
    return frame.by_window(cell[:, None] * frame.design.X)
