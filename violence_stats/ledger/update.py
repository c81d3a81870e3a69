"""Acceptance of a change to the tables: their checksums are taken anew, once nothing else is wrong."""

from __future__ import annotations

from violence_stats.errors import DataError
from violence_stats.ledger.case import CaseLike, locate_case
from violence_stats.ledger.checksums import PACKAGE_FILE, read_descriptor
from violence_stats.ledger.location import SHIPPED_CASE, CaseFiles
from violence_stats.ledger.package import descriptor_content, read_package, restated_descriptor
from violence_stats.ledger.verify import verify_files
from violence_stats.writing import hold_folder


def update_package(case: CaseLike = SHIPPED_CASE) -> tuple[str, ...]:
    """Take the checksums of a case's tables anew after a change that is meant.

    Parameters
    ----------
    case : CaseLike, default "SLV"

    Returns
    -------
    tuple of str
        The files whose checksums changed; where there is none, nothing is written.

    Raises
    ------
    DataError
        If anything but a checksum is at fault; the package then stands as it was. The message gives the first fault.
    OutputError
        If ``datapackage.json`` cannot be written, or (`LockedError`) another process is writing to the case.
    SelectionError
        If there is neither a case nor a folder of that name.

    Notes
    -----
    Only checksums and sizes in ``datapackage.json`` change; the file is replaced whole or not at all.
    """
    files = locate_case(case)
    if not _changed_files(files):
        return ()
    with hold_folder(files.folder) as writer:
        changed = _changed_files(files)
        contents = {
            resource.path: (files.folder / resource.path).read_bytes()
            for resource in read_package(files.folder).resources
        }
        restated = restated_descriptor(read_descriptor(files.folder), contents)
        writer.replace({PACKAGE_FILE: descriptor_content(restated)})
    return changed


def _changed_files(files: CaseFiles) -> tuple[str, ...]:
    """Give the files that differ from their checksums and are otherwise in order."""
    faults = verify_files(files).faults
    others = [fault for fault in faults if fault.check != "checksum"]
    if others:
        count = "1 other fault stands" if len(others) == 1 else f"{len(others)} other faults stand"
        raise DataError(
            f"checksums are not taken anew while {count}; correct what `violence-stats verify` lists, the first being "
            f"{others[0]}"
        )
    return tuple(fault.file for fault in faults)
