"""What a command prints, and the code that it ends with."""

from __future__ import annotations

import argparse
import json
from typing import Any

DONE, FAILED, MISUSE = 0, 1, 2
"""Done; the data, a fit or a claim failed the check; misuse."""


def show(result: Any, options: argparse.Namespace) -> None:
    """Print what a result says: for people, or for machines."""
    if options.json:
        print(as_json(result.to_dict()))
    else:
        print(result.summary(), end="")


def as_json(value: Any) -> str:
    """Write plain values as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
