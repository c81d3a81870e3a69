"""Fluctuation tests against R's strucchange (reference) and refits at each step (brute force)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.breaks.strucchange import CASES, reference, series
from tests.validation import expected, needs_validation
from violence_stats.breaks.cusum import ols_cusum, recursive_cusum, recursive_residuals

SAME_ARITHMETIC = 1e-8
SMALL_P = 1e-6
"""Relative: both programs take differences of numbers near one for p-values of 1e-8."""


@pytest.mark.parametrize("case", CASES)
def test_both_tests_are_those_of_strucchange(case: str) -> None:
    y, X = series(case)
    for test, name in ((ols_cusum, "OLS-CUSUM"), (recursive_cusum, "Rec-CUSUM")):
        statistic, p_value = test(y, X)
        assert statistic == pytest.approx(reference(case, name)[0], rel=SAME_ARITHMETIC)
        assert p_value == pytest.approx(reference(case, name)[1], rel=SMALL_P)


@needs_validation
def test_nile_comes_out_in_every_digit_given() -> None:
    published = expected("nile_breaks")["expect"]
    y, X = series("nile")
    for found, wanted in (
        (ols_cusum(y, X), published["OLS_CUSUM_S0"]),
        (recursive_cusum(y, X), published["Rec_CUSUM_S"]),
    ):
        assert round(found[0], 5) == pytest.approx(wanted[0], abs=1e-5)
        assert f"{found[1]:.4e}" == f"{wanted[1]:.4e}"


def test_recursive_residuals_equal_refits() -> None:
    rng = np.random.default_rng(1)
    X = np.column_stack([np.ones(15), rng.normal(size=15)])
    y = rng.normal(size=15)
    for place, found in enumerate(recursive_residuals(y, X)):
        row = place + 2
        past = X[:row]
        coef = np.linalg.lstsq(past, y[:row], rcond=None)[0]
        spread = 1 + X[row] @ np.linalg.inv(past.T @ past) @ X[row]
        assert found == pytest.approx((y[row] - X[row] @ coef) / np.sqrt(spread), abs=1e-9)
