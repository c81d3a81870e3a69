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
from violence_stats.fitting.batch import Batch, Columns, evaluate, make_batch, scores, sort_columns
from violence_stats.fitting.hac import default_lags

BatchErrors: TypeAlias = Literal["iid", "newey-west"]


FIRST_ITERATIONS, MAX_ITERATIONS = 6, 50
"""Within a chunk, and for the fits that chunks leave over."""
TOLERANCE = {"months": 1e-6, "windows": 1e-8}
"""Newton decrement (squared standard errors of an undispersed fit) whose step is the last. With one cell a window
scoring is Newton's method, and what is left is of the order of the decrement's square; over several cells it is not."""
LONGEST_STEP = 2.0
"""Largest move of a log rate in one iteration: keeps a poor start from overshooting."""
SINGULAR = 1e-10
"""Smallest eigenvalue of the information, scaled to a unit diagonal, and smallest share of a term's information that
the other terms leave over, at which terms can be told apart."""
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
    beta, converged, under_way = _score(batch, _starting_values(batch) if start is None else start, max_iterations)
    if converged.any():
        done = fits[converged]
        cov, dispersion, regular = _covariances(batch.pick(converged), beta[converged], task.lags)
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


def _score(batch: Batch, start: FloatArray, max_iterations: int) -> tuple[FloatArray, BoolArray, BoolArray]:
    """Fisher scoring: coefficients (n_fits, p), which converged and which are still under way."""
    beta = start.copy()
    converged = np.zeros(len(beta), dtype=bool)
    open_fits: BoolArray = np.asarray(np.isfinite(beta).all(axis=1))
    tolerance = TOLERANCE["months" if batch.is_alone.all() else "windows"]
    for _ in range(max_iterations):
        active = np.flatnonzero(open_fits)
        if not len(active):
            break
        part = batch.pick(open_fits)
        at = evaluate(part, beta[active])
        step, solved = _solve(at.information, at.gradient)
        decrement = (at.gradient * step).sum(axis=1)
        shortening = np.minimum(1.0, LONGEST_STEP / np.maximum(part.longest_move(step), SEPARATED))
        beta[active] += shortening[:, None] * step
        settled = solved & (decrement < tolerance)
        converged[active[settled]] = at.smallest[settled] > SEPARATED
        open_fits[active[settled | ~solved]] = False
    return beta, converged, open_fits


def _solve(matrices: FloatArray, right: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Solve each system; 0 where it is singular, and which were solved."""
    solved = np.ones(len(matrices), dtype=bool)
    try:
        found = np.linalg.solve(matrices, right[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        solved = _is_regular(matrices)
        found = np.zeros_like(right)
        found[solved] = np.linalg.solve(matrices[solved], right[solved][:, :, None])[:, :, 0]
    return np.asarray(found), solved


def _starting_values(batch: Batch) -> FloatArray:
    """Scoring from the counts themselves: least squares on the log of each window's crude rate, weighted by its count.

    NaN where all counts are zero or terms cannot be told apart.
    """
    square, onto = [], []
    for y, rows in ((batch.y_alone, batch.alone), (batch.y_several, batch.several)):
        if len(rows.shared):
            sizes = np.diff(rows.cuts, append=len(rows.shared))
            exposure = np.add.reduceat(np.exp(rows.log_exposure), rows.cuts)
            crude = (y + 0.5) / exposure
            weight = np.repeat(crude, sizes, axis=1) * np.exp(rows.log_exposure)
            onto.append(rows.onto(weight * np.repeat(np.log(crude), sizes, axis=1)))
            square.append(rows.weighted_squares(weight))
    squares = sum(square[1:], start=square[0])
    beta, solved = _solve(squares, sum(onto[1:], start=onto[0]))
    beta[~(solved & _is_regular(squares))] = np.nan
    beta[~(batch.y_alone.any(axis=1) | batch.y_several.any(axis=1))] = np.nan
    return beta


def _is_regular(information: FloatArray) -> BoolArray:
    scale = np.sqrt(np.diagonal(information, axis1=1, axis2=2))
    safe = np.where(scale > 0, scale, 1.0)
    smallest = np.linalg.eigvalsh(information / (safe[:, :, None] * safe[:, None, :]))[:, 0]
    return np.asarray(smallest > SINGULAR)


def _covariances(batch: Batch, beta: FloatArray, lags: int | None) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Covariances (n_fits, p, p), Pearson's dispersions (n_fits,), and where terms can be told apart (n_fits,)."""
    n_windows, p = len(batch.is_alone), beta.shape[1]
    at = evaluate(batch, beta)
    inverse = np.linalg.inv(at.information)
    alone = np.diagonal(inverse, axis1=1, axis2=2) * np.diagonal(at.information, axis1=1, axis2=2)
    regular: BoolArray = np.asarray(((alone > 0) & (alone < 1 / SINGULAR)).all(axis=1))
    pearson = ((batch.y_alone - at.mu_alone) ** 2 / at.mu_alone).sum(axis=1)
    pearson += ((batch.y_several - at.mu_several) ** 2 / at.mu_several).sum(axis=1)
    dispersion = pearson / (n_windows - p)
    if lags is None:
        return inverse * dispersion[:, None, None], dispersion, regular
    by_window = scores(batch, at)
    meat = np.matmul(by_window, np.swapaxes(by_window, 1, 2))
    for lag in range(1, lags + 1):
        cross = np.matmul(by_window[:, :, lag:], np.swapaxes(by_window[:, :, :-lag], 1, 2))
        meat += (1 - lag / (lags + 1)) * (cross + np.swapaxes(cross, 1, 2))
    return np.matmul(np.matmul(inverse, meat), inverse) * (n_windows / (n_windows - p)), dispersion, regular
