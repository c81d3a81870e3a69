"""The UNODC table and tables of inhabitants.

Kinds of test: by hand (made-up figures in the published shape).
"""

from __future__ import annotations

import pytest

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from tests.ingest.spreadsheets import Rows, xlsx
from violence_stats.errors import DataError, SelectionError

HEADINGS = [
    *("Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex", "Age", "Year"),
    *("Unit of measurement", "VALUE", "Source"),
]
VICTIMS = "Victims of intentional homicide"


def entry(year: int, value: float, *, unit: str = "Counts", sex: str = "Total", code: str = "ATL") -> list[object]:
    place = ["Americas", "Caribbean", VICTIMS, "Total", "Total", sex, "Total", year]
    return [code, {"ATL": "Atlantis", "MUU": "Mu"}[code], *place, unit, value, "CTS"]


TABLE: Rows = [
    ["Intentional homicide"],
    ["As of 1 January"],
    HEADINGS,
    entry(2020, 12.0),
    entry(2019, 15),
    entry(2019, 3, sex="Female"),
    entry(2019, 7.25, unit="Rate per 100,000 population"),
    entry(2019, 4.5, code="MUU"),
    ["Footnote"],
]


def test_counts_of_a_country(write_file: WriteFile) -> None:
    reading = vs.read_unodc(write_file("t.xlsx", xlsx(TABLE)))
    series = reading.series("atl")
    assert [(str(one.window), one.value, one.publisher) for one in series] == [
        ("2019", 15, "UNODC"),
        ("2020", 12, "UNODC"),
    ]
    assert (series.country, series.frequency) == ("ATL", "Y")
    assert reading.series("Atlantis", sex="female").total("2019") == 3
    assert reading.table.loc[reading.table["row"] == 7, "value"].tolist() == [7.25]
    assert [(one.row, one.why) for one in reading.report.kept_out] == [(9, "no year")]


def test_csv_with_semicolons_and_decimal_commas(write_file: WriteFile) -> None:
    lines = [HEADINGS, entry(2019, 15), ["" if cell is None else cell for cell in entry(2020, 0)]]
    text = "\n".join(";".join(str(cell) for cell in line) for line in lines).replace(";15;", ";15,0;")
    assert vs.read_unodc(write_file("t.csv", text)).series("ATL").total("2019") == 15


@pytest.mark.parametrize(
    ("country", "options", "message"),
    [
        ("XXX", {}, "country='XXX' is not in the table: expected a code such as ATL, MUU"),
        ("ATL", {"sex": "Other"}, "sex='Other': expected one of 'Total', 'Female'"),
        ("MUU", {}, "expected a whole count of MUU in 2019, got 4.5: it is an estimate"),
    ],
)
def test_what_is_not_there(country: str, options: dict[str, str], message: str, write_file: WriteFile) -> None:
    with pytest.raises((DataError, SelectionError), match=message):
        vs.read_unodc(write_file("t.xlsx", xlsx(TABLE))).series(country, **options)


def test_two_counts_of_a_year(write_file: WriteFile) -> None:
    with pytest.raises(DataError, match="several in rows 5, 10"):
        vs.read_unodc(write_file("t.xlsx", xlsx([*TABLE, entry(2019, 15)]))).series("ATL")


def test_another_table_is_refused(write_file: WriteFile) -> None:
    with pytest.raises(SelectionError, match="expected a row with the headings iso3_code"):
        vs.read_unodc(write_file("t.csv", "a,b\n1,2\n"))


WORLD_BANK = """Data Source,World Development Indicators

Last Updated Date,2024-10-24

Country Name,Country Code,Indicator Name,Indicator Code,2018,2019,2020,2021
Atlantis,ATL,"Population, total",SP.POP.TOTL,6276342,6280217,6292731,
Mu,MUU,"Population, total",SP.POP.TOTL,105962,106442,106585,106600
"""
STACKED = "country;year;population\nATL;2019;1.000.500\nATL;2020;1.010.200\nMUU;2019;500\nMUU;2020;600\n"


def test_population_with_years_across(write_file: WriteFile) -> None:
    path = write_file("p.csv", WORLD_BANK)
    reading = vs.read_population(path, country="ATL")
    assert reading.series.to_dict() == {2018: 6276342, 2019: 6280217, 2020: 6292731}
    assert (reading.series.index.name, reading.series.name, str(reading.series.dtype)) == (
        "year",
        "population",
        "int64",
    )
    assert [one.cells for one in reading.report.taken[:1]] == ["E6"]
    assert vs.read_population(path, country="mu").series.loc[2021] == 106600
    with pytest.raises(DataError, match=r"got 2 .*pass country="):
        vs.read_population(path)
    with pytest.raises(SelectionError, match=r"country='XXX' is not in p\.csv"):
        vs.read_population(path, country="XXX")


def test_population_with_one_row_a_year(write_file: WriteFile) -> None:
    path = write_file("p.csv", STACKED)
    assert vs.read_population(path, country="ATL").series.to_dict() == {2019: 1_000_500, 2020: 1_010_200}
    with pytest.raises(DataError, match="pass country="):
        vs.read_population(path)


def test_population_beside_men_and_women(write_file: WriteFile) -> None:
    path = write_file("p.csv", "Año,Hombres,Mujeres,Población total\n2019,490,510,1000\n2020,500,520,1020\n")
    reading = vs.read_population(path)
    assert reading.series.to_dict() == {2019: 1000, 2020: 1020}
    assert reading.to_dict()["population"] == {"2019": 1000, "2020": 1020}
    assert "population: 2 years, 2019 to 2020" in reading.summary()


@pytest.mark.parametrize(
    "content",
    ["Población en miles\nAño;Población\n2019;6200\n2020;6300\n", "Año;Población (miles)\n2019;6200\n2020;6300\n"],
)
def test_population_in_thousands_is_refused(content: str, write_file: WriteFile) -> None:
    with pytest.raises(DataError, match=r"expected inhabitants one by one, got 'Población .*miles"):
        vs.read_population(write_file("p.csv", content))


def test_population_serves_rates(write_file: WriteFile) -> None:
    population = vs.read_population(write_file("p.csv", "year,population\n2019,100000\n2020,200000\n")).series
    counts = vs.read_counts(write_file("c.csv", "Año,Homicidios\n2019,10\n2020,30\n")).series
    assert counts.rate(population).tolist() == pytest.approx([10.0, 15.0])  # floating point only


@pytest.mark.parametrize(
    ("cell", "message"), [("0", "more than 0"), ("x", "expected a count"), ("1.5", "whole number")]
)
def test_population_that_is_none(cell: str, message: str, write_file: WriteFile) -> None:
    with pytest.raises(DataError, match=message):
        vs.read_population(write_file("p.csv", f"year,population\n2018,100\n2019,200\n2020,{cell}\n"))
