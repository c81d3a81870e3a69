"""Labels that look like the name of a month with a letter wrong, so that an error can name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from violence_stats.ingest.month_names import MONTH_BY_NAME, fold

_FULL_NAMES = tuple(name for name in MONTH_BY_NAME if len(name) > 3)
_LIKENESS = 0.75  # Enro, Febrro and Setembre pass; Norte, Sur and Total do not
_FEWEST = 3  # one or two may be words of their own, such as Mayor
_MOST_LETTERS = 14
_MOST_LABELS = 2_000
_SHOWN = 4


def misspelt_months(labels: Iterable[str]) -> Mapping[str, str]:
    """Find labels that nearly are names of months, and the names; empty unless they are of three months or more.

    Examples
    --------
    >>> misspelt_months(["Año", "Enro", "Febrro", "Marzoo"])
    {'Enro': 'enero', 'Febrro': 'febrero', 'Marzoo': 'marzo'}
    >>> misspelt_months(["Mayor", "Menor", "Norte", "Marzo"])
    {}
    """
    distinct = list(dict.fromkeys(labels))[:_MOST_LABELS]
    found = {label: name for label in distinct if (name := _nearest(label)) is not None}
    return found if len({MONTH_BY_NAME[name] for name in found.values()}) >= _FEWEST else {}


def _nearest(label: str) -> str | None:
    text = fold(label[: _MOST_LETTERS + 1]).rstrip(".")
    if len(text) > _MOST_LETTERS or text in MONTH_BY_NAME:
        return None
    return next(iter(get_close_matches(text, _FULL_NAMES, n=1, cutoff=_LIKENESS)), None)


def shown_months(found: Mapping[str, str]) -> str:
    """Name the labels, each with the month that it is like.

    Examples
    --------
    >>> shown_months({"Enro": "enero", "Febrro": "febrero"})
    "'Enro' (enero?), 'Febrro' (febrero?)"
    """
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(f"{label!r} ({name}?)" for label, name in list(found.items())[:_SHOWN]) + more
