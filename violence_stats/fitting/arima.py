"""Regression with seasonal ARIMA errors and first-order transfer functions, by maximum likelihood.

Guards against what goes wrong with such fits: the response and the regressors are rescaled, the coefficients are
concentrated out so that only the ARMA parameters and the rates of the transfer functions are searched for, the search
starts from several places, and standard errors come from the observed information (second derivatives), not from outer
products of scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.arima_filter import ArimaFilter, ArimaOrder
from violence_stats.fitting.arima_problem import ArimaProblem, Optimum, RatedColumns, at_boundary, covariance
from violence_stats.fitting.multistart import Minimum, minimise_from, spread_starts
from violence_stats.fitting.state_forecast import Forecast
from violence_stats.fitting.vague_start import vague_start_residuals

N_STARTS = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArimaFit:
    """A fitted regression with ARIMA errors; k columns, r ARMA parameters, m rates of the transfer functions.

    Attributes
    ----------
    order : ArimaOrder
    arma, arma_std_error : FloatArray, shape (r,)
        In the order of ``order.names``; standard errors are NaN at a boundary.
    delta, delta_std_error : FloatArray, shape (m,)
        Rates of the transfer functions, between 0 and 1; NaN errors at a boundary.
    beta : FloatArray, shape (k,)
        Coefficients of the columns.
    cov : FloatArray, shape (m + k, m + k)
        Of delta and beta together; rows of a delta at its boundary are 0.
    sigma2 : float
        Innovation variance, maximum likelihood.
    loglik, aic, aicc, bic : float
        Of the differenced series, as R's ``arima`` counts it.
    n_obs, n_effective : int
        Months observed, and months that enter the likelihood once differenced.
    residuals : FloatArray, shape (n,)
        Innovations in units of y, as R's ``arima`` gives them: near 0 in the months that the differences use up, NaN
        where missing.
    n_starts, n_converged, n_agreeing : int
        Searches made, those that converged, those that reached the optimum kept.
    boundary : tuple of str
        Parameters at the edge of their range: they are held there, and the other errors are conditional on that.
    """

    order: ArimaOrder
    arma: FloatArray
    arma_std_error: FloatArray
    delta: FloatArray
    delta_std_error: FloatArray
    beta: FloatArray
    cov: FloatArray
    sigma2: float
    loglik: float
    n_obs: int
    n_effective: int
    residuals: FloatArray
    n_starts: int
    n_converged: int
    n_agreeing: int
    boundary: tuple[str, ...]

    @property
    def std_error(self) -> FloatArray:
        """Standard errors of `beta`, shape (k,)."""
        return np.asarray(np.sqrt(np.diag(self.cov)[self.delta.size :]))

    @property
    def n_parameters(self) -> int:
        """Parameters estimated, the innovation variance counted."""
        return self.arma.size + self.delta.size + self.beta.size + 1

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * self.n_parameters - 2 * self.loglik

    @property
    def aicc(self) -> float:
        """Akaike's criterion, corrected for few months."""
        k = self.n_parameters
        return self.aic + 2 * k * (k + 1) / (self.n_effective - k - 1)

    @property
    def bic(self) -> float:
        """Schwarz's criterion."""
        return float(np.log(self.n_effective)) * self.n_parameters - 2 * self.loglik


def fit_arima(y: FloatArray, X: FloatArray | RatedColumns, *, order: ArimaOrder, n_starts: int = N_STARTS) -> ArimaFit:
    """Fit ``y = X(delta) beta + n`` with n a seasonal ARIMA process.

    Parameters
    ----------
    y : FloatArray, shape (n,)
        One value a month (quarter, year), NaN where missing.
    X : FloatArray, shape (n, k), or RatedColumns
        Regressors, finite everywhere, those of missing months too; or regressors by rates that are estimated with the
        rest.
    n_starts : int
        Searches from different places.

    Raises
    ------
    SpecificationError
        If the months are fewer than three a parameter, or the columns are collinear once differenced.
    FitError
        If no start converged, or the likelihood has no curvature at its optimum.

    References
    ----------
    Box & Tiao 1975, JASA 70:70; Durbin & Koopman 2012, ch. 5 (exact diffuse start), ch. 7; Schaffer, Dobbins & Pearson
    2021, BMC Med Res Methodol 21:58.
    """
    rated = X if isinstance(X, RatedColumns) else RatedColumns.fixed(X)
    problem = ArimaProblem.scaled(y, rated, order)
    starts = spread_starts(len(order.names) + rated.n_rates, n_starts)
    minimum = minimise_from(problem.negative_loglik, starts, what=str(order))
    return _read_off(problem, problem.solve(minimum.point), minimum)


def forecast_arima(
    fit: ArimaFit, y: FloatArray, X: FloatArray, X_ahead: FloatArray, *, with_coefficients: bool = True
) -> Forecast:
    """Forecast the months after the last one, ARMA parameters held as fitted.

    Parameters
    ----------
    y, X : FloatArray, shapes (n,), (n, k)
        What the fit was made from, regressors at the rates of the fit.
    X_ahead : FloatArray, shape (h, k)
    with_coefficients : bool, default True
        Whether the errors of the forecast hold the uncertainty of `beta`; R's ``predict`` leaves it out.
    """
    kalman = ArimaFilter(fit.order, y)
    filtered = kalman.innovations(fit.arma, X)
    state, design = kalman.state_ahead(fit.arma, filtered.state_from_y - filtered.state_from_columns @ fit.beta)
    noise = state.forecast(np.tile(design, (X_ahead.shape[0], 1)))
    cov = fit.sigma2 * noise.cov
    if with_coefficients:
        slope = X_ahead - state.carry_on(filtered.state_from_columns, design, X_ahead.shape[0])
        m = fit.delta.size
        cov = cov + slope @ fit.cov[m:, m:] @ slope.T
    return Forecast(mean=X_ahead @ fit.beta + noise.mean, cov=cov)


def _read_off(problem: ArimaProblem, optimum: Optimum, minimum: Minimum) -> ArimaFit:
    """Turn the optimum into a fit on the scale of the data."""
    r, m, n_effective = optimum.arma.size, optimum.delta.size, optimum.filtered.y.size
    boundary = at_boundary(problem.order, optimum)
    cov = covariance(problem, optimum, boundary)
    std_error = np.sqrt(np.diag(cov))
    rescale = problem.y_scale / problem.X_scale
    scale = np.concatenate([np.ones(m), rescale])
    regression_errors = problem.kalman.y - problem.columns(optimum.delta) @ optimum.beta
    return ArimaFit(
        order=problem.order,
        arma=optimum.arma,
        arma_std_error=std_error[:r],
        delta=optimum.delta,
        delta_std_error=std_error[r : r + m],
        beta=optimum.beta * rescale,
        cov=np.nan_to_num(cov[r:, r:]) * np.outer(scale, scale),
        sigma2=optimum.sigma2 * problem.y_scale**2,
        loglik=-minimum.value - n_effective * float(np.log(problem.y_scale)),
        n_obs=problem.n_obs,
        n_effective=n_effective,
        residuals=problem.y_scale * vague_start_residuals(regression_errors, problem.order, optimum.arma),
        n_starts=minimum.n_starts,
        n_converged=minimum.n_converged,
        n_agreeing=minimum.n_agreeing,
        boundary=boundary,
    )
