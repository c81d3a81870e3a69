"""Shapley values: what each factor adds to a whole, averaged over all orders in which the factors may come."""

from __future__ import annotations

from math import factorial

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.errors import SpecificationError


def shapley_values(worth: FloatArray) -> FloatArray:
    """Split a set function over its factors.

    The values add up to ``worth[-1] - worth[0]``; a factor that never changes the worth gets 0, and factors that enter
    alike get the same.

    Parameters
    ----------
    worth : FloatArray, shape (2**k, ...)
        Worth of every set of k factors: the set of index m holds factor f if bit f of m is 1, so that ``worth[0]``
        belongs to the empty set and ``worth[-1]`` to all.

    Returns
    -------
    FloatArray, shape (k, ...)

    Raises
    ------
    SpecificationError
        If the number of sets is not a power of 2.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework based on the
    Shapley value. Journal of Economic Inequality 11, 99-126.

    Examples
    --------
    A pair is worth 10 together, 4 and 2 alone: the first adds 4 when first and 8 when last.

    >>> shapley_values(np.array([0.0, 4.0, 2.0, 10.0])).tolist()
    [6.0, 4.0]
    """
    n_sets = len(worth)
    k = n_sets.bit_length() - 1
    if n_sets != 1 << k:
        raise SpecificationError(f"worth: expected one value for each of 2**k sets of factors, got {n_sets}")
    sets = np.arange(n_sets)
    n_members = np.array([int(one).bit_count() for one in sets])
    # the share of all orders in which just the members of a set come before a factor that is not in it
    share = np.array([factorial(size) * factorial(k - size - 1) / factorial(k) for size in range(k)])
    values = np.empty((k, *worth.shape[1:]))
    for f in range(k):
        without = sets[(sets >> f) & 1 == 0]
        values[f] = np.tensordot(share[n_members[without]], worth[without | (1 << f)] - worth[without], axes=1)
    return values
