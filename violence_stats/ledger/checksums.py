"""The files of a case as its data package states them: read once, and refused where they differ."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any

from violence_stats.errors import ChecksumError, DataError
from violence_stats.writing import finish_writing, is_unfinished

PACKAGE_FILE = "datapackage.json"


def checksum(content: bytes) -> str:
    """Give the checksum of a file's bytes as a data package writes it: ``sha256:`` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def read_verified(folder: Path) -> dict[str, bytes]:
    """Read every file that the folder's data package lists, all of them as they were at one time.

    What another process was writing when it died is put in place first; files that change while they are being read
    are read again.

    Parameters
    ----------
    folder : pathlib.Path
        Holds ``datapackage.json``, whose resources carry ``path`` and ``hash``.

    Returns
    -------
    dict of str to bytes
        Content by path within the folder.

    Raises
    ------
    ChecksumError
        If a file differs from the checksum stated for it.
    DataError
        If a listed file is missing, or the package cannot be read.
    OutputError
        If what a process that died has left cannot be put in place.
    """
    finish_writing(folder)
    checksums = stated_checksums(folder)
    try:
        return {path: _read_one(folder, path, stated) for path, stated in checksums.items()}
    except DataError:
        if not is_unfinished(folder) and stated_checksums(folder) == checksums:
            raise
    return read_verified(folder)


def stated_checksums(folder: Path) -> dict[str, str]:
    """Give the checksum that the folder's data package states for each file, by path.

    Raises
    ------
    DataError
        If the package is missing, is not JSON, or a resource lacks its path or checksum, or lies outside the folder.
    """
    resources = read_descriptor(folder).get("resources")
    if not isinstance(resources, list) or not resources:
        raise DataError(f"{PACKAGE_FILE}: expected a list of resources, got {type(resources).__name__}; restore it")
    return dict(_stated(number, resource) for number, resource in enumerate(resources, 1))


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Read the folder's ``datapackage.json`` as it stands.

    Raises
    ------
    DataError
        If it is missing or is not a JSON object.
    """
    content = read_file(
        folder, PACKAGE_FILE, "a case needs one beside its tables; restore it, or copy one and adapt it"
    )
    try:
        package = json.loads(content)
    except ValueError as error:
        raise DataError(f"{PACKAGE_FILE}: not readable as JSON ({error}); restore it") from error
    if not isinstance(package, dict):
        raise DataError(f"{PACKAGE_FILE}: expected an object, got {type(package).__name__}; restore it")
    return package


def _stated(number: int, resource: object) -> tuple[str, str]:
    path, stated = (resource.get("path"), resource.get("hash")) if isinstance(resource, dict) else (None, None)
    if not isinstance(path, str) or not lies_inside(path):
        raise DataError(
            f"{PACKAGE_FILE}, resource {number}: expected the path of a file in its own folder, "
            f"got {path!r}; restore it"
        )
    if not isinstance(stated, str):
        raise DataError(
            f"{PACKAGE_FILE}, resource {path}: expected a checksum (hash), got {stated!r}; "
            "run `violence-stats verify --update`"
        )
    return path, stated


def lies_inside(path: str) -> bool:
    """Whether a path stays within the folder that holds the package."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith(("/", "~")) and not set("\\:") & set(path)


def _read_one(folder: Path, path: str, stated: str) -> bytes:
    content = read_file(folder, path, f"{PACKAGE_FILE} lists it; restore it")
    found = checksum(content)
    if found != stated:
        raise ChecksumError(
            f"{path} differs from its checksum in {PACKAGE_FILE} (expected {stated[:19]}..., got {found[:19]}...): "
            "if the change was meant, run `violence-stats verify --update`; if not, restore the file"
        )
    return content


def read_file(folder: Path, name: str, advice: str) -> bytes:
    """Read a file of a case.

    Raises
    ------
    DataError
        If it is missing or cannot be read; the message ends with `advice`.
    """
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise DataError(f"{name} is missing from the folder {folder.name!r}: {advice}") from error
    except OSError as error:
        raise DataError(f"{name} in the folder {folder.name!r} cannot be read ({error.strerror}): {advice}") from error
