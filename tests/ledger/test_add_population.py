"""Adding inhabitants: what a case holds afterwards, which years differ, and what is refused with nothing written.

Kinds of test: by hand, on a case with 2019 and 2020 by INE.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import violence_stats as vs
from violence_stats.errors import ChecksumError, DataError, SelectionError
from violence_stats.ledger.checksums import PACKAGE_FILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = vs.new_case(tmp_path / "my-case", country="HND").folder
    vs.add_population(made, pd.Series({2020: 9_904_608, 2019: 9_745_149}), publisher="INE")
    return made


def test_the_table_is_in_order_and_the_case_verifies(folder: Path) -> None:
    vs.add_population(folder, pd.Series({2018: 16_000_000, 2017: 15_900_000}), publisher="INE", country="GTM")
    vs.add_population(folder, pd.Series({2018: 9_587_522}), publisher="=INE, proyecciones")
    assert (folder / "population.csv").read_text("utf-8").splitlines() == [
        "country,year,population,publisher",
        "GTM,2017,15900000,INE",
        "GTM,2018,16000000,INE",
        'HND,2018,9587522,"\'=INE, proyecciones"',
        "HND,2019,9745149,INE",
        "HND,2020,9904608,INE",
    ]
    assert vs.verify_case(folder).ok
    assert vs.load_population("HND", case=folder).index.tolist() == [2018, 2019, 2020]


NEWER = pd.Series({2019: 9_745_149, 2020: 9_800_000, 2021: 10_062_994})


def test_years_that_stand_are_refused_with_their_rows(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(DataError) as refused:
        vs.add_population(folder, NEWER, publisher="UN")
    assert str(refused.value) == (
        "nothing was added: population.csv row 3 has 9,904,608 for 2020, not 9,800,000 (INE); population.csv row 2 has "
        "9,745,149 for 2019 already (INE); pass existing='keep' to add the other years only, existing='replace' to "
        "take the new numbers instead"
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_years_that_stand_are_kept_or_replaced_as_told(folder: Path) -> None:
    kept = vs.add_population(folder, NEWER, publisher="UN", existing="keep")
    assert kept.to_frame()["year"].tolist() == ["2021"]
    assert "stood there with the same number: 1\nkept as it stood: 2020: 9,800,000 beside 9,904,608 (-1.1%)" in (
        kept.summary()
    )
    replaced = vs.add_population(folder, NEWER, publisher="UN", existing="replace")
    assert [(one["year"], one["population"]) for one in replaced.rows] == [("2020", "9800000")]
    assert "replaced: 2020: 9,800,000 beside 9,904,608" in replaced.summary()
    assert vs.load_population("HND", case=folder).tolist() == [9_745_149, 9_800_000, 10_062_994]
    assert vs.verify_case(folder).ok


def test_nothing_new_writes_nothing(folder: Path) -> None:
    before = (folder / PACKAGE_FILE).stat().st_mtime_ns
    assert vs.add_population(folder, NEWER.iloc[:1], publisher="UN", existing="keep").rows == ()
    assert (folder / PACKAGE_FILE).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("population", "told", "message"),
    [
        (pd.Series({2020: 0}), {}, "expected a year and inhabitants, a whole number above 0, got 0"),
        (pd.Series({2020: 1.5}), {}, "whole number above 0"),
        (pd.Series({2020: float("nan")}), {}, "whole number above 0"),
        (pd.Series({"a": 5}), {}, "population of 'a': expected a year"),
        (pd.Series([1, 2], index=[2020, 2020]), {}, "each year once"),
        ({2020: 5}, {}, "got dict"),
        (pd.Series({2021: 5}), {"publisher": " "}, "publisher='': expected who estimated"),
        (pd.Series({2021: 5}), {"country": "Honduras"}, "country='Honduras': expected an ISO code"),
        (pd.Series({2021: 5}), {"existing": "x"}, "existing='x': expected one of 'refuse'"),
    ],
)
def test_what_is_no_population_is_refused(folder: Path, population: Any, told: dict[str, Any], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        vs.add_population(folder, population, **{"publisher": "INE", **told})


def test_a_year_that_the_case_s_own_description_forbids_is_refused(folder: Path) -> None:
    with pytest.raises(
        DataError, match=r"would not verify: population\.csv:2 .*1800.*correct the table of inhabitants"
    ):
        vs.add_population(folder, pd.Series({1800: 100}), publisher="INE")


def test_a_table_edited_by_hand_is_refused(folder: Path) -> None:
    with (folder / "population.csv").open("a") as handle:
        handle.write("HND,2022,5,INE\n")
    with pytest.raises(ChecksumError, match="verify --update"):
        vs.add_population(folder, pd.Series({2021: 10_062_994}), publisher="INE")
