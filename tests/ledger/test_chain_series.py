"""The reference series of the made-up case, worked out by hand from the table in conftest."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ledger.conftest import TABLES, WriteCase
from violence_stats.errors import DataError, SelectionError


def by_window(series: vs.CountSeries) -> dict[str, tuple[float, str, str]]:
    return {str(one.window): (one.value, one.arithmetic, one.publisher) for one in series}


def test_all_that_is_known(case_folder: Path) -> None:
    series = vs.load_homicides(case_folder)
    # March: 30 to the end of March, less 10 and 13
    assert by_window(series) == {
        "2001-01": (10, "A1", "POL"),
        "2001-02": (13, "A3", "POL"),
        "2001-03": (7, "A4 - A1 - A3", "POL"),
        "2001-04": (8, "A7", "POL"),
        "2001-05": (6, "A8", "POL"),
    }
    assert series.total(("2001-01", "2001-05")) == 44
    assert (series.country, series.measure, series.case_id, series.as_of) == ("AAA", "deaths", "AAA", None)
    assert series.notes == ("digitised figures, read off a published chart, stand behind 1 of 5 windows: 2001-04",)


def test_citations_carry_sign_and_source(case_folder: Path) -> None:
    cited = vs.load_homicides(case_folder).citations("2001-03")
    assert list(cited["figure_id"]) == ["A4", "A1", "A3"]
    assert list(cited["sign"]) == [1, -1, -1]
    assert set(cited["title"]) == {"A page, with a comma"}
    assert (cited["sign"] * cited["value"]).sum() == 7


def test_as_of_takes_the_arithmetic_only_if_every_input_was_known(case_folder: Path) -> None:
    series = vs.load_homicides(case_folder, as_of="2001-04-15")
    # January: A1 known. February: A3 is known on 30 June, so A2. March: A4 - A1 - A3 lacks A3, so A5 of the hospital;
    # A6 is disputed. April has not ended.
    assert by_window(series) == {
        "2001-01": (10, "A1", "POL"),
        "2001-02": (12, "A2", "POL"),
        "2001-03": (9, "A5", "HOS"),
    }
    assert series.notes == (
        "2 windows hold the latest other figure of the same window and definition, the chain's own not being known on "
        "2001-04-15: 2001-02, 2001-03",
    )


def test_as_of_leaves_missing_what_was_not_known(case_folder: Path) -> None:
    series = vs.load_homicides(case_folder, as_of="2001-07-31")
    # May: A8 is never known, A9 counts something narrower and may not stand in.
    assert [str(window) for window in series.windows] == ["2001-01", "2001-02", "2001-03", "2001-04", "2001-05"]
    assert math.isnan(series.values[-1])
    assert list(series.values[:4]) == [10, 13, 7, 8]
    assert series.notes[-1] == "on 2001-07-31 no count of 1 window was known: 2001-05"


def test_the_day_itself_counts(case_folder: Path) -> None:
    assert vs.load_homicides(case_folder, as_of="2001-06-29").total("2001-02") == 12
    assert vs.load_homicides(case_folder, as_of="2001-06-30").total("2001-02") == 13
    assert vs.load_homicides(case_folder, as_of="2001-06").total("2001-02") == 13
    assert vs.load_homicides(case_folder, as_of="2001-06-29").total("2001-03") == 9
    assert vs.load_homicides(case_folder, as_of="2001-06-30").total("2001-03") == 7
    assert vs.load_homicides(case_folder, as_of="2001-04-30").missing[0].label == "2001-04"


def test_the_latest_stands_in_and_the_case_breaks_ties(write_case: WriteCase) -> None:
    more = TABLES["figures.csv"] + (
        "A12,AAA,,deaths,2001-02-01,2001-02-28,14,all,POL,2001-03-09,published,high,dated,\n"
        "A13,AAA,,deaths,2001-02-01,2001-02-28,15,all,HOS,2001-03-09,published,high,dated,\n"
        "A14,AAA,,deaths,2001-02-01,2001-02-28,16,all,HOS,2001-03-09,disputed,high,dated,\n"
    )
    series = vs.load_homicides(write_case({"figures.csv": more}), as_of="2001-04-15")
    assert by_window(series)["2001-02"] == (15, "A13", "HOS")


def test_before_any_figure_the_first_day_is_named(case_folder: Path) -> None:
    with pytest.raises(SelectionError, match="known on 2001-02-04: the first was known on 2001-02-05; ask for a later"):
        vs.load_homicides(case_folder, as_of="2001-02-04")
    assert vs.load_homicides(case_folder, as_of="2001-02-05").n_windows == 1


def test_one_definition_can_be_kept(write_case: WriteCase) -> None:
    chain = TABLES["chain.csv"].replace("6,published,POL,all,A8", "4,published,POL,narrow,A9")
    folder = write_case({"chain.csv": chain})
    assert list(vs.load_homicides(folder, definition="narrow").values) == [4]
    assert vs.load_homicides(folder, definition="all").n_windows == 4
    with pytest.raises(SelectionError, match="no definition wide: expected one of all, narrow"):
        vs.load_homicides(folder, definition="wide")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "7,derived,POL,all,A4",
            "8,derived,POL,all,A4",
            r"window 2001-03: A4 - A1 - A3 comes out at 7, but .* states 8",
        ),
        ("all,A7", "all,A77", r"window 2001-04: no figure has the id A77"),
        ("all,A7", "all,8", r"window 2001-04: '8' is not arithmetic on figures"),
    ],
)
def test_arithmetic_that_does_not_come_out_is_refused(write_case: WriteCase, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        vs.load_homicides(write_case({"chain.csv": TABLES["chain.csv"].replace(old, new)}))
