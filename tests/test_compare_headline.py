"""The comparison that CI makes of the headline numbers. Kind of test: by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1] / ".ci" / "compare_headline.py"


def compare(folder: Path, committed: object, fresh: object) -> subprocess.CompletedProcess[str]:
    names = []
    for name, value in (("committed.json", committed), ("fresh.json", fresh)):
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
        names.append(str(folder / name))
    return subprocess.run([sys.executable, str(PROGRAM), *names], capture_output=True, text=True, check=False)


def test_equal_numbers_pass(tmp_path: Path) -> None:
    done = compare(tmp_path, {"claim": {"count": 589}}, {"claim": {"count": 589}})
    assert done.returncode == 0


def test_a_difference_names_the_number_with_old_and_new(tmp_path: Path) -> None:
    done = compare(tmp_path, {"claim": {"pct": [-62.6, 1]}}, {"claim": {"pct": [-62.5, 1]}})
    assert done.returncode == 1
    assert "claim.pct[0]: committed -62.6, now -62.5" in done.stdout


def test_a_number_that_went_missing_is_a_difference(tmp_path: Path) -> None:
    done = compare(tmp_path, {"claim": {"count": 589}}, {"claim": {}})
    assert done.returncode == 1
    assert "claim.count: committed 589, now 'absent'" in done.stdout
