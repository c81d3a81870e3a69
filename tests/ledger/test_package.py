"""The data package of a case: as Frictionless publishes its form, as the code reads it, and as it is rewritten.

Kinds of test: reference (the published JSON schema of a tabular data package), by hand.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

import violence_stats as vs
from tests.ledger.frictionless import validate
from violence_stats.errors import ChecksumError, DataError, OutputError
from violence_stats.ledger.checks.known import ACCEPTABLE
from violence_stats.ledger.checksums import PACKAGE_FILE, read_descriptor
from violence_stats.ledger.faults import Check
from violence_stats.ledger.location import shipped_case
from violence_stats.ledger.package import descriptor_content, read_package, restated_descriptor
from violence_stats.ledger.tables import COLUMNS, PRECISIONS, QUALITIES, STATUSES

DATA = shipped_case().folder
DESCRIPTOR = read_descriptor(DATA)


def test_the_shipped_package_is_of_the_published_form() -> None:
    validate(DESCRIPTOR)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.update(profile="data-package"),
        lambda one: one["resources"][0].update(path="../figures.csv"),
        lambda one: one["resources"][0].pop("schema"),
        lambda one: one["resources"][0].update(hash="sha256:xyz"),
        lambda one: one["resources"][0]["schema"]["fields"][0].update(type="count"),
        lambda one: one["licenses"][0].update(name="CC BY 4.0"),
    ],
    ids=["profile", "path", "schema", "hash", "type", "licence"],
)
def test_the_published_form_can_be_missed(spoil: Any) -> None:
    spoiled = json.loads(json.dumps(DESCRIPTOR))
    spoil(spoiled)
    with pytest.raises(jsonschema.ValidationError):
        validate(spoiled)


def test_every_table_is_described_with_its_licence_and_its_columns() -> None:
    described = {one["path"]: one for one in DESCRIPTOR["resources"]}
    assert set(described) == {path.name for path in DATA.glob("*.csv")}
    for path, resource in described.items():
        content = (DATA / path).read_bytes()
        assert resource["profile"] == "tabular-data-resource"
        assert resource["encoding"] == "utf-8"
        assert [one["name"] for one in resource["licenses"]] == ["CC-BY-4.0"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert [one["name"] for one in resource["schema"]["fields"]] == content.decode().split("\n")[0].split(",")
        assert all(one["description"].endswith(".") for one in resource["schema"]["fields"])


def test_the_package_allows_what_the_code_reads() -> None:
    fields = {(one.path, field.name): field for one in read_package(DATA).resources for field in one.fields}
    assert set(fields["figures.csv", "status"].allowed) == set(STATUSES)
    assert set(fields["figures.csv", "quality"].allowed) == set(QUALITIES)
    assert set(fields["events.csv", "precision"].allowed) == set(PRECISIONS)
    assert set(fields["corrections.csv", "field"].allowed) == set(COLUMNS["figures.csv"][1:])
    assert set(fields["known_conflicts.csv", "check"].allowed) == ACCEPTABLE
    assert fields["figures.csv", "reported"].is_partial_date
    assert not fields["figures.csv", "figure_id"].is_partial_date


def test_the_codebook_has_a_row_for_every_column_with_its_values() -> None:
    codebook = (DATA / "README.md").read_text("utf-8")
    for resource in read_package(DATA).resources:
        section = codebook.split(f"### {resource.path}\n")[1].split("\n### ")[0].split("\n## ")[0]
        rows = {row.split("`")[1]: row for row in section.splitlines() if row.startswith("| `")}
        assert list(rows) == list(resource.columns), resource.path
        for field in resource.fields:
            assert field.description in rows[field.name]
            assert all(f"`{value}`" in rows[field.name] for value in field.allowed), (resource.path, field.name)


@pytest.mark.parametrize("column", ["status", "quality", "definition", "publisher", "measure"])
def test_the_codebook_explains_every_code(column: str) -> None:
    codes = (DATA / "README.md").read_text("utf-8").split("## Codes")[1]
    explained = {code for row in codes.splitlines() if row.startswith("|") for code in re.findall("`([^`]+)`", row)}
    (field,) = (one for one in read_package(DATA).resources[0].fields if one.name == column)
    assert set(field.allowed) <= explained


def test_the_codebook_names_every_check() -> None:
    table = (DATA / "README.md").read_text("utf-8").split("## What is checked")[1].split("\n## ")[0]
    named = [row.split("|")[1].replace("\\*", "").split(",") for row in table.splitlines() if row.startswith("| ")]
    assert {one.strip() for names in named[2:] for one in names} == set(get_args(Check))


def test_no_path_leaves_the_folder(folder: Path) -> None:
    for path in (
        "../figures.csv",
        "/figures.csv",
        "~/figures.csv",
        "C:\\figures.csv",
        "https://example.org/figures.csv",
    ):
        descriptor = read_descriptor(folder)
        descriptor["resources"][0]["path"] = path
        (folder / PACKAGE_FILE).write_bytes(descriptor_content(descriptor))
        with pytest.raises(DataError, match="leaves the folder of the package"):
            read_package(folder)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda one: one.update(resources={}), "expected a list of tables under 'resources', got dict"),
        (lambda one: one["resources"][0].pop("schema"), r"not of the expected form \(KeyError: 'schema'\)"),
        (lambda one: one["resources"][0]["schema"]["fields"][0].update(type="geopoint"), "is of type 'geopoint'"),
        (
            lambda one: one["resources"][0]["schema"]["fields"][0].update(constraints={"pattern": "("}),
            "not of the expected form",
        ),
        (
            lambda one: one["resources"][0]["schema"]["foreignKeys"][0].update(fields=["source_id", "note"]),
            "a foreign key joins",
        ),
    ],
)
def test_a_malformed_description_is_refused(folder: Path, spoil: Any, message: str) -> None:
    descriptor = read_descriptor(folder)
    spoil(descriptor)
    (folder / PACKAGE_FILE).write_bytes(descriptor_content(descriptor))
    with pytest.raises(DataError, match=message):
        read_package(folder)


def test_bounds_may_be_written_as_text(folder: Path) -> None:
    descriptor = read_descriptor(folder)
    next(one for one in descriptor["resources"][0]["schema"]["fields"] if one["name"] == "value")["constraints"] = {
        "minimum": "0"
    }
    (folder / PACKAGE_FILE).write_bytes(descriptor_content(descriptor))
    (value,) = (one for one in read_package(folder).resources[0].fields if one.name == "value")
    assert value.minimum == 0


def test_restating_changes_sizes_and_checksums_only() -> None:
    restated = restated_descriptor(DESCRIPTOR, {"chain.csv": b"start\n"})
    chain = next(one for one in restated["resources"] if one["path"] == "chain.csv")
    assert (chain["bytes"], chain["hash"]) == (6, "sha256:" + hashlib.sha256(b"start\n").hexdigest())
    original = next(one for one in DESCRIPTOR["resources"] if one["path"] == "chain.csv")
    assert {key for key in chain if chain[key] != original[key]} == {"bytes", "hash"}
    others = [one for one in restated["resources"] if one["path"] != "chain.csv"]
    assert others == [one for one in DESCRIPTOR["resources"] if one["path"] != "chain.csv"]


def test_the_shipped_description_is_written_as_the_code_writes_it() -> None:
    assert descriptor_content(DESCRIPTOR) == (DATA / PACKAGE_FILE).read_bytes()


def test_a_folder_that_cannot_be_written_to_keeps_its_description(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "corrections.csv").write_bytes(b"id,field,old,new,why\n")
    before = (folder / PACKAGE_FILE).read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"cannot be written in the folder 'sound' \(Permission denied\)"):
        vs.update_package(folder)
    assert (folder / PACKAGE_FILE).read_bytes() == before
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_an_update_is_refused_while_anything_else_is_wrong(folder: Path) -> None:
    before = (folder / PACKAGE_FILE).read_bytes()
    chain = folder / "chain.csv"
    chain.write_text(chain.read_text("utf-8").replace("2001-02-28,110", "2001-02-28,-110"), encoding="utf-8")
    with pytest.raises(DataError, match=r"while 1 other fault stands; .* chain\.csv:3  count  column value"):
        vs.update_package(folder)
    assert (folder / PACKAGE_FILE).read_bytes() == before
    with pytest.raises(ChecksumError):
        vs.load_case(folder)


def test_an_update_of_a_sound_case_writes_nothing(folder: Path) -> None:
    before = (folder / PACKAGE_FILE).stat()
    assert vs.update_package(folder) == ()
    assert (folder / PACKAGE_FILE).stat().st_mtime_ns == before.st_mtime_ns


def test_a_case_without_checksums_gets_them(folder: Path) -> None:
    descriptor = read_descriptor(folder)
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    (folder / PACKAGE_FILE).write_bytes(descriptor_content(descriptor))
    assert {one.check for one in vs.verify_case(folder).faults} == {"checksum"}
    assert len(vs.update_package(folder)) == len(descriptor["resources"])
    assert vs.verify_case(folder).ok
