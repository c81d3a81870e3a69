"""Published numbers that stand outside the repository: where they are, and a skip where they are not.

The folder is `$VIOLENCE_STATS_VALIDATION`, by default `../shared/validation` beside the repository.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

_REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("VIOLENCE_STATS_VALIDATION", _REPOSITORY.parent / "shared" / "validation"))
needs_validation = pytest.mark.skipif(
    not (FOLDER / "expected.json").is_file(), reason="validation data absent: set VIOLENCE_STATS_VALIDATION"
)


def expected(name: str) -> dict[str, Any]:
    """Give one entry of `expected.json`."""
    entry: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))[name]
    return entry


def table(name: str) -> pd.DataFrame:
    """Read one of the data files."""
    return pd.read_csv(FOLDER / name)
