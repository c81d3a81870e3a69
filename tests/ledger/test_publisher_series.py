"""A publisher's series of the made-up case by hand, and of the shipped one against loops over the raw table."""

from __future__ import annotations

import calendar
import csv
from collections import defaultdict
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ledger.conftest import TABLES, WriteCase
from violence_stats.errors import SelectionError


def values(series: vs.CountSeries) -> dict[str, float]:
    return {str(one.window): one.value for one in series}


def test_the_latest_figure_of_each_month(case_folder: Path) -> None:
    series = vs.load_counts("AAA", "deaths", publisher="POL", definition="all", case=case_folder)
    assert values(series) == {"2001-01": 10, "2001-02": 13, "2001-04": 8, "2001-05": 6}
    assert list(series.segments["publisher"]) == ["POL"]
    assert [one.status for one in series] == ["published", "published", "digitised", "published"]
    assert series.notes == (
        "digitised figures, read off a published chart, stand behind 1 of 4 windows: 2001-04",
        "months within the span that have no figure (1): 2001-03",
    )


def test_as_of_goes_back_to_earlier_vintages(case_folder: Path) -> None:
    series = vs.load_counts("AAA", "deaths", publisher="POL", as_of="2001-05-31", case=case_folder)
    assert values(series) == {"2001-01": 10, "2001-02": 12, "2001-04": 8}


def test_mixed_definitions_are_refused_by_name(case_folder: Path) -> None:
    with pytest.raises(SelectionError, match=r"more than one definition .*: all \(5 monthly figures\), narrow \(1 "):
        vs.load_counts("AAA", "deaths", publisher="POL", case=case_folder)


def test_several_publishers_are_refused_by_name(case_folder: Path) -> None:
    with pytest.raises(SelectionError, match=r"more than one publisher .*: HOS \(1 .*\), POL \(5 .*publisher=\.\.\."):
        vs.load_counts("AAA", "deaths", definition="all", case=case_folder)


def test_the_only_publisher_needs_no_naming(case_folder: Path) -> None:
    assert values(vs.load_counts("AAA", "deaths", area="North", case=case_folder)) == {"2001-01": 3}


def test_derived_figures_come_when_asked_for(case_folder: Path) -> None:
    asked = {"publisher": "POL", "definition": "all", "case": case_folder}
    assert "2001-06" not in values(vs.load_counts("AAA", "deaths", **asked))
    series = vs.load_counts("AAA", "deaths", include_derived=True, **asked)
    assert values(series)["2001-06"] == 5
    assert "2001-03" not in values(series)
    assert "derived, calculated from published figures: 2001-06" in series.notes


def test_the_area_is_noted(case_folder: Path) -> None:
    assert vs.load_counts("AAA", "deaths", area="North", case=case_folder).notes == ("counts of North only",)


def test_nothing_known_yet_names_the_first_day(case_folder: Path) -> None:
    with pytest.raises(SelectionError, match=r"by POL was known on 2001-02-04: the first was known on 2001-02-05"):
        vs.load_counts("AAA", "deaths", publisher="POL", as_of="2001-02-04", case=case_folder)


def test_figures_without_any_date_are_said_to_have_none(write_case: WriteCase) -> None:
    only = "\n".join(line for line in TABLES["figures.csv"].split("\n") if not line.startswith(("A1", "A2", "A9")))
    folder = write_case(
        {"figures.csv": only + "A30,AAA,,thefts,2001-05-01,2001-05-31,6,,POL,,published,high,undated,\n"}
    )
    with pytest.raises(SelectionError, match="none has a date of report"):
        vs.load_counts("AAA", "thefts", as_of="2020", case=folder)


def test_figures_of_other_windows_are_no_months(write_case: WriteCase) -> None:
    yearly = TABLES["figures.csv"] + "A30,AAA,,thefts,2001-01-01,2001-12-31,60,,POL,2002,published,high,dated,\n"
    with pytest.raises(SelectionError, match="thefts in AAA by POL is of one whole month; the 1 there are count 2001:"):
        vs.load_counts("AAA", "thefts", case=write_case({"figures.csv": yearly}))


def test_a_stock_makes_no_series() -> None:
    with pytest.raises(SelectionError, match="prison_population is a number on a day"):
        vs.load_counts("SLV", "prison_population")


@pytest.mark.parametrize("as_of", ["9999-12-31", "2020-09-30", "2017-06-30"])
def test_against_loops_over_the_raw_table(as_of: str) -> None:
    dates = {row["source_id"]: row["date"] for row in raw_rows("sources.csv")}
    known: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in raw_rows("figures.csv"):
        named = (row["country"], row["area"], row["measure"], row["publisher"], row["definition"])
        month = row["start"][:7]
        if named != ("SLV", "", "homicides", "PNC", "all") or row["status"] in ("disputed", "derived"):
            continue
        day = last_day(row["reported"] or dates[row["source_id"]])
        if row["start"] == f"{month}-01" and row["end"] == last_day(month) and "" < day <= as_of:
            known[month].append((day, int(row["value"])))
    series = vs.load_homicides("SLV", publisher="PNC", definition="all", as_of=as_of)
    assert [str(window) for window in series.windows] == sorted(known)
    for one in series:
        of_the_month = known[str(one.window)]
        assert (max(of_the_month)[0], one.value) in of_the_month


def raw_rows(file: str) -> list[dict[str, str]]:
    with (vs.load_case().folder / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def last_day(text: str) -> str:
    if len(text) == 7:
        return f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]}"
    return f"{text}-12-31" if len(text) == 4 else text
