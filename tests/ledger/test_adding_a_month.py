"""Adding a month to the shipped case: a row in each of three tables, then `verify --update`.

Kinds of test: by hand (the steps that the data's README gives, done on a copy).
"""

from __future__ import annotations

import csv
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ledger.sound_case import seal
from violence_stats.errors import ChecksumError, DataError
from violence_stats.ledger.location import shipped_case
from violence_stats.ledger.tables import COLUMNS

DATA = shipped_case().folder
REPORTED_AFTER = timedelta(days=5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped data in which the last month is still to come."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    chain = copy / "chain.csv"
    chain.write_bytes(b"".join(chain.read_bytes().splitlines(keepends=True)[:-1]))
    seal(copy)
    return copy


def append(path: Path, row: dict[str, str]) -> None:
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerow([row[column] for column in COLUMNS[path.name]])


def add_the_month(folder: Path) -> None:
    last = vs.load_case().chain[-1]
    start, end = last.window.start.isoformat(), last.window.end.isoformat()
    reported = (last.window.end + REPORTED_AFTER).isoformat()
    figure_id = "F9001"
    figure = {"figure_id": figure_id, "country": "SLV", "area": "", "measure": "homicides", "start": start, "end": end}
    count = {"value": str(last.value), "definition": last.definition, "publisher": "UNSTATED", "status": "published"}
    document = {"reported": reported, "quality": "high", "source_id": "example-1", "note": ""}
    append(folder / "figures.csv", figure | count | document)
    url = "https://example.org/a-month"
    append(folder / "sources.csv", {"source_id": "example-1", "url": url, "title": "A month", "date": reported})
    append(folder / "chain.csv", {"start": start, "end": end, "figures": figure_id} | count)


def test_three_rows_and_an_update_add_a_month(folder: Path) -> None:
    assert vs.verify_case(folder).ok
    before = vs.load_homicides(folder)

    add_the_month(folder)
    faults = vs.verify_case(folder).faults
    assert [(one.check, one.file) for one in faults] == [
        ("checksum", "chain.csv"),
        ("checksum", "figures.csv"),
        ("checksum", "sources.csv"),
    ]
    assert all("violence-stats verify --update" in one.message for one in faults)
    with pytest.raises(ChecksumError, match="violence-stats verify --update"):
        vs.load_homicides(folder)

    assert vs.update_package(folder) == ("chain.csv", "figures.csv", "sources.csv")
    assert vs.verify_case(folder).ok
    after, last = vs.load_homicides(folder), vs.load_case().chain[-1]
    assert after.n_windows == before.n_windows + 1
    assert after.total(last.window) == last.value
    assert list(after.citations(last.window)["figure_id"]) == ["F9001"]


def test_a_month_in_the_wrong_place_is_not_accepted(folder: Path) -> None:
    package = (folder / "datapackage.json").read_bytes()
    add_the_month(folder)
    chain = folder / "chain.csv"
    lines = chain.read_bytes().splitlines(keepends=True)
    chain.write_bytes(b"".join([*lines[:-2], lines[-1]]))
    assert [one.row for one in vs.verify_case(folder).faults if one.check == "chain"] == [len(lines) - 1]
    with pytest.raises(DataError, match="1 other fault stands"):
        vs.update_package(folder)
    assert (folder / "datapackage.json").read_bytes() == package


def test_the_readme_gives_rows_that_fit_the_tables() -> None:
    section = (DATA / "README.md").read_text("utf-8").split("## Adding a month")[1].split("\n## ")[0]
    rows = [next(csv.reader([row.strip()])) for row in re.findall(r"```csv\n(.*)\n", section)]
    names = ("figures.csv", "sources.csv", "chain.csv")
    figure, source, link = (dict(zip(COLUMNS[name], row, strict=True)) for name, row in zip(names, rows, strict=True))
    assert figure["source_id"] == source["source_id"]
    assert link["figures"] == figure["figure_id"]
    assert (link["start"], link["end"], link["value"]) == (figure["start"], figure["end"], figure["value"])
    assert "violence-stats verify --update" in section
