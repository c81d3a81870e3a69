"""The command line: what a user types, what comes back, and with which exit code.

Kinds of test: by hand (the counts of the shipped case, as the case's own tables give them).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import violence_stats as vs
from violence_stats.cli import DONE, FAILED, MISUSE, main, printing
from violence_stats.errors import OutputError

CLAIM = ["claim", "--window", "2020-H1", "--baseline", "2019-H1"]


@pytest.fixture
def edited_case(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(vs.load_case().folder, folder)
    chain = folder / "chain.csv"
    chain.write_text(chain.read_text(encoding="utf-8").replace(",374,", ",375,", 1), encoding="utf-8")
    return folder


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_verify_finds_no_fault_in_the_shipped_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == DONE
    assert "no fault" in printed(capsys)


def test_verify_fails_on_an_edited_table_and_names_it(edited_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(edited_case), "--json"]) == FAILED
    faults = json.loads(printed(capsys))["faults"]
    assert {fault["file"] for fault in faults} == {"chain.csv"}


def test_other_commands_refuse_an_edited_table_in_one_line(
    edited_case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["series", str(edited_case)]) == FAILED
    error = capsys.readouterr().err
    assert error.startswith("violence-stats: chain.csv")
    assert error.count("\n") == 1


def test_series_prints_every_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", "--json"]) == DONE
    assert len(json.loads(printed(capsys))["windows"]) == len(vs.load_homicides())


def test_series_of_another_country_and_publisher(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", "--country", "MEX", "--publisher", "INEGI"]) == DONE
    assert "homicides MEX" in printed(capsys)


def test_a_claim_that_the_counts_bear_out_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CLAIM, "--claimed=-62.5"]) == DONE
    assert "1,576 to 589" in printed(capsys)


def test_a_claim_that_they_do_not_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CLAIM, "--claimed=-40"]) == FAILED


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_sentence_to_quote_is_one_line(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([*CLAIM, "--claimed=-62.5", "--sentence", lang])
    assert printed(capsys).count("\n") == 1


def test_fit_prints_what_the_library_says(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["fit", "--span", "2010-01", "2013-12", "--step", "2012-03", "--harmonics", "1", "--errors", "iid"]
    assert main(words) == DONE
    model = vs.InterruptedTimeSeries(interventions=[vs.Step("2012-03")], harmonics=1, errors="iid")
    fit = model.fit(vs.load_homicides(), window=("2010-01", "2013-12"))
    assert printed(capsys) == f"{fit.summary()}\n{fit.sentence('en')}\n"
    main([*words, "--lang", "es"])
    assert printed(capsys) == f"{fit.summary()}\n{fit.sentence('es')}\n"
    main([*words, "--sentence", "es"])
    assert printed(capsys) == f"{fit.sentence('es')}\n"
    main([*words, "--json"])
    assert json.loads(printed(capsys))["sentence"] == {"en": fit.sentence("en"), "es": fit.sentence("es")}


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["breaks", "--span", "2016-06", "2020-06", "--most", "1"], {"en": "Without any date", "es": "Sin "}),
        (["evidence", "--event", "2012-03"], {"en": "The truce", "es": "La tregua"}),
    ],
)
def test_what_to_quote_stands_last_in_the_language_asked_for(
    words: list[str], begins: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--json"]) == DONE
    sentence = json.loads(printed(capsys))["sentence"]
    assert {lang: told.startswith(begins[lang]) for lang, told in sentence.items()} == {"en": True, "es": True}
    for lang in ("en", "es"):
        assert main([*words, "--lang", lang]) == DONE
        assert printed(capsys).splitlines()[-2:] == ["", sentence[lang]]


def test_breaks_of_one_clear_fall_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["breaks", "--country", "SLV", "--publisher", "PNC", "--definition", "all"]
    words += ["--span", "2016-06", "2020-06", "--most", "1", "--json"]
    assert main(words) == DONE
    assert json.loads(printed(capsys))["dates"] == ["2019-07"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["breaks", "--most", "2"], "2 of 2 tests on simulated series"),
        (["evidence", "--event", "2012-03"], "4 of 4 episodes"),
    ],
)
def test_a_slow_command_says_how_far_it_is_beside_what_it_prints(
    words: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(printing, "PATIENCE_SECONDS", float("inf"))
    assert main([*words, "--json"]) == DONE
    quick = capsys.readouterr()
    monkeypatch.setattr(printing, "PATIENCE_SECONDS", -1.0)
    assert main([*words, "--json"]) == DONE
    slow = capsys.readouterr()
    assert quick.err == ""
    assert slow.err.splitlines()[-1] == f"  {told}"
    assert json.loads(slow.out) == json.loads(quick.out)


def test_a_report_says_how_far_it_is_and_is_built_by_so_many(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def write(_folder: str, *, n_jobs: int, progress: Callable[[str], None], **_: object) -> None:
        progress(f"by {n_jobs}")
        raise OutputError("not written")

    monkeypatch.setattr(vs, "write_report", write, raising=False)
    assert main(["report", "--jobs", "2", "--to", str(tmp_path)]) == MISUSE
    assert capsys.readouterr().err.splitlines()[0] == "  by 2"


def test_read_says_what_was_taken_and_draws_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "homicidios.csv"
    file.write_text("mes,homicidios\nene-20,119\nfeb-20,114\n", encoding="utf-8")
    assert main(["read", str(file)]) == DONE
    text = printed(capsys)
    assert "taken: 2 counts, 2020-01 to 2020-02" in text
    assert "2020-02  114" in text


@pytest.mark.parametrize(
    "words",
    [
        ["series", "--as-of", "1990-01-01"],
        ["series", "--publisher", "NOBODY"],
        ["series", "nowhere/"],
        [*CLAIM[:1], "--window", "2020-H3", "--baseline", "2019-H1", "--claimed=-62.5"],
        ["fit", "--span", "2020-06", "2016-04", "--step", "2019-06"],
        ["fit", "--span", "2016-04", "2020-06", "--step", "2012-03"],
        ["breaks", "--jobs", "0"],
        ["evidence", "--jobs", "0"],
    ],
)
def test_misuse_is_one_line_and_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == MISUSE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("violence-stats: ")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("command", ["verify", "series", "claim", "fit", "breaks", "evidence", "read", "report"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert f"Example: violence-stats {command}" in printed(capsys)


def test_unknown_words_are_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verfy"])
    assert stopped.value.code == MISUSE


def test_diff_tells_what_publishers_revised_between_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--before", "2020-07-31", "--after", "2020-12-31"]) == DONE
    assert "0 removed, 0 edited; counts revised: " in printed(capsys)
    assert main(["diff", "--before", "2020-07-31", "--after", "2020-12-31", "--json"]) == DONE
    assert json.loads(printed(capsys))["removed"] == []


def test_diff_compares_two_cases(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(vs.load_case().folder, folder)
    assert main(["diff", "--with", str(folder)]) == DONE
    assert printed(capsys).startswith("figures: 0 added, 0 removed, 0 edited; counts revised: 0\n")


def test_diff_without_anything_to_compare_with_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff"]) == MISUSE
    assert "expected --before DATE or --with CASE" in capsys.readouterr().err


def test_export_writes_a_package_with_the_licence_of_the_case(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["export", "--to", str(tmp_path / "out"), "--as-of", "2020-09-30"]) == DONE
    assert printed(capsys).count("\n") == 3
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in package["licenses"]] == ["CC-BY-4.0"]
    assert vs.load_ledger(tmp_path / "out").figures == vs.load_case().ledger.as_of("2020-09-30").figures
