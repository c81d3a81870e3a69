"""The package is generic: only the files of the shipped case and the report's wording name its country and publishers.

Every module outside `report` is parsed. Docstrings and comments are free to give examples; names, dates and strings of
the code are not, but for the one constant that says which case ships, and the examples that messages and the command
line print.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import violence_stats as vs

PACKAGE = Path(vs.__file__).resolve().parent

MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in ("report", "shipped_case")
)

COMMAND_LINE = sorted((PACKAGE / "cli").glob("*.py"))
"""Their examples, in help texts, stand for docstring examples."""

DEFAULT_CASE = (PACKAGE / "ledger" / "location.py", "SLV")


def codes() -> list[str]:
    """Give the codes of countries and publishers that the case uses, and nothing else does."""
    settings = vs.load_case("SLV").settings
    generic = {"mixed", "PRESS", "UNSTATED", "UNODC"}  # the last publishes on every country, in a format of its own
    return sorted({*settings.publishers, *settings.countries} - generic)


def dates() -> list[str]:
    """Give the days and months on which the case's interventions, lockdown and bursts start or end."""
    settings = vs.load_case("SLV").settings
    days = {one.date for one in settings.interventions}
    days |= {date.date for one in settings.interventions for date in one.candidates}
    spells = [*settings.bursts, *([settings.lockdown] if settings.lockdown is not None else [])]
    days |= {day for one in spells for day in (one.window.start, one.window.end)}
    return sorted({day.isoformat() for day in days} | {f"{day:%Y-%m}" for day in days})


NAMES = re.compile(r"salvador|bukele|salvatrucha|\bMS-13\b|reuters|el faro", re.IGNORECASE)
CODES = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(codes())})(?![A-Za-z0-9])")
DATES = re.compile(rf"(?<!\d)(?:{'|'.join(dates())}|2020-H1|2019-H1)(?!\d)")
YEARS = range(1990, 2035)
AN_EXAMPLE = "such as "


def docstrings(tree: ast.AST) -> set[int]:
    """Find strings that stand alone as statements: docstrings of modules, classes, functions and attributes."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def code_strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    told = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def code_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for field in ("id", "attr", "name", "arg"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield getattr(node, "lineno", 0), value


def dates_in_code(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Find calls such as ``date(2020, 3, 21)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for value in node.args[:1]:
                if isinstance(value, ast.Constant) and type(value.value) is int and value.value in YEARS:
                    yield node.lineno, ast.unparse(node)


def faults(path: Path, source: str) -> list[str]:
    tree = ast.parse(source)
    found = [(line, name) for line, name in code_names(tree) if re.search("salvador|(?:^|_)slv(?:_|$)", name.lower())]
    found += dates_in_code(tree)
    for line, text in code_strings(tree):
        if (path, text) == DEFAULT_CASE:
            continue
        if NAMES.search(text) or CODES.search(text) or (DATES.search(text) and AN_EXAMPLE not in text):
            found.append((line, text))
    return [f"{path.name}:{line}: {text!r}" for line, text in found]


@pytest.mark.parametrize("path", [one for one in MODULES if one not in COMMAND_LINE], ids=lambda one: one.stem)
def test_no_module_names_a_country_its_dates_or_its_publishers(path: Path) -> None:
    assert faults(path, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", COMMAND_LINE, ids=lambda one: one.stem)
def test_the_command_line_names_dates_in_its_examples_alone(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    dated = [text for _, text in code_strings(tree) if DATES.search(text)]
    assert all("violence-stats " in text or AN_EXAMPLE in text for text in dated)
    named = [text for _, text in code_strings(tree) if NAMES.search(text) or CODES.search(text)]
    assert all("SLV" in text and len(text) < 80 for text in named)


@pytest.mark.parametrize(
    "source",
    [
        'NAME = "El Salvador"',
        'PUBLISHER = "PNC"',
        'CODES = {"IML": 1}',
        'f"according to FGR {1}"',
        'BREAK = "2019-06"',
        'BREAK = "2012-03-01"',
        'HALF = "2020-H1"',
        "START = date(2020, 3, 21)",
        "slv_population = 1",
        "def for_el_salvador(): pass",
        "def f(salvadoran): pass",
        'def f(case="SLV"): pass',
    ],
)
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert faults(Path("made_up.py"), source) != []


@pytest.mark.parametrize(
    "source", ['"""About El Salvador, 2019-06."""', "x = 1  # PNC, 2012-03", 'NOTE = "a government"', "n = 2020"]
)
def test_the_search_leaves_docstrings_comments_and_plain_words(source: str) -> None:
    assert faults(Path("made_up.py"), source) == []
