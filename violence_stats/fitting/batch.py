"""The algebra of many count regressions side by side.

Two facts about such designs are used. Most windows are one cell, where the derivative of mu over mu is the design row
itself; only windows of several cells need theirs summed anew at every step. And most columns (level, trend, season)
are the same in every fit, so that their sums are products of two large matrices; only the fits' own columns, such as
the step at a date that is tried, need one small product a fit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.fitting.composite import window_starts


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
    own : FloatArray, shape (n_fits, p_own, n_cells)
    log_exposure : FloatArray, shape (n_cells,)
    cuts : IntArray, shape (n_windows,)
        First cell of each window.
    """

    shared: FloatArray
    squares: FloatArray
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
        found = np.empty((len(cell), len(self.cuts), p_shared + p_own))
        for k in range(p_shared):
            found[:, :, k] = np.add.reduceat(cell * self.shared[:, k], self.cuts, axis=1)
        for k in range(p_own):
            found[:, :, p_shared + k] = np.add.reduceat(cell * self.own[:, k], self.cuts, axis=1)
        return found

    def pick(self, fits: BoolArray) -> Rows:
        """Keep the rows of some fits."""
        return replace(self, own=self.own[fits]) if self.own.shape[1] else self


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Fits that are worked on together, their windows of one cell (``alone``) kept apart from the others (``several``).

    Attributes
    ----------
    y_alone, y_several : FloatArray, shape (n_fits, n_windows of that kind)
    alone, several : Rows
    is_alone : BoolArray, shape (n_windows,)
    largest : FloatArray, shape (p,)
        Largest absolute entry of each column.
    """

    y_alone: FloatArray
    y_several: FloatArray
    alone: Rows
    several: Rows
    is_alone: BoolArray
    largest: FloatArray

    @property
    def n_fits(self) -> int:
        """Number of fits."""
        return len(self.y_alone)

    def pick(self, fits: BoolArray) -> Batch:
        """Keep some of the fits."""
        if fits.all():
            return self
        return Batch(
            y_alone=self.y_alone[fits],
            y_several=self.y_several[fits],
            alone=self.alone.pick(fits),
            several=self.several.pick(fits),
            is_alone=self.is_alone,
            largest=self.largest,
        )

    def longest_move(self, step: FloatArray) -> FloatArray:
        """Bound the move of any log rate under steps (n_fits, p), shape (n_fits,); exact where the bound is wide."""
        bound: FloatArray = np.abs(step) @ self.largest
        if (bound > 1).any():
            moves = [np.abs(rows.predictor(step)).max(axis=1, initial=0.0) for rows in (self.alone, self.several)]
            bound = np.maximum(*moves)
        return bound


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evaluation:
    """A batch at one set of coefficients.

    Attributes
    ----------
    mu_alone, mu_several : FloatArray, shape (n_fits, n_windows of that kind)
    relative : FloatArray, shape (n_fits, n_windows of several cells, p)
        Derivatives of mu over mu, where windows have several cells.
    information : FloatArray, shape (n_fits, p, p)
        ``Z' diag(1/mu) Z``.
    gradient : FloatArray, shape (n_fits, p)
        ``Z' (y - mu) / mu``.
    """

    mu_alone: FloatArray
    mu_several: FloatArray
    relative: FloatArray
    information: FloatArray
    gradient: FloatArray

    @property
    def smallest(self) -> FloatArray:
        """Smallest expected count of each fit, shape (n_fits,)."""
        return np.asarray(np.concatenate([self.mu_alone, self.mu_several], axis=1).min(axis=1))


def make_batch(y: FloatArray, columns: Columns, log_exposure: FloatArray, window: IntArray) -> Batch:
    """Sort cells and windows by kind.

    Parameters
    ----------
    y : FloatArray, shape (n_fits, n_windows)
    columns : Columns
        Of as many fits, unless all columns are shared.
    log_exposure : FloatArray, shape (n_cells,)
    window : IntArray, shape (n_cells,)
    """
    sizes = np.diff(window_starts(window), append=len(window))
    is_alone = sizes == 1
    inside = np.repeat(is_alone, sizes)
    cuts = np.concatenate([[0], np.cumsum(sizes[~is_alone])[:-1]]).astype(np.int64)
    return Batch(
        y_alone=y[:, is_alone],
        y_several=y[:, ~is_alone],
        alone=_rows(columns, inside, log_exposure, np.arange(is_alone.sum())),
        several=_rows(columns, ~inside, log_exposure, cuts),
        is_alone=is_alone,
        largest=columns.largest,
    )


def _rows(columns: Columns, kept: BoolArray, log_exposure: FloatArray, cuts: IntArray) -> Rows:
    shared = columns.shared[kept]
    return Rows(
        shared=shared,
        squares=(shared[:, :, None] * shared[:, None, :]).reshape(len(shared), shared.shape[1] ** 2),
        own=columns.own[:, :, kept],
        log_exposure=log_exposure[kept],
        cuts=cuts,
    )


def evaluate(batch: Batch, beta: FloatArray) -> Evaluation:
    """Give expected counts, information and gradient of every fit at coefficients (n_fits, p)."""
    mu = np.exp(batch.alone.predictor(beta) + batch.alone.log_exposure)
    information = batch.alone.weighted_squares(mu)
    gradient = batch.alone.onto(batch.y_alone - mu)
    rows = batch.several
    if not len(rows.shared):
        nothing = np.empty((len(beta), 0))
        relative = np.empty((len(beta), 0, beta.shape[1]))
        return Evaluation(
            mu_alone=mu, mu_several=nothing, relative=relative, information=information, gradient=gradient
        )
    cell = np.exp(rows.predictor(beta) + rows.log_exposure)
    mu_several = np.add.reduceat(cell, rows.cuts, axis=1)
    relative = rows.window_sums(cell) / mu_several[:, :, None]
    turned = np.swapaxes(relative, 1, 2)
    return Evaluation(
        mu_alone=mu,
        mu_several=mu_several,
        relative=relative,
        information=information + np.matmul(turned * mu_several[:, None, :], relative),
        gradient=gradient + np.matmul(turned, (batch.y_several - mu_several)[:, :, None])[:, :, 0],
    )


def scores(batch: Batch, at: Evaluation) -> FloatArray:
    """Score of each window in its place, shape (n_fits, p, n_windows)."""
    rest = np.empty((batch.n_fits, len(batch.is_alone)))
    rest[:, batch.is_alone] = batch.y_alone - at.mu_alone
    rest[:, ~batch.is_alone] = batch.y_several - at.mu_several
    p_shared, p_own = batch.alone.shared.shape[1], batch.alone.own.shape[1]
    shared = np.zeros((p_shared, len(batch.is_alone)))
    shared[:, batch.is_alone] = batch.alone.shared.T
    found = np.empty((batch.n_fits, p_shared + p_own, len(batch.is_alone)))
    np.multiply(rest[:, None, :], shared, out=found[:, :p_shared])
    if p_own:
        found[:, p_shared:, batch.is_alone] = rest[:, None, batch.is_alone] * batch.alone.own
    if not batch.is_alone.all():
        found[:, :, ~batch.is_alone] = rest[:, None, ~batch.is_alone] * np.swapaxes(at.relative, 1, 2)
    return found
