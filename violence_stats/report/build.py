"""A report from start to end: content once, both languages from it, and the old files kept until all new ones stand."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from violence_stats import wording
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts, Progress, gather_facts
from violence_stats.report.headline import headline_numbers
from violence_stats.report.manifest import manifest
from violence_stats.report.pdf import write_pdf
from violence_stats.report.pictures import Chart, charts_of
from violence_stats.report.story import tell_story
from violence_stats.writing import hold_folder

Languages: TypeAlias = tuple[Language, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiles:
    """The files of a report.

    Attributes
    ----------
    folder : pathlib.Path
    pdfs, charts, tables : tuple of pathlib.Path
        Documents; pictures (SVG and PNG); the CSV behind each picture.
    headline, manifest : pathlib.Path
        The numbers that must not change unnoticed; what the report was made from.
    """

    folder: Path
    pdfs: tuple[Path, ...]
    charts: tuple[Path, ...]
    tables: tuple[Path, ...]
    headline: Path
    manifest: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file."""
        return (*self.pdfs, *self.charts, *self.tables, self.headline, self.manifest)

    def summary(self) -> str:
        """List the files, one a line."""
        return "".join(f"{path}\n" for path in self.paths)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a file: ``file`` within the folder, ``bytes``."""
        rows = [(path.relative_to(self.folder).as_posix(), path.stat().st_size) for path in self.paths]
        return pd.DataFrame(rows, columns=["file", "bytes"])

    def to_dict(self) -> dict[str, Any]:
        """Give the files' paths as text, by kind."""
        return {
            "folder": str(self.folder),
            "pdfs": [str(path) for path in self.pdfs],
            "charts": [str(path) for path in self.charts],
            "tables": [str(path) for path in self.tables],
            "headline": str(self.headline),
            "manifest": str(self.manifest),
        }


def write_report(
    folder: str | Path = "reports/",
    *,
    lang: str | None = None,
    case: CaseLike = SHIPPED_CASE,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> ReportFiles:
    """Build the report of a case: a PDF in each language, its charts with their numbers, and what it was made from.

    Everything is built in a folder of its own first; only when all of it stands are the files put in their places, so
    that a build that fails or is cut off leaves the previous report as it was. The same data and libraries give the
    same bytes.

    Parameters
    ----------
    folder : str or pathlib.Path, default "reports/"
        Made if it is not there.
    lang : {'en', 'es'}, optional
        One language only; default both.
    case : CaseLike, default "SLV"
    n_jobs : int, optional
        Processes that share its loops over many fits, as for `violence_stats.parallel.run_each`.
    progress : callable, optional
        Told in a few words what is being done.

    Returns
    -------
    ReportFiles

    Raises
    ------
    OutputError
        If the folder cannot be written to, another process is writing to it (`LockedError`), or a page cannot be
        typeset.
    SelectionError
        If the language or case is unknown.
    DataError
        If the case's files are missing, edited or inconsistent, or its reference chain has no window yet.

    Examples
    --------
    >>> import violence_stats as vs
    >>> files = vs.write_report("reports/", lang="es")  # doctest: +SKIP
    """
    languages = wording.LANGUAGES if lang is None else (wording.check_language(lang),)
    say: Progress = progress if progress is not None else _say_nothing
    target = Path(folder)
    with hold_folder(target) as writer, writer.staging() as workplace:
        facts = gather_facts(case, say, n_jobs)
        charts = charts_of(facts, languages)
        files = _name_files(facts, charts, languages, target)
        for chart in charts.values():
            say(f"drawing {chart.name}")
            chart.write(workplace, languages)
        for language, pdf in zip(languages, files.pdfs, strict=True):
            say(f"typesetting {pdf.name}")
            write_pdf(tell_story(facts, charts, language), workplace / pdf.name, workplace=workplace)
        _write_json(headline_numbers(facts), workplace / files.headline.name)
        _write_json(manifest(facts.case), workplace / files.manifest.name)
    return files


def _say_nothing(_step: str) -> None:
    return None


def _name_files(facts: Facts, charts: dict[str, Chart], languages: Languages, folder: Path) -> ReportFiles:
    stem = _file_stem(facts)
    return ReportFiles(
        folder=folder,
        pdfs=tuple(folder / f"{stem}.{lang}.pdf" for lang in languages),
        charts=tuple(
            folder / chart.file(lang, kind)
            for chart in charts.values()
            for lang in languages
            for kind in ("svg", "png")
        ),
        tables=tuple(folder / chart.table_file for chart in charts.values()),
        headline=folder / "headline.json",
        manifest=folder / "manifest.json",
    )


def _file_stem(facts: Facts) -> str:
    """Name files by the country, in plain letters: ``el-salvador``."""
    country = facts.case.settings.countries.get(facts.chain.country)
    name = facts.case.case_id if country is None else country["en"]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _write_json(content: dict[str, Any], path: Path) -> None:
    text = json.dumps(_plain(content), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _plain(value: Any) -> Any:
    """Put None for numbers that are missing or not bounded, for which JSON has no word."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
