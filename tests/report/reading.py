"""Read a document's texts back, in reading order, and find a break among the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Document

NOT_TEXT = {"file", "widths", "right", "small", "level", "quiet", "across"}


def break_at(facts: Facts, intervention_id: str) -> BreakFacts:
    """Give the fits of the only break at an intervention."""
    (found,) = (one for one in facts.breaks if one.intervention.id == intervention_id)
    return found


def texts(document: Document) -> Iterator[str]:
    """Give every text of a document."""
    yield document.title
    yield document.subtitle
    yield document.running_head
    for block in document.blocks:
        yield from block_texts(block)


def block_texts(block: Block) -> Iterator[str]:
    """Give the texts of one block; addresses and file names are not text."""
    for name, value in asdict(block).items():
        if name not in NOT_TEXT:
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield str(value["text"])
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)
