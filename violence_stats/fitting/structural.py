"""Structural time-series models fitted by maximum likelihood, and their forecasts.

The variances are found on the log scale, on rescaled data, from several starts; their standard errors come from the
observed information.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from statsmodels.tsa.statespace.structural import UnobservedComponents

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.errors import FitError
from violence_stats.fitting.information import hessian, is_positive_definite
from violence_stats.fitting.multistart import OUT_OF_REACH, Minimum, minimise_from, spread_starts
from violence_stats.fitting.state_forecast import DIFFUSE, Forecast, StateAhead
from violence_stats.fitting.structural_model import StructuralModel

N_STARTS = 4
# On the scaled data (variance one) a variance below this moves the series by less than a thousandth: none at all.
_NO_VARIANCE = 1e-6
_TYPICAL_LOG_VARIANCE = -3.0
_SPREAD_OF_STARTS = 2.0
_FARTHEST = 40.0
_RELATIVE_STEP = 0.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StructuralFit:
    """A fitted structural model with k controls and v variances.

    Attributes
    ----------
    names : tuple of str, length v
        ``irregular``, ``level``, ``slope``, ``season``: what each variance drives.
    variance, variance_std_error : FloatArray, shape (v,)
        On the scale of y; standard errors from the observed information, NaN for a variance at 0.
    loglik : float
        Of the periods after the diffuse start.
    n_obs, n_effective : int
        Periods observed, and those after the diffuse start.
    residuals : FloatArray, shape (n,)
        Standardised one-step errors; NaN where missing or diffuse.
    control_coef, control_std_error : FloatArray, shape (k,)
        At the last period, on the scale of the data.
    n_starts, n_converged, n_agreeing : int
        Searches made, those that converged, those that reached the optimum kept.
    boundary : tuple of str
        Variances that came out at 0: that component does not wander.
    """

    names: tuple[str, ...]
    variance: FloatArray
    variance_std_error: FloatArray
    loglik: float
    n_obs: int
    n_effective: int
    residuals: FloatArray
    control_coef: FloatArray
    control_std_error: FloatArray
    n_starts: int
    n_converged: int
    n_agreeing: int
    boundary: tuple[str, ...]


def fit_structural(model: StructuralModel, *, n_starts: int = N_STARTS) -> StructuralFit:
    """Fit the variances by maximum likelihood.

    Parameters
    ----------
    model : StructuralModel
    n_starts : int
        Searches from different places.

    Raises
    ------
    FitError
        If no start converged, or the likelihood has no curvature at its optimum.
    """
    components = model.components()

    def negative_loglik(log_variance: FloatArray) -> float:
        if np.max(np.abs(log_variance)) > _FARTHEST:
            return OUT_OF_REACH
        value = -_loglik(components, np.exp(log_variance))
        return value if np.isfinite(value) else OUT_OF_REACH

    starts = [
        _TYPICAL_LOG_VARIANCE + start for start in spread_starts(len(model.names), n_starts, scale=_SPREAD_OF_STARTS)
    ]
    minimum = minimise_from(negative_loglik, starts, what=f"structural model ({model.trend})")
    return _read_off(model, components, minimum)


def forecast_structural(model: StructuralModel, fit: StructuralFit, controls_ahead: FloatArray) -> Forecast:
    """Forecast the periods after the last one, variances as fitted.

    Parameters
    ----------
    controls_ahead : FloatArray, shape (h, k)
        Rows are the periods ahead, one each.
    """
    components = model.components()
    filtered = _filter(components, fit.variance / model.y_scale**2)
    ssm, k = components.ssm, model.controls.shape[1]
    n_states = ssm["transition"].shape[0]
    design = np.tile(np.atleast_3d(ssm["design"])[0, :, 0], (controls_ahead.shape[0], 1))
    design[:, n_states - k :] = model.scaled_controls(controls_ahead)
    state = StateAhead(
        mean=filtered.predicted_state[:, -1],
        cov=filtered.predicted_state_cov[:, :, -1],
        transition=ssm["transition"],
        state_noise=ssm["selection"] @ ssm["state_cov"] @ ssm["selection"].T,
        observation_noise=float(ssm["obs_cov"][0, 0]),
    )
    scaled = state.forecast(design)
    return Forecast(
        mean=float(np.nanmean(model.y)) + model.y_scale * scaled.mean,
        cov=model.y_scale**2 * scaled.cov,
    )


def _filter(components: UnobservedComponents, variance: FloatArray) -> Any:
    components.update(variance)
    return components.ssm.filter(conserve_memory=0)


def _loglik(components: UnobservedComponents, variance: FloatArray) -> float:
    """Log-likelihood of the periods after the diffuse start."""
    try:
        filtered = _filter(components, variance)
    except np.linalg.LinAlgError:
        return float("-inf")
    return float(filtered.llf_obs[_used(filtered)].sum())


def _used(filtered: Any) -> BoolArray:
    observed = np.isfinite(filtered.endog[0])
    if not filtered.nobs_diffuse:
        return np.asarray(observed)
    return np.asarray(observed & (filtered.forecasts_error_diffuse_cov[0, 0] < DIFFUSE))


def _read_off(model: StructuralModel, components: UnobservedComponents, minimum: Minimum) -> StructuralFit:
    variance = np.exp(minimum.point)
    at_zero = variance < _NO_VARIANCE
    filtered = _filter(components, variance)
    used = _used(filtered)
    std_error = _variance_errors(components, variance, at_zero)
    residuals = np.full(model.y.size, np.nan)
    residuals[used] = filtered.forecasts_error[0, used] / np.sqrt(filtered.forecasts_error_cov[0, 0, used])
    k = model.controls.shape[1]
    state, state_cov = filtered.predicted_state[:, -1], filtered.predicted_state_cov[:, :, -1]
    rescale = model.y_scale / model.control_scale
    return StructuralFit(
        names=model.names,
        variance=variance * model.y_scale**2,
        variance_std_error=std_error * model.y_scale**2,
        loglik=-minimum.value - int(used.sum()) * float(np.log(model.y_scale)),
        n_obs=int(np.isfinite(model.y).sum()),
        n_effective=int(used.sum()),
        residuals=residuals,
        control_coef=state[state.size - k :] * rescale,
        control_std_error=np.sqrt(np.diag(state_cov)[state.size - k :]) * rescale,
        n_starts=minimum.n_starts,
        n_converged=minimum.n_converged,
        n_agreeing=minimum.n_agreeing,
        boundary=tuple(name for name, zero in zip(model.names, at_zero, strict=True) if zero),
    )


def _variance_errors(components: UnobservedComponents, variance: FloatArray, at_zero: BoolArray) -> FloatArray:
    """Give the standard errors of the variances; those at 0 are held there and have none (NaN)."""
    free = ~at_zero
    errors = np.full(variance.size, np.nan)
    if not free.any():
        return errors

    def negative_loglik(values: FloatArray) -> float:
        point = variance.copy()
        point[free] = values
        return -_loglik(components, point)

    information = hessian(negative_loglik, variance[free], _RELATIVE_STEP * variance[free])
    if not is_positive_definite(information):
        raise FitError(
            "the likelihood of the structural model has no curvature at its optimum, so its variances cannot be told "
            "apart; leave out the slope or the season"
        )
    errors[free] = np.sqrt(np.diag(np.linalg.inv(information)))
    return errors
