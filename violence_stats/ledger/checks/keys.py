"""Ids that have to be unique, and ids that have to stand in another table."""

from __future__ import annotations

from collections.abc import Iterator

from violence_stats.ledger.checks.subject import Subject
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.package import Resource
from violence_stats.ledger.raw import RawTable


def find_duplicate_ids(subject: Subject) -> Iterator[Fault]:
    """Find rows that share a key, or a cell of a column in which each has to be unique."""
    for resource, table in subject.described():
        keys = dict.fromkeys((resource.primary_key, *((field.name,) for field in resource.fields if field.unique)))
        for key in keys:
            if key:
                yield from _repeated(resource, table, key)


def _repeated(resource: Resource, table: RawTable, key: tuple[str, ...]) -> Iterator[Fault]:
    first_line: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        values = tuple(row.cells.get(name, "") for name in key)
        if not any(values):
            continue
        line = first_line.setdefault(values, row.number)
        if line != row.number:
            yield Fault(
                check="duplicate-id",
                file=resource.path,
                row=row.number,
                message=f"expected {' and '.join(key)} to stand once, got {' '.join(values)!r} as on line {line}; "
                "remove one of the rows, or name it anew",
            )


def find_dangling_references(subject: Subject) -> Iterator[Fault]:
    """Find ids that the table they point to does not have."""
    for resource, table in subject.described():
        for key in resource.foreign_keys:
            target = subject.table_named(key.resource)
            if target is None:
                continue
            known = target.texts(key.reference)
            for line, text in table.column(key.field):
                if text and text not in known:
                    yield Fault(
                        check="source" if key.resource == "sources" else "reference",
                        file=resource.path,
                        row=line,
                        message=f"column {key.field}: expected an id that {target.file} has, got {text!r}; "
                        f"add its row to {target.file}, or correct the id",
                    )
