"""Compare the headline numbers of a fresh build with the committed ones.

Integers must agree exactly; other numbers are stored as rounded for print and must agree in that rounding.
Usage: python .ci/compare_headline.py COMMITTED FRESH
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


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


def differences(committed: Any, fresh: Any) -> list[str]:
    """Name each number that differs, with its old and new value."""
    old, new = dict(leaves(committed)), dict(leaves(fresh))
    absent = "absent"
    return [
        f"{path}: committed {old.get(path, absent)!r}, now {new.get(path, absent)!r}"
        for path in sorted(old.keys() | new.keys())
        if old.get(path, absent) != new.get(path, absent)
    ]


def main(committed: str, fresh: str) -> int:
    """Print what differs; exit 1 if anything does."""
    found = differences(*(json.loads(Path(name).read_text(encoding="utf-8")) for name in (committed, fresh)))
    for line in found:
        print(line)
    print(f"headline: {len(found)} numbers differ from {committed}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
