"""What users load: series, population and events, of a made-up case and of the one that ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import violence_stats as vs
from violence_stats.errors import SelectionError, WindowError


def test_a_publisher_of_the_cases_own_counts(case_folder: Path) -> None:
    series = vs.load_homicides(case_folder, publisher="HOS")
    assert (series.total("2001-03"), series.country, series.measure, series.case_id) == (9, "AAA", "deaths", "AAA")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"publisher": "XYZ"}, "publisher XYZ for deaths in AAA: expected one of HOS, POL"),
        ({"publisher": "POL", "definition": "wide"}, "definition wide for deaths in AAA: expected one of all, narrow"),
        ({"definition": "wide"}, "definition wide: expected one of all"),
    ],
)
def test_an_unknown_name_is_told_what_exists(case_folder: Path, asked: dict[str, str], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        vs.load_homicides(case_folder, **asked)


def test_counts_of_an_unknown_country_or_measure(case_folder: Path) -> None:
    with pytest.raises(SelectionError, match="no figures with country XXX: expected one of AAA"):
        vs.load_counts("XXX", "deaths", case=case_folder)
    with pytest.raises(SelectionError, match="no figures with measure thefts in AAA: expected one of deaths"):
        vs.load_counts("AAA", "thefts", case=case_folder)
    with pytest.raises(SelectionError, match=r'area South for deaths in AAA: expected one of "", North'):
        vs.load_counts("AAA", "deaths", area="South", case=case_folder)


@pytest.mark.parametrize("as_of", ["soon", "2020-13", "30/09/2020"])
def test_a_malformed_day_is_refused(case_folder: Path, as_of: str) -> None:
    with pytest.raises(WindowError, match=r"is not a date or window|does not exist"):
        vs.load_homicides(case_folder, as_of=as_of)
    with pytest.raises(WindowError, match=r"is not a date or window|does not exist"):
        vs.load_counts("AAA", "deaths", as_of=as_of, case=case_folder)


def test_a_loaded_case_is_not_read_again(case_folder: Path) -> None:
    case = vs.load_case(case_folder)
    (case_folder / "figures.csv").unlink()
    assert vs.load_homicides(case).total("2001-01") == 10
    assert vs.load_counts("AAA", "deaths", publisher="HOS", case=case).total("2001-03") == 9


def test_population_by_year(case_folder: Path) -> None:
    population = vs.load_population("AAA", case=case_folder)
    assert population.index.tolist() == [2000, 2001]
    assert (population.index.name, population.name, str(population.dtype)) == ("year", "population", "int64")
    assert population.loc[2001] == 1010
    with pytest.raises(SelectionError, match="no population of 'XXX': expected one of AAA"):
        vs.load_population("XXX", case=case_folder)


def test_events_with_their_documents(case_folder: Path) -> None:
    events = vs.load_events(case_folder)
    assert list(events.columns) == ["start", "end", "precision", "category", "label", "source_id", "url"]
    assert events.loc["old-law-ends", ["start", "end"]].tolist() == [date(2001, 3, 1), date(2001, 3, 31)]
    assert list(vs.load_events(case_folder, category="law").index) == ["new-law", "old-law-ends"]
    with pytest.raises(SelectionError, match="no events of category 'sport': expected one of law, police"):
        vs.load_events(case_folder, category="sport")
