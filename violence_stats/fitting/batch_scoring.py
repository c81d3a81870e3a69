"""Fisher scoring and covariances of many count regressions side by side."""

from __future__ import annotations

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray
from violence_stats.fitting.batch import Batch, evaluate, scores

TOLERANCE = {"months": 1e-6, "windows": 1e-8}
"""Newton decrement (squared standard errors of an undispersed fit) whose step is the last. With one cell a window
scoring is Newton's method, and what is left is of the order of the decrement's square; over several cells it is not."""
LONGEST_STEP = 2.0
"""Largest move of a log rate in one iteration: keeps a poor start from overshooting."""
SINGULAR = 1e-10
"""Smallest share of a term's information that the terms before it, or all others, leave over, at which terms can be
told apart; where rounding leaves none, smallest eigenvalue of the information scaled to a unit diagonal."""
SEPARATED = 1e-5
"""Smallest expected count of a window at which an estimate is taken to be finite."""


def score(batch: Batch, start: FloatArray, max_iterations: int) -> tuple[FloatArray, BoolArray, BoolArray]:
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


def starting_values(batch: Batch) -> FloatArray:
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
    scaled = information / (safe[:, :, None] * safe[:, None, :])
    try:
        pivots = np.diagonal(np.linalg.cholesky(scaled), axis1=1, axis2=2) ** 2
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.eigvalsh(scaled)[:, 0] > SINGULAR)
    return np.asarray((pivots > SINGULAR).all(axis=1))


def covariances(batch: Batch, beta: FloatArray, lags: int | None) -> tuple[FloatArray, FloatArray, BoolArray]:
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
