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
