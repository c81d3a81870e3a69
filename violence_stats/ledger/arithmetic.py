"""Arithmetic on figure ids: ``F0390 - F0405`` is read, never typed in as a number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from violence_stats.errors import DataError

_TERM = re.compile(r"\s*(?P<sign>[+-]?)\s*(?P<figure_id>[A-Za-z]\w*)")


def parse_arithmetic(text: str) -> tuple[tuple[int, str], ...]:
    """Read a sum of figure ids.

    Parameters
    ----------
    text : str
        Ids joined by ``+`` and ``-``, such as ``F0390 - F0405 + F0406``.

    Returns
    -------
    tuple of (int, str)
        Sign (+1 or -1) and id of each term, in order.

    Raises
    ------
    DataError
        If the text is anything else, or names a figure twice.

    Examples
    --------
    >>> parse_arithmetic("F0390 - F0405")
    ((1, 'F0390'), (-1, 'F0405'))
    """
    terms: list[tuple[int, str]] = []
    place = 0
    while match := _TERM.match(text, place):
        if bool(match["sign"]) != bool(terms):
            break
        terms.append((-1 if match["sign"] == "-" else 1, match["figure_id"]))
        place = match.end()
    if not terms or text[place:].strip():
        raise DataError(f"{text!r} is not arithmetic on figures: expected ids joined by + and -, as in F0390 - F0405")
    if len({figure_id for _, figure_id in terms}) < len(terms):
        raise DataError(f"{text!r} names a figure twice: expected each id once; correct the arithmetic")
    return tuple(terms)


def evaluate(terms: tuple[tuple[int, str], ...], values: Mapping[str, int]) -> int:
    """Add up the terms.

    Parameters
    ----------
    values : mapping of str to int
        Value by figure id.

    Raises
    ------
    DataError
        If an id has no value.
    """
    unknown = [figure_id for _, figure_id in terms if figure_id not in values]
    if unknown:
        raise DataError(f"no figure has the id {', '.join(unknown)}: add it to the figures or correct the arithmetic")
    return sum(sign * values[figure_id] for sign, figure_id in terms)
