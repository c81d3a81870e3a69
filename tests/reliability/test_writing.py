"""Files of a folder that belong together: all old or all new, whoever dies in between.

Kinds of test: by hand (a process killed before and after every single step; two processes at once; a full disk).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from violence_stats.errors import LockedError, OutputError
from violence_stats.folder_lock import LOCK_FILE, lock_folder
from violence_stats.writing import READY, STAGED, finish_writing, hold_folder

OLD = {"figures.csv": b"old figures", "sources.csv": b"old sources", "charts/one.svg": b"old chart"}
NEW = {"figures.csv": b"new figures", "sources.csv": b"new sources", "charts/one.svg": b"new chart"}
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)

KILLED = """
    import os, pathlib, sys
    from violence_stats.writing import hold_folder

    folder, step, deadly = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    calls = 0

    def dying(whole):
        def call(*args, **options):
            global calls
            calls += 1
            if calls == deadly:
                os.kill(os.getpid(), int(sys.argv[4]))
            return whole(*args, **options)
        return call

    owner = os if step == "fsync" else pathlib.Path
    setattr(owner, step, dying(getattr(owner, step)))
    new = {"figures.csv": b"new figures", "sources.csv": b"new sources", "charts/one.svg": b"new chart"}
    with hold_folder(folder) as writer:
        writer.replace(new)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in OLD.items():
        path = tmp_path / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "case"


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of the folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("step", "deadly", "decided"),
    [
        ("mkdir", 2, False),
        ("write_bytes", 1, False),
        ("write_bytes", 3, False),
        ("fsync", 1, False),
        ("fsync", 3, False),
        ("rename", 1, False),
        ("replace", 1, True),
        ("replace", 2, True),
        ("replace", 3, True),
        ("fsync", 4, True),
    ],
)
def test_a_writer_that_is_killed_leaves_all_old_or_what_the_next_one_finishes(
    folder: Path, step: str, deadly: int, decided: bool
) -> None:
    killed = run(KILLED, folder, step, deadly, int(KILL))
    assert killed.returncode == -KILL, killed.stderr
    if not decided:
        assert contents(folder).items() >= OLD.items()
    finish_writing(folder)
    assert contents(folder).items() >= (NEW if decided else OLD).items()
    with hold_folder(folder) as writer:
        writer.replace(NEW)
    assert contents(folder) == NEW


def test_a_writer_that_is_killed_after_all_renames_has_written(folder: Path) -> None:
    killed = run(
        KILLED.replace('"fsync"', '"nothing"').replace("else pathlib.Path", "else __import__('shutil')"),
        folder,
        "rmtree",
        2,
        int(KILL),
    )
    assert killed.returncode == -KILL, killed.stderr
    assert contents(folder).items() >= NEW.items()
    finish_writing(folder)
    assert contents(folder) == NEW


def test_half_written_files_are_never_taken_for_whole_ones(folder: Path) -> None:
    (folder / STAGED).mkdir()
    (folder / STAGED / "figures.csv").write_bytes(b"new fig")
    finish_writing(folder)
    assert contents(folder).items() >= OLD.items()
    with hold_folder(folder):
        assert not (folder / STAGED).exists()


def test_a_block_that_raises_changes_nothing(folder: Path) -> None:
    def fail(stage: Path) -> None:
        (stage / "figures.csv").write_bytes(b"new")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), hold_folder(folder) as writer, writer.staging() as stage:
        fail(stage)
    assert contents(folder) == OLD


def test_an_error_about_another_file_is_not_blamed_on_the_folder(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="elsewhere"), hold_folder(folder) as writer, writer.staging():
        (tmp_path / "elsewhere").read_bytes()
    assert contents(folder) == OLD


HOLDING = """
    import pathlib, sys
    from violence_stats.folder_lock import lock_folder

    with lock_folder(pathlib.Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the folder locked until its input ends."""
    command = [sys.executable, "-c", textwrap.dedent(HOLDING), str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_who_holds_the_folder_is_named(folder: Path, holder: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(LockedError, match=rf"'.*case' is being written to by process {holder.pid} on .+: wait until"),
        hold_folder(folder, patience_s=0),
    ):
        pass
    assert {name: content for name, content in contents(folder).items() if name != LOCK_FILE} == OLD


def test_a_lock_ends_with_the_process_that_is_killed(folder: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert (folder / LOCK_FILE).exists()
    with hold_folder(folder, patience_s=0) as writer:
        writer.replace(NEW)
    assert contents(folder) == NEW


def test_a_writer_waits_for_one_that_finishes(folder: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    holder.stdin.close()
    with hold_folder(folder, patience_s=30):
        pass
    holder.stdin = None


def test_two_threads_of_one_process_exclude_each_other_too(folder: Path) -> None:
    with (
        lock_folder(folder),
        pytest.raises(LockedError, match=f"process {os.getpid()} on"),
        hold_folder(folder, patience_s=0),
    ):
        pass


COUNTING = """
    import pathlib, sys
    from violence_stats.writing import hold_folder

    folder = pathlib.Path(sys.argv[1])
    for _ in range(10):
        with hold_folder(folder, patience_s=60) as writer:
            figures, sources = (int((folder / name).read_bytes()) for name in ("figures.csv", "sources.csv"))
            writer.replace({"figures.csv": b"%d" % (figures + 1), "sources.csv": b"%d" % (sources + 1)})
"""


def test_no_change_of_two_processes_at_once_is_lost(tmp_path: Path) -> None:
    with hold_folder(tmp_path) as writer:
        writer.replace({"figures.csv": b"0", "sources.csv": b"0"})
    command = [sys.executable, "-c", textwrap.dedent(COUNTING), str(tmp_path)]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[1] for process in processes] == [""] * 3
    assert contents(tmp_path) == {"figures.csv": b"30", "sources.csv": b"30"}


def full_disk(*_args: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["mkdir", "write_bytes"])
def test_a_full_disk_changes_nothing_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    with hold_folder(folder) as writer:
        monkeypatch.setattr(Path, step, lambda *_args, **_options: full_disk())
        with pytest.raises(OutputError, match=r"\(No space left on device\): .* its files are as they were"):
            writer.replace(NEW)
    assert contents(folder) == OLD


def test_a_disk_that_fills_when_the_files_are_flushed_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OutputError, match="No space left"), hold_folder(folder) as writer:
        writer.replace(NEW)
    assert contents(folder) == OLD


def test_a_full_disk_leaves_no_lock_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", full_disk)
    with hold_folder(folder):
        assert (folder / LOCK_FILE).read_bytes() == b""
        with pytest.raises(LockedError, match="being written to by another process"), lock_folder(folder, patience_s=0):
            pass
    assert contents(folder) == OLD


def test_a_folder_that_may_not_be_written_to_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_args: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with (
        pytest.raises(OutputError, match=r"case' cannot be locked for writing \(Read-only file system\)"),
        hold_folder(folder),
    ):
        pass


def test_a_file_that_another_program_keeps_open_is_named_and_its_change_finished_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "figures.csv":
            raise PermissionError(13, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with (
        pytest.raises(OutputError, match=r"figures\.csv cannot be written .*: close it in other programs"),
        hold_folder(folder) as writer,
    ):
        writer.replace(NEW)
    assert (folder / READY).is_dir()
    monkeypatch.undo()
    finish_writing(folder)
    assert contents(folder) == NEW


def test_a_file_keeps_its_permissions(folder: Path) -> None:
    (folder / "figures.csv").chmod(0o640)
    with hold_folder(folder) as writer:
        writer.replace(NEW)
    assert (folder / "figures.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("link", ["charts", f"{READY}/charts/one.svg"])
def test_links_in_a_folder_from_elsewhere_lead_nowhere(folder: Path, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "one.svg").write_bytes(b"mine")
    (folder / "charts" / "one.svg").unlink()
    (folder / "charts").rmdir()
    (folder / READY / "charts").mkdir(parents=True)
    if link == "charts":
        (folder / READY / "charts" / "one.svg").write_bytes(b"theirs")
        (folder / link).symlink_to(outside)
    else:
        (folder / link).symlink_to(outside / "one.svg")
    with pytest.raises(OutputError, match="would lead out of the folder"):
        finish_writing(folder)
    assert contents(outside) == {"one.svg": b"mine"}


def test_a_lock_that_is_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_bytes(b"mine")
    (folder / LOCK_FILE).symlink_to(mine)
    with pytest.raises(OutputError, match="cannot be locked"), hold_folder(folder):
        pass
    assert mine.read_bytes() == b"mine"
