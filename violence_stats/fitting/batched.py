"""Many count regressions at once: many right-hand sides, many designs, or both, in batched linear algebra.

For placebo dates, specification curves, power and bootstraps, where thousands of Poisson fits share their windows. The
fits are those of `violence_stats.fitting.counts` (quasi-Poisson), the errors independent or Newey-West.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.errors import SpecificationError
from violence_stats.fitting.batch import Batch, Rows, evaluate, make_batch, scores
from violence_stats.fitting.hac import default_lags

BatchErrors: TypeAlias = Literal["iid", "newey-west"]


MAX_ITERATIONS = 50
TOLERANCE = {"months": 1e-6, "windows": 1e-10}
"""Newton decrement (squared standard errors of an undispersed fit) whose step is the last. With one cell a window
scoring is Newton's method, and what is left is of the order of the decrement's square; over several cells it is not."""
LONGEST_STEP = 2.0
"""Largest move of a log rate in one iteration: keeps a poor start from overshooting."""
SINGULAR = 1e-10
"""Smallest eigenvalue of the information, scaled to a unit diagonal, of terms that can be told apart."""
SEPARATED = 1e-5
"""Smallest expected count of a window at which an estimate is taken to be finite."""
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
    beta, cov = np.full((n_fits, p), np.nan), np.full((n_fits, p, p), np.nan)
    dispersion, converged = np.full(n_fits, np.nan), np.zeros(n_fits, dtype=bool)
    for first in range(0, n_fits, CHUNK):
        rows = slice(first, min(first + CHUNK, n_fits))
        counts = y[rows] if y.ndim == 2 else np.broadcast_to(y, (rows.stop - first, n_windows))
        batch = make_batch(counts, X[rows] if X.ndim == 3 else X[None], log_exposure, window)
        estimate, done = _score(batch)
        converged[rows] = done
        if done.any():
            found = _covariances(batch.pick(done), estimate[done], kept if errors == "newey-west" else None)
            beta[rows][done], cov[rows][done], dispersion[rows][done] = estimate[done], *found
    freedom = float("inf") if errors == "iid" else float(n_windows - p)
    return BatchedFits(
        beta=beta, cov=cov, dispersion=dispersion, converged=converged, degrees_of_freedom=freedom, lags=kept
    )


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


def _score(batch: Batch) -> tuple[FloatArray, BoolArray]:
    """Fisher scoring of every fit; coefficients (n_fits, p) and whether each converged."""
    beta = _starting_values(batch)
    converged = np.zeros(len(beta), dtype=bool)
    open_fits: BoolArray = np.asarray(np.isfinite(beta).all(axis=1))
    tolerance = TOLERANCE["months" if batch.is_alone.all() else "windows"]
    for _ in range(MAX_ITERATIONS):
        active = np.flatnonzero(open_fits)
        if not len(active):
            break
        part = batch.pick(open_fits)
        at = evaluate(part, beta[active])
        step = _solve(at.information, at.gradient)
        longest = np.maximum(_largest(part.alone, step), _largest(part.several, step))
        beta[active] += step * np.minimum(1.0, LONGEST_STEP / np.maximum(longest, SEPARATED))[:, None]
        settled = (at.gradient * step).sum(axis=1) < tolerance
        converged[active[settled & (at.smallest > SEPARATED)]] = True
        open_fits[active[settled]] = False
    return beta, converged


def _solve(matrices: FloatArray, right: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.solve(matrices, right[:, :, None])[:, :, 0])


def _largest(rows: Rows, step: FloatArray) -> FloatArray:
    """Largest move of a log rate under `step` (n_fits, p), shape (n_fits,)."""
    return np.asarray(np.abs(rows.predictor(step)).max(axis=1, initial=0.0))


def _starting_values(batch: Batch) -> FloatArray:
    """Least squares on the log of each window's crude rate; NaN where there is none or terms cannot be told apart."""
    square: FloatArray = np.zeros(())
    onto: FloatArray = np.zeros(())
    for y, rows in ((batch.y_alone, batch.alone), (batch.y_several, batch.several)):
        if not rows.X.shape[1]:
            continue
        sizes = np.diff(rows.cuts, append=rows.X.shape[1])
        exposure = np.add.reduceat(np.exp(rows.log_exposure), rows.cuts)
        target = np.repeat(np.log((y + 0.5) / exposure), sizes, axis=1)
        square = square + np.matmul(np.swapaxes(rows.X, 1, 2), rows.X)
        onto = onto + (target @ rows.X[0] if rows.shared else np.matmul(target[:, None, :], rows.X)[:, 0])
    regular = _is_regular(square)
    square[~regular] = np.eye(square.shape[-1])
    beta = _solve(np.broadcast_to(square, (batch.n_fits, *square.shape[1:])), onto)
    beta[~np.broadcast_to(regular, batch.n_fits)] = np.nan
    beta[~(batch.y_alone.any(axis=1) | batch.y_several.any(axis=1))] = np.nan
    return beta


def _is_regular(information: FloatArray) -> BoolArray:
    scale = np.sqrt(np.diagonal(information, axis1=1, axis2=2))
    safe = np.where(scale > 0, scale, 1.0)
    smallest = np.linalg.eigvalsh(information / (safe[:, :, None] * safe[:, None, :]))[:, 0]
    return np.asarray(smallest > SINGULAR)


def _covariances(batch: Batch, beta: FloatArray, lags: int | None) -> tuple[FloatArray, FloatArray]:
    """Covariances (n_fits, p, p) and Pearson's dispersions (n_fits,)."""
    n_windows, p = len(batch.is_alone), beta.shape[1]
    at = evaluate(batch, beta)
    inverse = np.linalg.inv(at.information)
    pearson = ((batch.y_alone - at.mu_alone) ** 2 / at.mu_alone).sum(axis=1)
    pearson += ((batch.y_several - at.mu_several) ** 2 / at.mu_several).sum(axis=1)
    dispersion = pearson / (n_windows - p)
    if lags is None:
        return inverse * dispersion[:, None, None], dispersion
    by_window = scores(batch, at)
    meat = np.matmul(np.swapaxes(by_window, 1, 2), by_window)
    for lag in range(1, lags + 1):
        cross = np.matmul(np.swapaxes(by_window[:, lag:], 1, 2), by_window[:, :-lag])
        meat += (1 - lag / (lags + 1)) * (cross + np.swapaxes(cross, 1, 2))
    return np.matmul(np.matmul(inverse, meat), inverse) * (n_windows / (n_windows - p)), dispersion
