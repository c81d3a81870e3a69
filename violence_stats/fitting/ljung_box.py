"""Whether the residuals of a time-series model are still correlated: Ljung & Box's portmanteau."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError


@dataclass(frozen=True, slots=True, kw_only=True)
class LjungBox:
    """Portmanteau test; the null is no autocorrelation up to `lags`, the alternative some.

    Attributes
    ----------
    statistic : float
    p_value : float
        From the chi-square distribution with `degrees_of_freedom`.
    lags, degrees_of_freedom : int
    """

    statistic: float
    p_value: float
    lags: int
    degrees_of_freedom: int


def ljung_box(residuals: FloatArray, lags: int, *, n_fitted: int = 0) -> LjungBox:
    """Test residuals for autocorrelation, as R's ``Box.test(type = "Ljung-Box")``.

    Parameters
    ----------
    residuals : FloatArray, shape (n,)
        NaN where missing.
    lags : int
        1 or more, fewer than the residuals.
    n_fitted : int, default 0
        ARMA parameters that were estimated from the same series; they are taken off the degrees of freedom.

    Raises
    ------
    SpecificationError
        If `lags` does not fit the residuals, or leaves no degree of freedom.

    References
    ----------
    Ljung & Box (1978) Biometrika 65:297.

    Examples
    --------
    >>> import numpy as np
    >>> ljung_box(np.array([1.0, -1.0, 1.0, -1.0]), 1).statistic
    4.5
    """
    observed = np.isfinite(residuals)
    n = int(observed.sum())
    if not max(1, n_fitted + 1) <= lags < n:
        raise SpecificationError(f"lags={lags} does not fit: expected {max(1, n_fitted + 1)} to {n - 1}")
    centred = np.where(observed, residuals - residuals[observed].mean(), 0.0)
    variance = float(centred @ centred) / n
    statistic = 0.0
    for lag in range(1, lags + 1):
        n_pairs = int((observed[lag:] & observed[:-lag]).sum())
        correlation = float(centred[lag:] @ centred[:-lag]) / (n_pairs + lag) / variance
        statistic += n * (n + 2) * correlation**2 / (n - lag)
    freedom = lags - n_fitted
    return LjungBox(
        statistic=statistic, p_value=float(chi2.sf(statistic, freedom)), lags=lags, degrees_of_freedom=freedom
    )
