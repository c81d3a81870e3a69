"""Compare the headline numbers of a fresh build with the committed ones.

Published counts, sums of them, dates, names and verdicts must agree exactly. What a fit gave is stored as it is
printed, so that another machine's last bits can tip it over to the next printed value and no further: such numbers may
differ by one unit of their last printed place, as `TOLERANCES` states by name. A number that differs within its
tolerance is told and passes; a name that states no tolerance has none.

Usage: python .ci/compare_headline.py COMMITTED FRESH
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOLERANCES: dict[str, float] = {
    r"rate_ratio(_low|_high)?": 0.01,
    r"rate_ratios\.[^.]+|shares\.[^.]+": 0.01,
    r"first_year(_flat)?|share_undone|rows\.[^.]+\.number": 0.01,
    r"p_values|probability_by_number|probability\.within \d+": 0.01,
    r"trend_pct|true_step|no_step": 0.1,
    r"months_to_80_pct|outlook\.[^.]+\.[^.]+": 0.1,
    r"expected\w*|share_pct\.[^.]+|smallest_change_pct": 1,
}
"""Largest difference that passes, by the end of the path to the number, places in lists left away."""

_ROUNDING = 1e-9  # of decimal numbers in binary


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give every number or text in a JSON value with the path to it."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from leaves(below, f"{path}[{place}]")
    else:
        yield path, value


def tolerance(path: str) -> float:
    """Give how far the number at a path may differ."""
    plain = re.sub(r"\[\d+\]", "", path)
    return next((limit for end, limit in TOLERANCES.items() if re.search(rf"(?:^|\.)(?:{end})$", plain)), 0.0)


def agrees(old: Any, new: Any, limit: float) -> bool:
    """Whether two values are equal, or numbers that differ by no more than the limit."""
    if isinstance(old, bool | str | None) or isinstance(new, bool | str | None):
        return type(old) is type(new) and old == new
    return limit > 0 and abs(old - new) <= limit + _ROUNDING


def differences(committed: Any, fresh: Any) -> tuple[list[str], list[str]]:
    """Name each number that differs, with its old and new value: those beyond their tolerance, and those within."""
    old, new = dict(leaves(committed)), dict(leaves(fresh))
    absent = "absent"
    beyond, within = [], []
    for path in sorted(old.keys() | new.keys()):
        before, after = old.get(path, absent), new.get(path, absent)
        if type(before) is not type(after) or before != after:
            fine = agrees(before, after, tolerance(path))
            (within if fine else beyond).append(f"{path}: committed {before!r}, now {after!r}")
    return beyond, within


def main(committed: str, fresh: str) -> int:
    """Print what differs; exit 1 if anything does beyond its tolerance."""
    beyond, within = differences(*(json.loads(Path(name).read_text(encoding="utf-8")) for name in (committed, fresh)))
    for line in within:
        print(f"{line} (within the last printed place)")
    for line in beyond:
        print(line)
    print(f"headline: {len(beyond)} numbers differ from {committed}; {len(within)} in their last printed place")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
