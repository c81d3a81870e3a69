"""Designs of many fits: the columns that all share beside those of their own.

Most columns (level, trend, season) are the same in every fit, so that their sums are products of two large matrices;
only the fits' own columns, such as the step at a date that is tried, need one small product a fit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Designs of all fits, their columns in the order: those that all fits share, then those of their own.

    Attributes
    ----------
    shared : FloatArray, shape (n_cells, p_shared)
    own : FloatArray, shape (n_fits, p_own, n_cells)
    order : IntArray, shape (p,)
        Where each column stood in the designs as given.
    largest : FloatArray, shape (p,)
        Largest absolute entry of each column, in any fit.
    """

    shared: FloatArray
    own: FloatArray
    order: IntArray
    largest: FloatArray

    def pick(self, fits: IntArray) -> Columns:
        """Keep the columns of some fits."""
        return replace(self, own=self.own[fits]) if self.own.shape[1] else self

    def restore(self, values: FloatArray) -> FloatArray:
        """Give coefficients (n_fits, p) or covariances (n_fits, p, p) in the order of the designs as given."""
        places = np.argsort(self.order)
        return values[:, places] if values.ndim == 2 else values[:, places][:, :, places]


def sort_columns(X: FloatArray) -> Columns:
    """Tell shared columns from own ones.

    Parameters
    ----------
    X : FloatArray, shape (n_cells, p) or (n_fits, n_cells, p)
    """
    if X.ndim == 2:
        shared, own, order = X, np.empty((1, 0, len(X))), np.arange(X.shape[1])
    else:
        is_shared = (X[0] == X).all(axis=0).all(axis=0)
        order = np.concatenate([np.flatnonzero(is_shared), np.flatnonzero(~is_shared)])
        shared = np.ascontiguousarray(X[0][:, is_shared])
        own = np.ascontiguousarray(np.swapaxes(X[:, :, ~is_shared], 1, 2))
    largest = np.concatenate([np.abs(shared).max(axis=0), np.abs(own).max(axis=(0, 2))])
    return Columns(shared=shared, own=own, order=order, largest=largest)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Design rows of one kind of window.

    Attributes
    ----------
    shared : FloatArray, shape (n_cells, p_shared)
    squares : FloatArray, shape (n_cells, p_shared * p_shared)
        Products of the shared columns, two by two.
    by_window : FloatArray, shape (n_cells, n_windows * p_shared)
        The shared columns, each cell's in the place of its window; 0 elsewhere. Empty for windows of one cell.
    own : FloatArray, shape (n_fits, p_own, n_cells)
    log_exposure : FloatArray, shape (n_cells,)
    cuts : IntArray, shape (n_windows,)
        First cell of each window.
    """

    shared: FloatArray
    squares: FloatArray
    by_window: FloatArray
    own: FloatArray
    log_exposure: FloatArray
    cuts: IntArray

    def predictor(self, beta: FloatArray) -> FloatArray:
        """X times each coefficient vector (n_fits, p): shape (n_fits, n_cells)."""
        p_shared = self.shared.shape[1]
        values: FloatArray = beta[:, :p_shared] @ self.shared.T
        if self.own.shape[1]:
            values += np.matmul(beta[:, None, p_shared:], self.own)[:, 0]
        return values

    def onto(self, values: FloatArray) -> FloatArray:
        """X' times values (n_fits, n_cells): shape (n_fits, p)."""
        shared = values @ self.shared
        if not self.own.shape[1]:
            return shared
        return np.concatenate([shared, np.matmul(self.own, values[:, :, None])[:, :, 0]], axis=1)

    def weighted_squares(self, weight: FloatArray) -> FloatArray:
        """``X' diag(weight) X`` of each fit, weight (n_fits, n_cells): shape (n_fits, p, p)."""
        p_shared, p_own = self.shared.shape[1], self.own.shape[1]
        found = np.empty((len(weight), p_shared + p_own, p_shared + p_own))
        found[:, :p_shared, :p_shared] = (weight @ self.squares).reshape(-1, p_shared, p_shared)
        if p_own:
            weighted = weight[:, None, :] * self.own
            across = weighted.reshape(-1, weighted.shape[2]) @ self.shared
            found[:, p_shared:, :p_shared] = across.reshape(len(weight), p_own, p_shared)
            found[:, :p_shared, p_shared:] = np.swapaxes(found[:, p_shared:, :p_shared], 1, 2)
            found[:, p_shared:, p_shared:] = np.matmul(weighted, np.swapaxes(self.own, 1, 2))
        return found

    def window_sums(self, cell: FloatArray) -> FloatArray:
        """Sum of cell (n_fits, n_cells) times X over each window: shape (n_fits, n_windows, p)."""
        p_shared, p_own = self.shared.shape[1], self.own.shape[1]
        shared = (cell @ self.by_window).reshape(len(cell), len(self.cuts), p_shared)
        if not p_own:
            return shared
        own = [np.add.reduceat(cell * self.own[:, k], self.cuts, axis=1) for k in range(p_own)]
        return np.concatenate([shared, np.stack(own, axis=2)], axis=2)

    def pick(self, fits: BoolArray) -> Rows:
        """Keep the rows of some fits."""
        return replace(self, own=self.own[fits]) if self.own.shape[1] else self


def rows_of(columns: Columns, kept: BoolArray, log_exposure: FloatArray, cuts: IntArray) -> Rows:
    """Take the rows of some cells, `kept` (n_cells,), whose windows start at `cuts`."""
    shared = columns.shared[kept]
    n_windows = len(cuts) if len(cuts) < len(shared) else 0
    by_window = np.zeros((len(shared), n_windows, shared.shape[1]))
    if n_windows:
        window = np.repeat(np.arange(n_windows), np.diff(cuts, append=len(shared)))
        by_window[np.arange(len(shared)), window] = shared
    return Rows(
        shared=shared,
        squares=(shared[:, :, None] * shared[:, None, :]).reshape(len(shared), shared.shape[1] ** 2),
        by_window=by_window.reshape(len(shared), n_windows * shared.shape[1]),
        own=columns.own[:, :, kept],
        log_exposure=log_exposure[kept],
        cuts=cuts,
    )
