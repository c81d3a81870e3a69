"""What a report was made from: the bytes that went in and the libraries that worked on them."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import Any, Final

from violence_stats.ledger.case import Case
from violence_stats.ledger.checksums import PACKAGE_FILE, checksum, stated_checksums
from violence_stats.ledger.location import files_in
from violence_stats.ledger.settings_file import SETTINGS_FILE

LIBRARIES: Final = ("matplotlib", "numpy", "pandas", "scipy", "typst", "violence-stats")


def manifest(case: Case) -> dict[str, Any]:
    """Give checksums of the case's files and versions of the libraries; no path and no clock."""
    stated = stated_checksums(case.folder)
    beside = {name: case.folder / name for name in (PACKAGE_FILE, SETTINGS_FILE)}
    claims = files_in(case.folder).claims
    if claims is not None:
        beside[claims.name] = claims
    inputs = {**stated, **{name: checksum(path.read_bytes()) for name, path in beside.items()}}
    return {
        "case": case.case_id,
        "inputs": dict(sorted(inputs.items())),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
