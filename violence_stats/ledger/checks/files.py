"""The files of a package: there, described as the package is read, and unchanged since their checksums were taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from violence_stats.errors import DataError
from violence_stats.ledger.checksums import PACKAGE_FILE, read_file
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.package import DataPackage, checksum_difference
from violence_stats.ledger.tables import COLUMNS, REQUIRED


def read_contents(package: DataPackage) -> tuple[dict[str, bytes], list[Fault]]:
    """Read every file that the package describes, by path; one that cannot be read is a fault."""
    contents: dict[str, bytes] = {}
    faults: list[Fault] = []
    for resource in package.resources:
        try:
            contents[resource.path] = read_file(package.folder, resource.path, package.undo(resource.path))
        except DataError as error:
            faults.append(Fault(check="package", file=resource.path, row=None, message=str(error)))
    return contents, faults


def find_changed_files(package: DataPackage, contents: Mapping[str, bytes]) -> Iterator[Fault]:
    """Find files that differ from the size and checksum that the package states."""
    for resource in package.resources:
        difference = checksum_difference(resource, contents[resource.path]) if resource.path in contents else None
        if difference is not None:
            yield Fault(
                check="checksum",
                file=resource.path,
                row=None,
                message=f"{difference}; if the change is meant, run: violence-stats verify --update; if not, "
                f"{package.undo(resource.path)}",
            )


def find_misdescribed_files(package: DataPackage) -> Iterator[Fault]:
    """Find tables that the package does not describe, or describes otherwise than they are read."""
    described = {resource.path: resource.columns for resource in package.resources}
    there = sorted(path.name for path in package.folder.glob("*.csv"))
    for path in dict.fromkeys((*REQUIRED, *there)):
        if path not in described:
            yield _package_fault(path, f"expected a resource of {PACKAGE_FILE} to describe it, found none; add one")
    for path, columns in described.items():
        if path in COLUMNS and columns != COLUMNS[path]:
            yield _package_fault(
                path,
                f"{PACKAGE_FILE} gives it the columns {','.join(columns)}; expected {','.join(COLUMNS[path])}",
            )


def _package_fault(path: str, message: str) -> Fault:
    return Fault(check="package", file=path, row=None, message=message)
