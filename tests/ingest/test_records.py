"""Records of one row a victim, counted by month and group.

Kinds of test: by hand; brute force (the same counts by a loop over the rows); property (every row is counted or
listed).
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import violence_stats as vs
from tests.ingest.conftest import WriteFile
from tests.ingest.spreadsheets import Rows, ods, xlsx
from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest import limits

SEED = 20_200_930
RECORDS = """Registro de víctimas,,
Fecha,Municipio,Arma
05/01/2020,Norte,Fuego
17/01/2020,Sur,Blanca
17/01/2020 23:40,Norte,Fuego
,Norte,Fuego
sin dato,Sur,Fuego
03/03/2020,,Fuego
"""


def test_by_month_and_group(write_file: WriteFile) -> None:
    reading = vs.read_records(write_file("v.csv", RECORDS), date="fecha", by="municipio", measure="homicides")
    assert reading.series.values.tolist() == [3, 0, 1]
    assert reading.table["Norte"].tolist() == [2, 0, 0]
    assert reading.table["(blank)"].tolist() == [0, 0, 1]
    assert reading.group("Sur").total("2020-01") == 1
    assert (reading.series.measure, reading.group("Sur").measure) == ("homicides", "homicides")
    with pytest.raises(SelectionError, match=r"expected one of '.blank.', 'Norte', 'Sur'"):
        reading.group("Este")


def test_rows_that_do_not_read_are_listed_and_kept_out(write_file: WriteFile) -> None:
    report = vs.read_records(write_file("v.csv", RECORDS), date="Fecha").report
    assert [(one.row, one.text, one.why) for one in report.kept_out] == [
        (6, "", "no date"),
        (7, "sin dato", "not a date"),
    ]
    assert (report.n_rows, report.n_counted) == (6, 4)
    assert "kept out: 2" in report.summary()
    assert "1 months without a record count 0: 2020-02" in " ".join(report.guesses)


def test_by_two_columns(write_file: WriteFile) -> None:
    reading = vs.read_records(write_file("v.csv", RECORDS), date="Fecha", by=("Municipio", "Arma"))
    assert reading.group("Norte", "Fuego").values.tolist() == [2, 0, 0]
    assert {"group": ["Sur", "Blanca"], "counts": [1, 0, 0]} in reading.to_dict()["groups"]


def test_against_a_loop(write_file: WriteFile) -> None:
    rng = random.Random(SEED)  # noqa: S311  made-up rows, nothing secret
    days = [date(2018, 1, 1) + timedelta(days=rng.randrange(900)) for _ in range(3000)]
    places = [rng.choice("ABCDE") for _ in days]
    text = "lugar;día\n" + "".join(f"{p};{d:%d/%m/%Y}\n" for p, d in zip(places, days, strict=True))
    reading = vs.read_records(write_file("v.csv", text), date="dia", by="lugar")
    expected = Counter((d.year, d.month, p) for p, d in zip(places, days, strict=True))
    found = {
        (period.year, period.month, place): int(reading.table.loc[period, place])
        for period in reading.table.index
        for place in reading.table.columns
    }
    assert {key: n for key, n in found.items() if n} == dict(expected)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_from_a_spreadsheet(form: str, write_file: WriteFile) -> None:
    rows: Rows = [["No", "Fecha"], [1, date(2020, 1, 31)], [2, "01/02/2020"], [3, 43862], [4, None]]
    reading = vs.read_records(write_file(f"v.{form}", {"xlsx": xlsx, "ods": ods}[form](rows)), date="Fecha")
    assert reading.series.values.tolist() == [1, 2]
    assert "1 dates are read from a spreadsheet's serial numbers" in reading.report.guesses


def test_blank_rows_are_no_records(write_file: WriteFile) -> None:
    rows: Rows = [["Fecha"], [date(2020, 1, 31)], [None], [date(2020, 1, 30)]]
    for path in (write_file("v.xlsx", xlsx(rows)), write_file("v.csv", "Fecha,\n31/01/2020,\n,\n30/01/2020,\n")):
        report = vs.read_records(path, date="Fecha").report
        assert (report.n_rows, report.n_counted, report.kept_out) == (2, 2, ())


def test_sheets_with_the_same_headings_are_asked_about(write_file: WriteFile) -> None:
    table: Rows = [["Fecha"], ["01/02/2020"]]
    path = write_file("v.xlsx", xlsx({"Notas": [["x"]], "A": table, "B": [*table, ["02/02/2020"]]}))
    with pytest.raises(SelectionError, match=r"got 'A', 'B'; pass sheet="):
        vs.read_records(path, date="Fecha")
    assert vs.read_records(path, date="Fecha", sheet="B").series.total("2020-02") == 2


def test_swapped_dates_are_kept_out_and_said_or_repaired(write_file: WriteFile) -> None:
    days = [f"{day:02d}/01/2020\n" for day in range(1, 29)]
    path = write_file("v.csv", "Fecha\n" + "".join(days) + "12/25/2019\n")
    reading = vs.read_records(path, date="Fecha")
    assert reading.series.total("2020-01") == 28
    assert reading.report.kept_out[0].why == "a date only with day and month the other way round"
    # 16 of the 28 show their order; 11 exist both ways (01/01 is the same); one swapped in 17 makes about 1 of the 11
    assert any("1 dates only exist with day and month swapped" in note for note in reading.series.notes)
    assert any("of 11 that exist both ways about 1 may" in note for note in reading.series.notes)
    repaired = vs.read_records(path, date="Fecha", repair_swapped=True)
    assert repaired.series.total("2019-12") == 1
    assert repaired.report.kept_out == ()


def test_the_other_order_is_asked_about(write_file: WriteFile) -> None:
    path = write_file("v.csv", "Fecha\n" + "".join(f"01/{day:02d}/2020\n" for day in range(1, 29)))
    with pytest.raises(DataError, match=r"16 dates that only exist the other way round.*pass day_first=False"):
        vs.read_records(path, date="Fecha")
    assert vs.read_records(path, date="Fecha", day_first=False).series.total("2020-01") == 28


def test_dates_that_a_spreadsheet_program_swapped_are_found(write_file: WriteFile) -> None:
    true_days = [date(2020, month, day) for month in range(1, 13) for day in range(1, 29)]
    rows: Rows = [["Fecha"]] + [
        [date(2020, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"] for day in true_days
    ]
    path = write_file("v.xlsx", xlsx(rows))
    with pytest.raises(DataError, match=r"144 that all fall on days 1 to 12.*repair_swapped=True"):
        vs.read_records(path, date="Fecha")
    assert vs.read_records(path, date="Fecha", repair_swapped=True).series.values.tolist() == [28.0] * 12
    assert vs.read_records(path, date="Fecha", repair_swapped=False).series.total("2020") == 336


def test_a_mistyped_year_is_asked_about(write_file: WriteFile) -> None:
    path = write_file("v.csv", "Fecha\n01/01/1900\n05/01/2020\n06/02/2020\n")
    with pytest.raises(DataError, match=r"some of 1900-01 and the next of 2020-01.*pass window="):
        vs.read_records(path, date="Fecha")
    reading = vs.read_records(path, date="Fecha", window=("2020-01-06", "2020-12"))
    assert reading.series.total("2020-02") == 1
    assert [one.cells for one in reading.report.left] == ["1 records of 1900-01", "1 records of 2020-01"]


@pytest.mark.parametrize(
    ("content", "asked", "message"),
    [
        ("a,b\n1,2\n", {"date": "Fecha"}, r"headings 'Fecha' among the first 50, got 'a', 'b'"),
        ("Fecha,Fecha\n1,2\n", {"date": "Fecha"}, "got 2; rename one"),
        ("Fecha,x\n05/01/2020,1\n", {"date": "Fecha", "by": "y"}, "headings 'Fecha', 'y'"),
        ("Fecha\nx\ny\n", {"date": "Fecha"}, "2 of 2 rows that do not read"),
    ],
)
def test_what_is_asked_has_to_be_there(
    content: str, asked: dict[str, str], message: str, write_file: WriteFile
) -> None:
    with pytest.raises((DataError, SelectionError), match=message):
        vs.read_records(write_file("v.csv", content), **asked)


def test_a_column_of_names_is_no_group(write_file: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_GROUPS", 100)
    text = "Fecha,Nombre\n" + "".join(f"05/01/2020,{number}\n" for number in range(101))
    with pytest.raises(DataError, match="at most 100 different values of Nombre"):
        vs.read_records(write_file("v.csv", text), date="Fecha", by="Nombre")


def test_spellings_are_counted_apart_and_said(write_file: WriteFile) -> None:
    text = "Fecha,Lugar\n05/01/2020,San José\n06/01/2020,SAN JOSE\n"
    reading = vs.read_records(write_file("v.csv", text), date="Fecha", by="Lugar")
    assert any("'SAN JOSE' and 'San José'" in guess for guess in reading.report.guesses)


CELLS = st.one_of(
    st.dates(date(2019, 1, 1), date(2020, 12, 31)).map("{:%d/%m/%Y}".format),
    st.dates(date(2019, 1, 1), date(2020, 12, 31)).map("{:%Y-%m-%d 10:30}".format),
    st.sampled_from(["", "x", "31/02/2020", "12/31/2019", "43831", "ene-20", "2020"]),
)


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(CELLS, min_size=1, max_size=30))
def test_every_row_is_counted_or_listed(cells: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "v.csv")
        path.write_text("no,Fecha\n" + "".join(f"{k},{cell}\n" for k, cell in enumerate(cells)), encoding="utf-8")
        try:
            reading = vs.read_records(path, date="Fecha")
        except DataError as error:
            refused = str(error)
            assert "rows that do not read" in refused or "the other way round" in refused
            return
    report = reading.report
    assert report.n_rows == len(cells)
    assert report.n_counted + len(report.kept_out) == len(cells)
    assert reading.series.values.sum() == report.n_counted


SEVERAL = """FECHA HECHO;DEPARTAMENTO;CANTIDAD
01/01/2020;Norte;1
01/01/2020;Norte;3
05/02/2020;Sur;2,0
06/02/2020;Sur;x
"""


def test_rows_that_stand_for_several_victims_are_asked_about(write_file: WriteFile) -> None:
    """By row 2 in January and 2 in February; by victims 4 and 2, and one row that gives no number."""
    path = write_file("v.csv", SEVERAL)
    with pytest.raises(
        DataError, match=r"v\.csv row 3: expected one victim a row, got 3 in column 'cantidad'; pass count="
    ):
        vs.read_records(path, date="fecha hecho")
    assert vs.read_records(path, date="fecha hecho", count="").series.values.tolist() == [2, 2]
    told = vs.read_records(path, date="fecha hecho", by="departamento", count="Cantidad")
    assert told.series.values.tolist() == [4, 2]
    assert told.table["Norte"].tolist() == [4, 0]
    assert [(one.row, one.why) for one in told.report.kept_out] == [(5, "no number of victims")]
    assert (told.report.n_rows, told.report.n_counted) == (4, 3)
    assert "as many victims as 'Cantidad' says" in told.report.layout
    with pytest.raises(SelectionError, match="'fecha hecho', 'Cuantos'"):
        vs.read_records(path, date="fecha hecho", count="Cuantos")


@pytest.mark.parametrize("cells", [("1", "1"), ("1,0", ""), ("Juan", "Ana")])
def test_a_column_of_ones_or_names_is_no_matter(cells: tuple[str, str], write_file: WriteFile) -> None:
    content = "Fecha;Víctimas\n" + "".join(f"0{day}/01/2020;{cell}\n" for day, cell in enumerate(cells, 1))
    assert vs.read_records(write_file("v.csv", content), date="Fecha").series.values.tolist() == [2]
