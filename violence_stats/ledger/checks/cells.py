"""The cells of each table against its description: columns, types, bounds, allowed values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from violence_stats.ledger.checks.spreadsheet import spreadsheet_symptom
from violence_stats.ledger.checks.subject import Subject
from violence_stats.ledger.faults import Check, Fault
from violence_stats.ledger.package import Field, Resource
from violence_stats.ledger.raw import RawTable
from violence_stats.ledger.reading import iso_day, known_on

_WHOLE = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def find_malformed_rows(subject: Subject) -> Iterator[Fault]:
    """Find tables with other columns than described, and rows whose cells cannot be told apart."""
    for resource, table in subject.described():
        yield from _columns(resource, table)
        for row in table.misshapen:
            what = f"{len(row.cells)} cells" + (f" over {row.n_lines} lines" if row.n_lines > 1 else "")
            yield Fault(
                check="schema",
                file=resource.path,
                row=row.line,
                message=f"expected {len(table.header)} cells on one line, got {what}; quote a cell that holds a comma, "
                "and close every quote",
            )


def _columns(resource: Resource, table: RawTable) -> Iterator[Fault]:
    if table.header == resource.columns:
        return
    missing = [name for name in resource.columns if name not in table.header]
    unknown = [name for name in table.header if name not in resource.columns]
    came = "; ".join(
        f"{what} {', '.join(map(repr, names))}" for what, names in (("missing", missing), ("unknown", unknown)) if names
    )
    yield Fault(
        check="schema",
        file=resource.path,
        row=1,
        message=f"expected the columns {','.join(resource.columns)}, got {came or 'them in another order'}; "
        "correct the header",
    )


def find_malformed_cells(subject: Subject) -> Iterator[Fault]:
    """Find cells that are not of the type, within the bounds or among the values that their column allows.

    What a spreadsheet program has done to a cell is left to the check that says how to undo it.
    """
    for resource, table in subject.described():
        for field in resource.fields:
            check, expected, holds = _expectation(field)
            for line, text in table.column(field.name):
                if not text and field.required:
                    yield _fault("schema", resource, line, field, "a value", text)
                elif text and not holds(text) and spreadsheet_symptom(field, text) is None:
                    yield _fault(check, resource, line, field, expected, text)


def _fault(check: Check, resource: Resource, line: int, field: Field, expected: str, text: str) -> Fault:
    message = f"column {field.name}: expected {expected}, got {text!r}; correct it"
    return Fault(check=check, file=resource.path, row=line, message=message)


def _expectation(field: Field) -> tuple[Check, str, Callable[[str], bool]]:
    """Give the check that looks at a column, what it expects in words, and as a test of a cell's text."""
    if field.type == "integer":
        return "count", f"a whole number{_bounds(field)}", lambda text: _is_number(_WHOLE, field, text)
    if field.type == "number":
        return "schema", f"a number{_bounds(field)}", lambda text: _is_number(_DECIMAL, field, text)
    if field.type == "date":
        return "date", "a day that exists, as YYYY-MM-DD", lambda text: iso_day(text) is not None
    if field.is_partial_date:
        return "date", "a day, month or year as YYYY-MM-DD, YYYY-MM or YYYY", lambda text: known_on(text) is not None
    if field.allowed:
        return "schema", f"one of {', '.join(field.allowed)}", lambda text: text in field.allowed
    pattern = re.compile(".*") if field.pattern is None else field.pattern
    return "schema", f"text of the form {pattern.pattern}", lambda text: pattern.fullmatch(text) is not None


def _is_number(form: re.Pattern[str], field: Field, text: str) -> bool:
    if not form.fullmatch(text):
        return False
    number = float(text)
    return (field.minimum is None or number >= field.minimum) and (field.maximum is None or number <= field.maximum)


def _bounds(field: Field) -> str:
    bounds = [
        f"{bound:g} or {side}"
        for bound, side in ((field.minimum, "more"), (field.maximum, "less"))
        if bound is not None
    ]
    return f" of {' and '.join(bounds)}" if bounds else ""
