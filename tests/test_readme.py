"""The README is true, command by command.

Kinds of test: by hand (what it promises is run as it is written).
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ingest.conftest import MONTHS
from tests.ingest.spreadsheets import xlsx
from violence_stats.cli import DONE, main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guia.md").read_text(encoding="utf-8")


def blocks_of(page: str) -> list[tuple[str, str]]:
    return re.findall(r"^```(\w*)\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)


BLOCKS = blocks_of(README)
COMMANDS = [line.split("#")[0].strip() for language, text in BLOCKS if not language for line in text.splitlines()]
COUNTS = [
    (300 + 5 * (month % 3), 300 if month < 3 else 203 + 4 * (month % 2), 200 + 3 * (month % 4)) for month in range(12)
]
OWN_CASE = [command for command in COMMANDS if "my-case" in command or "homicidios.xlsx" in command]
WRITES = ("report", "--update", "--to", "my-case", "homicidios.xlsx")


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


def test_the_commands_for_a_case_of_ones_own_run_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[name, *counts] for name, counts in zip(MONTHS, COUNTS, strict=True)]
    (tmp_path / "homicidios.xlsx").write_bytes(xlsx([["Mes", 2022, 2023, 2024], *rows]))
    (tmp_path / "poblacion.csv").write_text("Año;Población\n2022;9.700.000\n2023;9.800.000\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(OWN_CASE) > 8
    for command in OWN_CASE:
        if " report " not in command:
            assert main(shlex.split(command)[1:]) == DONE, capsys.readouterr().err
    assert vs.load_population("HND", case="my-case").to_dict() == {2022: 9_700_000, 2023: 9_800_000}
    assert vs.load_homicides("my-case").total("2022") == sum(year for year, *_ in COUNTS)


@pytest.mark.parametrize(
    ("block", "first_line"), [(0, "1576 589"), (1, "2020-H1 against 2019-H1: 589 against 1,576 homicides, -62.6%")]
)
def test_the_examples_run_and_print_the_totals(block: int, first_line: str, capsys: pytest.CaptureFixture[str]) -> None:
    examples = [text for language, text in BLOCKS if language == "python"]
    exec(compile(examples[block], "README.md", "exec"), {})  # noqa: S102  the example as the reader types it
    assert capsys.readouterr().out.startswith(first_line)


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


def test_the_reading_it_gives_is_the_one_that_the_rules_give() -> None:
    evidence = vs.weigh_evidence("2019-06")
    assert f"reads *{evidence.reading}*" in README.replace("\n", " ")


def without_comments(block: str) -> str:
    return re.sub(r" +#.*", "", block)


def test_the_spanish_guide_types_what_the_readme_types() -> None:
    readme = [(language, without_comments(text)) for language, text in BLOCKS]
    guide = [(language, without_comments(text)) for language, text in blocks_of(GUIDE)]
    assert len(guide) > 4
    assert [one for one in guide if one not in readme] == []


def test_the_spanish_guide_gives_the_answer_of_the_readme() -> None:
    answer = re.search(r"entre (62\.\d) % y (62\.\d) %", GUIDE)
    assert answer
    assert "a fall of {}% to {}%".format(*answer.groups()) in README.replace("\n", " ")
