"""Two windows laid over each other, so that what each regressor does in one can be put in place of the other.

A day of one window is set beside the day of the other that lies as far along, counted in calendar periods: in two
half-years the first day of March beside the first day of March, in windows of different length by their share. The
28 days of one February then lie beside the 29 of another, and the difference is one of exposure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.models.frame import ModelFrame
from violence_stats.months import Window

SAME = 1e-9
"""Share of a window below which two edges are one: days are far longer, and rounding far shorter."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AlignedWindows:
    """Pieces, m of them, in each of which both windows have one row of the design.

    Attributes
    ----------
    rows : IntArray, shape (2, m)
        Cell of the model frame that the piece lies in: of the baseline, then of the window.
    exposure : FloatArray, shape (2, m)
        What of that cell's exposure falls to the piece; each row adds up to the exposure of its window.
    """

    rows: IntArray
    exposure: FloatArray


def align_windows(frame: ModelFrame, baseline: Window, window: Window) -> AlignedWindows:
    """Lay two windows, each made up of whole fitted windows, over each other."""
    cells = [_cells_in(frame, one) for one in (baseline, window)]
    edges = [_edges(frame, inside) for inside in cells]
    edges[1] = _snapped(edges[1], edges[0])
    cuts = np.union1d(edges[0], edges[1])
    middle = (cuts[:-1] + cuts[1:]) / 2
    rows, exposure = [], []
    for inside, own in zip(cells, edges, strict=True):
        place = np.searchsorted(own, middle, side="right") - 1
        rows.append(inside[place])
        exposure.append(frame.exposure[inside[place]] * np.diff(cuts) / np.diff(own)[place])
    return AlignedWindows(rows=np.array(rows), exposure=np.array(exposure))


def _cells_in(frame: ModelFrame, window: Window) -> IntArray:
    cells = frame.cells
    return np.flatnonzero((cells.start >= np.datetime64(window.start)) & (cells.end <= np.datetime64(window.end)))


def _edges(frame: ModelFrame, inside: IntArray) -> FloatArray:
    """Where the cells begin and end along their window, from 0 to 1, counted in calendar periods."""
    along = np.concatenate([[0.0], np.cumsum(frame.cells.share_of_period[inside])])
    return np.asarray(along / along[-1])


def _snapped(edges: FloatArray, onto: FloatArray) -> FloatArray:
    """Move edges that differ from one of `onto` by rounding alone onto it."""
    nearest = onto[np.abs(edges[:, None] - onto).argmin(axis=1)]
    return np.where(np.abs(edges - nearest) < SAME, nearest, edges)
