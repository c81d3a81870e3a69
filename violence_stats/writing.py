"""Writing to a folder so that its files are all old or all new, whatever happens in between.

New files are first written whole, beside the old ones, into a folder of their own, and handed to the disk. Renaming
that folder is the one step that decides: a process that dies before it has changed nothing, one that dies after it
leaves work that the next to open the folder finishes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from violence_stats.errors import OutputError
from violence_stats.folder_lock import LOCK_FILE, PATIENCE_S, lock_folder

STAGED = ".violence-stats.staged"
"""Holds new files while they are being written; left behind, it is worth nothing and the next writer removes it."""

READY = ".violence-stats.ready"
"""Holds new files, all of them whole, until each has replaced its old one."""

OWN_NAMES = frozenset({LOCK_FILE, STAGED, READY})
"""What writing may leave in a folder that is otherwise empty."""


@dataclass(frozen=True, slots=True)
class FolderWriter:
    """The right to write to a folder, as `hold_folder` gives it.

    Attributes
    ----------
    folder : pathlib.Path
    """

    folder: Path

    def replace(self, contents: Mapping[str, bytes]) -> None:
        """Write files, all of them or none; others in the folder stay as they are.

        Parameters
        ----------
        contents : mapping of str to bytes
            By path within the folder, parts separated by ``/``.

        Raises
        ------
        OutputError
            If they cannot be written; the message says whether anything was changed.
        """
        with self.staging() as stage:
            for name, content in contents.items():
                path = stage / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give a folder to build files in; at the end all of them are put in place, or none if the block raises.

        Raises
        ------
        OutputError
            If they cannot be written, inside the block or after it.
        """
        stage = self.folder / STAGED
        try:
            with _told(self.folder):
                stage.mkdir()
                yield stage
                _hand_to_disk(stage)
                n_files = len(_files(stage))
                stage.rename(self.folder / READY)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        try:
            _put_in_place(self.folder)
        except OutputError:
            if len(_files(self.folder / READY)) == n_files:
                shutil.rmtree(self.folder / READY)
            raise


@contextmanager
def hold_folder(folder: Path, *, patience_s: float = PATIENCE_S) -> Iterator[FolderWriter]:
    """Keep others from writing to a folder, and set right what a writer that died has left there.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is not there.
    patience_s : float, default 5
        Seconds to wait for another writer.

    Raises
    ------
    LockedError
        If another process writes there; the message names it.
    OutputError
        If the folder cannot be made or written to.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place, hold_folder(Path(place)) as writer:
    ...     writer.replace({"one.csv": b"1", "two.csv": b"2"})
    ...     sorted(path.name for path in Path(place).glob("*.csv"))
    ['one.csv', 'two.csv']
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with lock_folder(folder, patience_s=patience_s):
        with _told(folder):
            if (folder / STAGED).exists():
                shutil.rmtree(folder / STAGED)
        if is_unfinished(folder):
            _put_in_place(folder)
        yield FolderWriter(folder)


def is_unfinished(folder: Path) -> bool:
    """Whether new files stand ready in the folder that have not all replaced the old ones."""
    return (folder / READY).is_dir()


def finish_writing(folder: Path) -> None:
    """Put in place what a writer that died, or one that is still at it, has ready; nothing where there is nothing.

    Readers call it first. It costs one look at the folder where all is in order.

    Raises
    ------
    LockedError, OutputError
        If that cannot be done.
    """
    if is_unfinished(folder):
        with hold_folder(folder):
            pass


def _files(folder: Path) -> list[Path]:
    """Give what lies in a folder of ours, links as they are, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _hand_to_disk(stage: Path) -> None:
    """Make sure that the files would outlive a loss of power."""
    for path in _files(stage):
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())


def _put_in_place(folder: Path) -> None:
    """Replace old files by those that stand ready, each in one step."""
    ready = folder / READY
    for path in _files(ready):
        name = path.relative_to(ready).as_posix()
        try:
            _replace(path, folder / name, whole=folder.resolve())
        except OSError as error:
            raise OutputError(
                f"{name} cannot be written in the folder {folder.name!r} ({error.strerror}): close it in other "
                "programs, check that you may write there, and run the command again, which finishes what this one "
                "began"
            ) from error
    with _told(folder):
        shutil.rmtree(ready)
        _hand_names_to_disk(folder)


def _replace(path: Path, target: Path, *, whole: Path) -> None:
    """Move one file over its old one; a folder from elsewhere may hold links that lead out of it."""
    if path.is_symlink() or not target.parent.resolve().is_relative_to(whole):
        raise OutputError(
            f"{target.name} in the folder {target.parent.name!r} would lead out of the folder that is written to: "
            f"remove the links in it, and {READY}, which this program did not leave so"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.copymode(target, path)
    path.replace(target)


def _hand_names_to_disk(folder: Path) -> None:
    """Make the renaming itself outlive a loss of power, where the system lets a folder be opened for that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn an error of the system about this folder into ours, for steps before the one that decides."""
    try:
        yield
    except OSError as error:
        if _is_elsewhere(error, folder):
            raise
        raise OutputError(
            f"the folder {str(folder)!r} cannot be written to ({error.strerror}): check that you may write there and "
            "that the disk has room, or choose another; its files are as they were"
        ) from error


def _is_elsewhere(error: OSError, folder: Path) -> bool:
    """Whether the error names another file; one without a name, or with a bare one, is of the folder."""
    path = Path(os.fsdecode(error.filename)) if error.filename is not None else Path()
    return len(path.parts) > 1 and not path.is_relative_to(folder)
