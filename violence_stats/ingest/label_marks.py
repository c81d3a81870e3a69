"""Marks of notes, and of provisional or revised figures, that stand after a label."""

from __future__ import annotations

import re

from violence_stats.ingest.grid import Value

LONGEST_LABEL = 60
"""Longer text is prose, not a label."""

_MARKS = re.compile(
    r"(?:\s*(?:\*+|\((?:\*+|[a-z0-9]|prel\w*\.?|prov\w*\.?)\)|(?<=\s)\d/|(?<=[\s\d])[pr]/?|[¹²³⁴⁵⁶⁷⁸⁹]+))+\s*$"
)


def label_mark(value: Value) -> str:
    """Give the mark of a note, or of a provisional or revised figure, that stands after a label; blank where none does.

    Examples
    --------
    >>> label_mark("Marzo p/"), label_mark("Marzo (p)"), label_mark("Marzo")
    ('p/', '(p)', '')
    """
    match = _MARKS.search(value.lower()) if isinstance(value, str) and len(value) <= LONGEST_LABEL else None
    return match[0].strip() if match else ""


def without_mark(label: str) -> str:
    """Give a label, in small letters, without the mark that stands after it.

    Examples
    --------
    >>> without_mark("Marzo p/")
    'marzo'
    """
    return _MARKS.sub("", label.lower())
