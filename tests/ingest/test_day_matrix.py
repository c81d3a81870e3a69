"""Tables of a count for each day of a year, days of the month by months.

Kinds of test: by hand (every cell is its day; days that do not exist are blank or refused).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest

import violence_stats as vs
from tests.ingest.conftest import MONTHS, WriteFile
from tests.ingest.spreadsheets import Rows, xlsx
from violence_stats.errors import DataError, SelectionError

COUNTS = {
    (month, day): (7 * month + 5 * day) % 11
    for month in range(1, 13)
    for day in range(1, monthrange(2024, month)[1] + 1)
}


def held(month: int, day: int, blank: str | int | None) -> str | int | None:
    return COUNTS.get((month, day), blank)


def days_down(*, blank: str | int | None = None, has_totals: bool = False, year: int | None = 2024) -> Rows:
    rows: list[list[str | int | None]] = [[f"Homicidios diarios {year or ''}".strip()], ["Día", *MONTHS]]
    rows += [[day, *(held(month, day, blank) for month in range(1, 13))] for day in range(1, 32)]
    if has_totals:
        rows[1].append("Total")
        for day, row in enumerate(rows[2:], 1):
            row.append(sum(count for (_, one), count in COUNTS.items() if one == day))
        sums = [sum(count for (one, _), count in COUNTS.items() if one == month) for month in range(1, 13)]
        rows.append(["Total", *sums, sum(sums)])
    return rows


def days_across() -> Rows:
    return [
        ["Homicidios diarios 2024"],
        ["Mes", *range(1, 32)],
        *([name, *(held(month, day, None) for day in range(1, 32))] for month, name in enumerate(MONTHS, 1)),
    ]


def changed(rows: Rows, place: tuple[int, int], value: str | int) -> Rows:
    return [
        [value if (i, j) == place else cell for j, cell in enumerate(row)] if i == place[0] else row
        for i, row in enumerate(rows)
    ]


def by_day(reading: object) -> dict[tuple[int, int], float]:
    series = reading.series  # type: ignore[attr-defined]
    return {(one.window.start.month, one.window.start.day): one.value for one in series.observations}


@pytest.mark.parametrize(
    "rows",
    [days_down(), days_down(blank="-"), days_down(blank=0), days_down(has_totals=True), days_across()],
    ids=["down", "dashes", "zeros", "totals", "across"],
)
def test_every_cell_is_its_day(write_file: WriteFile, rows: Rows) -> None:
    reading = vs.read_counts(write_file("t.xlsx", xlsx(rows)))
    assert by_day(reading) == COUNTS
    assert all(one.window.n_days == 1 and one.window.start.year == 2024 for one in reading.series.observations)
    assert "days of the month" in reading.report.layout
    assert "a title or heading" not in [left.why for left in reading.report.left if left.text.isdigit()]


def test_months_may_carry_their_year(write_file: WriteFile) -> None:
    rows = days_down(year=None)
    rows = [rows[0], ["Día", *(f"{name} 2024" for name in MONTHS)], *rows[2:]]
    assert by_day(vs.read_counts(write_file("t.xlsx", xlsx(rows)))) == COUNTS


def test_a_csv_gives_the_same(write_file: WriteFile) -> None:
    text = "".join(";".join("" if cell is None else str(cell) for cell in row) + "\n" for row in days_across())
    assert by_day(vs.read_counts(write_file("t.csv", text))) == COUNTS


def test_totals_of_days_and_months_are_checked(write_file: WriteFile) -> None:
    rows = days_down(has_totals=True)
    assert len(vs.read_counts(write_file("t.xlsx", xlsx(rows))).report.checks) == 31 + 12
    wrong = changed(rows, (2 + 9, 3), 99)  # 10 March
    with pytest.raises(DataError, match=r"D34 prints \d+ but D3:D33 sum"):
        vs.read_counts(write_file("t.xlsx", xlsx(wrong)))


def test_a_count_of_a_day_that_does_not_exist_is_refused(write_file: WriteFile) -> None:
    wrong = changed(days_down(), (2 + 29, 2), 3)  # 30 February
    with pytest.raises(DataError, match="cell C32: expected nothing, since 2024-02 has no day 30, got '3'"):
        vs.read_counts(write_file("t.xlsx", xlsx(wrong)))
    with pytest.raises(DataError, match="2023-02 has no day 29"):
        vs.read_counts(write_file("t.xlsx", xlsx(days_down(year=None))), year=2023)


def test_its_year_is_asked_for_and_one_day_is_not_a_series(write_file: WriteFile) -> None:
    with pytest.raises(DataError, match="pass year="):
        vs.read_counts(write_file("t.xlsx", xlsx(days_down(year=None))))
    text = "".join(";".join("" if cell is None else str(cell) for cell in row) + "\n" for row in days_down())
    with pytest.raises(SelectionError, match="a day of the month"):
        vs.read_counts(write_file("t.csv", text), take="1")


@pytest.mark.parametrize("n_districts", [28, 30, 32])
def test_numbered_districts_are_not_days(write_file: WriteFile, n_districts: int) -> None:
    counts: Rows = [[name, *([4] * n_districts)] for name in MONTHS]
    rows: Rows = [["Homicidios 2023"], ["Mes", *range(1, n_districts + 1)], *counts]
    with pytest.raises(DataError, match="expected one series or a total"):
        vs.read_counts(write_file("t.xlsx", xlsx(rows)))


def test_days_to_come_are_not_counts(write_file: WriteFile) -> None:
    rows = days_down()
    zeros: Rows = [
        *rows[:2],
        *([day, *row[1:4], *(None if cell is None else 0 for cell in row[4:])] for day, row in enumerate(rows[2:], 1)),
    ]
    with pytest.raises(DataError, match=r"counts about 4.9 a day as before, got 0 in .*zeros='unknown'"):
        vs.read_counts(write_file("t.xlsx", xlsx(zeros)))
    known = vs.read_counts(write_file("t.xlsx", xlsx(zeros)), zeros="unknown").series.observations
    assert max(one.window.end for one in known) == date(2024, 3, 30)  # the last day with a count that is not 0
