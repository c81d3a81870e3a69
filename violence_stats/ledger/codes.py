"""Figures chosen by the codes they carry: country, measure, area, publisher and definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from violence_stats.errors import SelectionError
from violence_stats.figures import Figure


class Codes(TypedDict, total=False):
    """What `by_codes` takes, as keywords."""

    country: str | None
    measure: str | None
    area: str | None
    publisher: str | None
    definition: str | None


def by_codes(
    figures: Iterable[Figure],
    *,
    country: str | None = None,
    measure: str | None = None,
    area: str | None = "",
    publisher: str | None = None,
    definition: str | None = None,
) -> tuple[Figure, ...]:
    """Keep the figures of these codes, in the order given; a code left None keeps all.

    Parameters
    ----------
    figures : iterable of Figure
    area : str or None, default ""
        Blank is the whole country; None is every area.
    definition : str, optional
        ``""`` is a choice too: the figures that carry no definition.

    Raises
    ------
    SelectionError
        If none is left of a code; the message lists those that exist among the figures left by the codes before it.
    """
    found = tuple(figures)
    wanted = {"country": country, "measure": measure, "area": area, "publisher": publisher, "definition": definition}
    for name, code in wanted.items():
        if code is not None:
            found = _narrow(found, name, code)
    return found


def _narrow(figures: Sequence[Figure], name: str, code: str) -> tuple[Figure, ...]:
    kept = tuple(one for one in figures if getattr(one, name) == code)
    if not kept:
        there = ", ".join(named(one) for one in sorted({getattr(one, name) for one in figures}))
        raise SelectionError(f"no figures with {name} {named(code)}{_shared(name, figures)}: expected one of {there}")
    return kept


def named(code: str) -> str:
    """Write a code so that a blank can be seen."""
    return code or '""'


def _shared(name: str, figures: Iterable[Figure]) -> str:
    """Say which country and measure the search had come down to."""
    countries, measures = {one.country for one in figures}, {one.measure for one in figures}
    place = f" in {next(iter(countries))}" if name != "country" and len(countries) == 1 else ""
    what = f" for {next(iter(measures))}" if name not in ("country", "measure") and len(measures) == 1 else ""
    return what + place
