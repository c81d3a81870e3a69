"""A claimed percentage against whole counts: by hand, brute force over counts, and properties."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.errors import SelectionError
from violence_stats.questions.percentages import exact_change, read_claimed

CLAIMS = st.builds(
    lambda units, decimals: str(Decimal(units).scaleb(-decimals)),
    st.integers(-100, 300),
    st.integers(0, 2),
)


def rounds_by_decimal(baseline: int, count: int, claim: str) -> bool:
    """Round as printed, by another library: ties up or down, both count."""
    unit = Decimal(1).scaleb(Decimal(claim).as_tuple().exponent)  # type: ignore[arg-type]
    change = Decimal(100 * (count - baseline)) / Decimal(baseline)
    return any(change.quantize(unit, rounding=way) == Decimal(claim) for way in (ROUND_HALF_UP, ROUND_HALF_DOWN))


@pytest.mark.parametrize(
    ("claimed", "pct", "decimals"),
    [
        (-62.5, "-62.5", 1),
        ("-62.50", "-62.50", 2),
        (-62, "-62", 0),
        ("-62", "-62", 0),
        (" 12.3 % ", "12.3", 1),
        ("+4", "4", 0),
        (0, "0", 0),
        (-100, "-100", 0),
        ("1e2", "1E+2", 0),
    ],
)
def test_a_claim_keeps_the_decimals_it_was_printed_with(claimed: Any, pct: str, decimals: int) -> None:
    read = read_claimed(claimed)
    assert read.pct == Decimal(pct)
    assert read.decimals == decimals


@pytest.mark.parametrize(
    "claimed", ["", "half", "62,5", float("nan"), float("inf"), "-inf", -100.1, None, 1 / 3, "0.1234567"]
)
def test_what_is_no_printed_percentage_is_refused(claimed: Any) -> None:
    with pytest.raises(SelectionError, match="claimed_pct: expected"):
        read_claimed(claimed)


def test_rounding_by_hand() -> None:
    claim = read_claimed(-62.5)
    # 1,576 to 591 is -62.5; to 590 is -62.563, to 592 -62.437
    assert [claim.rounds_from(1576, count) for count in (590, 591, 592)] == [False, True, False]
    assert claim.needed_from(1576) == (591, 591)
    # 1,561 to 585 is -62.524, to 586 -62.460
    assert claim.needed_from(1561) == (585, 586)
    assert read_claimed(-100).needed_from(1000) == (0, 5)
    # 3 to 1 is -66.7, to 2 is -33.3
    assert claim.needed_from(3) is None


def test_a_tie_may_be_rounded_either_way() -> None:
    # 200 to 199 is -0.5 exactly
    assert read_claimed(0).rounds_from(200, 199)
    assert read_claimed("-1").rounds_from(200, 199)
    assert not read_claimed("-1").rounds_from(201, 200)


@given(st.integers(1, 400), CLAIMS)
def test_the_needed_counts_are_those_that_round_to_the_claim(baseline: int, claim: str) -> None:
    by_trying = [count for count in range(5 * baseline) if rounds_by_decimal(baseline, count, claim)]
    needed = read_claimed(claim).needed_from(baseline)
    assert needed == ((by_trying[0], by_trying[-1]) if by_trying else None)
    assert by_trying == list(range(by_trying[0], by_trying[-1] + 1) if by_trying else [])


@given(st.integers(1, 5000), st.integers(0, 5000), CLAIMS)
def test_rounding_agrees_with_decimal_arithmetic(baseline: int, count: int, claim: str) -> None:
    assert read_claimed(claim).rounds_from(baseline, count) == rounds_by_decimal(baseline, count, claim)


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_the_change_printed_with_two_decimals_rounds_from_its_own_counts(baseline: int, count: int) -> None:
    printed = f"{float(exact_change(baseline, count)):.2f}"
    assert read_claimed(printed).rounds_from(baseline, count)
