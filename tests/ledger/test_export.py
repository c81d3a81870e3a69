"""A ledger as a package for others: of the published form, safe in a spreadsheet, and read back without loss.

Kinds of test: reference (the published JSON schema of a tabular data package), by hand, property.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

import violence_stats as vs
from tests.ledger.conftest import WriteCase
from tests.ledger.frictionless import validate
from violence_stats.errors import ChecksumError, DataError, OutputError
from violence_stats.ledger.case import load_case
from violence_stats.ledger.cells import escape_formula, restore_formula
from violence_stats.ledger.ledger import Ledger, load_ledger

SIGNS = ("=", "+", "-", "@", "\t", "\r")


def test_the_shipped_ledger_comes_back_as_it_was(tmp_path: Path) -> None:
    ledger = vs.load_case("SLV").ledger
    files = ledger.export(tmp_path)
    assert [path.name for path in files] == ["figures.csv", "sources.csv", "datapackage.json"]
    assert sorted(tmp_path.iterdir()) == sorted(files)
    back = load_ledger(tmp_path)
    assert back == ledger
    assert list(back.figures) == list(ledger.figures)


@pytest.mark.parametrize("licenses", [(), ({"name": "CC-BY-4.0"},)])
def test_the_description_is_of_the_published_form(
    ledger: Ledger, tmp_path: Path, licenses: tuple[dict[str, str], ...]
) -> None:
    ledger.export(tmp_path / "out", title="Deaths", licenses=licenses)
    description = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    validate(description)
    assert description["title"] == "Deaths"
    assert description.get("licenses", []) == list(licenses)
    for resource in description["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(content), "sha256:" + hashlib.sha256(content).hexdigest())
        assert [field["name"] for field in resource["schema"]["fields"]] == content.decode().split("\n")[0].split(",")
    assert "take one apostrophe away" in description["description"]


def test_ids_of_any_form_meet_the_description(ledger: Ledger, tmp_path: Path) -> None:
    ledger.export(tmp_path / "out")
    description = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    patterns = {
        field["name"]
        for resource in description["resources"]
        for field in resource["schema"]["fields"]
        if "pattern" in field.get("constraints", {})
    }
    assert patterns == {"reported", "date"}


@given(note=st.text(st.sampled_from("='+-@a1 \""), max_size=6), title=st.text(st.sampled_from("='-@b,;"), max_size=5))
def test_no_cell_begins_with_the_sign_of_a_formula_and_every_cell_comes_back(note: str, title: str) -> None:
    whole = made_up()
    (figure,), (source,) = whole.figures.values(), whole.sources.values()
    ledger = Ledger(
        figures={figure.figure_id: replace(figure, note=note)},
        sources={source.source_id: replace(source, title=title)},
    )
    with TemporaryDirectory() as folder:
        ledger.export(folder)
        for name in ("figures.csv", "sources.csv"):
            with (Path(folder) / name).open(encoding="utf-8", newline="") as stream:
                assert not [cell for row in csv.reader(stream) for cell in row if cell.startswith(SIGNS)]
        assert load_ledger(folder) == ledger


def made_up() -> Ledger:
    whole = vs.load_case("SLV").ledger
    figure = next(iter(whole.figures.values()))
    return Ledger(figures={figure.figure_id: figure}, sources={figure.source_id: whole.sources[figure.source_id]})


@given(st.text())
def test_escaping_gives_any_text_back(text: str) -> None:
    assert restore_formula(escape_formula(text)) == text
    assert not escape_formula(text).startswith(SIGNS)


def test_an_edited_export_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    figures, _, _ = ledger.export(tmp_path / "out")
    figures.write_bytes(figures.read_bytes().replace(b",10,", b",11,"))
    with pytest.raises(ChecksumError, match=r"figures\.csv differs"):
        load_ledger(tmp_path / "out")


def test_a_case_is_neither_exported_over_nor_taken_for_an_export(case_folder: Path) -> None:
    before = {path: path.read_bytes() for path in case_folder.iterdir()}
    with pytest.raises(OutputError, match="holds a case"):
        load_case(case_folder).ledger.export(case_folder)
    assert {path: path.read_bytes() for path in case_folder.iterdir()} == before
    with pytest.raises(DataError, match=r"load_case\(folder\)"):
        load_ledger(case_folder)


def test_a_package_without_figures_is_refused(write_case: WriteCase) -> None:
    folder = write_case({"figures.csv": None})
    (folder / "case.toml").unlink()
    with pytest.raises(DataError, match=r"lists no figures\.csv"):
        load_ledger(folder)
