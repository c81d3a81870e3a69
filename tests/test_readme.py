"""The README is true, command by command.

Kinds of test: by hand (what it promises is run as it is written).
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import violence_stats as vs
from violence_stats.cli import DONE, main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
COMMANDS = [line.split("#")[0].strip() for language, text in BLOCKS if not language for line in text.splitlines()]
WRITES = ("report", "--update", "--to")


def test_there_are_commands_to_test() -> None:
    assert any(command.startswith("violence-stats claim") for command in COMMANDS)


@pytest.mark.parametrize(
    "command",
    [one for one in COMMANDS if one.startswith("violence-stats") and not any(word in one for word in WRITES)],
)
def test_each_command_that_only_reads_runs_as_it_is_written(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(command)[1:]) == DONE
    assert capsys.readouterr().out


@pytest.mark.parametrize("target", [one.split()[1] for one in COMMANDS if one.startswith("make ")])
def test_each_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_example_runs_and_prints_the_totals(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = (text for language, text in BLOCKS if language == "python")
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102  the example as the reader types it
    assert capsys.readouterr().out.startswith("1576 589\n")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_sentence_to_quote_is_the_one_that_the_package_writes(lang: str) -> None:
    claim = vs.check_claim(vs.load_homicides(), window="2020-H1", baseline="2019-H1", claimed_pct=-62.5)
    assert claim.sentence(lang) in README


def test_what_it_says_of_the_series_is_so() -> None:
    windows = vs.load_homicides().windows
    months = sum(window.is_one_month for window in windows)
    assert f"{len(windows)} windows make the reference series" in README
    assert f"{months} of them are single months" in README


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_each_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).exists()
