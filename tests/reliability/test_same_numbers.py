"""The same numbers elsewhere: one thread by default, and settings of the machine that no number may depend on.

Kinds of test: by hand (processes with other environments).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from violence_stats.cli import THREAD_VARIABLES

FIT = ["fit", "--span", "2016-04", "2020-06", "--step", "2019-06", "--json"]
SCRIPT = """
import os, sys
from violence_stats.cli import THREAD_VARIABLES, main
main(sys.argv[1:])
print([os.environ.get(name) for name in THREAD_VARIABLES], len(os.listdir("/proc/self/task")), file=sys.stderr)
"""


def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in THREAD_VARIABLES}
    return subprocess.run(
        [sys.executable, *words], env={**bare, **variables}, capture_output=True, encoding="utf-8", check=True
    )


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux lists them")
def test_a_command_takes_one_thread_unless_told() -> None:
    said = run("-c", SCRIPT, "series").stderr
    assert said.strip() == "['1', '1', '1', '1'] 1"
    told = run("-c", SCRIPT, "series", OMP_NUM_THREADS="2").stderr
    assert told.startswith("['2', '1', '1', '1']")


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "America/El_Salvador"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "es_SV.UTF-8", "LANG": "es_SV.UTF-8", "TZ": "Pacific/Kiritimati"},
    ],
    ids=["locale C", "Spanish, another day"],
)
def test_hash_seed_locale_and_time_zone_change_nothing(variables: dict[str, str], plain: str) -> None:
    assert run("-m", "violence_stats", *FIT, **variables).stdout == plain


@pytest.fixture(scope="module")
def plain() -> str:
    return run("-m", "violence_stats", *FIT).stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_output_is_written_whatever_the_system_encodes_in(tmp_path: Path, encoding: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text("mes,homicidios\n2020-01,119\n2020-02,114\n", encoding="utf-8")
    ended = run("-m", "violence_stats", "read", str(table), PYTHONIOENCODING=encoding)
    assert "2020-01  119  ██" in ended.stdout
