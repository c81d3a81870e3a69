"""How windows and periods overlap: the fixed index work of a latent process over counts in windows.

A pair is a window and a period that share a cell. With ``G`` the (n_windows, n_periods) matrix of expected counts by
pair, ``G' diag(w) G`` has entries only where two periods lie in one window, so it is banded with the length of the
longest window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.fitting.composite import sum_by_window, window_starts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Index arrays of one set of cells.

    Attributes
    ----------
    n_windows, n_periods : int
    period : IntArray, shape (n_cells,)
    cell_starts : IntArray, shape (n_windows,)
        First cell of each window.
    pair_starts : IntArray, shape (n_pairs,)
        First cell of each pair.
    pair_window, pair_period : IntArray, shape (n_pairs,)
    pair_cuts : IntArray, shape (n_windows,)
        First pair of each window.
    by_period : IntArray, shape (n_pairs,)
        Order of the pairs by period.
    covered, covered_cuts : IntArray, shape (n_covered,)
        Periods that hold a cell, and the first of their pairs in that order.
    left, right : IntArray, shape (n_products,)
        Pairs of one window, two by two, the earlier period (or the same) to the left.
    product_window : IntArray, shape (n_products,)
    multiplicity : FloatArray, shape (n_products,)
        1 for a pair with itself, else 2: how often the product stands in a symmetric sum.
    product_cuts : IntArray, shape (n_windows,)
        First product of each window.
    place : IntArray, shape (n_products,)
        Where their product falls in the flattened (bandwidth + 1, n_periods) lower bands.
    bandwidth : int
        1 or more: the process itself links neighbours.
    """

    n_windows: int
    n_periods: int
    period: IntArray
    cell_starts: IntArray
    pair_starts: IntArray
    pair_window: IntArray
    pair_period: IntArray
    pair_cuts: IntArray
    by_period: IntArray
    covered: IntArray
    covered_cuts: IntArray
    left: IntArray
    right: IntArray
    product_window: IntArray
    multiplicity: FloatArray
    product_cuts: IntArray
    place: IntArray
    bandwidth: int

    def pair_sums(self, cell: FloatArray) -> FloatArray:
        """Sum values of cells (n_cells,) over pairs (n_pairs,)."""
        return sum_by_window(cell, self.pair_starts)

    def spread(self, pair: FloatArray, period: FloatArray) -> FloatArray:
        """G times `period` (n_periods, k): shape (n_windows, k)."""
        return sum_by_window(pair[:, None] * period[self.pair_period], self.pair_cuts)

    def gather(self, pair: FloatArray, window: FloatArray) -> FloatArray:
        """G' times `window` (n_windows, k): shape (n_periods, k)."""
        products = (pair[:, None] * window[self.pair_window])[self.by_period]
        summed = sum_by_window(products, self.covered_cuts)
        if len(self.covered) == self.n_periods:
            return summed
        total = np.zeros((self.n_periods, window.shape[1]))
        total[self.covered] = summed
        return total

    def cross_bands(self, pair: FloatArray, weight: FloatArray) -> FloatArray:
        """Lower bands of ``G' diag(weight) G``, shape (bandwidth + 1, n_periods); `weight` is by window."""
        products = pair[self.left] * pair[self.right] * weight[self.product_window]
        flat = np.bincount(self.place, products, minlength=(self.bandwidth + 1) * self.n_periods)
        bands: FloatArray = flat.astype(float, copy=False)
        return bands.reshape(self.bandwidth + 1, self.n_periods)

    def quadratic(self, pair: FloatArray, bands: FloatArray) -> FloatArray:
        """Diagonal of ``G S G'``, shape (n_windows,), for a symmetric S given by its lower bands."""
        products = pair[self.left] * pair[self.right] * self.multiplicity * bands.ravel()[self.place]
        return sum_by_window(products, self.product_cuts)


def lay_out(window: IntArray, period: IntArray) -> Layout:
    """Index the pairs of a set of cells.

    Parameters
    ----------
    window : IntArray, shape (n_cells,)
        Window of each cell: 0, 1, ... in order.
    period : IntArray, shape (n_cells,)
        Period of each cell, 0 or more, not decreasing within a window.
    """
    cell_starts = window_starts(window)
    pair_starts = np.flatnonzero(np.r_[True, (np.diff(window) != 0) | (np.diff(period) != 0)])
    pair_window, pair_period = window[pair_starts], period[pair_starts]
    by_period = np.argsort(pair_period, kind="stable")
    covered, covered_cuts = np.unique(pair_period[by_period], return_index=True)
    left, right = _products(pair_window)
    apart = pair_period[right] - pair_period[left]
    n_periods = int(period.max()) + 1
    return Layout(
        n_windows=len(cell_starts),
        n_periods=n_periods,
        period=period,
        cell_starts=cell_starts,
        pair_starts=pair_starts,
        pair_window=pair_window,
        pair_period=pair_period,
        pair_cuts=window_starts(pair_window),
        by_period=by_period,
        covered=covered,
        covered_cuts=covered_cuts,
        left=left,
        right=right,
        product_window=pair_window[left],
        multiplicity=np.where(left == right, 1.0, 2.0),
        product_cuts=window_starts(pair_window[left]),
        place=apart * n_periods + pair_period[left],
        bandwidth=max(1, int(apart.max())),
    )


def _products(pair_window: IntArray) -> tuple[IntArray, IntArray]:
    """Every pair with itself and with each later pair of its window."""
    cuts = window_starts(pair_window)
    after = np.r_[cuts[1:], len(pair_window)]
    left = [i for start, stop in zip(cuts, after, strict=True) for i in range(start, stop) for _ in range(i, stop)]
    right = [j for start, stop in zip(cuts, after, strict=True) for i in range(start, stop) for j in range(i, stop)]
    return np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)
