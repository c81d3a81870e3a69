"""The data package of a case: what its tables have to hold, and the checksums that say whether they still do.

The description is `datapackage.json`, a Frictionless Tabular Data Package: https://specs.frictionlessdata.io
"""

from __future__ import annotations

import copy
import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast, get_args

from violence_stats.errors import DataError
from violence_stats.ledger.checksums import PACKAGE_FILE, checksum, lies_inside, read_descriptor

FieldType: TypeAlias = Literal["string", "integer", "number", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a table.

    Attributes
    ----------
    allowed : tuple of str
        The only values it may take; empty where any is allowed.
    pattern : re.Pattern or None
        What the whole text has to match.
    minimum, maximum : float or None
        Bounds of a number, both INCLUSIVE.
    """

    name: str
    type: FieldType
    description: str = ""
    required: bool = False
    unique: bool = False
    allowed: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def is_partial_date(self) -> bool:
        """Whether its pattern takes days, months and years alike, and nothing that merely looks like one."""
        return self.pattern is not None and [
            text for text in ("2020", "2020-01", "2020-01-31", "2020-1") if self.pattern.fullmatch(text)
        ] == ["2020", "2020-01", "2020-01-31"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column whose values have to stand in a column of another table."""

    field: str
    resource: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    r"""A table of the package.

    Attributes
    ----------
    path : str
        File name, relative to the folder of the package.
    checksum : str or None
        ``sha256:`` and 64 hexadecimal digits; None where the package states none.
    n_bytes : int or None
        Size of the file; None where the package states none.
    line_end : str
        What ends a line, ``\n`` or ``\r\n``.
    """

    name: str
    path: str
    fields: tuple[Field, ...]
    checksum: str | None = None
    n_bytes: int | None = None
    line_end: str = "\r\n"
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPackage:
    """A folder of tables with their description."""

    folder: Path
    resources: tuple[Resource, ...]

    def undo(self, path: str) -> str:
        """Say how to bring a file of the package back as it was: with git where its folder lies in a work tree."""
        folder = self.folder.resolve()
        tree = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)
        if tree is None:
            return f"restore {path} in the folder {folder.name!r} from a copy"
        return f"run: git checkout -- {shlex.quote((folder / path).relative_to(tree).as_posix())}"


def read_package(folder: Path) -> DataPackage:
    """Read the description of a case's tables.

    Parameters
    ----------
    folder : pathlib.Path
        The folder that holds `datapackage.json` and the tables.

    Raises
    ------
    DataError
        If the description is missing, is not JSON, or lacks what every table needs.
    """
    descriptor = read_descriptor(folder)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        raise DataError(f"{PACKAGE_FILE}: expected a list of tables under 'resources', got {type(resources).__name__}")
    try:
        return DataPackage(folder=folder, resources=tuple(_resource(one) for one in resources))
    except (KeyError, TypeError, AttributeError, ValueError, re.error) as error:
        raise DataError(
            f"{PACKAGE_FILE}: a table's description is not of the expected form ({type(error).__name__}: {error}); "
            "every table needs name, path and schema.fields with name and type"
        ) from error


def _resource(entry: Mapping[str, Any]) -> Resource:
    schema = entry["schema"]
    primary_key = schema.get("primaryKey", [])
    return Resource(
        name=str(entry["name"]),
        path=_path_inside(entry["path"]),
        fields=tuple(_field(one) for one in schema["fields"]),
        checksum=entry.get("hash"),
        n_bytes=entry.get("bytes"),
        line_end=str(entry.get("dialect", {}).get("lineTerminator", "\r\n")),
        primary_key=(primary_key,) if isinstance(primary_key, str) else tuple(map(str, primary_key)),
        foreign_keys=tuple(_foreign_key(one) for one in schema.get("foreignKeys", [])),
    )


def _path_inside(path: str) -> str:
    """Refuse a path that leaves the folder: a description may come from anywhere."""
    if not lies_inside(path):
        raise DataError(f"{PACKAGE_FILE}: path {path!r} leaves the folder of the package; expected a file inside it")
    return path


def _field(entry: Mapping[str, Any]) -> Field:
    constraints = entry.get("constraints", {})
    if entry["type"] not in get_args(FieldType):
        raise DataError(
            f"{PACKAGE_FILE}: column {entry['name']!r} is of type {entry['type']!r}; "
            f"expected one of {', '.join(get_args(FieldType))}"
        )
    pattern = constraints.get("pattern")
    return Field(
        name=str(entry["name"]),
        type=cast(FieldType, entry["type"]),
        description=entry.get("description", ""),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        allowed=tuple(str(one) for one in constraints.get("enum", ())),
        pattern=None if pattern is None else re.compile(pattern),
        minimum=_bound(constraints.get("minimum")),
        maximum=_bound(constraints.get("maximum")),
    )


def _bound(stated: str | float | None) -> float | None:
    return None if stated is None else float(stated)


def _foreign_key(entry: Mapping[str, Any]) -> ForeignKey:
    return ForeignKey(
        field=_only(entry["fields"]),
        resource=str(entry["reference"]["resource"]),
        reference=_only(entry["reference"]["fields"]),
    )


def _only(fields: str | list[str]) -> str:
    names = [fields] if isinstance(fields, str) else fields
    if len(names) != 1:
        raise DataError(f"{PACKAGE_FILE}: a foreign key joins {names!r}; expected one column")
    return str(names[0])


def checksum_difference(resource: Resource, content: bytes) -> str | None:
    """Say how a file differs from what the package states of it; None where it does not."""
    found = checksum(content)
    if (resource.checksum, resource.n_bytes) == (found, len(content)):
        return None
    if resource.checksum is None:
        return f"{PACKAGE_FILE} states no checksum for it"
    return (
        f"expected {resource.n_bytes} bytes with {resource.checksum[:19]}..., got {len(content)} with {found[:19]}..."
    )


def restated_descriptor(descriptor: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, Any]:
    """Give the description with the size and checksum of the files as they are now.

    Parameters
    ----------
    descriptor : mapping
        `datapackage.json` as read.
    contents : mapping of str to bytes
        The files, by the path that the description gives them; others keep what is stated.
    """
    restated = copy.deepcopy(dict(descriptor))
    for entry in restated["resources"]:
        content = contents.get(entry["path"])
        if content is not None:
            entry["bytes"] = len(content)
            entry["hash"] = checksum(content)
    return restated


def descriptor_content(descriptor: Mapping[str, Any]) -> bytes:
    """Give `datapackage.json` as it is written: readable, and the same bytes for the same description."""
    return (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
