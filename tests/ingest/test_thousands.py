"""Counts with signs between thousands: what their neighbours tell, and what they cannot.

Kinds of test: by hand; property (any whole number survives any way of writing it).
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.errors import DataError
from violence_stats.ingest.grid import Grid, Value
from violence_stats.ingest.thousands import ThousandsSign, looks_like_number, read_counts_together


def read(*values: Value, thousands: ThousandsSign | None = None) -> list[int | None]:
    grid = Grid(file="t.csv", sheet="", cells={(row, 1): one for row, one in enumerate(values, 1) if one is not None})
    places = [(row, 1) for row in range(1, len(values) + 1)]
    numbers = read_counts_together(grid, places, thousands)
    return [numbers.counts[place] for place in places]


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        (("1.085", "954", "1.102"), [1085, 954, 1102]),
        (("1,085", "954"), [1085, 954]),
        (("1 085", "1\u00a0102", "1\u202f203", "1'304"), [1085, 1102, 1203, 1304]),
        (("1.085.123", "7"), [1085123, 7]),
        (("1.085,0", "954,0"), [1085, 954]),
        (("954.0", "1,085.00"), [954, 1085]),
        ((1.085, 954, 1.1), [1085, 954, 1100]),
        (("1.085", "1.203"), [1085, 1203]),
        (("12*", "13 (p)", "14¹", "15 1/"), [12, 13, 14, 15]),
        (("-", "nd", "s/d", None, "0"), [None, None, None, None, 0]),
        ((12.0, 3), [12, 3]),
    ],
)
def test_what_the_cells_tell(values: tuple[Value, ...], counts: list[int | None]) -> None:
    assert read(*values) == counts


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (("1.085",), r'cell A1.*may be 1,085.*pass thousands="\."'),
        (("1.085", "2", "3"), r"may be 1,085.*cells beside it about 2"),
        ((1.085, 1.203, 1.31), "no cell beside it that could tell"),
        (("1.085", "1,203", "954"), r"a comma in A2 and a point in A1"),
        (("1.5", "954"), "expected a whole number, got '1.5'"),
        (("0.987", "1.085"), "expected a whole number, got '0.987'"),
        (("1,08", "954"), "expected a whole number"),
        ((-3,), "a count of 0 or more"),
        ((float("nan"), 3), "a count of 0 or more"),
        ((float("inf"), 3), "a count of 0 or more"),
        (("diez", "3"), "expected a count, got 'diez'"),
        (("12%", "3"), "expected a count"),
        (("9" * 40, "3"), "expected a count"),
        ((1e300, 3), "at most 15 digits"),
    ],
)
def test_what_cannot_be_known_is_asked(values: tuple[Value, ...], message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(*values)


def test_the_caller_may_tell() -> None:
    assert read("1.085", thousands=".") == [1085]
    assert read(1.085, 1.203, thousands=".") == [1085, 1203]
    with pytest.raises(DataError, match="points between thousands"):
        read("1,085", thousands=".")


@given(numbers=st.lists(st.integers(0, 10**9), min_size=1, max_size=8), sign=st.sampled_from([".", ",", " ", "'"]))
def test_any_number_survives_its_writing(numbers: list[int], sign: ThousandsSign) -> None:
    written = [f"{number:,}".replace(",", sign) for number in numbers]
    assert read(*written, thousands=sign) == numbers
    assert all(looks_like_number(text) for text in written)
