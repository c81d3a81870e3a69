"""Tables of counts in every layout, to the same series.

Kinds of test: by hand (made-up tables whose counts are written above them).
"""

from __future__ import annotations

from datetime import date

import pytest

import violence_stats as vs
from tests.ingest.conftest import FIRST_YEAR, MONTHS, SECOND_YEAR, WriteFile
from tests.ingest.spreadsheets import Rows, ods, xls, xlsx
from violence_stats.errors import DataError, SelectionError

WIDE = [
    ["Homicidios por mes, 2019-2020"],
    [],
    ["Mes", 2019, 2020],
    *([month, a, b] for month, a, b in zip(MONTHS, FIRST_YEAR, SECOND_YEAR, strict=True)),
    ["Total", sum(FIRST_YEAR), sum(SECOND_YEAR)],
    ["Fuente: policía. *Datos preliminares"],
]
ACROSS = [
    ["Homicidios"],
    ["Año", *(month[:3] for month in MONTHS), "Total"],
    ["2019", *FIRST_YEAR, sum(FIRST_YEAR)],
    ["2020*", *SECOND_YEAR, sum(SECOND_YEAR)],
]
TWO_LEVELS = [
    ["Departamento", "2019", *[None] * 11, "2020", *[None] * 11],
    [None, *MONTHS, *MONTHS],
    ["Norte", *(n // 2 for n in (*FIRST_YEAR, *SECOND_YEAR))],
    ["Sur", *(n - n // 2 for n in (*FIRST_YEAR, *SECOND_YEAR))],
    ["Total", *FIRST_YEAR, *SECOND_YEAR],
]
LONG = [
    ["Año", "Mes", "Homicidios", "Tasa"],
    *([2019 if month == "Enero" else None, month, n, n / 6.4] for month, n in zip(MONTHS, FIRST_YEAR, strict=True)),
    ["Total 2019", None, sum(FIRST_YEAR)],
    *([2020 if month == "Enero" else None, month, n, n / 6.4] for month, n in zip(MONTHS, SECOND_YEAR, strict=True)),
    ["Total 2020", None, sum(SECOND_YEAR)],
    ["Total general", None, sum(FIRST_YEAR) + sum(SECOND_YEAR)],
]
SECTIONS = [
    ["Mes", "Casos"],
    [2019, sum(FIRST_YEAR)],
    *zip(MONTHS, FIRST_YEAR, strict=True),
    [2020, sum(SECOND_YEAR)],
    *zip(MONTHS, SECOND_YEAR, strict=True),
]
DATED = [
    ["Fecha", "Hombres", "Mujeres", "Total"],
    *(
        [date(2019 + place // 12, place % 12 + 1, 1), n - n // 9, n // 9, n]
        for place, n in enumerate((*FIRST_YEAR, *SECOND_YEAR))
    ),
]
CUMULATIVE = [
    ["Homicidios acumulados a la fecha"],
    ["Mes", 2019, 2020],
    *([month, sum(FIRST_YEAR[: k + 1]), sum(SECOND_YEAR[: k + 1])] for k, month in enumerate(MONTHS)),
]
QUARTERED = [
    ["Mes", 2019, 2020],
    *(
        row
        for quarter in range(4)
        for row in (
            *([MONTHS[k], FIRST_YEAR[k], SECOND_YEAR[k]] for k in range(3 * quarter, 3 * quarter + 3)),
            [
                f"Trimestre {('I', 'II', 'III', 'IV')[quarter]}",
                sum(FIRST_YEAR[3 * quarter : 3 * quarter + 3]),
                sum(SECOND_YEAR[3 * quarter : 3 * quarter + 3]),
            ],
        )
    ),
    ["Total", sum(FIRST_YEAR), sum(SECOND_YEAR)],
]
TABLES: dict[str, Rows] = {
    "months by years": WIDE,
    "years by months": ACROSS,
    "two levels of headings": TWO_LEVELS,
    "long": LONG,
    "years between the rows": SECTIONS,
    "dated, with a total column": DATED,
    "from the beginning of the year": CUMULATIVE,
    "with quarters": QUARTERED,
}
HALVES = ("H1", "H2")
N_CHECKS = {
    "months by years": 2,
    "years by months": 2,
    "two levels of headings": 24,
    "long": 3,
    "years between the rows": 2,
    "dated, with a total column": 24,
    "from the beginning of the year": 0,
    "with quarters": 10,
}


def as_csv(rows: Rows, sign: str = ";") -> str:
    return "".join(sign.join("" if cell is None else str(cell) for cell in row) + "\r\n" for row in rows)


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("layout", TABLES)
def test_every_layout_gives_the_same_counts(layout: str, form: str, write_file: WriteFile) -> None:
    content = {"xlsx": xlsx, "ods": ods, "csv": as_csv}[form](TABLES[layout])
    reading = vs.read_counts(write_file(f"tabla.{form}", content))
    assert reading.series.values.tolist() == [*FIRST_YEAR, *SECOND_YEAR]
    assert [str(window) for window in reading.series.windows] == [
        f"{year}-{month:02d}" for year in (2019, 2020) for month in range(1, 13)
    ]
    assert len(reading.report.checks) == N_CHECKS[layout]
    assert all(check.agrees for check in reading.report.checks)


@pytest.mark.parametrize("layout", ["months by years", "years by months", "long"])
def test_xls(layout: str, write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("tabla.xls", xls(TABLES[layout])))
    assert reading.series.values.tolist() == [*FIRST_YEAR, *SECOND_YEAR]
    assert reading.report.form == "xls"


def test_each_count_is_traced_to_its_cell(write_file: WriteFile) -> None:
    report = vs.read_counts(write_file("t.xlsx", xlsx(ACROSS))).report
    assert [(one.cells, one.text) for one in report.taken[:2]] == [("B3", "31"), ("C3", "25")]
    assert report.taken[12].cells == "B4"
    assert "months across in B2:M2" in report.layout


def test_what_was_left_is_said(write_file: WriteFile) -> None:
    report = vs.read_counts(write_file("t.xlsx", xlsx(LONG))).report
    assert {(one.cells, one.why) for one in report.left} == {
        ("A1:D1", "a title or heading"),
        ("D2:D26", "a rate, share, average, population or code"),
    }
    note = vs.read_counts(write_file("w.xlsx", xlsx(WIDE))).report.left[-1]
    assert (note.cells, note.why) == ("A17", "a note below the table")


def test_a_difference_names_both_cells(write_file: WriteFile) -> None:
    taken = vs.read_counts(write_file("t.xlsx", xlsx(CUMULATIVE))).report.taken
    assert [one.cells for one in taken[:2]] == ["B3", "B4 - B3"]


def test_counts_to_a_day_become_windows_of_days(write_file: WriteFile) -> None:
    content = "Al,Casos\n31/01/2020,10\n15/02/2020,14\n10/03/2020,20\n"
    series = vs.read_counts(write_file("t.csv", content), cumulative=True).series
    assert [(str(one.window), one.value) for one in series] == [
        ("2020-01", 10),
        ("2020-02-01/2020-02-15", 4),
        ("2020-02-16/2020-03-10", 6),
    ]


def test_nested_windows_are_cumulative(write_file: WriteFile) -> None:
    content = "Periodo,Casos\nEne 2020,10\nEne-Mar 2020,33\nEne-Feb 2020,21\n"
    series = vs.read_counts(write_file("t.csv", content)).series
    assert series.values.tolist() == [10, 11, 12]


def test_counts_that_never_fall_are_asked_about(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Mes,2020\n" + "".join(f"{m},{10 * k}\n" for k, m in enumerate(MONTHS[:6], 1)))
    with pytest.raises(DataError, match=r"never fall from B2 \(10\) to B7 \(60\).*pass cumulative=True"):
        vs.read_counts(path)
    assert vs.read_counts(path, cumulative=False).series.total("2020-02") == 20
    assert vs.read_counts(path, cumulative=True).series.total("2020-02") == 10


def test_a_cumulative_count_that_falls_is_refused(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Mes,Acumulado 2020\nEnero,10\nFebrero,25\nMarzo,24\n")
    with pytest.raises(DataError, match=r"25 to 2020-02-29 in B3 and 24 to 2020-03-31 in B4"):
        vs.read_counts(path, year=2020)


def test_a_year_that_ends_early_is_cut_there(write_file: WriteFile) -> None:
    rows = [["Mes", 2020], *zip(MONTHS, [5, 6, None, 8, *[None] * 8], strict=True)]
    reading = vs.read_counts(write_file("t.xlsx", xlsx(rows)))
    assert [str(window) for window in reading.series.missing] == ["2020-03"]
    assert str(reading.series.span) == "2020-01/2020-04"
    assert any(one.why == "blank after the last count" and "B13" in one.cells for one in reading.report.left)


def test_a_gap_in_the_labels_stays_unknown(write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", "mes,n\n2020-01,4\n2020-03,6\n"))
    assert reading.series.n_windows == 2
    assert any("between 2020-01 and 2020-03" in guess for guess in reading.report.guesses)


def test_the_year_comes_from_the_title_or_is_asked_for(write_file: WriteFile) -> None:
    body = "Mes,Casos\nEnero,4\nFebrero,5\n"
    reading = vs.read_counts(write_file("t.csv", "Homicidios de 2020,\n" + body))
    assert reading.series.total("2020-02") == 5
    assert "the year 2020 is taken from the title" in reading.report.guesses
    with pytest.raises(DataError, match="expected a year for the months from A2 on"):
        vs.read_counts(write_file("u.csv", body))
    assert vs.read_counts(write_file("u.csv", body), year=2021).series.total("2021-01") == 4


@pytest.mark.parametrize(
    ("content", "windows", "frequency"),
    [
        ("Año,Homicidios,Tasa\n2015,6656,103.4\n2016,5280,81.2\n", ["2015", "2016"], "Y"),
        ("Periodo,Casos\nI trimestre 2020,6\nII trimestre 2020,7\n", ["2020-01/2020-03", "2020-04/2020-06"], "Q"),
        (
            "start,end,value\n2020-01-01,2020-01-31,4\n2020-02-01,2020-03-15,9\n",
            ["2020-01", "2020-02-01/2020-03-15"],
            "M",
        ),
        ("date,count\n01/02/2020,3\n02/02/2020,4\n", ["2020-02-01", "2020-02-02"], "M"),
        ("Fecha,Casos\n43831,5\n43862,6\n", ["2020-01", "2020-02"], "M"),
        ("Año,Mes,Casos\n2020,1,5\n2020,2,6\n", ["2020-01", "2020-02"], "M"),
        ("mes,casos\nene-20,5\nfeb-20,6\n", ["2020-01", "2020-02"], "M"),
        ("Mes        2020\nEnero      1.085\nFebrero      998\n", ["2020-01", "2020-02"], "M"),
        ("Periodo,Casos\n202001,5\n202002,6\n", ["2020-01", "2020-02"], "M"),
        ("AÑOMES;Casos\n201912;5\n202001;6\n202002;7\n", ["2019-12", "2020-01", "2020-02"], "M"),
        ("Trimestre;2020\nI;6\nII;7\nTotal;13\n", ["2020-01/2020-03", "2020-04/2020-06"], "Q"),
        ("Año,Trimestre,Casos\n2019,4,6\n2020,1,7\n", ["2019-10/2019-12", "2020-01/2020-03"], "Q"),
        ("Semestre;2019;2020\nI;6;7\nII;8;9\n", [f"{year}-{half}" for year in (2019, 2020) for half in HALVES], "M"),
        ("Año;Ene;Feb;Acumulado\n2020;5;6;11\n", ["2020-01", "2020-02"], "M"),
        ("Mes\t2020\nJanuary\t5\nFebruary\t6\n", ["2020-01", "2020-02"], "M"),
        ("fecha,casos\n29-feb-20,6\n31-ene-20,5\n", ["2020-01", "2020-02"], "M"),
    ],
)
def test_labels_of_time(content: str, windows: list[str], frequency: str, write_file: WriteFile) -> None:
    series = vs.read_counts(write_file("t.csv", content)).series
    assert [str(window) for window in series.windows] == windows
    assert series.frequency == frequency


@pytest.mark.parametrize(
    "counts", ["201901\n201905\n", "201901\n201903\n201907\n", "201913\n201914\n201915\n", "201901\n201902\n99\n"]
)
def test_six_digits_that_may_be_counts_stay_counts(counts: str, write_file: WriteFile) -> None:
    labels = [f"{month}-20" for month in ("ene", "feb", "mar")]
    lines = [f"{label};{count}" for label, count in zip(labels, counts.split(), strict=False)]
    series = vs.read_counts(write_file("t.csv", "Mes;Robos\n" + "\n".join(lines)), cumulative=False).series
    assert [f"{count:.0f}" for count in series.values] == counts.split()


def test_small_counts_under_a_quarter_are_no_quarters(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Año;Trimestre I;Trimestre II\n2019;4;1\n2020;3;2\n2021;1;1\n")
    assert vs.read_counts(path).series.values.tolist() == [4, 1, 3, 2, 1, 1]


def test_an_accumulated_column_that_is_no_sum_is_refused(write_file: WriteFile) -> None:
    with pytest.raises(DataError, match="D2 prints 12 but B2:C2 sum to 11"):
        vs.read_counts(write_file("t.csv", "Año;Ene;Feb;Acumulado\n2020;5;6;12\n"))


def test_the_month_before_the_day_only_when_told(write_file: WriteFile) -> None:
    path = write_file("t.csv", "date,count\n12/31/2019,3\n01/01/2020,2\n01/02/2020,4\n")
    with pytest.raises(DataError, match=r"cell A2.*pass day_first=False"):
        vs.read_counts(path)
    assert str(vs.read_counts(path, day_first=False).series.windows[2]) == "2020-01-02"


def test_a_misspelt_month_is_refused(write_file: WriteFile) -> None:
    with pytest.raises(DataError, match="cell A4: expected a month beside the count in B4, got 'Marso'"):
        vs.read_counts(write_file("t.csv", "Mes,2020\nEnero,5\nFebrero,6\nMarso,7\nAbril,8\n"))


def test_several_series_need_a_name(write_file: WriteFile) -> None:
    path = write_file("t.xlsx", xlsx(TWO_LEVELS[:-1]))
    with pytest.raises(DataError, match=r"got 2 rows of counts \(B3, B4\); pass take= .*'Norte', 'Sur'"):
        vs.read_counts(path)
    assert vs.read_counts(path, take="sur").series.total("2019-01") == 31 - 31 // 2
    with pytest.raises(SelectionError, match="take='Este' is no heading"):
        vs.read_counts(path, take="Este")


def test_rows_of_a_long_table_are_chosen_by_a_column(write_file: WriteFile) -> None:
    path = write_file(
        "t.csv", "fecha,Sexo,casos\n2020-01,Hombre,4\n2020-01,Mujer,1\n2020-02,Hombre,5\n2020-02,Mujer,2\n"
    )
    with pytest.raises(DataError, match=r'one count of 2020-01, got two, in C2 and C3; pass where=\{"Sexo"'):
        vs.read_counts(path)
    assert vs.read_counts(path, where={"sexo": "MUJER"}).series.values.tolist() == [1, 2]
    with pytest.raises(SelectionError, match=r"'Hombre', 'Mujer'"):
        vs.read_counts(path, where={"sexo": "x"})


def test_two_tables_need_a_block(write_file: WriteFile) -> None:
    rows = [
        ["Mes", 2019, None, "Mes", 2020],
        *([m, a, None, m, b] for m, a, b in zip(MONTHS, FIRST_YEAR, SECOND_YEAR, strict=True)),
    ]
    path = write_file("t.xlsx", xlsx(rows))
    with pytest.raises(DataError, match=r"A2:A13 and D2:D13; pass cells="):
        vs.read_counts(path)
    assert vs.read_counts(path, cells="D1:E13").series.total("2020") == sum(SECOND_YEAR)


def test_sheets(write_file: WriteFile) -> None:
    path = write_file("t.xlsx", xlsx({"Notas": [["Notas"]], "Datos": WIDE, "Viejo": WIDE}, hidden=["Viejo"]))
    reading = vs.read_counts(path)
    assert reading.report.sheet == "Datos"
    assert {(one.cells, one.why.split(",")[0]) for one in reading.report.left} >= {
        ("sheet Notas", "no dates"),
        ("sheet Viejo", "hidden sheet"),
    }
    assert vs.read_counts(path, sheet="Viejo").report.sheet == "Viejo"
    with pytest.raises(SelectionError, match="expected one of Notas, Datos, Viejo"):
        vs.read_counts(path, sheet="x")
    with pytest.raises(DataError, match=r"2 \('A', 'B'\); pass sheet="):
        vs.read_counts(write_file("u.xlsx", xlsx({"A": WIDE, "B": WIDE})))


def test_a_merged_count_is_refused(write_file: WriteFile) -> None:
    rows = [["Mes", 2020], ["Enero", 5], ["Febrero", None], ["Marzo", 6]]
    with pytest.raises(DataError, match=r"cell B2.*B2:B3 are merged"):
        vs.read_counts(write_file("t.xlsx", xlsx(rows, merged=["B2:B3"])))


def test_merged_headings_reach_over_their_columns(write_file: WriteFile) -> None:
    rows = [
        [None, 2019, None, None, 2020, None, None],
        ["Mes", "Hombres", "Mujeres", "Total", "Hombres", "Mujeres", "Total"],
        ["Enero", 4, 1, 5, 6, 1, 7],
        ["Febrero", 3, 2, 5, 8, 1, 9],
    ]
    reading = vs.read_counts(write_file("t.xlsx", xlsx(rows, merged=["B1:D1", "E1:G1"])))
    assert [(str(one.window), one.value) for one in reading.series] == [
        ("2019-01", 5),
        ("2019-02", 5),
        ("2020-01", 7),
        ("2020-02", 9),
    ]
    women = vs.read_counts(write_file("t.xlsx", xlsx(rows, merged=["B1:D1", "E1:G1"])), take="Mujeres")
    assert women.series.values.tolist() == [1, 2, 1, 1]


def test_overlapping_windows_name_their_cells(write_file: WriteFile) -> None:
    with pytest.raises(DataError, match="2020-01 in C2 and 2020-01-20/2020-02-28 in C3"):
        vs.read_counts(
            write_file("t.csv", "start,end,n\n2020-01-01,2020-01-31,5\n2020-01-20,2020-02-28,6\n").with_suffix(".csv")
        )


def test_months_that_look_like_days_are_asked_about(write_file: WriteFile) -> None:
    path = write_file("t.csv", "date,count\n01/01/2020,3\n02/01/2020,4\n03/01/2020,5\n")
    with pytest.raises(DataError, match=r"cell A2: .*pass day_first=True if the first number is the day"):
        vs.read_counts(path)
    assert [str(window) for window in vs.read_counts(path, day_first=False).series.windows][1] == "2020-02"
    assert [str(window) for window in vs.read_counts(path, day_first=True).series.windows][1] == "2020-01-02"


def test_months_of_two_years_under_one_are_refused(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Año 2020,\nMes,Casos\nNoviembre,4\nDiciembre,5\nEnero,6\n")
    with pytest.raises(DataError, match="cell A5: expected months in the order of one year, got 'Enero'"):
        vs.read_counts(path, year=2020)
    falling = write_file("u.csv", "Mes,Casos\nMarzo,4\nFebrero,5\nEnero,6\n")
    assert vs.read_counts(falling, year=2020).series.values.tolist() == [6, 5, 4]


def test_rates_are_not_taken_for_counts(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Mes,Tasa 2020\nene-20,4\nfeb-20,5\n")
    with pytest.raises(DataError, match=r"got only rates.*'Tasa 2020'"):
        vs.read_counts(path)
    assert vs.read_counts(path, take="Tasa 2020").series.n_windows == 2


@pytest.mark.parametrize(
    "heading", ["No. de homicidios", "Número de víctimas", "N° casos", "Total homicidios", "Casos*"]
)
def test_headings_of_counts(heading: str, write_file: WriteFile) -> None:
    rows = [["No.", "Mes", heading, "Tasa"], [1, "ene-20", 4, 0.5], [2, "feb-20", 5, 0.6]]
    assert vs.read_counts(write_file("t.xlsx", xlsx(rows))).series.values.tolist() == [4, 5]


def test_totals_between_two_levels_of_headings(write_file: WriteFile) -> None:
    years = [None, 2019, *[None] * 12, 2020, *[None] * 12]
    months = ["Zona", *MONTHS, "Total", *MONTHS, "Total"]
    counts = ["País", *FIRST_YEAR, sum(FIRST_YEAR), *SECOND_YEAR, sum(SECOND_YEAR)]
    reading = vs.read_counts(write_file("t.xlsx", xlsx([years, months, counts])))
    assert reading.series.values.tolist() == [*FIRST_YEAR, *SECOND_YEAR]
    assert [check.cell for check in reading.report.checks] == ["N3", "AA3"]
