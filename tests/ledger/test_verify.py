"""Verification: a planted fault of each kind is found, with its file, line and words, and nothing else is.

Kinds of test: by hand (one edit of a sound case, one fault); property (no bytes whatever make it raise).
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import violence_stats as vs
from tests.ledger.planted_faults import PLANTS, Plant
from tests.ledger.sound_case import TABLES, seal, write_sound_case
from violence_stats.errors import SelectionError
from violence_stats.ledger.faults import Check


def test_a_sound_case_has_no_fault(folder: Path) -> None:
    verification = vs.verify_case(folder)
    assert verification.summary() == "28 rows in 9 tables: no fault; 1 known conflict accepted\n"
    assert verification.ok
    assert vs.load_case(folder).settings.title["en"] == "A small case"


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_fault_is_found(folder: Path, plant: Plant) -> None:
    edit(folder / plant.file, plant.old, plant.new)
    faults = vs.verify_case(folder).faults
    found = [one for one in faults if one.check == plant.check and plant.words in one.message]
    assert [(one.file, one.row) for one in found] == [(plant.found_in or plant.file, plant.row)], faults
    assert len(faults) == plant.n_faults, faults


def test_every_check_has_a_planted_fault() -> None:
    elsewhere = {"checksum", "spreadsheet", "reference"}
    assert {plant.check for plant in PLANTS} | elsewhere == set(get_args(Check))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) == 1, (path.name, old, text.count(old))
    path.write_bytes(text.replace(old, new).encode("utf-8"))
    if path.suffix == ".csv":
        seal(path.parent)


def test_columns_in_another_order_are_found_once(folder: Path) -> None:
    (folder / "population.csv").write_text("year,country,population,publisher\n2001,SLV,5900000,Census\n", "utf-8")
    seal(folder)
    (fault,) = vs.verify_case(folder).faults
    assert (fault.check, fault.row) == ("schema", 1)
    assert fault.message.endswith("got them in another order; correct the header")


def test_a_reference_to_another_table_is_checked(folder: Path) -> None:
    edit(folder / "corrections.csv", "F0006", "F0099")
    messages = {one.check: one.message for one in vs.verify_case(folder).faults}
    assert set(messages) == {"correction", "reference"}
    assert "an id that figures.csv has, got 'F0099'" in messages["reference"]


def test_a_changed_file_is_named_with_what_to_do(folder: Path) -> None:
    with (folder / "sources.csv").open("a", encoding="utf-8") as stream:
        stream.write("late-2003,https://example.org/late,Late,2003\n")
    (fault,) = vs.verify_case(folder).faults
    assert (fault.check, fault.file, fault.row) == ("checksum", "sources.csv", None)
    assert fault.message.endswith("verify --update; if not, restore sources.csv in the folder 'sound' from a copy")
    assert "git" not in fault.message


@pytest.mark.parametrize("place", ["", "sound"], ids=["above", "in-it"])
@pytest.mark.parametrize("is_file", [False, True], ids=["clone", "work-tree"])
def test_git_is_named_where_the_folder_lies_in_a_work_tree(folder: Path, place: str, *, is_file: bool) -> None:
    mark = folder.parent / place / ".git"
    mark.write_text("gitdir: elsewhere\n", "utf-8") if is_file else mark.mkdir()
    (folder / "sources.csv").write_bytes((folder / "sources.csv").read_bytes() + b"x,https://example.org/x,X,2003\n")
    (fault,) = vs.verify_case(folder).faults
    assert fault.message.endswith(f"if not, run: git checkout -- {'sources.csv' if place else 'sound/sources.csv'}")
    (folder / "sources.csv").unlink()
    assert any("run: git checkout -- " in one.message for one in vs.verify_case(folder).faults)


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_found(folder: Path, name: str) -> None:
    (folder / name).unlink()
    faults = vs.verify_case(folder).faults
    assert [one.message for one in faults if one.check == "package" and one.file == name]


def test_a_table_that_nothing_describes_is_found(folder: Path) -> None:
    (folder / "more.csv").write_text("a,b\n", encoding="utf-8")
    (fault,) = vs.verify_case(folder).faults
    assert (fault.check, fault.file) == ("package", "more.csv")


def test_faults_are_listed_all_at_once_in_order(folder: Path) -> None:
    edit(folder / "figures.csv", "2001-05-20,30", "2001-05-20,-30")
    edit(folder / "figures.csv", "F0009", "X0009")
    edit(folder / "chain.csv", "2001-02-28,110", "2001-02-28,x")
    verification = vs.verify_case(folder)
    assert [(one.file, one.row, one.check) for one in verification.faults] == [
        ("chain.csv", 3, "count"),
        ("figures.csv", 10, "schema"),
        ("figures.csv", 11, "count"),
    ]
    assert list(verification.to_frame()["row"]) == [3, 10, 11]
    assert [one["file"] for one in verification.to_dict()["faults"]] == ["chain.csv", "figures.csv", "figures.csv"]
    assert verification.summary().splitlines()[-1] == "28 rows in 9 tables: 3 faults; 1 known conflict accepted"
    assert not verification.ok


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2001-05-20,30,,PNC,2001-06-04", "2001-05-20,701,,PNC,2001-06-05"),
        ("2001-05-31,700,,PNC,2001-06-04,published", "2001-05-31,29,,PNC,2001-06-04,disputed"),
        ("2001-12-31,8000", "2001-12-31,1"),
        ("2002-01-01,2002-02-20,150,all,PNC", "2002-01-01,2002-02-20,119,all,IML"),
        ("thefts,2001-05-10,2001-05-20,30,,PNC,2001-06-04", "thefts,2001-05-01,2001-05-31,763,,PNC,2001-07-04"),
    ],
    ids=["later recount of a part", "disputed", "stock", "another publisher", "revision"],
)
def test_what_may_well_be_so_is_no_fault(folder: Path, old: str, new: str) -> None:
    edit(folder / "figures.csv", old, new)
    assert vs.verify_case(folder).ok


def test_a_row_that_the_package_describes_too_loosely_is_still_found(folder: Path) -> None:
    descriptor = folder / "datapackage.json"
    loose = descriptor.read_text("utf-8").replace('"type": "date"', '"type": "string"')
    descriptor.write_text(loose, encoding="utf-8")
    edit(folder / "events.csv", "2001-03-10,2001-03-10", "soon,2001-03-10")
    (fault,) = vs.verify_case(folder).faults
    assert (fault.check, fault.row) == ("schema", 2)
    assert "expected a day as YYYY-MM-DD, got 'soon'" in fault.message


def test_an_unknown_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="no case"):
        vs.verify_case(tmp_path / "nowhere")


def test_the_shipped_case_has_no_fault() -> None:
    verification = vs.verify_case()
    assert verification.ok, verification.summary()
    assert verification.n_accepted > 0


def test_corrections_of_the_shipped_case_are_read() -> None:
    case = vs.load_case()
    for one in case.corrections:
        figure = case.ledger.figures[one.figure_id]
        read = {"start": figure.window.start.isoformat(), "end": figure.window.end.isoformat()}
        assert read.get(one.field, getattr(figure, one.field, None)) == one.new


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([*TABLES, "case.toml", "datapackage.json"]),
    start=st.integers(0, 400),
    length=st.integers(0, 40),
    junk=st.one_of(st.binary(max_size=20), st.sampled_from([b'"', b"\n", b";", b"\xef\xbb\xbf", b"\x00", b",,,\n"])),
)
def test_no_bytes_make_it_raise(tmp_path: Path, name: str, start: int, length: int, junk: bytes) -> None:
    folder = tmp_path / "junk"
    if not folder.exists():
        write_sound_case(folder)
    path = folder / name
    sound = path.read_bytes()
    try:
        path.write_bytes(sound[:start] + junk + sound[start + length :])
        assert vs.verify_case(folder).summary()
    finally:
        path.write_bytes(sound)
