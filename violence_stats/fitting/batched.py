"""Many count regressions at once: many right-hand sides, many designs, or both, in batched linear algebra.

For placebo dates, specification curves, power and bootstraps, where thousands of Poisson fits share their windows. The
fits are those of `violence_stats.fitting.counts` (quasi-Poisson), the errors independent or Newey-West.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.batch import Batch, make_batch
from violence_stats.fitting.batch_rows import Columns, sort_columns
from violence_stats.fitting.batch_scoring import covariances, score, starting_values
from violence_stats.fitting.hac import default_lags

BatchErrors: TypeAlias = Literal["iid", "newey-west"]


FIRST_ITERATIONS, MAX_ITERATIONS = 6, 50
"""Within a chunk, and for the fits that chunks leave over."""
CHUNK = 256
"""Fits worked on together, so that their arrays stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BatchedFits:
    """Count regressions fitted side by side.

    Attributes
    ----------
    beta : FloatArray, shape (n_fits, p)
        NaN where a fit did not converge.
    cov : FloatArray, shape (n_fits, p, p)
        NaN where a fit did not converge.
    dispersion : FloatArray, shape (n_fits,)
        Pearson's chi-square over ``n_windows - p``.
    converged : BoolArray, shape (n_fits,)
        False where terms cannot be told apart or an estimate runs to infinity.
    degrees_of_freedom : float
        Infinite for ``iid``, as for a single fit; ``n_windows - p`` for ``newey-west``.
    lags : int
        Lags kept; 0 for ``iid``.
    """

    beta: FloatArray
    cov: FloatArray
    dispersion: FloatArray
    converged: BoolArray
    degrees_of_freedom: float
    lags: int

    @property
    def std_error(self) -> FloatArray:
        """Standard errors, shape (n_fits, p)."""
        return np.asarray(np.sqrt(np.diagonal(self.cov, axis1=1, axis2=2)))


def fit_batched(
    y: FloatArray,
    X: FloatArray,
    log_exposure: FloatArray,
    window: IntArray,
    *,
    errors: BatchErrors = "iid",
    lags: int | None = None,
) -> BatchedFits:
    """Fit many quasi-Poisson regressions to counts over the same windows.

    Parameters
    ----------
    y : FloatArray, shape (n_windows,) or (n_fits, n_windows)
        Counts, 0 or more.
    X : FloatArray, shape (n_cells, p) or (n_fits, n_cells, p)
        A constant lies in the span of the columns.
    log_exposure : FloatArray, shape (n_cells,)
    window : IntArray, shape (n_cells,)
        Window of each cell: 0, 1, ... in order.
    errors : {'iid', 'newey-west'}
    lags : int, optional
        For ``newey-west``; default `violence_stats.fitting.hac.default_lags`.

    Raises
    ------
    SpecificationError
        If `y` and `X` hold different numbers of fits, there are no more windows than terms, or `lags` does not fit.

    Examples
    --------
    >>> y = np.array([[4.0, 8.0, 5.0], [40.0, 80.0, 50.0]])
    >>> fits = fit_batched(y, np.ones((3, 1)), np.zeros(3), np.arange(3))
    >>> np.exp(fits.beta[:, 0]).round(3).tolist()
    [5.667, 56.667]
    """
    n_fits, n_windows, p = _count(y, X, int(window[-1]) + 1)
    kept = 0 if errors == "iid" else default_lags(n_windows) if lags is None else lags
    if not 0 <= kept < n_windows:
        raise SpecificationError(f"lags={kept} does not fit: expected 0 to {n_windows - 1} for {n_windows} windows")
    task = _Task(y=y, columns=sort_columns(X), log_exposure=log_exposure, window=window, lags=None)
    if errors == "newey-west":
        task = replace(task, lags=kept)
    found = _Found(
        beta=np.full((n_fits, p), np.nan),
        cov=np.full((n_fits, p, p), np.nan),
        dispersion=np.full(n_fits, np.nan),
        converged=np.zeros(n_fits, dtype=bool),
    )
    late = [
        _work(task, np.arange(first, min(first + CHUNK, n_fits)), found, FIRST_ITERATIONS)
        for first in range(0, n_fits, CHUNK)
    ]
    _work(
        task, np.concatenate([fits for fits, _ in late]), found, MAX_ITERATIONS, np.concatenate([at for _, at in late])
    )
    return BatchedFits(
        beta=found.beta,
        cov=found.cov,
        dispersion=found.dispersion,
        converged=found.converged,
        degrees_of_freedom=float("inf") if errors == "iid" else float(n_windows - p),
        lags=kept,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Task:
    y: FloatArray
    columns: Columns
    log_exposure: FloatArray
    window: IntArray
    lags: int | None

    def batch(self, fits: IntArray) -> Batch:
        """Take some fits."""
        y = self.y[fits] if self.y.ndim == 2 else np.broadcast_to(self.y, (len(fits), len(self.y)))
        return make_batch(y, self.columns.pick(fits), self.log_exposure, self.window)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    beta: FloatArray
    cov: FloatArray
    dispersion: FloatArray
    converged: BoolArray


def _work(
    task: _Task, fits: IntArray, found: _Found, max_iterations: int, start: FloatArray | None = None
) -> tuple[IntArray, FloatArray]:
    """Fit some, write down those that converge, and give those still under way with where they are.

    A few slow fits would hold up the rest of their chunk; they are finished together.
    """
    if not len(fits):
        return fits, np.empty((0, found.beta.shape[1]))
    batch = task.batch(fits)
    beta, converged, under_way = score(batch, starting_values(batch) if start is None else start, max_iterations)
    if converged.any():
        done = fits[converged]
        cov, dispersion, regular = covariances(batch.pick(converged), beta[converged], task.lags)
        done = done[regular]
        found.converged[done] = True
        found.beta[done] = task.columns.restore(beta[converged][regular])
        found.cov[done] = task.columns.restore(cov[regular])
        found.dispersion[done] = dispersion[regular]
    return fits[under_way], beta[under_way]


def _count(y: FloatArray, X: FloatArray, n_windows: int) -> tuple[int, int, int]:
    n_fits = {len(array) for array, single in ((y, 1), (X, 2)) if array.ndim > single} or {1}
    if len(n_fits) > 1 or y.shape[-1] != n_windows:
        raise SpecificationError(
            f"expected as many series as designs and {n_windows} counts in each, got y {y.shape} and X {X.shape}"
        )
    if n_windows <= X.shape[-1]:
        raise SpecificationError(
            f"{X.shape[-1]} terms need more than {X.shape[-1]} windows, got {n_windows}: widen the window or drop terms"
        )
    return n_fits.pop(), n_windows, X.shape[-1]
