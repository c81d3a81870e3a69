"""A newsroom's path, typed as commands: a spreadsheet, a case of its own, checks, questions, the report.

Kinds of test: by hand (the sums of the spreadsheet's own cells), simulated truth (the month at which its level falls).
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import violence_stats as vs
from tests.charts.reading import words as words_of
from tests.ingest.conftest import MONTHS
from tests.ingest.spreadsheets import xlsx
from violence_stats.cli import DONE, FAILED, MISUSE, main

YEARS = (2021, 2022, 2023, 2024)
FALL = (2023, 4)
BEFORE, AFTER = 300.0, 200.0
SEED = 5

SETTINGS = """
[windows]
timeline = ["2021-01", "last"]
reform_fit = ["2021-01", "last"]
headline = "2024"
headline_baseline = "2022"

[[interventions]]
id = "2023-04"
date = 2023-04-01
kind = "contested"
name = { en = "New law", es = "Nueva ley" }
label = { en = "new law", es = "nueva ley" }
sources = []

[[episodes]]
id = "law"
intervention = "2023-04"
kind = "contested"
name = { en = "the months after the law", es = "los meses posteriores a la ley" }
ends = []
"""

CLAIM = """
[[claims]]
id = "fall-2024"
kind = "figure"
question = "claim"
reported_in = ["homicidios"]
window = "2024"
baseline = "2022"
claimed_pct = {pct}
[claims.text]
en = "Homicides in 2024 were far below those of 2022."
es = "En 2024 hubo muchos menos homicidios que en 2022."
[claims.made_by]
en = "the police"
es = "la policía"
"""


@dataclass(frozen=True)
class Newsroom:
    """A folder with a spreadsheet of months by years, and the counts in it."""

    folder: Path
    counts: dict[tuple[int, int], int]

    @property
    def case(self) -> str:
        return str(self.folder / "my-case")

    @property
    def file(self) -> str:
        return str(self.folder / "homicidios.xlsx")

    def year(self, year: int) -> int:
        return sum(count for (of, _), count in self.counts.items() if of == year)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    rng = np.random.default_rng(SEED)
    months = [(year, month) for year in YEARS for month in range(1, 13)]
    counts = {one: int(rng.poisson(BEFORE if one < FALL else AFTER)) for one in months}
    held = Newsroom(tmp_path_factory.mktemp("newsroom"), counts)
    rows = [["Policía Nacional"], ["Mes", *YEARS]]
    rows += [[name, *(counts[year, month] for year in YEARS)] for month, name in enumerate(MONTHS, 1)]
    rows.append(["Total", *map(held.year, YEARS)])
    Path(held.file).write_bytes(xlsx(rows))
    return held


@pytest.fixture(scope="module")
def filled(newsroom: Newsroom) -> Newsroom:
    """The newsroom after `new` and `read --to`."""
    assert main(["new", newsroom.case, "--country", "PER", "--name", "Peru", "--name-es", "Perú"]) == DONE
    words = ["read", newsroom.file, "--to", newsroom.case, "--publisher", "PNP", "--reported", "2025-01-15"]
    assert main([*words, "--url", "https://example.org/homicidios", "--title", "Homicidios por mes"]) == DONE
    return newsroom


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_every_cell_of_the_spreadsheet_is_a_figure_with_its_cell_as_note(filled: Newsroom) -> None:
    with (Path(filled.case) / "figures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["value"]) for row in rows] == list(filled.counts.values())
    assert rows[0]["note"] == "read from homicidios.xlsx, sheet Hoja1, B3"
    assert {row["source_id"] for row in rows} == {"homicidios"}
    assert {(row["definition"], row["publisher"], row["reported"]) for row in rows} == {("all", "PNP", "2025-01-15")}


def test_the_case_is_in_order_and_sums_to_the_printed_totals(
    filled: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", filled.case]) == DONE
    assert "97 rows in 9 tables: no fault" in printed(capsys)
    assert main(["series", filled.case, "--json"]) == DONE
    assert len(json.loads(printed(capsys))["windows"]) == 48
    assert [vs.load_homicides(filled.case).total(str(year)) for year in YEARS] == list(map(filled.year, YEARS))


def test_the_same_file_is_not_taken_twice(filled: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["read", filled.file, "--to", filled.case, "--publisher", "PNP", "--reported", "2025-01-15"]
    assert main(words) == FAILED
    captured = capsys.readouterr()
    assert captured.err.startswith("violence-stats: nothing was added: figures.csv row 2, F0001, holds it already")
    assert "and 45 more" in captured.err
    assert vs.verify_case(filled.case).ok


@pytest.mark.parametrize(("pct", "code"), [("right", DONE), ("wrong", FAILED)])
def test_a_claim_is_checked(filled: Newsroom, pct: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    change = 100 * (filled.year(2024) / filled.year(2022) - 1)
    claimed = f"{change:.1f}" if pct == "right" else "-5"
    assert main(["claim", filled.case, "--window", "2024", "--baseline", "2022", f"--claimed={claimed}"]) == code
    assert f"{filled.year(2022):,} to {filled.year(2024):,}" in printed(capsys)


def test_the_fall_that_was_put_in_is_found_with_and_without_its_date(
    filled: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fit", filled.case, "--step", "2023-04", "--json"]) == DONE
    effects = {one["term"]: one for one in json.loads(printed(capsys))["effects"]}
    low, high = (effects["step 2023-04"][name] for name in ("rate_ratio_low", "rate_ratio_high"))
    assert low < AFTER / BEFORE < high
    assert main(["breaks", filled.case, "--most", "2", "--json"]) == DONE
    assert json.loads(printed(capsys))["dates"] == ["2023-04"]


def test_what_the_case_does_not_name_is_asked_for(filled: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    for words, asked in (
        (["claim", filled.case], "give --window, --baseline and --claimed"),
        (["claim", filled.case, "--window", "2024"], "expected all three, or none"),
        (["fit", filled.case], "names these interventions inside a fitting window: none"),
        (["evidence", filled.case], "add [[episodes]] to case.toml"),
        (["read", filled.file, "--to", filled.case], "--publisher: expected who counted"),
    ):
        assert main(words) == MISUSE
        assert asked in capsys.readouterr().err


def test_a_chart_of_its_series_needs_no_case(filled: Newsroom) -> None:
    """A series does not know where its folder lies, so that its own words stand in for the case's names."""
    assert "Homicides in PER, 2021 to 2024" in words_of(vs.plot_timeline(vs.load_homicides(filled.case)))


def test_a_figure_that_is_typed_continues_the_series(filled: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["add", filled.case, "--window", "2025-01", "--value", "199", "--publisher", "PNP"]
    words += ["--reported", "2025-02-03", "--url", "https://example.org/enero"]
    assert main(words) == DONE
    assert "reference chain: 1 window added" in printed(capsys)
    assert vs.load_homicides(filled.case).total("2025-01") == 199
    assert main(words) == FAILED


@pytest.fixture(scope="module")
def named(filled: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A newsroom's case with its claim, its windows and its intervention written down, a year later."""
    place = Newsroom(tmp_path_factory.mktemp("named"), filled.counts)
    Path(place.file).write_bytes(Path(filled.file).read_bytes())
    assert main(["new", place.case, "--country", "PER", "--name", "Peru", "--name-es", "Perú"]) == DONE
    assert main(["read", place.file, "--to", place.case, "--publisher", "PNP", "--reported", "2025-01-15"]) == DONE
    with (Path(place.case) / "case.toml").open("a", encoding="utf-8") as stream:
        stream.write(SETTINGS)
    pct = round(100 * (place.year(2024) / place.year(2022) - 1), 1)
    with (Path(place.case) / "claims.toml").open("a", encoding="utf-8") as stream:
        stream.write(CLAIM.format(pct=pct))
    return place


def test_commands_take_what_the_case_names(named: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", named.case]) == DONE
    assert main(["claim", named.case, "--sentence", "es"]) == DONE
    assert "en Perú" in printed(capsys)
    assert main(["fit", named.case]) == DONE
    fitted = printed(capsys)
    model = vs.InterruptedTimeSeries([vs.Step("2023-04")], harmonics=1)
    fit = model.fit(vs.load_homicides(named.case), window=("2021-01", "2024-12"))
    assert fitted == f"{fit.summary()}\n{fit.sentence('en', case=named.case)}\n"
    assert "(new law)" in fitted
    assert main(["evidence", named.case]) == DONE
    assert printed(capsys).startswith("the months after the law: cannot tell")


def test_the_report_of_a_thin_case_says_what_it_leaves_out(
    filled: Newsroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", filled.case, "--to", str(tmp_path), "--lang", "en"]) == DONE
    assert str(tmp_path / "peru.en.pdf") in printed(capsys)
    held = json.loads((tmp_path / "headline.json").read_text("utf-8"))
    assert (held["case"], held["claim"], held["breaks"]) == ("my-case", None, {})
    assert held["series"]["annual_totals"]["2022"] == filled.year(2022)


def test_the_report_of_a_case_with_names_answers_its_claim(named: Newsroom, tmp_path: Path) -> None:
    assert main(["report", named.case, "--to", str(tmp_path), "--lang", "es"]) == DONE
    assert {path.name for path in tmp_path.glob("*.pdf")} == {"peru.es.pdf"}
    held = json.loads((tmp_path / "headline.json").read_text("utf-8"))
    assert held["claim"]["verdict"] == "confirmed"
    assert list(held["breaks"]) == ["2023-04"]
    assert list(held["unknown_dates"]["breaks"]) == ["2023-04"]


@pytest.mark.parametrize("value", ["1.085", "1,085", "1 085", "1_085", "1e3", "veinte", ""])
def test_a_count_with_a_sign_between_thousands_is_asked_for_again(
    filled: Newsroom, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = Path(filled.case, "figures.csv")
    before = figures.read_bytes()
    with pytest.raises(SystemExit) as ended:
        main(["add", filled.case, "--window", "2026-01", "--value", value, "--publisher", "POL"])
    assert ended.value.code == MISUSE
    assert f"expected a whole number, such as 1085, got {value!r}" in capsys.readouterr().err
    assert figures.read_bytes() == before


def test_a_case_is_not_made_over_what_is_there(filled: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", filled.case, "--country", "PER"]) == MISUSE
    assert "expected one that is empty or not there yet" in capsys.readouterr().err
