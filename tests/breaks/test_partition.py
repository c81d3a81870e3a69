"""The dynamic programme against enumeration (brute force), and what trimming in calendar time allows (by hand)."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from violence_stats.breaks.partition import allowed_segments, best_partitions

ROUNDING = 1e-12


def enumerate_best(cost: np.ndarray, n_breaks: int) -> tuple[float, tuple[int, ...]]:
    n = len(cost) - 1
    tries = (
        (sum(cost[i, j] for i, j in pairwise((0, *breaks, n))), breaks)
        for breaks in combinations(range(1, n), n_breaks)
    )
    return min(tries)


@pytest.mark.parametrize("seed", range(5))
def test_best_partitions_equal_those_found_by_trying_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 11
    length = rng.uniform(0.5, 3.0, n)
    cost = np.where(allowed_segments(length, 3.0, 1), rng.uniform(size=(n + 1, n + 1)), np.inf)
    found = best_partitions(cost, 3)
    for m in range(found.max_breaks + 1):
        total, breaks = enumerate_best(cost, m)
        assert found.cost[m] == pytest.approx(total, abs=ROUNDING)
        assert tuple(found.breaks[m]) == breaks


def test_search_ends_at_the_first_number_that_no_partition_allows() -> None:
    cost = np.where(allowed_segments(np.ones(10), 4.0, 1), 1.0, np.inf)
    found = best_partitions(cost, 5)
    assert found.max_breaks == 1
    assert len(found.cost) == 2


def test_trimming_counts_time_and_not_windows() -> None:
    # Windows of 1, 1, 4 and 1 months; a regime needs 4 months.
    allowed = allowed_segments(np.array([1.0, 1.0, 4.0, 1.0]), 4.0, 1)
    assert allowed[2, 3]
    assert not allowed[0, 2]
    assert allowed[0, 3]
    assert not allowed[3, 4]


def test_a_regime_of_exactly_the_least_length_is_allowed_despite_rounding() -> None:
    length = np.full(100, 0.1)
    allowed = allowed_segments(length, 0.15 * float(length.sum()), 2)
    assert all(allowed[start, start + 15] for start in range(86))
    assert not any(allowed[start, start + 14] for start in range(87))


def test_a_regime_holds_the_least_number_of_observations_however_long_they_are() -> None:
    allowed = allowed_segments(np.full(6, 12.0), 12.0, 2)
    assert not allowed[0, 1]
    assert allowed[0, 2]
