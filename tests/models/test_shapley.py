"""Shapley values: by hand, brute force over all orders, and the properties that define them."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from violence_stats.errors import SpecificationError
from violence_stats.models.shapley import shapley_values

ROUNDING = 1e-12
"""Two orders of the same sums in double precision, of values near 1."""


def _by_orders(worth):
    """Average over all orders what each factor adds when its turn comes."""
    k = len(worth).bit_length() - 1
    orders = list(permutations(range(k)))
    added = np.zeros((k, *worth.shape[1:]))
    for order in orders:
        members = 0
        for f in order:
            added[f] += worth[members | 1 << f] - worth[members]
            members |= 1 << f
    return added / len(orders)


def test_three_factors_by_hand():
    # the glove game: 1 if the set holds the left glove (factor 0) and a right one (1 or 2); left 2/3, each right 1/6
    worth = np.array([0, 0, 0, 1, 0, 1, 0, 1], dtype=float)
    assert shapley_values(worth) == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=ROUNDING)


@pytest.mark.parametrize("k", [1, 2, 3, 5, 6])
def test_all_orders_give_the_same(k):
    worth = np.random.default_rng(k).normal(size=(2**k, 3))
    values = shapley_values(worth)
    assert values == pytest.approx(_by_orders(worth), abs=ROUNDING)
    assert values.sum(axis=0) == pytest.approx(worth[-1] - worth[0], abs=ROUNDING)


def test_a_factor_that_changes_nothing_gets_nothing():
    rng = np.random.default_rng(8)
    pair = rng.normal(size=4)
    worth = np.concatenate([pair, pair])  # bit 2 makes no difference
    values = shapley_values(worth)
    assert values[2] == 0
    assert values[:2] == pytest.approx(shapley_values(pair), abs=ROUNDING)


def test_no_factor_at_all_has_no_values():
    assert shapley_values(np.zeros((1, 4))).shape == (0, 4)


def test_an_incomplete_list_of_sets_is_refused():
    with pytest.raises(SpecificationError, match=r"2\*\*k sets of factors, got 3"):
        shapley_values(np.zeros(3))
