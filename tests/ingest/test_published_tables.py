"""Tables as police, forensic institutes and statistics offices publish them: the right counts, or an error that asks.

Kinds of test: by hand (made-up tables in published shapes; most count FIRST_YEAR in 2019, SECOND_YEAR in 2020).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import violence_stats as vs
from tests.ingest.conftest import FIRST_YEAR, MONTHS, SECOND_YEAR, WriteFile
from tests.ingest.spreadsheets import Rows, xlsx
from violence_stats.errors import DataError

SHORT = [month[:3] for month in MONTHS]
QUARTER = [count // 4 for count in FIRST_YEAR]
REST = [count - 3 * part for count, part in zip(FIRST_YEAR, QUARTER, strict=True)]
BY_YEAR = list(zip(MONTHS, FIRST_YEAR, SECOND_YEAR, strict=True))


def summed(*labels: str | None, counts: list[int]) -> list[Any]:
    return [*labels, *counts, sum(counts)]


def twice(counts: list[int]) -> list[int]:
    return [2 * count for count in counts]


REGIONS: Rows = [
    ["CUADRO 3. HOMICIDIOS POR DEPARTAMENTO Y MES, AÑO 2019"],
    ["Región", "Departamento", *SHORT, "Total general"],
    summed("Occidental", "Ahuachapán", counts=QUARTER),
    summed(None, "Sonsonate", counts=QUARTER),
    summed("{} Occidental", None, counts=twice(QUARTER)),
    summed("Central", "La Libertad", counts=QUARTER),
    summed(None, "Cuscatlán", counts=REST),
    summed("{} Central", None, counts=[a + b for a, b in zip(QUARTER, REST, strict=True)]),
    summed("Total general", None, counts=list(FIRST_YEAR)),
    ["* Cifras preliminares"],
]


def regions(word: str) -> Rows:
    return [[cell.format(word) if isinstance(cell, str) else cell for cell in row] for row in REGIONS]


REGIONS_WITHOUT_A_WORD: Rows = [
    ["Homicidios 2019"],
    ["Departamento", *SHORT, "Total"],
    summed("OCCIDENTE", counts=twice(QUARTER)),
    summed("Ahuachapán", counts=QUARTER),
    summed("Sonsonate", counts=QUARTER),
    summed("CENTRO", counts=[a + b for a, b in zip(QUARTER, REST, strict=True)]),
    summed("La Libertad", counts=QUARTER),
    summed("Cuscatlán", counts=REST),
    summed("TOTAL", counts=list(FIRST_YEAR)),
]
ONE_YEAR: dict[str, Rows] = {
    "subtotals of regions": regions("Subtotal"),
    "totals of regions": regions("Total"),
    "regions before their departments": REGIONS_WITHOUT_A_WORD,
    "a year beside a full date in the title": [
        ["Homicidios 2019 (datos al 15 de enero de 2020)"],
        ["Mes", "Casos"],
        *zip(MONTHS, FIRST_YEAR, strict=True),
    ],
    "a number and a code of the month": [
        ["Orden", "Año", "Mes", "Cod_mes", "Homicidios"],
        *([k, 2019, month, k, count] for k, (month, count) in enumerate(zip(MONTHS, FIRST_YEAR, strict=True), 1)),
    ],
    "a row between the months that repeats the heading": [
        ["Mes", "Casos 2019"],
        *zip(MONTHS[:6], FIRST_YEAR[:6], strict=True),
        ["Mes", "Casos 2019"],
        *zip(MONTHS[6:], FIRST_YEAR[6:], strict=True),
    ],
    "counts and rates by sex": [
        ["Homicidios, año 2019"],
        ["Mes", "Masculino", None, "Total", None],
        [None, "Casos", "Tasa", "Casos", "Tasa"],
        *([month, count, 90, count, 100] for month, count in zip(MONTHS, FIRST_YEAR, strict=True)),
    ],
    "dates as text after an apostrophe": [
        ["Fecha", "Casos"],
        *([f"'01/{k:02d}/2019", count] for k, count in enumerate(FIRST_YEAR, 1)),
    ],
}


@pytest.mark.parametrize("name", ONE_YEAR)
def test_tables_of_one_year(name: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.xlsx", xlsx(ONE_YEAR[name])))
    assert [(str(one.window), one.value) for one in reading.series] == [
        (f"2019-{month:02d}", count) for month, count in enumerate(FIRST_YEAR, 1)
    ]
    assert all(check.agrees for check in reading.report.checks)


@pytest.mark.parametrize("name", ["subtotals of regions", "totals of regions", "regions before their departments"])
def test_a_wrong_sum_of_regions_is_refused(name: str, write_file: WriteFile) -> None:
    rows = [list(row) for row in ONE_YEAR[name]]
    rows[3][5] = int(rows[3][5]) + 1  # a department counts one more
    with pytest.raises(DataError, match="expected printed totals equal to the sums"):
        vs.read_counts(write_file("t.xlsx", xlsx(rows)))


TWO_YEARS: dict[str, Rows] = {
    "years in headings of two lines": [["Mes", "Homicidios\n2019", "Homicidios\n2020"], *BY_YEAR],
    "provisional years": [["Mes", "2019 r/", "2020p"], *BY_YEAR],
    "counts and rates by year": [
        ["Mes", "Casos 2019", "Tasa 2019", "Casos 2020", "Tasa 2020"],
        *([month, a, a // 6, b, b // 6] for month, a, b in BY_YEAR),
    ],
    "a sum of all months": [
        ["Mes", "2019", "2020"],
        *BY_YEAR,
        ["Enero-Diciembre", sum(FIRST_YEAR), sum(SECOND_YEAR)],
    ],
}


@pytest.mark.parametrize("name", TWO_YEARS)
def test_tables_of_two_years(name: str, write_file: WriteFile) -> None:
    series = vs.read_counts(write_file("t.xlsx", xlsx(TWO_YEARS[name]))).series
    assert series.values.tolist() == [*FIRST_YEAR, *SECOND_YEAR]
    assert (str(series.windows[0]), str(series.windows[-1])) == ("2019-01", "2020-12")


HALF_YEAR = [[month, a, b if k < 6 else 0] for k, (month, a, b) in enumerate(BY_YEAR)]
HALF_MONTH = [[month, a, b if k < 6 else None] for k, (month, a, b) in enumerate(BY_YEAR)]
REFUSED: dict[str, tuple[Rows, str]] = {
    "whole rates under a title": (
        [["Tasa de homicidios por 100 mil habitantes"], ["Mes", 2019, 2020], ["Enero", 36, 20], ["Febrero", 35, 19]],
        "expected counts, got numbers under the title 'Tasa de homicidios",
    ),
    "two measures below one another": (
        [
            ["Homicidios"],
            ["Mes", "Casos"],
            *([f"{month} 2019", count] for month, count in zip(MONTHS, FIRST_YEAR, strict=True)),
            ["Extorsiones"],
            ["Mes", "Casos"],
            *([f"{month} 2020", count] for month, count in zip(MONTHS, SECOND_YEAR, strict=True)),
        ],
        "cell A15: expected one table from A3 to A28, got 'Extorsiones'; pass cells=",
    ),
    "zeros for months to come": ([["Mes", 2019, 2020], *HALF_YEAR], "got 0 in C8 to C13; pass zeros='unknown'"),
    "a month that is not over, in a note": (
        [["Mes", 2019, 2020], *HALF_MONTH, ["* Datos al 15 de junio de 2020"]],
        r"got 80 for 2020-06 in C7 and '\* Datos al 15 de junio de 2020' in A14; pass cells=",
    ),
    "a month that is not over, in the title": (
        [["Del 1 de enero al 15/03/2020"], ["Mes", 2020], ["Enero", 31], ["Febrero", 25], ["Marzo", 10]],
        "got 10 for 2020-03 in B5",
    ),
    "a year that is not over": (
        [["Año", "Homicidios"], [2018, 310], [2019, 278], [2020, 300], ["Data as of October 31, 2020"]],
        "got 300 for 2020 in B4",
    ),
    "a year that no one can read": (
        [["Mes", "2019", "2020 (a junio)"], *BY_YEAR],
        r"expected a year over each column of counts, got '2020 \(a junio\)' over C2",
    ),
    "the year of a decree": (
        [["Decreto 45 de 1998"], ["Mes", "Casos"], *zip(MONTHS, FIRST_YEAR, strict=True)],
        "expected a year for the months from A3 on",
    ),
    "three decimals that are all zero": (
        [["Mes", "Casos 2020"], ["Enero", "231,000"], ["Febrero", "225,000"], ["Marzo", "210,000"]],
        'which may be 231,000 with a comma .*pass thousands=","',
    ),
    "rows of different departments": (
        [["Año", "Mes", "Departamento", "Casos"], [2020, 1, "Norte", 31], [2020, 2, "Sur", 5], [2020, 3, "Norte", 22]],
        r"got rows of several by 'Departamento' \('Norte', 'Sur'\); pass where=",
    ),
    "years of different offences": (
        [["Año", "Tipo", *SHORT], [2019, "Homicidio", *FIRST_YEAR], [2020, "Robo", *SECOND_YEAR]],
        "expected the same series in every year, got 'Homicidio', 'Robo'",
    ),
    "a first month that is misspelt": (
        [["Mes", 2019, 2020], ["Enerro", 31, 19], *BY_YEAR[1:]],
        "cell A2: expected a month beside the count in B2, got 'Enerro'",
    ),
    "a title of some months above years": (
        [["Enero a octubre"], ["Departamento", 2023, 2024], ["Norte", 10, 11], ["Total", 10, 11]],
        "expected counts of whole years, got 11 for 2024 in C4 and 'Enero a octubre' in A1",
    ),
    "a note on the months of the last year": (
        [["Año", "Homicidios"], [2022, 310], [2023, 278], ["2024 p/", 150], ["p/ Preliminares a junio de 2024"]],
        "got 150 for 2024 in B4 and 'p/ Preliminares a junio de 2024' in A5",
    ),
    "rows of different variables": (
        [
            ["variable", "periodo", "valor"],
            ["Homicidios", "2020-01", 31],
            ["Homicidios", "2020-02", 5],
            ["Robos", "2020-03", 6],
        ],
        "got rows of several by 'variable'",
    ),
    "columns of one name": (
        [
            ["Mes", "Casos", None, "Tasa", None],
            [None, 2019, 2020, 2019, 2020],
            *([m, a, b, a, b] for m, a, b in BY_YEAR),
        ],
        r"got 2 columns of counts \(C3, E3\); pass cells= with one of them",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_read_wrongly_is_asked_about(name: str, write_file: WriteFile) -> None:
    rows, message = REFUSED[name]
    with pytest.raises(DataError, match=message):
        vs.read_counts(write_file("t.xlsx", xlsx(rows)))


def test_zeros_are_read_as_told(write_file: WriteFile) -> None:
    path = write_file("t.xlsx", xlsx(REFUSED["zeros for months to come"][0]))
    unknown = vs.read_counts(path, zeros="unknown")
    assert str(unknown.series.span) == "2019-01/2020-06"
    assert "zeros in C8 to C13 are read as not counted yet" in unknown.report.guesses
    assert vs.read_counts(path, zeros="counted").series.total("2020-H2") == 0
    few = write_file("u.xlsx", xlsx([["Mes", 2020], ["Enero", 2], ["Febrero", 1], ["Marzo", 0]]))
    assert vs.read_counts(few).series.total("2020-03") == 0


def test_a_cumulative_count_that_stands_still_is_asked_about_too(write_file: WriteFile) -> None:
    rows = [["Mes", "Acumulado 2020"], *([month, min(20 * k, 80)] for k, month in enumerate(MONTHS, 1))]
    with pytest.raises(DataError, match="got 0 in B6 - B5 to B13 - B12; pass zeros="):
        vs.read_counts(write_file("t.xlsx", xlsx(rows)))


def test_a_note_on_the_day_of_the_data_is_no_matter_once_the_month_was_over(write_file: WriteFile) -> None:
    rows: list[list[Any]] = [["Mes", 2020], ["Enero", 31], ["Febrero", 25], ["Marzo", 22]]
    for note in ("Datos al 31 de marzo de 2020", "Consultado al 15 de abril de 2020", "Decreto 15 de marzo de 2020"):
        assert vs.read_counts(write_file("t.xlsx", xlsx([*rows, [note]]))).series.n_windows == 3


def test_a_department_named_once_holds_for_the_rows_below(write_file: WriteFile) -> None:
    rows = [
        ["Departamento", "Mes", "2019", "2020"],
        *(["Norte" if k == 0 else None, month, a, b] for k, (month, a, b) in enumerate(BY_YEAR)),
        ["Subtotal", None, sum(FIRST_YEAR), sum(SECOND_YEAR)],
        *(["Sur" if k == 0 else None, month, 1, 2] for k, month in enumerate(MONTHS)),
    ]
    reading = vs.read_counts(write_file("t.xlsx", xlsx(rows)), where={"Departamento": "norte"})
    assert reading.series.values.tolist() == [*FIRST_YEAR, *SECOND_YEAR]
    assert any("11 blank cells such as A3 are read as 'norte'" in one for one in reading.report.guesses)
    assert vs.read_counts(write_file("t.xlsx", xlsx(rows)), where={"departamento": "Sur"}).series.total("2020") == 24


def test_years_that_are_whole_stay_whole(write_file: WriteFile) -> None:
    rows: list[list[Any]] = [["Año", "Homicidios"], [2022, 310], [2023, 278]]
    for note in ("De enero a diciembre de cada año", "Actualizado a marzo de 2024", "Marzo fue el peor mes"):
        assert vs.read_counts(write_file("t.xlsx", xlsx([[note], *rows]))).series.n_windows == 2


def test_other_texts_that_differ_are_said(write_file: WriteFile) -> None:
    rows = [["Mes", "Fuente", "Casos"], ["2020-01", "PNC", 31], ["2020-02", "IML", 5]]
    guesses = vs.read_counts(write_file("t.xlsx", xlsx(rows))).report.guesses
    assert "all rows are taken, whatever they say under 'Fuente', such as 'PNC', 'IML'" in guesses


def test_hidden_rows_are_read_and_said(write_file: WriteFile) -> None:
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c><c r="{}"><v>{}</v></c>'
    lines = [("A1", "Mes", "B1", 2020), ("A2", "Enero", "B2", 31), ("A3", "Febrero", "B3", 25)]
    rows = [f'<row r="{k}"{{}}>' + cell.format(*line) + "</row>" for k, line in enumerate(lines, 1)]
    for mark, is_said in ((' hidden="1"', True), (' hidden="0"', False)):
        content = xlsx([[]], sheet_xml="".join(row.format(mark if k == 2 else "") for k, row in enumerate(rows)))
        reading = vs.read_counts(write_file("t.xlsx", content))
        assert reading.series.values.tolist() == [31, 25]
        assert any("hidden in the file" in one for one in reading.report.guesses) is is_said


def test_the_only_month_of_a_table_is_no_year(write_file: WriteFile) -> None:
    series = vs.read_counts(write_file("t.csv", "Año;Mes;Casos\n2019;Enero;31\n")).series
    assert [(str(one.window), one.value) for one in series] == [("2019-01", 31)]


def test_a_quote_that_never_ends_is_refused(write_file: WriteFile) -> None:
    open_end = write_file("u.csv", 'Mes;2019\nEnero;31\nFebrero;25\n"Marzo;22\nAbril;40\n')
    with pytest.raises(DataError, match=r"u\.csv row 4: expected a quote that ends, got one that runs to the end"):
        vs.read_counts(open_end)
    with pytest.raises(DataError, match="expected a quote that ends"):
        vs.read_records(write_file("v.csv", 'Fecha;Arma\n01/02/2020;A\n02/02/2020;"B\n03/02/2020;C\n'), date="Fecha")


def test_sums_to_date_beside_each_year_are_checked(write_file: WriteFile) -> None:
    rows = "Mes;2019;Acum. 2019;2020;Acum. 2020\nEnero;31;31;19;19\nFebrero;25;{};11;30\n"
    reading = vs.read_counts(write_file("t.csv", rows.format(56)))
    assert (len(reading.report.checks), reading.series.total("2019-02")) == (4, 25)
    with pytest.raises(DataError, match="C3 prints 57 but B2:B3 sum to 56"):
        vs.read_counts(write_file("t.csv", rows.format(57)))


def test_a_cover_with_a_date_is_no_table(write_file: WriteFile) -> None:
    table = [["Mes", "Casos"], *([f"{m} 2019", n] for m, n in zip(MONTHS, FIRST_YEAR, strict=True))]
    cover: Rows = [["Instituto de Medicina Legal"], ["Elaborado", date(2020, 1, 15)]]
    reading = vs.read_counts(write_file("t.xlsx", xlsx({"Portada": cover, "Cuadro 1": table})))
    assert reading.series.total("2019") == sum(FIRST_YEAR)
    assert "sheet Portada" in {one.cells for one in reading.report.left}


def test_a_date_beside_its_year_month_and_day(write_file: WriteFile) -> None:
    content = "Fecha;Año;Mes;Día;Casos\n01/02/2019;2019;2;1;5\n02/02/2019;2019;2;2;6\n03/02/2019;2019;2;3;4\n"
    series = vs.read_counts(write_file("t.csv", content)).series
    assert [(str(one.window), one.value) for one in series] == [("2019-02-01", 5), ("2019-02-02", 6), ("2019-02-03", 4)]
