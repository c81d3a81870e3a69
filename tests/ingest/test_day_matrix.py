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


def as_csv(rows: Rows) -> str:
    return "".join(";".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def first_days(rows: Rows, last: int) -> Rows:
    return [row for row in rows if not isinstance(row[0], int) or row[0] <= last]


@pytest.mark.parametrize("is_text", [False, True], ids=["xlsx", "csv"])
@pytest.mark.parametrize("across", [False, True], ids=["down", "across"])
def test_headed_days_without_a_count_in_any_month_are_not_known(
    write_file: WriteFile, *, is_text: bool, across: bool
) -> None:
    rows = days_down()
    rows = [*rows[:30], *([day, *[None] * 12] for day in (29, 30, 31))]
    if across:
        rows = [row if i < 2 else [*row[:29], None, None, None] for i, row in enumerate(days_across())]
    path = write_file("t.csv", as_csv(rows)) if is_text else write_file("t.xlsx", xlsx(rows))
    reading = vs.read_counts(path)
    assert by_day(reading) == {place: count for place, count in COUNTS.items() if place[1] <= 28}
    assert any("11 gaps, the first between 2024-01-28 and 2024-02-01" in guess for guess in reading.report.guesses)
    with pytest.raises(SelectionError, match="a day of the month"):
        vs.read_counts(write_file("u.csv", as_csv(rows)), take="1")


@pytest.mark.parametrize(
    "rows",
    [
        first_days(days_down(), 28),
        first_days(days_down(), 30),
        first_days(days_down(), 10),
        [row[:29] for row in days_across()],
        [row for row in days_down() if row[0] != 7],
    ],
    ids=["to-28", "to-30", "to-10", "across", "without-7"],
)
def test_one_of_numbers_that_may_be_days_is_never_a_series(write_file: WriteFile, rows: Rows) -> None:
    for path in (write_file("t.csv", as_csv(rows)), write_file("t.xlsx", xlsx(rows))):
        with pytest.raises(DataError, match=r"numbered .* if they are days of the month, head one for each") as raised:
            vs.read_counts(path)
        assert "take=" not in str(raised.value)
    with pytest.raises(SelectionError, match=r"take='3' may be a day of the month .* if they are days"):
        vs.read_counts(write_file("t.csv", as_csv(rows)), take="3")


def test_a_total_beside_numbers_that_may_be_days_can_be_taken(write_file: WriteFile) -> None:
    counts: Rows = [[name, *[4] * 28, 7] for name in MONTHS]
    rows: Rows = [["Homicidios 2023"], ["Mes", *range(1, 29), "Otros"], *counts]
    assert vs.read_counts(write_file("t.csv", as_csv(rows)), take="Otros").series.total("2023") == 84


def test_one_of_a_few_numbered_districts_is_a_series(write_file: WriteFile) -> None:
    counts: Rows = [[name, 4, 5, 6] for name in MONTHS]
    rows: Rows = [["Homicidios 2023"], ["Mes", 1, 2, 3], *counts]
    assert vs.read_counts(write_file("t.csv", as_csv(rows)), take="3").series.total("2023") == 72
