"""The second case that ships: its rows are those of the first one's ledger, and its numbers come out.

Kinds of test: by hand (sums of the table's own cells), reference (the half-years that the curated tables state).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import violence_stats as vs
from violence_stats.errors import DataError, SelectionError
from violence_stats.ledger.location import shipped_cases

SECOND_DECIMAL = 0.005
"""The README prints rate ratios to two decimals."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def folder() -> Path:
    return vs.load_case("COL").folder


def test_both_cases_ship_and_the_first_is_the_default() -> None:
    assert list(shipped_cases()) == ["SLV", "COL"]
    assert vs.load_case().case_id == "SLV"
    with pytest.raises(SelectionError, match="expected 'SLV' or 'COL', which ship with the package"):
        vs.load_case("XYZ")


def test_an_id_means_the_shipped_case_wherever_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (tmp_path / "COL").mkdir()
    monkeypatch.chdir(tmp_path)
    assert vs.load_case("COL").folder == folder
    with pytest.raises(DataError, match=r"datapackage\.json is missing"):
        vs.load_case("./COL")


def test_it_is_in_order() -> None:
    verification = vs.verify_case("COL")
    assert verification.summary() == "433 rows in 9 tables: no fault; 0 known conflicts accepted\n"


def test_its_figures_population_and_document_are_rows_of_the_first_case(folder: Path) -> None:
    first = vs.load_case("SLV").folder
    for name, key in (("figures.csv", "country"), ("population.csv", "country")):
        assert rows(folder / name) == [row for row in rows(first / name) if row[key] == "COL"]
    assert all(row in rows(first / "sources.csv") for row in rows(folder / "sources.csv"))


def test_it_is_204_whole_months_of_one_publisher() -> None:
    homicides = vs.load_homicides("COL")
    assert (homicides.n_windows, len(homicides.segments)) == (204, 1)
    assert all(window.is_one_month for window in homicides.windows)
    assert (str(homicides.span.start), str(homicides.span.end)) == ("2008-01-01", "2024-12-31")


def test_its_sums_come_out(folder: Path) -> None:
    homicides = vs.load_homicides("COL")
    by_year = dict.fromkeys(range(2008, 2025), 0)
    for row in rows(folder / "figures.csv"):
        by_year[int(row["start"][:4])] += int(row["value"])
    assert {year: homicides.total(str(year)) for year in by_year} == by_year
    assert (homicides.total("2019-H1"), homicides.total("2020-H1")) == (6223, 5424)


def test_all_is_known_from_the_year_of_the_document_on() -> None:
    assert len(vs.load_homicides("COL", as_of="2025-12-31")) == 204
    with pytest.raises(SelectionError, match="the first was known on 2025-12-31"):
        vs.load_homicides("COL", as_of="2024-12-31")


def test_it_dates_nothing_that_no_document_dates() -> None:
    case = vs.load_case("COL")
    assert (case.events, case.claims, case.settings.lockdown) == ((), (), None)
    (intervention,) = case.settings.interventions
    assert (intervention.sources, intervention.name["en"]) == ((), "Month under test")
    with pytest.raises(SelectionError, match="lists no episode '2020-03': expected one of none"):
        vs.weigh_evidence("2020-03", case="COL")


@pytest.mark.parametrize(
    ("window", "ratio", "low", "high"),
    [(("2016-01", "2024-12"), 0.95, 0.85, 1.06), (("2008-01", "2024-12"), 0.86, 0.76, 0.97)],
)
def test_the_step_that_its_readme_gives(window: tuple[str, str], ratio: float, low: float, high: float) -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2020-03")], harmonics=1).fit(vs.load_homicides("COL"), window=window)
    found = result.effects.loc["step 2020-03", ["rate_ratio", "rate_ratio_low", "rate_ratio_high"]]
    assert list(found) == pytest.approx([ratio, low, high], abs=SECOND_DECIMAL)
    readme = " ".join((vs.load_case("COL").folder / "README.md").read_text("utf-8").split())
    assert f"{low:.2f} to {high:.2f})" in readme
    assert f"{ratio:.2f}" in readme


def test_rates_can_be_had() -> None:
    """12,656 homicides in 2019 among the inhabitants that the table gives for that year."""
    population = vs.load_population("COL", case="COL")
    per_100k = 100_000 * 12_656 / population[2019]
    assert vs.load_homicides("COL").total("2019") == 12_656
    assert 20 < per_100k < 30


def test_a_case_without_its_tables_is_refused(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "case.toml").write_bytes((folder / "case.toml").read_bytes())
    with pytest.raises(DataError, match=r"datapackage\.json is missing"):
        vs.load_case(tmp_path)
