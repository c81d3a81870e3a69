"""Loading a case: from a folder, as shipped, as it is; and every way in which it is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import violence_stats as vs
from tests.ledger.conftest import SETTINGS, TABLES, WriteCase, seal
from violence_stats.errors import ChecksumError, DataError, SelectionError


def test_a_folder_is_loaded(case_folder: Path) -> None:
    case = vs.load_case(case_folder)
    assert (case.case_id, case.country, case.measure, case.folder) == ("AAA", "AAA", "deaths", case_folder)
    assert len(case.chain) == 5
    assert [one.claim_id for one in case.claims] == ["fall"]
    assert vs.load_case(str(case_folder)).case_id == "AAA"


def test_a_case_is_given_back_as_it_is(case_folder: Path) -> None:
    case = vs.load_case(case_folder)
    assert vs.load_case(case) is case


def test_population_is_in_order_of_years(case_folder: Path) -> None:
    assert vs.load_case(case_folder).population["AAA"].to_dict() == {2000: 1000, 2001: 1010}


def test_the_summary_is_the_same_every_time(case_folder: Path) -> None:
    case = vs.load_case(case_folder)
    assert case.summary() == vs.load_case(case_folder).summary()
    assert "11 figures from 2 documents" in case.summary()
    assert "deaths AAA, 5 windows, 2001-01-01 to 2001-05-31" in case.summary()


def test_tables_that_a_case_has_not_may_be_left_out(write_case: WriteCase) -> None:
    optional = ("population.csv", "reported_changes.csv", "published_effects.csv", "corrections.csv", "claims.toml")
    case = vs.load_case(write_case(dict.fromkeys(optional)))
    assert (case.population, case.reported_changes, case.published_effects, case.claims) == ({}, (), (), ())


def test_an_unknown_case_is_told_what_ships() -> None:
    with pytest.raises(
        SelectionError, match=r"no case 'XYZ': expected 'SLV'.*, which ship with the package, or a folder"
    ):
        vs.load_case("XYZ")


def test_an_edited_file_is_refused_until_the_package_is_updated(case_folder: Path) -> None:
    with (case_folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("late,https://example.org/c,Late,2002\n")
    with pytest.raises(ChecksumError, match=r"sources\.csv differs from its checksum"):
        vs.load_case(case_folder)
    seal(case_folder)
    assert "late" in vs.load_case(case_folder).ledger.sources


@pytest.mark.parametrize(
    "name",
    [
        *("figures.csv", "sources.csv", "chain.csv", "events.csv", "population.csv"),
        *("datapackage.json", "case.toml"),
    ],
)
def test_a_missing_file_is_named(case_folder: Path, name: str) -> None:
    (case_folder / name).unlink()
    with pytest.raises(DataError, match=f"{name} is missing"):
        vs.load_case(case_folder)


@pytest.mark.parametrize("name", ["chain.csv", "corrections.csv"])
def test_a_table_that_the_package_does_not_list_is_not_read_unchecked(write_case: WriteCase, name: str) -> None:
    folder = write_case({name: None})
    (folder / name).write_text(TABLES[name], encoding="utf-8")
    with pytest.raises(DataError, match=f"datapackage.json lists no {name}"):
        vs.load_case(folder)


def test_a_chain_without_a_window_says_what_to_add_first(write_case: WriteCase) -> None:
    header = TABLES["chain.csv"].split("\n", maxsplit=1)[0]
    settings = SETTINGS.replace('whole = ["2001-01", "last"]\n', "")
    case = vs.load_case(write_case({"chain.csv": header + "\n", "case.toml": settings}))
    assert "0 windows" in case.summary()
    with pytest.raises(DataError, match=r"no count of deaths in AAA in its reference chain yet: .*violence-stats add"):
        vs.load_homicides(case)


def test_a_window_cannot_end_at_the_last_day_of_an_empty_chain(write_case: WriteCase) -> None:
    header = TABLES["chain.csv"].split("\n", maxsplit=1)[0]
    with pytest.raises(DataError, match=r"case\.toml, windows whole: .*no window yet for 'last' to mean"):
        vs.load_case(write_case({"chain.csv": header + "\n"}))


def test_a_year_stands_once(write_case: WriteCase) -> None:
    twice = TABLES["population.csv"] + "AAA,2001,1011,Census\n"
    with pytest.raises(DataError, match=r"population\.csv row 4, column year: expected each year of AAA once"):
        vs.load_case(write_case({"population.csv": twice}))


@pytest.mark.parametrize("wrong", [None, 5, ["SLV"]])
def test_what_names_no_case_is_refused(wrong: Any) -> None:
    with pytest.raises(SelectionError, match="case: expected 'SLV' or 'COL', or the path of a folder, got"):
        vs.load_case(wrong)
