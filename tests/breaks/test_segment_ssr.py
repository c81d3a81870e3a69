"""Sums of squares of every segment against a least-squares fit to each (brute force)."""

from __future__ import annotations

import numpy as np
import pytest

from violence_stats.breaks.segment_ssr import segment_ssr
from violence_stats.errors import SpecificationError

SHORTEST = 6
CANCELLATION = 1e-8
"""Cumulated moments lose digits in the shortest segments; the search never compares closer than this."""


def fitted_ssr(y: np.ndarray, Z: np.ndarray) -> float:
    residual = y - Z @ np.linalg.lstsq(Z, y, rcond=None)[0]
    return float(residual @ residual)


@pytest.mark.parametrize("columns", [1, 2, 4])
def test_every_segment_equals_its_own_fit(columns: int) -> None:
    rng = np.random.default_rng(columns)
    n = 60
    t = np.arange(1.0, n + 1)
    Z = np.column_stack([np.ones(n), t, np.sin(t / 2), np.cos(t / 2)])[:, :columns]
    y = 4000 - 30 * t + 200 * (t > 20) + rng.normal(0, 5, n)
    table = segment_ssr(y, Z)
    for start in range(n - SHORTEST):
        for end in range(start + SHORTEST, n + 1):
            assert table[start, end] == pytest.approx(fitted_ssr(y[start:end], Z[start:end]), rel=CANCELLATION)


def test_segments_that_are_too_short_or_not_allowed_are_infinite() -> None:
    allowed = np.ones((7, 7), dtype=bool)
    allowed[0, 4] = False
    table = segment_ssr(np.arange(6.0) ** 2, np.column_stack([np.ones(6), np.arange(6.0)]), allowed)
    assert np.isinf(table[0, 2])
    assert np.isinf(table[0, 4])
    assert np.isfinite(table[0, 3])


def test_regressors_that_do_not_vary_within_a_segment_are_refused() -> None:
    dummy = np.repeat([0.0, 1.0], 10)
    with pytest.raises(SpecificationError, match="collinear within observations"):
        segment_ssr(np.arange(20.0), np.column_stack([np.ones(20), dummy]))
