"""docs/conformance.md: each published number beside ours, digits agreed, and the exact call."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.conformance.anchors import ANCHORS, cigarettes, monthly, pair, sicily
from tests.validation import FOLDER

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"

INTRODUCTION = """\
# Conformance

Published numbers that a correct interrupted-time-series package reproduces, beside ours. Made by `make conformance`;
the code shown is the code that ran. The data and the published numbers stand outside this repository:
`tests/README.md` says where each file is obtained.

Digits agreed: the largest number of significant digits to which both numbers round alike, out of those printed. A
number holds if it lies within the case's relative tolerance, or rounds to what was printed.
"""

TRAPS = {
    "a ramp that is not centred at the break": "test_ramp_is_centred_at_the_break",
    "Newey-West without n/(n-k) and t": "test_newey_west_has_its_factor_and_t",
    "ARIMA on the raw scale that stops at a wrong optimum": "test_arima_on_the_raw_scale_finds_the_optimum",
    "outer-product standard errors": "test_arima_errors_are_not_outer_products",
    "the first observation dropped (Cochrane-Orcutt)": "test_prais_winsten_keeps_the_first_observation",
    "REML at its boundary reported in silence": "test_reml_at_the_boundary_is_said",
    "a break named by its last old period": "test_a_break_is_named_by_its_first_new_period",
}
"""What goes wrong elsewhere, and the test in tests/conformance/test_traps.py that holds it here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number.

    Attributes
    ----------
    name : str
        Path in `expected.json`, such as ``RR_ci95[0]``.
    published : str
        As printed there.
    ours : str
        To as many significant digits.
    agreed, printed : int
        Significant digits.
    holds : bool
    """

    name: str
    published: str
    ours: str
    agreed: int
    printed: int
    holds: bool


def expected_cases() -> dict[str, dict[str, Any]]:
    """Read `expected.json`, numbers kept as they are written."""
    text = (FOLDER / "expected.json").read_text(encoding="utf-8")
    cases: dict[str, dict[str, Any]] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return cases


def rows_of(case: Mapping[str, Any], values: Mapping[str, Any]) -> list[Row]:
    """Set every number of a case beside ours.

    Raises
    ------
    LookupError
        If one of them is missing on either side.
    """
    further = {name: value for name, value in case.items() if name not in _ABOUT and name != "expect"}
    wanted, ours = dict(_flat({**case["expect"], **further})), dict(_flat(values))
    if set(wanted) != set(ours):
        raise LookupError(f"numbers on one side only: {sorted(set(wanted) ^ set(ours))}")
    tolerance = float(case["tol"])
    return [_row(name, published, float(ours[name]), tolerance) for name, published in wanted.items()]


_ABOUT = ("status", "data", "model", "note", "trap", "tol")


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{path}[{place}]")
    else:
        yield path, value


def _row(name: str, published: Decimal, ours: float, tolerance: float) -> Row:
    printed = len(published.as_tuple().digits)
    agreed = next(
        (digits for digits in range(printed, 0, -1) if _rounded(published, digits) == _rounded(ours, digits)), 0
    )
    rounds = Decimal(ours).quantize(published) == published
    close = abs(ours - float(published)) <= tolerance * abs(float(published))
    return Row(
        name=name,
        published=str(published),
        ours=_rounded(ours, printed),
        agreed=agreed,
        printed=printed,
        holds=bool(rounds or close),
    )


def _rounded(value: float | Decimal, digits: int) -> str:
    return f"{Decimal(f'{value:.{digits - 1}e}'):f}"


def _yes(holds: bool) -> str:
    return "yes" if holds else "NO"


def page() -> str:
    """Write the page: the same text for the same numbers."""
    cases = expected_cases()
    tables = {name: rows_of(case, ANCHORS[name]()) for name, case in cases.items()}
    parts = [INTRODUCTION, _overview(tables), _traps(), _readers()]
    parts += [_section(name, cases[name], rows) for name, rows in tables.items()]
    return "\n".join(parts)


def _overview(tables: Mapping[str, list[Row]]) -> str:
    lines = ["| case | numbers | hold | furthest apart, digits agreed |", "| --- | ---: | ---: | ---: |"]
    for name, rows in tables.items():
        least = min(rows, key=lambda row: (row.agreed - row.printed, -row.printed))
        lines.append(
            f"| [{name}](#{name.lower()}) | {len(rows)} | {sum(row.holds for row in rows)} "
            f"| {least.agreed} of {least.printed} |"
        )
    total = sum(len(rows) for rows in tables.values())
    held = sum(row.holds for rows in tables.values() for row in rows)
    return "\n".join([*lines, f"| all | {total} | {held} | |", ""])


def _traps() -> str:
    lines = [
        "## What goes wrong elsewhere",
        "",
        "| trap | held by `tests/conformance/test_traps.py` |",
        "| --- | --- |",
    ]
    return "\n".join([*lines, *(f"| {trap} | `{test}` |" for trap, test in TRAPS.items()), ""])


def _readers() -> str:
    """Show the functions that the cases share."""
    code = "\n\n".join(inspect.getsource(one).rstrip() for one in (sicily, cigarettes, monthly, pair))
    return "\n".join(["## What the cases share", "", "```python", "import violence_stats as vs", "", code, "```", ""])


def _section(name: str, case: Mapping[str, Any], rows: list[Row]) -> str:
    source = inspect.getsource(ANCHORS[name]).removeprefix("@anchor\n").rstrip()
    about = [f"{word}: {case[word]}" for word in ("status", "data", "model", "note") if word in case]
    lines = [f"## {name}", "", *(f"- {line}" for line in about), f"- tolerance: {case['tol']:f}", ""]
    lines += ["```python", source, "```", ""]
    lines += ["| number | published | ours | digits agreed | holds |", "| --- | ---: | ---: | ---: | --- |"]
    lines += [
        f"| {row.name} | {row.published} | {row.ours} | {row.agreed} of {row.printed} | {_yes(row.holds)} |"
        for row in rows
    ]
    return "\n".join([*lines, ""])
