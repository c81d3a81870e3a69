"""Every table that comes out has a row for each of its columns in docs/codebook.md, and the codebook no others.

Kinds of test: by hand (the tables of a report, and what the library returns, beside the codebook's).
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from violence_stats.questions.availability import list_available
from violence_stats.questions.evidence_calibration import load_error_rates
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.report.content import Facts
from violence_stats.report.fall_facts import FallFacts
from violence_stats.report.pictures import Chart

CODEBOOK = (Path(__file__).resolve().parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
SECTIONS = {
    title: re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    for title, text in re.findall(r"^### (.+?)\n(.*?)(?=^##|\Z)", CODEBOOK, flags=re.DOTALL | re.MULTILINE)
}


def section_of(table_file: str) -> str:
    """Charts of one kind share a section: one break is described as the other is."""
    name = table_file.rsplit("/", 1)[-1]
    return "break-*.csv" if name.startswith("break-") else name


def test_every_table_of_the_report_is_described_column_by_column(charts: dict[str, Chart]) -> None:
    described = {section_of(one.table_file): SECTIONS.get(section_of(one.table_file)) for one in charts.values()}
    assert described == {section_of(one.table_file): list(one.table.columns) for one in charts.values()}


def test_no_table_is_described_that_the_report_has_not(charts: dict[str, Chart]) -> None:
    files = {title for title in SECTIONS if title.endswith(".csv")}
    assert files == {section_of(one.table_file) for one in charts.values()}


def fall_of(facts: Facts) -> FallDecomposition:
    return fall_facts(facts).now


def fall_facts(facts: Facts) -> FallFacts:
    if facts.fall is None:
        raise LookupError("the shipped case has a fall")
    return facts.fall


def frames_of(facts: Facts) -> dict[str, pd.DataFrame]:
    """Tables of the library, from results that a report holds anyway."""
    fit = facts.breaks[0].fits[0]
    fall = fall_facts(facts)
    if facts.unknown is None or facts.episodes is None or facts.evidence is None or fall.counting is None:
        raise LookupError("the shipped case has every chapter")
    return {
        "effects": fit.result.effects,
        "counterfactual": fit.whole.to_frame(),
        "parts of a fall over all models": fall_of(facts).to_frame(),
        "breaks found": facts.unknown.found.to_frame(),
        "measures of the episodes": facts.episodes.to_frame(),
        "ends of the episodes": facts.episodes.ends,
        "votes of the blocks": facts.evidence.now.leave_one_out(),
        "other episodes by the same rules": facts.evidence.now.sanity_frame(),
        "figures on either side of an episode": list_available(facts.case),
        "readings of simulated worlds": load_error_rates(facts.case),
        "bound on counting": fall.counting.to_frame(),
        "comparison of windows": fall.neighbours[0].to_frame(),
    }


@pytest.mark.parametrize("title", [title for title in SECTIONS if not title.endswith(".csv")])
def test_every_table_of_the_library_is_described_column_by_column(title: str, facts: Facts) -> None:
    assert SECTIONS[title] == list(frames_of(facts)[title].columns)


def test_the_parts_of_one_decomposition_are_those_of_the_file(facts: Facts) -> None:
    columns = list(fall_of(facts).primary.to_frame().reset_index().columns)
    in_the_file = SECTIONS["fall.csv"]
    assert [name for name in columns if name not in ("start", "end")] == in_the_file[in_the_file.index("part") :]
