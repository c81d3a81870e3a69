"""The command that reads the UNODC table and inhabitants: prints them, writes them into a case, or says what to type.

Kinds of test: by hand (made-up figures in the published shapes).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import violence_stats as vs
from tests.ingest.spreadsheets import xlsx
from tests.ingest.test_bulk_tables import HEADINGS, TABLE, WORLD_BANK, entry
from violence_stats.cli import DONE, FAILED, MISUSE, main


@pytest.fixture
def unodc(tmp_path: Path) -> str:
    path = tmp_path / "data_cts_intentional_homicide.xlsx"
    path.write_bytes(xlsx(TABLE))
    return str(path)


@pytest.fixture
def world_bank(tmp_path: Path) -> str:
    path = tmp_path / "API_SP.POP.TOTL.csv"
    path.write_text(WORLD_BANK, encoding="utf-8")
    return str(path)


@pytest.fixture
def case(tmp_path: Path) -> str:
    return str(vs.new_case(tmp_path / "my-case", country="ATL").folder)


def test_the_unodc_table_is_read_and_drawn(unodc: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", unodc, "--unodc", "--country", "ATL"]) == DONE
    printed = capsys.readouterr().out
    assert "homicides ATL: 2 windows, 2019-01-01 to 2020-12-31" in printed
    assert "3 rows: '', other countries, indicators, groups or units" in printed
    assert printed.splitlines()[-1].startswith("2020  12  ██")
    assert main(["read", unodc, "--unodc", "--country", "Atlantis", "--sex", "Female", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["report"]["taken"] == [
        {"start": "2019-01-01", "end": "2019-12-31", "value": 3.0, "cells": "L6 (CTS)", "text": "3"}
    ]


def test_the_unodc_table_becomes_figures_of_whole_years(unodc: str, case: str) -> None:
    words = ["read", unodc, "--unodc", "--country", "ATL", "--to", case, "--reported", "2024", "--title", "UNODC table"]
    assert main(words) == DONE
    figures = list(vs.load_case(case).ledger.figures.values())
    assert [(str(one.window), one.value, one.publisher, one.country) for one in figures] == [
        ("2019", 15, "UNODC", "ATL"),
        ("2020", 12, "UNODC", "ATL"),
    ]
    assert figures[0].note == "read from data_cts_intentional_homicide.xlsx, sheet Hoja1, L5 (CTS)"
    assert vs.verify_case(case).ok
    assert main(words) == FAILED


def test_inhabitants_are_read_and_drawn(world_bank: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", world_bank, "--population", "--country", "ATL"]) == DONE
    printed = capsys.readouterr().out
    assert "population: 3 years, 2018 to 2020" in printed
    assert "2018  6,276,342  ██" in printed


def test_inhabitants_become_rows_of_the_case(world_bank: str, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["read", world_bank, "--population", "--country", "ATL", "--to", case, "--publisher", "World Bank"]
    assert main([*words, "--title", "SP.POP.TOTL"]) == DONE
    assert "inhabitants of ATL in 3 years (2018 to 2020), World Bank, SP.POP.TOTL" in capsys.readouterr().out
    assert vs.load_population("ATL", case=case).to_dict() == {2018: 6276342, 2019: 6280217, 2020: 6292731}
    assert vs.verify_case(case).ok
    assert main(words) == FAILED
    assert "pass --existing 'keep' to add the other years only" in capsys.readouterr().err
    assert main([*words, "--existing", "keep", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["added"]["n_same"] == 3


def test_a_table_without_countries_is_the_case_s_own(tmp_path: Path, case: str) -> None:
    path = tmp_path / "proyecciones.csv"
    path.write_text("Año;Población\n2019;1.000.500\n2020;1.010.200\n", encoding="utf-8")
    assert main(["read", str(path), "--population", "--to", case, "--publisher", "INE"]) == DONE
    assert vs.load_population("ATL", case=case).to_dict() == {2019: 1_000_500, 2020: 1_010_200}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--unodc"], "--unodc: expected a country of the table, got none; pass --country, one of ATL, MUU"),
        (["--unodc", "--population"], "--unodc and --population: expected one of them"),
        (["--unodc", "--records", "Year"], "--records and --unodc: expected one of them"),
        (["--unodc", "--country", "ATL", "--take", "VALUE"], "--take does not go with --unodc, only with a table of"),
        (["--unodc", "--country", "XXX"], "--country 'XXX' is not in the table: expected a code such as ATL, MUU"),
        (["--unodc", "--country", "ATL", "--sex", "Other"], "--sex 'Other': expected one of 'Total', 'Female'"),
        (["--population", "--measure", "robbery"], "--measure does not go with --population"),
        (["--population", "--reported", "2024"], "--reported does not go with --population"),
        (["--sex", "Female"], "--sex does not go with a table of counts, only with --unodc: leave it out, or give"),
        (["--existing", "keep"], "--existing does not go with a table of counts, only with --population"),
    ],
)
def test_options_that_do_not_go_together_are_misuse(
    words: list[str], says: str, unodc: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", unodc, *words]) == MISUSE
    assert says in capsys.readouterr().err


def test_inhabitants_need_a_code_to_be_written_under(
    tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.csv"
    path.write_text(WORLD_BANK, encoding="utf-8")
    words = ["read", str(path), "--population", "--country", "Mu", "--to", case, "--publisher", "WB"]
    assert main(words) == MISUSE
    assert "expected the ISO code of three capital letters" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "option"),
    [
        (WORLD_BANK, "--population"),
        ("Proyecciones de población\nAño;Total\n2019;1.000.500\n2020;1.010.200\n2021;1.020.300\n", "--population"),
        ("Año;Población\n2019;1000500\n2020;1010200\n", "--population"),
        (";".join(HEADINGS) + "\n" + ";".join(map(str, entry(2019, 15))) + "\n", "--unodc --country CODE"),
    ],
)
def test_a_table_with_a_reader_of_its_own_names_the_option(
    content: str, option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["read", str(path)]) == FAILED
    assert f"read it with {option}" in capsys.readouterr().err


def test_prisoners_are_counts(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Población penitenciaria\nAño;Internos\n2019;38114\n2020;37190\n", encoding="utf-8")
    assert vs.read_counts(path).series.values.tolist() == [38114, 37190]
