"""The Prais-Winsten transform: AR(1) errors made independent, the first observation kept."""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError


def quasi_difference(values: FloatArray, rho: float, gap: FloatArray | None = None) -> FloatArray:
    """Turn AR(1) errors of variance 1 into independent errors of variance 1.

    Parameters
    ----------
    values : FloatArray, shape (n,) or (n, p)
        In order of time.
    rho : float
        Correlation one period apart, ``-1 < rho < 1``.
    gap : FloatArray, shape (n - 1,), optional
        Whole periods from each observation to the next, 1 or more. Default 1 throughout.

    Returns
    -------
    FloatArray
        Of the shape of `values`: the first row as it is, then ``(v_t - r v_s) / sqrt(1 - r^2)`` with
        ``r = rho ** gap``. The classical transform is this times ``sqrt(1 - rho^2)``.
    """
    steps = np.ones(len(values) - 1) if gap is None else gap
    correlation = rho**steps
    scale = np.sqrt(1 - correlation**2)
    if values.ndim == 2:
        correlation, scale = correlation[:, None], scale[:, None]
    return np.concatenate([values[:1], (values[1:] - correlation * values[:-1]) / scale])


def gaps(period: FloatArray | None, n: int) -> FloatArray:
    """Whole periods between observations, shape (n - 1,).

    Raises
    ------
    SpecificationError
        If the periods are not increasing.
    """
    if period is None:
        return np.ones(n - 1)
    steps = np.diff(np.asarray(period, dtype=float))
    if len(steps) != n - 1 or not (steps >= 1).all():
        raise SpecificationError("expected one observation a period, in order of time: sort by period first")
    return steps
