"""One writer at a time: a lock on a folder that holds between processes and ends with the process that holds it."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from violence_stats.errors import LockedError, OutputError

LOCK_FILE = ".violence-stats.lock"
"""Lies in a folder while a process writes there; left behind by a process that was killed, it locks nothing."""

PATIENCE_S = 5.0
"""How long another writer is waited for before `LockedError`: longer than tables take, shorter than a report."""

_PAUSE_S = 0.02
_LOCKED_BYTE = 2**20  # beyond the text, which Windows would otherwise not let others read

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def lock_folder(folder: Path, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Keep every other process, and every other lock of this one, from writing to a folder.

    The operating system holds the lock (``flock`` on Linux and macOS, ``msvcrt.locking`` on Windows) and ends it with
    the process, however that dies. Who only reads needs none.

    Parameters
    ----------
    folder : pathlib.Path
        Has to exist.
    patience_s : float, default 5
        Seconds to wait for another writer.

    Raises
    ------
    LockedError
        If another writer has not finished by then; the message names its process and machine.
    OutputError
        If the folder cannot be written to.
    """
    path = folder / LOCK_FILE
    descriptor = _acquire(path, round(patience_s / _PAUSE_S))
    try:
        yield
    finally:
        _release(path, descriptor)


def _acquire(path: Path, n_pauses: int) -> int:
    for turn in range(n_pauses + 1):
        try:
            descriptor = _lock_once(path)
        except OSError as error:
            raise OutputError(
                f"the folder {str(path.parent)!r} cannot be locked for writing ({error.strerror}): check that you may "
                "write there and that the disk has room, or choose a folder on another; nothing was changed"
            ) from error
        if descriptor is not None:
            return descriptor
        if turn < n_pauses:
            time.sleep(_PAUSE_S)
    raise LockedError(
        f"the folder {str(path.parent)!r} is being written to by {_holder(path)}: wait until that has finished and "
        "try again; nothing was changed"
    )


def _lock_once(path: Path) -> int | None:
    """Open and lock the file; None where another has it, or took it away between the two."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    kept = False
    try:
        if _try_lock(descriptor) and _is_still(path, descriptor):
            kept = True
            with suppress(OSError):  # on a full disk the lock holds without a name
                os.ftruncate(descriptor, 0)
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, f"process {os.getpid()} on {platform.node() or 'this machine'}\n".encode())
    finally:
        if not kept:
            os.close(descriptor)
    return descriptor if kept else None


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether the file that was opened is the one that lies there now."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text("utf-8").strip() or "another process"
    return "another process"


def _release(path: Path, descriptor: int) -> None:
    """Take the file away while it is still locked, or, where the system refuses that, after."""
    with suppress(OSError):
        path.unlink()
    os.close(descriptor)
    if sys.platform == "win32":  # pragma: no cover
        with suppress(OSError):
            path.unlink()
