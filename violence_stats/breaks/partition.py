"""The best cut of a series into regimes, for every number of breaks at once: dynamic programming over segment costs.

Serves sums of squares and deviances alike. Segment (i, j) holds observations i, ..., j - 1; a break at i is the FIRST
observation of the new regime.

References
----------
Bai & Perron (2003) J Appl Econometrics 18:1, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arguments import check_number
from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.errors import SpecificationError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Partitions:
    """The best partitions into 1, 2, ... regimes.

    Attributes
    ----------
    cost : FloatArray, shape (n_partitions,)
        Least total cost with 0, 1, ... breaks; ends before the first number of breaks that no partition allows.
    breaks : tuple of IntArray
        First observation of each new regime, of length 0, 1, ...
    """

    cost: FloatArray
    breaks: tuple[IntArray, ...]

    @property
    def max_breaks(self) -> int:
        """Largest number of breaks for which a partition exists."""
        return len(self.breaks) - 1


def best_partitions(segment_cost: FloatArray, max_breaks: int) -> Partitions:
    """Minimise the total cost over all partitions, for 0 to `max_breaks` breaks.

    Parameters
    ----------
    segment_cost : FloatArray, shape (n + 1, n + 1)
        Cost of observations i to j - 1 in row i, column j; infinite where the segment is not allowed.
    max_breaks : int
        0 or more.

    Returns
    -------
    Partitions
        Empty if not even the whole series is an allowed segment.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([1.0, 1.0, 5.0, 5.0])
    >>> cost = np.full((5, 5), np.inf)
    >>> for i in range(5):
    ...     for j in range(i + 1, 5):
    ...         cost[i, j] = ((y[i:j] - y[i:j].mean()) ** 2).sum()
    >>> best_partitions(cost, 1).breaks[1].tolist()
    [2]
    """
    n = len(segment_cost) - 1
    ends = np.arange(n + 1)
    best = segment_cost[0].copy()
    totals, starts = [best[n]], []
    for _ in range(max_breaks):
        through = best[:, None] + segment_cost
        starts.append(np.argmin(through, axis=0))
        best = through[starts[-1], ends]
        totals.append(best[n])
    allowed = int(np.isfinite(totals).cumprod().sum())
    return Partitions(cost=np.array(totals[:allowed]), breaks=tuple(_trace(starts[:m], n) for m in range(allowed)))


def _trace(starts: list[IntArray], n: int) -> IntArray:
    """Walk back from the end: the last regime's start, the start of the one before it, ..."""
    breaks, end = [], n
    for start in reversed(starts):
        end = int(start[end])
        breaks.append(end)
    return np.array(breaks[::-1], dtype=np.int64)


def check_trim(trim: float) -> None:
    """Ask for a share of the series that a regime may have.

    Raises
    ------
    SpecificationError
        If it is none.
    """
    check_number("trim", trim, "a share between 0 and 0.5")
    if not 0 < trim < 1:
        raise SpecificationError(f"trim: expected a share between 0 and 0.5, got {trim:g}")


def allowed_segments(length: FloatArray, shortest: float, min_observations: int) -> BoolArray:
    """Say which segments a trimming in calendar time allows, shape (n + 1, n + 1).

    Parameters
    ----------
    length : FloatArray, shape (n,)
        Length of each observation's window, in one unit of time.
    shortest : float
        Least length of a regime, in that unit.
    min_observations : int
        Least number of observations in a regime.
    """
    clock = np.concatenate([[0.0], np.cumsum(length)])
    place = np.arange(len(clock))
    slack = 1e-9 * clock[-1]
    long_enough = clock[None, :] - clock[:, None] >= shortest - slack
    return np.asarray(long_enough & (place[None, :] - place[:, None] >= min_observations))
