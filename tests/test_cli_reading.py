"""The command that reads a file: options for what the library's messages ask for, and files of one row a victim.

Kinds of test: by hand (small files whose counts are plain to see).
"""

from __future__ import annotations

from pathlib import Path

import pytest

import violence_stats as vs
from violence_stats.cli import DONE, FAILED, MISUSE, main

VICTIMS = "N°;Fecha del hecho;Arma;Edad\n" + "".join(
    f"{place};{day};{'Fuego' if place % 2 else 'Blanca'};{20 + place}\n"
    for place, day in enumerate(["02/01/2024", "02/01/2024", "15/01/2024", "s/d", "20/02/2024", "02/25/2024"], 1)
)


@pytest.fixture
def victims(tmp_path: Path) -> str:
    path = tmp_path / "victimas.csv"
    path.write_bytes(VICTIMS.encode("latin-1"))
    return str(path)


def test_records_are_counted_by_month_and_group(victims: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", victims, "--records", "Fecha del hecho", "--by", "Arma"]) == DONE
    printed = capsys.readouterr().out
    assert "rows: 6; counted: 4; kept out: 2" in printed
    assert printed.count("2024-01") >= 2
    assert "row 7: '02/25/2024', a date only with day and month the other way round" in printed


def test_records_are_written_into_a_case_with_what_was_kept_out(victims: str, tmp_path: Path) -> None:
    case = str(tmp_path / "my-case")
    assert main(["new", case, "--country", "HND"]) == DONE
    words = [
        "read",
        victims,
        "--records",
        "fecha del hecho",
        "--to",
        case,
        "--publisher",
        "POL",
        "--status",
        "compiled",
    ]
    assert main(words) == DONE
    figures = vs.load_case(case).ledger.figures.values()
    assert [(one.value, one.status) for one in figures] == [(3, "compiled"), (1, "compiled")]
    assert next(iter(figures)).note == (
        "read from victimas.csv, column fecha del hecho; 2 of 6 rows of the file could not be read"
    )


PLACES = "Fecha;Municipio\n" + "".join(
    f"{day:02d}/{month:02d}/2024;{place}\n"
    for month, day, place in ((1, 3, "Norte"), (1, 9, "Sur"), (1, 9, "Sur"), (2, 4, "Norte"), (2, 5, ""))
)


def test_municipalities_are_written_as_areas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """January: Norte 1, Sur 2. February: Norte 1, Sur 0, one of a place that is not said."""
    path, case = tmp_path / "v.csv", str(tmp_path / "my-case")
    path.write_text(PLACES, encoding="utf-8")
    vs.new_case(case, country="HND")
    words = ["read", str(path), "--records", "Fecha", "--by", "Municipio", "--to", case, "--publisher", "POL"]
    assert main(words) == DONE
    assert (
        "note: written are the months of all records, and of 2 areas by Municipio; records without one count toward "
        "the whole only: 1"
    ) in capsys.readouterr().out
    figures = vs.load_case(case).ledger.figures.values()
    assert [(one.area, str(one.window), one.value) for one in figures] == [
        *(("", "2024-01", 3), ("", "2024-02", 2)),
        *(("Norte", "2024-01", 1), ("Norte", "2024-02", 1)),
        *(("Sur", "2024-01", 2), ("Sur", "2024-02", 0)),
    ]
    assert [one.note for one in figures][2] == "read from v.csv, column Fecha, Municipio Norte"
    assert vs.load_counts("HND", "homicides", case=case, publisher="POL", area="Sur").total("2024-01") == 2
    assert [one.value for one in vs.load_homicides(case)] == [3, 2]
    assert vs.verify_case(case).ok


def test_other_groups_are_not_written_and_that_is_said(
    victims: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(tmp_path / "my-case")
    vs.new_case(case, country="HND")
    words = ["read", victims, "--records", "Fecha del hecho", "--by", "Arma", "--to", case, "--publisher", "POL"]
    assert main(words) == DONE
    said = "note: written are the months of all records; their groups by Arma are not, since a ledger counts by area"
    assert f"{said} (--areas writes the groups of one column as areas)" in capsys.readouterr().out
    assert {one.area for one in vs.load_case(case).ledger.figures.values()} == {""}


def test_an_area_spelt_in_two_ways_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, case = tmp_path / "v.csv", str(tmp_path / "my-case")
    path.write_text(PLACES.replace("Sur", "NORTE", 1), encoding="utf-8")
    vs.new_case(case, country="HND")
    words = ["read", str(path), "--records", "Fecha", "--by", "Municipio", "--to", case, "--publisher", "POL"]
    assert main(words) == FAILED
    assert "spelt in one way, got 'NORTE' and 'Norte'; correct the file, or pass --no-areas" in capsys.readouterr().err
    assert not vs.load_case(case).ledger.figures
    assert main([*words, "--no-areas"]) == DONE
    assert len(vs.load_case(case).ledger.figures) == 2
    assert main([*words[:4], "--to", case, "--publisher", "POL", "--areas"]) == MISUSE


def test_rows_of_several_victims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Fecha;Cantidad\n01/01/2024;3\n02/01/2024;1\n", encoding="utf-8")
    assert main(["read", str(path), "--records", "Fecha"]) == FAILED
    assert "pass --count 'cantidad' to count what it says, or --count ''" in capsys.readouterr().err
    assert main(["read", str(path), "--records", "Fecha", "--count", "Cantidad"]) == DONE
    assert "2024-01  4  " in capsys.readouterr().out


def test_a_file_of_victims_read_as_a_table_points_to_the_option(
    victims: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", victims]) == FAILED
    message = capsys.readouterr().err
    assert "--no-day-first" in message
    assert "where every row is one victim, use --records HEADING" in message


@pytest.mark.parametrize(
    ("content", "asks", "option"),
    [
        ("Mes;Casos\nEnero;5\nFebrero;6\n", "pass --year, such as --year 2020, or --cells with", ["--year", "2024"]),
        ("Mes;2024\nEnero;5\nFebrero;6\nTotal;12\n", "pass --no-check-totals to list", ["--no-check-totals"]),
        (
            "Mes;Sexo;Casos\nene-24;M;4\nene-24;Total;5\nfeb-24;M;4\nfeb-24;Total;6\n",
            "pass --where 'Sexo=...' to take",
            ["--where", "sexo=total"],
        ),
        (
            "Fecha;Casos\n15/01/2024;5\n15/02/2024;6\n",
            "pass --dates with one of 'week-starts', 'week-ends', 'months'",
            ["--dates", "months"],
        ),
        ("Mes;A;B\nene-24;5;1\nfeb-24;6;2\n", "pass --take with the name of one: 'A', 'B'", ["--take", "A"]),
    ],
)
def test_what_a_message_asks_for_can_be_typed(
    content: str, asks: str, option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["read", str(path)]) == FAILED
    assert asks in capsys.readouterr().err
    assert main(["read", str(path), *option]) == DONE
    assert "2 windows, 2024-01-01 to 2024-02-29" in capsys.readouterr().out


def test_weeks_are_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Semana;2024\n1;7\n2;3\n3;8\n", encoding="utf-8")
    assert main(["read", str(path)]) == FAILED
    assert "pass --weeks 'iso' for weeks from Monday to Sunday" in capsys.readouterr().err
    assert main(["read", str(path), "--weeks", "iso"]) == DONE
    assert "2024-01-08/2024-01-14  3" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["--by", "Arma"], ["--records", "Fecha del hecho", "--take", "Edad"], ["--where", "Arma"]]
)
def test_options_of_the_other_kind_are_misuse(words: list[str], victims: str) -> None:
    assert main(["read", victims, *words]) == MISUSE
