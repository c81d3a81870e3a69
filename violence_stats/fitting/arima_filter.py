"""Likelihood of a regression with seasonal ARIMA errors, by the exact diffuse Kalman filter of statsmodels.

With signs as in R, ``y_t = x_t'beta + n_t`` and
``(1 - ar B ...)(1 - sar B^s ...) (1-B)^d (1-B^s)^D n_t = (1 + ma B ...)(1 + sma B^s ...) e_t``. Filtering y and every
column of X by the same gains turns them into independent innovations, so that beta follows by least squares, which is
generalised least squares exactly. Missing y are left out of the likelihood; the start that the differences use up is
diffuse.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from statsmodels.tsa.statespace.sarimax import SARIMAX

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.fitting.state_forecast import DIFFUSE, StateAhead

_UNIT_VARIANCE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArimaOrder:
    """The orders of a seasonal ARIMA model.

    Attributes
    ----------
    order : (p, d, q)
    seasonal : (P, D, Q, s)
        ``(0, 0, 0, 0)`` for none.
    """

    order: tuple[int, int, int]
    seasonal: tuple[int, int, int, int] = (0, 0, 0, 0)

    def __str__(self) -> str:
        text = "ARIMA" + str(self.order).replace(" ", "")
        *parts, period = self.seasonal
        return text if not any(parts) else f"{text}({parts[0]},{parts[1]},{parts[2]}){period}"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the ARMA parameters in order: ar, ma, sar, sma."""
        counts = {"ar": self.order[0], "ma": self.order[2], "sar": self.seasonal[0], "sma": self.seasonal[2]}
        return tuple(f"{kind}{lag}" for kind, count in counts.items() for lag in range(1, count + 1))

    @property
    def n_differenced(self) -> int:
        """Observations that the differences use up."""
        return self.order[1] + self.seasonal[1] * self.seasonal[3]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Innovations:
    """What the filter makes of y and X.

    Attributes
    ----------
    y : FloatArray, shape (n_effective,)
        Innovations over the root of their variance, diffuse and missing months left out.
    X : FloatArray, shape (n_effective, k)
    used : FloatArray, shape (n,), bool
        Months that enter the likelihood.
    log_det : float
        Sum of the logs of the innovation variances, in units of the innovation variance.
    state_from_y : FloatArray, shape (n_states,)
        Predicted state one month after the last, from y.
    state_from_columns : FloatArray, shape (n_states, k)
        The same from each column of X.
    """

    y: FloatArray
    X: FloatArray
    used: BoolArray
    log_det: float
    state_from_y: FloatArray
    state_from_columns: FloatArray

    def loglik(self, beta: FloatArray) -> float:
        """Log-likelihood at `beta`, the innovation variance concentrated out."""
        n = self.y.size
        errors = self.y - self.X @ beta
        return float(-0.5 * (n * np.log(2 * np.pi * (errors @ errors) / n) + n + self.log_det))


class ArimaFilter:
    """The filter of one ARIMA order over one pattern of missing months.

    Parameters
    ----------
    order : ArimaOrder
    y : FloatArray, shape (n,)
        NaN where missing.
    """

    def __init__(self, order: ArimaOrder, y: FloatArray) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # too few observations for its own starting values, which are not used
            self._model = SARIMAX(y, order=order.order, seasonal_order=order.seasonal, use_exact_diffuse=True)
        self._model.ssm.tolerance = 0.0
        self.y = y
        self.order = order

    def constrain(self, unconstrained: FloatArray) -> FloatArray:
        """Map any reals to stationary and invertible ARMA parameters (Monahan 1984)."""
        return np.asarray(self._model.transform_params(np.append(unconstrained, 1.0))[:-1], dtype=float)

    def innovations(self, arma: FloatArray, X: FloatArray) -> Innovations:
        """Filter y and the columns of X, shape (n, k), at the given ARMA parameters.

        Raises
        ------
        numpy.linalg.LinAlgError
            If the ARMA part is not stationary.
        """
        filtered = self._run(arma)
        variances, gains, diffuse = self._gains(filtered)
        observed = np.isfinite(self.y)
        used = observed & ~diffuse
        series = np.column_stack([np.where(observed, self.y, 0.0), np.where(observed[:, None], X, 0.0)])
        errors, states = self._forecast_errors(gains, series, observed)
        scaled = errors[used] / np.sqrt(variances[used])[:, None]
        return Innovations(
            y=scaled[:, 0],
            X=scaled[:, 1:],
            used=used,
            log_det=float(np.log(variances[used]).sum()),
            state_from_y=states[:, 0],
            state_from_columns=states[:, 1:],
        )

    def _run(self, arma: FloatArray) -> Any:
        self._model.update(np.append(arma, _UNIT_VARIANCE))
        return self._model.ssm.filter(conserve_memory=0)

    def _gains(self, filtered: Any) -> tuple[FloatArray, FloatArray, BoolArray]:
        """Innovation variances (n,), gains (n_states, n) and the diffuse months (n,).

        In a diffuse month the gain comes from the diffuse part of the state covariance alone (Durbin & Koopman 2012,
        5.2); the gains that statsmodels stores for those months are not these.
        """
        transition, design = self._model.ssm["transition"], self._model.ssm["design"][0]
        n = self.y.size
        variances = filtered.forecasts_error_cov[0, 0].copy()
        loadings = np.einsum("ijt,j->it", filtered.predicted_state_cov[:, :, :n], design)
        diffuse = np.zeros(n, dtype=bool)
        if filtered.nobs_diffuse:
            diffuse_variances = filtered.forecasts_error_diffuse_cov[0, 0]
            diffuse = diffuse_variances > DIFFUSE
            variances[diffuse] = diffuse_variances[diffuse]
            loadings[:, diffuse] = np.einsum(
                "ijt,j->it", filtered.predicted_diffuse_state_cov[:, :, :n][:, :, diffuse], design
            )
        return variances, transition @ loadings / variances, diffuse

    def _forecast_errors(
        self, gains: FloatArray, series: FloatArray, observed: BoolArray
    ) -> tuple[FloatArray, FloatArray]:
        """One-step errors of every column of `series` (n, k) and the state predicted after the last."""
        transition, design = self._model.ssm["transition"], self._model.ssm["design"][0]
        states = np.zeros((design.size, series.shape[1]))
        errors = np.zeros_like(series)
        for t, is_seen in enumerate(observed.tolist()):
            seen = design @ states
            states = transition @ states
            if is_seen:
                errors[t] = series[t] - seen
                states += gains[:, t, None] * errors[t]
        return errors, states

    def state_ahead(self, arma: FloatArray, mean: FloatArray) -> tuple[StateAhead, FloatArray]:
        """Give the state predicted after the last month, in units of the innovation variance, and what is seen of it.

        Parameters
        ----------
        arma : FloatArray, shape (r,)
        mean : FloatArray, shape (n_states,)
            Its mean, as `innovations` leaves it.
        """
        filtered, ssm = self._run(arma), self._model.ssm
        ahead = StateAhead(
            mean=mean,
            cov=filtered.predicted_state_cov[:, :, -1],
            transition=ssm["transition"],
            state_noise=ssm["selection"] @ ssm["state_cov"] @ ssm["selection"].T,
        )
        return ahead, ssm["design"][0]
