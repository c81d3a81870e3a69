"""Files as their data package states them: read, or refused with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from violence_stats.errors import ChecksumError, DataError
from violence_stats.ledger.checksums import checksum, read_file, read_verified, stated_checksums


def test_a_checksum_is_sha256() -> None:
    # printf abc | sha256sum
    assert checksum(b"abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_every_listed_file_is_read(case_folder: Path) -> None:
    contents = read_verified(case_folder)
    assert set(contents) == set(stated_checksums(case_folder))
    assert contents["figures.csv"] == (case_folder / "figures.csv").read_bytes()


def test_an_edited_file_is_refused(case_folder: Path) -> None:
    path = case_folder / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b",10,", b",11,"))
    with pytest.raises(ChecksumError, match=r"figures\.csv differs.*violence-stats verify --update`; if not, restore"):
        read_verified(case_folder)


def test_a_missing_file_is_named(case_folder: Path) -> None:
    (case_folder / "events.csv").unlink()
    with pytest.raises(DataError, match=r"events\.csv is missing from the folder 'case'"):
        read_verified(case_folder)


def test_a_file_that_cannot_be_read_is_named(case_folder: Path) -> None:
    (case_folder / "events.csv").unlink()
    (case_folder / "events.csv").mkdir()
    with pytest.raises(DataError, match=r"events\.csv in the folder 'case' cannot be read"):
        read_file(case_folder, "events.csv", "restore it")


@pytest.mark.parametrize(
    ("package", "message"),
    [
        ("{", "not readable as JSON"),
        ("[]", "expected an object"),
        ("{}", "expected a list of resources"),
        ('{"resources": []}', "expected a list of resources"),
        ('{"resources": ["a.csv"]}', "resource 1"),
        ('{"resources": [{"path": "../a.csv", "hash": "sha256:0"}]}', "resource 1.*in its own folder"),
        ('{"resources": [{"path": "a.csv"}]}', "resource a.csv: expected a checksum"),
    ],
)
def test_a_broken_package_is_refused(tmp_path: Path, package: str, message: str) -> None:
    (tmp_path / "datapackage.json").write_text(package, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        stated_checksums(tmp_path)


def test_a_missing_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"datapackage\.json is missing"):
        stated_checksums(tmp_path)


def test_another_algorithm_never_passes(case_folder: Path) -> None:
    path = case_folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["hash"] = "md5:0"
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(ChecksumError):
        read_verified(case_folder)
