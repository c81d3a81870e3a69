"""Month names and their abbreviations, in Spanish and English."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NAMES: tuple[tuple[str, ...], ...] = (
    ("enero", "january", "ene", "jan"),
    ("febrero", "february", "feb", "febr"),
    ("marzo", "march", "mar", "mzo"),
    ("abril", "april", "abr", "apr"),
    ("mayo", "may"),
    ("junio", "june", "jun"),
    ("julio", "july", "jul"),
    ("agosto", "august", "ago", "aug", "agto"),
    ("septiembre", "setiembre", "september", "sep", "sept", "set"),
    ("octubre", "october", "oct"),
    ("noviembre", "november", "nov"),
    ("diciembre", "december", "dic", "dec"),
)

MONTH_BY_NAME: dict[str, int] = {name: month for month, names in enumerate(_NAMES, 1) for name in names}
MONTH_PATTERN = "|".join(sorted(MONTH_BY_NAME, key=len, reverse=True))
"""An alternative of all names, for use in a regular expression; the longest first."""


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Take away accents, capitals and doubled spaces, so that ways of writing one word compare equal.

    Examples
    --------
    >>> fold("  AÑO  Según mes ")
    'ano segun mes'
    """
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())
