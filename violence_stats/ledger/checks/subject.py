"""What the checks look at: the tables as they lie on disk, and the records that could be made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from violence_stats.figures import Figure
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.package import DataPackage, Resource
from violence_stats.ledger.raw import RawTable
from violence_stats.ledger.records import ChainLink
from violence_stats.ledger.settings import Settings

FIGURES = "figures.csv"
CHAIN = "chain.csv"
CORRECTIONS = "corrections.csv"
KNOWN_CONFLICTS = "known_conflicts.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A case under verification.

    Attributes
    ----------
    tables : mapping of str to RawTable
        By path within the folder; a table whose file is missing is left out.
    figures : tuple of (int, Figure)
        Line and figure, corrections applied; a row that cannot be read is left out, its fault being found elsewhere.
    links : tuple of (int, ChainLink)
        Line and link of the reference chain, likewise.
    settings : Settings or None
        None where they cannot be read, which is a fault found elsewhere.
    """

    package: DataPackage
    tables: Mapping[str, RawTable]
    figures: tuple[tuple[int, Figure], ...]
    links: tuple[tuple[int, ChainLink], ...]
    settings: Settings | None

    def described(self) -> Iterator[tuple[Resource, RawTable]]:
        """Give each table that is there with its description."""
        return ((one, self.tables[one.path]) for one in self.package.resources if one.path in self.tables)

    def table_named(self, name: str) -> RawTable | None:
        """Give the table of the resource of that name; None where there is none."""
        return next((table for resource, table in self.described() if resource.name == name), None)

    def unread_ids(self) -> set[str]:
        """Give the ids of figures whose rows are there but cannot be read: what rests on them is not looked at."""
        there = self.tables[FIGURES].texts("figure_id") if FIGURES in self.tables else set()
        return there - {one.figure_id for _, one in self.figures}


Finder: TypeAlias = Callable[[Subject], Iterator[Fault]]
"""A check: it looks at a subject and gives its faults."""
