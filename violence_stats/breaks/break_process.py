"""The Wald statistic of one break at every candidate date."""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.breaks.linear import fit_regimes, smallest_ssr, wald_of_no_change


def break_gains(y: FloatArray, Z: FloatArray, X: FloatArray, candidates: IntArray) -> FloatArray:
    """Fall in the residual sum of squares when the coefficients of Z break at each candidate.

    Parameters
    ----------
    y : FloatArray, shape (n,) or (n_series, n)
    Z : FloatArray, shape (n, q)
        Regressors whose coefficients break.
    X : FloatArray, shape (n, p)
        Regressors with common coefficients; p may be 0.
    candidates : IntArray, shape (n_candidates,)
        First observation of the new regime.

    Returns
    -------
    FloatArray, shape (n_candidates,) or (n_series, n_candidates)

    Notes
    -----
    By Frisch, Waugh and Lovell the gain is g' V^-1 g, g the cumulated products of Z with the residuals without a break
    and V the part of its cross-products that the regressors leave: no refit at any date.
    """
    basis = np.linalg.qr(np.hstack([Z, X]))[0]
    residual = y - (y @ basis) @ basis.T
    score = np.cumsum(Z * residual[..., None], axis=-2)[..., candidates - 1, :]
    square = np.cumsum(Z[:, :, None] * Z[:, None, :], axis=0)[candidates - 1]
    cross = np.cumsum(Z[:, :, None] * basis[:, None, :], axis=0)[candidates - 1]
    variance = square - cross @ cross.transpose(0, 2, 1)
    return np.asarray(np.einsum("...ka,kab,...kb->...k", score, np.linalg.inv(variance), score))


def wald_process(
    y: FloatArray, Z: FloatArray, X: FloatArray, candidates: IntArray, lags: int | None = None
) -> FloatArray:
    """Wald statistic of one break at each candidate date, shape (n_candidates,): q times the F statistic.

    Parameters
    ----------
    y, Z, X, candidates
        As in `break_gains`.
    lags : int, optional
        Newey-West covariance with that many lags. Default: independent errors of one variance.
    """
    if lags is not None:
        fits = (fit_regimes(y, Z, X, np.array([date]), lags) for date in candidates)
        return np.array([wald_of_no_change(fit) for fit in fits])
    W = np.hstack([Z, X])
    residual = y - W @ np.linalg.lstsq(W, y, rcond=None)[0]
    gains = break_gains(y, Z, X, candidates)
    left = np.maximum(residual @ residual - gains, smallest_ssr(y))
    return np.asarray(gains / (left / (len(y) - 2 * Z.shape[1] - X.shape[1])))


def sup_ave_exp(process: FloatArray) -> tuple[float, float, float]:
    """Largest value, mean, and log mean of exp(W / 2), over the candidate dates.

    References
    ----------
    Andrews (1993) Econometrica 61:821. Andrews & Ploberger (1994) Econometrica 62:1383.
    """
    top = float(process.max())
    return top, float(process.mean()), float(np.log(np.mean(np.exp((process - top) / 2))) + top / 2)
