"""No network, ever: whole commands in a process that ends at once if anything asks for a socket that leads out.

Kinds of test: by hand (an audit hook in the process and in every Python process that it starts).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.spreadsheets import xlsx
from tests.reliability.test_interrupted import make_case

ASKED = 97
"""Exit code of a process that asked for the network; no command of ours has it."""

HOOK = f"""
import os, sys

def refuse(event, details):
    if event == "socket.__new__" and details[1] in (-1, 0, 1):  # not stated, or between processes of this machine
        return
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) and event != "socket.gethostname":
        os.write(2, f"asked for the network: {{event}} {{details}}".encode())
        os._exit({ASKED})

sys.addaudithook(refuse)
"""

COMMANDS = {
    "load": ["series"],
    "claim": ["claim", "--window", "2020-H1", "--baseline", "2019-H1", "--claimed=-62.5"],
    "fit": ["fit", "--span", "2016-04", "2020-06", "--step", "2019-06"],
    "breaks": ["breaks", "--span", "2013-01", "2015-12", "--most", "1"],
    "evidence": ["evidence", "--event", "2019-06", "--as-of", "2020-09-30"],
    "read": ["read", "table.xlsx"],
    "report": ["report", "case", "--to", "report", "--lang", "en"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands run: a case, a table, and the hook that every Python process loads as it starts."""
    place = tmp_path_factory.mktemp("offline")
    make_case(place / "case")
    rows = [("mes", "homicidios"), ("2020-01", 119), ("2020-02", 114), ("2020-03", 65)]
    (place / "table.xlsx").write_bytes(xlsx({"Hoja1": rows}))
    (place / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    return place


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    paths = [str(folder), str(Path(__file__).parents[2])]
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_no_command_asks_for_the_network(folder: Path) -> None:
    commands = list(COMMANDS.values())
    ended = run(folder, "-c", f"from violence_stats.cli import main\nfor words in {commands!r}: print(main(words))")
    codes = [line for line in ended.stdout.splitlines() if line in ("0", "1", "2")]
    assert ended.returncode == 0, ended.stderr
    assert codes == ["0"] * len(commands)
    assert "asked for the network" not in ended.stderr


@pytest.mark.parametrize(
    "script",
    [
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')",
        "import socket; socket.create_connection(('192.0.2.1', 80))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', 'import socket; "
        "socket.socket(socket.AF_INET)']))",
    ],
)
def test_the_hook_would_see_it(folder: Path, script: str) -> None:
    assert run(folder, "-c", script).returncode == ASKED
