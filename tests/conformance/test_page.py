"""docs/conformance.md: that it parses, that its calls exist, and that its numbers are those of today's code.

Kinds of test: by hand (digits agreed), the committed page against the program that makes it, reference (the cases that
need no outside data are recomputed everywhere, the others where the validation folder is).
"""

from __future__ import annotations

import ast
import inspect
import re
from decimal import Decimal

import pytest

import violence_stats as vs
from tests.conformance import test_traps
from tests.conformance.anchors import ANCHORS, WITHOUT_OUTSIDE_DATA
from tests.conformance.page import PAGE, TRAPS, _flat, _row, page, rows_of
from tests.validation import needs_validation

TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", TEXT, flags=re.MULTILINE | re.DOTALL))
CASES = [name for name in SECTIONS if "```python" in SECTIONS[name]]

# Optimisers on other machines stop elsewhere by this much, relative.
OTHER_MACHINE = 1e-4


def numbers_of(name: str) -> dict[str, tuple[str, str, bool]]:
    """Published, ours and whether it holds, by name, from the committed page."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| \d+ of \d+ \| (yes|NO) \|$", SECTIONS[name], re.MULTILINE)
    return {number: (published, ours, holds == "yes") for number, published, ours, holds in rows}


def test_every_case_is_on_the_page_with_all_its_numbers_holding() -> None:
    assert sorted(CASES) == sorted(ANCHORS)
    for name in CASES:
        assert numbers_of(name), name
        assert [number for number, (_, _, holds) in numbers_of(name).items() if not holds] == [], name


def code_of(name: str) -> str:
    """The call shown for a case."""
    code = re.search(r"```python\n(.*?)```", SECTIONS[name], re.DOTALL)
    assert code is not None
    return code.group(1)


@pytest.mark.parametrize("name", CASES)
def test_the_code_on_the_page_is_the_code_that_runs(name: str) -> None:
    assert code_of(name).rstrip() == inspect.getsource(ANCHORS[name]).removeprefix("@anchor\n").rstrip()


@pytest.mark.parametrize("name", CASES)
def test_the_calls_on_the_page_exist(name: str) -> None:
    calls = {
        node.attr
        for node in ast.walk(ast.parse(code_of(name)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "vs"
    }
    assert calls
    assert calls <= set(vs.__all__)


@pytest.mark.parametrize("name", WITHOUT_OUTSIDE_DATA)
def test_what_needs_no_outside_data_comes_out_again(name: str) -> None:
    ours = dict(_flat(ANCHORS[name]()))
    printed = numbers_of(name)
    assert set(ours) == set(printed)
    for number, value in ours.items():
        shown = Decimal(printed[number][1])
        last_place = 10.0 ** int(shown.as_tuple().exponent)
        assert float(shown) == pytest.approx(float(value), rel=OTHER_MACHINE, abs=last_place / 2), number


@needs_validation
def test_the_committed_page_is_what_the_program_writes() -> None:
    """Text alike; numbers within what another machine moves them by."""
    number = re.compile(r"-?\d+\.\d+")
    fresh = page()
    assert number.sub("#", re.sub(r"\d+ of \d+", "", fresh)) == number.sub("#", re.sub(r"\d+ of \d+", "", TEXT))
    pairs = zip(number.findall(fresh), number.findall(TEXT), strict=True)
    assert [(new, old) for new, old in pairs if float(new) != pytest.approx(float(old), rel=OTHER_MACHINE)] == []


def test_each_trap_has_its_test() -> None:
    for trap, test in TRAPS.items():
        assert callable(getattr(test_traps, test, None)), trap
        assert f"| {trap} | `{test}` |" in TEXT


@pytest.mark.parametrize(
    ("published", "ours", "agreed", "holds"),
    [
        ("0.89438", 0.894376, 5, True),  # rounds to all that was printed
        ("0.89438", 0.894426, 4, False),  # 0.8944, but 0.89443
        ("1469", 1469.18, 4, True),
        ("1469", 1470.2, 3, True),  # 147x: within a thousandth
        ("-3.25", 3.25, 0, False),
        ("5.4086e-8", 5.40857e-8, 5, True),
    ],
)
def test_digits_agreed_by_hand(published: str, ours: float, agreed: int, holds: bool) -> None:
    tolerance = 1e-3 if published == "1469" else 1e-6
    row = _row("x", Decimal(published), ours, tolerance)
    assert (row.agreed, row.holds) == (agreed, holds)


@pytest.mark.parametrize("ours", [{"a": 1.0}, {"a": 1.0, "b": [2.0], "c": 3.0}])
def test_a_number_on_one_side_only_is_an_error(ours: dict[str, object]) -> None:
    case = {"expect": {"a": Decimal("1.0"), "b": [Decimal("2.0")]}, "tol": Decimal("1e-3")}
    with pytest.raises(LookupError, match="numbers on one side only"):
        rows_of(case, ours)
