"""Quarters and halves between the months that they sum, months that carry their number, and one part of each year.

Kinds of test: by hand (every way of writing them gives the months, each quarter checked against its own).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

import violence_stats as vs
from tests.ingest.conftest import FIRST_YEAR, MONTHS, SECOND_YEAR, WriteFile
from violence_stats.errors import DataError, WindowError
from violence_stats.ingest.counts import CountsReading
from violence_stats.months import WindowLike

YEARS = {2019: list(FIRST_YEAR), 2020: list(SECOND_YEAR)}
ORDINALS = ("Primer", "Segundo", "Tercer", "Cuarto")
ROMAN = ("I", "II", "III", "IV")
QUARTERS: dict[str, Callable[[int], str]] = {
    "I Trimestre": lambda k: f"{ROMAN[k]} Trimestre",
    "Primer trimestre": lambda k: f"{ORDINALS[k]} trimestre",
    "Total I trim.": lambda k: f"Total {ROMAN[k]} trim.",
    "Total trimestre I": lambda k: f"Total trimestre {ROMAN[k]}",
    "Total del 1er trimestre": lambda k: f"Total del {k + 1}er trimestre",
    "Subtotal I Trimestre": lambda k: f"Subtotal {ROMAN[k]} Trimestre",
    "First quarter": lambda k: ("First", "Second", "Third", "Fourth")[k] + " quarter",
    "Total enero-marzo": lambda k: f"Total {MONTHS[3 * k]}-{MONTHS[3 * k + 2]}",
}
NUMBERED: dict[str, Callable[[int, str], str]] = {
    "1. Enero": lambda k, month: f"{k}. {month}",
    "01 Enero": lambda k, month: f"{k:02} {month}",
    "01-ene": lambda k, month: f"{k:02}-{month[:3]}",
    "1) Enero": lambda k, month: f"{k}) {month}",
    "01_Enero": lambda k, month: f"{k:02}_{month}",
}


def sums(counts: list[int]) -> list[int]:
    return [sum(counts[k : k + 3]) for k in range(0, 12, 3)]


def interleaved(quarter: Callable[[int], list[object]], month: Callable[[int], list[object]], *, above: bool) -> str:
    rows: list[list[object]] = []
    for k in range(4):
        months = [month(one) for one in range(3 * k, 3 * k + 3)]
        rows += [quarter(k), *months] if above else [*months, quarter(k)]
    return "".join(";".join(map(str, row)) + "\n" for row in rows)


def by_year(quarter: Callable[[int], str], *, above: bool) -> str:
    return "Mes;2019;2020\n" + interleaved(
        lambda k: [quarter(k), *(sums(counts)[k] for counts in YEARS.values())],
        lambda k: [MONTHS[k], *(counts[k] for counts in YEARS.values())],
        above=above,
    )


def years_in_a_column(*, above: bool) -> str:
    return "Año;Mes;Casos\n" + "".join(
        interleaved(
            lambda k, year=year, counts=counts: [year, f"{ORDINALS[k]} trimestre", sums(counts)[k]],  # type: ignore[misc]
            lambda k, year=year, counts=counts: [year, MONTHS[k], counts[k]],  # type: ignore[misc]
            above=above,
        )
        for year, counts in YEARS.items()
    )


def years_as_sections(*, above: bool) -> str:
    return "Mes;Casos\n" + "".join(
        f"{year};\n"
        + interleaved(
            lambda k, counts=counts: [f"{ORDINALS[k]} trimestre", sums(counts)[k]],  # type: ignore[misc]
            lambda k, counts=counts: [MONTHS[k], counts[k]],  # type: ignore[misc]
            above=above,
        )
        for year, counts in YEARS.items()
    )


def years_in_the_labels(*, above: bool, has_year: bool = True) -> str:
    return "Periodo;Casos\n" + "".join(
        interleaved(
            lambda k, year=year, counts=counts: [  # type: ignore[misc]
                f"{ROMAN[k]} Trimestre {year if has_year else ''}".strip(),
                sums(counts)[k],
            ],
            lambda k, year=year, counts=counts: [f"{MONTHS[k]} {year}", counts[k]],  # type: ignore[misc]
            above=above,
        )
        for year, counts in YEARS.items()
    )


def assert_months(reading: CountsReading, n_checks: int) -> None:
    monthly = reading.series.monthly()
    assert monthly.tolist() == YEARS[2019] + YEARS[2020]
    assert len(reading.report.checks) == n_checks
    unlabelled = [left.text for left in reading.report.left if left.why == "no label of time in its row"]
    assert set(unlabelled) <= {"2019", "2020"}  # the years beside quarters; no count stays unread


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("written", QUARTERS)
def test_quarters_among_months_are_checked(write_file: WriteFile, written: str, above: bool) -> None:
    text = by_year(QUARTERS[written], above=above)
    assert_months(vs.read_counts(write_file("t.csv", text)), 8)
    wrong = text.replace(f";{sums(YEARS[2020])[2]}\n", f";{sums(YEARS[2020])[2] + 1}\n")
    assert wrong != text
    with pytest.raises(DataError, match="got 1 that differ"):
        vs.read_counts(write_file("wrong.csv", wrong))


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("layout", [years_in_a_column, years_as_sections, years_in_the_labels])
def test_a_quarter_sums_the_months_of_its_own_year(
    write_file: WriteFile, layout: Callable[..., str], above: bool
) -> None:
    assert_months(vs.read_counts(write_file("t.csv", layout(above=above))), 8)


@pytest.mark.parametrize("above", [False, True])
def test_a_quarter_without_a_year_takes_that_of_the_months_beside_it(write_file: WriteFile, above: bool) -> None:
    text = years_in_the_labels(above=above, has_year=False)
    assert_months(vs.read_counts(write_file("t.csv", text)), 8)


def test_a_quarter_some_of_whose_months_are_missing_is_not_left_out(write_file: WriteFile) -> None:
    text = "Periodo;Casos\nEnero 2020;4\nFebrero 2020;5\nI Trimestre 2020;16\n"
    with pytest.raises(DataError, match="expected windows that do not overlap"):
        vs.read_counts(write_file("t.csv", text))


@pytest.mark.parametrize("written", NUMBERED)
def test_months_carry_their_number(write_file: WriteFile, written: str) -> None:
    labels = [NUMBERED[written](k, month) for k, month in enumerate(MONTHS, 1)]
    rows = zip(labels, *YEARS.values(), strict=True)
    down = "Mes;2019;2020\n" + "".join(";".join(map(str, row)) + "\n" for row in rows)
    across = f"Año;{';'.join(labels)}\n" + "".join(
        f"{year};{';'.join(map(str, counts))}\n" for year, counts in YEARS.items()
    )
    assert_months(vs.read_counts(write_file("down.csv", down)), 0)
    assert_months(vs.read_counts(write_file("across.csv", across)), 0)


@pytest.mark.parametrize("labels", [["1 enero", "2 enero", "3 enero"], ["1 enero", "8 enero", "2 febrero"]])
def test_days_of_a_month_are_not_months(write_file: WriteFile, labels: list[str]) -> None:
    text = "Fecha;Casos 2020\n" + "".join(f"{label};5\n" for label in labels)
    with pytest.raises(DataError, match="expected dates, months or years"):
        vs.read_counts(write_file("t.csv", text))


ONE_PART: dict[str, WindowLike] = {
    "Enero": "2020-01",
    "01 Enero": "2020-01",
    "I Trimestre": ("2020-01", "2020-03"),
    "Primer semestre": "2020-H1",
    "Enero-Junio": "2020-H1",
}


@pytest.mark.parametrize("text", ["Mes;2019;2020\n{0};200;190\n", "Año;{0}\n2019;200\n2020;190\n"])
@pytest.mark.parametrize("heading", ONE_PART)
def test_one_month_or_part_of_each_year_is_no_whole_year(write_file: WriteFile, text: str, heading: str) -> None:
    reading = vs.read_counts(write_file("t.csv", text.format(heading)))
    assert reading.series.total(ONE_PART[heading]) == 190
    assert len(reading.series.observations) == 2
    assert reading.report.guesses[0] == f"of each year only {heading!r} is counted"
    with pytest.raises(WindowError):
        reading.series.total("2020")


def test_a_month_that_is_asked_for_is_no_whole_year(write_file: WriteFile) -> None:
    text = "Año;Enero;Resto\n2019;200;2100\n2020;190;2030\n"
    assert vs.read_counts(write_file("t.csv", text), take="Enero").series.total("2020-01") == 190


def test_spans_from_january_begin_with_january(write_file: WriteFile) -> None:
    text = "Periodo;2019;2020\nEnero;10;11\nEnero-Febrero;20;23\nEnero-Marzo;30;37\n"
    series = vs.read_counts(write_file("t.csv", text)).series
    assert [one.value for one in series.observations] == [10, 10, 10, 11, 12, 14]


@pytest.mark.parametrize(
    "title",
    [
        "Homicidios en el mes de enero",
        "HOMICIDIOS I SEMESTRE",
        "Casos, primer trimestre 2019-2020",
        "Homicidios de enero",
    ],
)
def test_a_title_that_names_a_part_of_the_year_is_asked_about(write_file: WriteFile, title: str) -> None:
    table = "Año;Casos\n2019;200\n2020;190\n"
    with pytest.raises(DataError, match="expected counts of whole years, got 190 for 2020 in B4 under"):
        vs.read_counts(write_file("t.csv", f"{title}\n{table}"))
    assert vs.read_counts(write_file("t.csv", f"{title}\n{table}"), cells="A2:B4").series.total("2020") == 190
    assert vs.read_counts(write_file("t.csv", f"Boletín del I semestre de 2021\n{table}")).series.total("2020") == 190
