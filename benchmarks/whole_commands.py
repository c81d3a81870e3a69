"""Whole processes: importing the package, and building the report."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.measurement import compare


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def lines() -> Iterator[str]:
    """Time the import beside that of pandas, and one build of the report."""
    yield compare(
        "import violence_stats",
        lambda: _python("import violence_stats"),
        "import pandas",
        lambda: _python("import pandas"),
    ).line()
    yield compare(
        "load the homicide series, imports included",
        lambda: _python("import violence_stats as vs; vs.load_homicides()"),
        "import pandas",
        lambda: _python("import pandas"),
    ).line()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "violence_stats", "report", "--to", folder], check=True, capture_output=True
        )
        yield f"violence-stats report, both languages: {time.perf_counter() - start:.1f} s"
