"""What a page is made of: blocks of plain text, pictures and tables, without any typesetting.

Text is plain: no markup is read in it, so a figure's note or a document's title can never change the layout.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, Literal, TypeAlias

from violence_stats.ledger.records import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cell that leads to an address; without one it is plain text."""

    text: str
    url: str


Cell: TypeAlias = str | Link


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels follow one another without a gap, so that screen readers can walk them."""

    kind: ClassVar[str] = "heading"
    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together; `small` for notes under a table or picture."""

    kind: ClassVar[str] = "paragraph"
    sentences: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items of a list, each one or more sentences or a link."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What a reader may take away whole: a label, a finding, and what stands behind it.

    Attributes
    ----------
    links : tuple of Link
        Documents named under it, after `links_label`.
    quiet : bool
        Set as an entry of a list rather than as the page's answer.
    """

    kind: ClassVar[str] = "box"
    label: str
    lead: str
    sentences: tuple[str, ...]
    links_label: str = ""
    links: tuple[Link, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart with the text that stands for it.

    Attributes
    ----------
    file : str
        Name of the picture within the folder that the pages are built in.
    alt : str
        What it shows, in the document's language.
    """

    kind: ClassVar[str] = "picture"
    file: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose header row repeats on every page.

    Attributes
    ----------
    widths : tuple of float
        Relative widths of the columns.
    right : tuple of int
        Columns set flush right, as numbers are.
    small : bool
        Set in the size of notes.
    across : int
        How many strips the rows run down side by side.
    """

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    right: tuple[int, ...] = ()
    small: bool = False
    across: int = 1


Block: TypeAlias = Heading | Paragraph | Bullets | Box | Picture | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report in one language.

    Attributes
    ----------
    date : datetime.date
        The last day of the data, never the day of the build.
    """

    lang: Language
    title: str
    subtitle: str
    running_head: str
    date: date
    blocks: tuple[Block, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain values that the page template reads."""
        blocks = [{"kind": block.kind, **asdict(block)} for block in self.blocks]
        return {
            "lang": self.lang,
            "title": self.title,
            "subtitle": self.subtitle,
            "running_head": self.running_head,
            "date": {"year": self.date.year, "month": self.date.month, "day": self.date.day},
            "blocks": blocks,
        }
