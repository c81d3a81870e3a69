"""The algebra of many count regressions side by side.

Most windows are one cell, where the derivative of mu over mu is the design row itself; only windows of several cells
need theirs summed anew at every step. The two kinds are kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.fitting.batch_rows import Columns, Rows, rows_of
from violence_stats.fitting.composite import window_starts


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
        alone=rows_of(columns, inside, log_exposure, np.arange(is_alone.sum())),
        several=rows_of(columns, ~inside, log_exposure, cuts),
        is_alone=is_alone,
        largest=columns.largest,
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
