"""By hand: what lies in the folder after a build, after a second one, and after one that failed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

import violence_stats as vs
from violence_stats.errors import OutputError, SelectionError
from violence_stats.report import build
from violence_stats.report.build import ReportFiles, write_report
from violence_stats.report.content import Facts
from violence_stats.report.document import Document


@pytest.fixture(scope="module")
def built(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> tuple[ReportFiles, list[str]]:
    """One whole build of the shipped case, from the facts that all tests share."""
    steps: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "gather_facts", lambda _case, say, _n_jobs: (say("reading the case"), facts)[1])
        files = write_report(tmp_path_factory.mktemp("reports"), progress=steps.append)
    return files, steps


@pytest.fixture
def quick(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds that take the facts as computed and draw the claim's chart only."""
    monkeypatch.setattr(build, "gather_facts", lambda _case, _say, _n_jobs: facts)
    monkeypatch.setattr(build.Chart, "write", lambda chart, folder, _languages: stub_files(chart, folder))
    monkeypatch.setattr(build, "write_pdf", stub_pdf)


def stub_pdf(document: Document, path: Path, *, workplace: Path) -> None:
    path.write_text(document.title)


def stub_files(chart: build.Chart, folder: Path) -> None:
    (folder / "charts").mkdir(exist_ok=True)
    for name in (chart.table_file, *(chart.file(lang, kind) for lang in ("en", "es") for kind in ("svg", "png"))):
        (folder / name).write_text(name)


def test_everything_named_is_there_and_nothing_else(built: tuple[ReportFiles, list[str]]) -> None:
    files, _ = built
    found = {path for path in files.folder.rglob("*") if path.is_file()}
    assert found == set(files.paths)
    assert {path.name for path in files.pdfs} == {"el-salvador.en.pdf", "el-salvador.es.pdf"}
    assert len(files.charts) == 48
    assert len(files.tables) == 12


def test_a_line_of_progress_comes_with_each_step(built: tuple[ReportFiles, list[str]]) -> None:
    _, steps = built
    assert steps[0] == "reading the case"
    assert steps[-1] == "typesetting el-salvador.es.pdf"


@pytest.mark.parametrize(("lang", "words"), [("en", "did they fall"), ("es", "¿bajaron un")])
def test_the_pages_say_their_language_and_the_day_of_their_data(
    built: tuple[ReportFiles, list[str]], lang: str, words: str
) -> None:
    path = next(path for path in built[0].pdfs if path.name.endswith(f".{lang}.pdf"))
    reader = PdfReader(path)
    assert reader.trailer["/Root"]["/Lang"].split("-")[0] == lang
    assert reader.metadata["/CreationDate"].startswith("D:20251130")
    assert words in reader.pages[0].extract_text().replace("\u00a0", " ")


def test_the_headline_holds_the_counts_of_the_verdict(built: tuple[ReportFiles, list[str]]) -> None:
    headline = json.loads(built[0].headline.read_text(encoding="utf-8"))
    pairs = [(pair["baseline"], pair["window"]) for pair in headline["claim"]["like_with_like"]]
    assert pairs == [(1576, 589), (1561, 583), (1576, 586)]
    assert headline["claim"]["observed_pct"] == -62.6
    assert headline["series"]["annual_totals"]["2015"] == 6656
    assert list(headline["breaks"]["2019-06"]) == ["2019-06-01", "2019-06-20", "2019-07-01"]


def test_the_manifest_names_no_path_and_no_day(built: tuple[ReportFiles, list[str]]) -> None:
    text = built[0].manifest.read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert manifest["inputs"]["figures.csv"].startswith("sha256:")
    assert manifest["inputs"]["claims.toml"].startswith("sha256:")
    assert "matplotlib" in manifest["libraries"]
    assert "/" not in text
    assert re.search(r"\d{4}-\d{2}-\d{2}", text) is None


def test_numbers_that_json_has_no_word_for_are_null(
    quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holes = {"missing": float("nan"), "fits": [{"high": float("inf")}, (1.5, np.float64("nan"))], "n": 3, "none": None}
    monkeypatch.setattr(build, "headline_numbers", lambda _facts: holes)
    headline = write_report(tmp_path).headline.read_text(encoding="utf-8")

    def refuse(word: str) -> None:
        raise AssertionError(word)

    told = json.loads(headline, parse_constant=refuse)
    assert told == {"missing": None, "fits": [{"high": None}, [1.5, None]], "n": 3, "none": None}


def test_a_table_starts_with_the_mark_that_spreadsheets_need(built: tuple[ReportFiles, list[str]]) -> None:
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in built[0].tables)


def test_one_language_leaves_the_other_as_it_was(quick: None, tmp_path: Path) -> None:
    both = write_report(tmp_path)
    english = both.pdfs[0]
    english.write_text("as it was")
    files = write_report(tmp_path, lang="es")
    assert [path.name for path in files.pdfs] == ["el-salvador.es.pdf"]
    assert english.read_text() == "as it was"


def test_a_build_that_fails_leaves_the_previous_files_and_no_scraps(
    quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fail(*_args: object, **_options: object) -> None:
        raise OutputError("the last page did not come out")

    monkeypatch.setattr(build, "manifest", fail)
    with pytest.raises(OutputError, match="last page"):
        write_report(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_is_a_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="taken"):
        write_report(tmp_path / "taken")


def test_a_disk_that_fills_up_is_an_error_of_output(
    quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build.Chart, "write", fill)
    with pytest.raises(OutputError, match="No space left"):
        write_report(tmp_path)


def test_an_unknown_language_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="'fr'"):
        write_report(tmp_path / "new", lang="fr")
    assert not (tmp_path / "new").exists()


def test_it_is_a_public_name() -> None:
    assert vs.write_report is write_report
