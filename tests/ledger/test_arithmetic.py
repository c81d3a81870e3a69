"""Arithmetic on figure ids: by hand, what is refused, and a property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.errors import DataError
from violence_stats.ledger.arithmetic import evaluate, parse_arithmetic


def test_a_sum_is_read_and_comes_out() -> None:
    terms = parse_arithmetic("F0423 - F0430 + F0445")
    assert terms == ((1, "F0423"), (-1, "F0430"), (1, "F0445"))
    # 10 - 4 + 3
    assert evaluate(terms, {"F0423": 10, "F0430": 4, "F0445": 3, "F9": 100}) == 9


def test_one_figure_is_arithmetic_too() -> None:
    assert parse_arithmetic(" F1 ") == ((1, "F1"),)


@pytest.mark.parametrize("text", ["", "-F1", "+ F1", "F1 F2", "F1 -", "F1 * F2", "F1 - 3", "12", "F1 -- F2"])
def test_anything_else_is_refused_and_shown(text: str) -> None:
    with pytest.raises(DataError, match="expected ids joined by") as caught:
        parse_arithmetic(text)
    assert repr(text) in str(caught.value)


def test_a_figure_named_twice_is_refused() -> None:
    with pytest.raises(DataError, match="names a figure twice"):
        parse_arithmetic("F1 - F2 + F1")


def test_every_id_without_a_value_is_named() -> None:
    with pytest.raises(DataError, match="no figure has the id F2, F3"):
        evaluate(parse_arithmetic("F1 - F2 + F3"), {"F1": 1})


@given(
    st.lists(
        st.tuples(st.sampled_from([1, -1]), st.integers(0, 9999), st.integers(0, 5000)),
        min_size=1,
        max_size=12,
        unique_by=lambda term: term[1],
    )
)
def test_what_is_written_is_read_back(drawn: list[tuple[int, int, int]]) -> None:
    terms = [(1, *drawn[0][1:]), *drawn[1:]]
    text = " ".join(("+ " if sign > 0 else "- ") + f"F{number:04d}" for sign, number, _ in terms).removeprefix("+ ")
    values = {f"F{number:04d}": value for _, number, value in terms}
    assert evaluate(parse_arithmetic(text), values) == sum(sign * value for sign, _, value in terms)
