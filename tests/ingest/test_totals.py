"""Printed totals against their cells.

Kinds of test: by hand; property (a total changed anywhere is found).
"""

from __future__ import annotations

import tempfile
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import violence_stats as vs
from tests.ingest.conftest import FIRST_YEAR, MONTHS, SECOND_YEAR, WriteFile
from tests.ingest.spreadsheets import xlsx
from tests.ingest.test_layouts import as_csv
from violence_stats.errors import DataError

N_EXAMPLES = 25  # each writes and reads a small file


def table(years: dict[int, list[int]], totals: dict[int, int]) -> str:
    head = "Mes," + ",".join(map(str, years)) + "\n"
    body = "".join(
        f"{month}," + ",".join(str(counts[k]) for counts in years.values()) + "\n" for k, month in enumerate(MONTHS)
    )
    return head + body + "Total," + ",".join(str(totals[year]) for year in years) + "\n"


def test_a_mismatch_names_the_cells(write_file: WriteFile) -> None:
    years = {2019: list(FIRST_YEAR), 2020: list(SECOND_YEAR)}
    path = write_file("t.csv", table(years, {2019: sum(FIRST_YEAR), 2020: sum(SECOND_YEAR) + 10}))
    with pytest.raises(DataError, match=r"C14 prints 434 but C2:C13 sum to 424.*check_totals=False"):
        vs.read_counts(path)
    reading = vs.read_counts(path, check_totals=False)
    assert reading.series.notes == ("C14 prints 434, but C2:C13 sum to 424",)
    assert [check.agrees for check in reading.report.checks] == [True, False]


def test_a_total_column_is_checked_row_by_row(write_file: WriteFile) -> None:
    path = write_file("t.csv", "fecha,Hombres,Mujeres,Total\n2020-01,4,1,5\n2020-02,4,2,7\n")
    with pytest.raises(DataError, match=r"D3 prints 7 but B3:C3 sum to 6"):
        vs.read_counts(path)


def test_a_total_row_is_checked_across(write_file: WriteFile) -> None:
    rows = [[None, "Enero", "Febrero"], ["Norte", 4, 5], ["Sur", 1, 2], ["Total", 5, 8]]
    with pytest.raises(DataError, match=r"C4 prints 8 but C2:C3 sum to 7"):
        vs.read_counts(write_file("t.xlsx", xlsx(rows)), year=2020)


def test_a_quarter_is_checked(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Mes,2020\nEnero,4\nFebrero,5\nMarzo,6\nI trimestre,16\nAbril,1\n")
    with pytest.raises(DataError, match=r"B5 prints 16 but B2:B4 sum to 15"):
        vs.read_counts(path)


def test_a_total_over_an_unknown_count_may_exceed_the_sum(write_file: WriteFile) -> None:
    path = write_file("t.csv", "Mes,2020\nEnero,4\nFebrero,nd\nMarzo,6\nTotal,15\n")
    check = vs.read_counts(path).report.checks[0]
    assert (check.agrees, check.is_whole, check.summed) == (True, False, 10)
    with pytest.raises(DataError, match="B5 prints 9"):
        vs.read_counts(write_file("u.csv", "Mes,2020\nEnero,4\nFebrero,nd\nMarzo,6\nTotal,9\n"))


def test_a_grand_total_beside_totals_by_year(write_file: WriteFile) -> None:
    body = "Año,Mes,N\n2019,Enero,4\n2019,Febrero,5\nTotal 2019,,9\n2020,Enero,1\n2020,Febrero,2\nTotal 2020,,3\n"
    body += "Total,,{}\n"
    reading = vs.read_counts(write_file("t.csv", body.format(12)))
    assert [check.summed_cells for check in reading.report.checks] == ["C2:C3", "C5:C6", "C2:C6"]
    with pytest.raises(DataError, match="C8 prints 13"):
        vs.read_counts(write_file("u.csv", body.format(13)))


@settings(max_examples=N_EXAMPLES, deadline=None)
@given(
    counts=st.lists(st.integers(0, 900), min_size=12, max_size=12),
    wrong=st.integers(-50, 50).filter(bool),
)
def test_any_wrong_total_is_found(counts: list[int], wrong: int) -> None:
    total = max(sum(counts) + wrong, 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_text(table({2020: counts}, {2020: sum(counts)}), encoding="utf-8")
        assert vs.read_counts(path, cumulative=False).series.values.tolist() == counts
        path.write_text(table({2020: counts}, {2020: total}), encoding="utf-8")
        if total != sum(counts):
            with pytest.raises(DataError, match="B14 prints"):
                vs.read_counts(path, cumulative=False)


def beside_to_date(counts: list[int], wrong: int = 0) -> list[list[object]]:
    to_date = list(accumulate(counts))
    to_date[-1] += wrong
    rows = [[f"2020-{n:02d}", count, total] for n, (count, total) in enumerate(zip(counts, to_date, strict=True), 1)]
    return [["Mes", "Homicidios", "Acumulado"], *rows]


def test_a_column_to_date_is_checked_and_is_not_the_series(write_file: WriteFile) -> None:
    reading = vs.read_counts(write_file("t.csv", as_csv(beside_to_date([119, 114, 65, 89]))))
    assert reading.series.values.tolist() == [119, 114, 65, 89]
    assert [(one.cell, one.printed, one.summed_cells) for one in reading.report.checks][-1] == ("C5", 387, "B2:B5")


def test_a_column_to_date_that_differs_names_its_cells(write_file: WriteFile) -> None:
    content = as_csv(beside_to_date([119, 114, 65, 89], wrong=1))
    with pytest.raises(DataError, match="C5 prints 388 but B2:B5 sum to 387"):
        vs.read_counts(write_file("t.csv", content))


def test_a_column_to_date_of_a_year_that_is_not_whole_says_nothing(write_file: WriteFile) -> None:
    rows = beside_to_date([119, 114, 65, 89])
    del rows[1]
    reading = vs.read_counts(write_file("t.csv", as_csv(rows)))
    assert reading.series.values.tolist() == [114, 65, 89]
    assert reading.report.checks == ()
