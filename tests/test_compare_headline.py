"""The comparison that CI makes of the headline numbers. Kind of test: by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("path", "old", "new", "passes"),
    [
        (("breaks", "rate_ratio"), 0.54, 0.55, True),
        (("breaks", "rate_ratio"), 0.54, 0.56, False),
        (("breaks", "rate_ratio_high"), 0.7, 0.71, True),
        (("breaks", "trend_pct"), -1.6, -1.7, True),
        (("breaks", "trend_pct"), -1.6, -1.8, False),
        (("whole", "expected_low"), 1202, 1203, True),
        (("whole", "expected_low"), 1202, 1204, False),
        (("whole", "observed"), 589, 590, False),
        (("claim", "observed_pct"), -62.6, -62.5, False),
        (("probability", "within 1"), 0.99, 1.0, True),
        (("months", "within 1"), 0.99, 1.0, False),
        (("shares", "below 1"), 0.71, 0.72, True),
        (("share_pct", "prior trend"), [10, 45], [11, 45], True),
        (("share_pct", "prior trend"), [10, 45], [12, 45], False),
        (("rows.onset", "number"), [0.5, None, 1.2], [0.51, None, 1.2], True),
        (("rows.onset", "number"), [0.5, None, 1.2], [0.5, 0.1, 1.2], False),
        (("breaks", "at_boundary"), False, True, False),
        (("claim", "verdict"), "close", "wrong", False),
        (("breaks", "rate_ratio"), 0.5, None, False),
        (("series", "windows"), 176, 176.0, False),
    ],
)
def test_only_what_was_fitted_may_tip_over_in_its_last_printed_place(
    tmp_path: Path, path: tuple[str, str], old: object, new: object, passes: bool
) -> None:
    outer, name = path
    done = compare(tmp_path, nested(outer, {name: old}), nested(outer, {name: new}))
    assert done.returncode == (0 if passes else 1)
    assert f"{outer}.{name}" in done.stdout
    assert isinstance(old, list) or f"{name}: committed {old!r}, now {new!r}" in done.stdout


def nested(path: str, value: object) -> object:
    for name in reversed(path.split(".")):
        value = {name: value}
    return value


def test_numbers_in_a_list_go_by_the_name_of_the_list(tmp_path: Path) -> None:
    assert compare(tmp_path, {"p_values": [0.32]}, {"p_values": [0.33]}).returncode == 0
    assert compare(tmp_path, {"needed": [591]}, {"needed": [592]}).returncode == 1
