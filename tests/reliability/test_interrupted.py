"""Commands that are killed, that meet another one at work, or that find no room: the case and the report stay whole.

Kinds of test: by hand (real processes, ended with the signal that cannot be caught).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import violence_stats as vs
from violence_stats.cli import DONE, MISUSE, main
from violence_stats.errors import ChecksumError, LockedError, OutputError
from violence_stats.folder_lock import LOCK_FILE, lock_folder
from violence_stats.ledger import checksums
from violence_stats.writing import READY, hold_folder

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)

DYING = """
    import os, pathlib, sys
    from violence_stats.cli import main

    step, deadly = sys.argv[1], int(sys.argv[2])
    whole, calls = getattr(pathlib.Path, step), []

    def dying(path, target):
        calls.append(path)
        if len(calls) == deadly:
            os.kill(os.getpid(), int(sys.argv[3]))
        return whole(path, target)

    setattr(pathlib.Path, step, dying)
    main(sys.argv[4:])
"""
"""Runs a command and kills it at the n-th call of a step: 'rename' decides, 'replace' puts one file in place."""


def make_case(folder: Path) -> Path:
    made = vs.new_case(folder, country="HND").folder
    months = [vs.NewFigure(window=f"2024-{n:02d}", value=200 + n, publisher="POL") for n in range(1, 5)]
    vs.add_figures(made, months, vs.NewSource(title="A bulletin", date="2024-05"))
    return made


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


def scraps_of(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def killed(step: str, deadly: int, *words: object) -> None:
    command = [sys.executable, "-c", textwrap.dedent(DYING), step, str(deadly), str(int(KILL)), *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == -KILL, ended.stderr


def words_of_add(case: Path, month: str = "2024-05", value: int = 300) -> list[str]:
    document = ["--publisher", "POL", "--title", f"The bulletin of {month}", "--date", "2024-12"]
    return ["add", str(case), "--window", month, "--value", str(value), *document]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make_case(tmp_path / "case")


def test_an_addition_killed_before_it_is_decided_never_was(case: Path) -> None:
    before = files_of(case)
    killed("rename", 1, *words_of_add(case))
    assert files_of(case) == before
    assert vs.verify_case(case).ok
    assert main(words_of_add(case)) == DONE
    assert vs.load_homicides(case).total("2024-05") == 300
    assert scraps_of(case) == []


@pytest.mark.parametrize("n_placed", [0, 1, 3])
def test_an_addition_killed_while_files_are_placed_is_finished_by_the_next_to_open(case: Path, n_placed: int) -> None:
    killed("replace", n_placed + 1, *words_of_add(case))
    assert (case / READY).is_dir()
    assert vs.load_homicides(case).total("2024-05") == 300
    assert vs.verify_case(case).ok
    assert scraps_of(case) == []


def test_verify_alone_finishes_it_too(case: Path) -> None:
    killed("replace", 2, *words_of_add(case))
    assert vs.verify_case(case).ok
    assert scraps_of(case) == []


def test_an_update_that_is_killed_leaves_the_old_checksums(case: Path) -> None:
    figures = case / "figures.csv"
    figures.write_bytes(figures.read_bytes().replace(b",high,", b",medium,", 1))
    before = files_of(case)
    killed("rename", 1, "verify", case, "--update")
    assert files_of(case) == before
    with pytest.raises(ChecksumError):
        vs.load_case(case)
    assert vs.update_package(case) == ("figures.csv",)
    assert vs.verify_case(case).ok
    assert scraps_of(case) == []


def test_an_update_that_is_killed_later_is_finished(case: Path) -> None:
    figures = case / "figures.csv"
    figures.write_bytes(figures.read_bytes().replace(b",high,", b",medium,", 1))
    killed("replace", 1, "verify", case, "--update")
    assert vs.load_case(case).ledger.figures["F0001"].quality == "medium"


def test_a_new_case_that_is_killed_is_made_by_the_next_try(tmp_path: Path) -> None:
    words = ["new", str(tmp_path / "case"), "--country", "HND"]
    killed("rename", 1, *words)
    assert files_of(tmp_path / "case") == {}
    assert main(words) == DONE
    assert vs.verify_case(tmp_path / "case").ok


def test_a_claim_that_stands_ready_is_there_at_the_first_load(case: Path) -> None:
    claim = (case / "claims.toml").read_text(encoding="utf-8")
    claim += '[[claims]]\nid = "one"\nkind = "figure"\nquestion = "claim"\nreported_in = []\n'
    claim += '[claims.text]\nen = "It fell."\nes = "Bajó."\n[claims.made_by]\nen = "the police"\nes = "la policía"\n'
    (case / "claims.toml").unlink()
    (case / READY).mkdir()
    (case / READY / "claims.toml").write_text(claim, encoding="utf-8")
    assert [one.claim_id for one in vs.load_case(case).claims] == ["one"]


def test_a_report_killed_while_it_is_typeset_leaves_the_old_one_and_killed_later_the_new_one(
    case: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "report"
    words = ["report", str(case), "--to", str(folder), "--lang", "es"]
    before = {"honduras.es.pdf": b"the old report", "headline.json": b"its numbers", "charts/timeline.csv": b"old"}
    (folder / "charts").mkdir(parents=True)
    for name, content in before.items():
        (folder / name).write_bytes(content)

    process = subprocess.Popen(
        [sys.executable, "-m", "violence_stats", *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert process.stderr is not None
    while not (line := process.stderr.readline()).strip().startswith("typesetting"):
        assert line, "the report ended before it was typeset"
    process.kill()
    process.communicate()
    assert files_of(folder) == before
    assert scraps_of(folder)

    killed("replace", 3, *words)
    assert (folder / READY).is_dir()
    with hold_folder(folder):
        assert scraps_of(folder) == [LOCK_FILE]
    after = files_of(folder)
    assert all(after[name] != content for name, content in before.items())
    assert "charts/timeline.es.svg" in after


def test_additions_of_two_processes_at_once_both_land(case: Path) -> None:
    months = ["2024-05", "2024-06", "2024-07"]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "violence_stats", *words_of_add(case, month, 100 + place)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for place, month in enumerate(months)
    ]
    said = [(process.communicate()[1], process.returncode) for process in processes]
    assert said == [("", DONE)] * 3
    figures = vs.load_case(case).ledger.figures
    assert list(figures) == [f"F{n:04d}" for n in range(1, 8)]
    assert {one.value for one in figures.values()} >= {100, 101, 102}
    assert vs.verify_case(case).ok


def test_an_addition_to_a_case_that_is_held_names_the_holder(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    before = files_of(case)
    with lock_folder(case):
        assert main(words_of_add(case)) == MISUSE
        with pytest.raises(LockedError):
            vs.write_report(case)
        assert vs.load_case(case).case_id == "case"
    assert f"is being written to by process {os.getpid()} on" in capsys.readouterr().err
    assert files_of(case) == before


FULL_AT = {"a file": "write_bytes", "a folder": "mkdir"}


@pytest.mark.parametrize("what", FULL_AT)
def test_a_full_disk_leaves_the_case_as_it_was(case: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    before = files_of(case)

    def fill(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, FULL_AT[what], fill)
    with pytest.raises(OutputError, match=r"case' cannot be written to \(No space left on device\)"):
        vs.add_figure(case, vs.NewFigure(window="2024-05", value=3, publisher="POL"), vs.NewSource(title="Two"))
    monkeypatch.undo()
    assert files_of(case) == before
    assert scraps_of(case) == []
    assert vs.verify_case(case).ok


def test_a_read_only_case_is_read_and_not_written(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> int:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    assert vs.load_homicides(case).total("2024-04") == 204
    assert vs.update_package(case) == ()
    with pytest.raises(OutputError, match="Read-only file system"):
        vs.add_figure(case, vs.NewFigure(window="2024-05", value=3, publisher="POL"), vs.NewSource(title="Two"))
    with pytest.raises(OutputError, match="Read-only file system"):
        vs.write_report(case / "report")


def test_a_reader_meets_all_old_or_all_new_files_of_a_writer_at_work(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_one, written = checksums._read_one, []

    def read_late(folder: Path, path: str, stated: str) -> bytes:
        if path == "sources.csv" and not written:
            written.append(path)
            assert main(words_of_add(case)) == DONE
        return read_one(folder, path, stated)

    monkeypatch.setattr(checksums, "_read_one", read_late)
    assert vs.load_homicides(case).total("2024-05") == 300
    assert written == ["sources.csv"]
