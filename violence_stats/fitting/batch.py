"""The algebra of many count regressions side by side.

Most windows are one cell, where the derivative of mu over mu is the design row itself, shared or not; only windows of
several cells need theirs summed anew at every step. The two kinds are kept apart: ``alone`` and ``several``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.fitting.composite import window_starts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Design rows of one kind of window. A first axis of length 1 means that all fits share them.

    Attributes
    ----------
    X : FloatArray, shape (n_fits or 1, n_cells, p)
    log_exposure : FloatArray, shape (n_cells,)
    cuts : IntArray, shape (n_windows,)
        First cell of each window.
    """

    X: FloatArray
    log_exposure: FloatArray
    cuts: IntArray

    @property
    def shared(self) -> bool:
        """Whether all fits have these rows."""
        return len(self.X) == 1

    def predictor(self, beta: FloatArray) -> FloatArray:
        """X times each coefficient vector (n_fits, p): shape (n_fits, n_cells)."""
        return np.asarray(beta @ self.X[0].T if self.shared else np.matmul(self.X, beta[:, :, None])[:, :, 0])

    def pick(self, fits: BoolArray) -> Rows:
        """Keep the rows of some fits."""
        return self if self.shared else Rows(X=self.X[fits], log_exposure=self.log_exposure, cuts=self.cuts)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Fits that are worked on together.

    Attributes
    ----------
    y_alone, y_several : FloatArray, shape (n_fits, n_windows of that kind)
    alone, several : Rows
    is_alone : BoolArray, shape (n_windows,)
    """

    y_alone: FloatArray
    y_several: FloatArray
    alone: Rows
    several: Rows
    is_alone: BoolArray

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
        )


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


def make_batch(y: FloatArray, X: FloatArray, log_exposure: FloatArray, window: IntArray) -> Batch:
    """Sort cells and windows by kind.

    Parameters
    ----------
    y : FloatArray, shape (n_fits, n_windows)
    X : FloatArray, shape (n_fits or 1, n_cells, p)
    log_exposure : FloatArray, shape (n_cells,)
    window : IntArray, shape (n_cells,)
    """
    sizes = np.diff(window_starts(window), append=len(window))
    is_alone = sizes == 1
    inside = np.repeat(is_alone, sizes)
    cuts = np.concatenate([[0], np.cumsum(sizes[~is_alone])[:-1]]).astype(np.int64)
    everything = bool(is_alone.all())
    return Batch(
        y_alone=y if everything else y[:, is_alone],
        y_several=y[:, ~is_alone],
        alone=Rows(
            X=X if everything else X[:, inside],
            log_exposure=log_exposure[inside],
            cuts=np.arange(is_alone.sum()),
        ),
        several=Rows(X=X[:, ~inside], log_exposure=log_exposure[~inside], cuts=cuts),
        is_alone=is_alone,
    )


def evaluate(batch: Batch, beta: FloatArray) -> Evaluation:
    """Give expected counts, information and gradient of every fit at coefficients (n_fits, p)."""
    mu = np.exp(batch.alone.predictor(beta) + batch.alone.log_exposure)
    information = _weighted_squares(batch.alone, mu)
    gradient = _onto(batch.alone.X, batch.y_alone - mu)
    rows = batch.several
    if not rows.X.shape[1]:
        nothing = np.empty((len(beta), 0))
        relative = np.empty((len(beta), 0, beta.shape[1]))
        return Evaluation(
            mu_alone=mu, mu_several=nothing, relative=relative, information=information, gradient=gradient
        )
    cell = np.exp(rows.predictor(beta) + rows.log_exposure)
    mu_several = np.add.reduceat(cell, rows.cuts, axis=1)
    relative = np.add.reduceat(cell[:, :, None] * rows.X, rows.cuts, axis=1) / mu_several[:, :, None]
    return Evaluation(
        mu_alone=mu,
        mu_several=mu_several,
        relative=relative,
        information=information + np.matmul(_transposed(relative), mu_several[:, :, None] * relative),
        gradient=gradient + _onto(relative, batch.y_several - mu_several),
    )


def scores(batch: Batch, at: Evaluation) -> FloatArray:
    """Score of each window in its place, shape (n_fits, n_windows, p)."""
    found = np.empty((batch.n_fits, len(batch.is_alone), at.gradient.shape[1]))
    found[:, batch.is_alone] = (batch.y_alone - at.mu_alone)[:, :, None] * batch.alone.X
    found[:, ~batch.is_alone] = (batch.y_several - at.mu_several)[:, :, None] * at.relative
    return found


def _weighted_squares(rows: Rows, weight: FloatArray) -> FloatArray:
    """``X' diag(weight) X`` of each fit, shape (n_fits, p, p)."""
    p = rows.X.shape[2]
    if not rows.shared:
        return np.asarray(np.matmul(_transposed(rows.X), weight[:, :, None] * rows.X))
    squares = (rows.X[0][:, :, None] * rows.X[0][:, None, :]).reshape(-1, p * p)
    return np.asarray(weight @ squares).reshape(len(weight), p, p)


def _onto(X: FloatArray, values: FloatArray) -> FloatArray:
    """X' times values (n_fits, n), shape (n_fits, p)."""
    return np.asarray(values @ X[0] if len(X) == 1 else np.matmul(values[:, None, :], X)[:, 0])


def _transposed(stack: FloatArray) -> FloatArray:
    return np.swapaxes(stack, 1, 2)
