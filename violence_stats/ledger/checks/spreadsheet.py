"""Files that a spreadsheet program has opened and saved: what it did to them, and how to undo it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from violence_stats.ledger.checks.subject import Subject
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.package import Field, Resource
from violence_stats.ledger.raw import RawTable

_DATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a date in local order", re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")),
    ("a date with its leading zeros lost", re.compile(r"\d{4}-(\d|\d{1,2}-\d|\d-\d{2})")),
    ("a month or day by name", re.compile(r"[^\W\d]{3,4}\.?[ -]\d{2,4}|\d{1,2}[ -][^\W\d]{3,4}\.?([ -]\d{2,4})?")),
    ("a date as a number of days", re.compile(r"\d{5}")),
    ("a date with a time of day", re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")),
)
_COUNTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a number with a thousands mark", re.compile(r"-?\d{1,3}([., \u00a0\u202f]\d{3})+")),
    ("a whole number with decimals", re.compile(r"-?\d+[.,]0+")),
    ("a number in scientific notation", re.compile(r"-?\d([.,]\d+)?[eE]\+?\d+")),
)
_DECIMALS: tuple[tuple[str, re.Pattern[str]], ...] = (("a number with a decimal comma", re.compile(r"-?\d+,\d+")),)
_DIGITS = re.compile(r"\d+")
_MAX_WIDTH = 12


def find_resaved_files(subject: Subject) -> Iterator[Fault]:
    """Find files whose form or cells show that a spreadsheet program has saved them, one fault for each symptom."""
    for resource, table in subject.described():
        for row, symptom in (*_form(resource, table), *_changed_cells(resource, table)):
            yield Fault(
                check="spreadsheet",
                file=resource.path,
                row=row,
                message=f"{symptom}: a spreadsheet program seems to have saved the file again; "
                f"{subject.package.undo(resource.path)}, and make the change in a text editor; to look at it in a "
                "spreadsheet, import it (Data > From Text/CSV, UTF-8, comma, all columns as text)",
            )


def spreadsheet_symptom(field: Field, text: str) -> str | None:
    """Say what a spreadsheet program has done to a cell; None where it shows no trace of one."""
    if field.type == "date" or field.is_partial_date:
        symptoms = _DATES
    elif field.type == "integer":
        symptoms = _COUNTS
    elif field.type == "number":
        symptoms = _DECIMALS
    else:
        return "an identifier with its leading zeros lost" if _lost_zeros(field, text) else None
    return next((symptom for symptom, form in symptoms if form.fullmatch(text)), None)


def _lost_zeros(field: Field, text: str) -> bool:
    """Whether the text fits the column's pattern once its digits are filled up with zeros."""
    if field.pattern is None or field.pattern.fullmatch(text):
        return False
    return any(field.pattern.fullmatch(_filled(text, width)) for width in range(2, _MAX_WIDTH))


def _filled(text: str, width: int) -> str:
    """Fill each run of digits up with zeros to a width."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(width), text)


def _form(resource: Resource, table: RawTable) -> Iterator[tuple[int | None, str]]:
    if table.has_mark:
        yield None, "a byte order mark stands before the header"
    elif table.encoding != "utf-8":
        yield None, "its text is not UTF-8"
    if table.delimiter != ",":
        yield None, f"cells are separated by {'semicolons' if table.delimiter == ';' else 'tabs'}, not commas"
    if table.has_carriage_returns and "\r" not in resource.line_end:
        yield None, "lines end in CR LF, not LF"
    if table.blank_lines:
        yield table.blank_lines[0], f"{len(table.blank_lines)} lines hold no cell, or separators only"


def _changed_cells(resource: Resource, table: RawTable) -> Iterator[tuple[int, str]]:
    """Give, for each symptom, the line of the first cell that shows it, and the symptom with that cell."""
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for field in resource.fields:
        for line, text in table.column(field.name):
            symptom = spreadsheet_symptom(field, text)
            if symptom is not None:
                found[symptom].append((line, field.name, text))
    for symptom, cells in found.items():
        line, column, text = min(cells, key=lambda cell: cell[0])
        others = f" (and {len(cells) - 1} more cells)" if len(cells) > 1 else ""
        yield line, f"column {column} holds {symptom}, {text!r}{others}"
